"""Signatures of other kinds than DKIM, by people, or as it was before: found, and not checked."""

from __future__ import annotations

from evidence_chain.extract.envelope import mend, unwrap
from evidence_chain.pattern import pattern

_KINDS = (
    ("S/MIME", rb"multipart/signed\b.*?protocol\s*=\s*\"?application/(?:x-)?pkcs7-signature"),
    ("S/MIME", rb"application/(?:x-)?pkcs7-mime\b(?!.*?smime-type\s*=\s*\"?(?:enveloped|auth))"),
    ("OpenPGP", rb"multipart/signed\b.*?protocol\s*=\s*\"?application/pgp-signature"),
)
_TYPE = pattern(rb"(?im)^Content-Type[ \t]*:((?:[^\n]|\n[ \t])*)")
_DOMAIN_KEYS = pattern(rb"(?i)(?:[^\r\n]+\r?\n)*?DomainKey-Signature[ \t]*:")
_INLINE = pattern(rb"(?m)^-----BEGIN PGP SIGNED MESSAGE-----")
_MOST = 100
"""Parts of a message that are looked at."""


def other_kind(stored: bytes) -> str | None:
    """In which way a message is signed besides, such as `S/MIME`; `None` if it isn't.

    Args:
        stored: the whole message.
    """
    data = mend(unwrap(stored).data).data
    for n, found in enumerate(_TYPE.finditer(data)):
        if n == _MOST:
            break
        value = b" ".join(found[1].split()).lower()
        for name, kind in _KINDS:
            if pattern(kind).match(value):
                return name
    if _INLINE.search(data):
        return "OpenPGP"
    return "DomainKeys" if _DOMAIN_KEYS.match(data) else None
