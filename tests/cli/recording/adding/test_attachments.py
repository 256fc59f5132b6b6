"""Files within files: each is preserved for itself, and what is left out is told."""

import json
from datetime import datetime

import pytest

from docx_files import docx, paragraph
from evidence_chain.extract import contents
from evidence_db.recording import writer
from evidence_db.recording.preserving import containers

SENT = "From press@quillmar.example Mon Jun 16 10:12:45 2031\n"


def mail(number, *attached):
    """An e-mail with text attachments, given as pairs of name and content."""
    head = f"From: press@quillmar.example\nMessage-ID: <{number}@quillmar.example>\n"
    parts = [f"{head}MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n"]
    parts.append(f"Content-Type: text/plain\n\nThis is e-mail {number}.")
    parts += [
        f"Content-Type: application/octet-stream; name={name}\n"
        f"Content-Disposition: attachment\n\n{content}"
        for name, content in attached
    ]
    return "\n--b\n".join(parts) + "\n--b--\n"


def russian_doll(depth):
    """A DOCX in a DOCX, and so on."""
    held = docx(paragraph("The innermost of them"))
    for level in range(depth):
        held = docx(paragraph(f"Level {level}"), files=[(f"word/embeddings/{level}.docx", held)])
    return held


def imported(case, name, content, *evidence):
    case.file(name, content)
    items = {"documents": [{"key": "D", "file": name}], "evidence": list(evidence)}
    return case.json("import", case.file("case.json", json.dumps(items)))


def names(case):
    return sorted(one["fields"]["filename"] for one in case.json("list", "artifact"))


def holds(case):
    case.run("checkpoint")
    return case.json("verify")["outcome"] == "holds"


def test_attachments_of_an_imported_e_mail_are_counted(case):
    message = mail(1, ("plan.txt", "Forty cameras."), ("list.txt", "Forty doors."))
    found = imported(case, "a.eml", message)
    assert found["added"] == {"documents": 1, "attachments": 2}
    assert names(case) == ["a.eml", "list.txt", "plan.txt"]
    links = case.json("show", case.json("list", "artifact")[1]["id"])["links"]
    assert [(link["relation"], link["direction"]) for link in links] == [("derives-from", "to")]
    again = imported(case, "a.eml", message)
    assert (again["added"], again["present"]) == ({}, {"documents": 1, "attachments": 2})
    assert holds(case)


TWO = mail(1, ("plan.txt", "Forty cameras."), ("list.txt", "Forty doors."))


class Noon(datetime):
    """A clock that stands still, so that a second never ends between two records."""

    @classmethod
    def now(cls, tz):
        return datetime(2031, 6, 16, 12, tzinfo=tz)


def found_otherwise(case):
    case.run("checkpoint")
    report = case.json("verify", code=None)
    return [
        (one["outcome"], one["detail"])
        for one in report["checks"]
        if one["check"] == "filename" and one["outcome"] != "holds"
    ]


def test_row_69_a_name_that_the_e_mail_does_not_give_fails(case, monkeypatch):
    def otherwise(*asked, **how):
        found = contents(*asked, **how)
        renamed = [part._replace(name="confession.txt") for part in found.parts]
        return found._replace(parts=renamed)

    monkeypatch.setattr(containers, "contents", otherwise)
    monkeypatch.setattr(writer, "datetime", Noon)
    imported(case, "a.eml", mail(1, ("plan.txt", "Forty cameras.")))
    ((outcome, detail),) = found_otherwise(case)
    assert outcome == "failed"
    assert "a.eml calls it 'plan.txt', and its record 'confession.txt'" in detail


def test_a_file_that_was_there_before_its_e_mail_keeps_its_name(case):
    plan = case.file("download (1).txt", "Forty cameras.")
    case.run("add", "artifact", plan)
    imported(case, "a.eml", TWO)
    case.run("add", "artifact", plan, "--derives-from", "a.eml")
    assert found_otherwise(case) == []


def test_a_file_that_was_left_out_may_be_added_later_under_another_name(case, monkeypatch):
    monkeypatch.setattr(containers, "MAX_PARTS", 1)
    imported(case, "a.eml", TWO)
    monkeypatch.setattr(writer, "datetime", Noon)
    saved = case.file("saved.txt", "Forty doors.")
    case.run("add", "artifact", saved, "--derives-from", "a.eml")
    assert [outcome for outcome, _ in found_otherwise(case)] == ["not-checked"]


def test_a_mailbox_brings_each_message_and_what_is_attached_to_it(case):
    box = "\n".join(SENT + mail(n, (f"{n}.txt", f"Plan {n}.")) for n in (1, 2, 3))
    words = "This is e-mail 2."
    quote = {"key": "E", "kind": "quote", "document": "D", "text": words}
    found = imported(case, "box.mbox", box, quote)
    assert found["added"] == {"documents": 1, "attachments": 6, "evidence": 1}
    message = next(one for one in case.json("list", "artifact") if "2.eml" in str(one["fields"]))
    add = ("add", "response-email", "--artifact", message["id"], "--text", words)
    assert case.json(*add)["status"] == "verbatim"
    assert holds(case)


def test_an_embedded_file_of_a_docx(case):
    data = docx(paragraph("See below."), files=[("word/embeddings/a.docx", russian_doll(0))])
    assert imported(case, "a.docx", data)["added"] == {"documents": 1, "attachments": 1}
    (made,) = [one for one in case.json("list", "artifact") if "word/" in one["fields"]["filename"]]
    add = ("add", "quote", "--artifact", made["id"], "--text", "The innermost of them")
    assert case.json(*add)["status"] == "verbatim"
    assert holds(case)


def test_the_same_file_attached_twice_is_one(case):
    box = SENT + mail(1, ("a.txt", "Same.")) + "\n" + SENT + mail(2, ("b.txt", "Same."))
    found = imported(case, "box.mbox", box)
    assert found["added"] == {"documents": 1, "attachments": 3}
    assert found["present"] == {"attachments": 1}
    assert holds(case)


def test_a_message_that_holds_itself_as_a_file(case):
    """A file that is attached to one that derives from it makes no circle of origins."""
    inner = mail(1, ("a.txt", "Words."))
    box = SENT + inner + "\n" + SENT + mail(2, ("1.eml", inner))
    imported(case, "box.mbox", box)
    assert holds(case)


def test_how_deep_files_are_followed_and_that_it_is_told(case):
    case.file("doll.docx", russian_doll(containers.MAX_DEPTH + 2))
    made = case.json("add", "artifact", "doll.docx")
    assert len(made) == 1 + containers.MAX_DEPTH
    assert [one["unread"] is None for one in made] == [True] * containers.MAX_DEPTH + [False]
    assert "1 of the 1 files within it were left out" in made[-1]["unread"]
    assert holds(case)


def test_what_is_just_deep_enough_is_whole(case):
    case.file("doll.docx", russian_doll(containers.MAX_DEPTH))
    made = case.json("add", "artifact", "doll.docx")
    assert len(made) == 1 + containers.MAX_DEPTH
    assert not any(one["unread"] for one in made)


MANY = [(f"{n}.txt", f"Plan {n}.") for n in range(7)]


def test_how_many_files_are_taken(case, monkeypatch):
    monkeypatch.setattr(containers, "MAX_PARTS", 5)
    case.file("a.eml", mail(1, *MANY))
    made = case.json("add", "artifact", "a.eml")
    assert len(made) == 1 + 5
    assert "2 of the 7 files within it were left out" in made[0]["unread"]
    assert "left out" in case.out("add", "artifact", "a.eml")
    assert holds(case)


def test_files_at_any_depth_count(case, monkeypatch):
    """Else a few files in a few files could bring millions with them."""
    monkeypatch.setattr(containers, "MAX_PARTS", 5)
    inner = [docx(paragraph(f"{n}"), files=[(f"word/media/{n}", f"{n}")] * 1) for n in range(7)]
    files = [(f"word/embeddings/{n}.docx", data) for n, data in enumerate(inner)]
    case.file("a.docx", docx(paragraph("See below."), files=files))
    assert len(case.json("add", "artifact", "a.docx")) == 1 + 5
    assert holds(case)


def test_how_many_bytes_are_taken(case, monkeypatch):
    monkeypatch.setattr(containers, "MAX_BYTES", 20)
    case.file("a.eml", mail(1, *MANY))
    made = case.json("add", "artifact", "a.eml")
    assert len(made) == 1 + 2
    assert "5 of the 7" in made[0]["unread"]


@pytest.mark.parametrize("how", ["import", "response-email"])
def test_what_is_left_out_is_told_by_other_commands_too(case, monkeypatch, how):
    monkeypatch.setattr(containers, "MAX_PARTS", 5)
    case.file("a.eml", mail(1, *MANY))
    if how == "import":
        items = {"documents": [{"key": "D", "file": "a.eml"}]}
        told = case.run("import", case.file("case.json", json.dumps(items)))
        assert "a.eml was not preserved for itself: 2 of the 7" in told.stderr
        assert list(imported(case, "a.eml", mail(1, *MANY))["unread"]) == ["a.eml"]
    else:
        add = ("add", "response-email", "a.eml", "--text", "This is e-mail 1.")
        assert "2 of the 7 files within it were left out" in case.out(*add)
