"""What a guarded process answered, which may be in the hands of the file that it read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import orjson

from evidence_chain.errors import ExtractionError

if TYPE_CHECKING:
    from evidence_chain.canonical import Json

DEPTH = 16
"""How deep lists and objects may stand in each other."""
_WORDS = 2_000
"""Characters of a reason that are passed on."""


def read(output: bytes) -> tuple[dict[str, Json], bytes] | None:
    """Return the head and the bytes that a function answered with; `None` if it said nothing.

    The head is JSON without a lone surrogate, `NaN` or a depth that anybody could stumble over;
    what is in it is for the reader of that answer to look at.

    Raises:
        ExtractionError: it says that there is no text or that it crashed, or it makes no sense.
    """
    line, _, blob = output.partition(b"\n")
    if not line:
        return None
    said = _parsed(line)
    if (reason := said.get("refused")) is not None:
        raise ExtractionError(_words(reason))
    if (reason := said.get("crashed")) is not None:
        raise failure(f"its parser stopped with {_words(reason)}")
    head = said.get("answer")
    if head is not None and not isinstance(head, dict):
        _senseless()
    return None if head is None else (head, blob)


def failure(reason: str) -> ExtractionError:
    """An error that tells why there is no text, and what to do."""
    return ExtractionError(
        f"The text of this file could not be had: {reason}. The file may be damaged or hostile; "
        "nothing else was touched. Preserve the document in another form too, such as plain text."
    )


def _parsed(line: bytes) -> dict[str, Json]:
    try:
        said = orjson.loads(line)
    except ValueError:
        _senseless()
    if not isinstance(said, dict) or _is_deep(said):
        _senseless()
    return said


def _is_deep(value: Json) -> bool:
    level = [value]
    for _ in range(DEPTH + 1):
        within = [one.values() if isinstance(one, dict) else one for one in level]
        level = [one for values in within for one in values if isinstance(one, dict | list)]
        if not level:
            return False
    return True


def _words(reason: Json) -> str:
    return reason[:_WORDS] if isinstance(reason, str) else _senseless()


def _senseless() -> NoReturn:
    raise failure("its parser gave an answer that can't be read")
