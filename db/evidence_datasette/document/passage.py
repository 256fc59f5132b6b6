"""A passage as pages show it: its words, what stands in the file, where, and what it looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_chain.digest import is_hex_digest
from evidence_chain.errors import FormatError
from evidence_chain.rules import SPEAKS
from evidence_chain.text import fragments as selected
from evidence_datasette.words.field_words import needs_person, of_marks, of_match
from evidence_db.reading.attested.reviewed import reviews_of
from evidence_db.reading.notices.carried import to_look_at_again
from evidence_db.reading.showing import named

if TYPE_CHECKING:
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record

Json = dict[str, Any]
_OWN = ("text", "match", "language", "speaker", "sender", "date", "clause", "extracted")
CLAIMS = 50
"""Claims of a passage that are shown."""
_CLAIMS = """
SELECT link.idx, link.relation, link.to_idx FROM link JOIN claim ON claim.idx = link.to_idx
WHERE link.from_idx = ? AND link.relation IN (?, ?, ?) ORDER BY link.idx LIMIT ?
"""


def passage(reader: Reader, record: Record, *, compared: bool) -> Json:
    """What is to be shown of an evidence record's passage.

    `compared` is whether it was compared with the file just now.

    `said` has what its comparison came to in sentences, `fragments` where it stands in the text
    stream, `pictures` what it looks like there, and `claims` what it was linked to.
    """
    body = record.body
    return {
        **named(reader, record),
        **{name: body.get(name) for name in _OWN},
        "compared": compared,
        "said": of_match(body, kind=record.kind, compared=compared),
        "needs_person": needs_person(
            body, reviews_of(reader, [record.index]).get(record.index, [])
        ),
        "marked": of_marks(_listed(body, "marks")),
        "fragments": fragments(record),
        "pictures": pictures(record),
        "claims": _claims(reader, record.index),
    }


def fragments(record: Record) -> list[Json]:
    """Where a passage stands in the text: start, end, and what stands there and around it.

    Empty if it stands nowhere, or its selector is none (the check of the passage tells why).
    """
    try:
        found = selected(record.body.get("selector") or [])
    except FormatError:
        return []
    return [
        {"exact": exact, "start": start, "end": end, "before": before, "after": after}
        for start, end, exact, before, after, *_ in found
    ]


def pictures(record: Record) -> list[Json]:
    """The pictures of a passage: the page and the digest of each. None if it is withheld."""
    return [
        {"page": region.get("page"), "crop": region["crop"]}
        for region in _regions(record)
        if isinstance(region.get("crop"), str) and is_hex_digest(region["crop"])
    ]


def pages(record: Record) -> list[int]:
    """The pages that a passage is seen on. None if it is withheld."""
    numbers = [region.get("page") for region in _regions(record)]
    return [number for number in numbers if type(number) is int and number > 0]


def boxes(record: Record, page: int) -> list[list[int]]:
    """Where a passage is seen on a page, by its record: `[left, top, right, bottom]` of each line.

    In hundredths of a point from the top left (docs/format.md, section 7). None if it is withheld.
    """
    there = [region.get("boxes") for region in _regions(record) if region.get("page") == page]
    return [box for found in there if isinstance(found, list) for box in found if _is_box(box)]


def _regions(record: Record) -> list[Json]:
    return [] if record.body.get("text") is None else _listed(record.body, "regions")


def _is_box(box: object) -> bool:
    if not (isinstance(box, list) and len(box) == 4 and all(type(side) is int for side in box)):
        return False
    return bool(box[0] <= box[2] and box[1] <= box[3])


def _claims(reader: Reader, index: int) -> list[Json]:
    rows = reader.connection.execute(_CLAIMS, (index, *SPEAKS, CLAIMS)).fetchall()
    again = to_look_at_again(reader.connection, (link for link, *_ in rows))
    return [_claim(reader, *row) | {"look_again": row[0] in again} for row in rows]


def _claim(reader: Reader, link: int, relation: str, claim: int) -> Json:
    record = reader.record(claim)
    return {
        "id": record.id,
        "slug": record.body.get("slug"),
        "statement": record.body.get("statement"),
        "relation": relation,
        "ended": reader.is_ended(link) or reader.is_ended(claim),
    }


def _listed(body: Json, name: str) -> list[Json]:
    """The objects in a field that is a list of them."""
    value = body.get(name)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
