"""How the number format of a cell shows its value (ECMA-376 part 1, 18.8.31), where that is sure.

Written with `.` and `,` as in English; programs put the signs of the reader's country there.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import NamedTuple

_BUILT_IN = {
    **{0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"},
    **{11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 20: "h:mm", 21: "h:mm:ss"},
    **{37: "#,##0_);(#,##0)", 38: "#,##0_);[Red](#,##0)", 39: "#,##0.00_);(#,##0.00)"},
    **{40: "#,##0.00_);[Red](#,##0.00)", 46: "[h]:mm:ss", 48: "##0.0E+0", 49: "@"},
}
"""Those that programs show alike everywhere, but for what is below zero in 37 to 40."""
_LOCAL_DATES = frozenset(
    (*range(14, 20), 22, *range(27, 37), 45, 47, *range(50, 59), *range(71, 82))
)
"""Built-in dates and times, which are shown as the reader's country writes them."""
_AS_IS = ("General", "@", "")
_PLAIN = re.compile(r"(?P<thousands>#,##)?0(?:\.(?P<decimals>0{1,20}))?(?P<percent>%)?")
_ISO = {
    "yyyy-mm-dd": "%Y-%m-%d",
    "yyyy-mm-dd hh:mm": "%Y-%m-%d %H:%M",
    "yyyy-mm-dd hh:mm:ss": "%Y-%m-%d %H:%M:%S",
    "hh:mm": "%H:%M",
    "hh:mm:ss": "%H:%M:%S",
}
_DURATION = re.compile(r"\[(hh?|mm?|ss?)\]((?::mm)?(?::ss)?)")
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
"""How much time went by, and not which time of the day it is."""
_UNITS = {"h": 3600, "m": 60, "s": 1}
_BLANK = re.compile(r"_.|\* ")
"""White space as wide as a sign, or as the cell allows."""
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_WORDS = re.compile(r'"[^"]*"|\\.')
_DATED = re.compile(r"[ymdhs]", re.IGNORECASE)
_FIRST = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}
_LEAP = 61
"""From here on days are counted as if 1900 had been a leap year."""
_MOST_DAYS = 2_958_465
_MOST_SHOWN = Decimal(10) ** 11
"""From here on numbers without a format are shown in powers of ten."""
_SECTIONS = 4


class Shown(NamedTuple):
    """What a cell shows, as far as it is known."""

    text: str
    doubt: str = ""
    """Why something else may be shown."""
    hidden: str = ""
    """Why nothing is shown."""


def built_in(number: int) -> str:
    """The format of a number that the workbook has no code for.

    For those that differ by country it is a name of its own, which as a format shows a date for
    dates, and else nothing but words.
    """
    if number in _LOCAL_DATES:
        return "yyyy (as the country writes it)"
    return _BUILT_IN.get(number, f'"number {number}"')


def show_text(text: str, code: str) -> Shown:
    """A text as a format shows it, which may put words beside it, or leave it out."""
    sections = _sections(code)
    last = sections[-1]
    chosen = last if len(sections) >= _SECTIONS or "@" in _bare(last) else "@"
    if not chosen:
        return Shown(text, hidden=f"by the number format {code!r}")
    if chosen not in _AS_IS:
        return Shown(text, f"the number format {code[:60]!r} shows more, or something else")
    return Shown(text)


def show_number(value: str, code: str, *, since_1904: bool) -> Shown:
    """A number as a format shows it; as it is kept, with a doubt, where that isn't known."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return Shown(value, "it is no number, though it is called one")
    if not number.is_finite() or abs(number.adjusted()) > 400:
        return Shown(value, "it is no number that programs show")
    sections = _sections(code)
    chosen, number = _chosen(sections, number)
    if not chosen and len(sections) > 1:
        return Shown(value, hidden=f"by the number format {code!r}")
    if chosen in _AS_IS:
        return _general(number)
    if plain := _PLAIN.fullmatch(_BLANK.sub("", chosen).strip()):
        return Shown(_plain(number, plain))
    if _ELAPSED.search(_WORDS.sub("", chosen)):
        return _duration(number, chosen)
    if _DATED.search(_QUOTED.sub("", chosen)):
        return _date(number, chosen, since_1904=since_1904)
    return Shown(value, f"format unknown: {code[:60]!r} may show it otherwise")


def _sections(code: str) -> list[str]:
    """The parts of a format for what is above, below and at zero, and for text."""
    found, start, quoted, at = [], 0, False, 0
    while at < len(code):
        if code[at] == '"':
            quoted = not quoted
        elif code[at] == "\\":
            at += 1
        elif code[at] == ";" and not quoted:
            found.append(code[start:at])
            start = at + 1
        at += 1
    return [*found, code[start:]]


def _bare(section: str) -> str:
    return _QUOTED.sub("", section)


def _chosen(sections: list[str], number: Decimal) -> tuple[str, Decimal]:
    if len(sections) == 1 or any("[<" in one or "[>" in one or "[=" in one for one in sections):
        return (sections[0] if len(sections) == 1 else "[conditions]"), number
    if number < 0:
        return sections[1], -number
    return (sections[2] if number == 0 and len(sections) > 2 else sections[0]), number


def _general(number: Decimal) -> Shown:
    number = number.normalize()
    text = f"{number:f}"
    if abs(number) >= _MOST_SHOWN or len(text.lstrip("-")) > 11:
        return Shown(text, "a long number without a format, which is shown rounded")
    return Shown(text)


def _plain(number: Decimal, form: re.Match[str]) -> str:
    number = number * 100 if form["percent"] else number
    step = Decimal(1).scaleb(-len(form["decimals"] or ""))
    whole = max(number.adjusted(), 0) + len(form["decimals"] or "") + 2
    from decimal import Context

    rounded = number.quantize(step, ROUND_HALF_UP, Context(prec=max(28, whole)))
    text = f"{rounded:,f}" if form["thousands"] else f"{rounded:f}"
    if not rounded:
        text = text.removeprefix("-")
    return text + (form["percent"] or "")


def _date(number: Decimal, code: str, *, since_1904: bool) -> Shown:
    if not 0 <= number <= _MOST_DAYS:
        return Shown(str(number), "a date before all dates is shown as ####")
    days = number if since_1904 or number >= _LEAP else number + 1
    seconds = int((days * 86400).quantize(Decimal(1), ROUND_HALF_UP))
    when = _FIRST[since_1904] + timedelta(seconds=seconds)
    form = _ISO.get(re.sub(r"\\(?=[-: ])|\[\$-[0-9A-Fa-f]+\]|;@$", "", code).lower())
    if form and (number >= 1 or "%Y" not in form) and seconds % 60 == 0:
        return Shown(when.strftime(form))
    if form and "%S" in form:
        return Shown(when.strftime(form))
    told = when.isoformat(" ").removesuffix(" 00:00:00")
    return Shown(told, f"format unknown: {code[:60]!r} shows this date or time otherwise")


def _duration(number: Decimal, code: str) -> Shown:
    """Days as hours, minutes and seconds, of which the first that is shown has all of it."""
    if not 0 <= number <= _MOST_DAYS:
        return Shown(str(number), "a time below zero is shown as ####")
    left = int((number * 86400).quantize(Decimal(1), ROUND_HALF_UP))
    form = _DURATION.fullmatch(re.sub(r"\\(?=:)", "", code).lower())
    first, rest = form.groups() if form else ("h", ":mm:ss")
    units = first[0] + rest.replace(":", "")[::2]
    counts = []
    for unit in units:
        count, left = divmod(left, _UNITS[unit])
        counts.append(f"{count:02}")
    counts[0] = counts[0].removeprefix("0") if len(first) == 1 else counts[0]
    if not form or units not in "hms":
        return Shown(":".join(counts), f"format unknown: {code[:60]!r} shows it otherwise")
    doubt = f"{code[:60]!r} shows it without {left} seconds, or rounded" if left else ""
    return Shown(":".join(counts), doubt)
