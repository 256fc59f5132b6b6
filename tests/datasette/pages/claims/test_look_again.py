"""A claim whose wording was replaced: its links are to be looked at again, on every page."""

import pytest

AGAIN = "to be looked at again"


@pytest.fixture(scope="module")
def shown(template, tmp_path_factory):
    case = template.copy_to(tmp_path_factory.mktemp("carried") / "case")
    case.ids["wired"] = case.id("claim", "wired", "The quay has forty microphones")
    replaced = case.json("replace", "quay-is-wired", "wired", "--carry-links")
    (case.ids["carried"],) = replaced["carried"]
    case.run("claim", "told", "The board was told")
    case.run("replace", "board-was-told", "told", "--carry-links")
    case.run("checkpoint")
    return case


PAGES = {
    "claim": ("claim/wired", 1),
    "the claim that it supports": ("claim/board-knew", 2),
    "claims": ("claims", 3),
    "claim's record": ("record/wired", 1),
    "passage": ("record/{clause}", 1),
    "link": ("record/{carried}", 1),
    "document": ("document/{tender}", 2),
}


@pytest.mark.parametrize(("path", "most"), PAGES.values(), ids=PAGES)
def test_it_is_said_wherever_the_link_is_shown(site, path, most):
    said = site.page(f"/evidence/-/{path.format(**site.case.ids)}").text
    assert AGAIN in said or "look again" in said
    assert said.count(AGAIN) >= most


@pytest.mark.parametrize("path", ["claim/microphones-listen", "record/never", "document/minutes"])
def test_it_is_said_of_no_other_link(site, path):
    page, name = path.split("/")
    words = site.page(f"/evidence/-/{page}/{site.case.ids[name]}").text
    assert (AGAIN in words) == (name == "minutes")  # whose other passage supports `told`


def test_the_drawing_says_it_too(site):
    drawing = site.text("/evidence/-/claim/wired")
    assert "carried from another wording: look again" in drawing


def test_the_command_line_says_it_of_claim_and_link(site):
    case = site.case
    assert "Look again 1 link below" in case.run("resolve", "wired").stdout
    assert "to be looked at again" in case.run("show", case.ids["carried"]).stdout
    assert "looked at again" not in case.run("show", case.ids["clause-listen"]).stdout
