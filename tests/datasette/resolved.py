"""Resolved claims, made up: the JSON of `evidence resolve` without a case."""

from itertools import count

HOLDS = {"outcome": "holds", "counts": {"holds": 5, "failed": 0, "not-checked": 0}, "findings": []}
RETRACTED = {"how": "retracted", "reason": "misread", "uncovered": False}


def integrity(outcome, *findings):
    return HOLDS | {
        "outcome": outcome,
        "findings": [{"check": "file", "outcome": outcome, "detail": one} for one in findings],
    }


class Made:
    """Makes the parts of one claim, each with an index and id of its own."""

    def __init__(self):
        self._next = count(1)

    def part(self, kind, **more):
        index = next(self._next)
        own = {
            "id": f"{index:064x}",
            "index": index,
            "kind": kind,
            "ended": None,
            "uncovered": False,
        }
        return own | {"integrity": HOLDS} | more

    def file(self, title="A file", **more):
        about = {"filename": "file.txt", "publisher": None, "published": None, "blake3": "ab" * 32}
        return self.part("artifact", title=title, held=True, derives_from=[]) | about | more

    def original(self, title="An original", **more):
        return self.part("original", title=title, held=False) | more

    def record(self, file=None, root=None, **more):
        file = file or self.file()
        said = {"text": "words", "match": {"status": "verbatim", "notes": []}, "compared": True}
        where = {"exact": "words", "start": 9, "end": 14, "before": "these are", "after": " indeed"}
        others = {name: [] for name in ("translations", "translates", "answers", "derives_from")}
        made = self.part("evidence/quote", document=file, roots=[root or file], fragments=[where])
        return made | said | others | {"fields": {"speaker": "Somebody"}} | more

    def link(self, record, relation="supports", **more):
        own = {"relation": relation, "counts": True, "note": None}
        return self.part(None, record=record) | own | more

    def claim(self, links, status="supported", **more):
        about = {"slug": "nested", "statement": "A claim", "note": None, "status": status}
        return self.link(self.part("claim", **about), chain=links) | more


def resolved(links, status="supported", statement="They knew", **more):
    """A claim that these links speak to."""
    counting = [link["relation"] for link in links if link["counts"]]
    claim = Made().part("claim", slug="knew", statement=statement, note=None) | {"id": "c" * 64}
    numbers = {name: counting.count(name) for name in ("supports", "contradicts", "qualifies")}
    structure = {"status": status, **numbers, "origins": 1, "documents": 1}
    return (
        {"claim": claim, "integrity": HOLDS, "complete": HOLDS, "chain": links} | structure | more
    )
