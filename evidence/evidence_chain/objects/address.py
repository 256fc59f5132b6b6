"""Where a store of objects is: `s3://bucket/prefix`, and what must not stand there."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from evidence_chain.errors import InputError
from evidence_chain.pattern import pattern

_ADDRESS = pattern(r"(s3|gs|az)://([a-z0-9][a-z0-9._-]{1,62})((?:/[A-Za-z0-9_][A-Za-z0-9._-]*)*)/?")
_WEB = ("http://", "https://")
_LONGEST = 500


class Address(NamedTuple):
    """The address of a store: nothing of it is secret."""

    scheme: str
    bucket: str
    prefix: str

    @classmethod
    def parse(cls, text: str) -> Address:
        """Read an address.

        Raises:
            InputError: it is none, or holds more than one. What was given isn't repeated, since a
                password may be in it.
        """
        found = _ADDRESS.fullmatch(text) if len(text) <= _LONGEST else None
        if found is None:
            raise InputError(
                "This is no address of a store of files. It is like s3://bucket/prefix, or begins "
                "with gs:// or az://: letters, digits, points, hyphens, without a user, a password "
                "or a question mark. Credentials come from the environment alone (AWS_ACCESS_KEY_ID"
                " and AWS_SECRET_ACCESS_KEY, and the like)."
            )
        return cls(found[1], found[2], found[3].strip("/"))

    def __str__(self) -> str:
        return f"{self.scheme}://{'/'.join(filter(None, (self.bucket, self.prefix)))}"


def located(text: str) -> Path | Address:
    """Where something is, as a user says it: a path, or an address.

    Raises:
        InputError: it is like an address, and is none.
    """
    if text.lower().startswith(_WEB):
        raise InputError(
            "Nothing is fetched from the web here. Download it first, as a ZIP or with all its "
            "files, and name the file or folder that you have then."
        )
    return Address.parse(text) if "://" in text else Path(text)
