"""A claim with many records: its groups open by keyboard without scripts, and axe finds nothing."""

import csv

import pytest

from browser.served import NARROW
from browser.test_accessibility import breaches
from cases import make_empty_case


@pytest.fixture
def many(_sites):
    """Thirty records of one claim, of which three speakers say ten each."""

    def make(home):
        case = make_empty_case(home)
        said = [f"Sentence {number} speaks of the harbour." for number in range(30)]
        (case.home / "said.txt").write_text("\n".join(said))
        rows = [["file", "text", "speaker", "supports"]]
        rows += [["said.txt", text, f"Speaker {n % 3}", "many"] for n, text in enumerate(said)]
        with (case.home / "quotes.csv").open("w", newline="") as file:
            csv.writer(file).writerows(rows)
        case.run("claim", "many", "Many speak of it")
        case.run("import", case.home / "quotes.csv")
        return case

    return _sites("many", make)


def test_a_group_opens_by_keyboard_without_scripts(many, read):
    page = read(many, scripts=False).go("claim/many")
    drawn = page.locator(".node.record")
    before = drawn.count()
    page.locator("a.node.opens").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**open=**")
    assert drawn.count() > before


def test_axe_finds_nothing_where_some_are_shown(many, read):
    reader = read(many, NARROW)
    page = reader.go("claim/many?words=sentence&status=counts")
    assert "30 of 30 shown" in page.content()
    reader.unfold()
    assert breaches(page) == []
    page.emulate_media(color_scheme="dark")
    assert breaches(page) == []
    assert reader.overflow() <= 0
