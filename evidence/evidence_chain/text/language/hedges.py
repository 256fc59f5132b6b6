"""Words before a passage by which it isn't said to be so: doubted, supposed, or asked.

Negations are looked for by `negation`, and ask for a person. These are for the eye: a passage that
is cut out of "It is unlikely that we knew" says something else than its sentence.

The lists are small, and ours: words that take a sentence and don't bear it out, which linguists
call non-veridical (Karttunen and Zaenen, Veridicity, Dagstuhl Seminar Proceedings 05151, 2005). To
look the others up: Duden, Trésor de la langue française, Diccionario de la lengua española.
"""

from __future__ import annotations

import re
from functools import cache

from evidence_chain.text.language.negation import clause_before

HEDGES = {
    "English": "unlikely,improbable,doubtful,doubt,doubts,doubted,dispute,disputes,disputed,"
    "allegedly,supposedly,purportedly,if,whether,unless,suppose,supposing,impossible,"
    "rumour,rumor,rumoured,rumored,hypothetically,as though,pretend,pretended,wrongly,falsely",
    "German": "unwahrscheinlich,bezweifle,bezweifelt,bezweifeln,bezweifelte,bestreite,bestreitet,"
    "bestreiten,bestritt,bestritten,angeblich,vermeintlich,falls,wenn,ob,unmöglich,Gerücht,"
    "fälschlich",
    "French": "improbable,peu probable,douteux,doute,doutent,doutait,prétendument,impossible,"
    "rumeur,au cas où,à supposer",
    "Spanish": "improbable,poco probable,dudoso,duda,dudan,dudaba,supuestamente,presuntamente,"
    "imposible,rumor,en caso de que",
}
_NEAR = 12
"""Words before the passage among which one is looked for."""


def hedge_before(stream: str, at: int) -> str | None:
    """What stands before a passage, from such a word on, in the clause that leads into it.

    Args:
        stream: The text of the document.
        at: Where the passage begins, in code points.
    """
    clause = " ".join(clause_before(stream, at).split()[-_NEAR:])
    found = _pattern().search(clause)
    return clause[found.start() :] if found else None


@cache
def _pattern() -> re.Pattern[str]:
    words = {word for listed in HEDGES.values() for word in listed.split(",")}
    longest_first = sorted(map(re.escape, words), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(longest_first)})\b", re.IGNORECASE)
