"""Rows 40, 41 and 43: files that exhaust a parser, that lie about what they are, or whose parts do.

Each is added to a case that holds, and the case holds afterwards.
"""

import base64
import gzip
import zlib
from io import BytesIO
from zipfile import ZipFile, ZipInfo

import pytest

from adversary import verdict
from docx_files import archive, docx, paragraph
from evidence_chain.extract.guard import guard
from pdfs import Pdf, lines, one_page
from warc_files import http, record

WORDS = "The board was told about the recordings"
PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 100


@pytest.fixture
def quick(monkeypatch):
    """Parsers that may use less than usual, so that exhausting them takes less long."""
    parse, little = guard.run, guard.Limits(memory=512 << 20, cpu=1, clock=20)

    def run(extractor, file, _=None, **named):
        return parse(extractor, file, little, **named)

    monkeypatch.setattr(guard, "run", run)


def files_outside(case):
    """Every file that isn't within the case."""
    return {path for path in case.home.rglob("*") if case.root not in path.parents}


def files_of(case):
    return {path for path in case.root.rglob("*") if path.is_file()}


def preserved(case, name, content):
    """The answer to adding a file: its record, and those of what it holds."""
    file = case.write(name, content)
    before = files_outside(case)
    made = case.json("add", "artifact", file)
    assert files_outside(case) == before
    return made


def holds(case):
    case.run("checkpoint")
    assert verdict(case, "--all-digests", code=0).failed == []
    assert not list(case.root.rglob(".incoming-*"))
    return True


def nested_mail():
    parts = (
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(3000)
    )
    head = b"From: press@quillmar.example\r\nMessage-ID: <1@quillmar.example>\r\n"
    return head + b"".join(parts) + b"\r\n" + WORDS.encode()


def repeated(start, block, times, window):
    """Compressed bytes that unpack to `start` and very many times the same."""
    packer = zlib.compressobj(9, zlib.DEFLATED, window)
    first = packer.compress(start + block) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + (packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)) * times


def pdf_bomb():
    """A page whose content unpacks to two gigabytes of one long run of operators."""
    made = Pdf()
    content = made.stream(repeated(b"", b"q Q " * (1 << 18), 2048, 15), b"/Filter/FlateDecode")
    made.page(b"")
    made.objects[made.pages[0] - 1] = b"<</Type/Page/Parent 2 0 R/Contents %d 0 R>>" % content
    return made.data()


def endless_pages():
    made = Pdf()
    made.page(lines(WORDS.encode()))
    return made.data().replace(b"/Kids[5 0 R]/Count 1", b"/Kids[2 0 R]/Count 9")


def gzip_bomb():
    """A web archive of two megabytes of which one page would unpack to two gigabytes."""
    head = record(http(b"")).replace(b"Content-Length: ", b"Content-Length: 2147483").rstrip()
    return repeated(head + b"\r\n\r\n", bytes(1 << 20), 2048, 31)


EXHAUSTING = {
    "bomb.docx": lambda: docx(paragraph("x" * (100 << 20))),
    "deep.docx": lambda: docx("<w:p>" * 200_000 + "</w:p>" * 200_000),
    "bomb.pdf": pdf_bomb,
    "endless.pdf": endless_pages,
    "cut.pdf": lambda: one_page(lines(WORDS.encode()))[:200],
    "parts.eml": nested_mail,
    "bomb.warc.gz": gzip_bomb,
    "bomb.html": lambda: b"<!doctype html>" + b"<p>a " * 6_000_000,
    "cut.docx": lambda: docx(paragraph(WORDS))[:-40],
    "cut.wacz": lambda: archive([("archive/a.warc", b"WARC/1.1\r\n"), ("datapackage.json", b"{}")]),
}
"""Files whose text can't be had within the limits, or at all."""


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("name", EXHAUSTING)
def test_row_40_a_file_that_exhausts_its_parser_is_preserved_and_nothing_more(case, name):
    content = EXHAUSTING[name]()
    assert len(content) < 40 << 20
    made = preserved(case, name, content)
    assert len(made) == 1
    before = case.json("log")["size"]
    quote = ("add", "quote", "--artifact", made[0]["id"], "--text", WORDS)
    told = case.json(*quote, code=3)
    assert "Preserve" in told["error"] or "preserve" in told["error"]
    assert case.json("log")["size"] == before
    assert holds(case)


def test_row_40_what_is_only_deep_is_read(case):
    """Two hundred thousand nested elements: odd, and no reason to give up."""
    page = b"<!doctype html>" + b"<div>" * 200_000 + WORDS.encode()
    (made,) = preserved(case, "deep.html", page)
    quote = ("add", "quote", "--artifact", made["id"], "--text", WORDS)
    assert case.json(*quote)["status"] == "verbatim"
    assert holds(case)


def test_row_40_a_bomb_in_a_case_file_leaves_nothing(case):
    before = case.json("log")["size"], files_of(case)
    case.write("bomb.docx", docx("<w:p>" * 200_000))
    evidence = '[{"key": "E", "kind": "quote", "document": "D", "text": "The board"}]'
    documents = '[{"key": "D", "file": "bomb.docx"}]'
    items = case.write("case.json", f'{{"documents": {documents}, "evidence": {evidence}}}')
    case.run("import", items, code=3)
    assert (case.json("log")["size"], files_of(case)) == before
    assert holds(case)


def test_row_40_odd_files_of_others(case, shared):
    """Some of them; the tests of the extractor go through all."""
    files = sorted(shared("vectors/pypdf-pdfs").glob("*.pdf"))[::16]
    made = case.json("add", "artifact", *files)
    assert len(made) >= len(files)
    for file in files:
        told = case.json("locate", file, "--text", WORDS, code=(1, 3))
        assert told.get("status", "missing") == "missing"
    assert holds(case)


ZIPPED = archive([("a.txt", WORDS)])
PAPER = one_page(lines(WORDS.encode()))
PAGE = f"<!doctype html><html><body><p>{WORDS}</p></body></html>".encode()
LYING = {
    "page.pdf": (PAGE, "text/html", ["name-differs: .pdf is text/html"]),
    "paper.txt": (PAPER, "application/pdf", ["name-differs: .txt is application/pdf"]),
    "paper.docx": (PAPER, "application/pdf", ["name-differs: .docx is application/pdf"]),
    "both.pdf": (
        PAPER + ZIPPED,
        "application/pdf",
        ["polyglot: application/pdf and application/zip"],
    ),
    "hello.pdf": (
        b"<html><!-- -->" + PAPER,
        "text/html",
        ["name-differs: .pdf is text/html", "polyglot: text/html and application/pdf"],
    ),
    "honest.pdf": (PAPER, "application/pdf", None),
    "honest.html": (PAGE, "text/html", None),
}


@pytest.mark.parametrize("name", LYING)
def test_row_41_the_type_is_that_of_the_content_and_a_lie_is_told(case, name):
    content, media_type, warnings = LYING[name]
    made = preserved(case, name, content)
    fields = case.body(made[0]["id"])
    assert (fields["media_type"], fields["warnings"]) == (media_type, warnings)
    shown = case.run("show", made[0]["id"]).stdout
    assert ("warnings" in shown) == bool(warnings)
    found = case.json("locate", case.home / name, "--text", WORDS)
    assert (found["status"], found["media_type"]) == ("verbatim", media_type)
    assert holds(case)


def test_row_41_an_attachment_that_lies(case):
    made = preserved(case, "mail.eml", mail_with({"invoice.png": PAPER}))
    assert case.body(made[1]["id"])["warnings"] == ["name-differs: .png is application/pdf"]


NAMES = [
    *("../../escaped.txt", "/etc/cron.d/escaped", "..\\..\\escaped.txt", "C:\\escaped.txt"),
    *("a/../../../escaped", "~/escaped", "CON", ".", "..", "link -> /etc/passwd", "-rf"),
    *("Plan.txt", "plan.txt", "PLAN.TXT", "plan.txt ", "x" * 10_000, "\u00e9.txt", "e\u0301.txt"),
    *("a\nb.txt", "\x1b[2Jb.txt", "\u202etxt.exe", "evidence.db", "artifacts/00/00", "%2e%2e%2f"),
]


def mail_with(files):
    """An e-mail with attachments of any name."""
    head = "From: press@quillmar.example\nMessage-ID: <1@quillmar.example>\nMIME-Version: 1.0"
    parts = [f"{head}\nContent-Type: multipart/mixed; boundary=b\n".encode()]
    for name, content in files.items():
        coded = "".join(f"%{byte:02X}" for byte in name.encode())
        parts.append(
            b"Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n"
            + f"Content-Disposition: attachment; filename*=utf-8''{coded}\n\n".encode()
            + base64.encodebytes(content)
        )
    return b"\n--b\n".join(parts) + b"\n--b--\n"


def test_row_43_names_of_attachments_are_kept_as_text(case):
    made = preserved(case, "mail.eml", mail_with({n: n.encode() * 3 for n in NAMES}))
    kept = {case.body(one["id"])["filename"] for one in made[1:]}
    assert len(made) == 1 + len(NAMES)
    assert all(path.name == path.name.lower() for path in case.root.glob("artifacts/*/*"))
    assert {"../../escaped.txt", "/etc/cron.d/escaped", "Plan.txt", "plan.txt"} <= kept
    assert not list(case.home.parent.rglob("*escaped*"))
    for one in made:
        shown = case.run("show", one["id"]).stdout
        assert "\x1b[2J" not in shown
        assert "\u202e" not in shown
    assert holds(case)


def test_row_43_names_in_an_archive(case):
    """A DOCX with a link in it, and with paths that lead out of it."""
    names = [
        "word/media/../../../escaped",
        "word/embeddings//etc/escaped",
        "word/media/C:\\escaped",
    ]
    held = BytesIO(docx(paragraph(WORDS), files=[(name, name) for name in names]))
    link = ZipInfo("word/media/link")
    link.external_attr = 0o120777 << 16
    with ZipFile(held, "a") as zipped:
        zipped.writestr(link, "/etc/passwd")
    made = preserved(case, "plan.docx", held.getvalue())
    kept = {case.body(one["id"])["filename"]: one["id"] for one in made[1:]}
    assert kept.keys() == {*names, "word/media/link"}
    path = case.kept(case.body(kept["word/media/link"])["blake3"])
    assert path.read_text() == "/etc/passwd"
    assert not path.is_symlink()
    assert not list(case.home.parent.rglob("*escaped*"))
    assert holds(case)


def test_row_43_names_that_differ_in_case_alone_are_refused(case):
    """Which of two such parts Word shows can't be told."""
    names = ["word/media/plan.txt", "word/media/PLAN.txt"]
    made = preserved(case, "plan.docx", docx(paragraph(WORDS), files=[(n, n) for n in names]))
    assert len(made) == 1
    assert "two of the same name" in made[0]["unread"]
    case.run("add", "quote", "--artifact", made[0]["id"], "--text", WORDS, code=3)
    assert holds(case)


def test_row_43_addresses_in_a_web_archive(case):
    urls = [
        "https://quillmar.example/../../escaped.pdf",
        "file:///etc/escaped",
        "urn:" + "x" * 10_000,
    ]
    pdf = b"%PDF-1.7\n"
    data = b"".join(record(http(pdf + url.encode(), "application/pdf"), url=url) for url in urls)
    made = preserved(case, "plan.warc.gz", gzip.compress(data))
    assert [case.body(one["id"])["filename"] for one in made[1:]] == urls
    assert not list(case.home.parent.rglob("*escaped*"))
    assert holds(case)


def test_row_43_a_name_with_a_nul(case):
    made = preserved(
        case, "mail.eml", mail_with({"a\x00b.txt": b"words of it", "a\x00c.txt": b"more"})
    )
    assert len(made) == 3
    assert holds(case)
