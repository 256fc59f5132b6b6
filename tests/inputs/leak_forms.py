"""Ways in which something withheld may be written: for each its name, and the bytes.

    for name, data in written("Anna Schmidt"): …      each form of a text
    for name, data in digested(b"…"): …               each form of each digest of some bytes

Made with the standard library alone, and with none of the code that looks for them.
"""

import base64
import gzip
import hashlib
import html
import io
import json
import quopri
import struct
import unicodedata
import urllib.parse
import zipfile
import zlib

from blake3 import blake3

CHARSETS = (
    *("utf-8", "utf-16-le", "utf-16-be", "cp1250", "cp1251", "cp1252", "iso8859_15", "koi8_r"),
    *("iso8859_5", "cp866", "mac_cyrillic", "mac_roman", "cp1258"),
    *("gb18030", "big5", "shift_jis", "euc_jp", "iso2022_jp", "euc_kr"),
)
DIGESTS = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "blake3")


def encoded(text):
    """The text in each charset that has all of its characters."""
    for charset in CHARSETS:
        try:
            yield charset, text.encode(charset)
        except UnicodeEncodeError:
            continue


def respelled(text):
    """The text as people may write it."""
    middle = len(text) // 2
    yield "as it is", text
    yield "upper case", text.upper()
    yield "wide", "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    yield "over two lines", f"{text[:middle]}\r\n    {text[middle:]}"
    yield "unseen characters", "\u200b".join(text)
    yield "no space", "".join(text.split())
    yield "marks apart", unicodedata.normalize("NFD", text)
    yield "hard spaces", text.replace(" ", "\u00a0")


def escaped(data):
    """Bytes in each kind of escape, or packed."""
    yield "percent", urllib.parse.quote(data).encode()
    yield (
        "quoted-printable",
        quopri.encodestring(b"Very long lines are softly broken = " * 3 + data),
    )
    yield "hex", data.hex().encode()
    yield "HEX", b"7" + data.hex().upper().encode()
    for before in range(3):
        yield f"base64 at {before}", base64.b64encode(b"?" * before + data)
    yield "base64 of addresses", base64.urlsafe_b64encode(b"?~>" + data)
    yield "base64 over lines", base64.encodebytes(b"." * 50 + data + b"." * 50)
    yield "base64 twice", base64.b64encode(base64.b64encode(data))
    yield "hex of base64", base64.b64encode(data).hex().encode()
    yield "gzip", gzip.compress(b"-" * 40 + data)
    yield "zlib", zlib.compress(data)
    yield "gzip in base64", base64.b64encode(gzip.compress(data))
    yield "ZIP in ZIP", zipped("inner.zip", zipped("a.txt", b"-" * 40 + data))
    yield "PNG", png(data)
    yield "PDF", pdf(base64.a85encode(zlib.compress(data)) + b"~>")


def as_text(text):
    """A text in escapes that know characters."""
    yield "JSON", json.dumps(text).encode()
    yield "JSON in JSON", json.dumps(json.dumps(text)).encode()
    yield "form", urllib.parse.quote_plus(text).encode()
    yield "HTML", "".join(f"&#{ord(char)};" for char in text).encode()
    yield "HTML hex", "".join(f"&#x{ord(char):X};" for char in text).encode()
    yield "HTML names", html.escape(text).encode("ascii", "xmlcharrefreplace")
    begun, end = text[: len(text) // 2], text[len(text) // 2 :]
    quoted = "".join("_" if c == " " else "".join(f"={b:02X}" for b in c.encode()) for c in text)
    yield "encoded word", f"=?utf-8?Q?{quoted}?=".encode()
    words = [base64.b64encode(part.encode()).decode() for part in (begun, end)]
    yield "encoded words", "\r\n ".join(f"=?UTF-8?B?{word}?=" for word in words).encode()
    octal = "".join(f"\\{byte:03o}" for byte in b"\xfe\xff" + text.encode("utf-16-be"))
    yield "string of a PDF", f"/Author({octal})".encode()
    yield "kerned", f"[({begun})-28.5({end})]TJ".encode()
    units = struct.unpack(f"<{len(text.encode('utf-16-le')) // 2}h", text.encode("utf-16-le"))
    yield "RTF", "".join(f"\\u{unit}?" for unit in units).encode()
    yield "RTF with bytes", "".join(f"\\u{unit}\\'3f" for unit in units).encode()
    yield "CSS", "".join(f"\\{ord(char):x} " for char in text).encode()
    yield "markup", f"<b>{begun}</b></w:t><w:t xml:space='preserve'>{end}".encode()
    yield "answered letter", f"> {begun}\r\n> > {end}".encode()
    yield "name in a ZIP", zipped(text, b"nothing")
    yield "long JPEG", jpeg(b"x" * 60 + text.encode())


def written(text):
    """Every form of a text."""
    for how, spelled in respelled(text):
        for charset, data in encoded(spelled):
            yield f"{how}, {charset}", data
            if how == "as it is":
                for form, more in escaped(data):
                    yield f"{charset}, {form}", more
    yield from as_text(text)


def digested(data):
    """Every form of every digest of some bytes."""
    for name in DIGESTS:
        digest = (blake3(data) if name == "blake3" else hashlib.new(name, data)).digest()
        yield f"{name} raw", digest
        yield f"{name} hex", digest.hex().encode()
        yield f"{name} HEX", digest.hex().upper().encode()
        yield f"{name} begun", digest.hex()[:24].encode()
        yield f"{name} within", digest.hex()[7:31].encode()
        yield f"{name} base64", base64.b64encode(digest)


def zipped(name, data):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return packed.getvalue()


def png(data):
    """A picture whose pixels say it, cut into two chunks."""
    packed = zlib.compress(data, 0)
    half = len(packed) // 2

    def chunk(kind, content):
        checked = kind + content
        return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", len(data), 1, 8, 0, 0, 0, 0))
    parts = chunk(b"IDAT", packed[:half]) + chunk(b"IDAT", packed[half:])
    return b"\x89PNG\r\n\x1a\n" + head + parts + chunk(b"IEND", b"")


def jpeg(data):
    """Notes in a picture, cut into two segments."""
    half = len(data) - 5
    parts = b"".join(
        b"\xff\xfe" + struct.pack(">H", len(part) + 2) + part for part in (data[:half], data[half:])
    )
    return b"\xff\xd8" + parts + b"\xff\xd9"


def pdf(stream):
    return b"%PDF-1.7\n1 0 obj\n<</Length 1>>\nstream\n" + stream + b"\nendstream\nendobj\n"
