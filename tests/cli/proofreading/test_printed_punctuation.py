"""Punctuation that a newsroom prints inside the marks hides no record of the same words."""

import pytest

WORDS = "No lamp leaves the shed without a number"


def recorded(case, text, *words):
    """The id of what Jo Tannen said, without the punctuation that stands beside it."""
    case.file("speech.txt", text)
    case.run("add", "artifact", "speech.txt")
    typed = ("add", "quote", "--artifact", "speech.txt", "--text", WORDS, *words)
    return case.json(*typed, "--speaker", "Jo Tannen", code=None)["id"]


def one(case, article, code):
    (told,) = case.json("proofread", "-", code=code, stdin=article)["articles"]
    return told["quotations"][0]


@pytest.mark.parametrize(
    ("there", "printed"),
    [
        (f"{WORDS}, and none comes back.", f"“{WORDS},” said"),
        (f"{WORDS}. None comes back.", f"“{WORDS}.” So said"),
        (f"“{WORDS},” it went on.", f"““{WORDS},”” said"),
        (f"{WORDS}! None comes back.", f"“{WORDS}!” said"),
        (f"{WORDS}; none comes back.", f"“{WORDS};” said"),
        (f"{WORDS} — none comes back.", f"“{WORDS} —” said"),
        (f"{WORDS}, and none comes back.", "“No lamp … without a number,” said"),
    ],
)
def test_another_speaker_is_seen_whatever_ends_the_quotation(case, there, printed):
    record = recorded(case, f"Question.\n\n{there}\n")
    found = one(case, f"{printed} Orla Vantreight.", 1)
    assert [each["id"] for each in found["records"]] == [record]
    assert found["speaker"]["outcome"] == "differs"
    assert found["command"] is None
    assert one(case, f"{printed} Jo Tannen.", None)["speaker"]["outcome"] == "same"


def test_the_second_of_two_places_is_held_by_its_record_too(case):
    first = f"{WORDS}, and none comes back.\n\nAgain: "
    record = recorded(case, f"{first}{WORDS}, he said.\n", "--at", len(first))
    found = one(case, f"“{WORDS},” said Orla Vantreight.", 1)
    assert [each["id"] for each in found["records"]] == [record]
    assert found["speaker"]["outcome"] == "differs"


@pytest.mark.parametrize("more", [", and none comes back", " of its own", "%"])
def test_more_words_or_signs_are_held_by_no_record(case, more):
    recorded(case, f"Question.\n\n{WORDS}{more}.\n")
    found = one(case, f"“{WORDS}{more},” said Jo Tannen.", None)
    assert (found["outcome"], found["records"]) == ("unrecorded", [])
    assert found["command"]


def test_the_page_says_it_as_the_terminal_does(case):
    recorded(case, f"{WORDS}, and none comes back.\n")
    case.file("draft.txt", f"“{WORDS},” said Orla Vantreight.")
    said = case.out("proofread", "draft.txt", "--html", "copy.html", code=1)
    assert "stands, but ANOTHER SPEAKER" in said
    assert "Stands in a record, but ANOTHER SPEAKER" in (case.home / "copy.html").read_text()
