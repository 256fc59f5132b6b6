"""The few words that the functions of this folder write HTML with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from evidence_datasette.words.shown_text import plain, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

NONE = Markup("")
_LEEWAY = 5
"""Characters that a text may be longer before it is cut."""


def html(text: str) -> Markup:
    """An f-string whose parts are HTML."""
    return Markup(text)  # noqa: S704


def joined(parts: Iterable[Markup], between: str = "") -> Markup:
    """Pieces of HTML, one after the other."""
    return Markup(between.join(parts))  # noqa: S704


def attribute(value: object) -> Markup:
    """A text as the value of an attribute, where no markup can be."""
    return escape(plain(value))


def cut(text: str, length: int) -> str:
    """A text with an ellipsis for what is too long, cut between words."""
    if len(text) <= length + _LEEWAY:
        return text
    return text[: length - 1].rsplit(" ", 1)[0] + "…"


def isolated(value: object) -> Markup:
    """Words that run in their own direction."""
    return html(f"<bdi>{shown(value)}</bdi>")


def short(id_: object) -> Markup:
    """The beginning of an id."""
    return html(f"<code>{escape(str(id_)[:8])}</code>")
