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
    missed = [one for one in integrity["findings"] if one["outcome"] == "not-checked"]
    for check in dict.fromkeys(one["check"] for one in missed):
        details = [one["detail"] for one in missed if one["check"] == check]
        more = f" And {len(details) - 1} more." if len(details) > 1 else ""
        yield f"{check}: {flat(details[0])}{more}"
