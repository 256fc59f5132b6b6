"""The kinds of record that are no evidence: files, originals, claims, links, and notices."""

from __future__ import annotations

from evidence_chain.kinds.fields import Field, Kind
from evidence_chain.kinds.forms import ADDRESS, DATE, LANGUAGE, MOMENT

_ABOUT = (
    Field("title", "title", "What the document is called."),
    Field("author", "author", "Who wrote it."),
    Field("publisher", "publisher", "Who published it."),
    Field("published", "published", "When it was published, such as 2021-04-30.", form=DATE),
    Field("url", "address", "Where it was found on the web.", form=ADDRESS),
    Field("language", "language", "Its language, such as en or zh-Hans.", form=LANGUAGE),
)
_NOTE = Field("note", "note", "A note of your own; sealed like everything else.")

ARTIFACT = Kind(
    "artifact",
    "preserved file",
    (
        Field("blake3", "BLAKE3", asked=False, required=True),
        Field("sha256", "SHA-256", asked=False, required=True),
        Field("size", "size in bytes", type=int, asked=False, required=True),
        Field("media_type", "media type", asked=False, required=True),
        Field("filename", "file name", asked=False, required=True),
        *_ABOUT,
        Field("retrieved_at", "retrieved at", "When you got it, such as 2021-04-30.", form=MOMENT),
        Field("warnings", "warnings", type=list, asked=False),
        _NOTE,
    ),
)
ORIGINAL = Kind(
    "original",
    "original that is not held",
    (
        Field("title", "title", "What the document is called.", required=True),
        *_ABOUT[1:],
        Field("translated", "translated", "It is known only in translation.", type=bool),
        _NOTE,
    ),
)
CLAIM = Kind(
    "claim",
    "claim",
    (
        Field("slug", "short name", required=True),
        Field("statement", "statement", required=True),
        _NOTE,
    ),
)
LINK = Kind("link", "link", (_NOTE,))
RETRACTION = Kind(
    "retraction",
    "retraction",
    (Field("reason", "reason", "Why it no longer stands.", required=True),),
)
ERASURE = Kind(
    "erasure",
    "erasure",
    (Field("reason", "reason", "Why it was erased; readers are told.", required=True),),
)
AMENDMENT = Kind(
    "amendment",
    "amendment",
    (
        Field("changes", "changes", type=dict, asked=False, required=True),
        Field("reason", "reason", "Why it is corrected; sealed.", required=True),
    ),
)
REVIEW = Kind(
    "review",
    "review",
    (
        Field("reviewer", "reviewer", "Who looked at it.", required=True),
        Field("note", "note", "What they say of it; sealed like everything else."),
        Field("size", "size of the log", type=int, asked=False, required=True),
        Field("root", "root of the log", asked=False, required=True),
        Field("signature", "signature", asked=False),
    ),
)
KEY = Kind(
    "key",
    "change of keys",
    (Field("reason", "reason", "Why the key was changed; readers are told."),),
)
CUSTODY = Kind(
    "custody",
    "custody event",
    (
        Field("actor", "who did it", required=True),
        Field("action", "what was done", asked=False, required=True),
        Field("subjects", "what it is about", type=list, asked=False, required=True),
        _NOTE,
    ),
)
CASE = Kind("case", "case", (Field("title", "title", "What the case is called."),))
