"""Tag lists (RFC 6376, section 3.2) and what stands in a DKIM-Signature (section 3.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from evidence_chain.errors import FormatError
from evidence_chain.pattern import pattern

MOST_HEADERS = 200
"""Names that a signature may list as signed."""

_LABEL = "[A-Za-z0-9_-]{1,63}"
_NAME = pattern(r"[A-Za-z][A-Za-z0-9_]*")
_VALUE = pattern(r"[!-:<-~]*(?:[ \t\r\n]+[!-:<-~]+)*")
_HEADER_NAME = pattern("[!-9;-~]{1,100}")
_PATTERNS = {
    "v": pattern("1"),
    "a": pattern("[a-z0-9]{1,20}-[a-z0-9]{1,20}"),
    "b": pattern("(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"),
    "bh": pattern("[A-Za-z0-9+/]{43}="),
    "c": pattern("(?:simple|relaxed)(?:/(?:simple|relaxed))?"),
    "d": pattern(rf"(?=.{{1,253}}\Z)(?:{_LABEL}\.)+{_LABEL}"),
    "i": pattern(rf"[!-~]{{0,255}}@(?:{_LABEL}\.)+{_LABEL}"),
    "l": pattern("[0-9]{1,15}"),
    "q": pattern("dns/txt"),
    "s": pattern(rf"(?=.{{1,253}}\Z)(?:{_LABEL}\.)*{_LABEL}"),
    "t": pattern("[0-9]{1,12}"),
    "x": pattern("[0-9]{1,12}"),
}
_REQUIRED = ("v", "a", "b", "bh", "d", "h", "s")
_LAST_SECOND = 253402300799
"""Of the year 9999."""


def parse_tags(text: str) -> dict[str, str]:
    """Return the tags of a tag list by name.

    Raises:
        FormatError: it is none, or a tag stands there twice.
    """
    specs = text.split(";")
    if len(specs) > 1 and not specs[-1].strip():
        specs.pop()
    tags: dict[str, str] = {}
    for spec in specs:
        name, equals, value = (part.strip() for part in spec.partition("="))
        if not equals or not _NAME.fullmatch(name) or not _VALUE.fullmatch(value):
            raise FormatError("it is no list of tags and values")
        if name in tags:
            raise FormatError(f"the tag {name[:20]}= stands there twice")
        tags[name] = value
    return tags


def moment(seconds: int) -> str:
    """A time in seconds since 1970, as RFC 3339 has it."""
    return datetime.fromtimestamp(seconds, UTC).isoformat()[:19] + "Z"


def check_time(text: str) -> None:
    """Make sure that a time is written as `moment` writes it, so that times compare as text.

    Raises:
        FormatError: it isn't.
    """
    try:
        written = datetime.fromisoformat(text).astimezone(UTC).isoformat()[:19] + "Z"
    except (TypeError, ValueError, OverflowError):
        written = None
    if text != written:
        raise FormatError(f"{text!r} is no time such as 2026-11-22T10:00:00Z.")


@dataclass(frozen=True)
class Signature:
    """A DKIM-Signature. A value that isn't well formed is not taken over."""

    tags: dict[str, str]
    problem: str | None = None
    """Why it is malformed."""

    @classmethod
    def parse(cls, value: bytes) -> Signature:
        """Read the value of a DKIM-Signature field."""
        try:
            tags = parse_tags(value.decode("ascii"))
        except UnicodeDecodeError:
            return cls({}, "it has characters beyond ASCII")
        except FormatError as error:
            return cls({}, str(error))
        sound = {name: text for name, text in tags.items() if _is_sound(name, text)}
        return cls(sound, _problem(tags, sound))

    @property
    def domain(self) -> str | None:
        return self.tags.get("d")

    @property
    def selector(self) -> str | None:
        return self.tags.get("s")

    @property
    def algorithm(self) -> str | None:
        return self.tags.get("a")

    @property
    def headers(self) -> list[str]:
        """The names of the signed headers, in lower case, as often as they are listed."""
        return _names(self.tags["h"]) if "h" in self.tags else []

    @property
    def identity_domain(self) -> str | None:
        """The domain of whom it signs for (i=), which is its own unless it says otherwise."""
        return self.tags["i"].rpartition("@")[2] if "i" in self.tags else self.domain

    @property
    def canonicalisation(self) -> str:
        """How headers and body were made comparable, such as `relaxed/simple`."""
        headers, _, body = self.tags.get("c", "simple/simple").partition("/")
        return f"{headers}/{body or 'simple'}"

    def number(self, name: str) -> int | None:
        """The value of a tag that holds a number."""
        return int(self.tags[name]) if name in self.tags else None

    def time(self, name: str) -> str | None:
        """The value of a tag that holds a time, as RFC 3339 has it."""
        seconds = self.number(name)
        return None if seconds is None else moment(seconds)

    def octets(self, name: str) -> bytes:
        """The value of a tag in Base64, without white space, still encoded."""
        return "".join(self.tags[name].split()).encode()


def _names(value: str) -> list[str]:
    return [name.strip().lower() for name in value.split(":")]


def _is_sound(name: str, text: str) -> bool:
    if name == "h":
        names = _names(text)
        return len(names) <= MOST_HEADERS and all(map(_HEADER_NAME.fullmatch, names))
    if name in ("b", "bh"):
        text = "".join(text.split())
    if name in _PATTERNS and not _PATTERNS[name].fullmatch(text):
        return False
    return name not in ("t", "x") or int(text) <= _LAST_SECOND


def _problem(tags: dict[str, str], sound: dict[str, str]) -> str | None:
    if missing := [f"{name}=" for name in _REQUIRED if name not in tags]:
        return f"it lacks {', '.join(missing)}"
    if broken := [f"{name}=" for name in tags if name not in sound]:
        return f"the value of {', '.join(broken)} is not well formed"
    if "t" in sound and "x" in sound and int(sound["x"]) <= int(sound["t"]):
        return "it expires (x=) before it was made (t=)"
    return None
