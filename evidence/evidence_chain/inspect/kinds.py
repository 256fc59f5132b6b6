"""Every kind of finding: how much it matters, what it is, and what to do about it."""

from __future__ import annotations

from typing import NamedTuple

_REDACT = (
    "Have a program remove the words themselves, or publish pictures of the pages; then inspect it "
    "again."
)
_CLEAN = "Make a copy without it: `evidence inspect FILE --clean OUT`."
_LOOK = "Look at it, and decide whether it may be handed out."
_PROGRAM = "Remove it in the program that made the file, save a copy, and inspect that."
_ORDINARY = "Nothing, unless who reads it should not know that."


class Kind(NamedTuple):
    """What findings of a kind have in common."""

    severity: str
    """`reveals` or `tells`, as `Severity` has it."""
    what: str
    remedy: str


def _reveals(what: str, remedy: str = _LOOK) -> Kind:
    return Kind("reveals", what, remedy)


def _tells(what: str, remedy: str = _ORDINARY) -> Kind:
    return Kind("tells", what, remedy)


KINDS = {
    # What was meant to be unseen.
    "covered-words": _reveals("Words under what is drawn over them can be copied out.", _REDACT),
    "outside-words": _reveals("Words stand outside of what the page shows.", _REDACT),
    "hidden-words": _reveals("Words are in the file that nobody sees on the page.", _REDACT),
    "unapplied-redaction": _reveals(
        "A part is marked to be redacted, and the redaction was never applied.",
        "Apply the redactions in the program that marked them, and inspect what it saves.",
    ),
    "earlier-revision": _reveals(
        "The file still holds what it said before it was changed.",
        "Save it as a new file rather than into the old one, or make a copy: `--clean OUT`.",
    ),
    "tracked-change": _reveals("A change is recorded, with what was there.", _PROGRAM),
    "hidden-text": _reveals("Text is hidden.", _PROGRAM),
    "hidden-sheet": _reveals("A sheet is hidden.", _PROGRAM),
    "hidden-cells": _reveals("Rows or columns are hidden.", _PROGRAM),
    "hidden-slide": _reveals("A slide is hidden.", _PROGRAM),
    "notes": _reveals("There are notes for the speaker.", _PROGRAM),
    "comment": _reveals("Somebody commented on it.", _PROGRAM),
    "bookmark-words": _reveals("A bookmark repeats words that are hidden on the page.", _REDACT),
    "hidden-value": _reveals("A form holds a value that isn't shown.", _PROGRAM),
    "trailing-data": _reveals(
        "Data follow the picture's end: perhaps what was cut away from it.", _CLEAN
    ),
    "thumbnail-differs": _reveals(
        "The small preview shows something else than the picture.", _CLEAN
    ),
    "embedded-file": _reveals("Another file is inside.", _LOOK),
    "html-hidden": _tells("The page holds fields or text that a reader doesn't see."),
    # What leads to a person, a place, a machine.
    "author": _reveals("It names who made or changed it.", _CLEAN),
    "place": _reveals("It says where it was made.", _CLEAN),
    "serial": _reveals("It holds a number of the device or of its owner.", _CLEAN),
    "path": _reveals("It holds a path on somebody's computer, perhaps with a name.", _CLEAN),
    "sender-address": _reveals(
        "It holds the network address from which it was sent.",
        "Publish the passage without the file (`publish --without-files`), if the sender is to "
        "be protected.",
    ),
    "blind-copy": _reveals("It names who got a blind copy."),
    "internal-address": _reveals("It names a machine in somebody's own network."),
    "cookie": _reveals("It holds a cookie, by which a session can be taken over or traced."),
    "token": _reveals(
        "It holds a password, key or token.", "Have it revoked before it is published."
    ),
    "login-name": _reveals("It shows under which name somebody was logged in."),
    # What is ordinary.
    "scan-text": _tells("A scan has a text layer, read by a program."),
    "cut-words": _tells("A line runs off the paper."),
    "hidden-letters": _tells("Single letters are not seen, as in drawings."),
    "clipping-text": _tells("Text is used as a shape, and is seen as one."),
    "title": _tells("It has a title, subject or keywords."),
    "producer": _tells("It says which program made it."),
    "date": _tells("It says when it was made or changed."),
    "property": _tells("It has further properties."),
    "company": _tells("It names an organisation."),
    "bookmark": _tells("It has bookmarks."),
    "destination": _tells("It names places within it."),
    "form-value": _tells("A form is filled in."),
    "annotation": _tells("Something was put onto the page."),
    "layer": _tells("It has layers that can be switched."),
    "javascript": _tells("It holds a program that runs when it is opened."),
    "signature": _tells("It is signed, and names who signed it."),
    "same-revision": _tells("It was saved anew within the file, and the text stayed the same."),
    "template": _tells("It names the template that it was made from."),
    "external-link": _tells("It refers to something outside of it."),
    "printer": _tells("It holds settings of a printer."),
    "revision-ids": _tells("It holds identifiers by which copies and sessions can be matched."),
    "thumbnail": _tells("It holds a small preview."),
    "macro": _tells("It holds macros."),
    "camera": _tells("It says what it was taken with."),
    "description": _tells("It holds a description or comment."),
    "provenance": _tells("It carries a manifest of its provenance (C2PA)."),
    "route": _tells("It names the servers that it came over."),
    "client": _tells("It says which program sent it."),
    "message-id": _tells("Its Message-ID names a machine."),
    "attachment": _tells("It has an attachment, which was inspected in turn."),
    "html-comment": _tells("The page's source has comments."),
    "saved-from": _tells("It says from where it was saved."),
}
"""By name."""
