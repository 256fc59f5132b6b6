"""Of which kind a difference is, and that it is shown exactly."""

import pytest

from evidence_chain.text import match

STREAM = (
    "The company said in March that it does not sell 1,200 cameras to Noldus of Selmport. "
    "It was asked again in June, and it declined to comment on the tender of 2017, which the "
    "Ministry of Works had (in part) withdrawn. The prayer houses were re-opened in spring by "
    "three unrelated persons from the city. Nobody asked: did they know? They knew 10² of them.\n"
)


@pytest.mark.parametrize(
    ("quote", "kinds"),
    [
        ("that it does sell 1,200 cameras to Noldus", ["negation"]),
        ("that it does not sell 1,300 cameras to Noldus", ["number"]),
        ("that it does not sell 1.200 cameras to Noldus", ["number"]),
        ("that it doesn't sell 1,200 cameras to Noldus", ["negation"]),
        ("that it does not sell 1,200 cameras to Idemia", ["name"]),
        ("that it does not sell 1,200 cameras to noldus", ["case"]),
        ("that it does not sell 1,200 cameras to Nоldus", ["confusable"]),
        ("that it does not sell 1,200 cameras to NoIdus", ["confusable"]),
        ("that it does not sell 1,200 cameras to N0ldus", ["confusable"]),
        ("that it DOES NOT sell 1,200 cameras to Noldus", ["case"]),
        ("Quillmar said in March that it does not sell", ["words"]),
        ("that it does not sell 1,200 came ras to Noldus", ["spacing"]),
        ("that it does not sell 1,200 cameras, to Noldus", ["punctuation"]),
        ("that it does not buy 1,200 cameras to Noldus", ["words"]),
        ("it does not sell 1,200 cameras to Noldus of Selm", ["partial-word"]),
        ("sell 1,200 cameras", []),
        ("200 cameras to Noldus of Selmport", ["partial-number"]),
        ("opened in spring by three unrelated persons", ["partial-word"]),
        ("re-opened in spring by four unrelated persons", ["number"]),
        ("re-opened in spring by unrelated three persons", ["number"]),
        ("it declined to again comment on the tender of 2017", ["words"]),
        ("had in part withdrawn", ["punctuation"]),
        ("had (in part) withdrawn, the prayer houses", ["case", "punctuation"]),
        ("did they know.", ["punctuation"]),
        ("They knew 102 of them", ["number"]),
        ("They knew résumé of them", ["number"]),
        ("The company said in March that the prayer houses were re-opened", ["spliced", "case"]),
        ("it declined to comment on three unrelated persons from the city", ["spliced"]),
        ("prayer  houses wére re-opened in spring", ["words"]),
    ],
)
def test_kinds(quote, kinds):
    found = match(quote, STREAM)
    assert found.kinds == kinds
    assert (found.status == "altered") == bool(kinds)


def test_words_in_another_order_are_said_to_be():
    found = match("It was again asked in June", STREAM)
    assert found.status == "altered"
    assert found.notes == ["word-order"]
    assert found.kinds == ["words"]


def test_a_negation_that_moved_is_one():
    found = match("that it does sell not 1,200 cameras", STREAM)
    assert found.kinds == ["negation"]


@pytest.mark.parametrize(
    ("quote", "stream", "step", "kind"),
    [
        ("我们向警方出售设备", "我们没有向警方出售设备。", ("dropped", "", "没有"), "negation"),
        ("安装在五十个门口", "据说安装在三十个门口。", ("changed", "五", "三"), "number"),
        ("Камеры сняты с дверей", "Камеры были сняты с дверей", ("dropped", "", "были"), "words"),
        ("Kамеры сняты", "все Камеры сняты", ("changed", "Kамеры", "Камеры"), "confusable"),
        ("الكاميرات تراقب", "الكاميرات لا تراقب", ("dropped", "", "لا"), "negation"),
        (
            "die neuen Kameras und der Zaun",
            "die neuen Lampen und der Zaun",
            ("changed", "Kameras", "Lampen"),
            "words",
        ),
        ("des caméra neuves", "des caméras neuves", ("changed", "caméra", "caméras"), "words"),
        ("उसने दवा पा ली", "उसने दवा पी ली।", ("changed", "पा", "पी"), "words"),
        ("ใกลมาก", "อยู่ใกล้มาก", ("dropped", "", "้"), "words"),
        ("ใกล่", "อยู่ใกล้มาก", ("changed", "่", "้"), "words"),
        ("ကို မသိ", "ကို မသီ", ("changed", "ိ", "ီ"), "words"),
        ("ne\u2764\ufe0e ja", "ne\u2764\ufe0f ja", ("changed", "\ufe0e", "\ufe0f"), "punctuation"),
    ],
)
def test_differences_in_other_languages(quote, stream, step, kind):
    found = match(quote, stream)
    changed = [each for each in found.difference if each.op != "same"]
    assert [each[:3] for each in changed] == [step]
    assert found.kinds == [kind]


@pytest.mark.parametrize(
    "quote",
    [
        "it declined to comment on the tender of 2016.",
        "“it declined to speak on the tender”",
        "declined to speak on the tender,",
    ],
)
def test_marks_around_a_quote_are_not_shown_as_differences(quote):
    steps = [step for step in match(quote, STREAM).difference if step.op != "same"]
    assert len(steps) == 1
    assert steps[0].typed in ("2016", "speak")


def test_an_ellipsis_beside_a_change_is_shown_as_one():
    found = match("The company said … that it does sell … cameras", STREAM)
    assert found.kinds == ["negation"]
    assert [step.op for step in found.difference] == ["same", "omitted", "same", "dropped",
                                                      "same", "omitted", "same"]  # fmt: skip


def test_each_part_of_what_was_put_together_is_shown():
    far = STREAM + "Filler goes here. " * 60 + "The auditors found the lamps in the cellar."
    found = match("The company said in March that the auditors found the lamps", far)
    assert found.kinds[0] == "spliced"
