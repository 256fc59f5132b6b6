"""What the gate asks of what is withheld: the claims that are wanted, and files that tell it."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

from evidence_chain.wording.plural import counted
from evidence_db.publishing.gate.gate import Line
from evidence_db.reading.references import find_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from evidence_db.case import Case
    from evidence_db.publishing.withholding.selection import Selection
    from evidence_db.reading.reader import Reader

STATEMENT, PASSAGE = "statement", "withheld-passage"
DESPITE = "The publisher discloses this file, in which something stands that is withheld."
"""What readers are told of a file that was named with `--despite`."""
_FILES = """
SELECT evidence.idx, evidence.artifact_idx FROM evidence
WHERE artifact_idx IS NOT NULL AND json_array_length(body, '$.selector') > 0
AND (:all OR idx IN (SELECT value FROM json_each(:wanted))) ORDER BY idx
"""


class WithheldLines:
    """Asks these rules of what is to be disclosed."""

    def __init__(self, case: Case, reader: Reader, selection: Selection) -> None:
        self._case = case
        self._reader = reader
        self._selection = selection

    def statements(self, claims: Iterable[int]) -> Iterator[Line]:
        """Each claim that somebody asked for can be published."""
        for index in sorted(claims):
            record = self._reader.record(index)
            if self._selection.names(index, ["statement"]):
                yield Line(STATEMENT, record.id, "met")
                continue
            opens = f"`evidence disclose {record.body['slug']}`, or to ask for other claims"
            yield Line(STATEMENT, record.id, "unmet", f"it is withheld. What opens it: {opens}.")

    def passages(self, despite: Iterable[str]) -> Iterator[Line]:
        """No passage that somebody withholds stands in a file that is handed out."""
        named = {
            find_record(self._reader, one, "artifact", files=self._case.files).index
            for one in despite
        }
        found = self._holding()
        for index in sorted(found):
            file = self._reader.record(index)
            if named.intersection(self._reader.artifacts_of(file.body["blake3"])):
                yield Line(PASSAGE, file.id, "overridden", DESPITE)
                continue
            stand = counted(len(found[index]), "passage") + " of it"
            listed = ", ".join(self._reader.record(one).name for one in found[index][:5])
            yield Line(
                PASSAGE,
                file.id,
                "unmet",
                f"{file.name} is disclosed, and {stand} withheld: {listed}. What opens the gate: "
                f"`evidence withhold {file.id[:8]}`, `--without-files {file.id[:8]} --reason …`, "
                f"or, if readers may find it there, `--despite {file.id[:8]}`.",
            )
        if not found:
            yield Line(PASSAGE, None, "met")

    def _holding(self) -> dict[int, list[int]]:
        """The files that are handed out, each with the passages in it that somebody withholds."""
        selection = self._selection
        decided = [index for index, names in selection.withheld.items() if "text" in names]
        wanted = {"all": "text" in selection.everywhere, "wanted": json.dumps(decided)}
        found: dict[int, list[int]] = defaultdict(list)
        for passage, file in self._reader.connection.execute(_FILES, wanted):
            found[file].append(passage)
        return {file: passages for file, passages in found.items() if self._is_handed_out(file)}

    def _is_handed_out(self, file: int) -> bool:
        digest = self._reader.stored(file).body.get("blake3")
        every = self._reader.artifacts_of(str(digest))
        shown = any(self._selection.names(index, ["blake3"]) for index in every)
        return shown and digest not in self._selection.absent
