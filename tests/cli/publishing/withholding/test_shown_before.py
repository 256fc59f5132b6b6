"""What an earlier edition shows can't be recalled, and whoever withholds it is told so."""

import json
import shutil

import pytest

from editions import ALL_SHOWN, DAY

WHY = ("--reason", "To protect a source.")


def flat(result):
    return " ".join(result.output.split())


@pytest.fixture
def published(invented):
    """A case of which an edition was published, with one field withheld."""
    invented.run("withhold", invented.ids["twice"], "--field", "date", *WHY)
    invented.run("checkpoint")
    invented.run("publish", invented.home / "one", "--made", DAY.format(1), *ALL_SHOWN)
    return invented


def test_whoever_withholds_is_told_what_an_edition_shows(published):
    id_ = published.ids["never"]
    index = published.json("show", id_)["index"]
    told = flat(published.run("withhold", id_, "--field", "speaker", *WHY))
    sentence = (
        f"The edition of {DAY.format(1)} already shows `speaker` of evidence/quote {id_[:8]} "
        f"(entry {index}): what was handed out can't be recalled."
    )
    assert sentence in told
    assert f"already-shown: {sentence}" in flat(published.run("publish", "--preview"))
    said = published.json("publish", "--check-only", *ALL_SHOWN)
    (warned,) = [one for one in said["warnings"] if one["rule"] == "already-shown"]
    assert (warned["id"], warned["detail"]) == (id_, sentence)


def test_what_no_edition_shows_is_not_told(published):
    """Withheld there, recorded later, or without a value."""
    assert published.json("withhold", published.ids["twice"], *WHY)["shown_before"][0][
        "fields"
    ] == sorted(published.body("twice").keys() - {"date", "recorded_by"} - _empty(published))
    new = published.id(
        "add",
        "quote",
        "--artifact",
        published.ids["minutes"],
        "--text",
        "The board took note of the tender.",
    )
    assert published.json("withhold", new, *WHY)["shown_before"] == []


def _empty(case):
    return {name for name, value in case.body("twice").items() if value is None}


@pytest.mark.parametrize("is_there", [True, False])
def test_of_editions_that_an_older_version_made_the_edition_is_asked(published, is_there):
    """What they withheld was not kept; where they are gone, they may show it."""
    kept = published.root / "editions.json"
    (said,) = json.loads(kept.read_text())
    kept.write_text(
        json.dumps([{name: said[name] for name in said if name not in ("everywhere", "withheld")}])
    )
    if not is_there:
        shutil.rmtree(published.home / "one")
    told = flat(published.run("withhold", published.ids["never"], "--field", "speaker", *WHY))
    assert ("already shows `speaker`" if is_there else "may already show `speaker`") in told
