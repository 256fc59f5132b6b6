"""What is to be said of a page that was got: what scripts did, what changed, what lay over it."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

from evidence_chain.capture.hiding import secrets_of, stands_in
from evidence_chain.errors import ExtractionError
from evidence_chain.extract import extract

if TYPE_CHECKING:
    from collections import Counter

    from evidence_chain.capture.browser.tree import Tree
    from evidence_chain.capture.recorded import Visit

_QUOTED = 3
_LONGEST = 120
OVER = """() => {
    const [width, height] = [window.innerWidth, window.innerHeight];
    for (const y of [0.5, 0.9]) {
        let one = document.elementFromPoint(width / 2, height * y);
        for (; one && one !== document.body; one = one.parentElement) {
            const box = one.getBoundingClientRect();
            const over = ["fixed", "sticky"].includes(getComputedStyle(one).position) ||
                one.matches("dialog[open]");
            if (over && box.width * box.height >= width * height * 0.1)
                return (one.innerText || "?").slice(0, 300);
        }
    }
    return null;
}"""
"""The words of what lies over a large part of the window, or nothing."""


def over_the_page(words: object) -> list[str]:
    """What is said of something that covers the page, such as a question about cookies."""
    if not isinstance(words, str):
        return []
    return [
        f"Something lies over the page ({_short(words)}), perhaps a question about cookies. "
        "Nothing was clicked: what only shows after an answer is not in the archive."
    ]


def changed(loaded: Counter[str], pictured: Counter[str], printed: Counter[str]) -> list[str]:
    """What is said of texts that were on the page at one moment and not at another.

    Args:
        loaded: the texts as it was loaded.
        pictured: as the picture was made, after scrolling.
        printed: after the PDF was made.
    """
    gone = [one for one in {**loaded, **pictured} if one not in printed]
    new = [one for one in printed if one not in pictured]
    if not gone and not new:
        return []
    said = [f"{what}: {_some(texts)}" for what, texts in (("gone", gone), ("new", new)) if texts]
    return [
        "The page changed while it was read, so picture, PDF and text may differ: "
        + "; ".join(said)
        + "."
    ]


def by_scripts(found: Visit, tree: Tree) -> None:
    """Say which texts no server sent so, and keep the page as scripts left it if there are any."""
    page = found.page
    if page is None or page.body is None:
        return
    try:
        sent = " ".join(_text(page.body).split())
    except ExtractionError:
        sent = ""
    added = [one for one in tree.texts if one not in sent]
    if added:
        found.document = tree.html()
        found.told.append(
            f"Scripts or the browser put in what does not stand so in the page as it was sent: "
            f"{_some(added)}. The page as they left it is in the archive as a conversion."
        )
    if tree.has_frames:
        found.told.append("Frames are kept as they were sent, not as scripts left them.")


def besides(found: Visit, happened: Counter[str]) -> list[str]:
    """What is said of all else that happened."""
    said = [f"{what[0].upper()}{what[1:]}{_times(n)}." for what, n in happened.items()]
    secrets = secrets_of(found.exchanges)
    shown = {
        name
        for secret, name in secrets.items()
        if secret in found.document or any(stands_in(secret, one) for one in found.exchanges)
    }
    if shown:
        said.append(
            f"The value of a cookie stands in the page or an address, too, and is left there: "
            f"{', '.join(sorted(shown))[:200]}. Look before you publish the archive."
        )
    return said


def _text(page: bytes) -> str:
    with tempfile.NamedTemporaryFile(suffix=".html") as file:
        file.write(page)
        file.flush()
        return extract(file.name, "text/html").text


def _some(texts: list[str]) -> str:
    more = len(texts) - _QUOTED
    return "; ".join(map(_short, texts[:_QUOTED])) + (f"; and {more:,} more" if more > 0 else "")


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return f"“{flat[:_LONGEST]}{'…' if len(flat) > _LONGEST else ''}”"


def _times(number: int) -> str:
    return f" ({number:,} times)" if number > 1 else ""
