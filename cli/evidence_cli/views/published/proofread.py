"""An article held against the case, for people: its quotations in order, and what to do."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from evidence_chain.wording.plural import counted
from evidence_cli.terminal import flat, paint, wrapped
from evidence_db.proofreading.outcome import Outcome
from evidence_db.proofreading.spanning import SPANS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_db.proofreading import Proof
    from evidence_db.proofreading.outcome import Held, Looked

_SAID = {
    Outcome.RECORDED: ("stands", "green"),
    Outcome.UNRECORDED: ("stands, not recorded", "yellow"),
    Outcome.EDITED: ("edited", "yellow"),
    Outcome.DIFFERS: ("DIFFERS", "red"),
    Outcome.NOWHERE: ("STANDS NOWHERE HERE", "red"),
    Outcome.NOT_LOOKED: ("NOT FOUND, and not all could be looked through", "yellow"),
}
_NOT_CLOSED = "not-closed"
_NAMED = 20
"""Documents that are named of those that could not be read."""
_SHOWN = 400
"""Characters of a quotation that are shown."""


def lines(proof: Proof) -> Iterator[str]:
    """What came of an article, line by line."""
    yield paint(flat(proof.name), bold=True)
    for one in proof.looked:
        if one.outcome is not Outcome.LEFT:
            yield from _quotation(proof, one)
    yield from _claims(proof)
    yield from _end(proof)


def _quotation(proof: Proof, one: Looked) -> Iterator[str]:
    word, colour = _SAID[one.outcome]
    if one.other_speaker:
        word, colour = f"{word}, but ANOTHER SPEAKER", "red"
    if one.withheld:
        word, colour = f"{word}, but NAMES WHO IS WITHHELD", "red"
    if one.signed_off:
        word = f"{word}, signed off by {flat(one.signed_off)}"
    where = "line" if proof.article.lines else "paragraph"
    text = flat(one.wanted.text)
    short = f"{text[:_SHOWN]} …" if len(text) > _SHOWN else text
    yield ""
    yield f"{where} {proof.line(one)}  {paint(word, fg=colour, bold=True)}"
    yield wrapped(f"“{short}”", "  ")
    yield from (f"    {line}" for line in _about(one))


def _about(one: Looked) -> Iterator[str]:
    if one.document:
        id_, name = one.document
        verb = "nearest in" if one.outcome is Outcome.DIFFERS else "in"
        more = f", and in {counted(one.also_in, 'further text')}" if one.also_in else ""
        yield f"{verb} {flat(name)} ({id_[:8]}){more}"
    yield from _records(one)
    if one.there:
        yield f"it says: “{flat(one.there)[:_SHOWN]}”"
    for step in one.difference:
        typed = f"“{flat(step['typed'])}”" if step["typed"] else "nothing"
        there = f"“{flat(step['found'])}”" if step["found"] else "nothing"
        yield f"{step['kind']}: the article has {typed}, and {there} stands there"
    for words in one.omitted:
        yield f"left out: “{flat(words)}”"
    for words in one.inserted:
        yield f"put in: “{flat(words)}”"
    yield from _speaker(one)
    yield from map(flat, one.withheld)
    yield from (f"look: {flat(remark)}" for remark in one.remarks)
    if not one.wanted.quotation.closed:
        yield "It is not closed: no mark ends it, and it is taken to end with its paragraph."
    if look := [each for each in one.look if each != _NOT_CLOSED]:
        yield f"A person must look at it: {flat(', '.join(look))}."
    if one.review:
        yield f"Once somebody has: {flat(one.review)}"
    if one.command:
        yield f"Record it: {flat(one.command)}"


def _records(one: Looked) -> Iterator[str]:
    yield from map(_record, one.records)
    if SPANS in one.notes:
        yield "No record holds it whole: it runs over these, one after the other."


def _record(one: Held) -> str:
    claims = ", ".join(f"{relation} {flat(slug)}" for relation, slug in one.claims)
    kind = one.kind.removeprefix("evidence/")
    told = [f"{kind} {one.id[:8]}", *([claims] if claims else [])]
    told += [f"a translation of {one.translates[:8]}"] if one.translates else []
    told += [one.ended.upper()] if one.ended else []
    return "record " + " · ".join(told)


def _speaker(one: Looked) -> Iterator[str]:
    speaker = one.speaker
    if speaker is None:
        return
    if speaker.outcome == "differs":
        yield (
            f"speaker: the article says “{flat(speaker.article)}”, and the record "
            f"“{flat(speaker.record)}”"
        )
    elif speaker.outcome == "not-compared":
        yield f"speaker not compared: {flat(speaker.why)}"


def _claims(proof: Proof) -> Iterator[str]:
    if proof.claims:
        yield ""
        yield "Sentences that use the words of a claim which is contested or has one origin:"
    for one in proof.claims:
        told = one["structure"]
        yield f"line {one['line']}: “{flat(one['sentence'])[:_SHOWN]}”"
        yield (
            f"    claim {flat(one['claim'])}: {told['status']}, {told['supports']} support, "
            f"{told['contradicts']} contradict, {told['qualifies']} qualify it, "
            f"{counted(told['origins'], 'independent origin')}"
        )


def _in_short(one: Looked) -> str:
    """What came of a quotation, as it is counted: what a person must see is no mere `recorded`."""
    but = [
        *(["with ANOTHER SPEAKER"] if one.other_speaker else []),
        *(["naming WHO IS WITHHELD"] if one.withheld else []),
        *(["to be looked at"] if one.look else []),
    ]
    return f"{one.outcome} but {' and '.join(but)}" if but else str(one.outcome)


def _end(proof: Proof) -> Iterator[str]:
    looked = [one for one in proof.looked if one.outcome is not Outcome.LEFT]
    counts = Counter(map(_in_short, sorted(looked, key=lambda one: [*Outcome].index(one.outcome))))
    told = ", ".join(f"{counts[said]} {said}" for said in counts)
    yield ""
    yield wrapped(
        f"{counted(len(looked), 'quotation')} looked up in {counted(proof.documents, 'document')}"
        f"{f': {told}' if told else ''}."
    )
    left = Counter(str(one.wanted.quotation.left) for one in proof.looked)
    kinds = [f"{left[name]} {name}" for name in sorted(left) if name != "None"]
    kinds += [f"{len(proof.indirect)} in indirect speech"] if proof.indirect else []
    if kinds:
        yield wrapped(f"Left alone: {', '.join(kinds)}. (--json lists them.)")
    yield "What the article says in its own words is compared with nothing."
    if proof.article.left_out:
        yield wrapped(f"Not proofread, as it isn't printed: {', '.join(proof.article.left_out)}.")
    for one in proof.unreadable[:_NAMED]:
        whole = "" if one["whole"] == "true" else " whole"
        told = f"{flat(one['name'])} {one['document'][:8]}: {flat(one['why'])[:300]}"
        yield wrapped(f"Not looked through{whole}: {told}")
    if len(proof.unreadable) > _NAMED:
        yield f"Nor were {counted(len(proof.unreadable) - _NAMED, 'further document')}."
