"""Edges: a passage that is a part of a word or of a number does not stand there."""

import unicodedata

import pytest

from evidence_chain.text import match


def decomposed(text):
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize(
    ("quote", "stream"),
    [
        ("loyale de la part", decomposed("la concurrence déloyale de la part")),
        ("content", decomposed("il est mécontent")),
        ("पसंद है", "उसे नापसंद है"),
        ("खुश", "वह नाखुश है"),
        ("كتب", "وَكتب"),
        ("legal", "un acte il·legal"),
        ("חוקי", "אי־חוקי"),
        ("lawful", "an un\u058alawful act"),
        ("lawful", "an un–lawful act"),
        ("lawful", "an un/lawful act"),
        ("lawful", "an un_lawful act"),
        ("lawful", "an (un)lawful act"),
        ("lawful", "an [un]lawful act"),
        ("law", "a law(less) place"),
        ("example.com", "see bad.example.com now"),
        ("example", "see example.com now"),
        ("S. company", "a U.S. company"),
    ],
)
def test_a_part_of_a_word(quote, stream):
    found = match(quote, stream)
    assert found.status == "altered"
    assert found.notes == ["partial-word"]


@pytest.mark.parametrize(
    ("quote", "stream"),
    [
        ("二个摄像头", "有十二个摄像头"),
        ("十二个", "有二十二个人"),
        ("二个", "有十\n二个人"),
        ("三百", "出售三百万台"),
        ("出售了3", "出售了3万台"),
        ("百台", "有三百台"),
        ("sold 5", "sold 5 000 units"),
        ("000 units", "sold 5 000 units"),
        ("is 5", "is 5 % of it"),
        ("is 5", "is 5\u00a0% of it"),
        ("is 5", "is 5\u2009% of it"),
        ("is 10", "is 10,\n000 of it"),
        ("000 of it", "is 10,\n000 of it"),
        ("is 10", "is 10^6 of it"),
        ("6 of it", "is 10^6 of it"),
        ("is 10", "is 10×2 of it"),
        ("2 of it", "is 10×2 of it"),
        ("is 1", "is 1⁄4 of it"),
        ("is 1", "is 1 ½ of it"),
        ("½ of it", "is 1 ½ of it"),
        ("5 of it", "is .5 of it"),
        ("5 of it", "is <5 of it"),
        ("is 20", "is 20°C there"),
        ("20 of it", "is –20 of it"),
        ("5 of it", "is -£5 of it"),
        ("£5 of it", "is -£5 of it"),
    ],
)
def test_a_part_of_a_number(quote, stream):
    found = match(quote, stream)
    assert found.status == "altered"
    assert found.notes == ["partial-number"]


@pytest.mark.parametrize(
    ("quote", "stream"),
    [
        ("The next step", "It ended.The next step is"),
        ("they said", "men—they said—left"),
        ("300 cameras", "in 2017 300 cameras"),
        ("300 cameras", "in 2019, 300 cameras"),
        ("10 men", "page 5\n10 men"),
        ("abuses", "abuses[12] and"),
        ("三个人", "他有三个人"),
        ("Quillmar", "Quillmar(海康)"),
        ("2031", "(2031)"),
        ("5 of it", "...5 of it"),
        ("$5", "for $5 of it"),
    ],
)
def test_a_clean_edge(quote, stream):
    assert match(quote, stream).status == "verbatim"
