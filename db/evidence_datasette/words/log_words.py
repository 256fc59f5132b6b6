"""What an entry of the log says, as a sentence: who recorded, linked or retracted what.

A sentence is a list of pieces. One that stands for a record has its `kind` and `id`, one that is
somebody's own words is `quoted`. Where it is withheld who recorded something, nobody is named.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from evidence_chain.entry import is_evidence
from evidence_chain.errors import StorageError
from evidence_chain.kinds import label_of
from evidence_chain.wording.plural import counted

if TYPE_CHECKING:
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record

Piece = dict[str, Any]
_LONGEST = 90
"""Characters of a name or passage that stand in a sentence."""
_LINKED = {
    "supports": "which it supports",
    "contradicts": "which it contradicts",
    "qualifies": "which it qualifies",
    "derives-from": "from which it derives",
    "preserves": "of which it is the preserved file",
    "translates": "which it translates",
    "answers": "which it answers",
}
_NAMES = ("slug", "statement", "text", "title", "filename", "subject")
_ENDS = {"retraction": "retracted", "erasure": "erased", "amendment": "amended"}


class _Done(NamedTuple):
    """What was done to what."""

    verb: str
    what: list[Piece]
    then: tuple[Piece, ...] = ()
    by: str = ""
    are_many: bool = False


def sentence(reader: Reader, record: Record) -> list[Piece]:
    """What a record says of who did what."""
    done = _done(reader, record)
    if by := done.by or record.body.get("recorded_by"):
        said = [_quoted(by), _words(f" {done.verb} "), *done.what, *done.then]
    else:
        first, *others = done.what
        capital = first | {"words": first["words"][:1].upper() + first["words"][1:]}
        was = "were" if done.are_many else "was"
        said = [capital, *others, _words(f" {was} {done.verb}"), *done.then]
    why = record.body.get("reason") or (record.body.get("note") if record.kind == "review" else "")
    return [*said, *([_words(": "), _quoted(why)] if why else [_words(".")])]


def _done(reader: Reader, record: Record) -> _Done:
    """What somebody did by recording something."""
    body = record.body
    if record.erased is not None:
        return _Done("recorded", [*_called(reader, record), _words(", and it was erased since")])
    ends = reader.ends(record.index)
    if record.kind == "link" and ends is not None and ends[1] is not None:
        return _joined(reader, *ends)
    if ends is not None and (verb := _ENDS.get(record.kind)):
        what = [*_changed(body), *_called(reader, reader.record(ends[2]))]
        return _Done(verb, what)
    if record.kind == "review" and ends is not None:
        by = str(body.get("reviewer") or "")
        return _Done(ends[0], _called(reader, reader.record(ends[2])), by=by)
    if record.kind == "custody":
        return _handled(reader, body)
    if record.kind == "key":
        return _Done("changed", [_words("the signing key")])
    if record.kind == "case":
        titled = (_words(" as "), _quoted(body["title"])) if body.get("title") else ()
        return _Done("opened", [_words("the case")], titled)
    verb = "preserved" if record.kind == "artifact" else "recorded"
    return _Done(verb, _called(reader, record))


def _joined(reader: Reader, relation: str, from_: int | None, to: int) -> _Done:
    one, other = (_called(reader, _at(reader, end)) for end in (from_, to))
    if relation == "replaces":
        return _Done("put", one, (_words(" in the place of "), *other))
    return _Done("linked", one, (_words(" to "), *other, _words(f", {_LINKED[relation]}")))


def _changed(body: dict[str, Any] | Any) -> list[Piece]:  # noqa: ANN401
    """The names of fields that an amendment corrects; none of another notice."""
    changes = body.get("changes")
    if not isinstance(changes, dict):
        return []
    return [_words(", ".join(sorted(changes)).replace("_", " ") + " of ")]


def _handled(reader: Reader, body: Any) -> _Done:  # noqa: ANN401
    """What befell records, of each kind how many: by whom, which is not who recorded it."""
    subjects = body.get("subjects")
    many = _many(reader, subjects) if isinstance(subjects, list) else "records"
    what = many if subjects else "the whole case"
    verb = str(body.get("action") or "handled").replace("-", " ")
    are_many = bool(subjects) and not what.startswith("1 ")
    return _Done(verb, [_words(what)], by=str(body.get("actor") or ""), are_many=are_many)


def _many(reader: Reader, ids: list[Any]) -> str:
    """How many records of which kind: `3 claims and 7 files`."""
    places = [reader.place(str(one)) for one in ids]
    kinds = Counter(_label(place.kind) if place else "record" for place in places)
    told = [counted(count, label) for label, count in kinds.items()]
    return " and ".join(filter(None, [", ".join(told[:-1]), *told[-1:]]))


def _label(kind: str) -> str:
    named = {"artifact": "file", "original": "original"}
    return named.get(kind) or label_of(kind)


def _at(reader: Reader, index: int | None) -> Record:
    if index is None:
        raise StorageError("The database does not say what this joins. Run `evidence verify`.")
    return reader.record(index)


def _called(reader: Reader, record: Record, *, with_ends: bool = True) -> list[Piece]:
    """A record in a sentence: what kind it is, and its name or first words.

    A link is called by its ends, and one that is an end itself by its id, so that a sentence stays
    one however many links replaced others, and whatever a damaged database says.
    """
    ends = reader.ends(record.index)
    if with_ends and record.kind == "link" and ends is not None and ends[1] is not None:
        one, other = (_called(reader, _at(reader, end), with_ends=False) for end in ends[1:])
        return [_words("the "), _of(record, "link"), _words(" of "), *one, _words(" to "), *other]
    name = next((str(record.body[name]) for name in _NAMES if record.body.get(name)), "")
    label = _label(record.kind)
    if not name:
        return [_words(f"the {label} "), _of(record, record.id[:8])]
    if not is_evidence(record.kind):
        return [_words(f"the {label} "), _of(record, _short(name))]
    pieces = [_words(f"the {label} “"), _of(record, _short(name)), _words("”")]
    by = record.body.get("speaker") or record.body.get("sender")
    return [*pieces, _words(" of "), _quoted(by)] if by else pieces


def _short(name: object) -> str:
    line = " ".join(str(name).split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"


def _words(words: str) -> Piece:
    return {"words": words}


def _quoted(words: object) -> Piece:
    return {"words": _short(words), "quoted": True}


def _of(record: Record, words: str) -> Piece:
    return {"words": words, "kind": record.kind, "id": record.id}
