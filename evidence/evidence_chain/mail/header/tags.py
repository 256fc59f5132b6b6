"""Tag lists (RFC 6376, section 3.2) and what stands in a field that signs (section 3.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from evidence_chain.errors import FormatError
from evidence_chain.pattern import pattern
from evidence_chain.wording.moment import instant

DKIM, ARC, SEAL = "DKIM-Signature", "ARC-Message-Signature", "ARC-Seal"
"""Fields that sign: a sender's, and those of who passes a message on (RFC 8617)."""
MOST_HEADERS = 200
"""Names that a signature may list as signed."""

_LABEL = "(?:[A-Za-z0-9_-]|[^\\x00-\\x7f]){1,63}"
_NAME = pattern(r"[A-Za-z][A-Za-z0-9_]*")
_VALUE = pattern(r"(?:[!-:<-~]|[^\x00-\x7f])*(?:[ \t\r\n]+(?:[!-:<-~]|[^\x00-\x7f])+)*")
_HEADER_NAME = pattern("[!-9;-~]{1,100}")
_METHOD = r"[A-Za-z][A-Za-z0-9-]*(?:/[!-9<-~]+)?"
_PATTERNS = {
    "v": pattern("1"),
    "a": pattern("[a-z0-9]{1,20}-[a-z0-9]{1,20}"),
    "b": pattern("(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"),
    "bh": pattern("(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"),
    "cv": pattern("none|fail|pass"),
    "c": pattern("(?:simple|relaxed)(?:/(?:simple|relaxed))?"),
    "d": pattern(rf"(?=.{{1,253}}\Z)(?:{_LABEL}\.)+{_LABEL}"),
    "i": pattern(rf"(?:[ -~]|[^\x00-\x7f]){{0,255}}@(?:{_LABEL}\.)+{_LABEL}"),
    "l": pattern("[0-9]{1,15}"),
    "q": pattern(rf"{_METHOD}(?:\s*:\s*{_METHOD})*"),
    "s": pattern(rf"(?=.{{1,253}}\Z)(?:{_LABEL}\.)*{_LABEL}"),
    "t": pattern("[0-9]{1,12}"),
    "x": pattern("[0-9]{1,12}"),
}
_ENCODED = pattern("=([0-9A-F]{2})")
"""A character in `i=` (RFC 6376, section 2.11)."""
_INSTANCE = pattern("[1-9]|[1-4][0-9]|50")
_ANY_LETTERS = ("d", "s", "i")
"""Tags that may hold other letters than those of ASCII (RFC 8616)."""
_REQUIRED = {
    DKIM: ("v", "a", "b", "bh", "d", "h", "s"),
    ARC: ("i", "a", "b", "bh", "d", "h", "s"),
    SEAL: ("i", "a", "b", "cv", "d", "s"),
}
_LONGEST_NAME = 253
_BODY_HASH = {"sha1": 28, "sha256": 44}
"""Characters of `bh=` by the hash of the algorithm."""
_LAST_SECOND = 253402300799
"""Of the year 9999. What is later is taken for that (RFC 6376, section 3.5, on `x=`)."""


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


def ascii_domain(name: str) -> str:
    """A domain in lower case, with other letters than those of ASCII as DNS has them (RFC 8616)."""
    if name.isascii() or len(name) > _LONGEST_NAME:
        return name.lower()
    try:
        return name.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return name.lower()


def moment(seconds: int) -> str:
    """A time in seconds since 1970, as RFC 3339 has it."""
    return instant(min(seconds, _LAST_SECOND))


def check_time(text: str) -> None:
    """Make sure that a time is written as `moment` writes it, so that times compare as text.

    Raises:
        FormatError: it isn't.
    """
    try:
        written = instant(datetime.fromisoformat(text))
    except (TypeError, ValueError, OverflowError):
        written = None
    if text != written:
        raise FormatError(f"{text!r} is no time such as 2026-11-22T10:00:00Z.")


@dataclass(frozen=True)
class Signature:
    """A field that signs. A value that isn't well formed is not taken over."""

    tags: dict[str, str]
    problem: str | None = None
    """Why it is malformed."""
    header: str = DKIM

    @classmethod
    def parse(cls, value: bytes, header: str = DKIM) -> Signature:
        """Read the value of the field `header`, one of `DKIM`, `ARC` and `SEAL`."""
        try:
            tags = parse_tags(value.decode())
        except UnicodeDecodeError:
            return cls({}, "it has bytes that are no UTF-8", header)
        except FormatError as error:
            return cls({}, str(error), header)
        if header == DKIM and "i" in tags:
            tags["i"] = _ENCODED.sub(lambda found: chr(int(found[1], 16)), tags["i"])
        if "a" in tags:
            tags["a"] = tags["a"].lower()  # literals of a grammar have no case (RFC 5234, 2.3)
        sound = {name: text for name, text in tags.items() if _is_sound(name, text, header)}
        return cls(sound, _problem(tags, sound, header), header)

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
        named = self.header == DKIM and "i" in self.tags
        return self.tags["i"].rpartition("@")[2] if named else self.domain

    @property
    def instance(self) -> int | None:
        """Which of those who passed the message on made it, from 1; `None` of a sender's."""
        return self.number("i") if self.header != DKIM else None

    @property
    def finds_key_in_dns(self) -> bool:
        """Whether its key is asked for in the one way that is known (q=)."""
        methods = map(str.strip, self.tags.get("q", "dns/txt").lower().split(":"))
        return bool({"dns", "dns/txt"} & set(methods))

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


def _is_sound(name: str, text: str, header: str) -> bool:
    if not text.isascii() and name not in _ANY_LETTERS:
        return False
    if name == "i" and header != DKIM:
        return bool(_INSTANCE.fullmatch(text))
    if name == "h":
        names = _names(text)
        return len(names) <= MOST_HEADERS and all(map(_HEADER_NAME.fullmatch, names))
    if name in ("b", "bh"):
        text = "".join(text.split())
    return name not in _PATTERNS or bool(_PATTERNS[name].fullmatch(text))


def _problem(tags: dict[str, str], sound: dict[str, str], header: str) -> str | None:
    if missing := [f"{name}=" for name in _REQUIRED[header] if name not in tags]:
        return f"it lacks {', '.join(missing)}"
    if broken := [f"{name}=" for name in tags if name not in sound]:
        return f"the value of {', '.join(broken)} is not well formed"
    if header == SEAL and (sound["i"] == "1") != (sound["cv"] == "none"):
        return f"cv={sound['cv']} can't be in the seal i={sound['i']}"
    if header == ARC and SEAL.lower() in _names(sound["h"]):
        return "it signs seals (h=)"
    length = _BODY_HASH.get(sound["a"].rpartition("-")[2])
    if length and "bh" in sound and len("".join(sound["bh"].split())) != length:
        return "the value of bh= is not well formed"
    if "t" in sound and "x" in sound and int(sound["x"]) <= int(sound["t"]):
        return "it expires (x=) before it was made (t=)"
    return None
