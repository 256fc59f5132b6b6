"""Keys that a person has in a file, which need no network."""

from __future__ import annotations

import base64
import re

from evidence_chain.errors import FormatError, InputError
from evidence_chain.mail.keys import Key, describe_key
from evidence_chain.pattern import pattern

_NAMED = pattern(r"^[ \t]*([A-Za-z0-9._-]+)\._domainkey(?:\.([A-Za-z0-9._-]+?))?\.?(?=\s)", re.M)
_PREAMBLE = pattern(r"\s*(?:\d+\s+)?(?:IN\s+)?(?:TXT\b|descriptive\s+text\b|text\s*=)?\s*", re.I)
_STRING = pattern(r'"((?:[^"\\]|\\.)*)"|;[^\n]*')
_COMMENT = pattern(r"^[ \t]*[;#].*$", re.M)


def read_key_file(text: str, name: str) -> list[Key]:
    """Return the keys in a file that a person has.

    Args:
        text: a public key in PEM, or TXT records: bare, or as zone files, `dig` and signing
            programs write them, in one string or several. A record with a name in front
            (`selector._domainkey.domain`) holds for that signer, another for any.
        name: the file's name, without the folders before it.

    Raises:
        InputError: there is no key in it, or a private one.
    """
    origin = f"file {name}"
    if "-----BEGIN" in text:
        return [Key(origin, _record_of_pem(text, name))]
    text = _COMMENT.sub("", text)
    named = list(_NAMED.finditer(text))
    ends = [found.start() for found in named[1:]] + [len(text)]
    if named:
        keys = [
            Key(origin, _record(text[found.end() : end]), found[2], found[1])
            for found, end in zip(named, ends, strict=True)
        ]
    else:
        keys = [Key(origin, _record(text))]
    if all(key.record and "p=" in key.record for key in keys):
        return keys
    raise _unreadable(name, "no DKIM key record (v=DKIM1; k=rsa; p=…) and no public key in PEM")


def _record(entry: str) -> str:
    """The text of a record, without what zone files write around it."""
    content = entry[_PREAMBLE.match(entry).end() :]  # type: ignore[union-attr]
    if '"' in content:
        return "".join(found[1] for found in _STRING.finditer(content) if found[1] is not None)
    return " ".join(content.split())


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
