"""What was found in a file besides what it shows, and how it leaves a parser's process."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.extract.stream import PNG
from evidence_chain.extract.typed import cut, listed, rows, typed
from evidence_chain.inspect.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evidence_chain.canonical import Json

MOST_FINDINGS = 1000
"""Findings of a file that are told."""
_LONGEST = 600
"""Characters of what one gives away."""
_LONGEST_PLACE = 200


class Severity(StrEnum):
    """How much a finding matters before a file is handed out (docs/adr/0025)."""

    REVEALS = "reveals"
    """Somebody meant it to be unseen, or it leads to a person, place or machine."""
    TELLS = "tells"
    """Ordinary: which program made it, and when."""


class Finding(NamedTuple):
    """One thing that a file gives away."""

    kind: str
    """One of `KINDS`."""
    place: str
    """Where it is: a page, object, part, header; with the file within the file, if it is in one."""
    gives: str
    """What it would give away, as the file has it: never to be shown but to its owner."""
    page: int = 0
    """The page, from 1; 0 where there is none."""
    box: tuple[int, ...] = ()
    """`left, top, right, bottom` on it, in hundredths of a point from its top left, or nothing."""
    picture: bytes = b""
    """A PNG of that part of the page as it is seen; empty where none was made."""

    @property
    def severity(self) -> Severity:
        """How much it matters."""
        return Severity(KINDS[self.kind].severity)

    @property
    def what(self) -> str:
        """What it is, in a sentence."""
        return KINDS[self.kind].what

    @property
    def remedy(self) -> str:
        """What to do about it, in a sentence."""
        return KINDS[self.kind].remedy

    def within(self, name: str) -> Finding:
        """The same, found in a file within the file; nothing of it stands on the outer pages."""
        return self._replace(place=f"{name}: {self.place}", page=0, box=(), picture=b"")

    def as_json(self) -> dict[str, Json]:
        """The finding for `--json`, without its picture."""
        return {
            "kind": self.kind,
            "severity": str(self.severity),
            "place": self.place,
            "page": self.page or None,
            "box": list(self.box) or None,
            "what": self.what,
            "gives": self.gives,
            "remedy": self.remedy,
        }


class Inspection(NamedTuple):
    """What came of looking into a file."""

    media_type: str
    findings: list[Finding]
    unchecked: list[str]
    """What could not be looked into, a reason each: nothing is known of that."""

    @property
    def reveals(self) -> list[Finding]:
        """The findings that keep the gate shut."""
        return [one for one in self.findings if one.severity == Severity.REVEALS]

    def pack(self) -> tuple[dict[str, Json], bytes]:
        """The same as JSON and bytes, to be sent through a pipe."""
        told = list(map(_bounded, self.findings[:MOST_FINDINGS]))
        unchecked = [one[:_LONGEST] for one in self.unchecked[:MOST_FINDINGS]]
        if more := len(self.findings) - len(told):
            unchecked.append(f"{more:,} further findings are not told")
        head: list[Json] = [
            [one.kind, one.place, one.gives, one.page, list(one.box), len(one.picture)]
            for one in told
        ]
        said = {"media_type": self.media_type, "findings": head, "unchecked": unchecked}
        return said, b"".join(one.picture for one in told)

    @classmethod
    def unpack(cls, head: dict[str, Json], blob: bytes) -> Inspection:
        """What was packed.

        Raises:
            ValueError: that is nothing that `pack` makes.
        """
        found = rows(head["findings"], str, str, str, int, list, int)
        pictures = cut(blob, [row[-1] for row in found])
        unchecked = [typed([one], str)[0] for one in listed(head["unchecked"])]
        media_type = typed([head["media_type"]], str)[0]
        return cls(media_type, [_finding(row, next(pictures)) for row in found], unchecked)


def _finding(row: list[Json], picture: bytes) -> Finding:
    kind, place, gives, page, box, _ = row
    sides = listed(box)
    if kind not in KINDS or len(sides) not in (0, 4) or {*map(type, sides)} - {int}:
        raise ValueError("no finding")
    if picture and not picture.startswith(PNG):
        raise ValueError("no PNG")
    return Finding(str(kind), str(place), str(gives), int(str(page)), tuple(sides), picture)


def _bounded(finding: Finding) -> Finding:
    gives, place = finding.gives.strip(), finding.place
    if len(gives) > _LONGEST:
        gives = f"{gives[:_LONGEST]} … ({len(gives):,} characters)"
    if len(place) > _LONGEST_PLACE:
        place = f"{place[:_LONGEST_PLACE]} …"
    return finding._replace(gives=_encodable(gives), place=_encodable(place))


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def listing(values: Iterable[str], most: int = 20) -> str:
    """Values in one line, each once, at most so many."""
    each = list(dict.fromkeys(one.strip() for one in values if one.strip()))
    more = f" … and {len(each) - most:,} more" if len(each) > most else ""
    return ", ".join(each[:most]) + more
