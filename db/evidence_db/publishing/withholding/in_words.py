"""What a reader sees in the place of what is withheld, in a sentence."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SPEAKING = {
    "supports": "supporting",
    "contradicts": "contradicting",
    "qualifies": "qualifying",
}
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


class Hidden(NamedTuple):
    """A record of which something is withheld."""

    relation: str
    """How it bears on the claim; empty if only through others."""
    kind: str
    """What people call its kind."""
    fields: tuple[str, ...] | None
    """Those that are withheld; `None` for all."""
    reason: str
    shown: tuple[str, ...] = ()
    """Those that are disclosed, if only some are withheld."""


def sentences(hidden: Iterable[Hidden]) -> Iterator[str]:
    """One sentence for what is hidden alike: what, how many, and why."""
    for one, count in Counter(hidden).items():
        yield sentence(one, count)


def sentence(one: Hidden, count: int = 1) -> str:
    """What is withheld, how many, and why, as `One supporting quote is withheld: It is hers`."""
    speaking = _SPEAKING.get(one.relation, "")
    number = _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"
    many = f"{number} {speaking} {one.kind}".replace("  ", " ") + "s" * (count > 1)
    if one.fields is None:
        said = f"{many} {'is' if count == 1 else 'are'} withheld"
    else:
        said = f"of {many} {_part(one.fields, one.shown)} withheld"
    end = "" if one.reason.endswith((".", "!", "?", "…")) else "."
    return f"{said[:1].upper()}{said[1:]}: {one.reason}{end}"


def _part(withheld: tuple[str, ...], shown: tuple[str, ...]) -> str:
    """Which fields are withheld, or all but which, whatever is shorter."""
    if shown and len(shown) < len(withheld):
        return f"all but {_listed(shown)} is"
    return f"{_listed(withheld)} {'is' if len(withheld) == 1 else 'are'}"


def _listed(names: tuple[str, ...]) -> str:
    *first, last = (name.replace("_", " ") for name in names)
    return f"{', '.join(first)} and {last}" if first else last
