"""A passage between the words that stand around it."""

from __future__ import annotations

from unicodedata import category

from evidence_cli.terminal import wrapped


def between(before: str, exact: str, after: str) -> str:
    """A passage in double brackets, between what stands before and after it, indented."""
    return wrapped(_spaced(f"… {before}[[{exact}]]{after} …"), "  ")


def _spaced(text: str) -> str:
    """`text` with control codes, such as the ends of pages, as spaces."""
    return "".join(" " if category(one) == "Cc" else one for one in text)
