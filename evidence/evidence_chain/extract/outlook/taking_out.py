"""The files that are attached to a message, and to those that are attached to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.extract.outlook.reading import CONTENT, is_message, name_of
from evidence_chain.extract.stream import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_chain.extract.outlook.compound import Storage

_DEEPEST = 25


def attachments(message: Storage, depth: int = 0) -> Iterator[Part]:
    """Each file with its name as the sender wrote it, and its bytes."""
    for one in message.within("__attach"):
        inner = one.object(CONTENT)
        if inner and is_message(inner) and depth < _DEEPEST:
            yield from attachments(inner, depth + 1)
        elif (content := one.binary(CONTENT)) is not None:
            yield Part(name_of(one), content)
