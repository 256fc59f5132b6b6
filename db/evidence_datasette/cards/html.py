"""The few words that the functions of this folder write HTML with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NewType

from markupsafe import Markup, escape

from evidence_datasette.words.shown_text import plain, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Html = NewType("Html", str)
"""Text that is HTML, as `Markup` is, which takes as long to make as the text itself."""
NONE = Html("")
_AS_IT_STANDS = re.compile(r"[\n !#-%(-;=?-~]*").fullmatch
"""Of what can be seen, all ASCII but what has a meaning in HTML: `"`, `&`, `'`, `<`, `>`."""
_LEEWAY = 5
"""Characters that a text may be longer before it is cut."""


def escaped(value: object) -> Html:
    """Text as HTML, like `shown`; most of it is as it stands."""
    if type(value) is str and _AS_IT_STANDS(value):
        return Html(value)
    return Html(shown(value))


def joined(parts: Iterable[str], between: str = "") -> Html:
    """Pieces of HTML, one after the other."""
    return Html(between.join(parts))


def attribute(value: object) -> Html:
    """A text as the value of an attribute, where no markup can be."""
    return Html(escape(plain(value)))


def cut(text: str, length: int, end: str = "…") -> str:
    """A text with an ellipsis for what is too long, cut between words."""
    if len(text) <= length + _LEEWAY:
        return text
    return text[: length - len(end)].rsplit(" ", 1)[0] + end


def isolated(value: object) -> Html:
    """Words that run in their own direction."""
    return Html(f"<bdi>{escaped(value)}</bdi>")


def short(id_: object) -> Html:
    """The beginning of an id."""
    return Html(f"<code>{escaped(str(id_)[:8])}</code>")


def digest(value: object, name: str) -> Html:
    """A digest in full, to be copied; `name` says of what it is."""
    return Html(f'<code class="digest" title="{escaped(name)}">{escaped(value)}</code>')


def filters(**functions: Callable[..., Html]) -> dict[str, Callable[..., Markup]]:
    """Functions as filters of templates, which escape what isn't marked as HTML."""
    return {name: _marking(function) for name, function in functions.items()}


def _marking(function: Callable[..., Html]) -> Callable[..., Markup]:
    return lambda *values: Markup(function(*values))  # noqa: S704


FILTERS = filters(digest=digest)
