"""The lines of a shell by which a reader checks what a page says, with their own programs.

Each is right to copy: what a record calls something is quoted, and never taken for an option or for
what comes from the keyboard. `KEY` is the newsroom's verifier
key, which no page can give, since whoever forged the page would forge it, too.
"""

from __future__ import annotations

import shlex
from typing import Any

from evidence_chain.digest import is_hex_digest
from evidence_chain.kinds.forms import SLUG
from evidence_datasette.words.file_names import file_name
from evidence_datasette.words.shown_text import is_hostile

Json = dict[str, Any]

_TOOLS = {"sha256": "sha256sum", "blake3": "b3sum"}
_LONGEST = 1_000
"""Characters of a passage that stands in a line."""
_KEY = '--key "$KEY"'


def download_name(fields: Json) -> str:
    """What a browser calls a preserved file that it was sent."""
    return file_name(str(fields.get("filename") or ""), str(fields.get("blake3")))


def file_lines(fields: Json, name: str) -> list[str]:
    """The lines that compare the digests of a file with those that are recorded."""
    lines, name = [], _here(name)
    for field, tool in _TOOLS.items():
        if is_hex_digest(digest := fields.get(field)):
            lines.append(f"echo {shlex.quote(f'{digest}  {name}')} | {tool} --check")
    return lines


def passage_lines(fragments: list[Json], name: str) -> list[str]:
    """The lines that look for a passage in its file; none for what can't be copied off a page."""
    exact = [str(one["exact"]) for one in fragments]
    if any(len(one) > _LONGEST or is_hostile(one) or "\n" in one for one in exact):
        return []
    return [shlex.join(["evidence", "locate", _here(name), "--text", one]) for one in exact]


def claim_lines(claim: Json, *, is_edition: bool) -> list[str]:
    """The lines that check a claim, in a copy of the case or in an edition."""
    if is_edition:
        proof = shlex.quote(f"data/proofs/{claim['id']}.tlog-proof")
        return [f"evidence check {proof} {_KEY}"]
    named = str(claim["slug"])
    slug = named if SLUG.fullmatch(named) else shlex.quote(str(claim["id"]))
    proof = f"{slug}.tlog-proof"
    return [
        f"evidence resolve {slug}",
        f"evidence verify {_KEY} {slug}",
        f"evidence proof {slug} -o {proof}",
        f"evidence check {proof} {_KEY}",
    ]


def case_lines(is_edition: bool) -> list[str]:
    """The lines that check all of a case, or of an edition: its manifest, then every file of it."""
    if not is_edition:
        return [f"evidence verify {_KEY}"]
    return [
        f"evidence check . {_KEY}",
        "sha256sum --quiet --check tagmanifest-sha256.txt",
        "sha256sum --quiet --check manifest-sha256.txt",
        "grep ' data/evidence.db$' manifest-sha256.txt | sha256sum --check",
    ]


def _here(name: str) -> str:
    """A file of this name in the folder of whoever enters a line."""
    return f"./{name}" if name.startswith("-") else name


FILTERS = {
    function.__name__: function
    for function in (download_name, file_lines, passage_lines, claim_lines, case_lines)
}
