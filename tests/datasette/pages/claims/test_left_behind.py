"""A claim that replaces another says which of its links did not come along."""

import shlex

import pytest

from adversary import tampering
from evidence_db.resolving import left_behind


@pytest.fixture(scope="module")
def shown(template, tmp_path_factory):
    case = template.copy_to(tmp_path_factory.mktemp("left") / "case")
    case.run("claim", "forty", "The quay has forty microphones")
    case.run("replace", "quay-is-wired", "forty", "--drop-links")
    case.run("claim", "told", "The board was told")
    case.run("replace", "board-was-told", "told", "--carry-links")
    return case


def left(case, claim):
    return case.json("resolve", claim)["left_behind"]


def test_what_was_dropped_is_told_on_the_page_with_a_command_for_each(site):
    page = site.page("/evidence/-/claim/forty").text
    told = left(site.case, "forty")
    assert told
    for one in told:
        assert one["command"] in page
    assert page.count("the old wording") >= len(told)
    assert told[0]["command"] in " ".join(site.case.run("resolve", "forty").stdout.split())


@pytest.mark.parametrize("claim", ["told", "board-knew", "quay-is-wired"])
def test_what_came_along_or_replaces_nothing_has_none(site, claim):
    assert left(site.case, claim) == []
    assert "did not come along" not in site.page(f"/evidence/-/claim/{claim}").text


def test_the_commands_link_it_anew_until_none_is_left(site, tmp_path):
    case = site.case.copy_to(tmp_path / "case")
    before = left(case, "forty")
    case.run("retract", before[0]["link"], "--reason", "It never did")
    assert left(case, "forty") == before[1:]
    for one in before[1:]:
        case.run(*shlex.split(one["command"])[1:])
    assert left(case, "forty") == []


def test_a_short_name_that_was_changed_to_more_than_a_name_stands_in_no_command(site, tmp_path):
    case = site.case.copy_to(tmp_path / "case")
    claim = case.json("show", "forty")["id"]
    with tampering(case) as db:
        change = "UPDATE claim SET body = json_set(body, '$.slug', ?) WHERE slug = ?"
        db.execute(change, ("--case=/elsewhere", "forty"))
    told = case.json("resolve", claim, code=1)["left_behind"]
    assert told
    assert all(claim[:8] in shlex.split(one["command"]) for one in told)


def test_what_ended_takes_no_place_of_what_is_told(invented, monkeypatch):
    invented.run("link", invented.ids["never"], "quay-is-wired", "--contradicts")
    invented.run("claim", "forty", "The quay has forty microphones")
    invented.run("replace", "quay-is-wired", "forty", "--drop-links")
    first, second = left(invented, "forty")
    invented.run("retract", first["other"], "--reason", "Misheard")
    monkeypatch.setattr(left_behind, "_MOST", 1)
    assert [one["link"] for one in left(invented, "forty")] == [second["link"]]
