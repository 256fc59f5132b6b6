"""The gate over what is withheld, and `publish --preview`: what is shown, and what gives away."""

import pytest

from editions import ALL_SHOWN, publish

WHY = ("--reason", "To protect a source.")


def shut(case, *words, code=1):
    said = case.json("publish", "--check-only", *ALL_SHOWN, *words, code=code)
    return {line["rule"]: line["detail"] for line in said["gate"] if line["outcome"] == "unmet"}


@pytest.fixture
def hidden(invented):
    """A case that withholds a passage, and not the file that it stands in."""
    invented.run("withhold", invented.ids["never"], *WHY)
    return invented


def test_a_withheld_passage_in_a_file_that_is_handed_out_keeps_the_gate_shut(hidden):
    (detail,) = shut(hidden).values()
    assert hidden.ids["minutes"][:8] in detail
    assert hidden.ids["never"][:8] in detail
    assert "never told" not in detail
    told = hidden.run("publish", "--check-only", *ALL_SHOWN, code=1).output
    assert "withheld-passage" in told


@pytest.mark.parametrize(
    "words",
    [("--despite", "minutes.txt"), ("--without-files", "minutes.txt", "--reason", "Lent to us")],
)
def test_what_opens_it(hidden, words):
    assert shut(hidden, *words, code=0) == {}
    edition = publish(hidden, hidden.home / "out", words=(*ALL_SHOWN, *words))
    assert edition.check().code == 0
    overridden = [one for one in edition.said["gate"] if one["rule"] == "withheld-passage"]
    assert [one["outcome"] for one in overridden] == (
        ["overridden"] if "--despite" in words else ["met"]
    )


def test_withholding_the_file_opens_it(hidden):
    hidden.run("withhold", "minutes.txt", *WHY)
    assert shut(hidden, code=0) == {}


def test_nobody_overrides_it(hidden):
    words = ("--override", "withheld-passage", "--because", "In a hurry")
    hidden.run("publish", "--check-only", *words, code=2)


def test_it_stands_in_no_other_file(hidden):
    assert "withheld-passage" in shut(hidden, "--despite", "tender.txt")


def test_a_claim_whose_statement_is_withheld_is_not_published(invented):
    invented.run("withhold", "quay-is-wired", "--field", "statement", *WHY)
    edition = publish(invented, invented.home / "out")
    claim = invented.ids["quay-is-wired"]
    assert claim not in edition.said["claims"]
    assert f"data/proofs/{claim}.tlog-proof" not in edition.files
    assert edition.check().code == 0
    assert all(
        b"quay-is-wired" not in edition.read(name)
        and b"forty microphones" not in edition.read(name).replace(b"fit forty microphones", b"")
        for name in edition.files
    )
    assert list(shut(invented, "--claim", "quay-is-wired")) == ["statement"]
    assert shut(invented, "--claim", "board-knew", code=0) == {}


def preview(case, *words):
    said = case.json("publish", "--preview", *words)
    return said, {one["id"]: one for one in said["records"]}


def test_a_preview_tells_each_field_and_why(invented):
    never = invented.ids["never"]
    invented.run("withhold", never, "--field", "date", *WHY)
    invented.run("withhold", "release.html", "--reason", "Lent to us")
    invented.run("withhold", invented.ids["retraction"], "--field", "reason", *WHY)
    said, records = preview(invented)
    assert records[never]["withheld"] == [
        {"field": "date", "reason": "To protect a source.", "goes_with": None}
    ]
    assert "speaker" in records[never]["published"]
    assert records[invented.ids["release"]]["how"] == "withheld"
    deaf = {one["field"]: one for one in records[invented.ids["deaf"]]["withheld"]}
    assert deaf["artifact"] == {
        "field": "artifact",
        "reason": "Lent to us",
        "goes_with": invented.ids["release"],
    }
    assert said["everywhere"]["fields"] == ["recorded_by"]
    edition = publish(invented, invented.home / "out")
    assert {name: edition.said["counts"][name] for name in said["counts"]} == said["counts"]
    for line, record in zip(edition.lines, said["records"], strict=True):
        assert sorted(line.get("body", {})) == record["published"]
    for one in edition.said["withheld"]:
        assert said["records"][one["idx"]]["reason"] == one["reason"]


def test_a_preview_tells_what_a_reader_sees_instead_and_fits_the_screen(invented):
    invented.run("withhold", invented.ids["clause"], "--reason", "to protect a source")
    invented.run("withhold", invented.ids["never"], "--field", "date", *WHY)
    said, _ = preview(invented)
    instead = {one["id"]: one["instead"] for one in said["claims"]}
    assert instead[invented.ids["quay-is-wired"]] == [
        "One supporting tender clause is withheld: to protect a source."
    ]
    assert (
        "Of one contradicting quote date is withheld: To protect a source."
        in (instead[invented.ids["board-knew"]])
    )
    told = invented.run("publish", "--preview").output
    assert "One supporting tender clause is withheld: to protect a source." in told
    assert max(map(len, told.splitlines())) <= 100
    assert not (invented.root / "editions.json").exists()


def test_a_preview_and_the_gate_are_asked_for_one_by_one(invented):
    """The one verifies nothing, the other everything: neither is left out without a word."""
    told = invented.run("publish", "--preview", "--check-only", code=2).stderr
    assert "--preview verifies nothing" in told


def test_a_preview_of_one_claim(invented):
    said, records = preview(invented, "--claim", "quay-is-wired")
    assert [one["id"] for one in said["claims"]] == [invented.ids["quay-is-wired"], None]
    assert records[invented.ids["never"]]["reason"].startswith("It belongs to claims")
    assert said["warnings"] == []


def warned(case, *words):
    said, _ = preview(case, *words)
    return {(one["rule"], one["id"]): one["detail"] for one in said["warnings"]}


def test_a_disclosed_quote_that_names_the_withheld_speaker(invented):
    twice, master = invented.ids["twice"], invented.ids["never"]
    words = ("--artifact", "minutes.txt", "--text", "The harbour master said", "--speaker")
    invented.run("add", "quote", *words, "Ada Lind, harbour master")
    invented.run("withhold", master, "--field", "speaker", *WHY)
    detail = warned(invented)["told-elsewhere", master]
    assert "`speaker`" in detail
    assert "`text` of @28" in detail
    assert "harbour" not in detail
    assert ("told-elsewhere", twice) not in warned(invented)


def test_a_date_that_only_one_record_has(invented):
    invented.run("withhold", "minutes.txt", *WHY)
    never = invented.ids["never"]
    assert ("unique", never) not in warned(invented)
    invented.run("disclose", never, "--field", "date")
    assert "`date`" in warned(invented)["unique", never]


def test_a_kind_that_only_one_record_is_of(invented):
    invented.run("withhold", invented.ids["clause"], *WHY)
    assert "the only one of it" in warned(invented)["unique", invented.ids["clause"]]


def test_a_note_that_speaks_of_it(hidden):
    assert "`note`" in warned(hidden)["spoken-of", hidden.ids["never-knew"]]


def test_a_link_that_everybody_sees_and_the_order_of_the_log(invented):
    invented.run("withhold", invented.ids["repeated"], *WHY)
    found = warned(invented)
    assert "derives-from" in found["linked", invented.ids["release"]]
    assert "replaces" in found["linked", invented.ids["deaf"]]
    assert "recorded at" in found["when", None]
