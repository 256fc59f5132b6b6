"""A preserved file to download: never shown, and sent only if it is what was recorded."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, BinaryIO, NamedTuple
from urllib.parse import quote

from blake3 import blake3
from datasette import Response

from evidence_chain.errors import InputError, StorageError
from evidence_datasette.answering.page import FRESH, REFERENCE, SANDBOXED, enter, look
from evidence_datasette.document.texts import may_be_sent
from evidence_datasette.words.file_names import file_name
from evidence_db.reading.references import find_record
from evidence_db.store.files import DamagedError, size_of
from evidence_db.store.incoming import CHUNK

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from datasette import Request
    from datasette.app import Datasette

    from evidence_datasette.answering.page import View
    from evidence_db.store.files import Files

_TEXT = ("text/plain", "text/markdown")


class Sent(NamedTuple):
    """A preserved file that was found intact and is open."""

    file: BinaryIO
    blake3: str
    size: int
    name: str
    is_text: bool


async def file(datasette: Datasette, request: Request) -> Response:
    """The file as an attachment, of a type that no browser runs or shows as a page."""
    visit = await enter(datasette, request, ("artifact",))
    return Download(await look(visit, _open))


def _open(view: View) -> Sent:
    """Open the file and check what was opened.

    Raises:
        InputError: it is withheld, or is not here.
        StorageError: it is not intact.
    """
    document = find_record(view.reader, view.parts["reference"], "artifact")
    if not may_be_sent(document):
        gone = "was erased" if document.erased else "is withheld"
        raise InputError(f"The preserved file of {document.name} {gone}.")
    digest = str(document.body["blake3"])
    opened = _intact(view.case.files, digest, document.body.get("size"))
    name = file_name(str(document.body.get("filename") or ""), digest)
    size = size_of(opened)
    return Sent(opened, digest, size, name, document.body.get("media_type") in _TEXT)


def _intact(files: Files, digest: str, recorded: object) -> BinaryIO:
    """The file, open at its beginning."""
    try:
        return files.open(digest, recorded)
    except OSError as error:
        raise InputError(f"The preserved file {digest} is not here: {error.strerror}.") from error
    except DamagedError as error:
        raise StorageError(
            f"The preserved file {digest} is not intact, so it is not sent: its content is not "
            "what was recorded. Restore it from a copy, and run `evidence verify`."
        ) from error


def disposition(name: str) -> str:
    """`Content-Disposition` of an attachment (RFC 6266), its name as RFC 8187 has it."""
    plain = "".join(char if " " <= char <= "~" else "_" for char in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


class Download(Response):  # type: ignore[misc]  # Datasette has no types
    """A file, sent in chunks; the last one only if all of them were what was recorded."""

    def __init__(self, sent: Sent) -> None:
        headers = {
            **SANDBOXED,
            **FRESH,
            "Content-Disposition": disposition(sent.name),
            "Content-Length": str(sent.size),
        }
        kind = "text/plain; charset=utf-8" if sent.is_text else "application/octet-stream"
        super().__init__(b"", 200, headers, kind)
        self._sent = sent

    async def asgi_send(self, send: Callable[[dict[str, object]], Awaitable[None]]) -> None:
        """Send it.

        Raises:
            StorageError: it was changed meanwhile; what was sent lacks its end.
        """

        async def each(message: dict[str, object]) -> None:
            if message["type"] == "http.response.start":
                await send(message)

        with self._sent.file as file:
            await super().asgi_send(each)
            state, held = blake3(), b""
            while chunk := await asyncio.to_thread(file.read, CHUNK):
                await send({"type": "http.response.body", "body": held, "more_body": True})
                state.update(chunk)
                held = chunk
            if state.hexdigest() != self._sent.blake3:
                raise StorageError(f"The preserved file {self._sent.blake3} changed meanwhile.")
            await send({"type": "http.response.body", "body": held})


VIEWS = [(f"file/{REFERENCE}", file)]
