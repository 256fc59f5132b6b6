"""Sentences of an article that use the words of a claim which is contested, or has one origin."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evidence_chain.graph import Status
from evidence_chain.text.language.words import tokens
from evidence_db.proofreading.context.named import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidence_chain.text.quotations import Paragraph
    from evidence_db.reading.reader import Reader

_SENTENCE = re.compile(r"[^.!?。！？]*(?:[.!?。！？]+[”“’»\"']*|\Z)\s*")
_FEWEST_LETTERS = 4
_SHARED = 2
"""Words of a claim that a sentence shares with it at least; and half of them."""
_EVERYWHERE_WORDS = (
    "this that with from have were been will would what when which their there they them about "
    "into than then also more only over such some other after before where could should"
)
_EVERYWHERE = frozenset(_EVERYWHERE_WORDS.split())


def sentences(reader: Reader, paragraphs: Sequence[Paragraph]) -> list[dict[str, Any]]:
    """Each sentence that shares half of a claim's words, beside the claim's structure."""
    claims = list(_fragile(reader))
    found = []
    for paragraph in paragraphs:
        for sentence in _SENTENCE.finditer(paragraph.text):
            words = _words(sentence[0])
            for claim in claims:
                shared = [word for key, word in claim["words"].items() if key in words]
                if len(shared) >= max(_SHARED, (len(claim["words"]) + 1) // 2):
                    told = {name: claim[name] for name in ("claim", "statement", "structure")}
                    line = paragraph.line + paragraph.text.count("\n", 0, sentence.start())
                    text = " ".join(sentence[0].split())
                    found.append({"line": line, "sentence": text, "shares": shared, **told})
    return found


def _fragile(reader: Reader) -> list[dict[str, Any]]:
    """The claims that are contested, contradicted, unsupported, or rest on one origin."""
    found = []
    for record in reader.listing("claim"):
        if reader.is_ended(record.index) or not record.body.get("statement"):
            continue
        structure = reader.graph(record.index).structure(record.index)
        if structure.status is Status.SUPPORTED and structure.origins > 1:
            continue
        statement = str(record.body["statement"])
        found.append(
            {
                "claim": record.body.get("slug") or record.id[:8],
                "statement": statement,
                "structure": structure._asdict() | {"status": str(structure.status)},
                "words": _words(statement),
            }
        )
    return found


def _words(text: str) -> dict[str, str]:
    """The words of a text that say something, in a plain form."""
    return {
        key: token.key
        for token in tokens(text)
        if token.is_word
        and len(key := plain(token.key).removesuffix("s")) >= _FEWEST_LETTERS
        and plain(token.key) not in _EVERYWHERE
    }
