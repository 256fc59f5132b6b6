"""An article in HTML: what the extractor says a reader sees, `<blockquote>` and `<q>` known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evidence_chain.article.seen import seen
from evidence_chain.extract.html import decode, draw_apart

if TYPE_CHECKING:
    from typing import BinaryIO

    from evidence_chain.article.written import Article

_Q = re.compile(r"<(/?)q(?:\s[^>]*)?>", re.IGNORECASE)


def article(file: BinaryIO) -> Article:
    """The blocks of the page, a paragraph each. `<q>` stands as the marks that browsers put."""
    markup, _ = decode(file.read())
    marked = _Q.sub(lambda mark: "”" if mark[1] else "“", markup)
    text, marks, end = draw_apart(marked, lambda tag, _classes: tag == "blockquote")
    return seen(text[:end], marks, quoted=True)
