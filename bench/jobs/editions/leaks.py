"""An edition searched for withheld names in every form, and its bytes for as many literals.

What is packed in its files lies unpacked beside them: the library's scan searches that too.
"""

from __future__ import annotations

import resource
import sqlite3
import zlib
from contextlib import closing
from functools import partial
from io import BytesIO
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from bench.jobs.clock import Stopwatch
from bench.jobs.named import KINDS
from evidence_chain.spreading.parallel import cores, spread
from evidence_db.publishing.leaks.engines import engine
from evidence_db.publishing.leaks.needles.disclosed import Disclosed
from evidence_db.publishing.leaks.needles.needles import Needles
from evidence_db.publishing.leaks.scanning import Search, search
from evidence_db.publishing.withholding.values import WithheldValue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_CONSONANTS, _VOWELS = "bcdfghjklmnpqrstvwxz", "aeiouäöéy"
_FILE = 1 << 20


class _File(NamedTuple):
    raw: bytes
    inside: bytes = b""
    """What is packed in it."""


def make_edition(root: str, size: int) -> dict[str, Any]:
    """Write files of each kind, and what is packed in them beside; so many bytes in both."""
    rnd = Random(5)
    words = [_word(rnd, rnd.randint(1, 4)) for _ in range(50_000)]
    text = partial(_text, rnd, words)
    share = size // len(KINDS)
    for kind, make in zip(KINDS, (_plain, _html, _docx, _pdf, _picture, _small), strict=False):
        number, left = 0, share
        while left > 0:
            made = make(rnd, text)
            left -= len(made.raw) + len(made.inside)
            for beside, data in ((kind, made.raw), (f"{kind}, unpacked", made.inside)):
                if data:
                    path = Path(root, beside, f"{number}")
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(data)
            number += 1
    _database(Path(root, KINDS[-1]), share, text)
    return {"seconds": 0.0}


def search_forms(root: str, values: int, kinds: Sequence[str] = KINDS) -> dict[str, Any]:
    """Search the edition for so many names, in every form.

    The answer has the seconds in which that was made ready, and the processor's seconds of all.
    """
    watch = Stopwatch()
    known, paths = Search(_needles(values)), _paths(root, kinds, packed=True)
    ready = watch.seconds()
    watch, before = Stopwatch(), _processor()
    found = search(Path(root), paths, known)
    return {
        "seconds": watch.seconds(),
        "processor": _processor() - before,
        "ready": ready,
        "hits": len(found.hits),
        "size": found.size,
    }


def search_bare(root: str, values: int, kinds: Sequence[str] = KINDS) -> dict[str, Any]:
    """Have the library look for as many literals in the same bytes, those unpacked as well."""
    watch = Stopwatch()
    literals = engine([part.encode() for part in _needles(values).parts])
    ready = watch.seconds()
    paths = _paths(root, kinds, packed=True) + _paths(root, kinds, packed=False)
    watch, before = Stopwatch(), _processor()
    global _scan
    _scan = partial(_scanned, literals, Path(root))
    hits = sum(spread(_work, _together(Path(root), paths), cores()))
    return {
        "seconds": watch.seconds(),
        "processor": _processor() - before,
        "ready": ready,
        "hits": hits,
        "size": sum(Path(root, path).stat().st_size for path in paths),
    }


_scan: Callable[[Sequence[str]], int]
"""What forked workers scan with, which is too large to be sent to them."""


def _work(paths: Sequence[str]) -> int:
    return _scan(paths)


def _scanned(literals: Any, root: Path, paths: Sequence[str]) -> int:
    return sum(1 for path in paths for _ in literals.find(Path(root, path).read_bytes()))


def _together(root: Path, paths: Sequence[str]) -> Iterator[list[str]]:
    """Paths of files that are some 8 MiB together."""
    some, size = list[str](), 0
    for path in paths:
        some.append(path)
        size += Path(root, path).stat().st_size
        if size > 8 << 20:
            yield some
            some, size = [], 0
    yield some


def _processor() -> float:
    """Seconds of the processor that this process and those that ended took."""
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _text(rnd: Random, words: Sequence[str], size: int) -> str:
    return " ".join(rnd.choices(words, k=size // 6))


def _plain(_: Random, text: Callable[[int], str]) -> _File:
    return _File(text(_FILE).encode())


def _html(_: Random, text: Callable[[int], str]) -> _File:
    lines = text(_FILE >> 2).replace("ä", "&auml;").split("b")
    return _File("\n".join(f'<p class="line">{line}</p>' for line in lines).encode())


def _docx(_: Random, text: Callable[[int], str]) -> _File:
    runs = "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in text(_FILE >> 2).split("c"))
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", runs)
    return _File(packed.getvalue(), runs.encode())


def _pdf(_: Random, text: Callable[[int], str]) -> _File:
    pages = [
        "\n".join(f"({line}) Tj" for line in text(8192).split("d")).encode("cp1252", "ignore")
        for _ in range(32)
    ]
    streams = (
        b"%d 0 obj <</Filter /FlateDecode>> stream\n%b\nendstream" % (n, zlib.compress(page))
        for n, page in enumerate(pages)
    )
    return _File(b"%PDF-1.7\n" + b"\n".join(streams), b"\n".join(pages))


def _picture(rnd: Random, _: Callable[[int], str]) -> _File:
    """Pixels of a JPEG, which look random."""
    return _File(b"\xff\xd8\xff\xe0\0\x10JFIF\0" + rnd.randbytes(_FILE >> 2) + b"\xff\xd9")


def _small(_: Random, text: Callable[[int], str]) -> _File:
    return _File(text(2048).encode())


def _database(directory: Path, size: int, text: Callable[[int], str]) -> None:
    directory.mkdir(parents=True)
    with closing(sqlite3.connect(directory / "evidence.db")) as db, db:
        db.execute("CREATE TABLE quote (text TEXT)")
        rows = ((text(600),) for _ in range(size // 750))
        db.executemany("INSERT INTO quote VALUES (?)", rows)


def _needles(values: int) -> Needles:
    rnd, needles = Random(3), Needles(Disclosed([], []))
    for index in range(values):
        name = f"{_word(rnd, 3).title()} {_word(rnd, 4).title()}"
        needles.add_value(
            WithheldValue(index, f"{index:064x}", "evidence/quote", "speaker", name, decided=True)
        )
    return needles


def _word(rnd: Random, syllables: int) -> str:
    return "".join(rnd.choice(_CONSONANTS) + rnd.choice(_VOWELS) for _ in range(syllables))


def _paths(root: str, kinds: Sequence[str], *, packed: bool) -> list[str]:
    """The files of these kinds, or what is packed in them, by their paths from the root."""
    names = [kind if packed else f"{kind}, unpacked" for kind in kinds]
    return sorted(f"{name}/{path.name}" for name in names for path in Path(root, name).glob("*"))
