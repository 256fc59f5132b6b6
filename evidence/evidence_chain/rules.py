"""The rules of the log (docs/format.md, section 4), without I/O."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.amending import is_amended
from evidence_chain.digest import is_hex_digest
from evidence_chain.entry import is_evidence
from evidence_chain.errors import RuleError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from evidence_chain.entry import Entry

SPEAKS = ("supports", "contradicts", "qualifies")
"""The relations by which a record speaks to a claim."""


class Place(NamedTuple):
    """Where an entry stands in the log."""

    index: int  # type: ignore[assignment]  # hides tuple.index, which nobody needs here
    kind: str


def check_link(relation: str, from_kind: str, to_kind: str) -> None:
    """Check that a link of this relation may join records of these kinds.

    Raises:
        RuleError: it may not; the message says what may be joined.
    """
    may, wanted = _FITTING[relation]
    if not may(from_kind, to_kind):
        raise RuleError(
            f"A link '{relation}' goes from {wanted}, not from {from_kind} to {to_kind}."
        )


def check_references(
    index: int, entry: Entry, artifact: str | None, find: Callable[[str], Place | None]
) -> Iterator[str]:
    """Yield what is wrong with the ids that an entry names.

    Args:
        index: The entry's index in the log.
        entry: The parsed entry.
        artifact: The id in its disclosed field `artifact`; `None` if it has or discloses none.
        find: The place of an id in the log, `None` for an id that is not there.
    """
    found = {key: find(id_) for key, id_ in entry.open.items() if key in ("from", "to")}
    if artifact is not None:
        found["artifact"] = find(artifact)
    for key, place in found.items():
        if place is None:
            yield f"`{key}` names an id that is not in the log."
        elif place.index >= index:
            yield f"`{key}` names entry {place.index}, which is not earlier than entry {index}."
    if artifact is not None and (place := found["artifact"]) and place.kind != "artifact":
        yield f"`artifact` names a record of kind {place.kind}."
    yield from _check_kinds(entry, found)


def check_subjects(
    index: int, subjects: object, find: Callable[[str], Place | None]
) -> Iterator[str]:
    """Yield what is wrong with the ids that a custody entry is about.

    Args:
        index: The entry's index in the log.
        subjects: Its disclosed field `subjects`, of whatever type.
        find: The place of an id in the log, `None` for an id that is not there.
    """
    for subject in subjects if isinstance(subjects, list) else ():
        place = find(subject) if is_hex_digest(subject) else None
        if place is None or place.index >= index:
            yield "`subjects` names an id that is not that of an earlier entry."


def _check_kinds(entry: Entry, found: Mapping[str, Place | None]) -> Iterator[str]:
    """Whether what a link or a notice names is of a kind that it may be of."""
    if entry.kind in _OF and (place := found["to"]):
        may, wanted = _OF[entry.kind]
        if not may(place.kind):
            yield f"{wanted}, not of a record of kind {place.kind}."
    if entry.kind == "link" and entry.open["from"] == entry.open["to"]:
        yield "A link joins two records, and this one goes from a record to itself."
    elif entry.kind == "link" and (from_ := found["from"]) and (to := found["to"]):
        try:
            check_link(entry.open["relation"], from_.kind, to.kind)
        except RuleError as error:
            yield str(error)


def _is_reviewed(kind: str) -> bool:
    return kind == "claim" or is_evidence(kind)


def _is_no_key(kind: str) -> bool:
    return kind != "key"


_OF: dict[str, tuple[Callable[[str], bool], str]] = {
    "review": (_is_reviewed, "A review is of a claim or of evidence"),
    "amendment": (is_amended, "An amendment is of a preserved file, an original or evidence"),
    "retraction": (_is_no_key, "A retraction is of what may be retracted"),
    "erasure": (_is_no_key, "An erasure is of what may be erased"),
}
"""What kinds of record the notices in the log are of."""


def find_cycle(edges: Iterable[tuple[int, int]]) -> list[int] | None:
    """Return indexes that form a circle of support among claims, or `None`.

    Args:
        edges: Supporting and supported claim, by index, for every such link.
    """
    after: dict[int, list[int]] = {}
    for from_, to in edges:
        after.setdefault(from_, []).append(to)
    done: set[int] = set()
    for start in after:
        path: list[int] = []
        on_path: set[int] = set()
        stack = [(start, False)]
        while stack:
            node, leaving = stack.pop()
            if leaving:
                on_path.discard(path.pop())
                done.add(node)
            elif node in on_path:
                return path[path.index(node) :]
            elif node not in done:
                path.append(node)
                on_path.add(node)
                stack.append((node, True))
                stack.extend((next_, False) for next_ in after.get(node, ()))
    return None


def _document(kind: str) -> bool:
    return kind in ("artifact", "original")


def _speaks(from_: str, to: str) -> bool:
    return (is_evidence(from_) or from_ == "claim") and to == "claim"


def _both_evidence(from_: str, to: str) -> bool:
    return is_evidence(from_) and is_evidence(to)


_FITTING: dict[str, tuple[Callable[[str, str], bool], str]] = {
    "supports": (_speaks, "evidence or a claim to a claim"),
    "contradicts": (_speaks, "evidence or a claim to a claim"),
    "qualifies": (_speaks, "evidence or a claim to a claim"),
    "derives-from": (
        lambda from_, to: (from_ == "artifact" or is_evidence(from_)) and _document(to),
        "a preserved file or evidence to a preserved file or an original",
    ),
    "preserves": (
        lambda from_, to: from_ == "artifact" and to == "original",
        "a preserved file to an original",
    ),
    "translates": (_both_evidence, "evidence to evidence"),
    "answers": (_both_evidence, "evidence to evidence"),
    "replaces": (
        lambda from_, to: from_ == to != "key",
        "a record to another of the same kind (never a change of keys)",
    ),
}
