"""The JSON file of a whole case: its lists, the keys that are kept, and all that is wrong in it.

The file is an object of lists, whose items name each other by their `key`, or what the case holds
already as the command line does. docs/case-file.md, made from this, says what each may have.
"""

from __future__ import annotations

import json
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from evidence_chain import kinds
from evidence_chain.errors import (
    EvidenceError,
    ExtractionError,
    InputError,
    PassageError,
    StorageError,
)
from evidence_chain.kinds.fields import MORE
from evidence_chain.regular import read_named
from evidence_chain.wording.plural import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from evidence_chain.kinds import Kind

Item = dict[str, Any]
LARGEST = 1 << 30
"""Bytes that a case file may have."""
LISTS = {
    "documents": ("key", "file", "sha256", "blake3", "media_type"),
    "originals": ("key",),
    "evidence": (
        *("key", "kind", "document", "text", "start", "end"),
        *("derives_from", "answers", "translates"),
    ),
    "claims": ("key", "slug", "statement", "note"),
    "links": ("from", "to", "relation", "note"),
}
"""The lists of a case file, and the keys of their items that are no fields of a kind."""
_PLACES = ("start", "end")
TOLD = 100
"""Things that are wrong, of which each is told."""


def fields_of(kind: Kind) -> list[str]:
    """The fields of a kind that a case file may fill in: what a person types in, flags, `more`."""
    known = [field.name for field in kind.own if field.asked or field.name == "flags"]
    return [*(name for name in known if name != "text" or kind is kinds.ORIGINAL), MORE.name]


def read_case_file(path: Path) -> tuple[dict[str, list[Item]], set[str]]:
    """The lists of a case file, and the names of what else it has.

    Raises:
        InputError: it can't be read, or is malformed.
    """
    content = _parsed(path)
    lists = {name: content.get(name, []) for name in LISTS}
    wrong = []
    for name, items in lists.items():
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            raise InputError(f"In the case file {path}, {name} is no list of objects.")
        wrong += [problem for item in items for problem in _misshapen(name, item)]
    if wrong:
        raise InputError(f"The case file {path} can't be read:\n" + "\n".join(wrong[:TOLD]))
    return lists, content.keys() - LISTS.keys()


def _misshapen(name: str, item: Item) -> Iterator[str]:
    """What is of another type than it has to be, of the keys that are no fields of a kind."""
    for key in LISTS[name]:
        value = item.get(key)
        if key in _PLACES:
            if value is not None and (type(value) is not int or value < 0):
                yield f"{name}: {key} is no number of a character: {json.dumps(value)[:80]}."
        elif value is not None and not isinstance(value, str):
            yield f"{name}: {key} is no text: {json.dumps(value)[:80]}."


def _parsed(path: Path) -> dict[str, Any]:
    try:
        text = read_named(path, LARGEST + 1)
    except OSError as error:
        raise InputError(f"The case file {path} can't be read: {error.strerror}.") from error
    if len(text) > LARGEST:
        raise InputError(f"The case file {path} is larger than {LARGEST:,} bytes. Divide it.")
    try:
        content = json.loads(text, object_pairs_hook=_once)
        json.dumps(content, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise InputError(
            f"The case file {path} has half a character, {error.object[error.start]!a}, which no "
            "text can hold."
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path} is neither a table (.csv, .tsv) nor a case file in JSON, which is what import "
            "takes, or a folder. If it is a workbook, save its sheet as CSV, and import that."
        ) from error
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"The case file {path} is not JSON: {error}. Import takes a case file in JSON, a table "
            "in CSV whose name ends in .csv or .tsv, or a folder."
        ) from error
    if not isinstance(content, dict):
        raise InputError(f"The case file {path} is no object with lists of documents and so on.")
    return content


def _once(pairs: list[tuple[str, Any]]) -> Item:
    """An object whose keys each stand there once: of two, one would be lost."""
    item = dict(pairs)
    if len(item) < len(pairs):
        (key, count), *_ = Counter(key for key, _ in pairs).most_common(1)
        raise ValueError(f"one object has the key {key[:80]!r} {count} times")
    return item


def needed(item: Item, name: str, where: str) -> str:
    """The text that an item must have under this name.

    Raises:
        InputError: it hasn't.
    """
    value = item.get(name)
    if not isinstance(value, str) or not value:
        raise InputError(f"An item of {where} has no {name}: {json.dumps(item)[:120]}.")
    return value


def reference(item: Item, name: str) -> str | None:
    """The key that an item names, if it names one.

    Raises:
        InputError: it is no text.
    """
    value = item.get(name)
    if value is not None and not isinstance(value, str):
        raise InputError(f"The {name} of an item is no key: {json.dumps(value)[:80]}.")
    return value or None


class Problems:
    """What is wrong in a case file, gathered so that it is told at once."""

    def __init__(self) -> None:
        self._found: list[tuple[str, EvidenceError]] = []
        self.keys: set[str] = set()
        """The keys of items that could not be recorded, of which others need not complain."""

    @contextmanager
    def of(self, where: str, item: Item) -> Iterator[None]:
        """Note what is wrong with an item, and go on after it."""
        key = item.get("key")
        try:
            yield
        except StorageError:
            raise
        except EvidenceError as error:
            self._found.append((str(key or item.get("from") or where), error))
            if isinstance(key, str):
                self.keys.add(key)

    def raise_all(self, ignored: Iterable[str] = ()) -> None:
        """Raise one error that tells all of them, if there are any.

        Args:
            ignored: Names in the file that nothing reads, which may be what is wrong.
        """
        if not self._found:
            return
        error = self._as_one()
        if names := ", ".join(sorted(ignored)):
            told = f"{str(error).removesuffix('.')}.\nNothing reads what is called {names}."
            error.args = (told, *error.args[1:])
        raise error

    def _as_one(self) -> EvidenceError:
        key, error = self._found[0]
        if len(self._found) == 1 and not isinstance(error, PassageError):
            if key not in str(error):
                error.args = (f"{key}: {error}", *error.args[1:])
            return error
        told = [f"{key}: {error}" for key, error in self._found[:TOLD]]
        if more := len(self._found) - TOLD:
            told += [f"… and {more:,} more."] if more > 0 else []
        verb = "is" if len(self._found) == 1 else "are"
        return self._kind()(
            f"{counted(len(self._found), 'thing')} in the file {verb} wrong, so nothing was "
            "recorded.\n" + "\n".join(told)
        )

    def _kind(self) -> type[EvidenceError]:
        for kind in (PassageError, ExtractionError):
            if all(isinstance(error, kind) for _, error in self._found):
                return kind
        return InputError
