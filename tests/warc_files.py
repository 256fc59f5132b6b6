"""Web archives as tests make them: records of pages that a server sent."""

URL = "https://quillmar.example/calm"
DATE = "2031-06-16T10:12:45Z"
PDF = b"%PDF-1.7\n%\xe2\xe3"


def record(block, kind="response", url=URL, date=DATE, declared="application/http", **more):
    headers = {
        "WARC-Type": kind,
        "WARC-Target-URI": url,
        "WARC-Date": date,
        "Content-Type": declared,
        "Content-Length": str(len(block)),
        **{name.replace("_", "-"): value for name, value in more.items()},
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return b"WARC/1.1\r\n" + lines.encode() + b"\r\n" + block + b"\r\n\r\n"


def http(payload, media_type="text/html", status="200 OK", **headers):
    headers = {"Content-Type": media_type} | headers
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + payload
