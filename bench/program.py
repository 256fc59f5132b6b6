"""Running the program itself, as a person does."""

from __future__ import annotations

import sys
from pathlib import Path

from bench.measure import PROJECT, Run, command

_SCRIPT = Path(sys.executable).with_name("evidence")


def evidence(*words: str) -> Run:
    """Run `evidence` with these words, from its start to its end."""
    return command([sys.executable, str(_SCRIPT), *words], PROJECT)
