"""Where the pages of a site are, from one of them: names of files, with no server behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from evidence_datasette.site.published import document_name, page_start

if TYPE_CHECKING:
    from evidence_datasette.site.published import Published

POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
SCRIPTED = f"{POLICY}; script-src 'self'"
"""The search alone has a script: a file of the site, which loads the index, as more such files."""


@dataclass(frozen=True, slots=True)
class FileLinks:
    """Relative addresses of the files of an edition, as `Links` has those of a server.

    Args:
        known: What the edition discloses.
        name: The page that they are on, below `data/site/`.
    """

    is_served: ClassVar[bool] = False
    whose: ClassVar[str] = "whoever published this"

    known: Published
    name: str

    def page(self, name: str) -> str:
        """A page or file of the site."""
        return f"{self._up}{name}"

    def allows(self, here: str) -> str:
        """The Content-Security-Policy of a page."""
        return SCRIPTED if here == "search" else POLICY

    @property
    def _up(self) -> str:
        return "../" * self.name.count("/")

    def claims(self, before: object = None, **_: object) -> str:
        """The claims; those before an entry, if it is named."""
        return self.page(f"claims/before-{before}.html" if before else "index.html")

    def claim(self, reference: object, id_: object = None) -> str:
        """One claim, by `id_` or else by a reference that is its id."""
        return self.page(self.known.claim(str(id_ or reference)))

    def record(self, reference: object) -> str:
        """One record, by its id."""
        return self.page(self.known.record(str(reference)))

    def document(
        self, reference: object, at: int | None = None, text: str = "", after: int = 0
    ) -> str:
        """One preserved file, or a part of it."""
        if after:
            return self.page(document_name(str(reference), after=after))
        return self.page(self.known.document(str(reference), at or 0, text or ""))

    def of(self, kind: str, reference: object) -> str:
        """The page that shows most of a record of this kind."""
        if kind == "claim":
            return self.claim(reference)
        return self.document(reference) if kind == "artifact" else self.record(reference)

    def entry(self, index: int) -> str:
        """One entry of the log."""
        return self.page(f"log/{page_start(index)}.html#entry-{index}")

    def log(self, start: int | None = None) -> str:
        """The log, or the page of its entries that begins with one."""
        return self.page("log.html" if start is None else f"log/{start}.html")

    def withheld(self, start: int | None = None) -> str:
        """What is withheld, or the page of such entries that begins with one."""
        return self.page("withheld.html" if start is None else f"withheld/{start}.html")

    def search(self) -> str:
        """The search."""
        return self.page("search.html")

    def card(self, id_: str, kind: str = "html") -> str:
        """The card of a claim, or what tells others how to embed it."""
        return self.page(f"card/{id_}.{kind}")

    def static(self, name: str) -> str:
        """One of our static files."""
        return self.page(f"static/{name}")

    def file(self, _reference: object, digest: object) -> str:
        """The file itself."""
        return self._beside(self.known.file(digest) or "artifacts")

    def picture(self, digest: str, _of: int) -> str:
        """The picture of a passage; nothing if it isn't here."""
        there = self.known.file(digest)
        return self._beside(there) if there else ""

    def proof(self, id_: str) -> str:
        """The proof of a claim, which travels alone."""
        return self._beside(f"proofs/{id_}.tlog-proof")

    def verifier(self) -> str:
        """The verifier that is in the edition."""
        return self._beside("verify.html")

    def _beside(self, path: str) -> str:
        """What lies in the edition beside the site."""
        return f"{self._up}../{path}"
