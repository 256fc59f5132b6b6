"""Faults that were found in what DOCX and plain text show, and in how their words are compared."""

import json
from io import BytesIO

from evidence_chain.extract import HEAD, SIGN_OFF, TAIL, docx, sniff
from evidence_chain.extract.sniffing import DOCX
from evidence_chain.text import STANDS, match

FAULTS = (
    *("docs-05-raised-digits", "docs-06-struck-out", "docs-09-docx-data-bound"),
    *("docs-13-docx-hidden", "docs-14-negations-left-out", "docs-17-docx-not-recognised"),
    *("docs-19-line-end-without-space", "docs-20-accents-beside-letters"),
)


def answer(data, name, text):
    """The status of a passage, and what `locate` would exit with."""
    stream, marks = data.decode("utf-8", "replace"), []
    if name.endswith(".docx"):
        assert sniff(data[:HEAD], name, data[-TAIL:]) == DOCX
        stream, _, marks = docx.extract(BytesIO(data))
    found = match(text, stream)
    flagged = any(
        mark.kind in SIGN_OFF and mark.start < end and start < mark.end
        for mark in marks
        for start, end in found.fragments
    )
    return found.status, int(not found.accepted or flagged)


def test_every_fault_that_was_found_is_mended(shared):
    root = shared("cases/found")
    tried = 0
    for case in json.loads((root / "cases.json").read_text()):
        if case["fault"] not in FAULTS or not case["file"].endswith((".docx", ".txt")):
            continue
        tried += 1
        right = case["right"]
        data = (root / case["fault"] / case["file"]).read_bytes()
        status, code = answer(data, case["file"], case["text"])
        allowed = right["exit"] if isinstance(right["exit"], list) else [right["exit"]]
        assert code in allowed, case["id"]
        assert status in right.get("status", [status]), case["id"]
        if "needs_person" in right:
            assert (status in STANDS and code == 1) is right["needs_person"], case["id"]
    assert tried == 38
