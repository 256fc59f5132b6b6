"""What can be recorded: files, originals, passages, claims, links, retractions, amendments.

Each function adds to an open transaction. What is there already is returned as it is, so
that repeating a command, or importing a case twice, adds nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Any

from evidence_chain import kinds
from evidence_chain.amending import is_amended
from evidence_chain.entry import RELATIONS
from evidence_chain.errors import InputError
from evidence_chain.extract import sniff
from evidence_chain.extract.sniffing import warnings
from evidence_chain.kinds.forms import LIKE_AN_ID, MAX_SLUG, SLUG
from evidence_chain.rules import SPEAKS

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from evidence_chain.rules import Place
    from evidence_db.reading.reader import Reader
    from evidence_db.recording.passages.found import Passage
    from evidence_db.recording.writer import Writer
    from evidence_db.store.incoming import Incoming

SECRET = b"PRIVATE+KEY+"
"""How the file of a signing key begins."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A record, and whether this command made it."""

    index: int
    id: str
    new: bool
    restored: bool = False
    """Whether its file was missing from the case and is back now."""


def add_artifact(
    writer: Writer, incoming: Incoming, filename: str, about: Mapping[str, Any]
) -> Recorded:
    """Preserve a received file, unless a record of the same file stands."""
    if incoming.head.startswith(SECRET):
        raise InputError(
            f"{filename} is a signing key. Whoever reads it can sign in your name, so it does not "
            "belong in a case that may be published. Nothing was recorded."
        )
    restored = writer.keep(incoming)
    for index in writer.reader.artifacts_of(incoming.blake3):
        if not writer.reader.is_ended(index):
            return replace(_existing(writer.reader, index), restored=restored)
    values = {
        **about,
        "blake3": incoming.blake3,
        "sha256": incoming.sha256,
        "size": incoming.size,
        "media_type": sniff(incoming.head, filename, incoming.tail),
        "filename": filename,
        "warnings": warnings(incoming.head, incoming.tail, filename) or None,
    }
    return _add(writer, kinds.ARTIFACT, values)


def add_original(writer: Writer, about: Mapping[str, Any]) -> Recorded:
    """Record a document that is known of but not held."""
    same = writer.reader.originals_called(about.get("title") or "")
    return _add_once(writer, kinds.ORIGINAL, about, same)


def add_passage(
    writer: Writer, kind: kinds.Kind, passage: Passage, values: Mapping[str, Any]
) -> Recorded:
    """Record a passage that was found in its file, and keep the text stream it stands in.

    Pictures of the passage are kept, too. A record that says the same of the passage, and more, is
    it: left out on the command line doesn't mean denied.
    """
    for incoming in passage.kept:
        writer.keep(incoming)
    fields = {**values, **passage.fields}
    same = writer.reader.passages_in(passage.artifact, fields["text"])
    return _add_once(writer, kind, fields, same, {field.name for field in kind.asked})


def add_claim(writer: Writer, slug: str, statement: str, note: str | None = None) -> Recorded:
    """Record a claim under a short name that no other has.

    Raises:
        InputError: the short name is malformed, or another claim has it.
    """
    if not SLUG.fullmatch(slug) or len(slug) > MAX_SLUG:
        raise InputError(
            f"{slug!r} can't be a claim's short name: it has lower-case letters a-z, digits and "
            f"single hyphens, {MAX_SLUG} at most, such as supplier-knew."
        )
    if LIKE_AN_ID.fullmatch(slug):
        raise InputError(f"{slug!r} looks like the id of a record. Choose another short name.")
    statement = statement.strip()
    if not statement:
        raise InputError("What is claimed? Say it in a sentence after the short name.")
    writer.flush()
    index = writer.reader.claim_called(slug)
    if index is not None:
        if writer.reader.record(index).body.get("statement") == statement:
            return _existing(writer.reader, index)
        raise InputError(
            f"There is a claim {slug} already, with another statement. Choose another short "
            f"name, and then `evidence replace {slug} NEW` if the new one takes its place."
        )
    return _add(writer, kinds.CLAIM, {"slug": slug, "statement": statement, "note": note})


def free_slug(writer: Writer, wanted: str, statement: str) -> str:
    """`wanted`, numbered if claims of another statement have it: a short name that can be taken."""
    writer.flush()
    for number in count(1):
        slug = wanted if number == 1 else f"{wanted}-{number}"
        index = writer.reader.claim_called(slug)
        if index is None or writer.reader.record(index).body.get("statement") == statement.strip():
            return slug
    raise AssertionError


def add_link(
    writer: Writer, relation: str, from_: str, to: str, note: str | None = None
) -> Recorded:
    """Link two records by id, unless the same link stands.

    Raises:
        InputError: the record speaks to the claim in another way already.
        RuleError: they can't be linked so, or support would become circular.
    """
    if relation not in RELATIONS:
        raise InputError(f"There is no relation {relation!r}; there are {', '.join(RELATIONS)}.")
    ends = writer.place(from_), writer.place(to)
    if ends[0] and ends[1]:
        standing = writer.standing_link(relation, ends[0].index, ends[1].index)
        if standing is not None:
            writer.flush()
            return _existing(writer.reader, standing)
        if relation in SPEAKS:
            _check_only_relation(writer, ends[0], ends[1], from_)
    _check_standing(writer, relation, from_, to)
    if relation == "answers" and ends[0] and ends[1]:
        _check_other_file(writer, ends[0], ends[1])
    public = {"from": from_, "to": to, "relation": relation}
    added = writer.add(kinds.LINK, {"note": note}, public)
    return Recorded(added.index, added.id, new=True)


def _check_only_relation(writer: Writer, from_: Place, to: Place, id_: str) -> None:
    """One record speaks to one claim in one way: what it does, a reader has to be told once."""
    for relation in SPEAKS:
        if writer.standing_link(relation, from_.index, to.index) is not None:
            writer.flush()
            slug = writer.reader.record(to.index).body.get("slug")
            raise InputError(
                f"{id_[:8]} {relation} {slug} already, and one record speaks to one claim in one "
                f"way only. Take that back first: `evidence unlink {id_[:8]} {slug} --reason …`; "
                "or record the other passage that speaks otherwise, and link that."
            )


def _check_other_file(writer: Writer, answer: Place, request: Place) -> None:
    """A request is no answer to itself, nor is a copy of it."""
    writer.flush()
    one, other = (writer.reader.record(end.index) for end in (answer, request))
    for name in ("artifact", "message_id") if other.kind == "evidence/request-email" else ():
        if one.body.get(name) and one.body.get(name) == other.body.get(name):
            raise InputError(
                f"This stands in the same e-mail as the request, {other.name}, so it doesn't "
                "answer that. Name the e-mail that came back. Nothing was recorded."
            )


def _check_standing(writer: Writer, relation: str, from_: str, to: str) -> None:
    """What was retracted or replaced takes no new links, but to say what it derived from."""
    if relation in ("derives-from", "preserves"):
        return
    for id_ in (from_, to):
        place = writer.place(id_)
        if place is not None and writer.reader.is_ended(place.index):
            raise InputError(
                f"{id_[:8]} was retracted or replaced, so nothing can be linked to or from it. "
                "`evidence show` tells how it ended; link what takes its place."
            )


def retract(writer: Writer, id_: str, reason: str) -> Recorded:
    """Record that a record no longer stands. Both stay visible.

    Raises:
        InputError: it is a retraction itself, or retracted already.
    """
    place = writer.reader.place(id_)
    if place is not None and place.kind == "retraction":
        raise InputError("A retraction can't be retracted. Record anew what should stand.")
    if place is not None and writer.reader.retractions(place.index):
        raise InputError(f"{id_[:8]} is retracted already; nothing was changed.")
    added = writer.add(kinds.RETRACTION, {"reason": reason}, {"to": id_})
    return Recorded(added.index, added.id, new=True)


def amend(
    writer: Writer, id_: str, changes: Mapping[str, str | bool | None], reason: str
) -> Recorded:
    """Correct what describes a record: never what is hashed or quoted (docs/format.md, section 4).

    Args:
        writer: An open transaction.
        id_: The record: a preserved file, an original or evidence.
        changes: The new value of each field, `None` for none.
        reason: Why.

    Raises:
        InputError: there is nothing to be corrected, or a field can't be, or not to that.
    """
    place = writer.reader.place(id_)
    if place is None or not is_amended(place.kind):
        what = "nothing" if place is None else f"a {place.kind}"
        raise InputError(
            f"{id_[:8]} is {what}. What can be amended is a preserved file, an original or "
            "evidence; a claim is replaced, and a link retracted and made anew."
        )
    record = writer.reader.record(place.index)
    kind = kinds.kind_called(record.kind)
    for name, value in changes.items():
        _check_amendable(kind, name)
        kind.check(name, value)
    new = {name: value for name, value in changes.items() if record.body.get(name) != value}
    if not new:
        raise InputError(f"{id_[:8]} says so already; nothing was changed.")
    added = writer.add(kinds.AMENDMENT, {"changes": new, "reason": reason}, {"to": id_})
    return Recorded(added.index, added.id, new=True)


def _check_amendable(kind: kinds.Kind, name: str) -> None:
    if name in kind.amendable:
        return
    option = f"--{name.replace('_', '-')}"
    if all(name != field.name for field in kind.own):
        raise InputError(f"{kind.one('A')} has no {option}; it has {_options(kind)}.")
    raise InputError(
        f"The {option} of {kind.one()} is compared with the document, so it is not amended. If "
        f"it is wrong, record it anew and `evidence replace` this. Amended are {_options(kind)}."
    )


def _options(kind: kinds.Kind) -> str:
    return ", ".join(field.option for field in kind.amendable.values())


def _add_once(
    writer: Writer,
    kind: kinds.Kind,
    values: Mapping[str, Any],
    candidates: list[int],
    may_say: Container[str] = (),
) -> Recorded:
    """Record something, unless one of the candidates says it; that may say `may_say` besides."""
    recorded = dict.fromkeys(("recorded_at", "recorded_by"), "")
    wanted = _filled(kind.complete({**values, **recorded}))
    for index in candidates:
        record = writer.reader.record(index)
        bodies = (record.body, record.sealed)
        same = any(_says(_filled({**body, **recorded}), wanted, may_say) for body in bodies)
        if same and record.kind == kind.name and not writer.reader.is_ended(index):
            return Recorded(index, record.id, new=False)
    return _add(writer, kind, values)


def _says(said: Mapping[str, Any], wanted: Mapping[str, Any], besides: Container[str]) -> bool:
    """Whether a record says what is wanted, and of other fields none but these."""
    return wanted.items() <= said.items() and all(one in besides for one in said.keys() - wanted)


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    """What two records that say the same have alike; those of older versions lack empty fields."""
    filled = {name: value for name, value in values.items() if value not in (None, "", [])}
    if signatures := filled.get("dkim"):
        filled["dkim"] = [{**one, "checked_at": None} for one in signatures]
    return filled


def _add(writer: Writer, kind: kinds.Kind, values: Mapping[str, Any]) -> Recorded:
    added = writer.add(kind, values)
    return Recorded(added.index, added.id, new=True)


def _existing(reader: Reader, index: int) -> Recorded:
    return Recorded(index, reader.record(index).id, new=False)
