"""The publisher's word in an edition: its README."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.edition.browser import digest
from evidence_chain.wording.plural import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What moves a terminal's cursor, breaks a line, or turns one around."""


class About(NamedTuple):
    """What the texts tell of an edition."""

    title: str | None
    origin: str
    made: str
    claims: int
    entries: int
    withheld: int
    everywhere: Sequence[str]
    """Fields that are withheld in every record."""
    has_site: bool = False


def readme(about: About) -> bytes:
    """`README.txt`, in plain words."""
    entries = counted(about.entries, "entry")
    title = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", about.title or about.origin)
    return f"""{title}

This is an edition of the evidence behind {counted(about.claims, "claim")}, as the log
{about.origin} had it when it was published, {about.made}. The edition is the whole directory
in which edition.note lies, the one above this file's. Its log has {entries};
{about.withheld:,} of them are withheld, erased or shown in part, and edition.json says why.
{_everywhere(about)}
WHAT IS HERE

  data/log.jsonl        every entry of the log, with what is disclosed of it
  data/artifacts/       the preserved files, named by their digest (BLAKE3)
  data/evidence.db      the same as a database, to search and to browse
  data/proofs/          for each claim a proof that can be handed on alone
  data/edition.json     what is withheld, and why; earlier editions; what was asked before
  data/checkpoint       the signed state of the log
{_site(about)}  edition.note          the signature over all of this

CHECK IT BEFORE YOU BELIEVE IT

Take the newsroom's verifier key from somewhere else than from here, such as its printed paper
or its own site. Then, offline:

  evidence check THE-DIRECTORY --key 'THE KEY'

Without any program of ours: sha256sum -c manifest-sha256.txt compares every file with the manifest,
edition.note signs the manifest, and the format is public, so that any program can do the rest.

In a browser, with nothing to install: open verify.html, drop that directory on it, and paste the
key. It needs no network. A verifier should come from elsewhere than what it checks, so take it
from the newsroom's site, not from here, and compare its SHA-256 where the newsroom tells it:

  {digest()}

WHAT A CHECK PROVES

That nothing here was changed since it was signed; that the log's entries are those that were
recorded, in that order, and none was taken out; that each passage stands in its file where its
record says, with the words that stand there. What was quoted in other words is recorded as altered
(`match` in its record), and a check counts it.

WHAT IT DOES NOT PROVE

That a statement is true; that everything was recorded; that a record that is withheld is what its
publisher says; when something was recorded, beyond what time-stamps tell.

BROWSE IT

Check it first, then look at a copy. With the program:

  evidence serve THE-DIRECTORY

With Datasette alone, 0.65 or 1.0, from that directory (1.0 reads descriptions from --metadata, and
permissions from --config alone):

  datasette --immutable data/evidence.db --metadata data/datasette-metadata.json

Whoever serves it to others, and doesn't want them to run SQL of their own, adds, for 0.65,
--setting default_allow_sql off, and for 1.0, -s default_allow_sql off.
""".encode()


def _site(about: About) -> str:
    return "  data/site/index.html  the same as pages, to be read first\n" if about.has_site else ""


def _everywhere(about: About) -> str:
    """A line on what is withheld in every record, if anything is."""
    names = ", ".join(about.everywhere)
    return f"Withheld in all of them, and not counted: {names}.\n" if names else ""
