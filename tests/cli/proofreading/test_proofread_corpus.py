"""Four hundred quotations made by rules: found, and not one that was altered passed as right."""

import re
from collections import Counter

import pytest

from proofread_corpus import ARTICLES, EACH, RULES, make

LEAST = 0.98


def measured(person, case, passages):
    """How many quotations were found, how many of what was found are some, what came of each."""
    articles = make(passages)
    names = []
    for number, article in enumerate(articles):
        names.append(person.file(f"articles/{number:02}.txt", article.text))
    told = person.json("proofread", *names, *case, code=1)["articles"]
    expected = found = hit = 0
    passed, refused = list[tuple](), list[tuple]()
    for article, said in zip(articles, told, strict=True):
        looked = [one for one in said["quotations"] if not one["left_alone"]]
        by_text = {_bare(one["text"]): one for one in looked}
        wanted = {_bare(one.text): one for one in article.quoted}
        expected += len(wanted)
        found += len(by_text)
        hit += len(wanted.keys() & by_text.keys())
        for text in wanted.keys() & by_text.keys():
            one, outcome = wanted[text], by_text[text]
            if one.rule != "right" and outcome["ok"]:
                passed.append((one.rule, one.text, outcome["outcome"]))
            if one.rule == "right" and not outcome["ok"]:
                refused.append((one.text, outcome["outcome"], outcome["look"], outcome["speaker"]))
    return hit / expected, hit / found, passed, refused


def _bare(text):
    return " ".join(text.split()).strip(" ,.。")


def test_the_corpus_is_what_it_says(demo_passages):
    articles = make(demo_passages)
    rules = Counter(one.rule for article in articles for one in article.quoted)
    assert len(articles) == ARTICLES
    assert rules.total() == ARTICLES * EACH
    assert rules.keys() == {"right", *RULES}
    assert rules["right"] >= ARTICLES * EACH // 3
    assert articles == make(demo_passages)


def test_quotations_made_from_the_demo(person, demo_case, demo_passages):
    recall, precision, passed, refused = measured(person, ("--case", demo_case.root), demo_passages)
    assert passed == []
    assert recall >= LEAST
    assert precision >= LEAST
    assert refused == []


def test_quotations_made_from_a_real_case(case, shared):
    path = shared("cases/surveillance/case.json")
    case.run("import", path)
    records = [one for kind in ("quote", "letter") for one in case.json("list", kind)]
    passages = [(one["fields"]["text"], one["fields"]["speaker"]) for one in records]
    recall, precision, passed, refused = measured(case, (), passages)
    assert passed == []
    assert recall >= LEAST
    assert precision >= LEAST
    assert all(look for _, _, look, _ in refused), "only what needs a person in its record, too"


@pytest.fixture(scope="module")
def demo_passages(demo_case):
    kinds = ("quote", "tender-clause", "response-email", "translation")
    records = [one for kind in kinds for one in demo_case.json("list", kind)]
    return [(one["fields"]["text"], _who(one["fields"])) for one in records]


def _who(fields):
    """Whom an article may name: the speaker, or the sender without the address."""
    said = fields.get("speaker") or fields.get("sender")
    return said and re.sub(r"\s*<.*>", "", said)
