"""The pages, one file each (see `answering.page`). What two of them share lies in other folders."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType


def modules() -> list[ModuleType]:
    """Every page: whatever lies in this folder, and in folders of it."""
    found = pkgutil.walk_packages(__path__, f"{__name__}.")
    return [importlib.import_module(module.name) for module in found if not module.ispkg]
