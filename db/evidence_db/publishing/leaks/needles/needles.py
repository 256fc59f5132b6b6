"""What is searched for: the strings of withheld values, the names of files, and what is in them."""

from __future__ import annotations

import base64
import binascii
import codecs
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain import canonical
from evidence_chain.digest import is_hex_digest
from evidence_db.publishing.leaks.forms.folding import fold
from evidence_db.publishing.leaks.needles.digests import ENOUGH, NAMES, digests_of
from evidence_db.publishing.leaks.needles.disclosed import strings
from evidence_db.publishing.leaks.needles.keywords import OF_THE_PROGRAM, keywords
from evidence_db.publishing.leaks.needles.parts import other_names, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_chain.canonical import Json
    from evidence_db.publishing.leaks.needles.disclosed import Disclosed
    from evidence_db.publishing.withholding.values import WithheldFile, WithheldValue

LONGEST = 96
"""Characters of a string that is searched for whole; of longer ones three parts are."""
PART = 64
TOO_SHORT = "it is too short to search for but by its digests"
FORMLESS = "there is nothing in it to be known by but its digests"
IN_NAME = "the name of the log has it, which is public for ever"
_SHORTEST, _SHORTEST_DENSE = 6, 3
_OF_USERS = ("more",)
"""Fields in which names are the users' own."""
_DENSE = ("CJK UNIFIED", "CJK COMPATIBILITY", "HIRAGANA", "KATAKANA", "HANGUL")
_CONTEXT = ("prefix", "suffix")
"""What of a selector stands beside the passage: it is no secret where another passage has it."""
_LARGEST_TEXT = 64 << 20
"""Bytes of a file up to which it is read for its digests with other line ends."""
_TEXT = 1 << 20
"""Bytes of a file that is text that are searched for."""
_VARIED = 16
"""Different bytes that a part of a file has by which it is known."""
_SIGNED = re.compile(rb"(?im)^(?:dkim-signature|arc-[a-z-]+)[ \t]*:((?:.*\r?\n)(?:[ \t].*\r?\n)*)")
_HASHES = re.compile(rb"(?:\A|;)\s*bh?\s*=([A-Za-z0-9+/=\s]+)")
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "utf-16")


class Subject(NamedTuple):
    """A field or file that is withheld."""

    where: str
    """Which one, in words that readers of the case know and that hold none of its values."""
    value: str
    decided: bool = True
    """Whether somebody, or the policy, withholds it: else it belongs to other claims."""


class Target(NamedTuple):
    """A string that is searched for; all of its parts must be in one file."""

    subject: int
    what: str
    """What it is of the subject."""
    parts: int


class Skipped(NamedTuple):
    """What is not searched for, and why."""

    where: str
    why: str


class Same(NamedTuple):
    """A withheld value that is not searched for, since a disclosed field has the same."""

    where: str
    stands_in: str
    """The first disclosed field that has it."""
    decided: bool


class Needles:
    """Everything that is searched for in one edition."""

    def __init__(self, disclosed: Disclosed) -> None:
        self._disclosed = disclosed
        self.subjects: list[Subject] = []
        self.targets: list[Target] = []
        self.parts: dict[str, list[tuple[int, int]]] = {}
        """Folded strings, each with the targets that it is a part of."""
        self.bytes: list[tuple[int, bytes, int]] = []
        """Digests and other bytes, with how many of them in a row count.

        The number tells subject and kind (`told`).
        """
        self.skipped: list[Skipped] = []
        self.same: list[Same] = []
        self.values = 0
        self.files = 0
        self.passed_over = 0
        """Numbers, truth values, ids and keywords."""
        self._known: dict[str, int] = {}
        self._beside: list[Subject] = []

    def add_value(self, one: WithheldValue) -> None:
        """Search for the strings in a field."""
        where = one.where
        if one.name in OF_THE_PROGRAM:
            self.passed_over += 1
            return
        own = _names_in(one.value) if one.name in _OF_USERS else ()
        but = _CONTEXT if one.name == "selector" else ()
        if but:
            told = f"what stands beside the passage in {where}"
            self._beside += (Subject(told, text, one.decided) for text in _contexts(one.value))
        for text in (*strings(one.value, but=but), *own):
            self._add_string(Subject(where, text, one.decided))
            for what, part in parts_of(one.name, text):
                of = Subject(f"{what} in {where}", part, one.decided)
                self._add_string(of, is_part=True)
        if isinstance(one.value, list | dict) and one.value:
            subject = self._subject(Subject(where, "", one.decided))
            self._add_digests(subject, canonical.encode(one.value))

    def add_file(self, one: WithheldFile, data: bytes, *, named: bool = False) -> None:
        """Search for a file: its digests, its name, its signatures, and what is in it.

        Args:
            one: The file.
            data: What is in it; as much of it as was read.
            named: Whether its digest is disclosed, and only its content isn't.
        """
        subject = self._subject(Subject(f"a file of entry {one.index}", one.name, one.decided))
        self.files += 1
        if not named:
            for variant in _line_ends(data):
                self._add_digests(subject, variant)
            for signed in _signatures(data):
                self.bytes.append((subject * 8 + 7, signed, ENOUGH))
        if (text := _text_of(data)) is not None and _is_searched(text):
            self._add_target(subject, "its content", text)
            return
        for start in (len(data) // 3, len(data) // 2, 0):
            part = data[start : start + PART]
            if len(set(part)) >= _VARIED:
                self.bytes.append((subject * 8 + 7, part, len(part)))
                return
        self.skipped.append(Skipped(self.subjects[subject].where, FORMLESS))

    def add_contexts(self) -> None:
        """Search for what stands beside these passages, unless a disclosed field holds it."""
        held = self._disclosed.holding({fold(one.value) for one in self._beside})
        for one in self._beside:
            if where := held.get(fold(one.value)):
                self.passed_over += 1
                self.same.append(Same(one.where, where, one.decided))
            else:
                self._add_string(one)
        self._beside.clear()

    def _add_string(self, one: Subject, *, is_part: bool = False) -> None:
        text = one.value
        if fold(text) in keywords() or not text.strip() or self._disclosed.is_id(text):
            self.passed_over += 1
            return
        if there := self._disclosed.where(text, is_part=is_part):
            self.passed_over += 1
            self.same.append(Same(one.where, there, one.decided))
            return
        if text in self._known:
            before = self.subjects[self._known[text]]
            self.subjects[self._known[text]] = before if before.decided else one
            return
        subject = self._known[text] = self._subject(one)
        self.values += 1
        if is_hex_digest(text):
            self.bytes.append((subject * 8 + 7, bytes.fromhex(text), ENOUGH))
            return
        for data in _written(text):
            self._add_digests(subject, data)
        if not _is_searched(fold(text)):
            self.skipped.append(Skipped(one.where, TOO_SHORT))
            return
        if self._disclosed.names(fold(text)):
            self.skipped.append(Skipped(one.where, IN_NAME))
            return
        self._add_target(subject, "the value", fold(text))
        for what, other in other_names(text) if len(text) <= LONGEST else ():
            if _is_searched(other) and not self._disclosed.where(other):
                self._add_target(subject, what, other)

    def _subject(self, one: Subject) -> int:
        self.subjects.append(one)
        return len(self.subjects) - 1

    def _add_target(self, subject: int, what: str, folded: str) -> None:
        parts = _parts(folded)
        self.targets.append(Target(subject, what, len(parts)))
        for number, part in enumerate(parts):
            self.parts.setdefault(part, []).append((len(self.targets) - 1, number))

    def _add_digests(self, subject: int, data: bytes) -> None:
        for kind, (_, digest) in enumerate(digests_of(data)):
            self.bytes.append((subject * 8 + kind, digest, ENOUGH))

    def told(self, number: int) -> Target:
        """What some bytes of `bytes` are."""
        names = (*(f"its {name}" for name in NAMES), "its bytes")
        return Target(number // 8, names[number % 8], 1)


def _contexts(selector: Json) -> Iterator[str]:
    """What stands before and after a passage, as its selector has it."""
    for one in selector if isinstance(selector, list) else ():
        if isinstance(one, dict):
            yield from (one[name] for name in _CONTEXT if isinstance(one.get(name), str))


def _names_in(value: Json) -> Iterator[str]:
    """The names of fields that users made themselves, at any depth, of some length."""
    if isinstance(value, dict):
        yield from (name for name in value if len(name) >= _SHORTEST)
    for one in (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    ):
        yield from _names_in(one)


def _text_of(data: bytes) -> str | None:
    """The beginning of a file, folded, if it is text in UTF-8."""
    begun = bytes(data[:_TEXT])
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(begun)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else fold(text)


def _is_searched(folded: str) -> bool:
    dense = sum(unicodedata.name(char, "").startswith(_DENSE) for char in folded[:LONGEST])
    return len(folded) >= _SHORTEST or dense >= _SHORTEST_DENSE


def _parts(folded: str) -> list[str]:
    if len(folded) <= LONGEST:
        return [folded]
    middle = (len(folded) - PART) // 2
    return list(dict.fromkeys((folded[:PART], folded[middle:][:PART], folded[-PART:])))


def _written(text: str) -> Iterator[bytes]:
    """The bytes of a text of which somebody may publish a digest."""
    for encoding in _ENCODINGS:
        for ended in (text, text + "\n"):
            yield ended.encode(encoding, "surrogatepass")
    yield canonical.encode(text)


def _line_ends(data: bytes) -> list[bytes]:
    """A file as it is, and with its lines ended in LF and in CR LF."""
    if len(data) > _LARGEST_TEXT or b"\n" not in data:
        return [data]
    plain = data.replace(b"\r\n", b"\n")
    return list(dict.fromkeys((data, plain, plain.replace(b"\n", b"\r\n"))))


def _signatures(data: bytes) -> Iterator[bytes]:
    """What an e-mail's signatures hold of it: `b=` and `bh=`, of which the beginning is enough."""
    for header in _SIGNED.finditer(data[: 1 << 20]):
        for value in _HASHES.finditer(header[1]):
            try:
                yield base64.b64decode(re.sub(rb"\s", b"", value[1]))[:PART]
            except binascii.Error:
                continue
