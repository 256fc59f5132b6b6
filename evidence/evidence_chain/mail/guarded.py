"""Reads signatures in a subprocess that can harm nothing, and has no network."""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import TYPE_CHECKING, cast

from evidence_chain.errors import ExtractionError
from evidence_chain.mail.header.tags import check_time
from evidence_chain.mail.verdict import Outcome, Reason, new_verdict, settle

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evidence_chain.canonical import Json
    from evidence_chain.extract.stream import Extractor
    from evidence_chain.mail.keys import Key


def signers(message: bytes) -> list[tuple[str, str]]:
    """Return the domain and selector of each signature of a message, whose keys `check` needs.

    Raises:
        ExtractionError: the message made its parser crash or run into its limits.
    """
    pairs = _run(message, "read_signers")
    if not isinstance(pairs, list) or not all(map(_is_pair, pairs)):
        raise _senseless()
    return [(domain, selector) for domain, selector in pairs]


def check(message: bytes, keys: Iterable[Key], checked_at: str) -> list[dict[str, Json]]:
    """Return a verdict on each DKIM signature of a message, from the top.

    Args:
        message: the whole message, byte for byte as it is preserved.
        keys: the keys that may be used; of several that fit a signer the first is.
        checked_at: the time by which expiry is judged (RFC 3339, UTC, whole seconds).

    A message that makes the checking program crash or run into its limits has one verdict, which
    says so. Without a signature there is no verdict.

    Raises:
        FormatError: `checked_at` is no such time.
    """
    try:
        return check_or_fail(message, keys, checked_at)
    except ExtractionError as error:
        verdict = new_verdict(checked_at)
        settle(verdict, Outcome.NOT_CHECKED, Reason.CHECK_FAILED, str(error))
        return [verdict]


def check_or_fail(message: bytes, keys: Iterable[Key], checked_at: str) -> list[dict[str, Json]]:
    """Do as `check` does, and raise what made it impossible.

    Raises:
        ExtractionError: the message made the checking program crash or run into its limits.
        FormatError: `checked_at` is no such time.
    """
    check_time(checked_at)
    verdicts = _run(message, "read_verdicts", [key.as_json() for key in keys], checked_at)
    if not isinstance(verdicts, list) or not all(_is_verdict(one, checked_at) for one in verdicts):
        raise _senseless()
    return verdicts


def _run(message: bytes, function: str, *arguments: Json) -> Json:
    from evidence_chain.extract.guard.guard import run
    from evidence_chain.mail import dkim

    with TemporaryFile() as file:
        file.write(message)
        file.seek(0)
        # The guard needs nothing of a module but its name.
        head, _ = run(cast("Extractor", dkim), file, function=function, arguments=arguments)
    return head.get("answer")


def _is_pair(answer: Json) -> bool:
    return isinstance(answer, list) and list(map(type, answer)) == [str, str]


def _is_verdict(answer: Json, checked_at: str) -> bool:
    """Whether it says all that a verdict says, of this check, and comes to an outcome."""
    if not isinstance(answer, dict) or answer.keys() != new_verdict(checked_at).keys():
        return False
    return answer["checked_at"] == checked_at and answer["verdict"] in list(Outcome)


def _senseless() -> ExtractionError:
    return ExtractionError(
        "What checks the signatures of this message gave an answer that can't be read. The message "
        "may be damaged or hostile."
    )
