"""What a template needs of a proofread article: paragraphs in pieces, and a card a quotation."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from evidence_chain.text.quotations import Left
from evidence_db.proofreading.outcome import Outcome

if TYPE_CHECKING:
    from evidence_db.proofreading import Proof
    from evidence_db.proofreading.outcome import Looked

_SAID = {
    Outcome.RECORDED: "Stands in a record",
    Outcome.UNRECORDED: "Stands in a document, not recorded",
    Outcome.EDITED: "Edited",
    Outcome.DIFFERS: "Differs",
    Outcome.NOWHERE: "Stands nowhere here",
    Outcome.NOT_LOOKED: "Not found, and not all could be looked through",
    Outcome.LEFT: "Left alone",
}


def as_shown(proof: Proof) -> dict[str, Any]:
    """A proofread article: `paragraphs` with `pieces` and `cards`, and what is said of it all."""
    cards = defaultdict[int, list[dict[str, Any]]](list)
    spans = defaultdict[int, list[tuple[int, int, dict[str, Any]]]](list)
    for number, one in enumerate(proof.looked, 1):
        if one.wanted.quotation.left is Left.NESTED:
            continue
        card = _card(number, proof, one)
        parts = one.wanted.quotation.parts
        cards[parts[-1][-1].paragraph].append(card)
        for span in (span for part in parts for span in part):
            spans[span.paragraph].append((span.start, span.end, card))
    told = proof.as_json()
    return {
        "name": proof.name,
        "ok": told["ok"],
        "paragraphs": [
            {
                "block": paragraph.block,
                "pieces": _pieces(paragraph.text, spans[number]),
                "cards": cards[number],
            }
            for number, paragraph in enumerate(proof.article.paragraphs)
        ],
        "looked": sum(one.outcome is not Outcome.LEFT for one in proof.looked),
        "wrong": len(proof.wrong),
        "not_looked": len(proof.not_looked),
        "left_alone": {name: count for name, count in told["left_alone"].items() if count},
        "not_proofread": told["not_proofread"],
        "unreadable": told["unreadable"],
        "documents": told["documents"],
        "claims": told["claims"],
    }


def _card(number: int, proof: Proof, one: Looked) -> dict[str, Any]:
    tone = "good"
    if one.is_wrong:
        tone = "bad"
    elif one.outcome is not Outcome.RECORDED:
        tone = "quiet" if one.outcome is Outcome.LEFT else "doubt"
    said = _SAID[one.outcome]
    said = f"{said}, but ANOTHER SPEAKER" if one.other_speaker else said
    said = f"{said}, but NAMES WHO IS WITHHELD" if one.withheld else said
    return one.as_json(number, proof.line(one)) | {"tone": tone, "said": said}


def _pieces(text: str, spans: list[tuple[int, int, dict[str, Any]]]) -> list[dict[str, Any]]:
    """A paragraph in pieces, those of quotations with their card."""
    found, done = list[dict[str, Any]](), 0
    for start, end, card in sorted(spans, key=lambda one: one[:2]):
        if start < done:
            continue
        found += {"text": text[done:start], "card": None}, {"text": text[start:end], "card": card}
        done = end
    return [one for one in (*found, {"text": text[done:], "card": None}) if one["text"]]
