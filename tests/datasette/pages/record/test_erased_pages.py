"""The pages of what was erased say so, and none of them fails."""

import pytest

WHY = "the source asked for it"
ERASED = ("never", "release", "quay-is-wired", "never-knew", "letter")


@pytest.fixture(scope="module")
def shown(template, tmp_path_factory):
    case = template.copy_to(tmp_path_factory.mktemp("erased") / "case")
    for name in ERASED:
        case.run("erase", case.ids[name], "--with-passages", "--reason", WHY, "--yes")
    case.run("checkpoint")
    return case


@pytest.mark.parametrize("name", [*ERASED, "deaf", "trained"])
def test_a_record_says_that_it_was_erased_and_why(site, name):
    page = site.page(f"/evidence/-/record/{site.case.ids[name]}")
    assert "erased What was recorded here was destroyed" in page.text
    assert WHY in page.text
    assert "withheld" not in page.text.replace("nothing of it is withheld", "")
    answer = site.json(f"/evidence/-/record/{site.case.ids[name]}.json")
    assert (answer["erased"]["reason"], answer["fields"]) == (WHY, {})
    assert {one["state"] for one in answer["values"]} == {"erased"}


def test_a_file_says_so(site):
    page = site.page(f"/evidence/-/document/{site.case.ids['release']}")
    assert "The file was erased, and its text with it." in page.text
    assert WHY in page.text
    assert "was erased" in site.text(f"/evidence/-/file/{site.case.ids['release']}", code=404)


def test_a_claim_says_so(site):
    page = site.page(f"/evidence/-/claim/{site.case.ids['quay-is-wired']}")
    assert "The statement was erased" in page.text
    assert WHY in page.text


def test_a_claim_that_rests_on_it_says_so(site):
    page = site.page("/evidence/-/claim/board-knew")
    assert "erased What was recorded here was destroyed" in page.text
    assert "contradicts" in page.text
    answer = site.json("/evidence/-/claim/board-knew.json")
    assert {**site.case.json("resolve", "board-knew")} == {
        name: answer[name] for name in site.case.json("resolve", "board-knew")
    }


@pytest.mark.parametrize(
    "path",
    [
        *("/evidence/-/claims", "/evidence/-/log", "/evidence/-/search?q=harbour"),
        *("/evidence/erasure", "/evidence/evidence", "/evidence"),
    ],
)
def test_no_other_page_fails(site, path):
    site.ask(path)


def test_every_entry_has_its_page(site):
    with site.case.connected() as db:
        ids = [id_ for (id_,) in db.execute("SELECT id FROM entry")]
    for index, id_ in enumerate(ids):
        site.page(f"/evidence/-/log/{index}")
        site.page(f"/evidence/-/record/{id_}")
