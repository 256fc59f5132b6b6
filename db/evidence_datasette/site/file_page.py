"""A page of a site before it is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evidence_datasette.answering.page import View


class Found(NamedTuple):
    """What a search finds a page by, and what it shows of it."""

    kind: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class FilePage:
    """A page to be written."""

    name: str
    """Below `data/site/`."""
    template: str
    data: Mapping[str, Any]
    here: str = ""
    asked: Mapping[str, str] = field(default_factory=dict)
    found: Mapping[str, Found] = field(default_factory=dict)
    done: int = 0
    """The entry up to which all pages are written, about."""


class ViewOf(Protocol):
    """Makes the view of a page: of its name, what it is about, and what is asked of it."""

    def __call__(self, name: str, reference: str = "", **query: object) -> View:
        """Make it."""
