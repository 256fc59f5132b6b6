"""Where an e-mail is signed: the bytes that are, and the signature (RFC 8551, section 3.5).

Sought in the bytes as they are preserved. The tree of parts that a parser makes has lost the line
ends and headers that a signature is over.
"""

from __future__ import annotations

import binascii
import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = 5
"""Signatures of a message that are looked at."""

_TYPE = pattern(rb"(?im)^Content-Type[ \t]*:((?:[^\n]|\n[ \t])*)\n?")
_MULTIPART = pattern(rb"(?is)\s*multipart/signed\b")
_SMIME = b"pkcs7-signature"
_OPAQUE = pattern(rb"(?is)\s*application/(?:x-)?pkcs7-mime\b")
_BOUNDARY = pattern(rb"(?is);\s*boundary\s*=\s*(?:\"([^\"\r\n]{1,200})\"|([^\s;\"]{1,200}))")
_EMPTY = pattern(rb"\r?\n\r?\n")
_ENCODED = pattern(rb"(?im)^Content-Transfer-Encoding[ \t]*:[ \t]*base64")
_LINE_END = pattern(rb"\r?\n")


class Signed(NamedTuple):
    """A signature, and what it is over."""

    signature: bytes
    """The `ContentInfo` in DER."""
    content: bytes | None
    """What it is over, with the line ends of e-mail; `None` where the signature holds it itself."""
    whole: bool
    """Whether it is over all of the message but its header, and not over a part in it."""


def find(message: bytes) -> Iterator[Signed]:
    """Each part of a message that is signed by S/MIME, the outer ones first.

    Args:
        message: as it is preserved, without what stands around it in its file.
    """
    if b"pkcs7-" not in message.lower():
        return
    found = 0
    for header in _TYPE.finditer(message):
        signed = None
        if _is_by(header[1], _SMIME):
            signed = _apart(message, header)
        elif _OPAQUE.match(header[1]):
            signed = _opaque(message, header)
        if signed:
            yield signed
            found += 1
        if found == MOST:
            return


def detached(message: bytes, protocol: bytes) -> Iterator[Signed]:
    """Each part of a message that is signed by a signature beside it, of whatever kind.

    Args:
        message: as it is preserved, without what stands around it in its file.
        protocol: the type of the signature, in small letters (RFC 1847, section 2.1).
    """
    headers = (one for one in _TYPE.finditer(message) if _is_by(one[1], protocol))
    for header in islice(headers, MOST):
        if signed := _apart(message, header):
            yield signed


def _is_by(header: bytes, protocol: bytes) -> bool:
    return bool(_MULTIPART.match(header)) and protocol in header.lower()


def _apart(message: bytes, header: re.Match[bytes]) -> Signed | None:
    """The first part of two, byte for byte, and the signature that is the second."""
    boundary = _BOUNDARY.search(header[1])
    if not boundary:
        return None
    name = re.escape(boundary[1] or boundary[2])
    lines = re.compile(rb"(?m)(?:\A|\r?\n)--" + name + rb"(?:--)?[ \t]*(?:\r?\n|\Z)")
    first = lines.search(message, header.end(1))
    second = lines.search(message, first.end() - 1) if first else None
    third = lines.search(message, second.end() - 1) if second else None
    if first is None or second is None:
        return None
    part = message[second.end() : third.start() if third else len(message)]
    signature = _body(part)
    content = _LINE_END.sub(b"\r\n", message[first.end() : second.start()])
    return Signed(signature, content, _is_first(message, header)) if signature else None


def _opaque(message: bytes, header: re.Match[bytes]) -> Signed | None:
    """A part that holds both, if that is a signature and not something encrypted."""
    start = max(message.rfind(empty, 0, header.start()) + 1 for empty in (b"\n\n", b"\n\r\n"))
    signature = _body(message[start:].lstrip(b"\r\n"))
    found = Signed(signature or b"", None, _is_first(message, header))
    return found if signature and _is_signed(signature) else None


def _is_signed(der: bytes) -> bool:
    """Whether a CMS is a signature, and not something encrypted or but a list of certificates."""
    from asn1crypto import cms

    from evidence_chain.stamps.response import UNREADABLE

    try:
        told = cms.ContentInfo.load(der)
        return bool(
            told["content_type"].native == "signed_data" and len(told["content"]["signer_infos"])
        )
    except UNREADABLE:
        return False


def _is_first(message: bytes, header: re.Match[bytes]) -> bool:
    """Whether a field stands in the header of the message itself."""
    empty = _EMPTY.search(message)
    return empty is None or header.start() < empty.end()


def _body(part: bytes) -> bytes | None:
    """The bytes of a part that is its header and then Base64, up to where another part begins."""
    empty = _EMPTY.search(part)
    if not empty:
        return None
    body = part[empty.end() :]
    if not _ENCODED.search(part, 0, empty.start() + 1):
        return body
    kept = re.match(rb"[A-Za-z0-9+/=\s]*", body)
    try:
        return binascii.a2b_base64(kept[0] if kept else b"")
    except binascii.Error:
        return None
