"""The strict comparison of an article's quotations with the texts of a case."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import SIGN_OFF as MARKED
from evidence_chain.text import STANDS, Match, Status, match
from evidence_chain.text.language.hedges import hedge_before
from evidence_chain.text.language.words import count_words
from evidence_db.proofreading.outcome import Looked, Outcome
from evidence_db.proofreading.sieve import Sieve
from evidence_db.proofreading.standing import Stands, bare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from evidence_chain.extract import TextStream
    from evidence_db.proofreading.places import Places
    from evidence_db.proofreading.readings import Reading, Wanted
    from evidence_db.proofreading.texts import Text, Texts

NEAREST = 3
"""Documents in which what is nearest to a quotation is looked for."""
MOST_RECORDED, MOST_OTHERS = 50, 3
"""Texts in which a quotation is compared strictly until it stands in so many: of documents in which
passages are recorded, and of others."""


def look_up(
    wanted: Sequence[Wanted],
    texts: Texts,
    places: Places,
    progress: Callable[[str, int, int], None],
) -> list[Looked]:
    """What came of each quotation, in order.

    Raises:
        StorageError: the case can't be read.
    """
    needles = {needle for one in wanted for group in one.needles for needle in group}
    ordered = sorted(needles)
    numbers = {needle: number for number, needle in enumerate(ordered)}
    sieve = Sieve([needle.encode() for needle in ordered])
    every, holding = list["Text"](), defaultdict[int, list[int]](list)
    for number, text in enumerate(texts.all()):
        progress("Looking through documents", number, 0)
        every.append(replace(text, letters=text.letters._replace(text=b"")))
        there = set(sieve.standing(text.letters.text, number))
        asked = [(which, one) for which, one in enumerate(wanted) if there]
        for which, one in asked:
            if any(all(numbers[needle] in there for needle in group) for group in one.needles):
                holding[number].append(which)
    standing = _compared(wanted, every, holding, texts)
    held = Counter(which for there in holding.values() for which in there)
    lost = _lost(wanted, standing, sieve, numbers)
    near = _nearest(wanted, every, lost, texts)
    found = []
    for which, one in enumerate(wanted):
        progress("Comparing quotations", which, len(wanted))
        if standing[which]:
            found.append(places.stands(one, standing[which], held[which]))
        else:
            found.append(_differing(one, near.get(which), texts, places))
        if not one.quotation.closed:
            found[-1].look.append("not-closed")
    return found


def _compared(
    wanted: Sequence[Wanted],
    every: list[Text],
    holding: dict[int, list[int]],
    texts: Texts,
) -> list[list[Stands]]:
    """Where each quotation stands, document by document, so that each is read once."""
    standing: list[list[Stands]] = [[] for _ in wanted]
    rows = texts.reader.connection.execute("SELECT DISTINCT artifact_idx FROM evidence")
    recorded = {artifact for (artifact,) in rows}
    for number in sorted(holding, key=lambda one: (every[one].artifact not in recorded, one)):
        most = MOST_RECORDED if every[number].artifact in recorded else MOST_OTHERS
        asked = [which for which in holding[number] if len(standing[which]) < most]
        stream = _loaded(texts, every[number]) if asked else None
        for which in asked if stream else ():
            found = _stands(wanted[which].readings, every[number], stream)  # type: ignore[arg-type]
            if found:
                standing[which].append(found)
    return standing


def _loaded(texts: Texts, text: Text) -> TextStream | None:
    try:
        return texts.load(text)
    except ExtractionError as error:
        texts.unreadable[text.artifact] = str(error)
        return None


def _stands(readings: Iterable[Reading], text: Text, stream: TextStream) -> Stands | None:
    for reading in readings:
        found = match(reading.text, stream.text)
        if found.status in STANDS:
            before = hedge_before(stream.text, found.fragments[0][0])
            words = bare(found, stream.text)
            return Stands(text, found, reading, words, _marked(stream, found), before)
    return None


def _marked(stream: TextStream, found: Match) -> tuple[str, ...]:
    """What is marked where a quotation stands and a person must look at."""
    kinds = [mark.kind for mark in stream.marked(found.fragments) if mark.kind in MARKED]
    return tuple(dict.fromkeys(kinds))


def _lost(
    wanted: Sequence[Wanted],
    standing: list[list[Stands]],
    sieve: Sieve,
    numbers: dict[str, int],
) -> dict[int, list[int]]:
    """For each quotation that stands nowhere, the texts that share most with it."""
    lost = {}
    for which, one in enumerate(wanted):
        if not standing[which] and one.needles:
            asked = {numbers[needle] for group in one.needles for needle in group}
            texts = [text for needle in sorted(asked) for text in sieve.nearest(needle, NEAREST)]
            lost[which] = list(dict.fromkeys(texts))[:NEAREST]
    return lost


def _nearest(
    wanted: Sequence[Wanted], every: list[Text], lost: dict[int, list[int]], texts: Texts
) -> dict[int, tuple[Text, Match]]:
    """What is nearest to quotations that stand nowhere, again document by document."""
    by_text = defaultdict[int, list[int]](list)
    for which, candidates in lost.items():
        for number in candidates:
            by_text[number].append(which)
    best: dict[int, tuple[int, Text, Match]] = {}
    for number in sorted(by_text):
        stream = _loaded(texts, every[number])
        for which in by_text[number] if stream else ():
            for reading in wanted[which].readings:
                if reading.notes:
                    continue  # it isn't what the article has
                found = match(reading.text, stream.text)  # type: ignore[union-attr]
                if found.status is not Status.ALTERED:
                    continue
                apart = _apart(found)
                if which not in best or apart < best[which][0]:
                    best[which] = apart, every[number], found
    return {which: (text, found) for which, (_, text, found) in best.items()}


def _apart(found: Match) -> int:
    """How many words a quotation differs in."""
    return sum(
        max(1, count_words(step.typed), count_words(step.found))
        for step in found.difference
        if step.kind
    )


def _differing(
    one: Wanted, near: tuple[Text, Match] | None, texts: Texts, places: Places
) -> Looked:
    """A quotation that stands nowhere, with what is nearest to it."""
    if near is None:
        unlooked = bool(texts.unreadable or texts.partly)
        outcome = Outcome.NOT_LOOKED if unlooked else Outcome.NOWHERE
        return Looked(one, outcome, str(Status.MISSING))
    text, found = near
    return places.differs(one, text, found)
