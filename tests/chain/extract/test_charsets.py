"""Charsets: what documents call them, how they are read, and what is a guess."""

import pytest
import webencodings.labels
from hypothesis import given
from hypothesis import strategies as st

from evidence_chain.extract.charsets import decode, decode_by_ladder, decode_strictly, known

REFUSED = {"iso-2022-cn", "iso-2022-cn-ext", "replacement", "x-user-defined"}


def test_every_label_of_the_encoding_standard_is_known():
    unknown = {label for label in webencodings.labels.LABELS if known(label) is None}
    assert unknown == REFUSED
    assert {known(f" {label.upper()}\n") for label in unknown} == {None}


@pytest.mark.parametrize(
    ("label", "data", "text"),
    [
        ("cp1251", b"\xcc\xfb", "Мы"),
        ("CP1252", b"\x80", "€"),
        ("x-sjis", b"\x87\x40", "①"),
        ("ms932", b"\x87\x40", "①"),
        ("euc-jp", b"\xad\xa1\xa5\xab", "①カ"),
        ("EUC-JP", b"\x8e\xb6", "ｶ"),
        ("iso-2022-jp", b"\x1b$B-!%+\x1b(B.", "①カ."),
        ("cp50220", b"\x1b$B-!\x1b(I6\x1b(J.", "①ｶ."),
        ("cp50221", b"\x1b$@-!\x1b(B.", "①."),
        ("cp50222", b"\x0e6\x0f.", "ｶ."),
        ("iso-2022-jp-2", b"\x1b$(C!!\x1b(B.", "\u3000."),
        ("uhc", b"\x81\x41", "갂"),
        ("ks_c_5601-1987", b"\x81\x41", "갂"),
        ("utf-7", b"Gr+APYA3w-e", "Größe"),
        ("unicode-1-1-utf-7", b"+APY-", "ö"),
        ("hz-gb-2312", b"~{<:Ky~}", "己所"),
        ("windows-1252", b"\x81", "\x81"),
        ("IBM850", b"\x81", "ü"),
        ("cp437", b"\x81", "ü"),
        ("437", b"\x81", "ü"),
        ("cp65001", "ü".encode(), "ü"),
        ("ANSI_X3.4-1968", b"x", "x"),
        ("utf-32", "ü".encode("utf-32"), "ü"),
        ("utf-16", b"\xfe\xff\x00x", "x"),
        ("windows-1251", b"\xef\xbb\xbfx", "x"),
    ],
)
def test_texts_in_what_they_say_they_are_in(label, data, text):
    found = decode(data, label)
    assert (found.text, found.guess) == (text, None)
    assert decode_by_ladder(data, label) == (text, found.charset)


@pytest.mark.parametrize(
    ("label", "data", "text"),
    [
        (None, "Größe 摄像".encode(), "Größe 摄像"),
        ("", b"plain", "plain"),
        ("us-ascii", "Größe".encode(), "Größe"),
        (None, b"", ""),
    ],
)
def test_what_is_no_guess_without_a_name(label, data, text):
    assert decode(data, label) == (text, "ascii" if label and data.isascii() else "utf-8", None)


@pytest.mark.parametrize(
    ("label", "data", "text", "why"),
    [
        (None, b"\x93caf\xe9\x94", "“café”", "no charset is named"),
        ("us-ascii", b"caf\xe9", "café", "says ascii and is not"),
        ("utf-8", b"caf\xe9", "café", "says utf-8 and is not"),
        ("x-invented", b"plain", "plain", "no charset that is known"),
        ("x-user-defined", b"\xe9", "é", "no charset that is known"),
        ("iso-2022-cn", b"plain", "plain", "no charset that is known"),
        ("unknown-8bit", "摄像机".encode("gb18030"), "摄像机", "no charset that is known"),
        ("iso-2022-jp", b"\x1b$B-", "\ufffd", "damaged"),
        (
            "utf-8",
            "Größe für fünf Türen".encode() + b"\xe4",
            "Größe für fünf Türen\ufffd",
            "1 char",
        ),
        ("gb2312", "摄像机在门口".encode("gb18030") + b"\xff.", "摄像机在门口\ufffd.", "1 char"),
        ("utf-16", b"x\x00", "x", "without a byte-order mark"),
        ("unicode_escape", b"\\u0041", "\\u0041", "no charset that is known"),
    ],
)
def test_a_guess_says_why(label, data, text, why):
    found = decode(data, label)
    assert found.text == text
    assert why in found.guess


@pytest.mark.parametrize(
    "label", ["rot13", "zlib", "idna", "punycode", "undefined", "cp99999", "é"]
)
def test_what_python_knows_and_is_no_charset(label):
    assert known(label) is None


def test_the_two_ways_to_write_japanese_say_the_same():
    """Every character that Python knows in EUC-JP is one in ISO-2022-JP, too."""
    rows = [bytes((row, cell)) for row in range(0xA1, 0xF5) for cell in range(0xA1, 0xFF)]
    good = [pair for pair in rows if decode_strictly(pair, ["euc_jp"])]
    whole = b"".join(good)
    escaped = b"\x1b$B" + bytes(byte & 0x7F for byte in whole) + b"\x1b(B"
    assert decode(whole, "euc-jp").text == decode(escaped, "iso-2022-jp").text
    assert len(good) > 6800


@given(data=st.binary(max_size=60), label=st.sampled_from([*webencodings.labels.LABELS, "utf-7"]))
def test_any_bytes_become_some_text(data, label):
    text, charset, _ = decode(data, label)
    assert charset
    text.encode("utf-8", "surrogatepass")
