"""The home of a case: pages that go on where the last ended, a status, words."""

import pytest

from cases import make_empty_case
from evidence_datasette import scanning
from evidence_db.case import Case
from evidence_db.recording import add_claim
from evidence_db.writing import Writer

NUMBER = 60


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    case = make_empty_case(tmp_path_factory.mktemp("many"))
    with Writer(Case.open(case.root), "tester") as writer:
        for number in range(NUMBER):
            word = "mulberry" if number % 3 == 0 else "quince"
            add_claim(writer, f"claim-number-{number}", f"They planted {word} number {number}")
        add_claim(writer, "in-chinese", "海康威视知道摄像机装在哪里")
    return case


def every(site, query=""):
    """All claims, page by page, and how many pages there were."""
    found, pages, before = [], 0, ""
    while before is not None:
        page = site.json(f"/evidence/-/claims.json?{query}&before={before}")
        found += [claim["slug"] for claim in page["claims"]]
        pages, before = pages + 1, page["before"]
    return found, pages


def test_pages_follow_each_other_without_a_gap(many, serve):
    found, pages = every(serve(many))
    assert found == ["in-chinese", *(f"claim-number-{n}" for n in reversed(range(NUMBER)))]
    assert pages == -(-(NUMBER + 1) // scanning.LENGTH)


def test_the_next_page_is_a_link(many, serve):
    site = serve(many)
    page = site.page("/evidence/-/claims?q=quince&status=unsupported")
    (further,) = [link for link in page.links if "before=" in link and ".json" not in link]
    assert "quince number 1 " in site.page(further).text + " "


def test_words_are_looked_for_in_statements(many, serve):
    found, _ = every(serve(many), "q=mulberry+planted")
    assert found == [f"claim-number-{n}" for n in reversed(range(0, NUMBER, 3))]
    assert serve(many).page("/evidence/-/claims?q=MULBERRY").marked[0] == "mulberry"


def test_scripts_without_spaces_are_looked_for_as_they_stand(many, serve):
    assert every(serve(many), "q=摄像机")[0] == ["in-chinese"]
    assert every(serve(many), "q=照相机")[0] == []


def test_a_page_looks_through_no_more_than_a_stretch(many, serve, monkeypatch):
    monkeypatch.setattr(scanning, "STRETCH", 10)
    site = serve(many)
    first = site.json("/evidence/-/claims.json?q=mulberry&status=supported")
    assert first["claims"] == []
    assert first["before"] is not None
    text = site.page("/evidence/-/claims?status=supported").text
    assert "None of the claims that were looked through is like that" in text
    found, pages = every(site, "q=摄像机")
    assert found == ["in-chinese"]
    assert pages > 5


def test_few_claims_are_worked_out_for_a_status(many, serve, monkeypatch):
    monkeypatch.setattr(scanning, "CANDIDATES", 7)
    found, pages = every(serve(many), "status=unsupported")
    assert len(found) == NUMBER + 1
    assert pages == 9


@pytest.mark.parametrize(
    ("status", "slugs"),
    [
        ("supported", ["quay-is-wired", "board-was-told"]),
        ("contested", ["board-knew"]),
        ("contradicted", ["microphones-listen"]),
        ("unsupported", []),
        ("ended", []),
    ],
)
def test_a_status_is_that_of_the_whole_structure(site, status, slugs):
    assert every(site, f"status={status}")[0] == slugs


def test_a_retracted_claim_is_found_by_that(invented, serve):
    invented.run("retract", "board-knew", "--reason", "No longer said")
    site = serve(invented)
    assert every(site, "status=ended")[0] == ["board-knew"]
    assert "no longer counts" in site.page("/evidence/-/claims").text


def test_numbers_are_those_of_the_command_line(site):
    for claim in site.json("/evidence/-/claims.json")["claims"]:
        resolved = site.case.json("resolve", claim["slug"])
        for part in ("status", "supports", "contradicts", "qualifies", "origins", "documents"):
            assert claim[part] == resolved[part]


def test_the_newest_change_is_a_link_to_it_or_an_end_of_one(invented, serve):
    site = serve(invented)

    def newest():
        claims = site.json("/evidence/-/claims.json")["claims"]
        return {claim["slug"]: claim["newest"]["index"] for claim in claims}

    before = newest()
    assert before["microphones-listen"] == invented.index("retraction")
    again = invented.id("link", invented.ids["never"], "quay-is-wired", "--qualifies")
    invented.ids["again"] = again
    assert newest() == before | {"quay-is-wired": invented.index("again")}
