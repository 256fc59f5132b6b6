"""Web archives: each page with its address and date, what can't be read, and no bombs."""

import base64
import hashlib
import io
import sys
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import HEAD, extract, parts, sniff, warc
from evidence_chain.extract.warc import http as transfer
from evidence_chain.extract.warc import reading
from evidence_chain.extract.warc.digests import matches
from warc_files import DATE, PDF, URL, chunk, compressed, draw, http, record

PAGE = b"<!doctype html><title>Calm</title><p>We were <b>told</b>.<p hidden>never"


def digest(data, algorithm="sha1"):
    return f"{algorithm}:" + base64.b32encode(hashlib.new(algorithm, data).digest()).decode()


@pytest.mark.parametrize("compress", [lambda each: each, compressed])
def test_each_page_is_a_section(tmp_path, compress):
    data = b"".join(
        compress(each)
        for each in (
            record(b"software: x\r\n", "warcinfo", "", declared="application/warc-fields"),
            record(b"GET / HTTP/1.1\r\n\r\n", "request"),
            record(http(PAGE)),
            record("Größe".encode(), "resource", "urn:x", declared="text/plain"),
            record(http(b"<h1>Gone", status="404 Not Found"), url=f"{URL}/2", date="soon"),
            record(b"", "revisit", f"{URL}/3"),
        )
    )
    path = tmp_path / "a"
    path.write_bytes(data)
    assert sniff(data[:HEAD], "a") == "application/warc"
    stream = extract(path, "application/warc")
    assert stream.text == "Calm\nWe were told.\nnever\n\nGröße\n\nGone"
    marks = [m for m in stream.marks if m.kind in ("response", "captured")]
    assert [(m.kind, m.detail, stream.text[m.start : m.end]) for m in marks] == [
        ("response", URL, "Calm\nWe were told.\nnever"),
        ("captured", DATE, "Calm\nWe were told.\nnever"),
        ("response", "urn:x", "Größe"),
        ("captured", DATE, "Größe"),
        ("response", f"{URL}/2", "Gone"),
    ]
    assert stream.text[slice(*next(m for m in stream.marks if m.detail == "hidden attribute")[:2])]
    options = stream.extractor["options"]
    assert options["other_status"] == [f"404 {URL}/2"]
    assert options["revisits"] == [f"{URL}/3"]
    assert options["pages"] == 3
    assert "damaged" not in options


def test_an_archive_that_was_compressed_as_a_whole():
    data = record(http(b"<p>one")) + record(http(b"<p>two"))
    assert draw(compressed(data)).text == "one\n\ntwo"


def deflated(data, window):
    stream = zlib.compressobj(9, zlib.DEFLATED, window)
    return stream.compress(data) + stream.flush()


@pytest.mark.parametrize(
    ("payload", "headers"),
    [
        (chunk(PAGE), {"Transfer_Encoding": "chunked"}),
        (PAGE, {"Transfer_Encoding": "chunked"}),
        (compressed(PAGE), {"Content_Encoding": "gzip"}),
        (compressed(PAGE[:9]) + compressed(PAGE[9:]), {"Content_Encoding": "x-gzip"}),
        (PAGE, {"Content_Encoding": "gzip"}),
        (deflated(PAGE, 15), {"Content_Encoding": "deflate"}),
        (deflated(PAGE, -15), {"Content_Encoding": "deflate"}),
        (PAGE, {"Content_Encoding": "identity"}),
        (compressed(deflated(PAGE, 15)), {"Content_Encoding": "deflate, GZIP"}),
        (chunk(compressed(PAGE)), {"Transfer_Encoding": "chunked", "Content_Encoding": "gzip"}),
    ],
)
def test_encodings_are_undone(payload, headers):
    assert draw(record(http(payload, **headers))).text == "Calm\nWe were told.\nnever"


@pytest.mark.parametrize(
    ("payload", "encoding", "reason"),
    [
        (b"x", "zstd", "not known here"),
        (compressed(PAGE)[:-9], "gzip", "damaged"),
        (b"\x1f\x8b\x08nonsense" * 9, "gzip", "damaged"),
        (b"nonsense", "deflate", "damaged"),
        (compressed(bytes(transfer.MAX_CONTENT + 1)), "gzip", "more than 32 MB"),
        (compressed(bytes(transfer.MAX_CONTENT // 2)) * 3, "gzip", "more than 32 MB"),
        (deflated(bytes(transfer.MAX_CONTENT + 1), -15), "deflate", "more than 32 MB"),
    ],
)
def test_what_cannot_be_decoded_is_said(payload, encoding, reason):
    drawn = draw(record(http(payload, Content_Encoding=encoding)), record(http(b"<p>two")))
    assert drawn.text == "two"
    assert len(drawn.options["unread"]) == 1
    assert drawn.options["unread"][0].startswith(f"{URL}: ")
    assert reason in drawn.options["unread"][0]


class Brotli:
    """Stands for the package of that name: each byte of input is three of output."""

    error = type("error", (Exception,), {})

    class Decompressor:
        def process(self, data):
            if data == b"?":
                raise Brotli.error
            return data * 3

        def is_finished(self):
            return True


def test_brotli_where_there_is_a_package(monkeypatch):
    monkeypatch.setitem(sys.modules, "brotli", None)
    page = record(http(b"x", Content_Encoding="br"))
    with pytest.raises(ExtractionError, match=r"calm: its encoding 'br' needs .* installed"):
        draw(page)
    monkeypatch.setitem(sys.modules, "brotli", Brotli)
    assert draw(page).text == "xxx"
    for payload, reason in ((b"?", "damaged"), (bytes(11 << 20), "more than 32 MB")):
        with pytest.raises(ExtractionError, match=reason):
            draw(record(http(payload, Content_Encoding="br")))


@pytest.mark.parametrize(
    ("payload", "media_type", "text"),
    [
        ("摄像机".encode("gb18030"), "text/plain; charset=gb2312", "摄像机"),
        ("<p>摄像机".encode("gb18030"), "text/html;charset=GBK", "摄像机"),
        ("<meta charset=gb2312><p>摄像机".encode("gb18030"), "text/html", "摄像机"),
        ("\ufeff<p>摄像机".encode(), "text/html; charset=gbk", "摄像机"),
        ("\ufeff摄像机".encode("utf-16"), "text/plain; charset=utf-8", "摄像机"),
        ("<p>Größe".encode(), "text/html; charset=ascii", "Größe"),
        (b"<p>Gr\xf6\xdfe", "text/html; charset=utf-8", "Größe"),
        ("Größe".encode(), "", "Größe"),
        (PAGE, "", "Calm\nWe were told.\nnever"),
        (PAGE, "application/octet-stream", "Calm\nWe were told.\nnever"),
        (b"<p>x", "text/plain", "<p>x"),
        (b"<html><p>x</p></html>", "application/xhtml+xml", "x"),
    ],
)
def test_types_and_charsets(payload, media_type, text):
    assert draw(record(http(payload, media_type))).text.removeprefix("\ufeff") == text


def test_files_that_are_no_pages(tmp_path):
    path = tmp_path / "a.warc"
    path.write_bytes(
        record(http(PAGE))
        + record(http(PDF, "text/html"), url=f"{URL}/../../a.pdf")
        + record(http(b"body{}", "text/css"), url=f"{URL}/a.css")
        + record(http(b"x()", "text/javascript"), url=f"{URL}/a.js")
        + record(http(b"wOFF", "font/woff"), url=f"{URL}/a.woff")
        + record(http(b'{"a":1}', "application/json"), url=f"{URL}/a.json")
        + record(http(compressed(PDF), "", Content_Encoding="gzip"), url=f"{URL}/b")
        + record(http(b"", "application/pdf"), url=f"{URL}/empty")
    )
    assert parts(path, "application/warc") == [
        (f"{URL}/../../a.pdf", PDF),
        (f"{URL}/a.json", b'{"a":1}'),
        (f"{URL}/b", PDF),
    ]
    assert extract(path, "application/warc").extractor["options"]["files"] == 3


def test_what_is_left_out_is_said(monkeypatch):
    monkeypatch.setattr(warc, "MAX_FILES", 2)
    monkeypatch.setattr(warc, "MAX_FILES_BYTES", 40)
    files = [record(http(bytes([n]) * 15, "x/y"), url=f"{URL}/{n}") for n in range(4)]
    large = record(http(bytes(50), "x/y"))
    data = large + b"".join(files)
    assert [len(part.content) for part in warc.parts(io.BytesIO(data)).parts] == [15, 15]
    assert draw(data).options | {"files": 2, "files_left_out": 3} == draw(data).options


def test_more_pages_than_can_be_read(monkeypatch):
    monkeypatch.setattr(warc, "MAX_PAGES_BYTES", 10)
    drawn = draw(record(http(b"<p>one")), record(http(b"<p>two")))
    assert drawn.text == "one"
    assert drawn.options["unread"] == [f"{URL}: there are too many pages"]


def test_addresses_are_named_up_to_a_number():
    drawn = draw(*[record(b"", "revisit", f"{URL}/{n}") for n in range(50)])
    assert drawn.options["revisits"][0] == f"{URL}/0"
    assert drawn.options["revisits"][-1] == "and 30 more"


def test_digests():
    block = http(PAGE)
    good = record(block, WARC_Block_Digest=digest(block), WARC_Payload_Digest=digest(PAGE))
    assert draw(good).options["digests_checked"] == 1
    assert "digest_mismatch" not in draw(good).options
    for name in ("WARC_Block_Digest", "WARC_Payload_Digest"):
        changed = record(block, **{name: digest(b"other")})
        assert draw(good, changed).options["digest_mismatch"] == [URL]
    chunked = http(chunk(PAGE), Transfer_Encoding="chunked")
    for payload in (PAGE, chunk(PAGE)):
        drawn = draw(record(chunked, WARC_Payload_Digest=digest(payload, "sha256")))
        assert drawn.options["digests_checked"] == 1
        assert "digest_mismatch" not in drawn.options
    assert draw(record(block)).options["digests_checked"] == 0


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
@pytest.mark.parametrize(
    "encode",
    [base64.b32encode, base64.b16encode, base64.b64encode, base64.urlsafe_b64encode],
)
def test_ways_to_write_a_digest(algorithm, encode):
    told = f"{algorithm}:{encode(hashlib.new(algorithm, b'x').digest()).decode()}"
    assert matches(told, b"y", b"x") is True
    assert matches(told, b"y") is False
    assert matches(told.lower(), b"x") is ("b64" not in encode.__name__)


@pytest.mark.parametrize("told", [None, "", "sha1", "sha1:", "md5:abc", "crc32:1"])
def test_a_digest_that_cannot_be_checked(told):
    assert matches(told, b"x") is None


@pytest.mark.parametrize("compress", [lambda each: each, compressed])
def test_a_truncated_archive(compress):
    words = b" ".join(b"%x" % hash((n, 7919)) for n in range(200))
    one, two = compress(record(http(b"<p>one"))), compress(record(http(b"<p>" + words)))
    for cut in range(1, len(two) - 8, 97):
        assert draw(one, two[:cut]).text == "one"
    cut = len(two) * 3 // 4
    drawn = draw(one, two[:cut])
    assert drawn.options["damaged"] is True
    assert "ends or is damaged within it" in drawn.options["unread"][0]


def test_damage_in_the_middle_is_said():
    one, two = compressed(record(http(b"<p>one"))), compressed(record(http(b"<p>two")))
    hurt = bytearray(two)
    hurt[20:30] = bytes(10)
    drawn = draw(one, bytes(hurt), one)
    assert drawn.text == "one"
    assert drawn.options["damaged"] is True


def test_what_is_no_archive():
    for data in (b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\nx", compressed(b"words")):
        with pytest.raises(ExtractionError, match="no web archive"):
            draw(data)


def test_a_record_that_is_too_large(monkeypatch):
    monkeypatch.setattr(reading, "MAX_BLOCK", 1000)
    drawn = draw(record(http(b"<p>" + b"x" * 2000)), record(http(b"<p>two")))
    assert drawn.text == "two"
    assert "it has more than" in drawn.options["unread"][0]


def test_an_archive_that_expands_to_too_much(monkeypatch):
    monkeypatch.setattr(reading, "MAX_TOTAL", 1 << 20)
    bomb = compressed(record(http(bytes(1 << 19))))
    with pytest.raises(ExtractionError, match="expands to more"):
        draw(bomb, bomb, bomb)


@pytest.mark.parametrize("length", ["-1", "x", "", "9" * 5000])
def test_lengths_that_are_none(length):
    data = record(http(PAGE), **{"Content-Length": length})
    assert isinstance(draw(data).text, str)


@pytest.mark.parametrize(
    "block",
    [b"", b"\r\n", b"HTTP/1.1\r\n", b"\x00\xff\r\n: \r\n x", b"x" * 100, b"HTTP/2 200\n\n<p>x"],
)
def test_answers_that_are_none(block):
    assert isinstance(draw(record(block)).text, str)


@pytest.mark.parametrize(
    "data",
    [b"", b"x", b"5\r\nab", b"-1\r\nx\r\n0\r\n\r\n", b"0x1\r\nx\r\n0\r\n\r\n", b"1\r\nx\r\n"],
)
def test_what_is_not_in_chunks(data):
    assert transfer.dechunk(data) is None


@given(st.binary(max_size=300))
def test_no_bytes_stop_it(junk):
    for data in (junk, b"WARC/1.0\r\n" + junk, record(http(b"<p>one")) + junk):
        try:
            draw(data).text.encode()
        except ExtractionError:
            continue


def test_urls_that_cannot_be_split():
    assert draw(record(http(b"words", ""), url="http://[x/")).text == "words"
