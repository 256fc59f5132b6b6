"""Translations: recorded for themselves, while the passage stays the evidence."""

import pytest


@pytest.fixture
def passage(case):
    case.file("tender.txt", "第三条 投标人应在三号码头安装四十个麦克风。\n")
    case.run("add", "artifact", "tender.txt")
    add = ("add", "tender-clause", "--artifact", "tender.txt", "--clause", "第三条")
    clause = case.id(*add, "--text", "安装四十个麦克风", "--language", "zh-Hans")
    case.run("claim", "listened", "The port listens")
    case.run("link", clause, "listened", "--supports")
    case.clause = clause
    return case


TRANSLATE = ("add", "translation", "--text", "fit forty microphones", "--language", "en")


def test_both_are_shown_and_which_is_the_evidence(passage):
    made = passage.json(*TRANSLATE, "--of", passage.clause, "--translator", "W. Ito")
    assert made["translates"] == passage.clause
    (link,) = passage.json("resolve", "listened")["chain"]
    (translation,) = link["record"]["translations"]
    assert link["record"]["text"] == "安装四十个麦克风"
    assert translation["text"] == "fit forty microphones"
    assert (translation["language"], translation["translator"]) == ("en", "W. Ito")
    shown = passage.out("resolve", "listened")
    assert "translated into en by W. Ito" in shown
    assert "The passage in its own language is the evidence." in shown


def test_a_translation_that_is_linked_itself_names_the_evidence_and_adds_no_origin(passage):
    made = passage.id(*TRANSLATE, "--of", passage.clause, "--translator", "W. Ito")
    passage.run("link", made, "listened", "--supports")
    resolved = passage.json("resolve", "listened")
    assert (resolved["supports"], resolved["origins"]) == (2, 1)
    assert resolved["chain"][1]["record"]["translates"][0]["id"] == passage.clause
    assert f"The evidence is {passage.clause[:8]}" in passage.out("resolve", "listened")


def test_it_is_preserved_and_verified(passage):
    passage.run(*TRANSLATE, "--of", passage.clause, "--translator", "W. Ito")
    passage.run("checkpoint")
    assert passage.json("verify")["outcome"] == "holds"
    names = [one["fields"]["filename"] for one in passage.json("list", "artifact")]
    assert f"translation of {passage.clause[:8]} into en.txt" in names


def test_the_same_again_changes_nothing(passage):
    words = (*TRANSLATE, "--of", passage.clause, "--translator", "W. Ito")
    passage.run(*words)
    before = passage.json("log")["size"]
    assert not passage.json(*words)["new"]
    assert passage.json("log")["size"] == before


def test_what_is_refused(passage):
    made = passage.id(*TRANSLATE, "--of", passage.clause, "--translator", "W. Ito")
    before = passage.json("log")["size"]
    passage.run(*TRANSLATE, "--of", passage.clause, code=2)
    passage.run(*TRANSLATE, "--of", made, "--translator", "W. Ito", code=2)
    passage.run(*TRANSLATE, "--of", "tender.txt", "--translator", "W. Ito", code=2)
    words = ("--of", passage.clause, "--translator", "W. Ito")
    passage.run("add", "translation", "--text", "x", *words, code=2)
    passage.run("add", "translation", "--language", "en", *words, code=2)
    assert passage.json("log")["size"] == before


def test_a_clause_that_does_not_hold_the_passage_is_told(passage):
    add = ("add", "tender-clause", "--artifact", "tender.txt", "--text", "三号码头安装")
    told = passage.json(*add, "--clause", "第四条")
    assert "第四条 was not found in the document; it stands under 第三条" in told["outside_clause"]
    assert "clause-differs" in told["notes"]
    assert passage.json(*add, "--clause", "第三条")["outside_clause"] is None


def test_the_passage_is_taken_from_the_clause_that_is_named(case):
    text = "1.1 Start\nInterest is not owed.\n1.2 End\nInterest is not owed.\n"
    case.file("terms.txt", text)
    case.run("add", "artifact", "terms.txt")
    add = ("add", "tender-clause", "--artifact", "terms.txt", "--text", "Interest is not owed")
    for clause, start in (("1.2", text.rindex("Interest")), ("1.1", text.index("Interest"))):
        made = case.json(*add, "--clause", clause)
        assert made["fragments"][0][0] == start
        assert made["outside_clause"] is None


def test_a_page_that_cannot_be_checked_is_told(passage):
    add = ("add", "tender-clause", "--artifact", "tender.txt", "--text", "三号码头安装")
    assert "the page was not checked" in passage.out(*add, "--clause", "第三条", "--page", "7")


def test_a_document_without_numbered_clauses_says_nothing_of_one(case):
    case.file("letter.txt", "The port will be watched from May on.\n")
    case.run("add", "artifact", "letter.txt")
    add = ("add", "tender-clause", "--artifact", "letter.txt", "--clause", "3.2")
    made = case.json(*add, "--text", "The port will be watched")
    assert made["outside_clause"] is None
    assert "clause-differs" not in made["notes"]
