"""How others embed the card of a claim: oEmbed 1.0 (https://oembed.com)."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_datasette.site.published import Published

WIDTH, HEIGHT = 560, 260
"""Of a card, in CSS pixels."""


def cards(known: Published, address: str | None) -> Iterator[tuple[str, bytes]]:
    """The JSON of each published claim, by its name.

    Args:
        known: What the edition discloses.
        address: Where the site will be on the web. Without it the card is named relative to the
            JSON, which only those who know where that came from can use.
    """
    info = known.reader.info()
    for id_ in sorted(known.claims):
        place = known.reader.place(id_)
        body = known.reader.record(place.index).body if place else {}
        title = str(body.get("statement"))
        source = f"{address}card/{id_}.html" if address else f"{id_}.html"
        frame = (
            f'<iframe src="{source}" width="{WIDTH}" height="{HEIGHT}" '
            f'title="{html.escape(title)}" loading="lazy"></iframe>'
        )
        said = {"version": "1.0", "type": "rich", "title": title}
        said |= {"provider_name": info.title or info.origin}
        said |= {"provider_url": address} if address else {}
        whole = {**said, "width": WIDTH, "height": HEIGHT, "html": frame}
        yield f"card/{id_}.json", json.dumps(whole, indent=2).encode() + b"\n"
