"""Why a file has no text, told of the file that the user knows."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from evidence_chain.errors import ExtractionError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def told_of(name: str, path: str) -> Iterator[None]:
    """What is said of a file's text names the document, and not where the file lies for now."""
    try:
        yield
    except ExtractionError as error:
        told = named(str(error), path, name)
        error.args = (told if name in told else f"{name}: {told}", *error.args[1:])
        raise


def named(told: str, path: str, name: str) -> str:
    """What was told of the file at `path`, with the document's name in the place of that."""
    return told.replace(repr(path), name).replace(path, name)
