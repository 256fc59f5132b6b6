"""The gate's rule `inspected`: what files give away keeps it shut, file by file."""

import json

import pytest

from cases import make_empty_case
from docx_files import deleted, docx, paragraph

DRAFT = docx(paragraph("The board was told twice."), paragraph(deleted("Never say this")))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A claim that rests on a draft with a tracked change, beside a file of no known type."""
    case = make_empty_case(tmp_path_factory.mktemp("drafts"))
    case.ids["draft"] = case.id("add", "artifact", case.write("draft.docx", DRAFT))
    words = ("--artifact", case.ids["draft"], "--text", "The board was told twice.")
    quote = case.id("add", "quote", *words)
    case.run("claim", "told", "The board was told")
    case.run("link", quote, "told", "--supports")
    case.ids["odd"] = case.id("add", "artifact", case.write("odd.bin", b"\0\1\2\3"))
    case.run("checkpoint")
    return case


def lines(case, *words, code):
    said = case.json("publish", "--check-only", *words, code=code)
    return {
        (line["subject"], line["outcome"]): line["detail"]
        for line in said["gate"]
        if line["rule"] == "inspected"
    }


def test_findings_and_what_could_not_be_looked_into_shut_it_file_by_file(made):
    draft, odd = made.ids["draft"], made.ids["odd"]
    found = lines(made, code=1)
    assert set(found) == {(draft, "unmet"), (odd, "unmet")}
    assert "tracked-change" in found[draft, "unmet"]
    assert f"evidence inspect {draft[:8]}" in found[draft, "unmet"]
    assert "could not be looked into" in found[odd, "unmet"]
    assert "Never say this" not in json.dumps(list(found.values()))


def test_only_what_is_handed_out_is_asked(made):
    draft, odd = made.ids["draft"], made.ids["odd"]
    assert set(lines(made, "--claim", "told", code=1)) == {(draft, "unmet")}
    left_out = ("--without-files", draft, "--without-files", odd, "--reason", "They are drafts")
    assert lines(made, *left_out, code=0) == {(None, "met"): None}


def test_one_file_or_all_are_overridden_by_name(made):
    draft, odd = made.ids["draft"], made.ids["odd"]
    why = ("--because", "It is about the deletion")
    one = lines(made, "--override", f"inspected:{draft[:8]}", *why, code=1)
    assert set(one) == {(draft, "overridden"), (odd, "unmet")}
    assert one[draft, "overridden"] == why[1]
    every = lines(made, "--override", "inspected", *why, code=0)
    assert set(every) == {(draft, "overridden"), (odd, "overridden")}


@pytest.mark.parametrize("rule", ["inspected:none", "passages:1", "inspect", "verified:1"])
def test_what_is_no_such_rule_or_file_is_refused(made, rule):
    made.run("publish", "--check-only", "--override", rule, "--because", "x", code=2)


def test_a_file_that_is_not_handed_out_cannot_be_overridden(made):
    rule = f"inspected:{made.ids['odd'][:8]}"
    words = ("--claim", "told", "--override", rule, "--because", "x")
    assert "nothing to override" in made.run("publish", "--check-only", *words, code=2).output


def test_the_policy_may_not_ask(made, tmp_path):
    case = made.copy_to(tmp_path / "own")
    case.run("policy")
    path = case.root / "policy.toml"
    path.write_text(path.read_text().replace("inspected = true", "inspected = false"))
    assert lines(case, code=0) == {(None, "not-asked"): None}


def test_an_edition_tells_what_was_overridden_and_holds(made, tmp_path):
    words = ("--claim", "told", "--override", "inspected", "--because", "It is about the deletion")
    made.run("publish", tmp_path / "edition", "--site", *words)
    said = json.loads((tmp_path / "edition" / "data" / "edition.json").read_text())
    assert [
        (line["subject"], line["outcome"]) for line in said["gate"] if line["rule"] == "inspected"
    ] == [(made.ids["draft"], "overridden")]
    assert "tracked-change" not in json.dumps(said)
    page = (tmp_path / "edition" / "data" / "site" / "withheld.html").read_text()
    assert f'of the file <a href="record/{made.ids["draft"]}.html"><bdi>draft.docx</bdi>' in page


def test_a_file_whose_record_ended_is_not_handed_out_unless_it_was_quoted(made, tmp_path):
    case = made.copy_to(tmp_path / "own")
    draft, odd = made.ids["draft"], made.ids["odd"]
    for id_ in (draft, odd):
        case.run("retract", id_, "--reason", "Taken by mistake")
    case.run("checkpoint")
    assert set(lines(case, code=1)) == {(draft, "unmet")}
    words = ("--override", f"inspected:{draft[:8]}", "--because", "It is about the deletion")
    case.run("publish", tmp_path / "edition", *words, "--made", "2099-06-01T09:00:00Z")
    told = json.loads((tmp_path / "edition/data/edition.json").read_text())
    (left_out,) = told["absent"]
    assert left_out["reason"].startswith("Its record no longer stands")
    assert len(list((tmp_path / "edition/data/artifacts").rglob("*"))) > 1
    case.run("check", tmp_path / "edition", "--key", case.vkey)
