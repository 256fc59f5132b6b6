"""Files within files: what an e-mail or archive holds is preserved for itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import Parts, contents, sniff, why_unquotable
from evidence_db.recording.adding import Recorded, add_artifact, add_link

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from contextlib import ExitStack

    from evidence_db.recording.writer import Writer
    from evidence_db.store.files import Files
    from evidence_db.store.incoming import Incoming

MAX_DEPTH = 3
"""How deep files within files are followed."""
MAX_PARTS = 1000
"""Files that one file may bring with it, at any depth."""
MAX_BYTES = 256 << 20
"""Bytes that they may have in all."""


@dataclass(frozen=True, slots=True)
class Container:
    """A received file and the files received from within it."""

    incoming: Incoming
    name: str
    parts: list[Container] = field(default_factory=list)
    unread: str | None = None
    """Why the files within it could not be had, if so."""
    held: Parts = field(default_factory=lambda: Parts([]))
    """What is to be told of it, its pages, and what it refers to; not the files themselves."""


@dataclass(frozen=True, slots=True)
class Preserved:
    """A file of a container, and its record."""

    name: str
    recorded: Recorded
    within: str | None
    """The id of the file that it was in."""
    unread: str | None
    held: Parts
    """What is to be told of it, its pages, and what it refers to."""
    unquotable: str | None = None
    """What it is and what to do, if no text is drawn from it."""


@dataclass
class _Room:
    """What a file may still bring with it."""

    parts: int
    size: int
    everything: bool

    def take(self, content: bytes) -> bool:
        """Whether there is room for one more."""
        if not self.parts or len(content) > self.size:
            return False
        self.parts -= 1
        self.size -= len(content)
        return True


def unpack(
    files: Files, incoming: Incoming, name: str, stack: ExitStack, *, everything: bool = False
) -> Container:
    """Receive the files within a received file, and those within them.

    Needs no transaction, since reading a file may take long.

    Args:
        files: Where they are received.
        incoming: The received file.
        name: What it is called.
        stack: Removes what no record took over.
        everything: Whether those are wanted, too, that a web archive's pages are made of.
    """
    return _unpack(files, incoming, name, stack, _Room(MAX_PARTS, MAX_BYTES, everything), 0)


def _unpack(
    files: Files, incoming: Incoming, name: str, stack: ExitStack, room: _Room, depth: int
) -> Container:
    try:
        media_type = sniff(incoming.head, name, incoming.tail)
        held = contents(incoming.path, media_type, everything=room.everything)
    except ExtractionError as error:
        return Container(incoming, name, unread=str(error))
    inner, left = list[Container](), 0
    for part in held.parts:
        if not part.content:
            continue
        if depth == MAX_DEPTH or not room.take(part.content):
            left += 1
            continue
        one = stack.enter_context(files.receive_bytes(part.content, part.name))
        inner.append(_unpack(files, one, part.name, stack, room, depth + 1))
    unread = _left_out(left, len(held.parts)) if left else None
    return Container(incoming, name, inner, unread, held._replace(parts=[]))


def _left_out(left: int, found: int) -> str:
    return (
        f"{left} of the {found} files within it were left out: of one file, files are taken to a "
        f"depth of {MAX_DEPTH}, up to {MAX_PARTS:,} of them and {MAX_BYTES >> 20} MB. Save those "
        "that matter and add them by themselves."
    )


def preserve(writer: Writer, container: Container, about: Mapping[str, Any]) -> list[Preserved]:
    """Record a container and all within it, each of which derives from what it was in."""
    return list(_preserve(writer, container, about, None))


def _preserve(
    writer: Writer, container: Container, about: Mapping[str, Any], within: str | None
) -> Iterator[Preserved]:
    recorded = add_artifact(writer, container.incoming, container.name, about)
    if within is not None and recorded.new:
        add_link(writer, "derives-from", recorded.id, within)
    writer.flush()
    incoming = container.incoming
    media_type = sniff(incoming.head, container.name, incoming.tail)
    why = why_unquotable(media_type, incoming.head, incoming.tail)
    yield Preserved(container.name, recorded, within, container.unread, container.held, why)
    for part in container.parts:
        yield from _preserve(writer, part, {}, recorded.id)
