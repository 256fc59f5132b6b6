"""What somebody sent, in memory and bounded."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from datasette import Request

FORM = "application/x-www-form-urlencoded"
_FIELDS = 20


class TooLargeError(Exception):
    """More was sent than is taken."""


class NoFormError(Exception):
    """What was sent is not what a form here sends."""


async def body_of(request: Request, largest: int) -> bytes:
    """The bytes that were sent.

    Raises:
        TooLargeError: there are more than `largest`.
    """
    body, more = bytearray(), True
    while more:
        event = await request.receive()
        if event["type"] != "http.request":
            break
        body += event.get("body", b"")
        if len(body) > largest:
            raise TooLargeError
        more = event.get("more_body", False)
    return bytes(body)


def fields_of(body: bytes, most: int = _FIELDS) -> dict[str, str]:
    """The fields of a form as browsers send it; of those of one name the first.

    Raises:
        NoFormError: there are more than `most`.
    """
    try:
        text = body.decode("utf-8", "replace")
        found = parse_qs(text, keep_blank_values=True, max_num_fields=most)
    except ValueError as error:
        raise NoFormError from error
    return {name: values[0] for name, values in found.items()}
