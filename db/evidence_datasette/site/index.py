"""The index of the search of a site: words, and the pages that hold them, as files of scripts.

A page that is opened from a disk can load no data but scripts. So the index is cut into such files,
of which the search loads those that have the words it looks for. A word is what a person would
call one, without case and accents; in scripts that write no spaces, each character is one. The
script of the search cuts words as `words` does.
"""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING, Self

from evidence_chain.text.language.characters import SPACELESS
from evidence_datasette.site.file_page import FilePage
from evidence_datasette.words.shown_text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from evidence_datasette.site.file_page import Found

HASHES = 65_521
"""A prime: words are spread over so many numbers, and these over the files."""
POSTINGS = 20_000
"""Words of pages in a file of the index, about."""
FILES = 256
PAGES = 200
"""Pages whose titles are in one file."""
TITLE = 240
"""Characters of a title that are shown."""
WORD = 64
"""Characters of a word that are compared."""
_WORD = re.compile(f"[{SPACELESS}]|[^\\W_{SPACELESS}]+")
_UNSEEN = ("M", "Cf")
"""Categories of what is left out of words: marks upon letters, and what is not seen."""
_SCHEMA = """
CREATE TABLE page(n INTEGER PRIMARY KEY, name TEXT, kind TEXT, title TEXT);
CREATE TABLE posting(hash INTEGER, word TEXT, n INTEGER, PRIMARY KEY (hash, word, n)) WITHOUT ROWID;
"""


class Index:
    """Takes in pages, and writes the files; keeps them in a scratch database meanwhile."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.executescript(_SCHEMA)
        self._db.execute("BEGIN")
        self._pages = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def add(self, name: str, found: Found) -> None:
        """Take in a page of the site."""
        number, self._pages = self._pages, self._pages + 1
        title = plain(found.title if len(found.title) <= TITLE else f"{found.title[:TITLE]}…")
        self._db.execute("INSERT INTO page VALUES (?, ?, ?, ?)", (number, name, found.kind, title))
        rows = ((hash_of(word), word, number) for word in words(found.words))
        self._db.executemany("INSERT INTO posting VALUES (?, ?, ?)", rows)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The files of the index, by their names below `search/`."""
        for number, listed in enumerate(self._words()):
            yield f"words-{number}.js", _script("words", number, listed)
        query = "SELECT name, kind, title FROM page WHERE n >= ? ORDER BY n LIMIT ?"
        for number, start in enumerate(range(0, self._pages, PAGES)):
            pages = self._db.execute(query, (start, PAGES)).fetchall()
            yield f"pages-{number}.js", _script("pages", number, pages)

    def page(self) -> FilePage:
        """The page of the search."""
        said = {"files": self._files, "pages": PAGES, "count": self._pages}
        return FilePage("search.html", "site/search.html", said, "search")

    @property
    def _files(self) -> int:
        ((postings,),) = self._db.execute("SELECT count(*) FROM posting")
        return min(FILES, 1 + int(postings) // POSTINGS)

    def _words(self) -> Iterator[list[tuple[str, list[int]]]]:
        """The words of each file, with the numbers of the pages that hold them."""
        files = self._files
        query = (
            "SELECT word, n FROM posting WHERE hash * ? / ? = ? AND hash BETWEEN ? AND ? "
            "ORDER BY hash, word, n"
        )
        for number in range(files):
            around = number * HASHES // files, (number + 1) * HASHES // files
            rows = self._db.execute(query, (files, HASHES, number, *around))
            yield [
                (word, [n for _, n in group]) for word, group in groupby(rows, lambda row: row[0])
            ]


def words(text: str) -> set[str]:
    """The words of a text, as they are compared."""
    return {word[:WORD] for word in _WORD.findall(_folded(text))}


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    known = unicodedata.normalize("NFKD", text)
    seen = (char for char in known if not unicodedata.category(char).startswith(_UNSEEN))
    return "".join(seen).lower().replace("ς", "σ").replace("ß", "ss")


def hash_of(word: str) -> int:
    """The number of a word, which tells the file that it is in."""
    number = 0
    for char in word:
        number = (number * 31 + ord(char)) % HASHES
    return number


def _script(what: str, number: int, listed: object) -> bytes:
    told = json.dumps(listed, separators=(",", ":"))
    return f"evidenceSearch.{what}({number},{told});\n".encode()
