"""What is typed wrong is told in words that help."""

import pytest


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("proofread", "folder"), "it is a folder, and a file is needed"),
        (("quote", "folder", "x"), "There is a folder of that name here"),
        (("claim", "knew", " "), "What is claimed? Say it in a sentence"),
        (("amend", "letter.txt", "--clause", "3.1", "--reason", "x"), "has no --clause; it has"),
        (("check", "https://press.example/ed.zip"), "Download it first"),
    ],
    ids=lambda words: words[0] if isinstance(words, tuple) else "",
)
def test_what_is_typed_wrong_is_told_in_words_that_help(case, words, told):
    case.file("folder/a.txt", "a")
    case.run("add", "artifact", case.file("letter.txt", "We knew of the doors."))
    assert told in " ".join(case.run(*words, code=2).stderr.split())


def test_the_language_of_a_translation_is_told_as_such_and_a_clause_stays(tender):
    words = ("--artifact", "tender.txt", "--clause", "3.2", "--text", "They cover every door")
    clause = tender.id("add", "tender-clause", *words)
    told = tender.run(
        *("add", "translation", "--of", clause, "--translator", "Bo", "--language", "german"),
        *("--text", "Sie decken jede Tür ab"),
        code=2,
    ).stderr
    assert "The --language of a translation is 'german'" in told
    told = tender.run("amend", clause, "--clause", "3.3", "--reason", "x", code=2).stderr
    assert "--clause of a tender clause is compared with the document" in told
