"""The folds, one by one, and the map from a folded text back to the stream."""

import pytest

from evidence_chain.text.language.folds import agree, fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“Größe”", '"Größe"'),
        ("„Größe“", '"Größe"'),
        ("«Größe»", '"Größe"'),
        ("don’t", "don't"),
        ("don´t", "don't"),
        ("donʼt", "don't"),
        ("Morpho—now", "Morpho — now"),
        ("Morpho – now", "Morpho-now"),
        ("Morpho - now", "Morpho—now"),
        ("Morpho -- now", "Morpho — now"),
        ("Morpho--now", "Morpho—now"),
        ("non\u2011breaking", "non-breaking"),
        ("\u22125 degrees", "-5 degrees"),
        ("and so on…", "and so on..."),
        ("knew … it", "knew... it"),
        ("knew . . . it", "knew…it"),
        ("他们……知道", "他们 …… 知道"),
        ("ﬁnancial eﬀect, oﬃce", "financial effect, office"),
        ("97％ ＡＢＣ", "97% ABC"),
        ("a\u3000b", "a b"),
        ("a \n\t b", "a b"),
        ("a\u00a0b", "a b"),
        ("a\u2003b", "a b"),
        ("cam\u00aderas", "cameras"),
        ("cam\u00ad\n  eras", "cameras"),
        ("cam\u200beras", "cameras"),
        ("\u202ecameras\u202c", "cameras"),
        ("a \u200b b", "a b"),
        ("Savin\u0303o\u0301n", "Saviñón"),
        ("100 \u212b", "100 Å"),
        ("\u1112\u1161\u11ab", "한"),
        ("⽤⼿", "用手"),
        ("⻢⻋⻔⺠", "马车门民"),
        ("ﻣﺮﺣﺒﺎ", "مرحبا"),
        ("ｶﾞﾗｽ", "ガラス"),
        ("这些摄像机\n监控", "这些摄像机监控"),
        ("在 2021 年", "在2021年"),
        ("他说，\n“今天”", "他说，“今天”"),
    ],
)
def test_folded_alike(one, other):
    assert fold(one).text == fold(other).text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("10²", "102"),
        ("Hikvision", "hikvision"),
        ("resume", "resumé"),
        ("Аxis", "Axis"),
        ("principles‚ we", "principles, we"),
        ("rest", "re-st"),
        ("a b", "ab"),
        ("pre- and post-war", "pre-and post-war"),
        ("9.67", "967"),
        ("½", "1/2"),
        ("™", "TM"),
        ("know?", "know."),
        ("----", "-"),
        ("ß", "ss"),
        ("Ⅳ", "IV"),
        ("５′", "5'"),
        ("한 국", "한국"),
        ("％ Uyghur", "%Uyghur"),
    ],
)
def test_not_folded_alike(one, other):
    assert fold(one).text != fold(other).text


@pytest.mark.parametrize(
    ("typed", "stream"),
    [
        ("re-education", "re-\neducation"),
        ("cameras", "cam-\neras"),
        ("cameras", "cam-  \r\n  eras"),
        ("cameras", "cam\ufffe\r\neras"),
        ("cameras", "cam\ufffeeras"),
        ("re-education", "re\ufffeeducation"),
        ("re-\neducation", "re-\n education"),
        ("1990-2000", "1990-\n2000"),
        ("Franco-German", "Franco-\nGerman"),
        ("pre- and post-war", "pre-\nand post-war"),
        ("well-known cameras", "well-\nknown cam-\neras"),
    ],
)
def test_a_hyphen_at_a_line_end_may_belong_to_the_word_or_not(typed, stream):
    one, other = fold(typed).text, fold(stream).text
    assert agree(one, other) == len(other)
    assert agree(other, one) == len(one)


@pytest.mark.parametrize(
    ("typed", "stream"),
    [
        ("19902000", "1990-\n2000"),
        ("FrancoGerman", "Franco-\nGerman"),
        ("cam eras", "cam-\neras"),
        ("cameras", "cam\neras"),
        ("cameras", "cam - \n eras"),
        ("cameras!", "cam-\neras"),
    ],
)
def test_a_hyphen_at_a_line_end_is_no_wildcard(typed, stream):
    one, other = fold(typed).text, fold(stream).text
    assert agree(one, other) is None
    assert agree(other, one) in (None, len(one) - 1)


def test_source_of_a_folded_slice():
    stream = "the ﬁrst  cam\u00aderas… e\u0301tat"
    folded = fold(stream)
    assert folded.text == "the first cameras...état"
    start = folded.text.index("first")
    assert folded.source(start, start + 5) == (4, 8)
    start = folded.text.index("cameras")
    assert stream[slice(*folded.source(start, start + 7))] == "cam\u00aderas"
    start = folded.text.index("état")
    assert stream[slice(*folded.source(start, start + 4))] == "e\u0301tat"


def test_the_vowel_am_of_thai_in_pieces():
    whole = "น\u0e49\u0e33มัน"
    for pieces in ("น\u0e49\u0e4d\u0e32มัน", "น\u0e4d\u0e49\u0e32มัน"):
        assert fold(pieces).text == fold(whole).text
    assert fold("น\u0e49\u0e32มัน").text != fold(whole).text
