"""Lines of a message that a mailbox quotes, since they would separate it: `>From `.

Some programs quote lines "From " alone, some those with `>` before it too, some none. Which reading
is the message as it was sent, its signature may tell: the digest of the body that is in it
(RFC 6376) fits one. Without that a line beside quoted ones stays quoted, as does one that may be.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from typing import TYPE_CHECKING

from evidence_chain.pattern import pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

_QUOTED = pattern(rb"(?m)^>(>*From )")
_ONCE = pattern(rb"(?m)^>(From )")
_BLOCK = pattern(rb"(?m)^>[^\n]*(?:\n>[^\n]*)*")
_PLAIN = pattern(rb"(?m)^>(?!>*From )")
_END = pattern(rb"(?:\A|\n)\r?\n")
_SIGNATURE = pattern(rb"(?im)^DKIM-Signature[ \t]*:((?:[^\n]|\n[ \t])*)")
_TAG = pattern(rb"(?:^|;)\s*(bh|c|a|l)\s*=\s*([^;]*)")
_NEAR = 200
"""Bytes before a quoted line in which the line is looked for that says who wrote it."""
_MOST = 10
"""Signatures of a message that are looked at."""


def unquoted(data: bytes) -> bytes:
    """A message of a mailbox as it was sent.

    Args:
        data: as it stands in the mailbox.
    """
    head, body = _apart(data)
    if not _QUOTED.search(body):
        return data
    for reading in (_ONCE.sub(rb"\1", body), _QUOTED.sub(rb"\1", body), body):
        if _is_signed(head, reading):
            return head + reading
    return head + _BLOCK.sub(_of_block, body)


def _apart(data: bytes) -> tuple[bytes, bytes]:
    end = _END.search(data)
    return (data[: end.end()], data[end.end() :]) if end else (data, b"")


def _of_block(found: re.Match[bytes]) -> bytes:
    """Lines that begin with `>`: quoted by the sender if any of them is more than `>From `.

    So are those after a line that ends as one does that says who wrote what follows.
    """
    block, start = found[0], found.start()
    said_who = found.string[max(0, start - _NEAR) : start].rstrip().endswith(b":")
    return block if said_who or _PLAIN.search(block) else _QUOTED.sub(rb"\1", block)


def _is_signed(head: bytes, body: bytes) -> bool:
    """Whether a signature in the header has the digest of this body."""
    sent = body.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    return any(digest == _digest(sent, relaxed=relaxed) for digest, relaxed in _digests(head))


def _digests(head: bytes) -> Iterator[tuple[bytes, bool]]:
    """The digests of bodies that signatures have, and whether over the relaxed form."""
    for found in list(_SIGNATURE.finditer(head))[:_MOST]:
        tags = {name: b"".join(value.split()) for name, value in _TAG.findall(found[1])}
        if tags.get(b"a", b"").endswith(b"sha256") and b"l" not in tags and b"bh" in tags:
            yield tags[b"bh"], tags.get(b"c", b"").endswith(b"/relaxed")


def _digest(body: bytes, *, relaxed: bool) -> bytes:
    from dkim.canonicalization import Relaxed, Simple

    whole = body if not body or body.endswith(b"\r\n") else body + b"\r\n"
    form = (Relaxed if relaxed else Simple).canonicalize_body(whole)
    return b64encode(hashlib.sha256(form).digest())
