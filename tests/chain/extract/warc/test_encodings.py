"""What a server sent in chunks, packed, or under a wrong name: undone, or said to be unread."""

import io
import resource
import zlib

import brotlicffi
import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from evidence_chain.extract import warc
from evidence_chain.extract.warc import chunks, codings
from warc_files import PAGE, URL, chunk, compressed, doubts, draw, http, record

TEXT = "Calm\nWe were told.\nnever"


def deflated(data, window):
    stream = zlib.compressobj(9, zlib.DEFLATED, window)
    return stream.compress(data) + stream.flush()


def sent(payload, te=None, ce=None, **more):
    named = {"Transfer-Encoding": te, "Content-Encoding": ce}
    return record(http(payload, **{name: value for name, value in named.items() if value}, **more))


SKIPPED = (0x184D2A53).to_bytes(4, "little") + (3).to_bytes(4, "little") + b"abc"


@pytest.mark.parametrize(
    ("payload", "te", "ce"),
    [
        (chunk(PAGE), "chunked", None),
        (chunk(PAGE).replace(b"\r\n", b"\n"), "Chunked", None),
        (chunk(PAGE).replace(b"\r\n", b"\r"), "chunked", None),
        (b"\r\n" + chunk(PAGE).replace(b"7;x=y", b"0007 "), "chunked", None),
        (chunk(PAGE)[:-2] + b"Sum: 1\r\n\r\n", "chunked", None),
        (PAGE, "chunked", None),
        (chunk(PAGE), None, None),
        (compressed(PAGE), None, "gzip"),
        (compressed(PAGE), None, None),
        (compressed(PAGE[:9]) + compressed(PAGE[9:]), None, "x-gzip"),
        (compressed(compressed(PAGE)), None, "gzip"),
        (compressed(compressed(PAGE)), None, "gzip, gzip"),
        (deflated(PAGE, 15), None, "deflate"),
        (deflated(PAGE, -15), None, "deflate"),
        (compressed(PAGE), None, "deflate"),
        (brotlicffi.compress(PAGE), None, "br"),
        (compressed(brotlicffi.compress(PAGE)), None, "br, gzip"),
        (zstd.compress(PAGE), None, "zstd"),
        (SKIPPED + zstd.compress(PAGE[:9]) + zstd.compress(PAGE[9:]), None, "zstd"),
        (zstd.compress(PAGE), None, "gzip"),
        (compressed(deflated(PAGE, 15)), None, "deflate, GZIP"),
        (chunk(compressed(PAGE)), "chunked", "gzip"),
        (chunk(compressed(PAGE)), "gzip, chunked", None),
        (chunk(brotlicffi.compress(PAGE)), "chunked", "br"),
        *[
            (PAGE, None, name)
            for name in ("gzip", "deflate", "br", "zstd", "identity", "none", "utf-8", "8bit")
        ],
        (compressed(PAGE), None, "none"),
        (PAGE, "identity", None),
    ],
)
def test_encodings_are_undone(payload, te, ce):
    drawn = draw(sent(payload, te, ce))
    assert drawn.text == TEXT
    assert doubts(drawn) == []


def test_two_headers_are_one_list():
    block = http(compressed(deflated(PAGE, 15)), Content_Encoding="deflate")
    block = block.replace(b"\r\n\r\n", b"\r\nContent-Encoding: gzip\r\n\r\n", 1)
    assert draw(record(block)).text == TEXT


@pytest.mark.parametrize(
    ("payload", "encoding", "reason"),
    [
        (b"x", "dcb", "not known here"),
        (b"\0\1\2\3", "odd", "not known here"),
        (compressed(PAGE)[:-9], "gzip", "damaged"),
        (b"\x1f\x8b\x08nonsense" * 9, "gzip", "damaged"),
        (deflated(PAGE, 15)[:-9], "deflate", "damaged"),
        (brotlicffi.compress(PAGE)[:-9], "br", "damaged"),
        (b"\0\1\2\3" * 9, "br", "damaged"),
        (zstd.compress(PAGE)[:-9], "zstd", "damaged"),
        (b"\x28\xb5\x2f\xfdnonsense", "zstd", "damaged"),
        (compressed(bytes(codings.MAX_CONTENT + 1)), "gzip", "more than 32 MB"),
        (compressed(bytes(codings.MAX_CONTENT // 2)) * 3, "gzip", "more than 32 MB"),
        (deflated(bytes(codings.MAX_CONTENT + 1), -15), "deflate", "more than 32 MB"),
        (zstd.compress(bytes(codings.MAX_CONTENT + 1)), "zstd", "more than 32 MB"),
        (brotlicffi.compress(bytes(codings.MAX_CONTENT + 1), quality=1), "br", "more than 32 MB"),
    ],
)
def test_what_cannot_be_decoded_is_said(payload, encoding, reason):
    drawn = draw(sent(payload, ce=encoding), record(http(b"<p>two")))
    assert drawn.text == "two"
    assert len(drawn.options["unread"]) == 1
    assert drawn.options["unread"][0].startswith(f"{URL}: ")
    assert reason in drawn.options["unread"][0]


def test_brotli_that_expands_takes_no_more_than_it_may():
    """A megabyte that would be a gigabyte is left when it passes the limit."""
    bomb = brotlicffi.compress(bytes(300 << 20), quality=1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(codings.Unread, match="more than 32 MB"):
        codings.undo("br", bomb)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 << 10


FIRST = PAGE.index(b"<p hidden>")
CUT = [
    (chunk(PAGE)[:-5], TEXT, "its last chunk is missing"),
    (chunk(PAGE)[:-4], TEXT, "the size of a chunk is broken"),
    (chunk(PAGE, FIRST)[:-12], "Calm\nWe were told.", "it ends within a chunk of 15 bytes"),
    (chunk(PAGE, FIRST)[: FIRST + 11], "Calm\nWe were told.", "the size of a chunk is broken"),
    (
        chunk(PAGE, FIRST).replace(b"never", b"nevermore"),
        "Calm\nWe were told.",
        "a chunk of 15 bytes doesn't end where it says",
    ),
]


@pytest.mark.parametrize(("payload", "text", "lacks"), CUT)
def test_sizes_of_chunks_are_never_text(payload, text, lacks):
    for ends in (b"\r\n", b"\n"):
        drawn = draw(sent(payload.replace(b"\r\n", ends), "chunked"))
        assert drawn.text == text
        assert [mark[:2] for mark in doubts(drawn)] == [("partial", lacks)]
        assert drawn.options["partial"] == [f"{URL}: {lacks}"]


def test_a_first_chunk_that_is_cut_leaves_nothing():
    for payload in (
        b"5",
        b"ff\r\n<p>We",
        b"3\r\n<p>We were told\r\n0\r\n\r\n",
        b"0x1\r\n<p>a\r\n0\r\n\r\n",
    ):
        drawn = draw(sent(payload, "chunked"), record(http(b"<p>two")))
        assert drawn.text == "two"
        assert len(drawn.options["unread"]) == 1


@pytest.mark.parametrize("data", [b"", b"x", b"<p>", b"Told by\r\n"])
def test_what_is_not_in_chunks(data):
    assert chunks.dechunk(data) is None
    assert not chunks.are_chunks(data)


@pytest.mark.parametrize("payload", [b"12\n<p>cameras", b"1\r\nx\r\n", b"0\r\n\r\n", b"3\r\nabc"])
def test_what_nobody_calls_chunks_is_text_unless_it_is_nothing_else(payload):
    assert not chunks.are_chunks(payload)


@pytest.mark.parametrize("cut", [b"0\r\n\r\n", b"0", b"x\r\n", b""])
@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r"])
def test_markup_in_chunks_that_nobody_names_never_has_their_sizes_in_it(end, cut):
    sent_so = end.join([b"9", b"<p>We had", b"2", b" 1", b"1", b"0", cut.replace(b"\r\n", end)])
    drawn = draw(record(http(sent_so)))
    assert drawn.text == "We had 10"
    whole = cut.startswith(b"0\r")
    assert ("partial" in drawn.options) != whole


@pytest.mark.parametrize("codings", ["chunked, gzip", "chunked, chunked"])
def test_chunks_within_a_coding(codings):
    inner = chunk(PAGE)
    packed = compressed(inner) if "gzip" in codings else chunk(inner, 20)
    page = draw(record(http(PAGE))).text
    assert draw(record(http(packed, Transfer_Encoding=codings))).text == page


@given(st.lists(st.binary(min_size=1, max_size=40), min_size=1), st.data())
def test_what_comes_of_cut_chunks_is_a_beginning(pieces, data):
    body = b"".join(pieces)
    sent_so = chunk(body, 9)
    cut = sent_so[: data.draw(st.integers(1, len(sent_so) - 4))]
    found = chunks.dechunk(cut)
    assert body.startswith(found.data)
    assert found.lacks


@pytest.mark.parametrize(
    ("payload", "headers", "lacks"),
    [
        (b"<p>one", {"Content-Length": "9"}, "of 9 bytes that the server announced 6 are there"),
        (b"<p>one", {"Content-Length": "9, 9"}, "of 9 bytes"),
        (b"<p>one", {"status": "206 Part", "Content-Range": "bytes 0-5/99"}, "bytes 0-5/99"),
        (b"<p>one", {"status": "206 Part"}, "which part is not said"),
    ],
)
def test_half_a_page_is_marked(payload, headers, lacks):
    drawn = draw(record(http(payload, **headers)))
    assert drawn.text == "one"
    (found,) = [mark for mark in doubts(drawn) if mark[0] == "partial"]
    assert lacks in found[1]
    assert drawn.options["partial"] == [f"{URL}: {found[1]}"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Length": "6"},
        {"Content-Length": "2"},
        {"Content-Length": "x"},
        {"Content-Length": "99", "Content-Encoding": "gzip"},
        {"Content-Length": "99", "Transfer-Encoding": "chunked"},
    ],
)
def test_a_whole_page_is_not_marked(headers):
    assert doubts(draw(record(http(b"<p>one", **headers)))) == []


def test_a_part_that_is_the_whole():
    block = http(b"<p>one", status="206 Part", **{"Content-Range": "bytes 0-5/6"})
    assert [mark[0] for mark in doubts(draw(record(block)))] == ["other-status"]


def test_an_answer_without_content_is_none():
    gone = http(b"", status="302 Found", **{"Content-Length": "99"})
    assert "unread" not in draw(record(gone), record(http(b"<p>two"))).options
    empty = http(b"", **{"Content-Length": "99"})
    assert "unread" in draw(record(empty), record(http(b"<p>two"))).options


def test_what_an_archive_says_it_cut():
    for more in ({"WARC_Truncated": "length"}, {"WARC_Segment_Number": "1"}):
        drawn = draw(record(http(b"<p>one"), **more))
        assert [mark[0] for mark in doubts(drawn)] == ["partial"]
    assert warc.parts(io.BytesIO(record(http(b"<p>one"), WARC_Truncated="time"))).told == [
        f"1 capture captured only in part: {URL}: the archive says that it was cut (time)"
    ]


@pytest.mark.parametrize("name", ["gzip", "zstd", "identity", None])
def test_what_is_packed_otherwise_than_it_says_is_unread_and_not_without_the_words(name):
    found = draw(sent(brotlicffi.compress(PAGE * 9), ce=name), record(http(PAGE), url=f"{URL}/b"))
    (unread,) = found.options["unread"]
    assert any(why in str(unread) for why in ("no text", "damaged"))


def test_a_range_is_a_part_whatever_the_status():
    found = draw(record(http(PAGE, Content_Range="bytes 0-9/999")))
    assert "a part of it" in str(found.options["partial"])
