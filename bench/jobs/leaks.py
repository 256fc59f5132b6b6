"""A directory searched for withheld names in every form, and its bytes for as many literals."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from bench.jobs.clock import Stopwatch
from evidence_db.publishing.leaks.disclosed import Disclosed
from evidence_db.publishing.leaks.engines import engine
from evidence_db.publishing.leaks.needles import Needles
from evidence_db.publishing.leaks.scanning import Search, search
from evidence_db.publishing.withholding.values import WithheldValue

_CONSONANTS, _VOWELS = "bcdfghjklmnpqrstvwxz", "aeiouäöéy"


def make_text(root: str, size: int) -> dict[str, Any]:
    """Write so many bytes of words that are no name, in files of 1 MiB."""
    rnd = random.Random(5)
    words = [_word(rnd, rnd.randint(1, 4)) for _ in range(50_000)]
    Path(root).mkdir()
    for number in range(max(1, size >> 20)):
        text = " ".join(rnd.choices(words, k=(1 << 20) // 6))
        Path(root, f"{number}.txt").write_text(text)
    return {"seconds": 0.0}


def search_forms(root: str, values: int) -> dict[str, Any]:
    """Search it for so many names, in every form."""
    known, paths = Search(_needles(values)), _paths(root)
    watch = Stopwatch()
    found = search(Path(root), paths, known)
    return {"seconds": watch.seconds(), "hits": len(found.hits)}


def search_bare(root: str, values: int) -> dict[str, Any]:
    """Have the library look for as many literals in the same bytes, and nothing else."""
    literals = engine([part.encode() for part in _needles(values).parts])
    watch = Stopwatch()
    hits = sum(1 for path in _paths(root) for _ in literals.find(Path(root, path).read_bytes()))
    return {"seconds": watch.seconds(), "hits": hits}


def _needles(values: int) -> Needles:
    rnd, needles = random.Random(3), Needles(Disclosed([], []))
    for index in range(values):
        name = f"{_word(rnd, 3).title()} {_word(rnd, 4).title()}"
        needles.add_value(
            WithheldValue(index, f"{index:064x}", "evidence/quote", "speaker", name, decided=True)
        )
    return needles


def _word(rnd: random.Random, syllables: int) -> str:
    return "".join(rnd.choice(_CONSONANTS) + rnd.choice(_VOWELS) for _ in range(syllables))


def _paths(root: str) -> list[str]:
    return sorted(path.name for path in Path(root).iterdir())
