"""What is remembered of one copy of a case, beside the key of its log.

Nobody writes there who can change the case alone, and no copy of the case brings it along.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from evidence_chain.digest import b3
from evidence_db.store.keys.key_file import make_closed, named_after

if TYPE_CHECKING:
    from pathlib import Path


def path_beside(origin: str, purpose: str, case: Path) -> Path:
    """Where it lies.

    Args:
        origin: The name of the log.
        purpose: A word for what is remembered.
        case: The directory of the case.
    """
    return named_after(origin, f"{purpose}-{b3(str(case).encode()).hex()[:16]}")


def make_beside(path: Path) -> None:
    """Make a file there, empty, that nobody else can read.

    Raises:
        FileExistsError: there is one.
        OSError: it can't be made.
    """
    make_closed(path.parent)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
