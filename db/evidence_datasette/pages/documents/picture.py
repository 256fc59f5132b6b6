"""The picture of a passage on its page, as it was preserved with the passage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datasette import Response

from evidence_chain.digest import is_hex_digest
from evidence_chain.errors import InputError, StorageError
from evidence_datasette.answering.page import SANDBOXED, enter, look
from evidence_datasette.document.passage import pictures
from evidence_db.store.files import DamagedError, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from datasette import Request
    from datasette.app import Datasette

    from evidence_datasette.answering.page import View
    from evidence_db.store.files import Files

MOST = 32 << 20
"""Bytes that a picture may have."""
_PNG = b"\x89PNG\r\n\x1a\n"
_NAMED = "SELECT idx FROM evidence WHERE instr(body, ?) LIMIT 20"


async def picture(datasette: Datasette, request: Request) -> Response:
    """A PNG that a disclosed passage names, which is what its digest says.

    Query parameter: `of` (the entry of that passage, so that it need not be looked for).
    """
    visit = await enter(datasette, request, ("evidence",))
    content = await look(visit, _read)
    headers = SANDBOXED | {"Cache-Control": "private, max-age=31536000, immutable"}
    return Response(content, 200, headers, "image/png")


def _read(view: View) -> bytes:
    """The content of the picture.

    Raises:
        InputError: no disclosed passage names such a picture, or it isn't here.
        StorageError: it is not intact.
    """
    digest = view.parts["digest"]
    if not is_hex_digest(digest) or not any(
        digest in _pictures(view, index) for index in _naming(view, digest)
    ):
        raise InputError(f"No passage that is disclosed has a picture {digest}.")
    return _intact(view.case.files, digest)


def _naming(view: View, digest: str) -> Iterator[int]:
    """The evidence that may name a picture."""
    if (of := view.number("of")) is None:
        return (index for (index,) in view.reader.connection.execute(_NAMED, (digest,)))
    found = view.reader.connection.execute("SELECT idx FROM evidence WHERE idx = ?", (of,))
    return (index for (index,) in found)


def _pictures(view: View, index: int) -> set[str]:
    return {one["crop"] for one in pictures(view.reader.record(index))}


def _intact(files: Files, digest: str) -> bytes:
    try:
        content = files.read(digest, MOST)
    except OSError as error:
        raise InputError(f"The picture {digest} is not here: {error.strerror}.") from error
    except (DamagedError, TooLargeError) as error:
        raise _not_intact(digest) from error
    if not content.startswith(_PNG):
        raise _not_intact(digest)
    return content


def _not_intact(digest: str) -> StorageError:
    return StorageError(
        f"The picture {digest} is not intact, so it is not shown. Restore it from a copy."
    )


VIEWS = [("picture/(?P<digest>[^/]+?)", picture)]
