"""Tells how a guarded process is confined, from within one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.extract.guard.isolation import Isolation, confined

if TYPE_CHECKING:
    from typing import BinaryIO

    from evidence_chain.canonical import Json


class Told(NamedTuple):
    """What holds for the process that tells."""

    isolation: Isolation

    def pack(self) -> tuple[dict[str, Json], bytes]:
        """The same as JSON and bytes, to be sent through a pipe."""
        return self.isolation.as_json(), b""


def tell(_: BinaryIO) -> Told:
    """Return what holds for this process."""
    return Told(confined())


def isolation() -> Isolation:
    """Return how parsers are confined on this machine, by starting a guarded process.

    Raises:
        ExtractionError: none can be started or confined.
    """
    import sys

    from evidence_chain.extract.guard.guard import run

    with open(os.devnull, "rb") as nothing:
        head, _ = run(sys.modules[__name__], nothing, function="tell")
    return Isolation(head["by"], head["lacking"])
