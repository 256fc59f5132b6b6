"""What came of the checks of what is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_cli.terminal import flat, holding, outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]


def in_numbers(integrity: Json) -> str:
    """The outcome, and how many checks came to which."""
    counts = integrity["counts"]
    return (
        f"{outcome(integrity['outcome'])}: {holding(counts['holds'])}, {counts['failed']:,} "
        f"failed, {counts['not-checked']:,} could not be made."
    )


def failures(integrity: Json) -> Iterator[str]:
    """Each check that failed."""
    for one in integrity["findings"]:
        if one["outcome"] == "failed":
            yield f"{outcome('failed')} {one['check']}: {flat(one['detail'])}"


def reasons(integrity: Json) -> Iterator[str]:
    """For each check that could not always be made, why it was not the first time."""
    return _first(integrity, "not-checked")


def failed_first(integrity: Json) -> Iterator[str]:
    """What failed the first time, for each check that did; then `reasons`."""
    for line in _first(integrity, "failed"):
        yield f"FAILED {line}"
    yield from reasons(integrity)


def _first(integrity: Json, came_to: str) -> Iterator[str]:
    """The first finding of each check that came to this, and how many more there are."""
    found = [one for one in integrity["findings"] if one["outcome"] == came_to]
    for check in dict.fromkeys(one["check"] for one in found):
        details = [one["detail"] for one in found if one["check"] == check]
        more = f" And {len(details) - 1} more." if len(details) > 1 else ""
        yield f"{check}: {flat(details[0])}{more}"
