"""Whose a key is: the file of allowed signers (ssh-keygen(1), ALLOWED SIGNERS).

What `ssh-keygen -Y verify -I PRINCIPAL -n NAMESPACE -O verify-time=TIME -f FILE` says, asked of
the file's text. Lines that grant certificates (`cert-authority`) are read and grant nothing here.
"""

from __future__ import annotations

import re
import time as clock
from calendar import timegm
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidence_chain.errors import FormatError
from evidence_chain.log import b64
from evidence_chain.reviews import patterns, public_key

if TYPE_CHECKING:
    from datetime import datetime

MAX_SIZE = 4 * 1024 * 1024
"""Characters that a file of allowed signers may have."""

_SPACE = " \t\r\n"
_QUOTED = re.compile(r'([^ \t\r\n"]*)"([^"]*)"[ \t\r\n]*')
_BARE = re.compile(r'([^ \t\r\n"]+)[ \t\r\n]+')
_OPTIONS = re.compile(r'(?:\\"|"(?:\\"|[^"])*+"|[^ \t"])*+')
_OPTION = re.compile(
    r'cert-authority|(?P<name>namespaces|valid-after|valid-before)="(?P<value>(?:\\"|[^"])*+)"',
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(\d{4})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:([01]\d|2[0-3])([0-5]\d)([0-5]\d|6[01])?)?"
    r"(Z|UTC)?",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file: these principals may sign with this key."""

    number: int
    """Its place in the file, from 1."""
    principals: str
    """A comma-separated list of patterns."""
    key: bytes
    """The public key's blob."""
    namespaces: str | None = None
    """A list of patterns; None admits all."""
    valid_after: int | None = None
    """Seconds of POSIX, the first at which the key is good."""
    valid_before: int | None = None
    """Seconds of POSIX, the last at which the key is good."""
    authority: bool = False
    """Whether the key signs certificates, which are not known here."""

    def admits(self, key: bytes, namespace: str, time: datetime) -> bool:
        """Whether this line lets `key` sign for `namespace` at a time, whoever signs."""
        return (
            not self.authority
            and key == self.key
            and (self.namespaces is None or _in_list(namespace, self.namespaces))
            and self._is_valid(int(time.timestamp()))
        )

    def names(self, principal: str) -> bool:
        """Whether the line is about a principal."""
        return _in_list(principal, self.principals)

    def _is_valid(self, time: int) -> bool:
        began = self.valid_after is None or self.valid_after <= time
        return began and (self.valid_before is None or time <= self.valid_before)


@dataclass(frozen=True, slots=True)
class AllowedSigners:
    """A file of allowed signers."""

    lines: tuple[Line, ...]
    unread: tuple[tuple[int, str], ...] = ()
    """Number of each line that is passed over, as ssh-keygen passes it over, and why."""

    @classmethod
    def parse(cls, text: str) -> AllowedSigners:
        """Read the text of a file, decoded as UTF-8 (with `surrogateescape`, if it isn't).

        Raises:
            FormatError: the file is too large. Lines that can't be read are in `unread`.
        """
        if len(text) > MAX_SIZE:
            raise FormatError(f"A file of allowed signers may have {MAX_SIZE} characters.")
        lines, unread = [], []
        for number, line in enumerate(text.split("\n"), 1):
            bare = line.strip(_SPACE)
            if not bare or bare.startswith("#"):
                continue
            try:
                lines.append(_parse_line(number, bare))
            except FormatError as error:
                unread.append((number, str(error)))
        return cls(tuple(lines), tuple(unread))

    def allows(self, principal: str, key: bytes, namespace: str, time: datetime) -> bool:
        """Whether `key` is that principal's for `namespace` at a time.

        Args:
            principal: Who is said to have signed.
            key: The blob of the key that signed.
            namespace: What the signature is for.
            time: When it was made, with its time zone. Fractions of a second are cut off.
        """
        return any(
            line.names(principal) and line.admits(key, namespace, time) for line in self.lines
        )

    def principals_of(self, key: bytes, namespace: str, time: datetime) -> list[str]:
        """The lists of patterns of those whose key this is for `namespace` at a time."""
        admitting = (line for line in self.lines if line.admits(key, namespace, time))
        return [line.principals for line in admitting if _names_somebody(line.principals)]


def _in_list(text: str, listed: str) -> bool:
    return patterns.in_list(_bytes(text), _bytes(listed))


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogateescape")


def _names_somebody(listed: str) -> bool:
    return any(pattern and not pattern.startswith("!") for pattern in listed.split(","))


def _parse_line(number: int, line: str) -> Line:
    if "\0" in line:
        raise FormatError("it holds a NUL character")
    principals, rest = _split_principals(line)
    key = _read_key(rest)
    if key is not None:
        return Line(number, principals, key)
    options = _match(_OPTIONS, rest)[0]
    after = rest[len(options) :].lstrip(" \t")
    key = _read_key(after)
    if key is None:
        raise FormatError("it holds no key of a known type")
    return _with_options(Line(number, principals, key), options)


def _split_principals(line: str) -> tuple[str, str]:
    quoted = _QUOTED.match(line)
    if quoted:
        return quoted[1] + quoted[2], line[quoted.end() :]
    bare = _BARE.match(line)
    if bare is None:
        raise FormatError("it has principals and nothing else")
    return bare[1], line[bare.end() :]


def _read_key(text: str) -> bytes | None:
    """The key at the beginning of a text: its type and its blob; a comment may follow."""
    key_type, *rest = re.split(r"[ \t]+", text, maxsplit=2)
    if not rest or key_type not in public_key.KNOWN:
        return None
    try:
        key = b64.decode(rest[0])
        return key if public_key.type_of(key) == key_type else None
    except FormatError:
        return None


def _with_options(line: Line, options: str) -> Line:
    found: dict[str, str] = {}
    authority = False
    at = 0
    while at < len(options):
        option = _match(_OPTION, options, at)
        at = option.end()
        if at < len(options) and (options[at] != "," or at + 1 == len(options)):
            raise FormatError("it has an unknown option, or something after its options")
        at += 1
        if option["name"] is None:
            authority = True
            continue
        name = option["name"].lower()
        if name in found:
            raise FormatError(f"it has {name} twice")
        found[name] = option["value"].replace('\\"', '"')
    after, before = (_time(found.get(name)) for name in ("valid-after", "valid-before"))
    if after is not None and before is not None and before <= after:
        raise FormatError("its key ends before it begins")
    spaces = found.get("namespaces")
    return Line(line.number, line.principals, line.key, spaces, after, before, authority)


def _match(pattern: re.Pattern[str], text: str, at: int = 0) -> re.Match[str]:
    match = pattern.match(text, at)
    if match is None:
        raise FormatError("it has an unknown option, or one without its quotation marks")
    return match


def _time(text: str | None) -> int | None:
    """Seconds of POSIX of YYYYMMDD[HHMM[SS]][Z]; without the Z in the machine's time zone."""
    if text is None:
        return None
    match = _TIME.fullmatch(text)
    if match is None:
        raise FormatError("it has a time that is none: YYYYMMDD, HHMM and SS after it, then Z")
    year, month, day, hour, minute, second = (int(match[group] or 0) for group in range(1, 7))
    moment = (year, month, day, hour, minute, second, 0, 0, 0)
    try:
        time = timegm(moment) if match[7] else int(clock.mktime(moment))
    except (OverflowError, ValueError) as error:
        raise FormatError("it has a time that no calendar has") from error
    if time <= 0:
        raise FormatError("it has a time before 1970")
    return time
