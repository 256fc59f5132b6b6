"""What a store of objects answers when it doesn't give what it is asked for, in words of ours.

Nothing of what it says is repeated: answers and errors hold addresses that were signed, names of
keys, and what a proxy adds.
"""

from __future__ import annotations

import errno
import os
import re
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from evidence_chain.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator

_STATUS = re.compile(r"status code: ([1-5][0-9]{2})\b")
_CODES = (
    *("NoSuchBucket", "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch"),
    *("ExpiredToken", "RequestTimeTooSkewed", "SlowDown", "InternalError", "ServiceUnavailable"),
    *(
        "InvalidRange",
        "EntityTooLarge",
        "InvalidObjectState",
        "NotImplemented",
        "PermanentRedirect",
    ),
)
"""The codes of S3's errors that are told."""
_CHECK = "check the network, the credentials in the environment, and for S3 AWS_ENDPOINT_URL"
_PATIENCE, _PAUSE = 3, 30.0
"""Requests in a row that a store may leave without an answer, and seconds until the next one."""
_SILENT = "the store of the files did not answer before, and was not asked again"
_user: int | None = None
"""The process that asks: in one that is forked from it, `obstore` would wait for ever."""


class StoreError(OSError):
    """A store was asked and did not answer, or not so that it is known what is there."""


class ForeignNameError(StoreError):
    """Something is there with a name that no file can have."""


class RangeError(OSError):
    """There is nothing in a file from where it was to be read."""


class Asking:
    """Asks one store, and no more for a while if it doesn't answer, so that nobody waits for long.

    Called with the address that is asked for, it is what `asking` is.
    """

    def __init__(self) -> None:
        self._silent, self._since = 0, 0.0

    @contextmanager
    def __call__(self, place: str) -> Iterator[Any]:
        if self._silent >= _PATIENCE and time.monotonic() - self._since < _PAUSE:
            raise StoreError(errno.EIO, _SILENT, place)
        try:
            with asking(place) as obstore:
                yield obstore
        except StoreError:
            self._silent, self._since = self._silent + 1, time.monotonic()
            raise
        except OSError:
            self._silent = 0
            raise
        self._silent = 0


@contextmanager
def asking(place: str) -> Iterator[Any]:
    """The module `obstore`, and its errors as those of a file system.

    Raises:
        StorageError: it is not installed, or this process can't use it.
        FileNotFoundError: there is no such object.
        PermissionError: the store denies access.
        RangeError: the object ends before what was asked for.
        StoreError: the store can't be asked, or answers with an error.
    """
    obstore = _obstore()
    denied = obstore.exceptions.PermissionDeniedError, obstore.exceptions.UnauthenticatedError
    try:
        yield obstore
    except FileNotFoundError:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), place) from None
    except denied:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), place) from None
    except (obstore.exceptions.BaseError, ValueError, OSError) as error:
        text = str(error)
        status = _STATUS.search(text)
        if status and status[1] == "416":
            raise RangeError(errno.EINVAL, "it ends before that", place) from None
        raise StoreError(errno.EIO, _told(status, text), place) from None


def _told(status: re.Match[str] | None, text: str) -> str:
    if status is None:
        return f"the store of the files can't be asked: {_CHECK}"
    code = next((f" {one}" for one in _CODES if f"<Code>{one}</Code>" in text), "")
    return f"the store of the files answered with an error ({status[1]}{code}): {_CHECK}"


def _obstore() -> Any:  # noqa: ANN401 - a module
    global _user
    try:
        import obstore
        import obstore.exceptions
        import obstore.store
    except ImportError as error:
        raise StorageError(
            "What is asked for lies in a store of objects, which takes the extra `cluster`: "
            "pip install 'evidence-chain[cluster]'."
        ) from error
    if _user not in (None, os.getpid()):
        raise StorageError("A process that was forked can't ask a store of objects.")
    _user = os.getpid()
    return obstore
