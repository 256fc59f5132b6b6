"""What a parser may read besides its file: its interpreter, libraries, fonts and OCR data."""

from __future__ import annotations

import os
import shutil
import sys
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LIBRARIES = (
    *("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/nix/store"),
    "/etc/ld.so.cache",
)
_FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/X11/fonts")
_OCR_DATA = ("share/tessdata", "share/tesseract-ocr")
"""Below where a program is installed."""


def libraries(module: str) -> list[str]:
    """The folders of Python, of what is installed for it, of the system's libraries and fonts.

    Not whatever is in `sys.path`: a script's own folder may be that of the case.

    Args:
        module: the name of the module whose package is read, too.
    """
    own = {"evidence_chain", module.partition(".")[0]} & sys.modules.keys()
    packages = [path for name in own for path in getattr(sys.modules[name], "__path__", ())]
    return [*_installed(tuple(sys.path)), *packages, *_LIBRARIES, *_FONTS]


@cache
def _installed(paths: tuple[str, ...]) -> list[str]:
    python = [os.path.dirname(os.__file__), os.path.join(sys.base_prefix, "lib")]
    return python + [path for path in paths if path and _holds_packages(path)]


def _holds_packages(path: str) -> bool:
    """Whether programs were installed into a folder, as pip and distributions do."""
    if os.path.basename(path) == "lib-dynload":
        return True
    try:
        names = os.listdir(path)
    except OSError:
        return False
    return any(name.endswith((".dist-info", ".egg-info")) for name in names)


def programs(names: Iterable[str]) -> tuple[list[str], list[str]]:
    """Where programs are that are installed, and what they read."""
    found = [os.path.realpath(path) for path in map(shutil.which, names) if path]
    prefixes = dict.fromkeys(os.path.dirname(os.path.dirname(path)) for path in found)
    return found, [os.path.join(one, data) for one in prefixes for data in ("lib", *_OCR_DATA)]
