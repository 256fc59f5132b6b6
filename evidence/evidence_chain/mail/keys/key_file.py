"""Keys that a person has in a file, which need no network."""

from __future__ import annotations

import base64
import re
from itertools import pairwise

from evidence_chain.errors import FormatError, InputError
from evidence_chain.mail.keys import Key, describe_key, parse_record
from evidence_chain.mail.keys.archive import records
from evidence_chain.pattern import pattern

_LABELS = r"(?:[A-Za-z0-9._-]|[^\x00-\x7f])+"
_NAMED = pattern(rf"^[ \t]*({_LABELS})\._domainkey(?:\.({_LABELS}?))?\.?(?=\s)", re.M | re.I)
_PREAMBLE = pattern(r"\s*(?:\d+\s+)?(?:IN\s+)?(?:TXT\b|descriptive\s+text\b|text\s*=)?\s*", re.I)
_STRING = pattern(r'"((?:[^"\\]|\\.)*)"|;[^\n]*')
_COMMENT = pattern(r"^[ \t]*[;#].*$", re.M)
_ESCAPED = pattern(r"\\(?:(\d{3})|(.))")
_BARE = r'^(?="?\s*(?:k\s*=\s*[a-z0-9]+\s*;\s*)?p\s*=)'
_VERSION = pattern(rf"(?=\bv\s*=\s*DKIM1\b)|{_BARE}", re.I | re.M)
"""Where a record begins that has no name in front."""
_LATER = pattern(r"(?<=\n)(?=[ \t]*v\s*=\s*DKIM1\b)", re.I)
"""Where one does so on a line of its own, after one that has a name."""
_PEM = pattern(r"-----BEGIN .*?(?:-----END [^\n]*|\Z)", re.S)
_WRITTEN = "no DKIM key record (v=DKIM1; k=rsa; p=…) and no public key in PEM"


def read_key_file(text: str, name: str) -> list[Key]:
    """Return the keys in a file that a person has.

    Args:
        text: public keys in PEM, or TXT records: bare, or as zone files, `dig` and signing
            programs write them, in one string or several, or in the JSON of an archive. A record
            with a name (`selector._domainkey.domain`) holds for that signer, another for those
            whose signatures it made.
        name: the file's name, without the folders before it.

    Raises:
        InputError: there is no key in it, a private one, or one that can't be read.
    """
    origin, text = f"file {name}", text.removeprefix("\ufeff")
    if "-----BEGIN" in text:
        return [Key(origin, _record_of_pem(one, name)) for one in _PEM.findall(text)]
    archived = records(text)
    if archived is None:
        keys = [Key(origin, *one) for one in _written(_COMMENT.sub("", text))]
    else:
        keys = [Key(origin, _record(one.record), one.domain, one.selector) for one in archived]
    if not keys or not all(key.record and "p=" in key.record for key in keys):
        raise _unreadable(name, _WRITTEN)
    for key in keys:
        _make_sure(str(key.record), name)
    return keys


def _make_sure(record: str, name: str) -> None:
    """Refuse a record that says nothing, before anything is said of a signature by it."""
    try:
        parse_record(record)
    except FormatError as error:
        raise _unreadable(name, f"a record that can't be read ({error})") from error


def _written(text: str) -> list[tuple[str, str | None, str | None]]:
    """Records as text has them, with domain and selector where a name stands in front."""
    named = list(_NAMED.finditer(text))
    if named:
        ends = [found.start() for found in named[1:]] + [len(text)]
        pairs = zip(named, ends, strict=True)
        return [each for one, end in pairs for each in _of_name(one, text[one.end() : end])]
    starts = [found.start() for found in _VERSION.finditer(text)]
    if len(starts) < 2 or text[: starts[0]].strip(' \t\r\n"('):
        return [(_record(text), None, None)]
    starts = [text.rfind('"', 0, at) if text[:at].endswith('"') else at for at in starts]
    pieces = [text[at:end] for at, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    return [(_record(piece), None, None) for piece in _whole(pieces)]


def _of_name(name: re.Match[str], entry: str) -> list[tuple[str, str | None, str | None]]:
    """The record of a name, and those that stand after it on lines of their own, without one."""
    starts = [found.start() for found in _LATER.finditer(entry)]
    first, *others = (entry[a:b] for a, b in pairwise([0, *starts, len(entry)]))
    return [(_record(first), name[2], name[1]), *((_record(one), None, None) for one in others)]


def _whole(pieces: list[str]) -> list[str]:
    """Pieces put together so that each has a key: `v=` and `p=` may stand on two lines."""
    whole: list[str] = []
    for piece in pieces:
        if whole and "p=" not in "".join(whole[-1].split()):
            whole[-1] += piece
        else:
            whole.append(piece)
    return whole


def _record(entry: str) -> str:
    """The text of a record, without what zone files write around it (RFC 1035, section 5.1)."""
    content = entry[_PREAMBLE.match(entry).end() :]  # type: ignore[union-attr]
    if '"' in content:
        strings = (found[1] for found in _STRING.finditer(content) if found[1] is not None)
        return _ESCAPED.sub(_unescaped, "".join(strings))
    return _ESCAPED.sub(_unescaped, " ".join(content.split()))


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1]) % 256) if found[1] else found[2]


def _record_of_pem(text: str, name: str) -> str:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    if "PRIVATE KEY" in text:
        raise _unreadable(name, "a private key, which nobody but its owner should have")
    try:
        kind, content, _ = describe_key(load_pem_public_key(text.encode()))
    except (ValueError, UnsupportedAlgorithm, FormatError):
        raise _unreadable(name, "no public key of RSA or Ed25519") from None
    return f"v=DKIM1; k={kind}; p={base64.b64encode(content).decode()}"


def _unreadable(name: str, found: str) -> InputError:
    return InputError(
        f"The key in {name} can't be used: there is {found}. Give the text of the TXT record at "
        "SELECTOR._domainkey.DOMAIN, or the public key in PEM."
    )
