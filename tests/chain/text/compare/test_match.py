"""`match`: which status, where, with which notes, and whether a person must look."""

import re
import unicodedata
from pathlib import Path

import pytest

from evidence_chain.text import SIGN_OFF, Match, Status, match


def passage(stream, found):
    return [stream[start:end] for start, end in found.fragments]


@pytest.mark.parametrize(
    ("quote", "stream", "found"),
    [
        ("the cameras", "Who bought the cameras?", "the cameras"),
        ("“We knew.”", "He said: “We knew.” Then", "“We knew.”"),
        ("[paraded by] Mao", "missiles [paraded by] Mao's", None),
        ("circumstances … in", "such circumstances … in any", "circumstances … in"),
        ("97%", "it is 97% Uyghur", "97%"),
        ("now a part of it", "Morpho—now a part of it—won", "now a part of it"),
        ("Morpho", "Morpho—now", "Morpho"),
        ("摄像机", "这些摄像机监控系统", "摄像机"),
        ("Hikvision", "由Hikvision提供", "Hikvision"),
        ("カメラ", "監視カメラの設置", "カメラ"),
        ("กล้อง", "ติดตั้งกล้องวงจรปิด", "กล้อง"),
        ("кто знал", "Все, кто знал, молчали", "кто знал"),
        ("كاميرات", "اشترت كاميرات جديدة", "كاميرات"),
        ("می\u200cخواهم", "او می\u200cخواهم گفت", "می\u200cخواهم"),
    ],
)
def test_verbatim(quote, stream, found):
    result = match(quote, stream)
    if found is None:
        assert result.status == "altered"
        assert result.notes == ["partial-word"]
        return
    assert result.status == "verbatim"
    assert passage(stream, result) == [found]
    assert result.accepted
    assert result.occurrences == 1


@pytest.mark.parametrize(
    ("quote", "stream", "found", "notes"),
    [
        ("they don't", "if they don’t care", "they don’t", []),
        ("  the cameras\n", "buy the cameras now", "the cameras", []),
        ("cameras were", "the cam-\neras were on", "cam-\neras were", []),
        ('"We knew."', "so “We knew.” he", "“We knew.”", []),
        ('"We knew"', "so we said We knew nothing", "We knew", ["outer-quotes"]),
        ("« We knew »", "so We knew it", "We knew", ["outer-quotes"]),
        ('"We knew,"', "“We knew. All”", "We knew", ["outer-quotes", "terminal-punctuation"]),
        ('"We knew".', "We knew. It", "We knew", ["outer-quotes", "terminal-punctuation"]),
        ("We knew.", "if We knew” it", "We knew", ["terminal-punctuation"]),
        ("我们知道。", "但我们知道」他", "我们知道", ["terminal-punctuation"]),
        ("摄像机监控", "这些摄像机\n监控系统", "摄像机\n监控", []),
        ("ガラス", "このｶﾞﾗｽは", "ｶﾞﾗｽ", []),
        ("مرحبا", "قال ﻣﺮﺣﺒﺎ لنا", "ﻣﺮﺣﺒﺎ", []),
        ("Größe", unicodedata.normalize("NFD", "die Größe ist"), "Gro\u0308ße", []),
        ("й", unicodedata.normalize("NFD", "буква й"), "и\u0306", []),
    ],
)
def test_normalised(quote, stream, found, notes):
    result = match(quote, stream)
    assert result.status == "normalised"
    assert passage(stream, result) == [found]
    assert result.notes == notes
    assert result.accepted


@pytest.mark.parametrize(
    ("quote", "stream"),
    [
        ("we did know", "so we did not know it"),
        ("we knew it", "so We knew it"),
        ("the resume", "the resumé"),
        ("cafe", unicodedata.normalize("NFD", "a café")),
        ("Аxis knew it", "so Axis knew it"),
        ("did they know.", "did they know? No"),
        ("did they know?", "did they know. No"),
        ("9.67 mosques", "at 967 mosques"),
        ("10 cameras", "10² cameras"),
        ("missiles paraded by Mao", "missiles [paraded by] Mao"),
        ("(the cameras)", "so the cameras were"),
        ("“the cameras", "so the cameras were"),
        ("the cameras..", "so the cameras were"),
        ("the sold cameras", "the cameras sold"),
    ],
)
def test_altered_is_never_accepted(quote, stream):
    result = match(quote, stream)
    assert result.status == "altered"
    assert not result.accepted
    assert result.occurrences == 0
    assert len(result.fragments) == 1


@pytest.mark.parametrize(
    ("quote", "stream", "note"),
    [
        ("act", "the fact", "partial-word"),
        ("they do", "they don’t", "partial-word"),
        ("education camp", "a re-education camp", "partial-word"),
        ("education camp", "a re-\neducation camp", "partial-word"),
        ("education camp", "a re\u2011education camp", "partial-word"),
        ("in China", "in China's name", "partial-word"),
        ("eras", "cam\u00aderas", "partial-word"),
        ("from 8,000 to 30", "from 8,000 to 30,000 in", "partial-number"),
        ("5 per cent", "was -5 per cent", "partial-number"),
        ("is 97", "is 97% of", "partial-number"),
        ("since 2019", "since 2019–2020", "partial-number"),
        ("000 cameras", "30\u202f000 cameras", "partial-number"),
        ("3", "clause 3.2", "partial-number"),
        ("21年", "在2021年", "partial-number"),
    ],
)
def test_edges_cut_no_word(quote, stream, note):
    result = match(quote, stream)
    assert result.status == "altered"
    assert result.notes == [note]
    assert not result.accepted
    assert {step.op for step in result.difference} != {"same"}


@pytest.mark.parametrize("quote", ["", "  \n ", "****", "…", "—", "“”", "\u200b", "😀", "\u0301"])
def test_a_quote_without_letters_or_digits_is_invalid(quote):
    assert match(quote, "some text **** 😀 …") == Match(Status.INVALID)


@pytest.mark.parametrize("stream", ["", "nothing of the kind", "Hikvision and cameras"])
def test_missing(stream):
    result = match("Quarterly figures never reported by anybody", stream)
    assert result == Match(Status.MISSING)
    assert not result.accepted


@pytest.mark.parametrize(
    ("quote", "stream", "status", "note"),
    [
        ("we would \u202edecline\u202c it", "we would decline it", "normalised", "bidi-control"),
        ("we would decline it", "we would \u2066decline\u2069 it", "normalised", "bidi-control"),
        ("we\u200b knew", "we knew", "normalised", "zero-width"),
        ("we knew", "we k\u2060new", "normalised", "zero-width"),
        ("we kn\u200dew", "we kn\u200dew", "verbatim", "zero-width"),
    ],
)
def test_unseen_characters_need_a_person(quote, stream, status, note):
    result = match(quote, stream)
    assert result.status == status
    assert result.notes == [note]
    assert not result.accepted


REPEATED = "the use. Then the use; and “the use”."


def test_a_short_passage_that_stands_there_more_than_once_needs_a_person():
    result = match("the use", REPEATED)
    assert result.status == "verbatim"
    assert result.occurrences == 3
    assert result.notes == ["ambiguous", "short"]
    assert result.fragments == [(0, 7)]
    assert not result.accepted


def test_a_long_passage_says_the_same_wherever_it_stands():
    sentence = "Tibetan monks can set up cameras themselves so they can see the military"
    result = match(sentence, f"{sentence}. “{sentence}”, he said")
    assert result.notes == ["ambiguous"]
    assert result.occurrences == 2
    assert result.accepted


@pytest.mark.parametrize("near", [(14, 21), (12, 20), (16, 17)])
def test_near_tells_which_is_meant(near):
    result = match("the use", REPEATED, near=near)
    assert result.fragments == [(14, 21)]
    assert result.notes == []
    assert result.occurrences == 3
    assert result.accepted


@pytest.mark.parametrize("near", [(8, 9), (0, len(REPEATED)), (2, 16)])
def test_near_that_means_none_or_several_tells_nothing(near):
    result = match("the use", REPEATED, near=near)
    assert result.fragments == [(0, 7)]
    assert "ambiguous" in result.notes
    assert not result.accepted


def test_overlapping_occurrences_are_all_counted():
    assert match("we do. we do", "we do. we do. we do").occurrences == 2


def test_of_several_the_verbatim_one_is_taken():
    result = match("don't know", "we don’t know; they don't know")
    assert result.status == "verbatim"
    assert result.fragments == [(20, 30)]
    assert result.occurrences == 2


def test_places_within_words_are_no_occurrences():
    result = match("act", "the fact, the act, the actor")
    assert result.fragments == [(14, 17)]
    assert result.occurrences == 1
    assert result.accepted


def test_far_into_a_long_stream():
    filler = "Überall “Kameras” – und …\n" * 20_000
    stream = filler + "Here the cam\u00aderas knew.\n" + filler
    result = match("the cameras knew", stream)
    assert passage(stream, result) == ["the cam\u00aderas knew"]
    assert result.accepted


def test_every_note_that_needs_a_person_is_in_the_format():
    page = (Path(__file__).parents[4] / "docs" / "format.md").read_text()
    rows = [line for line in page.splitlines() if line.startswith("| `") and line.endswith("yes |")]
    documented = {note for row in rows for note in re.findall("`([^`]+)`", row.split("|")[1])}
    assert documented >= SIGN_OFF


@pytest.mark.parametrize(
    ("quote", "stream", "goes_on"),
    [
        ("He did it.", "He did it, or so they say.", True),
        ("He did it.", "He did it—not.", True),
        ("“He did it.”", "He did it or so they say.", True),
        ("他做了。", "他做了吗", True),
        ("He did it.", "“He did it” is a lie.", False),
        ("He did it.", "He did it", False),
        ("He did it.", "He did it\n\nNext", False),
        ("He did it,", "He did it or so they say.", False),
    ],
)
def test_a_full_stop_that_was_typed_where_the_sentence_goes_on(quote, stream, goes_on):
    found = match(quote, stream)
    assert found.status == "normalised"
    assert "terminal-punctuation" in found.notes
    assert ("sentence-goes-on" in found.notes) == goes_on
    assert found.accepted != goes_on
