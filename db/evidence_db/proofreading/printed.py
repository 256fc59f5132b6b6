"""The articles that a policy names, proofread before anything is published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import ExtractionError, InputError
from evidence_chain.wording.plural import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from evidence_db.case import Case
    from evidence_db.proofreading.places import Hidden
    from evidence_db.proofreading.run import Proof
    from evidence_db.reading.reader import Reader

_REVIEW = "`evidence review "
_NAMED = "the policy's article"
_SHOWN = 60
"""Characters of a quotation that are shown."""


def wrong_in_articles(
    case: Case,
    reader: Reader,
    articles: Sequence[str],
    hidden: Hidden,
    progress: Callable[[str, int, int], None],
) -> list[str]:
    """What keeps articles from being printed, in a sentence each; empty if nothing does.

    An article that is missing or can't be read is wrong, whatever it may say.

    Args:
        case: the case, to which the paths of the articles are relative.
        reader: one state of it.
        articles: the paths.
        hidden: why editions withhold a field of a record, given its index; `None` if they don't.
        progress: told how far it is.

    Raises:
        StorageError: the case can't be read.
    """
    from evidence_chain.article import read
    from evidence_db.proofreading.run import proofread

    found = list[str]()
    for name in articles:
        try:
            article = read(case.root / name)
            proof = proofread(case, reader, article, name, hidden=hidden, progress=progress)
        except (InputError, ExtractionError) as error:
            found.append(f"{_NAMED} {name}: {error}")
            continue
        found += _told(proof)
    return found


def mend(wrong: Sequence[str]) -> str:
    """What mends what is wrong with articles: for some of it, that somebody looks at a passage."""
    unread = [one for one in wrong if one.startswith(_NAMED)]
    mends = {
        "name an article that can be read in `articles` of policy.toml": bool(unread),
        "`evidence proofread ARTICLE`": len(unread) < len(wrong),
        "`evidence review PASSAGE --approve`, once somebody has looked at it": any(
            _REVIEW in one for one in wrong
        ),
    }
    return "; ".join(mend for mend, is_needed in mends.items() if is_needed)


def _told(proof: Proof) -> list[str]:
    where = "line" if proof.article.lines else "paragraph"
    found = []
    for one in proof.wrong:
        text = " ".join(one.wanted.text.split())
        short = f"{text[:_SHOWN]} …" if len(text) > _SHOWN else text
        why = ", ".join([*one.kinds, *one.look, *one.withheld]) or str(one.outcome)
        why = f"another speaker, {why}" if one.other_speaker else why
        mend = f": `{one.review}` once somebody has looked" if one.review else ""
        found.append(f"{proof.name}, {where} {proof.line(one)}: “{short}” ({why}{mend})")
    if proof.not_looked:
        found.append(
            f"{proof.name}: {counted(len(proof.not_looked), 'quotation')} not found, and not all "
            "documents could be looked through"
        )
    return found
