"""Base64 and hex undone: all runs of a stretch at once, begun at each of their characters."""

from __future__ import annotations

import binascii
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from evidence_db.publishing.leaks.forms.folding import BARRIER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

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
_MAY_BE_BASE64 = np.array([re.match(_DIGIT, bytes([code])) is not None for code in range(256)])
_MAY_BE_HEX = np.isin(np.arange(256), list(b"0123456789ABCDEFabcdef" + _BETWEEN))
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


def from_base64(of: Stretch) -> Iterator[Stretch]:
    """What all runs of base64 are, begun at each of four characters."""
    runs = _APART.join(_different(_base64_runs(of.data)))
    runs = _WRITTEN_JOINT.sub(b"", runs).translate(_URL_SAFE, b" \t\r\n>")
    yield from _undone(of, _Code("base64", 4, 3, binascii.a2b_base64), runs, _base64_runs)


def from_hex(of: Stretch) -> Iterator[Stretch]:
    """What all runs of hex digits are, begun at the first and at the second."""
    runs = _APART.join(_different(_hex_runs(of.data)))
    yield from _undone(
        of, _Code("hex", 2, 1, binascii.unhexlify), runs.translate(None, _BETWEEN), _hex_runs
    )


def _different(runs: Iterable[re.Match[bytes]]) -> dict[bytes, int]:
    """Runs, each once, and where it begins first; an edition has the same digests many times."""
    found: dict[bytes, int] = {}
    for run in runs:
        if run[1]:
            found.setdefault(run[1], run.start())
    return found


def _base64_runs(data: bytes) -> Iterator[re.Match[bytes]]:
    done = 0
    for start, _ in _in_a_row(_MAY_BE_BASE64, data, (1, 2, 4)):
        if start >= done and (run := _BASE64.match(data, start)):
            done = run.end()
            yield run


def _hex_runs(data: bytes) -> Iterator[re.Match[bytes]]:
    for start, end in _in_a_row(_MAY_BE_HEX, data, (1, 2, 4, 4)):
        yield from _HEX.finditer(data, start, end)


def _in_a_row(
    which: NDArray[np.bool_], data: bytes, shifts: Sequence[int]
) -> list[tuple[int, int]]:
    """Where more of these bytes are in a row than the sum of the shifts.

    None of which is more than one and those before.
    """
    may = which.take(np.frombuffer(data, dtype=np.uint8))
    for shift in shifts:
        may = may[:-shift] & may[shift:]
    edges = np.flatnonzero(np.diff(may, prepend=False, append=False))
    return list(zip(map(int, edges[::2]), map(int, edges[1::2] + sum(shifts)), strict=True))


def _undone(
    of: Stretch, code: _Code, runs: bytes, matches: Callable[[bytes], Iterator[re.Match[bytes]]]
) -> Iterator[Stretch]:
    """Decode runs that are one after the other, so that each begins everywhere."""
    if not runs:
        return
    runs += 2 * _APART
    is_digit = np.frombuffer(runs, dtype=np.uint8) != _APART[0]
    digits = runs.translate(_FILLED)
    parts = [_decoded(code, digits[first:], is_digit[first:]) for first in range(code.digits)]

    @cache
    def starts() -> list[int]:
        return list(_different(matches(of.data)).values())

    def offset(at: int) -> int:
        first = 0
        while at >= len(parts[first]) and first < len(parts) - 1:
            at -= len(parts[first])
            first += 1
        digit = at // code.size * code.digits + at % code.size + first
        return of.offset(starts()[min(runs.count(_APART, 0, digit), len(starts()) - 1)])

    yield of.made(b"".join(parts), code.form, offset)


def _decoded(code: _Code, digits: bytes, is_digit: NDArray[np.bool_]) -> bytes:
    """Bytes to which anything else than digits of one run belongs become barriers."""
    count = len(digits) // code.digits
    decoded = code.decode(digits[: count * code.digits])
    found = np.frombuffer(decoded, dtype=np.uint8).reshape(count, code.size).copy()
    group = is_digit[: count * code.digits].reshape(count, code.digits)
    for index in range(code.size):
        found[~(group[:, 0] & group[:, index] & group[:, index + 1]), index] = BARRIER[0]
    return found.tobytes()
