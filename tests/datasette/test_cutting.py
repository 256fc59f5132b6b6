"""Text is cut between words, and never within what a reader takes for one character."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis.strategies import integers, sampled_from, text
from resolved import Made

from evidence_datasette.document.context import in_context
from evidence_db.reading.excerpts import head, line_at, tail

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
WAVE, FLAG, SYLLABLE = "\U0001f44b\U0001f3fd", "\U0001f1e9\U0001f1ea", "\u1112\u1161\u11ab"
HARD = text(sampled_from(f"ab \n海机e\u0301각{FAMILY}{WAVE}{FLAG}"))


def test_the_line_is_shown_and_cut_between_words():
    line = "x " * 100 + "needle" + " yes" * 100
    whole = f"first line\n{line}\nlast line"
    shown = line_at(whole, whole.index("needle"), 30)
    assert shown == "…" + "x " * 15 + "needle yes yes yes yes yes yes…"
    assert line_at("a\nneedle b\nc", 2, 30) == "needle b"
    assert line_at("needle", 0, 30) == "needle"
    assert line_at("a\u2028needle\x0cb", 2, 30) == "needle"


def test_a_word_that_fills_the_line_is_cut_all_the_same():
    assert line_at("a" * 200, 100, 10) == "…" + "a" * 20 + "…"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("ecorded in the ba", "in the ba", "ecorded in the"),
        ("像机装在哪里", "像机装在哪里", "像机装在哪里"),
        ("装在 e\u0301t\u0301 哪里", "装在 e\u0301t\u0301 哪里", "装在 e\u0301t\u0301 哪里"),
        ("amera装在哪里camer", "装在哪里camer", "amera装在哪里"),
        ("กล้อง", "กล้อง", "กล้อง"),
        ("\u0301 abc def", "abc def", "\u0301 abc"),
        ("abc", "abc", "abc"),
        ("", "", ""),
    ],
)
def test_what_is_cut_off_begins_and_ends_with_whole_words(text, first, last):
    assert tail(text) == first
    assert head(text) == last


def test_no_character_is_cut_in_two():
    for whole in (FAMILY, WAVE, FLAG, SYLLABLE, "e\u0301\u0323"):
        line = whole * 40
        for around in range(20, 30):
            shown = line_at(line, len(whole) * 20, around).strip("…")
            assert shown == whole * (len(shown) // len(whole))


@given(HARD, integers(0, 60), integers(1, 20))
def test_a_line_is_part_of_the_text_and_has_the_place(whole, place, around):
    place = min(place, len(whole))
    shown = line_at(whole, place, around)
    assert shown.strip("…") in whole
    assert len(shown) <= 2 * around + 2
    assert "\n" not in shown
    assert tail(whole) in whole
    assert head(whole) in whole


def test_a_passage_in_its_context_is_cut_between_words():
    def pieces(before, exact, after):
        where = {"exact": exact, "start": 900, "end": 905, "before": before, "after": after}
        return [piece["text"] for piece in in_context(Made().record(fragments=[where]))]

    before, after = "f the board, and nobody said it ", " again until the end of the yea"
    assert pieces(before, "that", f"{after}r") == [
        "…the board, and nobody said it ",
        "that",
        " again until the end of the…",
    ]
    han = "会议记录，委员会注意到招标文件。没有人反对，但是谁也不知道摄像机"
    assert len(han) == 32
    assert pieces(han, "装在", han) == [f"…{han}", "装在", f"{han}…"]
    assert unicodedata.is_normalized("NFC", han)
