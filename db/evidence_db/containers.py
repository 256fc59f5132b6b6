"""Files within files: what an e-mail or archive holds is preserved for itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import parts, sniff
from evidence_db.recording import Recorded, add_artifact, add_link

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from contextlib import ExitStack

    from evidence_db.files import Files, Incoming
    from evidence_db.writing import Writer

MAX_DEPTH = 3
"""How deep files within files are followed."""
MAX_PARTS = 1000
"""Files that one file may bring with it."""


@dataclass(frozen=True, slots=True)
class Container:
    """A received file and the files received from within it."""

    incoming: Incoming
    name: str
    parts: list[Container] = field(default_factory=list)
    unread: str | None = None
    """Why the files within it could not be had, if so."""


@dataclass(frozen=True, slots=True)
class Preserved:
    """A file of a container, and its record."""

    name: str
    recorded: Recorded
    within: str | None
    """The id of the file that it was in."""
    unread: str | None


def unpack(files: Files, incoming: Incoming, name: str, stack: ExitStack) -> Container:
    """Receive the files within a received file, and those within them.

    Needs no transaction, since reading a file may take long.
    """
    return _unpack(files, incoming, name, stack, 0)


def _unpack(files: Files, incoming: Incoming, name: str, stack: ExitStack, depth: int) -> Container:
    if depth == MAX_DEPTH:
        return Container(incoming, name)
    try:
        found = parts(incoming.path, sniff(incoming.head, name))
    except ExtractionError as error:
        return Container(incoming, name, unread=str(error))
    inner = []
    for part in found[:MAX_PARTS]:
        if part.content:
            one = stack.enter_context(files.receive_bytes(part.content, part.name))
            inner.append(_unpack(files, one, part.name, stack, depth + 1))
    left = len(found) - MAX_PARTS
    unread = f"{left} of the {len(found)} files within it were left out." if left > 0 else None
    return Container(incoming, name, inner, unread)


def preserve(writer: Writer, container: Container, about: Mapping[str, Any]) -> list[Preserved]:
    """Record a container and all within it, each of which derives from what it was in."""
    return list(_preserve(writer, container, about, None))


def _preserve(
    writer: Writer, container: Container, about: Mapping[str, Any], within: str | None
) -> Iterator[Preserved]:
    recorded = add_artifact(writer, container.incoming, container.name, about)
    if within is not None and recorded.id != within:
        add_link(writer, "derives-from", recorded.id, within)
    writer.flush()
    yield Preserved(container.name, recorded, within, container.unread)
    for part in container.parts:
        yield from _preserve(writer, part, {}, recorded.id)
