"""Reviews of claims, as an insider writes them into the log of an edition."""

import base64
import json

from editions import line_of
from evidence_chain.log.merkle import Subtrees, leaf_hash

SHOWN = ("slug", "note", "recorded_at", "recorded_by")
WITHHELD = SHOWN[:-1]
SIGNED = ("reviewer", "note", "size", "root", "signature", "recorded_at")


def reviewed(lines, reviewer, *, claim=SHOWN, link=("note", "recorded_by"), shown=SIGNED):
    """The lines, and a claim that another supports, and a review of it: each shows these fields."""
    first, one = line_of("claim", {"slug": f"one-{len(lines)}", "note": None}, shown=SHOWN)
    second, other = line_of("claim", {"slug": f"two-{len(lines)}", "note": None}, shown=claim)
    ends = {"from": one, "to": other, "relation": "supports"}
    held = [*lines, first, second, line_of("link", {"note": None}, ends, link)[0]]
    leaves = b"".join(leaf_hash(json.loads(line)["entry"].encode()) for line in held)
    root = base64.b64encode(Subtrees(leaves).root(len(held))).decode()
    fields = {"note": None, "size": len(held), "root": root, "signature": None}
    said = {"to": other, "verdict": "approved"}
    return [*held, line_of("review", fields | {"reviewer": reviewer}, said, shown)[0]]
