"""The pages of an edition as files: `data/site/`, read from a disk or any web host.

The pages are those that Datasette serves, made by the same functions and templates from the
edition's own database and files, so that nothing can be in them that is not in the edition. What
asks a server something is left out (`to.is_served`), and no page but the search has a script.

    index.html, claims/before-N.html      the published claims, newest first
    claim/ID.html                         one of them, resolved to its chain
    card/ID.html, card/ID.json            a card of it to be embedded, and its oEmbed
    record/ID.html                        each record of which something is disclosed
    document/ID….html                     each preserved file, its text and the passages in it
    log.html, log/N.html                  the log, and its entries from N on
    withheld.html, withheld/N.html        what is withheld, and why
    search.html, search/…                 a search, with its index
    static/                               style sheets, and the script of the search

    published  which records have pages, and under which names
    links      addresses in these pages: relative names of files
    listed     the pages that list things, made for the site alone
    pages      all pages, one after the other
    index      the index of the search
    writing    templates become files

What belongs to a page wherever it is shown lies in the folders of Datasette's pages. The time
that pages tell is that of the edition: the same case, published alike, gives the same bytes.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from evidence_chain.errors import InputError
from evidence_datasette.site.writing import write

if TYPE_CHECKING:
    from collections.abc import Callable

    from evidence_db.publishing.writing.order import Unsealed

__all__ = ["pages_for"]
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+(?:/[A-Za-z0-9._~%/-]*)?")


def pages_for(address: str | None = None) -> Callable[[Unsealed], None]:
    """What writes the pages of an edition that is not sealed yet.

    Args:
        address: Where `data/site/` will be found on the web, which others who embed a card have
            to know. Without it the cards' oEmbed has addresses relative to itself.

    Raises:
        InputError: that is no such address.
    """
    if address is not None and not _ADDRESS.fullmatch(address):
        raise InputError(
            f"{address!r} is no address of a directory such as https://newsroom.example/case/site/"
        )
    return partial(write, address=address and address.rstrip("/") + "/")
