"""What an edition says of its records: how many are disclosed, what is withheld, which files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_chain.digest import is_hex_digest
from evidence_chain.edition.checking.entries import crops_of
from evidence_chain.edition.description import COUNTS
from evidence_chain.entry import is_evidence, parse

if TYPE_CHECKING:
    from collections.abc import Container

    from evidence_db.publishing.withholding.selection import Selection
    from evidence_db.publishing.writing.log_files import Told


class Standing:
    """Collected line by line, as the log is written."""

    def __init__(self, selection: Selection, erased: Container[int] = ()) -> None:
        self._selection = selection
        self._erased = erased
        self._everywhere = frozenset(selection.everywhere)
        self.withheld: list[dict[str, Any]] = []
        self.claims: list[str] = []
        self.files: set[str] = set()
        """The digests of all files that disclosed fields name."""
        self.handed_out: dict[str, str] = {}
        """The digests of preserved files, by the id of each record that discloses one."""
        self.sealed: set[str] = set()
        """The names of all fields."""
        self._counts = dict.fromkeys(COUNTS, 0)
        self._titles: list[tuple[str, str | None]] = []
        self._retracted: set[str] = set()

    def add(self, one: Told) -> None:
        """Take in one line."""
        names, shown = one.sealed - self._everywhere, one.line.body.keys() - self._everywhere
        lacking = sorted(names - shown)
        how = "disclosed" if not lacking else "partly" if shown else "withheld"
        how = "erased" if one.index in self._erased else how
        self._counts["entries"] += 1
        self._counts[how] += 1
        self.sealed |= one.sealed
        if how in ("partly", "withheld"):
            fields = None if how == "withheld" else lacking
            reason = self._selection.reason_for(one.index, lacking)
            self.withheld.append({"idx": one.index, "fields": fields, "reason": reason})
        self._note(one)

    def _note(self, one: Told) -> None:
        body = one.line.body
        if one.kind == "claim" and "statement" in body:
            self.claims.append(one.id)
        elif one.kind == "case":
            self._titles.append((one.id, body.get("title")))
        elif one.kind == "retraction":
            self._retracted.add(parse(one.line.entry).open["to"])
        elif one.kind == "artifact":
            self._name(body.get("blake3"))
            if isinstance(body.get("blake3"), str):
                self.handed_out[one.id] = body["blake3"]
        elif is_evidence(one.kind):
            self._name(body.get("extracted"))
            self.files.update(crops_of(body))

    def _name(self, digest: object) -> None:
        if isinstance(digest, str) and is_hex_digest(digest):
            self.files.add(digest)

    @property
    def counts(self) -> dict[str, int]:
        """`counts` of edition.json."""
        return dict(self._counts)

    @property
    def is_named(self) -> bool:
        """Whether the log says what the case is called, be it disclosed or not."""
        return bool(self._titles) or "title" in self._everywhere

    @property
    def title(self) -> str | None:
        """What it is called by the newest entry that says so; `None` if that is withheld."""
        titles = self._standing_titles()
        return titles[-1][1] if titles else None

    def _standing_titles(self) -> list[tuple[str, str | None]]:
        return [one for one in self._titles if one[0] not in self._retracted]
