"""Where a claim stands in the log, who signed it, and since when it existed, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_cli.terminal import clean, flat, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator


def log_lines(log: dict[str, Any]) -> Iterator[str]:
    """A line on the log, and one for each time-stamp of the chain."""
    place = f"Log {clean(log['origin'])}: the claim is entry {log['index']} of {log['size']}"
    if log["checkpoint"] is None:
        yield f"{place}; no checkpoint covers it yet (evidence checkpoint)."
    elif log["signer"] == "failed":
        yield f"{place}; its newest checkpoint can't be believed: evidence verify."
    else:
        yield f"{place}, in checkpoint {log['checkpoint']}, signer {log['signer']}."
        for one in log["timestamps"]:
            by = flat(one["authority"] or "an authority that it does not name")
            said = f"All of it existed before {flat(one['time'])}, says {by}"
            yield wrapped(f"{said} (evidence verify --tsa-root tells whether to believe it).")
        if seen := log["witnesses"]:
            yield wrapped(f"{flat(seen['told'])} (evidence verify --policy asks your own).")
