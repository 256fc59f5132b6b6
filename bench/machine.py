"""On what was measured."""

from __future__ import annotations

import os
import platform
import sqlite3
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


def machine(size: str, other_work: float | None) -> dict[str, str]:
    """What the head of results says of a run of that size."""
    other = "unknown" if other_work is None else f"{other_work:.0%} of the time of all cores"
    return {
        "Size": size,
        "Date": time.strftime("%Y-%m-%d"),
        "Machine": f"{processor()}, {os.cpu_count()} cores, {platform.system()}",
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
        "Packages": ", ".join(map(package, ("blake3", "orjson", "click"))),
        "Other work meanwhile": other,
    }


def processor() -> str:
    """What the machine's processor is called."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def package(name: str) -> str:
    """A package with its version, or that it is missing."""
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return f"{name} (missing)"
