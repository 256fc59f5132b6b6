"""Reads pictures by `tesseract`, a program of its own, where it is installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from functools import cache
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.errors import ExtractionError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PIL.Image import Image

    from evidence_chain.canonical import Json

LANGUAGES = ("eng", "chi_sim", "chi_tra", "ara", "rus", "deu", "fra", "spa", "jpn", "kor")
"""Those looked for, in the order in which they are tried on each word."""
MOST_LANGUAGES = 4
"""The first so many that are installed are used: more make it slow, and not better."""
SECONDS = 40
"""For one picture."""

INSTALL = "apt-get install tesseract-ocr tesseract-ocr-chi-sim, or brew install tesseract"

_TOOK_TOO_LONG = f"reading it took more than {SECONDS} s"
_LEVEL, _BLOCK, _PARAGRAPH, _LINE, _LEFT, _TOP, _WIDTH, _HEIGHT, _TEXT = 0, 2, 3, 4, 6, 7, 8, 9, 11
_WORD_LEVEL = "5"


class Word(NamedTuple):
    """A word that was read, and where it stands in the picture."""

    start: int
    end: int
    box: tuple[int, int, int, int]
    """Left, top, right, bottom, in pixels from the top left."""


class Reading(NamedTuple):
    """What was read off a picture."""

    text: str
    words: list[Word]


def available() -> bool:
    """Whether `tesseract` is installed, with a language that it can read."""
    return bool(_program() and _languages(_program()))


def languages() -> tuple[str, ...]:
    """The languages that pictures are read in here, as tesseract calls them."""
    return _languages(_program())


def described() -> dict[str, Json]:
    """The program's version and its languages, for an extractor's options."""
    found = re.search(r"tesseract v?(\S+)", _run(["--version"]))
    version = found[1] if found else "of unknown version"
    return {"ocr": f"tesseract {version}", "languages": [*_languages(_program())]}


def read(picture: Image, languages: tuple[str, ...] | None = None) -> Reading:
    """Return what stands in a picture, with a line for each line.

    Args:
        picture: the picture.
        languages: names as tesseract has them; those of `LANGUAGES` that are installed if `None`.

    Raises:
        ExtractionError: tesseract isn't installed, failed, or took too long.
    """
    data = BytesIO()
    picture.save(data, "PNG", compress_level=1)
    names = "+".join(languages or _languages(_require()))
    settings = ["--psm", "3", "-c", "tessedit_create_tsv=1"]
    return _assemble(_run(["stdin", "stdout", "-l", names, *settings], data.getvalue()))


def read_picture(png: bytes, languages: tuple[str, ...] | None = None) -> str:
    """Return the text that stands in a PNG.

    Raises:
        ExtractionError: it is no PNG, or could not be read (see `read`).
    """
    from PIL import Image, UnidentifiedImageError

    try:
        picture = Image.open(BytesIO(png), formats=["PNG"])
        picture.load()
    except (OSError, SyntaxError, ValueError, UnidentifiedImageError) as error:
        raise ExtractionError(f"This picture can't be read: {error}.") from error
    return read(picture, languages).text


def line_boxes(reading: Reading, start: int, end: int) -> list[list[int]]:
    """Left, top, right, bottom of the words in the slice `[start, end)`, one box for each line."""
    words = [word for word in reading.words if word.start < end and start < word.end]
    lines = groupby(words, lambda word: reading.text.count("\n", 0, word.start))
    return [union(word.box for word in line) for _, line in lines]


def union(boxes: Iterable[Iterable[int]]) -> list[int]:
    """The smallest box around some: left, top, right, bottom."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return [min(lefts), min(tops), max(rights), max(bottoms)]


def _assemble(table: str) -> Reading:
    """Words of a line joined by spaces, lines by line feeds, paragraphs by an empty line."""
    text, words, before = "", [], None
    for line in table.splitlines()[1:]:
        row = line.split("\t")
        if row[_LEVEL] != _WORD_LEVEL or not row[_TEXT].strip():
            continue
        place = row[_BLOCK], row[_PARAGRAPH], row[_LINE]
        if before:
            text += " " if place == before else "\n" if place[:2] == before[:2] else "\n\n"
        left, top, width, height = (int(row[at]) for at in (_LEFT, _TOP, _WIDTH, _HEIGHT))
        box = left, top, left + width, top + height
        words.append(Word(len(text), len(text) + len(row[_TEXT]), box))
        text += row[_TEXT]
        before = place
    return Reading(text, words)


def _program() -> str:
    return shutil.which("tesseract") or ""


def _require() -> str:
    program = _program()
    if not program or not _languages(program):
        raise ExtractionError(
            "A picture can only be read by tesseract, which is not installed here, or without a "
            f"language. Install it ({INSTALL}) and try again, or preserve a text version too."
        )
    return program


@cache
def _languages(program: str) -> tuple[str, ...]:
    if not program:
        return ()
    installed = set(_run(["--list-langs"]).split("\n"))
    return tuple(name for name in LANGUAGES if name in installed)[:MOST_LANGUAGES]


def _run(arguments: list[str], data: bytes = b"") -> str:
    """What tesseract writes. It has the limits of this process, and one thread."""
    environment = {"PATH": os.environ.get("PATH", os.defpath), "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - no shell; the picture is no part of the command
            [_program(), *arguments],
            input=data,
            capture_output=True,
            env=environment,
            timeout=SECONDS,
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise _failure(_TOOK_TOO_LONG) from error
    except subprocess.CalledProcessError as error:
        raise _failure(error.stderr.decode(errors="replace").strip()[-300:]) from error
    except OSError as error:
        raise _failure(str(error.strerror)) from error
    return done.stdout.decode(errors="replace")


def _failure(reason: str) -> ExtractionError:
    return ExtractionError(
        f"tesseract could not read a picture: {reason or 'it gave no reason'}. Look at the "
        "picture, and preserve a text version or a better scan too."
    )
