"""Tells how a guarded process is confined, from within one."""

from __future__ import annotations

import os
import sys
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, cast

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.guard.isolation import Isolation, confined

if TYPE_CHECKING:
    from typing import BinaryIO

    from evidence_chain.canonical import Json
    from evidence_chain.extract.stream import Extractor


class Told(NamedTuple):
    """What holds for the process that tells."""

    isolation: Isolation

    def pack(self) -> tuple[dict[str, Json], bytes]:
        """The same as JSON and bytes, to be sent through a pipe."""
        return self.isolation.as_json(), b""


def tell(_: BinaryIO) -> Told:
    """Return what holds for this process."""
    return Told(confined())


@cache
def isolation() -> Isolation:
    """Return how parsers are confined on this machine, as a guarded process finds it."""
    from evidence_chain.extract.guard.guard import run

    try:
        with open(os.devnull, "rb") as nothing:
            head, _ = run(cast("Extractor", sys.modules[__name__]), nothing, function="tell")
    except ExtractionError as error:
        return Isolation([], [f"anything, and so are not run: {error}"])
    return Isolation(
        *(list(map(str, cast("list[Json]", head[name]))) for name in Isolation._fields)
    )
