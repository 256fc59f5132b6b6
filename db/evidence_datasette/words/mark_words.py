"""What is to be known of a passage: notes of the comparison, and marks of the file."""

from __future__ import annotations

from typing import Any

from evidence_chain.extract.stream import mark_words

Json = dict[str, Any]

_NOTES = {
    "ambiguous": "it stands there more than once, and nothing says which place is meant",
    "short": "it is short, so that the place decides what it says",
    "outer-quotes": "quotation marks typed around it were left out of account",
    "terminal-punctuation": "a full stop or comma typed at its end was left out of account",
    "bidi-control": "it holds characters that reorder what is displayed",
    "zero-width": "it holds characters that are not seen",
    "negation-before": "a word that negates stands just before it",
    "negation-after": "a word that negates stands right after it",
    "omits-negation": "what is left out negates",
    "negation-unsure": "whether what is left out or put in negates can't be told in its language",
    "hyphen-unsure": "a line ends within a word that means something else with a hyphen",
    "omits-number": "what is left out has a number",
    "omits-redaction": "what is left out has been blackened",
    "source-ellipsis": "the file itself leaves something out there",
    "fragmentary": "its pieces are very short",
    "bracket-negates": "the words in brackets negate",
    "bracket-number": "the words in brackets have a number",
    "inserted-words": "the words in brackets say more than who or what is meant",
    "sentence-goes-on": "in the file the sentence goes on where the quote ends it",
    "bracket-in-word": "a bracket is part of a word",
    "partial-word": "it cuts through a word",
    "partial-number": "it cuts through a number",
    "word-order": "the words are the same, in another order",
    "clause-differs": "it stands under another clause than the one that was given",
    "not-seen": "a program that showed the file did not show it so",
    "annotation": "it was put onto the page as an annotation",
    "inserted": "it is a tracked insertion",
    "deleted": "it was deleted, as a tracked change, or is struck out",
    "hidden": "a reader of the file does not see it",
    "quoted": "it is quoted from somebody else's message",
    "ocr": "it was read off a picture by a machine",
    "joined": "the page doesn't show it as one: its parts don't follow each other",
    "unsure": "the file doesn't say for sure which letters these are",
    "guessed": "its letters are a guess, since the file does not say how they are written",
    "revisions": "the file was changed after it was made",
    "digest-differs": "the archive has a digest of it that is another",
    "unlisted": "nothing in its package vouches for the archive that it is in",
    "signature-fails": "the signature of what it is in does not hold",
    "other-status": "the server did not send it with status 200",
    "partial": "only a part of the page was captured",
    "converted": "a program made it of what was captured",
    "after-damage": "it was found behind a damaged place of the archive",
    "words-beside": "the page puts words right before or after it",
}
_MARKS = {
    "page": "page",
    "clause": "clause",
    "response": "captured from",
    "captured": "captured at",
    "cell": "stands in cell",
    "slide": "stands on slide",
    "time": "spoken at second",
    "voice": "said to be spoken by",
    "part": "stands in",
    "annotation": "annotation",
    "form-field": "form field",
    "inserted": "tracked insertion",
    "deleted": "deleted or struck out",
    "hidden": "not seen by a reader",
    "quoted": "quoted from",
    "ocr": "read off a picture by",
    "joined": "not read as one:",
    "unsure": "letters that aren't certain:",
    "guessed": "letters guessed:",
    "revisions": "changed after it was made:",
    "digest-differs": "another digest than told:",
    "unlisted": "not vouched for:",
    "signature-fails": "signature:",
    "other-status": "sent with status",
    "partial": "a part of the page:",
    "converted": "made by a program:",
    "after-damage": "found behind damage in",
    "words-beside": "the page puts beside it:",
}


def match_of(record: Json) -> Json:
    """The verdict on a passage; empty if it is withheld."""
    match = record["match"]
    return match if isinstance(match, dict) else {}


def cautions(record: Json) -> list[str]:
    """What is to be known of a passage besides, by the notes of the comparison."""
    notes = match_of(record).get("notes")
    return [_NOTES.get(str(note), str(note)) for note in notes] if isinstance(notes, list) else []


def marks(record: Json) -> list[tuple[str, str]]:
    """What the file marks where the passage stands: page, clause, hidden, deleted and so on."""
    found = [one for one in dicts(record["fields"].get("marks")) if one.get("kind")]
    named = [(kind := str(one["kind"]), mark_words(kind, one.get("detail"))) for one in found]
    for field in ("clause", "page"):
        value = record["fields"].get(field)
        if value and (field, str(value)) not in named:
            named.insert(0, (field, str(value)))
    recorded = ("clause", str(record["fields"].get("clause")))
    return [
        ("stands under", detail)
        if kind == "clause" and (kind, detail) != recorded
        else (_MARKS.get(kind, kind), detail)
        for kind, detail in named
    ]


def dicts(value: object) -> list[Json]:
    """The objects of a list; evidence may hold anything instead."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
