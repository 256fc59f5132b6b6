"""Signing the cases that are measured, which share one key and one origin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_db.recording.attesting.signing import sign_checkpoint
from evidence_db.store.keys.key_file import kept_path

if TYPE_CHECKING:
    from evidence_db.case import Case


def sign(case: Case, origin: str) -> None:
    """Sign a case, and forget it, so that the next one isn't taken for another log of its name."""
    sign_checkpoint(case)
    kept_path(origin).unlink()
