"""What the fields of a record mean, in sentences: comparison, marks, warnings, signatures.

What is not known here, since a newer version recorded it, is said as it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_chain.mail import describe
from evidence_datasette.words.claim_words import comparison
from evidence_datasette.words.mark_words import cautions, marks
from evidence_db.reading.attested.reviewed import signed_off
from evidence_db.resolving.sign_off import sign_off

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from evidence_db.reading.attested.reviewed import Reviewed

RELATIONS = {
    "supports": ("Supports", "Supported by"),
    "contradicts": ("Contradicts", "Contradicted by"),
    "qualifies": ("Qualifies", "Qualified by"),
    "derives-from": ("Derives from", "What derives from it"),
    "preserves": ("Is the preserved file of", "Preserved as"),
    "translates": ("Is a translation of", "Translated as"),
    "answers": ("Answers", "Answered by"),
    "replaces": ("Replaces", "Replaced by"),
}
"""What to call a relation, outward and inward."""
_WARNINGS = {
    "name-differs": "Its name is that of another type than its content:",
    "polyglot": "Its bytes can be read as more than one type:",
}
_SIGNED = {
    "header": "header",
    "domain": "domain that signed",
    "selector": "selector of its key",
    "algorithm": "algorithm",
    "canonicalisation": "canonicalisation",
    "signed_headers": "headers that are signed",
    "unsigned_headers": "shown, but not signed",
    "body_length": "length of the body that is signed (l=)",
    "signed_at": "signed at, as it says",
    "expires": "valid until, as it says",
    "from_domain": "domain of the address in From",
    "key_from": "where its key came from",
    "key_record": "key record",
    "key_bits": "bits of the key",
    "key_flags": "flags of the key",
    "checked_at": "checked at",
}
_NOTHING: tuple[Any, ...] = (None, "", [])


def of_match(body: Mapping[str, Any], *, kind: str, compared: bool) -> list[str]:
    """What the comparison of a passage with the file came to: its status, then its notes.

    Args:
        body: The values of the record.
        kind: The record's kind.
        compared: Whether it was compared with the file just now.
    """
    if not body.get("match"):
        return []
    record = {"kind": kind, "match": body["match"], "compared": compared}
    return [comparison(record), *(f"{note[:1].upper()}{note[1:]}." for note in cautions(record))]


def needs_person(body: Mapping[str, Any], reviews: Sequence[Reviewed]) -> bool:
    """Whether a person has to look at a passage before it is published, and nobody did."""
    return bool(body.get("match") and sign_off(body["match"])) and not signed_off(reviews)


def of_marks(found: list[dict[str, Any]]) -> list[str]:
    """What is to be known of a stretch of text besides its words, mark by mark."""
    named = marks({"fields": {"marks": found}})
    return [f"{label} {detail}" if detail != "yes" else label for label, detail in named]


def of_warning(warning: object) -> str:
    """What is to be known of a file before trusting what it seems to be."""
    word, _, detail = str(warning).partition(":")
    return f"{_WARNINGS[word]} {detail.strip()}." if word in _WARNINGS else str(warning)


def of_signature(verdict: dict[str, Any]) -> dict[str, Any]:
    """The verdict on an e-mail's signature: `said` in a sentence, and its parts with labels."""
    parts = [(label, verdict.get(name)) for name, label in _SIGNED.items()]
    return {
        "verdict": str(verdict.get("verdict")),
        "said": _described(verdict),
        "parts": [{"label": label, "value": _listed(v)} for label, v in parts if v not in _NOTHING],
    }


def _described(verdict: dict[str, Any]) -> str:
    try:
        return describe(verdict)
    except (KeyError, TypeError):  # of another version, which tells its verdicts otherwise
        return f"{verdict.get('domain')}: {verdict.get('verdict')}"


def _listed(value: Any) -> Any:  # noqa: ANN401
    return ", ".join(map(str, value)) if isinstance(value, list) else value
