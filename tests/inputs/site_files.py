"""The pages of an edition as files, read as a browser would find them.

site = SiteFiles(edition)
site.pages["index.html"].text       what a page says; `.refs`, `.ids`, `.tags`, `.policy`
site.broken()                       links that lead to no file, or to no place in one
"""

from __future__ import annotations

from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_REFERS = ("href", "src", "action", "data", "poster", "srcset", "xlink:href")


class SitePage(HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.path, self.refs, self.ids, self.tags, self.attributes = path, [], set(), [], []
        self.policy, self._words, self._hidden = None, [], False
        self.feed(path.read_text())

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        self.tags.append(tag)
        self.attributes += said
        self.ids |= {said["id"]} if "id" in said else set()
        self.refs += [said[name] for name in _REFERS if name in said]
        if said.get("http-equiv") == "Content-Security-Policy":
            self.policy = said["content"]

    handle_startendtag = handle_starttag

    def handle_data(self, data):
        self._words.append(data)

    @cached_property
    def text(self):
        return " ".join("".join(self._words).split())


class SiteFiles:
    def __init__(self, edition):
        self.root = Path(edition.path).resolve() / "data/site"

    @cached_property
    def pages(self):
        paths = sorted(self.root.rglob("*.html"))
        return {str(path.relative_to(self.root)): SitePage(path) for path in paths}

    @cached_property
    def files(self):
        return {str(p.relative_to(self.root)) for p in self.root.rglob("*") if p.is_file()}

    def below(self, folder):
        """The pages of a folder."""
        return [page for name, page in self.pages.items() if name.startswith(f"{folder}/")]

    def _targets(self):
        known = {page.path: page for page in self.pages.values()}
        for name, page in self.pages.items():
            for ref in page.refs:
                to = urlsplit(ref)
                path = (page.path.parent / unquote(to.path)).resolve() if to.path else page.path
                yield name, ref, path, known.get(path), to.fragment

    def broken(self):
        """Each page with a reference of it that leads nowhere."""
        return [
            (name, ref)
            for name, ref, path, page, part in self._targets()
            if not path.is_file() or (part and page and part not in page.ids)
        ]

    def unlinked(self):
        """The files of the site that nothing leads to."""
        there = {path for _, _, path, _, _ in self._targets()}
        return {name for name in self.files if self.root / name not in there}
