"""Web archives: each page with its address and date, and what else there is in them."""

import io

import pytest

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import HEAD, captures, contents, extract, parts, sniff, warc
from evidence_chain.extract.warc import survey
from warc_files import DATE, PAGE, PDF, URL, compressed, doubts, draw, http, record


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
    assert options["revisits"] == [f"{URL}/3: as it was captured at some date (?)"]
    assert options["pages"] == 3
    assert "damaged" not in options


def test_an_archive_that_was_compressed_as_a_whole():
    data = record(http(b"<p>one")) + record(http(b"<p>two"))
    assert draw(compressed(data)).text == "one\n\ntwo"


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


@pytest.mark.parametrize(
    ("payload", "media_type", "why"),
    [
        (b"<p>Gr\xf6\xdfe", "text/html", "no charset is named"),
        (b"<p>Gr\xf6\xdfe", "text/html; charset=utf-8", "it says utf-8 and is not"),
        (b"<p>Gr\xf6\xdfe", "text/html; charset=x-odd", "'x-odd' is no charset that is known"),
        (b"<meta charset=utf-8><p>Gr\xf6\xdfe", "text/html; charset=utf-8", "it says utf-8"),
        (b"Gr\xf6\xdfe", "text/plain", "no charset is named"),
        ("Größe".encode(), "text/plain; charset=x-odd", "'x-odd' is no charset"),
    ],
)
def test_letters_that_are_a_guess_are_marked(payload, media_type, why):
    (found,) = doubts(draw(record(http(payload, media_type))))
    assert found[0] == "guessed"
    assert found[1].startswith(why)


@pytest.mark.parametrize(
    ("payload", "media_type"),
    [
        ("<p>Größe".encode(), "text/html"),
        ("<p>Größe".encode(), "text/html; charset=ascii"),
        ("\ufeff<p>Größe".encode(), "text/html; charset=latin1"),
        (b"<meta charset=windows-1252><p>Gr\xf6\xdfe", "text/html"),
        (b"<meta charset=windows-1252><p>Gr\xf6\xdfe", "text/html; charset=utf-8"),
        (b"<p>Gr\xf6\xdfe", "text/html; charset=iso-8859-1"),
        ("Größe".encode(), "text/plain"),
    ],
)
def test_letters_that_are_known(payload, media_type):
    drawn = draw(record(http(payload, media_type)))
    assert drawn.text.endswith("Größe")
    assert doubts(drawn) == []


def test_files_that_are_no_pages(tmp_path):
    path = tmp_path / "a.warc"
    path.write_bytes(
        record(http(PAGE))
        + record(http(PDF, "text/html"), url=f"{URL}/../../a.pdf")
        + record(http(b"body{}", "text/css"), url=f"{URL}/a.css")
        + record(http(b"x()", "text/javascript"), url=f"{URL}/a.js")
        + record(http(b"wOFF", "font/woff"), url=f"{URL}/a.woff")
        + record(http(b'{"a":1}', "application/json"), url=f"{URL}/a.json")
        + record(http(b"GIF89a", "image/gif"), url=f"{URL}/logo")
        + record(http(b"x()", ""), url=f"{URL}/b.js?v=1")
        + record(http(b"wOF2", ""), url=f"{URL}/font")
        + record(http(compressed(PDF), "", Content_Encoding="gzip"), url=f"{URL}/b")
        + record(http(b"", "application/pdf"), url=f"{URL}/empty")
    )
    documents = [(f"{URL}/../../a.pdf", PDF), (f"{URL}/b", PDF)]
    assert parts(path, "application/warc") == documents
    stream = extract(path, "application/warc")
    assert stream.text == "Calm\nWe were told.\nnever"
    assert (
        stream.extractor["options"] | {"files": 2, "files_inside": 7}
        == (stream.extractor["options"])
    )
    everything = contents(path, "application/warc", everything=True)
    assert [part.content for part in everything.parts[1:4]] == [b"body{}", b"x()", b"wOFF"]
    assert len(everything.parts) == 9
    assert everything.pages == [(URL, DATE)]
    assert [url for url, *_ in captures(path, "application/warc")][:2] == [URL, documents[0][0]]


def test_what_is_left_out_is_said(monkeypatch):
    monkeypatch.setattr(survey, "MAX_FILES", 2)
    monkeypatch.setattr(survey, "MAX_FILES_BYTES", 40)
    files = [record(http(bytes([n]) * 15, "x/y"), url=f"{URL}/{n}") for n in range(4)]
    large = record(http(bytes(50), "x/y"))
    data = record(http(PAGE)) + large + b"".join(files)
    assert [len(part.content) for part in warc.parts(io.BytesIO(data)).parts] == [15, 15]
    options = draw(data).options
    assert options | {"files": 2, "files_left_out": 3} == options


def test_more_pages_than_can_be_read(monkeypatch):
    monkeypatch.setattr(survey, "MAX_PAGES_BYTES", 10)
    drawn = draw(record(http(b"<p>one")), record(http(b"<p>two")))
    assert drawn.text == "one"
    assert drawn.options["unread"] == [f"{URL}: there are too many pages"]


def test_addresses_are_named_up_to_a_number():
    revisits = [record(b"", "revisit", f"{URL}/{n}") for n in range(50)]
    drawn = draw(record(http(PAGE)), *revisits)
    assert drawn.options["revisits"][0].startswith(f"{URL}/0")
    assert drawn.options["revisits"][-1] == "and 30 more"


@pytest.mark.parametrize(
    "block",
    [b"", b"\r\n", b"HTTP/1.1\r\n", b"\x00\xff\r\n: \r\n x", b"x" * 100, b"HTTP/2 200\n\n<p>x"],
)
def test_answers_that_are_none(block):
    assert draw(record(block), record(http(b"<p>two"))).text.endswith("two")


@pytest.mark.parametrize(
    ("records", "said"),
    [
        ([record(b"", "revisit")], "1 capture only as a note that it was as before (revisit)"),
        ([record(http(PDF, "application/pdf"))], "1 captured file that is no page"),
        ([record(b"x: y\r\n", "warcinfo"), record(b"", "request")], "1 warcinfo, 1 request"),
        ([record(http(b"<p> "))], "1 response"),
        ([record(b"more", "continuation")], "a further part of a record"),
    ],
)
def test_an_archive_without_pages_is_no_scan(tmp_path, records, said):
    path = tmp_path / "a.warc"
    path.write_bytes(b"".join(records))
    with pytest.raises(ExtractionError) as refused:
        extract(path, "application/warc")
    assert said in str(refused.value)
    assert "scan" not in str(refused.value)


def test_what_was_converted_is_marked():
    drawn = draw(
        record(http(PAGE)),
        record(b"We were told", "conversion", f"{URL}.pdf", declared="text/plain"),
        record(b"We were", "resource", f"urn:text:{URL}", declared="text/plain"),
        record(http(b"<p>Summary"), url="file:///summary.html"),
    )
    assert doubts(drawn) == [
        ("converted", "a conversion", "We were told"),
        ("converted", "text taken from a page", "We were"),
        ("converted", "a file of the archiver's own", "Summary"),
    ]


@pytest.mark.parametrize("status", ["404 Not Found", "301 Moved", "500 Oops", "203 Other"])
def test_another_status_is_marked(status):
    drawn = draw(record(http(b"<p>one", status=status)), record(http(b"<p>two")))
    assert doubts(drawn) == [("other-status", status[:3], "one")]


@pytest.mark.parametrize("as_told", ["place", "digest"])
def test_a_revisit_of_what_is_in_the_archive(as_told):
    told = {
        "place": {"WARC_Refers_To_Target_URI": URL, "WARC_Refers_To_Date": DATE},
        "digest": {"WARC_Payload_Digest": "sha1:OLD"},
    }[as_told]
    again = record(http(b""), "revisit", date="2032-01-01T00:00:00Z", **told)
    original = record(http(b"<p>one"), WARC_Payload_Digest="sha1:OLD")
    assert "revisits" not in draw(original, again).options
    drawn = draw(record(http(b"<p>two"), url=f"{URL}/2"), again)
    assert drawn.options["revisits"][0].startswith(f"{URL}: as it was captured at ")


def test_revisits_of_what_pages_are_made_of_leave_nothing_open():
    logo = record(http(b"", "image/png"), "revisit", f"{URL}/logo")
    script = record(b"", "revisit", f"{URL}/a.js")
    assert "revisits" not in draw(record(http(PAGE)), logo, script).options


def test_urls_that_cannot_be_split():
    assert draw(record(http(b"words", ""), url="http://[x/")).text == "words"
