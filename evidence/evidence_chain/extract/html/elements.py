"""Tables of HTML's elements, as far as they decide what is seen and where lines begin."""

from __future__ import annotations


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


CELLS = _names("td th")
BLOCKS = _names(
    "address article aside blockquote body br button caption center colgroup dd details dialog dir "
    "div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li "
    "listing main menu nav ol optgroup option p plaintext pre search section select summary table "
    "tbody textarea tfoot thead title tr ul xmp"
)
UNSEEN = _names(
    "audio canvas datalist iframe noembed noframes noscript script style template video"
)
"""What holds code, or what stands in for something that browsers have."""
REPLACED = {"meter": "stands in for a meter", "progress": "stands in for a progress bar"}
"""Elements of which something else is seen than the text in them."""
OBJECT = "stands in for an object"
"""Why what is in an `object` isn't seen."""
IN_DRAWINGS = _names("desc metadata title")
"""Unseen in SVG."""
DEFINED = _names(
    "defs symbol clipPath mask pattern marker linearGradient radialGradient filter cursor"
)
"""Elements of SVG that aren't drawn where they stand."""
UNSEEN_IN_MATH = _names("annotation annotation-xml mphantom none mprescripts")
PREFORMATTED = _names("listing plaintext pre textarea xmp")
VALUE_UNSEEN = _names("checkbox color file hidden image password radio range")
"""Types of `input` whose value isn't shown as text."""
PICTURES = _names("img svg canvas video object embed iframe")
PRESENTING = _names(
    "fill opacity visibility display transform fill-opacity clip-path mask filter font-size "
    "stroke color stroke-width direction unicode-bidi text-decoration baseline-shift "
    "letter-spacing stroke-opacity"
)
"""Attributes of SVG's elements that are properties of CSS."""
LISTS = {"ol": "decimal", **dict.fromkeys(("ul", "menu", "dir"), "disc")}
LIST_TYPES = {
    **{"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman"},
    "I": "upper-roman",
}
SCRIPTS = {
    **{"msup": {1: "sup"}, "msub": {1: "sub"}, "msubsup": {1: "sub", 2: "sup"}},
    **{"mover": {1: "sup"}, "munder": {1: "sub"}, "munderover": {1: "sub", 2: "sup"}},
    **{"mroot": {1: "sup"}, "mfrac": {1: "under"}},
    "mmultiscripts": {place: ("sup", "sub")[place % 2] for place in range(1, 20)},
}
"""Which parts of a formula are raised, lowered, or stand under a line, by their place."""
