"""The commands that open the gate, with the names of what they are about, to be copied."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from evidence_chain.graph import Link
    from evidence_db.publishing.gate.requests import Waiting
    from evidence_db.publishing.gate.reviewed import Wanting
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record

MOST = 3
"""Problems of one rule of which each is told, with its command."""
_RESTORE = "remove a file that is damaged, and put it back: `evidence add artifact FILE`"
_OF_CHECKS = {
    "signature": "put the signing key in its place, or name it in EVIDENCE_KEY",
    **dict.fromkeys(("file", "file-sha256", "stream", "crop"), _RESTORE),
    "decisions": "look at `evidence withheld --history`, and restore the case from a copy",
    "dkim": "record the e-mail anew with the key that signed it, `evidence add … --dkim-key FILE`",
    "rendered": "install tesseract, Chromium, LibreOffice, and look at the page",
}
"""What opens the rule `verified`, by the check that keeps it shut."""
_ELSE = "`evidence verify` tells all of it; restore the case from a copy"


def of_checks(checks: Iterable[str]) -> str:
    """What mends checks of `evidence verify` that failed or could not be made."""
    return "; ".join(
        dict.fromkeys(_OF_CHECKS[one] for one in checks if one in _OF_CHECKS) or [_ELSE]
    )


def of_passages(wanting: Sequence[Wanting], carried: Sequence[Link], slug: str | None) -> str:
    """What is done of passages that a person must look at, and of links that were carried."""
    seen = [f"`evidence review {one.id[:8]} --approve`" for one in wanting[:MOST]]
    again = [f"`evidence review {shlex.quote(str(slug))} --approve`"] if carried else []
    told = f"once somebody has looked at it, {', '.join([*again, *seen])}"
    if not wanting:
        return told
    id_ = wanting[0].id[:8]
    return f"{told}; or `evidence replace {id_} NEW`, `evidence retract {id_} --reason WHY`"


def unlinked(reader: Reader, link: Link) -> str:
    """What takes a link back."""
    from_, to = reader.record(link.from_), reader.record(link.to)
    return f"`evidence unlink {from_.id[:8]} {called(to)} --reason WHY`"


def of_origins(claim: Record) -> str:
    """What gives a claim more support."""
    return f"`evidence quote FILE … --supports {called(claim)}`"


def of_contradictions(reader: Reader, links: Sequence[Link], claim: Record) -> str:
    """What says something of records that contradict a claim: each link made anew, with a note."""
    ids = [(reader.record(one.index).id, reader.record(one.from_).id) for one in links[:MOST]]
    return "; ".join(", then ".join(noted_anew(*one, called(claim))) for one in ids)


def noted_anew(link: str, from_: str, claim: str) -> tuple[str, str]:
    """The commands that give a contradiction a note: the link is taken back, and made anew."""
    return (
        f"`evidence retract {link[:8]} --reason WHY`",
        f"`evidence link {from_[:8]} {claim} --contradicts -m WHY`",
    )


def of_requests(requests: Sequence[Waiting]) -> str:
    """What answers requests for comment, says that nothing came, or that an answer is one."""
    return "; ".join(_of_request(one) for one in requests[:MOST])


def _of_request(waiting: Waiting) -> str:
    id_ = waiting.request.id[:8]
    looked = [
        f"once somebody has looked at it, `evidence review {one.record.id[:8]} --approve`, or "
        for one in waiting.doubtful
        if not one.is_final
    ]
    return (
        f"{''.join(looked[:MOST])}`evidence add response-email FILE --answers {id_}`, or "
        f"`evidence add no-response --to {id_} --until DATE`"
    )


def of_reviews(claim: Record) -> str:
    """What approves a claim."""
    return f"`evidence review {called(claim)} --approve --as NAME`"


def called(claim: Record) -> str:
    """What a command names a claim by."""
    return shlex.quote(str(claim.body.get("slug") or claim.id[:8]))
