"""Makes the documents of the demo that no editor writes; run by hand, from anywhere.

All is invented: the country, the district, the firm, the people. The same files come out each
time, but for the signed e-mail, whose private key is not kept: it and its public key are made
only where they are missing. Needs reportlab (with a font of Chinese signs), warcio and dkimpy.
"""

from __future__ import annotations

import base64
import hashlib
import io
import uuid
import zipfile
from pathlib import Path

import dkim
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from demo_texts import DRAFT, REPLY, REQUEST, SITE, TENDER, TITLE
from dkim.canonicalization import CanonicalizationPolicy
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PLACE = Path(__file__).resolve().parents[2] / "cli" / "evidence_cli" / "demo_case"
FONT = Path("/usr/share/fonts-droid-fallback/truetype/DroidSansFallback.ttf")
"""Apache-2.0; Debian has it as fonts-droid-fallback. Only the signs used are put into the file."""

_NOT_FIRST = "，。；：）、》"
DOMAIN, SELECTOR = "quillmar.example", "press2031"
CAPTURED = "2031-04-02T09:30:00Z"


def tender() -> bytes:
    """The tender in Chinese, with numbered clauses and an outline."""
    pdfmetrics.registerFont(TTFont("Han", FONT))
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4, invariant=1, lang="zh-Hans")
    canvas.setTitle("招标文件 第14/2031号 静街工程")
    y = _title(canvas)
    for chapter, (heading, *clauses) in enumerate(TENDER):
        y = _heading(canvas, heading, chapter, y)
        for number, text in clauses:
            y = _clause(canvas, number, text, y)
    _page_number(canvas)
    canvas.save()
    return made.getvalue()


def _title(canvas: Canvas) -> float:
    y = A4[1] - 90
    for size, line in zip((14, 20, 16, 11), TITLE, strict=True):
        _line(canvas, 72, y, line, size)
        y -= size + 16
    return y - 10


def _heading(canvas: Canvas, heading: str, chapter: int, y: float) -> float:
    y = _room(canvas, y, 90)
    canvas.bookmarkPage(f"chapter-{chapter}", fit="XYZ", left=0, top=y + 30)
    canvas.addOutlineEntry(heading, f"chapter-{chapter}", 0)
    _line(canvas, 72, y, heading, 14)
    return y - 30


def _clause(canvas: Canvas, number: str, text: str, y: float) -> float:
    lines = _wrapped(text, 31)
    y = _room(canvas, y, 24 * len(lines))
    _line(canvas, 72, y, number, 12)
    for line in lines:
        _line(canvas, 124, y, line, 12)
        y -= 24
    return y - 8


def _room(canvas: Canvas, y: float, height: float) -> float:
    """Where to go on: here, or at the top of a new page."""
    if y - height > 72:
        return y
    _page_number(canvas)
    canvas.showPage()
    return A4[1] - 90


def _page_number(canvas: Canvas) -> None:
    _line(canvas, A4[0] / 2 - 20, 44, f"第 {canvas.getPageNumber()} 页", 9)


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for sign in text:
        if len(lines[-1]) >= width and sign not in _NOT_FIRST and not sign.isascii():
            lines.append("")
        lines[-1] += sign
    return lines


def _line(canvas: Canvas, x: float, y: float, text: str, size: float) -> None:
    """Write one line; the font of Chinese signs has no others."""
    at = 0
    while at < len(text):
        end = at
        while end < len(text) and text[end].isascii() == text[at].isascii():
            end += 1
        font = "Helvetica" if text[at].isascii() else "Han"
        canvas.setFont(font, size)
        canvas.drawString(x, y, text[at:end])
        x += pdfmetrics.stringWidth(text[at:end], font, size)
        at = end


def reply() -> tuple[bytes, bytes]:
    """The signed reply, and the record of its key, as a zone file has it."""
    private = rsa.generate_private_key(65537, 2048)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    content = private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    text = REPLY.replace("\n", "\r\n").encode()
    public = base64.b64encode(content).decode()
    parts = "\n".join(f'    "{public[at : at + 200]}"' for at in range(0, len(public), 200))
    record = (
        f"; The key of {DOMAIN} as DNS had it on 2031-06-19. All of this is invented.\n"
        f'{SELECTOR}._domainkey.{DOMAIN}. 3600 IN TXT (\n    "v=DKIM1; k=rsa; p="\n{parts} )\n'
    )
    return _signed(text, pem), record.encode()


def _signed(message: bytes, pem: bytes) -> bytes:
    """Sign as `dkim.sign` does, but without the time now, which would not fit the story."""
    policy = CanonicalizationPolicy.from_c_value(b"relaxed/relaxed")
    signer = dkim.DKIM(message)
    signer.hasher = hashlib.sha256
    names = [name.lower() for name, _ in signer.headers] + [b"from", b"subject", b"date"]
    digest = hashlib.sha256(policy.canonicalize_body(signer.body)).digest()
    fields = [
        *((b"v", b"1"), (b"a", b"rsa-sha256"), (b"c", policy.to_c_value())),
        *((b"d", DOMAIN.encode()), (b"s", SELECTOR.encode()), (b"h", b" : ".join(names))),
        *((b"bh", base64.b64encode(digest)), (b"b", b"0" * 60)),
    ]
    private = dkim.parse_pem_private_key(pem)
    return (
        b"DKIM-Signature: "
        + signer.gen_header(fields, names, policy, b"DKIM-Signature", private)
        + message
    )


_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_WHO = 'w:author="Quillmar Optics, legal department" w:date="2031-03-07T10:00:00Z"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def draft() -> bytes:
    """The draft of the contract, with a tracked change, as DOCX."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        f'relationships+xml"/><Override PartName="/word/document.xml" ContentType="{_TYPE}.'
        f'document.main+xml"/><Override PartName="/word/styles.xml" ContentType="{_TYPE}.'
        'styles+xml"/></Types>',
        "_rels/.rels": _relation("officeDocument", "word/document.xml"),
        "word/_rels/document.xml.rels": _relation("styles", "styles.xml"),
        "word/styles.xml": f'<w:styles xmlns:w="{_MAIN}">{_style(1)}{_style(2)}</w:styles>',
        "word/document.xml": f'<w:document xmlns:w="{_MAIN}"><w:body>'
        + "".join(_paragraph(*paragraph) for paragraph in DRAFT)
        + "<w:sectPr/></w:body></w:document>",
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), _HEAD + content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _relation(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/{kind}" Target="{target}"/></Relationships>'
    )


def _style(level: int) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
        f'<w:pPr><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
        f'<w:rPr><w:b/><w:sz w:val="{36 - 6 * level}"/></w:rPr></w:style>'
    )


def _paragraph(style: str, standing: str, deleted: str, inserted: str) -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    runs = f'<w:r><w:t xml:space="preserve">{standing}</w:t></w:r>'
    if deleted:
        runs += f'<w:del w:id="1" {_WHO}><w:r><w:delText>{deleted}</w:delText></w:r></w:del>'
    if inserted:
        runs += f'<w:ins w:id="2" {_WHO}><w:r><w:t>{inserted}</w:t></w:r></w:ins>'
    return f"<w:p>{named}{runs}</w:p>"


def site() -> bytes:
    """Two pages of the firm's site, as an archive of web pages."""
    made = io.BytesIO()
    writer = WARCWriter(made, gzip=True)
    for url, title, body in SITE:
        page = (
            f'<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{title} – '
            f"Quillmar Optics</title></head>\n<body>\n<h1>{title}</h1>\n{body}\n</body>\n</html>\n"
        ).encode()
        headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(page)))]
        record = writer.create_warc_record(
            url,
            "response",
            payload=io.BytesIO(page),
            http_headers=StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1"),
            warc_headers_dict={
                "WARC-Date": CAPTURED,
                "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, url)}>",
            },
        )
        writer.write_record(record)
    return made.getvalue()


def main() -> None:
    """Write all documents."""
    (PLACE / "tender-zh.pdf").write_bytes(tender())
    (PLACE / "request.eml").write_text(REQUEST)
    (PLACE / "contract-draft.docx").write_bytes(draft())
    (PLACE / "quillmar-site.warc.gz").write_bytes(site())
    signed, key = PLACE / "reply.eml", PLACE / "quillmar.dkim.txt"
    if not (signed.exists() and key.exists()):
        for path, content in zip((signed, key), reply(), strict=True):
            path.write_bytes(content)


if __name__ == "__main__":
    main()
