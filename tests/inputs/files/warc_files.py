"""Web archives as tests make them: records of pages that a server sent."""

import base64
import gzip
import hashlib
import io
from functools import partial

from evidence_chain.extract import SIGN_OFF, warc

URL = "https://quillmar.example/calm"
DATE = "2031-06-16T10:12:45Z"
PDF = b"%PDF-1.7\n%\xe2\xe3"
PAGE = b"<!doctype html><title>Calm</title><p>We were <b>told</b>.<p hidden>never"

compressed = partial(gzip.compress, mtime=0)  # the same in every process


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


def chunk(data, size=7):
    """`data` as HTTP/1.1 sends it piece by piece (RFC 9112, section 7.1)."""
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    return b"".join(b"%x;x=y\r\n%b\r\n" % (len(one), one) for one in pieces) + b"0\r\n\r\n"


def draw(*records):
    """What is drawn from an archive of these, without a subprocess."""
    return warc.extract(io.BytesIO(b"".join(records)))


def digest(data, algorithm="sha1"):
    """The digest of `data` as most archives write it."""
    return f"{algorithm}:" + base64.b32encode(hashlib.new(algorithm, data).digest()).decode()


def doubts(drawn):
    """The marks after which a person must look: kind, detail, and the text that each is over."""
    return [
        (mark.kind, mark.detail, drawn.text[mark.start : mark.end])
        for mark in drawn.marks
        if mark.kind in SIGN_OFF - {"hidden"}
    ]
