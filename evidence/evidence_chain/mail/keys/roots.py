"""Certificates that a person has in a file, to judge signatures by people by."""

from __future__ import annotations

from evidence_chain.errors import FormatError, InputError
from evidence_chain.mail.keys import Key
from evidence_chain.mail.verdict import OPENPGP, SMIME

MOST = 16
"""Certificates that are kept with each record, so that the check can be repeated."""


_LONGEST = 1 << 18
"""Characters of a certificate of OpenPGP; those of many names and signatures are long."""
_ARMOUR = "-----BEGIN PGP PUBLIC KEY BLOCK-----"


def read_openpgp_file(text: str, name: str) -> Key:
    """Return what a certificate of OpenPGP in a file says, to be kept with the verdict.

    Args:
        text: certificates, such as `gpg --export --armor ADDRESS` writes them.
        name: the file's name, without the folders before it.

    Raises:
        InputError: it holds none, a secret key, or more than can be kept.
    """
    if "PGP PRIVATE KEY" in text:
        raise InputError(f"{name} holds a secret key, which nobody but its owner should have.")
    if _ARMOUR not in text or len(text) > _LONGEST:
        raise InputError(
            f"{name} is no certificate of OpenPGP in ASCII armour of up to {_LONGEST} characters. "
            "Export the one of who signed: gpg --export --armor ADDRESS."
        )
    return Key(f"file {name}", text, use=OPENPGP)


def read_root_file(text: str, name: str) -> Key:
    """Return what a file of certificates in PEM says, to be kept with the verdict.

    Args:
        text: roots, and what stands between them and the signer's certificate or that itself, where
            it doesn't come along with the message.
        name: the file's name, without the folders before it.

    Raises:
        InputError: there is no certificate in it, or there are too many to be kept.
    """
    from cryptography.hazmat.primitives.serialization import Encoding

    from evidence_chain.stamps import read_roots

    try:
        found = read_roots(text.encode())
    except FormatError:
        raise InputError(
            f"The certificates in {name} can't be read. Give the root of who issued the signer's "
            "certificate in PEM (between BEGIN CERTIFICATE and END CERTIFICATE)."
        ) from None
    if len(found) > MOST:
        raise InputError(
            f"{name} has {len(found)} certificates. They are kept with the record, so give that of "
            f"the one root that vouches for this signer, {MOST} at most."
        )
    record = b"".join(one.public_bytes(Encoding.PEM) for one in found).decode()
    return Key(f"file {name}", record, use=SMIME)
