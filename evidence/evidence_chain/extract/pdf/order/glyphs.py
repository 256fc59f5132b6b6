"""The glyphs of a page in the order in which they are drawn, with the characters they stand for."""

from __future__ import annotations

import unicodedata
from ctypes import byref, c_ubyte, c_ulong, cast
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from pypdfium2 import raw

from evidence_chain.extract.pdf.drawn.boxes import Box
from evidence_chain.extract.pdf.drawn.pdfium_calls import ACTUAL_TEXT, actual_text_mark, pointer
from evidence_chain.extract.pdf.drawn.text import PageText
from evidence_chain.extract.pdf.file import joined_units, text_string
from evidence_chain.text.language.characters import COMPLEX, RIGHT_TO_LEFT, folds

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2 as pdfium

    from evidence_chain.extract.pdf.drawn.lines import Text
    from evidence_chain.extract.pdf.file import Handle

_NO_CHARACTER = "\ufffd"
_LAM, _ALEFS = "\u0644", "\u0622\u0623\u0625\u0627\u0671"


class Glyph(NamedTuple):
    """What is drawn at one place: a glyph, or several that stand for a text together."""

    text: str
    chars: tuple[int, ...]
    """The numbers of pdfium's characters, of which the first stands for all."""
    left: float
    right: float
    base: float
    """How high its baseline is."""
    size: float
    sure: bool = True
    """Whether the file says for sure which characters it stands for."""
    given: bool = False
    """Whether its text is that of an /ActualText, and not its own."""


class Replaced(NamedTuple):
    """An /ActualText that says something else than what is drawn."""

    text: str
    box: Box


class Span(NamedTuple):
    """Texts that one /ActualText stands for."""

    actual: str
    texts: list[Text]


def spans(texts: list[Text]) -> dict[int, Span]:
    """Texts that have an /ActualText, by the address of the first of each span."""
    found: dict[int, Span] = {}
    if not any(text.marked for text in texts):
        return found
    for mark, group in groupby(texts, lambda text: actual_text_mark(text.handle)):
        its = list(group)
        if mark:
            found[its[0].handle] = Span(_actual_text(mark), its)
    return found


def without_actual_text(page: pdfium.PdfPage, found: dict[int, Span]) -> PageText:
    """The text of a page by its glyphs alone: pdfium forgets each /ActualText of the page."""
    for handle in found:
        mark = pointer(actual_text_mark(handle))
        raw.FPDFPageObjMark_RemoveParam(pointer(handle), _mark(mark), ACTUAL_TEXT)
    return PageText(page)


def glyphs(texts: list[Text], text: PageText, found: dict[int, Span]) -> list[Glyph | Replaced]:
    """All glyphs in the order in which they are drawn, and what /ActualText says otherwise."""
    made: list[Glyph | Replaced] = []
    in_span = {each.handle for span in found.values() for each in span.texts}
    for each in texts:
        if each.handle in found:
            made += _of_span(found[each.handle], text)
        elif each.handle not in in_span:
            made += _of_text(each, text)
    return made


def _mark(mark: Handle) -> Handle:
    return cast(mark, raw.FPDF_PAGEOBJECTMARK)


def _actual_text(mark: int) -> str:
    """The value of /ActualText, as a text string of PDF (ISO 32000-2, 7.9.2.2).

    pdfium gives it undecoded only as a blob.
    """
    size, place = c_ulong(), _mark(pointer(mark))
    raw.FPDFPageObjMark_GetParamBlobValue(place, ACTUAL_TEXT, None, 0, byref(size))
    buffer = (c_ubyte * size.value)()
    raw.FPDFPageObjMark_GetParamBlobValue(place, ACTUAL_TEXT, buffer, size, byref(size))
    return text_string(bytes(buffer))


def _of_span(span: Span, text: PageText) -> Iterator[Glyph | Replaced]:
    """What is drawn, or else what /ActualText says, where its glyphs have no sure characters."""
    drawn = [glyph for each in span.texts for glyph in _of_text(each, text)]
    if not drawn:
        return
    said = "".join(glyph.text for glyph in drawn)
    chars = tuple(char for glyph in drawn for char in glyph.chars)
    around = _around([each.box for each in span.texts])
    left = min(around.left, *(each.left for each in drawn))
    right = max(around.right, *(each.right for each in drawn))
    base, size = drawn[0].base, drawn[0].size
    if _differs_in_case(said, span.actual):
        yield from _recased(drawn, span.actual)
        return
    same = _letters(said) == _letters(span.actual)
    if same or _is_complex(span.actual) or _without_characters(said):
        sure = same or not _contradicts(said, span.actual)
        yield Glyph(span.actual, chars, left, right, base, size, sure, not same)
    else:
        yield from drawn
        if span.actual.strip():
            yield Replaced(span.actual, around)


def _differs_in_case(said: str, actual: str) -> bool:
    """Whether one has the other's letters, some of them as capitals.

    Fonts for capitals name their glyphs after small letters; the /ActualText says what is seen.
    """
    one, other = "".join(said.split()), "".join(actual.split())
    return one != other and len(one) == len(other) and one.lower() == other.lower()


def _recased(drawn: list[Glyph], actual: str) -> Iterator[Glyph]:
    """Glyphs with the letters of an /ActualText, which differ in case alone."""
    letters = iter("".join(actual.split()))
    for glyph in drawn:
        text = "".join(char if char.isspace() else next(letters) for char in glyph.text)
        yield glyph._replace(text=text)


def _of_text(each: Text, text: PageText) -> Iterator[Glyph]:
    """Glyph by glyph, as they are drawn; one may stand for several characters."""
    chars = text.by_object.get(each.handle, [])
    places = [(text.origin(char), char) for char in chars]
    if any(RIGHT_TO_LEFT.match(text.char(char)) for char in chars):
        places.sort(key=lambda pair: pair[0][0])
    for (_, base), group in groupby(places, lambda pair: pair[0]):
        its = [char for _, char in group]
        box = text.cell(its[0])
        said, sure = _cluster(joined_units("".join(map(text.char, its))))
        yield Glyph(said, tuple(its), box.left, box.right, base, each.size, sure)


def _cluster(said: str) -> tuple[str, bool]:
    """The characters of one glyph in their order, and whether that is sure."""
    letters = [char for char in said if not unicodedata.combining(char)]
    if len(letters) < 2 or not all(unicodedata.bidirectional(char) == "AL" for char in letters):
        return said, _NO_CHARACTER not in said and not _is_private(said)
    if sorted(letters, key=lambda char: char != _LAM)[0] == _LAM and len(letters) == 2:
        other = next((char for char in letters if char != _LAM), _LAM)
        if other in _ALEFS:
            marks = "".join(char for char in said if unicodedata.combining(char))
            return _LAM + other + marks, True
    return said, False


def _is_private(said: str) -> bool:
    return any(unicodedata.category(char) in ("Co", "Cn", "Cc") for char in said if char != "\t")


def _without_characters(said: str) -> bool:
    return not said.strip() or _NO_CHARACTER in said or _is_private(said)


def _is_complex(said: str) -> bool:
    return any(COMPLEX.match(char) or RIGHT_TO_LEFT.match(char) for char in said)


def _letters(said: str) -> list[str]:
    """Letters, digits, marks and signs of a text, whatever their order."""
    folded = "".join(folds().get(ord(char), char) for char in said)
    parts = unicodedata.normalize("NFD", folded)
    return sorted(
        char for char in parts if not char.isspace() and char not in "\u00ad\u200b\u2010-"
    )


def _contradicts(said: str, actual: str) -> bool:
    """Whether glyphs have a letter or digit that their /ActualText lacks."""
    plain = [char for char in _letters(said) if char.isalnum() and not _is_private(char)]
    there = _letters(actual)
    return any(char not in there for char in plain)


def _around(boxes: list[Box]) -> Box:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return Box(min(lefts), min(bottoms), max(rights), max(tops))
