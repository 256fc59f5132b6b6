"""Tables of HTML's elements, as far as they decide what is seen and where lines begin."""

from __future__ import annotations


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


VOID = _names("area base br col embed hr img input link meta param source track wbr")
ENDS_PARAGRAPH = _names(
    "address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr li listing main menu nav ol p plaintext "
    "pre search section summary table ul xmp"
)
CELLS = _names("td th")
TABLE = _names("caption colgroup tbody tfoot thead tr") | CELLS
BLOCKS = (
    ENDS_PARAGRAPH
    | (TABLE - CELLS)
    | _names("body br button legend optgroup option select textarea title")
)
SPECIAL = BLOCKS | CELLS | _names("applet iframe marquee object template")
"""Elements that the end tag of an inline element around them doesn't close."""
SCOPES = _names("applet button caption marquee object table td template th")
"""Elements that end tags of blocks around them don't close."""
UNSEEN = _names(
    "audio canvas datalist iframe noembed noframes noscript script style template video"
)
UNSEEN_IN_SVG = _names("desc metadata title")
PREFORMATTED = _names("listing plaintext pre textarea xmp")
VALUE_UNSEEN = _names("checkbox color file hidden image password radio range")
"""Types of `input` whose value isn't shown as text."""

_IN_TABLE, _IN_LIST = _names("table"), _names("datalist select")
IMPLIED: dict[str, list[tuple[frozenset[str], frozenset[str]]]] = {
    **{tag: [(_names("p"), SCOPES)] for tag in ENDS_PARAGRAPH},
    **{tag: [(CELLS, _IN_TABLE)] for tag in CELLS},
    **{tag: [(TABLE, _IN_TABLE)] for tag in TABLE - CELLS},
    "tr": [(CELLS | _names("caption tr"), _IN_TABLE)],
    "option": [(_names("option"), _IN_LIST)],
    "optgroup": [(_names("optgroup option"), _IN_LIST)],
}
"""By start tag: the elements that it closes, and those beyond which it closes none."""
for _tag, _closed, _lists in (
    ("li", "li", "dir menu ol ul"),
    ("dd", "dd dt", "dl"),
    ("dt", "dd dt", "dl"),
):
    IMPLIED[_tag].append((_names(_closed), SCOPES | _names(_lists)))
