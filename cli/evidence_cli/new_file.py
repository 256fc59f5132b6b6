"""A file that a command makes for its user, in no other's place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path


def write_new(path: Path, data: bytes, called: str) -> None:
    """Write a file that must not be there yet.

    Args:
        path: Where it goes.
        data: What it holds.
        called: What it is, as a sentence begins with it, such as `The proof`.

    Raises:
        InputError: something is there, or nothing can be written there.
    """
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError as error:
        raise InputError(
            f"{path} is there already, and is left as it is. Name another file, or remove that one."
        ) from error
    except OSError as error:
        raise InputError(f"{called} can't be written to {path}: {error.strerror}.") from error
