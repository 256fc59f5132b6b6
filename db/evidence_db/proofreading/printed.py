"""The articles that a policy names, proofread before anything is published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import ExtractionError, InputError
from evidence_chain.plural import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from evidence_db.case import Case
    from evidence_db.proofreading.run import Proof
    from evidence_db.reading.reader import Reader

_SHOWN = 60
"""Characters of a quotation that are shown."""


def wrong_in_articles(
    case: Case,
    reader: Reader,
    articles: Sequence[str],
    progress: Callable[[str, int, int], None],
) -> list[str]:
    """What keeps articles from being printed, in a sentence each; empty if nothing does.

    An article that is missing or can't be read is wrong, whatever it may say.

    Args:
        case: the case, to which the paths of the articles are relative.
        reader: one state of it.
        articles: the paths.
        progress: told how far it is.

    Raises:
        StorageError: the case can't be read.
    """
    from evidence_chain.article import read
    from evidence_db.proofreading.run import proofread

    found = list[str]()
    for name in articles:
        try:
            proof = proofread(case, reader, read(case.root / name), name, progress=progress)
        except (InputError, ExtractionError) as error:
            found.append(str(error))
            continue
        found += _told(proof)
    return found


def _told(proof: Proof) -> list[str]:
    where = "line" if proof.article.lines else "paragraph"
    found = []
    for one in proof.wrong:
        text = " ".join(one.wanted.text.split())
        short = f"{text[:_SHOWN]} …" if len(text) > _SHOWN else text
        why = ", ".join([*one.kinds, *one.look]) or str(one.outcome)
        why = f"another speaker, {why}" if one.other_speaker else why
        found.append(f"{proof.name}, {where} {proof.line(one)}: “{short}” ({why})")
    if proof.not_looked:
        found.append(
            f"{proof.name}: {counted(len(proof.not_looked), 'quotation')} not found, and not all "
            "documents could be looked through"
        )
    return found
