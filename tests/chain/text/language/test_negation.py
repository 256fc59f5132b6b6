"""Words that negate, numbers, and what stands beside a passage."""

import pytest

from evidence_chain.text import match
from evidence_chain.text.language.negation import NEGATIONS, negates, refuses
from evidence_chain.text.language.numbers import has_number


@pytest.mark.parametrize(
    "text",
    [
        "did not know",
        "they don’t",
        "NEVER",
        "a non-binding order",
        "nicht gewusst",
        "keine Kameras",
        "je n'ai vu",
        "sans caméras",
        "no lo sabía",
        "sin cámaras",
        "не знали",
        "без камер",
        "他们不知道",
        "没有摄像机",
        "並未出售",
        "知らない",
        "知りませんでした",
        "知らず、",
        "払わず",
        "読まず",
        "in keinster Weise",
        "δέν πλήρωσε",
        "لم نعرف",
        "ولا كاميرا",
        "ไม่รู้",
        "알지 못했다",
        "لَمْ نعرف",
        "בלתי חוקי",
        "غیر قانونی",
    ],
)
def test_what_negates(text):
    assert negates(text)


@pytest.mark.parametrize(
    "text",
    [
        "the nation knows a note",
        "knot and nonsense",
        "wir wissen es genau",
        "nous savons",
        "lo sabía la casa",
        "знали небо",
        "非常重要",
        "不断改进",
        "未来的计划",
        "必ず確認します",
        "まず確認します",
        "わずか三日",
        "そのはず、",
        "نعرف الكاميرات",
    ],
)
def test_what_does_not_negate(text):
    assert not negates(text)


@pytest.mark.parametrize(
    "text",
    [
        "is far from having",
        "stopped short of it and",
        "falsely",
        "leugne, dass sie",
        "unterließ es und",
        "weit davon entfernt",
        "est loin d’avoir",
        "à peine",
        "niega que",
        "dejó de ser la que",
        "deixou de ser quem",
        "smentisce e",
        "ontkent het en",
        "zaprzecza, że",
        "отказалась и",
        "заперечує, що",
        "αρνήθηκε και",
        "סירבה ואז",
        "أنكرت أنها",
        "ปฏิเสธและ",
        "거절하고",
    ],
)
def test_what_denies_without_a_negation(text):
    assert refuses(text)


@pytest.mark.parametrize(
    "text",
    ["the farm", "der Verleih", "la negra", "un lieu", "il nero", "der Lehrer", "دفعت"],
)
def test_what_does_not_deny(text):
    assert not refuses(text)


def test_the_table_has_words_for_each_language():
    for language, words in NEGATIONS.items():
        assert words.split(), language
        assert all(negates(word) for word in words.split()), language


@pytest.mark.parametrize("text", ["in 2017", "three doors", "drei", "٤١", "百二十", "三十台", "½"])
def test_numbers(text):
    assert has_number(text)


@pytest.mark.parametrize("text", ["one of them", "a door", "一起", "十分", "wir", ""])
def test_no_numbers(text):
    assert not has_number(text)


@pytest.mark.parametrize(
    ("quote", "stream", "note"),
    [
        ("be used at doors", "They must not be used at doors.", "negation-before"),
        ("be used at doors", "They must not be\u00adused, be used at doors.", None),
        ("we knew it", "They never said that we knew it.", "negation-before"),
        ("we knew it", "They never said: “we knew it”.", "negation-before"),
        ("we knew it", "They said no. Then we knew it.", None),
        ("we knew it", "If not, we knew it.", None),
        ("We knew it", "Report Not Public\n\nWe knew it.", None),
        ("We knew it", "Report Not Public\nWe knew it.", None),
        ("we knew it", "They did not\nsay we knew it.", "negation-before"),
        ("we knew it", "It did not appear to anyone that we knew it.", None),
        ("we knew it", "And not only we knew it.", None),
        ("Wir wussten es", "Wir wussten es nicht.", "negation-after"),
        ("We did", "We did not know.", "negation-after"),
        ("We did", "We did, not they.", None),
        ("We did so", "We did so\nnot.", "negation-after"),
        ("We did so", "We did so\nNot for publication", None),
        ("We did so", "We did so\n\nNot for publication", None),
        ("We did so", "We did so\n\nnot.", "negation-after"),
        ("We Did So", "We Did So\nNot Ever", "negation-after"),
        ("WE DID SO", "WE DID SO\nNOT EVER", "negation-after"),
        ("We did so", "We did so Not ever", "negation-after"),
        ("警方出售设备", "我们没有向警方出售设备。", "negation-before"),
        ("我们知道", "非常重要，我们知道。", None),
        ("知り", "それを知りませんでした。", "negation-after"),
        ("知っ", "それを知っていない。", "negation-after"),
        ("知った", "知ったわけではない。", "negation-after"),
        ("知った", "知ったことがない。", "negation-after"),
        ("知る", "知るまい。", "negation-after"),
        ("知っ", "知っていた。", None),
        ("знали об этом", "Они не знали об этом.", "negation-before"),
        ("نعرف الكاميرات", "لم نعرف الكاميرات", "negation-before"),
    ],
)
def test_a_negation_beside_the_passage(quote, stream, note):
    found = match(quote, stream)
    assert found.status == "verbatim"
    assert found.notes == ([note] if note else [])
    assert found.accepted == (note is None)
