"""How values that a person types in are written: dates (ISO 8601), languages (BCP 47), slugs."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Callable

SLUG = pattern(r"[a-z0-9]+(-[a-z0-9]+)*")
"""The short name of a claim, by which people call it."""
MAX_SLUG = 100
LIKE_AN_ID = pattern(r"[0-9a-f]{8,64}")
_WORDS = pattern(r"[a-z0-9]+")
_SHORT = 40
_NAMELESS = "claim"

UNKNOWN = "unknown"
"""What stands for a date that nobody knows."""
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9-]{10}T[0-9:]{8}(Z|[+-][0-9]{2}:[0-9]{2})")
_LANGUAGE = re.compile(
    r"""
    [a-z]{2,3} (-[a-z]{3}){0,3}                 # language, as ISO 639 has it
    (-[a-z]{4})?                                # script
    (-([a-z]{2}|[0-9]{3}))?                     # region
    (-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*        # variants
    (-[a-wy-z0-9](-[a-z0-9]{2,8})+)*            # extensions
    (-x(-[a-z0-9]{1,8})+)?                      # private use
    | x(-[a-z0-9]{1,8})+
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""The grammar of RFC 5646, section 2.1, without words of four letters or more for a language: it
allows them, and none was ever registered."""
_LETTER = re.compile("[A-Za-z]")
_ADDRESS = re.compile(
    r"[a-z][a-z0-9+.-]*:[^\s]"  # a scheme
    r"|(//)?[^\s.:/?#]+(\.[^\s.:/?#]+)+\.?(:[0-9]*)?([/?#]|$)",  # a host of several labels
    re.IGNORECASE,
)
"""How an address begins (RFC 3986), with the scheme left out as people do."""


class Form(NamedTuple):
    """What a value has to look like, and how to say so."""

    fits: Callable[[str], bool]
    wanted: str
    """What it should be, with an example."""


def is_date(text: str) -> bool:
    """Whether it is a year, a month or a day of the calendar, or `unknown`."""
    if not (parts := _DATE.fullmatch(text)):
        return text == UNKNOWN
    return _is_of_calendar(*parts.groups("01"))


@lru_cache(maxsize=1024)
def _is_of_calendar(year: str, month: str, day: str) -> bool:
    return _is_made(lambda: date(int(year), int(month), int(day)))


def is_day(text: str) -> bool:
    """Whether it is a day of the calendar."""
    return _DAY.fullmatch(text) is not None and is_date(text)


def is_moment(text: str) -> bool:
    """Whether it is a date, or a time of a day with its zone (RFC 3339)."""
    if _MOMENT.fullmatch(text):
        return _is_made(lambda: datetime.fromisoformat(text))
    return is_date(text)


def is_date_of_mail(text: str) -> bool:
    """Whether it is a date, or words such as an e-mail has (RFC 5322), kept as they are."""
    return is_date(text) or _LETTER.search(text) is not None


def is_address(text: str) -> bool:
    """Whether it begins as an address on the web does: with a scheme, or with a host."""
    return _ADDRESS.match(text) is not None


def is_language(text: str) -> bool:
    """Whether it is a language tag."""
    return _LANGUAGE.fullmatch(text) is not None


def _is_made(make: Callable[[], object]) -> bool:
    try:
        make()
    except ValueError:
        return False
    return True


DATE = Form(is_date, "a date such as 2021-04-30, 2021-04 or 2021, or the word unknown")
DAY = Form(is_day, "a day such as 2021-04-30")
MOMENT = Form(is_moment, "a date such as 2021-04-30, or a time such as 2021-04-30T09:30:00Z")
DATE_OF_MAIL = Form(is_date_of_mail, DATE.wanted)
ADDRESS = Form(is_address, "an address such as https://press.example/news")
LANGUAGE = Form(is_language, "a language tag (BCP 47) such as nl, en-GB or zh-Hans")


def slug_of(statement: str) -> str:
    """A short name made of the first words of a statement.

    Letters lose their accents; those of other scripts than Latin have no place in it, so that a
    statement in one of these is called `claim`.
    """
    plain = unicodedata.normalize("NFKD", statement.casefold()).encode("ascii", "ignore").decode()
    slug = ""
    for word in _WORDS.findall(plain.replace("'", "")):
        longer = f"{slug}-{word}" if slug else word[:_SHORT]
        if len(longer) > _SHORT:
            break
        slug = longer
    return slug if slug and not LIKE_AN_ID.fullmatch(slug) else _NAMELESS
