"""Asks a public archive for a copy of its own (Save Page Now of web.archive.org)."""

from __future__ import annotations

import re
from urllib.error import URLError
from urllib.parse import urljoin
from urllib.request import Request, urlopen

from evidence_chain.capture.warc import SOFTWARE
from evidence_chain.errors import UncheckedError

ARCHIVE = "https://web.archive.org"
SECONDS = 120
"""How long the archive may take to get the page."""
_COPY = re.compile(r"/web/\d{14}/.+")
_MEMENTO = re.compile(r"""<([^>]+)>\s*;[^,<]*rel="?(?:[a-z ]* )?memento\b""")


def ask(url: str, archive: str = ARCHIVE) -> str:
    """Where the archive keeps the copy that it made.

    The archive, and whoever watches it, learns the address and yours. What it answers is its word:
    the copy isn't looked at.

    Args:
        url: the page.
        archive: the archive's own address.

    Raises:
        UncheckedError: it can't be asked, or doesn't say that it made a copy.
    """
    asking = Request(  # noqa: S310 - only http and https get here
        f"{archive.rstrip('/')}/save/{url.partition('#')[0]}", headers={"User-Agent": SOFTWARE}
    )
    try:
        with urlopen(asking, timeout=SECONDS) as reply:  # noqa: S310
            told = [
                reply.headers.get("Content-Location", ""),
                *_MEMENTO.findall(reply.headers.get("Link", "")),
                reply.geturl(),
            ]
    except (URLError, OSError, ValueError) as error:
        raise UncheckedError(
            f"{archive} made no copy of {url}: {getattr(error, 'reason', error)}"
        ) from error
    for one in told:
        if _COPY.search(one):
            return str(urljoin(archive, one))[:2000]
    raise UncheckedError(f"{archive} did not say where it keeps a copy of {url}.")
