"""Base64 and hex undone: all runs of a stretch at once, begun at each of their characters."""

from __future__ import annotations

import binascii
import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from evidence_db.publishing.leaks.forms.folding import BARRIER

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container, Iterator, Sequence

    from numpy.typing import NDArray

    from evidence_db.publishing.leaks.forms.places import Stretch

_DIGIT = rb"[A-Za-z0-9+/_-]"
_JOINT = rb"(?:[ \t]*\r?\n[> \t]*|(?:\\+r)?\\+n)"
"""What may stand between two lines of one run, as they are in mail or in JSON."""
_WRITTEN_JOINT = re.compile(rb"\\+[rn]")
_BASE64 = re.compile(
    rb"(?<!%(digit)s)(?:(?:[0-9a-f]{24,}+|[0-9A-F]{24,}+)(?!%(digit)s|%(joint)s%(digit)s{2})"
    rb"|(%(digit)s{8,}+(?:%(joint)s%(digit)s{2,}+)*+))" % {b"digit": _DIGIT, b"joint": _JOINT}
)
"""A run, but nothing of one that is a digest in hex."""
_HEX = re.compile(rb"((?:[0-9A-Fa-f]{2}+[ \t\r\n:>]{0,4}+){5,}[0-9A-Fa-f]{2,}+)")
_BETWEEN = b" \t\r\n:>"
_ENDS_RUN = re.compile(rb"[^A-Za-z0-9+/_\- \t\r\n:>\\]")
"""What is in no run of either, nor between two lines of one."""
_LOWER, _UPPER = b"0123456789abcdef", b"0123456789ABCDEF"
_MAY_BE_BASE64 = bytes(re.match(_DIGIT, bytes([code])) is not None for code in range(256))
_MAY_BE_HEX = bytes(code in _LOWER + _UPPER + _BETWEEN for code in range(256))
"""Which bytes may be in a run: 1 for those that may, to be translated by."""
_IS_GAP = np.isin(np.arange(256), list(b" \t"))
_IS_WRITTEN = np.arange(256) == ord("\\")
_GOES_ON_WRITTEN = np.isin(np.arange(256), list(b"\\rn"))
_ENDS_LINE = np.isin(np.arange(256), list(b"\r\n"))
_ENDS_LINE_OR_GAP = _ENDS_LINE | _IS_WRITTEN | _IS_GAP
_HEX_DIGITS = 24
"""Digits in a row from which on a run may be a digest in hex."""
_APART = b"...."
"""Stands between two runs while they are undone."""
_URL_SAFE = bytes.maketrans(b"-_", b"+/")
_FILLED = bytes.maketrans(_APART[:1], b"0")


class _Code(NamedTuple):
    form: str
    digits: int
    size: int
    """The bytes that those digits are."""
    decode: Callable[[bytes], bytes]


_BASE64_CODE = _Code("base64", 4, 3, binascii.a2b_base64)
_HEX_CODE = _Code("hex", 2, 1, binascii.unhexlify)


def decoded(
    of: Stretch, but: Callable[[str], Container[bytes]], least: int = 0
) -> Iterator[tuple[Stretch, Collection[bytes]]]:
    """What all runs of base64 are, and all of hex, begun at each of their digits.

    Args:
        of: A stretch.
        but: Runs that are left out, by the name of the form.
        least: Bytes that have to be in a row for something to be found.

    Yields:
        What they are, and the runs.
    """
    if found := _others(_base64_runs(of.data, least), but(_BASE64_CODE.form)):
        runs = _WRITTEN_JOINT.sub(b"", _APART.join(found)).translate(_URL_SAFE, b" \t\r\n>")
        yield _undone(of, _BASE64_CODE, runs, found), found
    if found := _others(_hex_runs(of.data), but(_HEX_CODE.form)):
        yield _undone(of, _HEX_CODE, _APART.join(found).translate(None, _BETWEEN), found), found


def between_runs(of: Stretch, size: int) -> Iterator[Stretch]:
    """The same in parts of about that size, none of which ends within a run."""
    start = 0
    while start < len(of.data):
        ends = _ENDS_RUN.search(of.data, start + size)
        end = ends.end() if ends else len(of.data)
        yield of.part(start, end)
        start = end


def _others(runs: dict[bytes, int], but: Container[bytes]) -> dict[bytes, int]:
    return {run: at for run, at in runs.items() if run not in but}


def _base64_runs(data: bytes, least: int) -> dict[bytes, int]:
    """Runs, each once, and where it begins; an edition has the same digests many times."""
    begin, end = _in_a_row(_MAY_BE_BASE64, data, (1, 2, 4))
    ahead = np.frombuffer(data + b"\0\0", dtype=np.uint8)
    next_, second = ahead.take(end), ahead.take(end + 1)
    written = _IS_WRITTEN.take(next_) & _GOES_ON_WRITTEN.take(second)
    gap = _IS_GAP.take(next_) & _ENDS_LINE_OR_GAP.take(second)
    goes_on = _ENDS_LINE.take(next_) | written | gap
    by_itself = (end - begin < _HEX_DIGITS) & ~goes_on
    wanted = by_itself & ((end - begin) * 6 >= least * 8)
    bounds = zip(begin[wanted].tolist(), end[wanted].tolist(), strict=True)
    found = {data[start:stop]: start for start, stop in reversed(list(bounds))}
    done, others = 0, ~by_itself
    spans = zip(*(each[others].tolist() for each in (begin, end, goes_on)), strict=True)
    for start, stop, is_part in spans:
        if start < done:
            continue
        if not is_part:
            one = data[start:stop]
            if one.strip(_LOWER) and one.strip(_UPPER):  # else it is hex, of which none is base64
                found.setdefault(one, start)
        elif run := _BASE64.match(data, start):
            done = run.end()
            if run[1]:
                found.setdefault(run[1], start)
    return found


def _hex_runs(data: bytes) -> dict[bytes, int]:
    found: dict[bytes, int] = {}
    bounds = _in_a_row(_MAY_BE_HEX, data, (1, 2, 4, 4))
    for start, end in zip(*(each.tolist() for each in bounds), strict=True):
        if (one := data[start:end]).isalnum():  # so nothing stands between its digits
            found.setdefault(one, start)
            continue
        for run in _HEX.finditer(data, start, end):
            found.setdefault(run[1], run.start())
    return found


def _in_a_row(
    which: bytes, data: bytes, shifts: Sequence[int]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where more of these bytes are in a row than the sum of the shifts.

    None of which is more than one and those before.
    """
    may = np.frombuffer(data.translate(which), dtype=np.bool_)
    for shift in shifts:
        may = may[:-shift] & may[shift:]
    edges = np.flatnonzero(np.diff(may, prepend=False, append=False))
    return edges[::2], edges[1::2] + sum(shifts)


def _undone(of: Stretch, code: _Code, runs: bytes, found: dict[bytes, int]) -> Stretch:
    """Decode runs that are one after the other, so that each begins everywhere."""
    runs += 2 * _APART
    is_digit = np.frombuffer(runs, dtype=np.uint8) != _APART[0]
    digits = runs.translate(_FILLED)
    parts = [_decoded(code, digits[first:], is_digit[first:]) for first in range(code.digits)]

    starts = list(found.values())

    def offset(at: int) -> int:
        first = 0
        while at >= len(parts[first]) and first < len(parts) - 1:
            at -= len(parts[first])
            first += 1
        digit = at // code.size * code.digits + at % code.size + first
        return of.offset(starts[min(runs.count(_APART, 0, digit), len(starts) - 1)])

    return of.made(b"".join(parts), code.form, offset)


def _decoded(code: _Code, digits: bytes, is_digit: NDArray[np.bool_]) -> bytes:
    """Bytes to which anything else than digits of one run belongs become barriers."""
    count = len(digits) // code.digits
    decoded = code.decode(digits[: count * code.digits])
    found = np.frombuffer(decoded, dtype=np.uint8).reshape(count, code.size).copy()
    group = is_digit[: count * code.digits].reshape(count, code.digits)
    for index in range(code.size):
        found[~(group[:, 0] & group[:, index] & group[:, index + 1]), index] = BARRIER[0]
    return found.tobytes()
