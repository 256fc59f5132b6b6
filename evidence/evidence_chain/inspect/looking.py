"""What runs in the guarded process: a file is told by its content, and looked into in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import sniffing
from evidence_chain.extract.sniffing import HEAD, TAIL, sniff
from evidence_chain.inspect.finding import Inspection

if TYPE_CHECKING:
    from typing import BinaryIO

    from evidence_chain.inspect.cleaning import Cleaned
    from evidence_chain.inspect.finding import Finding

MAX_DEPTH = 3
"""How deep files within files are looked into."""
MAX_PARTS = 500
"""Files within a file that are looked into, at any depth."""
_FONTS = (b"\0\1\0\0\0", b"OTTO", b"ttcf", b"wOFF", b"wOF2")
"""How fonts begin, which pages of web archives are shown with: not telling of who saved it."""
_OPEN = (sniffing.PLAIN, sniffing.MARKDOWN, sniffing.VTT, sniffing.SRT)

Looked = tuple[list["Finding"], list[str], list[tuple[str, bytes]]]
"""What is found in a file, what of it could not be looked into, and the files in it."""


def inspect(file: BinaryIO, name: str) -> Inspection:
    """Look into a file, and into the files in it.

    Args:
        file: the file.
        name: what it is called.

    Raises:
        ExtractionError: nothing in it can be looked into.
    """
    data = file.read()
    looker = _Looker()
    media_type = typed(data, name)
    looker.look(data, name, media_type, [])
    if looker.unchecked and not looker.findings and looker.refused:
        raise ExtractionError(looker.refused)
    return Inspection(media_type, _in_order(looker.findings), looker.unchecked)


def clean(file: BinaryIO, name: str) -> Cleaned:
    """Return a copy of a file without metadata; see `cleaning`."""
    data = file.read()
    from evidence_chain.inspect import cleaning

    return cleaning.clean(data, typed(data, name))


def typed(data: bytes, name: str) -> str:
    """The media type of a file."""
    return sniff(data[:HEAD], name, data[-TAIL:])


class _Looker:
    """Looks into a file and those in it, as far as there is room."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.unchecked: list[str] = []
        self.refused = ""
        """Why the file itself could not be looked into, if so."""
        self._left = MAX_PARTS

    def look(self, data: bytes, name: str, media_type: str, within: list[str]) -> None:
        """Note what a file gives away, and each file in it."""
        where = " › ".join(within)
        try:
            found, unchecked, parts = _look(data, media_type)
        except ExtractionError as error:
            self.unchecked.append(f"{where}: {error}" if where else str(error))
            self.refused = self.refused or ("" if within else str(error))
            return
        self.findings += [one.within(where) if where else one for one in found]
        self.unchecked += [f"{where}: {one}" if where else one for one in unchecked]
        left_out = 0
        for called, content in parts:
            kind = typed(content, called)
            if kind in _OPEN or not content or content.startswith(_FONTS):
                continue
            if len(within) >= MAX_DEPTH or self._left <= 0:
                left_out += 1
                continue
            self._left -= 1
            self.look(content, called, kind, [*within, called[:120]])
        if left_out:
            self.unchecked.append(f"{where or name}: {left_out} files in it were not looked into")


def _look(data: bytes, media_type: str) -> Looked:
    """What is found in a file of a type, by what knows that type; no other is imported.

    Raises:
        ExtractionError: it can't be looked into.
    """
    if not data or media_type in _OPEN:
        return [], [], []
    name = "image" if media_type.startswith("image/") else _BY_TYPE.get(media_type)
    if name is None:
        raise ExtractionError(
            f"Nothing here looks into {media_type}: whether it gives anything away is not known. "
            "Look into it with the program that made it, or publish its words in another form."
        )
    return _LOOKS[name](data, media_type)


def _look_into_pdf(data: bytes, _: str) -> Looked:
    from evidence_chain.inspect import pdf

    return pdf.look(data)


def _look_into_picture(data: bytes, media_type: str) -> Looked:
    from evidence_chain.inspect import picture

    return picture.look(data, media_type)


def _look_into_mail(data: bytes, _: str) -> Looked:
    from evidence_chain.inspect import mail

    return mail.look(data)


def _look_into_page(data: bytes, _: str) -> Looked:
    from evidence_chain.inspect import web

    return web.look(data)


def _look_into_zip(data: bytes, _: str) -> Looked:
    from evidence_chain.inspect import archive, office

    return office.look(data) or archive.zipped(data)


def _look_into_package(data: bytes, _: str) -> Looked:
    from evidence_chain.inspect import archive

    return archive.package(data)


def _look_into_web_archive(data: bytes, _: str) -> Looked:
    from evidence_chain.inspect import archive

    return archive.web_archive(data)


def _look_into_mailbox(data: bytes, _: str) -> Looked:
    from evidence_chain.inspect import archive

    return archive.mailbox(data)


_LOOKS = {
    "pdf": _look_into_pdf,
    "image": _look_into_picture,
    "mail": _look_into_mail,
    "page": _look_into_page,
    "zip": _look_into_zip,
    "wacz": _look_into_package,
    "warc": _look_into_web_archive,
    "mbox": _look_into_mailbox,
}
_BY_TYPE = {
    sniffing.PDF: "pdf",
    **dict.fromkeys((sniffing.MAIL, sniffing.MHTML), "mail"),
    sniffing.HTML: "page",
    **dict.fromkeys((*sniffing.PACKED, sniffing.ZIP), "zip"),
    sniffing.WACZ: "wacz",
    sniffing.WARC: "warc",
    sniffing.MBOX: "mbox",
}


def _in_order(found: list[Finding]) -> list[Finding]:
    """What matters first; within that as it was found, and each thing once."""
    once = dict.fromkeys(found)
    return sorted(once, key=lambda one: one.severity != "reveals")
