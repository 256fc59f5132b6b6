"""Which extractor reads a media type: those of the folders here, and those of other packages."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from evidence_chain.errors import ExtractionError

if TYPE_CHECKING:
    from evidence_chain.extract.stream import Extractor

GROUP = "evidence_chain.extractors"
_HERE = "evidence_chain.extract"


def extractor_for(media_type: str) -> Extractor:
    """The extractor of a media type.

    Raises:
        ExtractionError: there is none here.
    """
    known = known_for(media_type)
    if media_type in known:
        return known[media_type]
    raise ExtractionError(
        f"Nothing here draws text from {media_type}. There are extractors for "
        f"{', '.join(sorted(known))}; install a package with another, or preserve the document "
        "in one of these forms too."
    )


def known_for(media_type: str) -> dict[str, Extractor]:
    """Extractors by media type: those of other packages only where none of ours reads it."""
    named = _named_like(media_type)
    if media_type in named:
        return named
    own = own_extractors()
    return own if media_type in own else own | others_extractors()


@cache
def own_extractors() -> dict[str, Extractor]:
    """The folders in here that read a media type, by media type."""
    return _extractors_in(folders_here())


@cache
def _named_like(media_type: str) -> dict[str, Extractor]:
    """What the folders read whose name is in a media type, such as `pdf` in `application/pdf`.

    They are nearly always the ones to ask, and the others need not be loaded then.
    """
    return _extractors_in([name for name in folders_here() if name in media_type])


@cache
def folders_here() -> list[str]:
    """The folders in here, by name."""
    import importlib
    import pkgutil

    path = importlib.import_module(_HERE).__path__
    return [module.name for module in pkgutil.iter_modules(path) if module.ispkg]


def _extractors_in(folders: list[str]) -> dict[str, Extractor]:
    import importlib

    modules = [importlib.import_module(f"{_HERE}.{name}") for name in folders]
    return {kind: module for module in modules for kind in getattr(module, "MEDIA_TYPES", ())}


@cache
def others_extractors() -> dict[str, Extractor]:
    """Those of other packages; ours come first where both read a type.

    Raises:
        ExtractionError: an installed package promises an extractor that can't be imported.
    """
    from importlib.metadata import entry_points

    try:
        modules = [point.load() for point in entry_points(group=GROUP)]
    except (ImportError, AttributeError) as error:
        raise ExtractionError(
            f"An installed extractor can't be loaded: {error}. Repair or remove its package."
        ) from error
    return {kind: module for module in modules for kind in module.MEDIA_TYPES}
