"""Parts of e-mails of which mail programs show different ones, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.extract.joining import wrap
from evidence_chain.extract.message.decoding import parameter, repeated_parameters, values
from evidence_chain.extract.message.mime import children, is_text
from evidence_chain.extract.message.sealed import ELSEWHERE
from evidence_chain.extract.stream import MarkKind

if TYPE_CHECKING:
    from email.message import Message

    from evidence_chain.extract.stream import Drawn

_SAY_HOW = ("content-type", "content-transfer-encoding", "content-disposition")
_BESIDE_TEXTS = ("text/calendar", "application/ics", "application/pkcs7-signature")
"""What programs make of an e-mail besides its text."""
_SMIL = "application/smil"
"""The root of messages from telephones, which shows all texts beside it."""
_BESIDE = "beside the text that mail programs show (multipart/related)"
_DIFFER = "programs differ over which part they show (start of multipart/related)"
_LATER = "programs differ over whether they show a version without text"


def disputed(part: Message, texts: list[Drawn]) -> list[Drawn]:
    """The texts of a part, `HIDDEN` if they are none, or if its header says twice what it is."""
    why = ELSEWHERE.get(part.get_content_type()) or _said_twice(part)
    return [wrap(each, MarkKind.HIDDEN, why) for each in texts] if why else texts


def related(part: Message, drawn: list[list[Drawn]]) -> list[Drawn]:
    """The texts of multipart/related (RFC 2387): the root's, then those beside it, as `HIDDEN`.

    Args:
        part: the whole; it may name its root, by a Content-ID; else it is the first.
        drawn: the texts of each part in it.
    """
    parts = children(part)
    wanted = _bare(parameter(part, "content-type", "start") or "")
    ids = [_bare(next(values(each, "content-id"), "")) for each in parts]
    root = ids.index(wanted) if wanted and wanted in ids else 0
    if not parts or parts[root].get_content_type() == _SMIL:
        return [piece for pieces in drawn for piece in pieces]
    first = [wrap(each, MarkKind.HIDDEN, _DIFFER) if root else each for each in drawn[root]]
    beside = [each for at, pieces in enumerate(drawn) if at != root for each in pieces]
    return first + [wrap(each, MarkKind.HIDDEN, _BESIDE) for each in beside]


def with_later(alternatives: list[Message], texts: list[Drawn]) -> list[Drawn]:
    """The texts of alternatives; the first is `HIDDEN` if a version without text comes after all.

    That is what programs show that can.
    """
    last = alternatives[-1] if alternatives else None
    usual = (
        last is None
        or last.is_multipart()
        or is_text(last)
        or last.get_content_disposition() == "attachment"
        or last.get_content_type() in _BESIDE_TEXTS
    )
    if usual or not texts:
        return texts
    return [wrap(texts[0], MarkKind.HIDDEN, _LATER), *texts[1:]]


def _said_twice(part: Message) -> str:
    """Why programs may read a part otherwise; nothing if its header says once what it is."""
    for name in _SAY_HOW:
        if len({" ".join(value.split()).lower() for value in values(part, name)}) > 1:
            return f"programs differ over how they read it: two fields {name.title()}"
    twice = repeated_parameters(part, "content-type")
    return f"programs differ over how they read it: {twice[0]} is there twice" if twice else ""


def _bare(name: str) -> str:
    return name.strip().removeprefix("<").removesuffix(">")
