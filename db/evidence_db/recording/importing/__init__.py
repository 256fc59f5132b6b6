"""A whole case from a file or a folder (`listed`), recorded in one transaction or not at all."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from evidence_chain import kinds
from evidence_chain.errors import InputError
from evidence_chain.kinds.forms import slug_of
from evidence_db.reading.references import find_record
from evidence_db.recording.adding import add_claim, add_link, add_original, free_slug
from evidence_db.recording.importing.case_file import (
    LISTS,
    Problems,
    fields_of,
    needed,
)
from evidence_db.recording.importing.evidence import Passages
from evidence_db.recording.importing.imported import Imported
from evidence_db.recording.importing.listed import read_listed
from evidence_db.recording.preserving.containers import Container, preserve, unpack
from evidence_db.store.tables.validating import validate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from evidence_db.case import Case
    from evidence_db.recording.adding import Recorded
    from evidence_db.recording.importing.case_file import Item
    from evidence_db.recording.writer import Writer


class _DryRunError(Exception):
    """Leaves a transaction that is not to be kept."""


def import_case(
    case: Case,
    path: Path,
    writer: Writer,
    progress: Callable[[str, int, int], None],
    *,
    first: bool = False,
    dry_run: bool = False,
) -> Imported:
    """Record all that a case file, table or folder lists in one transaction, or nothing.

    Rows are held against the models before they are inserted.

    Args:
        case: The case.
        path: The case file, the table, or the folder.
        writer: A transaction that was not begun.
        progress: Is told what is done, how much of it, of how much.
        first: Whether the first of several places is taken, where the file doesn't say which.
        dry_run: Whether nothing is to be recorded after all.

    Raises:
        InputError: the file can't be read or is malformed, or a document is not the one whose
            digest it gives, or anything else is wrong. The message tells all that is.
        PassageError: passages do not stand in their documents; the message names each.
    """
    listed = read_listed(path)
    lists = listed.lists
    writer.validate = validate
    problems = Problems()
    with _kept_unless(dry_run=dry_run), ExitStack() as stack:
        received = _receive(case, listed.directory, lists["documents"], stack, problems)
        stack.enter_context(writer)
        importing = _Import(case, writer, lists, problems, progress)
        importing.result.ignored |= listed.unknown
        importing.result.left_out |= listed.left_out
        importing.run(received, stack, first=first)
        problems.raise_all(importing.result.ignored)
        if dry_run:
            raise _DryRunError(importing)
    if not dry_run:
        importing.passages.keep_texts()
    return importing.result


@contextmanager
def _kept_unless(*, dry_run: bool) -> Iterator[None]:
    try:
        yield
    except _DryRunError:
        if not dry_run:
            raise


def _receive(
    case: Case, directory: Path, documents: list[Item], stack: ExitStack, problems: Problems
) -> dict[str, Container]:
    """Copy every document in, with the files within it, and compare digests with those given."""
    received = {}
    for item in documents:
        with problems.of("documents", item):
            key = needed(item, "key", "documents")
            received[key] = _received(case, directory, item, stack)
    return received


def _received(case: Case, directory: Path, item: Item, stack: ExitStack) -> Container:
    key, file = item["key"], needed(item, "file", "documents")
    if "\0" in file:
        raise InputError(f"The document {key} has the file name {file!r}, which no file can have.")
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
    return unpack(case.files, incoming, file.rpartition("/")[2], stack)


class _Import:
    def __init__(
        self,
        case: Case,
        writer: Writer,
        content: Mapping[str, list[Item]],
        problems: Problems,
        progress: Callable[[str, int, int], None],
    ) -> None:
        self.case = case
        self.writer = writer
        self.content = content
        self.problems = problems
        self.progress = progress
        self.result = Imported()
        self.passages: Passages
        self._received: Mapping[str, Container] = {}
        self._against: dict[str, tuple[int, str, str]] = {}

    def run(self, received: Mapping[str, Container], stack: ExitStack, *, first: bool) -> None:
        self._check_keys()
        self.passages = Passages(
            self.case, self.writer, self.problems, self._id, received, stack, first=first
        )
        self._received = received
        self._each("documents", self._document)
        self._each("originals", self._original)
        self._each("evidence", self._passage)
        self._evidence()
        self._each("claims", self._claim)
        self._each("links", self._link)
        self._tell_unnoted()

    def _id(self, key: str) -> str:
        """The id of the record that the file, or else the case, calls so.

        Raises:
            InputError: there is none.
        """
        if key in self.result.ids:
            return self.result.ids[key]
        self.writer.flush()
        try:
            return find_record(self.writer.reader, key).id
        except InputError as error:
            raise InputError(f"No item of the file is called {key!r}. {error}") from None

    def _document(self, item: Item) -> None:
        about = self._fields("documents", item)
        if item.get("key") not in self._received:
            return  # why is told already
        received = self._received[item["key"]]
        container, *within = preserved = preserve(self.writer, received, about)
        self._note("documents", item["key"], container.recorded)
        for part in within:
            self._note("attachments", None, part.recorded)
        self.result.unread |= {one.name: one.unread for one in preserved if one.unread}
        self.result.told |= {one.name: one.held.told for one in preserved if one.held.told}
        typed = {"media_type": item["media_type"]} if item.get("media_type") else {}
        self._tell_not_taken(item["key"], container.recorded, {**about, **typed}, always=True)

    def _original(self, item: Item) -> None:
        key, about = needed(item, "key", "originals"), self._fields("originals", item)
        needed(item, "title", "originals")
        self._note("originals", key, add_original(self.writer, about))

    def _passage(self, item: Item) -> None:
        kind = kinds.evidence_kind(needed(item, "kind", "evidence"))
        self.passages.look_for(item, kind, self._fields("evidence", item, kind))

    def _evidence(self) -> None:
        for item, recorded, passage in self.passages.record():
            key = item["key"]
            self._note("evidence", key, recorded)
            if passage is None:
                continue
            self._links(item, "derives_from")
            if "ambiguous" in passage.notes:
                self.result.chosen[key] = self.passages.places(item["document"], passage)
            if not passage.accepted:
                why = passage.notes or [str(passage.match.status)]
                self.result.to_sign[key] = why
        for item in self.content["evidence"]:
            if item.get("key") in self.result.ids and item.get("document"):
                self._links(item, "answers", "translates")

    def _links(self, item: Item, *names: str) -> None:
        for recorded in self.passages.link(item, *names):
            self._note("links", None, recorded)

    def _claim(self, item: Item) -> None:
        self._ignore("claims", item, ())
        statement = needed(item, "statement", "claims")
        slug = item.get("slug") or free_slug(self.writer, slug_of(statement), statement)
        recorded = add_claim(self.writer, slug, statement, item.get("note"))
        self._note("claims", item.get("key", slug), recorded)
        self._tell_not_taken(slug, recorded, {"note": item.get("note")})

    def _link(self, item: Item) -> None:
        self._ignore("links", item, ())
        relation, from_, to = (needed(item, n, "links") for n in ("relation", "from", "to"))
        if self.problems.keys & {from_, to}:
            return
        recorded = add_link(self.writer, relation, self._id(from_), self._id(to), item.get("note"))
        self._note("links", None, recorded)
        said = f"{from_} {relation} {to}"
        self._tell_not_taken(said, recorded, {"note": item.get("note")})
        if relation == "contradicts":
            self._against[said] = recorded.index, self._id(from_), self._id(to)

    def _tell_unnoted(self) -> None:
        """Tell which contradictions have no note, in the case if not in the file."""
        self.writer.flush()
        reader = self.writer.reader
        for said, (link, from_, to) in self._against.items():
            made = reader.record(link)
            if not made.body.get("note"):
                slug = find_record(reader, to).body.get("slug")
                self.result.unnoted[said] = made.id, from_, str(slug or to[:8])

    def _each(self, name: str, record: Callable[[Item], None]) -> None:
        items = self.content[name]
        for done, item in enumerate(items, 1):
            self.progress(f"Recording {name}", done, len(items))
            with self.problems.of(name, item):
                record(item)

    def _check_keys(self) -> None:
        """Two items of one key would be one record too few."""
        seen: set[object] = set()
        for name in ("documents", "originals", "evidence", "claims"):
            for item in self.content[name]:
                with self.problems.of(name, item):
                    key = item.get("key")
                    if isinstance(key, str) and key in seen:
                        raise InputError(f"Two items of the case file have the key {key!r}.")
                    seen.add(key if isinstance(key, str) else None)

    def _fields(self, name: str, item: Item, kind: kinds.Kind | None = None) -> dict[str, Any]:
        """The fields of the kind that an item fills in."""
        known = fields_of(kind or {"documents": kinds.ARTIFACT}.get(name, kinds.ORIGINAL))
        self._ignore(name, item, known)
        return {key: item[key] for key in known if item.get(key) not in (None, "")}

    def _ignore(self, name: str, item: Item, known: list[str] | tuple[()]) -> None:
        kept = {*known, *LISTS[name]}
        self.result.ignored |= {f"{name}.{key}" for key in item if key not in kept}

    def _tell_not_taken(
        self, key: str, recorded: Recorded, said: Mapping[str, Any], *, always: bool = False
    ) -> None:
        """Tell what the file says of a record otherwise than the record itself."""
        if recorded.new and not always:
            return
        self.writer.flush()
        record = self.writer.reader.record(recorded.index)
        body = record.body
        for name, value in said.items():
            if value not in (None, "", body.get(name), record.sealed.get(name)):
                self.result.not_taken.append(
                    f"{key}: {name} is {value!r} here, and {body.get(name)!r} in the case"
                )

    def _note(self, name: str, key: str | None, recorded: Recorded) -> None:
        count = self.result.added if recorded.new else self.result.present
        count[name] += 1
        if key is not None:
            self.result.ids[key] = recorded.id
