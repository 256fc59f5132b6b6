"""What of a value tells as much as all of it: the people and addresses in an e-mail's headers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PEOPLE = ("sender", "recipient", "cc")
_IDS = ("message_id", "in_reply_to")
_ADDRESS = re.compile(r"<?([^\s<>,;:()\"]{1,128}@[^\s<>,;:()\"]{1,255})>?")
_AROUND = " \t\r\n,;:<>()[]\"'"


def parts_of(name: str, value: str) -> Iterator[tuple[str, str]]:
    """The parts of a field's text that others may write without the rest, each with what it is.

    Args:
        name: The field.
        value: Its text, such as `"Ada Lindqvist" <ada@quay.example>`.
    """
    if name in _PEOPLE:
        found = [("the address", one) for one in _ADDRESS.findall(value)]
        between = (named for one in _ADDRESS.split(value)[::2] for named in one.split(";"))
        found += [("the name", one.strip(_AROUND)) for one in between]
    elif name in _IDS:
        found = [("the id", one.strip("<>")) for one in value.split()]
    else:
        return
    for what, part in dict.fromkeys(found):
        if part and part != value:
            yield what, part
