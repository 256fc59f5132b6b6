"""Datasette's own pages of a case: axe finds nothing on them, by day and by night."""

import pytest

from browser.served import NARROW, shot
from browser.test_accessibility import COLOURS, breaches

PLACES = {
    "index": "",
    "database": "evidence",
    "table": "evidence/evidence?_facet=kind&match_status=verbatim&_search=cameras",
    "row": "evidence/evidence/19",
    "query": "evidence/what_contradicts",
    "view": "evidence/passage",
}
AS_ELEMENTS_DO = """for (const one of document.querySelectorAll('*')) {
    if (typeof one.matches !== 'function') one.matches = Element.prototype.matches;
}"""
"""Datasette 1.0's search has a property `matches`, where axe expects the method of all elements."""


@pytest.mark.parametrize("name", PLACES)
def test_axe_finds_nothing_on_datasettes_own_pages(name, demo, read):
    reader = read(demo)
    page = reader.go("claims")
    top = reader.asked.removesuffix("evidence/-/claims")
    page.goto(top + PLACES[name])
    page.evaluate(AS_ELEMENTS_DO)
    reader.unfold()
    assert breaches(page) == []
    shot(page, f"tables-{name}-light")
    page.emulate_media(color_scheme="dark")
    assert breaches(page, COLOURS) == []
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 24, 27)"
    shot(page, f"tables-{name}-dark")
    page.set_viewport_size(NARROW)
    assert reader.overflow() <= 0
    shot(page, f"tables-{name}-narrow")
