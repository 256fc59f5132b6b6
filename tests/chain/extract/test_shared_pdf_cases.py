"""The faults that were found in PDFs, and in text as PDFs give it, answered as they should be."""

import json

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import HEAD, SIGN_OFF, extract, sniff
from evidence_chain.text import STANDS, Status, match

FOLDERS = ("docs-19", "docs-20")
"""Those besides the PDFs."""


def answer(file, passage):
    """The exit code of `evidence locate`, and the status."""
    with file.open("rb") as opened:
        media_type = sniff(opened.read(HEAD), file.name)
    try:
        stream = extract(file, media_type)
    except ExtractionError:
        return 3, "unverifiable"
    found = match(passage, stream.text)
    if found.status not in STANDS and stream.left_open(found.fragments):
        return 3, str(Status.UNVERIFIABLE)
    marked = any(mark.kind in SIGN_OFF for mark in stream.marked(found.fragments))
    return int(marked or not found.accepted), str(found.status)


def is_right(case, folder):
    code, status = answer(folder / case["fault"] / case["file"], case["text"])
    right = case["right"]
    codes = right["exit"] if isinstance(right["exit"], list) else [right["exit"]]
    person = code == 1 and status in ("verbatim", "normalised", "elided")
    return (
        code in codes
        and status in right.get("status", [status])
        and right.get("needs_person", person) == person
    )


def test_what_was_found_is_answered_rightly(shared):
    listed = shared("cases/found/cases.json")
    cases = [
        case
        for case in json.loads(listed.read_text("utf-8"))
        if case["command"] == "locate"
        and (case["file"].endswith(".pdf") or case["fault"].startswith(FOLDERS))
    ]
    assert len(cases) > 20
    assert [case["id"] for case in cases if not is_right(case, listed.parent)] == []
