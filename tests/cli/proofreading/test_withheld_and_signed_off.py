"""What people decided of a record: that its speaker is withheld, that it may be quoted."""

import pytest

from docx_files import deleted, docx, paragraph, run

SAID = "We were never told where the cameras would stand."
GONE = "We never knew it all from the first day on."


@pytest.fixture
def desk(case):
    case.file("speech.txt", f"Question.\n\n{SAID}\n")
    case.run("add", "artifact", "speech.txt")
    words = ("add", "quote", "--artifact", "speech.txt", "--text", SAID)
    case.record = case.id(*words, "--speaker", "Jo Tannen, mayor")
    return case


def one(case, text, code):
    (article,) = case.json("proofread", "-", code=code, stdin=text)["articles"]
    return article["quotations"][0]


def test_an_article_that_names_a_withheld_speaker_says_so(desk):
    assert one(desk, f"“{SAID}” said Jo Tannen.", 0)["withheld"] == []
    desk.run("withhold", desk.record, "--field", "speaker", "--reason", "To protect a source.")
    desk.file("draft.txt", f"“{SAID}” said Jo Tannen.")
    said = desk.out("proofread", "draft.txt", "--html", "copy.html", code=1)
    assert "stands, but NAMES WHO IS WITHHELD" in said
    copy = (desk.home / "copy.html").read_text()
    assert "<strong>Stands in a record, but NAMES WHO IS WITHHELD</strong>" in copy
    assert "its speaker is withheld from editions: To protect a source." in said
    assert one(desk, f"“{SAID}” said a member of the council.", 0)["withheld"] == []
    desk.run("disclose", desk.record, "--field", "speaker")
    assert one(desk, f"“{SAID}” said Jo Tannen.", 0)["withheld"] == []


@pytest.mark.parametrize(
    "rule",
    ['withhold = ["quote.speaker"]', 'withhold = ["quote[speaker=\\"Jo Tannen, mayor\\"].*"]'],
)
def test_a_rule_of_the_policy_withholds_too(desk, rule):
    (desk.home / "policy.toml").write_text(f"{rule}\n")
    (told,) = one(desk, f"“{SAID}” said Jo Tannen.", 1)["withheld"]
    assert told.startswith("its speaker is withheld from editions: ")


def test_a_passage_that_somebody_signed_off_needs_nobody_else(desk):
    desk.file("draft.docx", docx(paragraph(run("It stays here."), deleted(GONE))))
    desk.run("add", "artifact", "draft.docx")
    words = ("--artifact", "draft.docx", "--text", GONE)
    record = desk.json("add", "quote", *words, code=None)["id"]
    (desk.home / "policy.toml").write_text('articles = ["draft.txt"]\n')
    desk.file("draft.txt", f"“{GONE}” it says.")
    found = one(desk, f"“{GONE}”", 1)
    assert found["look"] == ["deleted"]
    assert found["review"] == f"evidence review {record[:8]} --approve"
    assert "`evidence review PASSAGE --approve`" in _gate(desk)["detail"]
    desk.run("review", record, "--approve", "--as", "Ada Lind", "--note", "Seen in the draft.")
    assert one(desk, f"“{GONE}”", 0)["signed_off"] == "Ada Lind"
    assert "stands, signed off by Ada Lind" in desk.out("proofread", "-", stdin=f"“{GONE}”")
    assert _gate(desk)["outcome"] == "met"
    assert one(desk, "“We … knew it all from the first day on.”", 1)["look"] != []


def test_what_is_wrong_otherwise_is_not_mended_by_a_review(desk):
    (desk.home / "policy.toml").write_text('articles = ["draft.txt"]\n')
    desk.file("draft.txt", "“We were told where the cameras would stand.”")
    assert "evidence review" not in _gate(desk)["detail"]


def _gate(desk):
    lines = desk.json("publish", "--check-only", code=None)["gate"]
    return next(line for line in lines if line["rule"] == "proofread")
