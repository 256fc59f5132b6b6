"""What a PDF's catalog and its properties tell: Info, XMP, layers, scripts; read with pypdf."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from evidence_chain.inspect import xmp
from evidence_chain.inspect.finding import Finding, listing
from evidence_chain.inspect.properties import named

if TYPE_CHECKING:
    from collections.abc import Iterator

BROKEN = (
    *(PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError),
    *(AssertionError, NotImplementedError, OverflowError, OSError, EOFError),
)
"""What pypdf raises for files that are damaged."""
_INFO = {
    "Author": "author",
    **dict.fromkeys(("Title", "Subject", "Keywords"), "title"),
    **dict.fromkeys(("Producer", "Creator"), "producer"),
    **dict.fromkeys(("CreationDate", "ModDate"), "date"),
    "Company": "company",
}
_MOST_XMP = 4 << 20


def properties(data: bytes) -> tuple[list[Finding], list[str]]:
    """What the properties give away, and what of them could not be read."""
    found, unchecked = list[Finding](), list[str]()
    try:
        reader = PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted:
            reader.decrypt("")
    except BROKEN as error:
        return [], [_unread("properties", error)]
    for what, read in (("Info", _info), ("layers", _layers), ("scripts", _scripts)):
        try:
            found += read(reader)
        except BROKEN as error:
            unchecked.append(_unread(what, error))
    try:
        packet = _packet(reader)
    except BROKEN as error:
        return found, [*unchecked, _unread("XMP", error)]
    if packet:
        told, why = xmp.read(packet)
        found, unchecked = found + told, unchecked + why
    return _without_repeated(found), unchecked


def _unread(what: str, error: BaseException) -> str:
    return f"{what} can't be read ({type(error).__name__}: {str(error)[:100]})"


def _info(reader: PdfReader) -> Iterator[Finding]:
    info = reader.trailer.get("/Info")
    held = info.get_object() if info is not None else {}
    values = [(name.lstrip("/"), str(value.get_object())) for name, value in held.items()]
    yield from named(values, _INFO, "Info")


def _layers(reader: PdfReader) -> Iterator[Finding]:
    layers = _held(reader.root_object, "/OCProperties")
    names = [str(_held(one.get_object(), "/Name")) for one in _held(layers, "/OCGs") or ()]
    off = [one.get_object() for one in _held(_held(layers, "/D"), "/OFF") or ()]
    if names:
        hidden = (
            f"; switched off: {listing(str(_held(one, '/Name')) for one in off)}" if off else ""
        )
        yield Finding("layer", "layers", listing(names) + hidden)


def _scripts(reader: PdfReader) -> Iterator[Finding]:
    """Scripts that run when the file is opened; those by name are found with the pages."""
    for key in ("/OpenAction", "/AA"):
        actions = _held(reader.root_object, key)
        if isinstance(actions, dict):
            candidates = [actions, *(one.get_object() for one in actions.values())]
            for action in candidates:
                if isinstance(action, dict) and action.get("/S") == "/JavaScript":
                    script = _held(action, "/JS")
                    said = script.get_data() if hasattr(script, "get_data") else script
                    yield Finding("javascript", key.lstrip("/"), str(said))


def _packet(reader: PdfReader) -> bytes:
    stream = _held(reader.root_object, "/Metadata")
    data: bytes = stream.get_data() if stream is not None else b""
    if len(data) > _MOST_XMP:
        raise ValueError("it has more than 4 MB")
    return data


def _held(holder: Any, key: str) -> Any:  # noqa: ANN401 - pypdf's objects
    """What an entry of a dictionary refers to; `None` where there is none."""
    found = holder.get(key) if isinstance(holder, dict) else None
    return found.get_object() if found is not None else None


def _without_repeated(found: list[Finding]) -> list[Finding]:
    """Each thing once: XMP repeats what Info says."""
    once = {(one.kind, one.gives): one for one in reversed(found)}
    return [one for one in found if once[(one.kind, one.gives)] is one]
