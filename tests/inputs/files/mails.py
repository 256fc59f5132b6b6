"""E-mails as tests write them, part by part."""

FORWARDED = b"Subject:  within\r\nX-Long: " + b"x " * 90 + b"\r\n\r\nforwarded"
BASE64 = b"Content-Transfer-Encoding: base64"
QUOTED_PRINTABLE = b"Content-Transfer-Encoding: quoted-printable"
HEAD = b"From: Zhang <zhang@example.cn>\r\nTo: desk@newsroom.example\r\nSubject: Cameras\r\n"
HEADERS = "From: Zhang <zhang@example.cn>\nTo: desk@newsroom.example\nSubject: Cameras"


def marked(drawn, kind):
    """What is marked so, by the marks' details."""
    return [(m.detail, drawn.text[m.start : m.end]) for m in drawn.marks if m.kind == kind]


def part(kind, body, *more):
    lines = [f"Content-Type: {kind}".encode(), *more, b"", body, b""]
    return b"\r\n".join(lines)


def multipart(subtype, *parts, boundary="q"):
    line = b"--" + boundary.encode()
    body = b"".join(line + b"\r\n" + each for each in parts) + line + b"--\r\n"
    return part(f"multipart/{subtype}; boundary={boundary}", body)
