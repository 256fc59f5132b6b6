"""What those who passed a message on sign of it (ARC: RFC 8617).

Each of them adds three fields with a number: what it found, a signature of the message as it came
to it, and a seal over all such fields up to its own. They are told as what intermediaries say: a
valid one says nothing of who sent the message.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.mail.header.tags import ARC, SEAL, Signature

if TYPE_CHECKING:
    from dkim import DKIM

    from evidence_chain.mail.header.fields import Message

    Field = tuple[bytes, bytes]

_RESULTS = "ARC-Authentication-Results"
_SET = (_RESULTS, ARC, SEAL)
"""The fields of one who passed the message on, in the order in which they are sealed."""


def placed(message: Message) -> list[tuple[str, int, Signature]]:
    """The signatures and seals, by their numbers: the field's name, and its place from the top."""
    found = [
        (name, place, Signature.parse(value, name))
        for name in (ARC, SEAL)
        for place, value in enumerate(message.values(name))
    ]
    return sorted(found, key=lambda one: (one[2].instance or 0, one[0]))


def sealed(signed: DKIM, seal: Signature) -> list[Field] | None:
    """The fields that a seal covers, but for its own; `None` if one is missing or there twice.

    A seal that says that the chain was broken covers its own set alone (section 5.1.2).
    """
    last = seal.instance or 0
    first = last if seal.tags.get("cv") == "fail" else 1
    fields: list[Field] = []
    for number in range(first, last + 1):
        for name in _SET:
            own = [one for one in signed.headers if _is_of(one, name, number)]
            if len(own) != 1:
                return None
            fields += own
    return fields[:-1]


def _is_of(field: Field, name: str, number: int) -> bool:
    if field[0].lower() != name.lower().encode():
        return False
    if name != _RESULTS:
        return Signature.parse(field[1].strip(), name).instance == number
    told, _, _ = field[1].partition(b";")
    return b"".join(told.split()).lower() == b"i=%d" % number
