"""A whole case from a JSON file: documents, originals, evidence, claims and links.

The file is an object of lists, whose items name each other by their `key`:

    documents   key, file, sha256 or blake3, and any field of a preserved file
    originals   key, title, and any field of an original
    evidence    key, kind, document, text, start, end, derives_from, and any field of the kind
    claims      key, slug, statement, note
    links       from, to, relation, note
"""

from __future__ import annotations

import json
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from evidence_chain import kinds
from evidence_chain.errors import InputError, PassageError
from evidence_chain.regular import read_named
from evidence_db.recording.adding import add_claim, add_link, add_original, add_passage
from evidence_db.recording.containers import Container, preserve, unpack
from evidence_db.recording.document import received
from evidence_db.recording.outline import Where
from evidence_db.store.models import validate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from evidence_db.case import Case
    from evidence_db.recording.adding import Recorded
    from evidence_db.recording.document import Document
    from evidence_db.recording.passages import Passage
    from evidence_db.recording.writer import Writer

Item = dict[str, Any]
LARGEST = 1 << 30
"""Bytes that a case file may have."""
_LISTS = ("documents", "originals", "evidence", "claims", "links")
_OWN_KEYS = {
    "documents": {"key", "file", "sha256", "blake3", "media_type"},
    "originals": {"key"},
    "evidence": {"key", "kind", "document", "start", "end", "derives_from", "answers"},
    "claims": {"key", "slug", "statement", "note"},
    "links": {"from", "to", "relation", "note"},
}


@dataclass
class Imported:
    """What an import recorded, and what was there already."""

    added: Counter[str] = field(default_factory=Counter)
    present: Counter[str] = field(default_factory=Counter)
    ids: dict[str, str] = field(default_factory=dict)
    """The id of each item of the file by its key."""
    ignored: set[str] = field(default_factory=set)
    """Keys of the file that no field stands for, such as `documents.colour`."""
    unread: dict[str, str] = field(default_factory=dict)
    """Why files within a document were not preserved for themselves, by the document's name."""


def import_case(
    case: Case, path: Path, writer: Writer, progress: Callable[[str, int, int], None]
) -> Imported:
    """Record all that the case file `path` lists in one transaction, or nothing.

    Rows are held against the models before they are inserted.

    Raises:
        InputError: the file can't be read or is malformed, or a document is not the one whose
            digest it gives.
        PassageError: passages do not stand in their documents; the message names each.
    """
    content = _read(path)
    writer.validate = validate
    with ExitStack() as stack:
        received = _receive(case, path.parent, content["documents"], stack)
        stack.enter_context(writer)
        importing = _Import(case, writer, content, received, stack, progress)
        result = importing.run()
    for one in importing.documents.values():
        body = one.record.body
        case.streams.keep(str(body["blake3"]), str(body["media_type"]), one.text)
    return result


def _read(path: Path) -> dict[str, list[Item]]:
    try:
        text = read_named(path, LARGEST + 1)
    except OSError as error:
        raise InputError(f"The case file {path} can't be read: {error.strerror}.") from error
    if len(text) > LARGEST:
        raise InputError(f"The case file {path} is larger than {LARGEST:,} bytes. Divide it.")
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"The case file {path} is not JSON: {error}.") from error
    if not isinstance(content, dict):
        raise InputError(f"The case file {path} is no object with lists of documents and so on.")
    lists = {name: content.get(name, []) for name in _LISTS}
    for name, items in lists.items():
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            raise InputError(f"In the case file {path}, {name} is no list of objects.")
    return lists


def _receive(
    case: Case, directory: Path, documents: list[Item], stack: ExitStack
) -> dict[str, Container]:
    """Copy every document in, with the files within it, and compare digests with those given."""
    received = {}
    for item in documents:
        key, file = _needed(item, "key", "documents"), _needed(item, "file", "documents")
        path = directory / file
        if not path.resolve().is_relative_to(directory.resolve()):
            raise InputError(
                f"The document {key} ({file}) lies outside the case file's directory. Nothing was "
                "recorded: put it beside the case file if it really belongs to the case."
            )
        incoming = stack.enter_context(case.files.receive(path))
        for name in ("sha256", "blake3"):
            if item.get(name) not in (None, getattr(incoming, name)):
                raise InputError(
                    f"The document {key} ({file}) is not the one that the case file means: its "
                    f"{name} is {getattr(incoming, name)}, not {item[name]}. Nothing was recorded."
                )
        received[key] = unpack(case.files, incoming, file.rpartition("/")[2], stack)
    return received


def _needed(item: Item, name: str, where: str) -> str:
    value = item.get(name)
    if not isinstance(value, str) or not value:
        raise InputError(f"An item of {where} has no {name}: {json.dumps(item)[:120]}.")
    return value


def _find(source: Document, item: Item) -> Passage:
    text = _needed(item, "text", "evidence")
    clause = str(item["clause"]) if item.get("clause") else None
    if "start" in item and "end" in item:
        return source.find(text, (item["start"], item["end"]), clause=clause)
    near = source.outline.near(text, Where(clause=clause))
    return source.find(text, near, clause=clause)


class _Import:
    def __init__(
        self,
        case: Case,
        writer: Writer,
        content: Mapping[str, list[Item]],
        received: Mapping[str, Container],
        stack: ExitStack,
        progress: Callable[[str, int, int], None],
    ) -> None:
        self.case = case
        self.writer = writer
        self.documents: dict[str, Document] = {}
        self.content = content
        self.received = received
        self.stack = stack
        self.progress = progress
        self.result = Imported()

    def run(self) -> Imported:
        for item in self._each("documents"):
            key, about = item["key"], self._fields("documents", item, kinds.ARTIFACT)
            container, *within = preserved = preserve(self.writer, self.received[key], about)
            self._note("documents", key, container.recorded)
            for part in within:
                self._note("attachments", None, part.recorded)
            self.result.unread |= {one.name: one.unread for one in preserved if one.unread}
        for item in self._each("originals"):
            about = self._fields("originals", item, kinds.ORIGINAL)
            self._note(
                "originals", _needed(item, "key", "originals"), add_original(self.writer, about)
            )
        self._evidence()
        for item in self._each("claims"):
            slug, statement = (_needed(item, name, "claims") for name in ("slug", "statement"))
            recorded = add_claim(self.writer, slug, statement, item.get("note"))
            self._note("claims", item.get("key", slug), recorded)
        for item in self._each("links"):
            relation, from_, to = (_needed(item, n, "links") for n in ("relation", "from", "to"))
            self._link(relation, from_, to, item.get("note"))
        return self.result

    def _evidence(self) -> None:
        """Find every passage first, so that all that are not there are told at once."""
        self.writer.flush()
        documents = self.documents
        found: dict[str, list[tuple[Item, Passage]]] = {}
        refused = []
        for item in self._each("evidence"):
            key = _needed(item, "document", "evidence")
            if key not in documents:
                record = self.writer.reader.record(self._index(key))
                documents[key] = self.stack.enter_context(received(self.case, record))
            try:
                found.setdefault(key, []).append((item, _find(documents[key], item)))
            except PassageError as error:
                refused.append(f"{item.get('key')}: {error}")
        if refused:
            raise PassageError(
                f"{len(refused)} passages do not stand in their documents as the case file has "
                "them, so nothing was recorded.\n" + "\n".join(refused)
            )
        passages: dict[int, Passage] = {}
        for key, some in found.items():
            pictured = documents[key].pictured([passage for _, passage in some])
            passages |= {id(item): one for (item, _), one in zip(some, pictured, strict=True)}
        for item in self.content["evidence"]:
            self._record_passage(item, passages[id(item)])

    def _record_passage(self, item: Item, passage: Passage) -> None:
        kind = kinds.evidence_kind(_needed(item, "kind", "evidence"))
        values = self._fields("evidence", item, kind)
        key = _needed(item, "key", "evidence")
        self._note("evidence", key, add_passage(self.writer, kind, passage, values))
        for relation in ("derives_from", "answers"):
            if item.get(relation):
                self._link(relation.replace("_", "-"), key, item[relation], None)

    def _link(self, relation: str, from_: str, to: str, note: str | None) -> None:
        recorded = add_link(self.writer, relation, self._id(from_), self._id(to), note)
        self._note("links", None, recorded)

    def _each(self, name: str) -> Iterator[Item]:
        items = self.content[name]
        for done, item in enumerate(items, 1):
            self.progress(f"Recording {name}", done, len(items))
            yield item

    def _fields(self, name: str, item: Item, kind: kinds.Kind) -> dict[str, Any]:
        """The fields of the kind that an item fills in."""
        known = {field.name for field in kind.own}
        fields = {key: value for key, value in item.items() if key not in _OWN_KEYS[name]}
        self.result.ignored |= {f"{name}.{key}" for key in fields.keys() - known}
        return {key: fields[key] for key in fields.keys() & known if fields[key] != ""}

    def _note(self, name: str, key: str | None, recorded: Recorded) -> None:
        count = self.result.added if recorded.new else self.result.present
        count[name] += 1
        if key is not None:
            self.result.ids[key] = recorded.id

    def _id(self, key: str) -> str:
        try:
            return self.result.ids[key]
        except KeyError:
            raise InputError(f"The case file has no item with the key {key!r}.") from None

    def _index(self, key: str) -> int:
        place = self.writer.place(self._id(key))
        if place is None or place.kind != "artifact":
            raise InputError(f"In the case file, {key!r} is no document.")
        return place.index
