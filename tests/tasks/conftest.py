"""Whoever does the tasks."""

from cli.conftest import case, person

__all__ = ["case", "person"]
