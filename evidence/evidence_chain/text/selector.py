"""Selectors: where a passage stands, as W3C Web Annotation says it (docs/format.md, section 7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.errors import FormatError, ProofError
from evidence_chain.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from evidence_chain.canonical import Json

CONTEXT = 32
"""Characters of `prefix` and `suffix`."""

_KEYS = {
    "TextQuoteSelector": {"type", "exact", "prefix", "suffix"},
    "TextPositionSelector": {"type", "start", "end"},
    "FragmentSelector": {"type", "conformsTo", "value"},
}
_TEXT = frozenset({str})
_PAGE = pattern(r"page=[1-9][0-9]{0,8}")
_SECONDS = r"(?:0|[1-9][0-9]{0,12})(?:\.[0-9]{0,2}[1-9])?"
_TIME = pattern(rf"t={_SECONDS},{_SECONDS}")
_RFC_8118 = "http://tools.ietf.org/rfc/rfc8118"
_MEDIA_FRAGMENTS = "http://www.w3.org/TR/media-frags/"


class Fragment(NamedTuple):
    """A fragment of a passage, as a record selects it."""

    start: int
    """Its first character in the text stream, in code points."""
    end: int
    """The character after its last."""
    exact: str
    prefix: str
    suffix: str
    page: str | None
    """The number of the page that it begins on, if there is one."""
    time: str | None = None
    """When it is spoken in a recording, if that is known: `12.5,15`, in seconds."""


_AROUND = 60


def around(stream: str, start: int, end: int, most: int = _AROUND) -> tuple[str, str, str]:
    """A slice of a stream, between the `most` code points that stand before and after it."""
    return stream[max(0, start - most) : start], stream[start:end], stream[end : end + most]


def make_selectors(
    stream: str, fragments: Iterable[tuple[int, int]], context: int = CONTEXT
) -> list[dict[str, Json]]:
    """Return the selectors of `fragments`, two for each, in order.

    Args:
        stream: the text of the document.
        fragments: slices `(start, end)` of the stream, in code points.
        context: how many characters around each are kept as `prefix` and `suffix`.
    """
    selectors: list[dict[str, Json]] = []
    for start, end in fragments:
        quoted = {
            "type": "TextQuoteSelector",
            "exact": stream[start:end],
            "prefix": stream[max(0, start - context) : start],
            "suffix": stream[end : end + context],
        }
        selectors += quoted, {"type": "TextPositionSelector", "start": start, "end": end}
    return selectors


def page_selector(page: str) -> dict[str, Json]:
    """The selector of a page of a paged document (RFC 8118)."""
    return {"type": "FragmentSelector", "conformsTo": _RFC_8118, "value": f"page={page}"}


def time_selector(times: Iterable[str]) -> dict[str, Json]:
    """The selector of a stretch of a recording (W3C Media Fragments).

    Args:
        times: those of its subtitles, as `12.5,15`: from the earliest beginning to the latest end.
    """
    ends = [one.split(",") for one in times]
    begin = min((one[0] for one in ends), key=float)
    end = max((one[1] for one in ends), key=float)
    value = f"t={begin},{end}"
    return {"type": "FragmentSelector", "conformsTo": _MEDIA_FRAGMENTS, "value": value}


def fragments(selectors: Json) -> list[Fragment]:
    """Return the fragments that `selectors` name, in order.

    Raises:
        FormatError: `selectors` is no list of groups of a `TextQuoteSelector`, a
            `TextPositionSelector` and, for a page or time, a `FragmentSelector`; or the positions
            aren't those of the text, aren't in order, or overlap.
    """
    found: list[Fragment] = []
    for quoted, positioned, *paged in _groups(selectors):
        start, end, exact = positioned["start"], positioned["end"], quoted["exact"]
        if end - start != len(exact) or start < (found[-1].end if found else 0):
            raise FormatError(
                f"The selected slice {start}–{end} of a passage overlaps the one before it, or "
                f"isn't as long as its text of {len(exact)} characters."
            )
        value = paged[0]["value"] if paged else ""
        page = value.removeprefix("page=") if value.startswith("page=") else None
        time = value.removeprefix("t=") if value.startswith("t=") else None
        around = quoted["prefix"], quoted["suffix"]
        found.append(Fragment(start, end, exact, *around, page, time))
    return found


def spans(selectors: Json) -> list[tuple[int, int, str]]:
    """Return `(start, end, exact)` for each fragment that `selectors` names, in order.

    Raises:
        FormatError: as `fragments` does.
    """
    return [(one.start, one.end, one.exact) for one in fragments(selectors)]


def check_slices(selectors: Json, stream: str) -> list[tuple[int, int]]:
    """Check that each passage and its context stand at their place (docs/format.md, section 7).

    Returns:
        The slices of the stream, in code points.

    Raises:
        FormatError: the selectors are malformed.
        ProofError: the stream has another `exact`, `prefix` or `suffix` there, or ends before.
    """
    found = fragments(selectors)
    for start, end, exact, before, after, *_ in found:
        _check_slice(stream, start, end, exact)
        _check_slice(stream, start - len(before), start, before)
        _check_slice(stream, end, end + len(after), after)
    return [(one.start, one.end) for one in found]


def _check_slice(stream: str, start: int, end: int, selected: str) -> None:
    there = stream[max(0, start) : end]
    if there != selected:
        raise ProofError(
            f"The text stream has {there[:80]!r} at {start}–{end}, where the record selects "
            f"{selected[:80]!r}. One of them was changed."
        )


def _listed(selectors: Json) -> list[dict[str, Json]]:
    if not isinstance(selectors, list):
        raise FormatError("The selector of a passage is no list (docs/format.md, section 7).")
    return list(map(_checked, selectors))


def _groups(selectors: Json) -> Iterator[list[dict[str, Json]]]:
    """The selectors of each fragment: its two text selectors, and that of page or time if any."""
    listed, start = _listed(selectors), 0
    while start < len(listed):
        types = [selector["type"] for selector in listed[start : start + 3]]
        if types[:2] != ["TextQuoteSelector", "TextPositionSelector"]:
            raise FormatError(
                "A passage needs a TextQuoteSelector followed by a TextPositionSelector; it has "
                f"{' and '.join(types[:2])}."
            )
        end = start + (3 if types[2:] == ["FragmentSelector"] else 2)
        yield listed[start:end]
        start = end


def _checked(selector: Json) -> dict[str, Json]:
    """Return one selector if each of its members is what the format has there."""
    kind = selector.get("type") if isinstance(selector, dict) else None
    if not isinstance(kind, str) or kind not in _KEYS or selector.keys() != _KEYS[kind]:
        raise FormatError(f"This is no selector that the format knows: {str(selector)[:200]}.")
    if kind == "TextPositionSelector":
        start, end = selector["start"], selector["end"]
        valid = type(start) is type(end) is int and 0 <= start < end
    else:
        valid = _TEXT.issuperset(map(type, selector.values()))
    if valid and kind == "TextQuoteSelector":
        valid = len(selector["prefix"]) <= CONTEXT >= len(selector["suffix"])
    if valid and kind == "FragmentSelector":
        value = selector["value"]
        valid = _PAGE.fullmatch(value) is not None or _is_time(value)
    if not valid:
        raise FormatError(f"A member of this {kind} has a wrong value: {str(selector)[:200]}.")
    found: dict[str, Json] = selector
    return found


def _is_time(value: str) -> bool:
    """Whether it is `t=` with a beginning and an end after it."""
    if _TIME.fullmatch(value) is None:
        return False
    begin, _, end = value.removeprefix("t=").partition(",")
    return float(begin) < float(end)
