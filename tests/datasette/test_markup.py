"""The HTML of every page is what people with screen readers, and strict browsers, can use."""

import pytest
from browsing import PAGES
from markup import CHECKS, Markup

FOUND = ("claims?q=board&status=contested&order=changed", "claims?q=zebra")
ALL = (*PAGES, *FOUND, "verify?of=board-knew", "verify?of=@0")


@pytest.fixture(scope="module", params=ALL)
def markup(request, _served):
    return Markup(_served.text(f"/evidence/-/{request.param}"))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_markup_of_every_page(markup, check):
    check(markup)
