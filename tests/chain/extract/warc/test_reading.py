"""The records of an archive: its packing, its digests, and what is damaged in it."""

import base64
import hashlib

import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import HEAD, sniff
from evidence_chain.extract.warc import reading
from evidence_chain.extract.warc.digests import matches
from warc_files import PAGE, URL, chunk, compressed, digest, doubts, draw, http, record

ONE, TWO = record(http(b"<p>one")), record(http(b"<p>two"), url=f"{URL}/2")
INFO = record(b"software: x\r\n", "warcinfo", "", declared="application/warc-fields")


def zstandard(data):
    return zstd.compress(data, options={zstd.CompressionParameter.checksum_flag: 1})


def framed(magic, content):
    return magic.to_bytes(4, "little") + len(content).to_bytes(4, "little") + content


def with_dictionary(packed):
    samples = [record(http(b"<p>We were told %d times" % n)) for n in range(200)]
    dictionary = zstd.train_dict(samples, 4000)
    kept = dictionary.dict_content
    first = framed(0x184D2A5D, zstd.compress(kept) if packed else kept)
    return first + b"".join(zstd.compress(one, zstd_dict=dictionary) for one in (INFO, ONE, TWO))


ZSTD = {
    "frames": zstd.compress(INFO) + zstd.compress(ONE) + zstd.compress(TWO),
    "one frame": zstd.compress(INFO + ONE + TWO),
    "skipped": zstd.compress(ONE) + framed(0x184D2A50, bytes(99)) + zstd.compress(TWO),
    "long skipped": zstd.compress(ONE) + framed(0x184D2A5F, bytes(200_000)) + zstd.compress(TWO),
    "dictionary": with_dictionary(packed=False),
    "packed dictionary": with_dictionary(packed=True),
}


@pytest.mark.parametrize("name", ZSTD)
def test_zstandard(name):
    assert sniff(ZSTD[name][:HEAD], "a.warc.zst") == "application/warc"
    assert draw(ZSTD[name]).text == "one\n\ntwo"


def test_what_tells_an_archive_from_other_zstandard():
    assert sniff(ZSTD["dictionary"][:HEAD], "a") == "application/warc"
    assert sniff(ZSTD["frames"], "a.zst") == "application/zstd"


def test_a_dictionary_that_cannot_be_read():
    for kept in (b"\x28\xb5\x2f\xfdnonsense", b"nonsense"):
        with pytest.raises(ExtractionError):
            draw(framed(0x184D2A5D, kept), ZSTD["dictionary"])


@pytest.mark.parametrize("pack", [compressed, zstandard])
def test_whole_records_behind_a_damaged_one_are_read_and_marked(pack):
    words = record(http(b"<p>" + b" ".join(b"%x" % hash((n, 7)) for n in range(99))))
    for at in (-3 if pack is zstandard else -6, -30, 40):
        hurt = bytearray(pack(words))
        hurt[at] ^= 0xFF
        drawn = draw(pack(ONE), bytes(hurt), pack(TWO), bytes(hurt), pack(TWO))
        assert drawn.text == "one\n\ntwo\n\ntwo"
        assert doubts(drawn) == [("after-damage", "the archive", "two")] * 2
        assert drawn.options["damaged"] is True
        assert drawn.options["unread"][0].startswith("what is at byte ")
        assert draw(bytes(hurt), pack(TWO)).text == "two"


def test_an_archive_whose_first_member_is_damaged_is_one_by_its_name():
    assert sniff(b"\x1f\x8b\x08nonsense", "a.WARC.GZ") == "application/warc"
    assert sniff(b"\x1f\x8b\x08nonsense", "a.gz") == "application/gzip"
    assert sniff(b"WRC/1.1\r\n\r\n" + ONE, "a.warc") == "application/warc"
    assert sniff(b"\xef\xbb\xbf" + ONE, "a.warc") == "application/warc"
    assert draw(b"\xef\xbb\xbf", ONE, TWO).text == "one\n\ntwo"
    assert doubts(draw(b"WRC/1.1\r\n\r\n", ONE)) == [("after-damage", "the archive", "one")]


@pytest.mark.parametrize("length", ["-1", "x", "", "9" * 5000, "5", "99999"])
@pytest.mark.parametrize("pack", [lambda each: each, compressed])
def test_a_wrong_length_is_not_believed(length, pack):
    wrong = record(http(b"<p>three"), **{"Content-Length": length})
    drawn = draw(pack(ONE), pack(wrong), pack(TWO))
    assert drawn.text == ("one" if length == "99999" and pack is not compressed else "one\n\ntwo")
    assert drawn.options["unread"] == [f"{URL}: the archive ends or is damaged within it"]
    assert drawn.options["damaged"] is True


def test_a_record_without_the_lines_after_it():
    drawn = draw(compressed(INFO[:-4]), compressed(ONE.rstrip()), compressed(TWO))
    assert drawn.text == "one\n\ntwo"
    assert doubts(drawn) == []


@pytest.mark.parametrize("pack", [lambda each: each, compressed, zstd.compress])
def test_a_truncated_archive(pack):
    words = b" ".join(b"%x" % hash((n, 7919)) for n in range(200))
    one, two = pack(ONE), pack(record(http(b"<p>" + words)))
    for cut in range(1, len(two) - 8, 97):
        assert draw(one, two[:cut]).text == "one"
    drawn = draw(one, two[: len(two) * 3 // 4])
    assert drawn.options["damaged"] is True
    if pack is not zstd.compress:  # which gives nothing before a block is whole
        assert "ends or is damaged within it" in drawn.options["unread"][0]


def test_what_is_no_archive():
    for data in (b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\nx", compressed(b"words")):
        with pytest.raises(ExtractionError, match="no web archive"):
            draw(data)


def test_a_record_that_is_too_large(monkeypatch):
    monkeypatch.setattr(reading, "MAX_BLOCK", 1000)
    drawn = draw(record(http(b"<p>" + b"x" * 2000)), TWO)
    assert drawn.text == "two"
    assert "it has more than" in drawn.options["unread"][0]


@pytest.mark.parametrize("pack", [compressed, zstd.compress])
def test_an_archive_that_expands_to_too_much(monkeypatch, pack):
    monkeypatch.setattr(reading, "MAX_TOTAL", 1 << 20)
    bomb = pack(record(http(bytes(1 << 19))))
    with pytest.raises(ExtractionError, match="expands to more"):
        draw(bomb, bomb, bomb)


def test_too_many_fields():
    many = b"WARC/1.1\r\n" + b"x: y\r\n" * 2000 + b"\r\n"
    with pytest.raises(ExtractionError, match="more than 1000 fields"):
        draw(many)
    folded = ONE.replace(b"WARC-Date: ", b"WARC-Date:\r\n ")
    assert [mark.kind for mark in draw(folded).marks] == ["response", "captured"]


@given(st.binary(max_size=300))
def test_no_bytes_stop_it(junk):
    for data in (
        *(junk, b"WARC/1.0\r\n" + junk, ONE + junk, compressed(ONE) + junk),
        *(zstd.compress(ONE) + junk, framed(0x184D2A5D, junk) + zstd.compress(ONE)),
    ):
        try:
            draw(data).text.encode()
        except ExtractionError:
            continue


def test_digests():
    block = http(PAGE)
    good = record(block, WARC_Block_Digest=digest(block), WARC_Payload_Digest=digest(PAGE))
    assert draw(good).options["digests_checked"] == 1
    assert doubts(draw(good)) == []
    for name in ("WARC_Block_Digest", "WARC_Payload_Digest"):
        changed = record(block, **{name: digest(b"other")})
        drawn, field = draw(good, changed), name.replace("_", "-")
        assert drawn.options["digest_mismatch"] == [f"{URL}: {field}"]
        assert [mark[:2] for mark in doubts(drawn)] == [("digest-differs", field)]
    assert draw(record(block)).options["digests_checked"] == 0


def test_the_digest_of_the_payload_in_both_fields():
    block = http(PAGE)
    both = record(block, WARC_Block_Digest=digest(PAGE), WARC_Payload_Digest=digest(PAGE))
    assert doubts(draw(both)) == []
    alone = record(block, WARC_Block_Digest=digest(PAGE))
    assert [mark[1] for mark in doubts(draw(alone))] == ["WARC-Block-Digest"]
    wrong = record(block, WARC_Block_Digest=digest(b""), WARC_Payload_Digest=digest(b""))
    assert [mark[0] for mark in doubts(draw(wrong))] == ["digest-differs"]


def test_what_a_payload_may_be():
    payload = chunk(compressed(PAGE))
    block = http(payload, Transfer_Encoding="chunked", Content_Encoding="gzip")
    for taken in (payload, compressed(PAGE), PAGE):
        drawn = draw(record(block, WARC_Payload_Digest=digest(taken, "sha256")))
        assert drawn.options["digests_checked"] == 1
        assert doubts(drawn) == []
    assert doubts(draw(record(block, WARC_Payload_Digest=digest(PAGE[1:], "sha256"))))


@pytest.mark.parametrize("algorithm", ["md5", "sha1", "sha256", "sha512"])
@pytest.mark.parametrize(
    "encode",
    [base64.b32encode, base64.b16encode, base64.b64encode, base64.urlsafe_b64encode],
)
def test_ways_to_write_a_digest(algorithm, encode):
    told = f"{algorithm}:{encode(hashlib.new(algorithm, b'x').digest()).decode()}"
    for written in (told, told.rstrip("=")):
        assert matches(written, [b"y", b"x"]) is True
        assert matches(written, [b"y"]) is False
    assert (matches(told.lower(), [b"x"]) is True) == ("b64" not in encode.__name__)


@pytest.mark.parametrize("told", [None, "", "sha1", "sha1:", "sha1:abc", "crc32:1"])
def test_a_digest_that_cannot_be_checked(told):
    assert matches(told, [b"x"]) is None
