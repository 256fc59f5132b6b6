"""How Sphinx makes the handbook: `make handbook`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

sys.path.insert(0, str(Path(__file__).parent))

project = "evidence-chain"
html_title = "evidence-chain: the handbook"
language = "en"
extensions = ["myst_parser", "self_contained"]
exclude_patterns = ["making"]
myst_heading_anchors = 4
nitpicky = True
html_theme = "furo"
html_copy_source = False
html_show_copyright = False
html_use_index = False
html_domain_indices = False


def setup(app: Sphinx) -> None:
    """Change what the looks make of a page, after they have made it."""
    app.connect("html-page-context", _for_keyboards_and_readers, priority=900)


def _for_keyboards_and_readers(
    _app: Sphinx, _page: str, _template: str, context: dict[str, Any], _tree: object
) -> None:
    """What scrolls can be reached by a keyboard; headings say how deep they are (WCAG 2.2)."""
    context["body"] = context.get("body", "").replace("<pre>", '<pre tabindex="0">')
    context["furo_navigation_tree"] = context["furo_navigation_tree"].replace(
        'role="heading"', 'role="heading" aria-level="2"'
    )
