"""The proofs of a claim and of what its chain shows, for a reader's own browser to check.

    /DB/-/proofs/REF    JSON: `proofs`, C2SP tlog-proofs; `uncovered`, records without a checkpoint

Each proof carries what is disclosed of its record, but for the fields that the policy of the case
withholds everywhere: what was handed out can't be called back.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from datasette import Response

from evidence_datasette.answering.page import CHAIN_TABLES, FRESH, HEADERS, REFERENCE, enter, look
from evidence_db.publishing.policy import read_policy
from evidence_db.publishing.selection import selection_by
from evidence_db.publishing.withholding.selection import Selection
from evidence_db.publishing.writing.log_files import proof, told
from evidence_db.reading.references import find_record

if TYPE_CHECKING:
    from datasette import Request
    from datasette.app import Datasette

    from evidence_datasette.answering.page import View
    from evidence_db.reading.reader import Reader

MOST = 500
"""Records whose proofs are given at once."""
_LINKS = """
    SELECT link.idx, link.from_idx FROM link
    WHERE link.to_idx = ? AND link.relation IN ('supports', 'contradicts', 'qualifies')
    ORDER BY link.idx LIMIT ?
"""
_ENDS = """
    SELECT retraction.idx FROM json_each(?) AS shown
    JOIN retraction ON retraction.to_idx = shown.value
    UNION SELECT link.idx FROM json_each(?) AS shown
    JOIN link ON link.to_idx = shown.value WHERE link.relation = 'replaces'
"""


def read(view: View) -> dict[str, Any]:
    """The proofs of a claim, of the links to it, of what they come from, and of what ends these."""
    claim = find_record(view.reader, view.parts["reference"], "claim")
    links = view.reader.connection.execute(_LINKS, (claim.index, MOST // 2)).fetchall()
    shown = {claim.index, *(index for pair in links for index in pair)}
    listed = json.dumps(sorted(shown))
    ends = view.reader.connection.execute(_ENDS, (listed, listed)).fetchmany(MOST)
    indexes = sorted(shown | {index for (index,) in ends})
    checkpoints = view.reader.checkpoints()
    size = checkpoints[-1].size if checkpoints else 0
    covered = [index for index in indexes if index < size]
    note = checkpoints[-1].note if covered else ""
    selection = _selection(view)
    proofs = [_proof(view.reader, index, selection, size, note) for index in covered]
    return {"proofs": proofs, "uncovered": len(indexes) - len(covered)}


def _selection(view: View) -> Selection:
    """What a proof discloses; an edition holds nothing that is withheld."""
    if view.case.edition is not None:
        return Selection(())
    return selection_by(view.reader, read_policy(view.case.root))


def _proof(reader: Reader, index: int, selection: Selection, size: int, note: str) -> str:
    return proof(reader, told(reader.row(index), selection), size, note).decode()


async def respond(datasette: Datasette, request: Request) -> Response:
    """Answer with the proofs as JSON."""
    visit = await enter(datasette, request, CHAIN_TABLES)
    return Response.json(await look(visit, read), headers=HEADERS | FRESH)


VIEWS = [(f"proofs/{REFERENCE}", respond)]
