"""Where transforms put an element: out of sight, turned round, or just elsewhere."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from evidence_chain.extract.html.style.values import angle, functions, length, lengths, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_chain.extract.html.style.values import Style

Matrix = tuple[float, float, float, float]
"""What becomes of one step to the right (x, y) and one step down (x, y), as seen from before."""
_FLAT = 0.06
"""What shrinks to less than this part of itself can't be read."""
_AWAY, _DEEP = 200.0, 50.0
"""Pixels from the place that something is turned around, and towards the eye."""
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0)


def turned(style: Style) -> tuple[str, str]:
    """Why what is transformed so can't be read, and why it may not be; or nothing."""
    if not any(name in style for name in ("transform", "scale", "rotate")):
        return "", ""
    matrix = _SAME
    for made in _matrices(style):
        if made is None:
            return "", "a transform that isn't understood"
        matrix = _times(matrix, made)
    if _is_seen_from_afar(style):
        return "", "turned or scaled around another place, or moved to the eye"
    a, b, c, d = matrix
    across, down = math.hypot(a, b), math.hypot(c, d)
    if across < _FLAT or down < _FLAT or abs(a * d - b * c) < _FLAT * across * down:
        return "scaled to nothing", ""
    if a * d - b * c < 0:
        return "", "mirrored"
    return ("", "turned upside down") if a < -abs(b) else ("", "")


def _is_seen_from_afar(style: Style) -> bool:
    """Whether it moves by turning around a far place, or before or behind the eye."""
    if max(map(abs, lengths(style.get("transform-origin", "").replace("100%", "")))) > _AWAY:
        return True
    deep = [
        length(values[-1]) or 0.0
        for name, values in functions(style.get("transform", "")) or []
        if name in ("translatez", "translate3d") and values
    ]
    return any(abs(step) > _DEEP for step in deep)


def moves(style: Style) -> list[float]:
    """How far it is moved, in pixels, to the right or down; each step alone."""
    found = [length(part) for part in style.get("translate", "").split()]
    for name, values in functions(style.get("transform", "")) or []:
        if name.startswith("translate"):
            found += [length(value) for value in values[: 1 if name == "translatez" else 2]]
        elif name == "matrix" and len(values) == 6:
            found += [number(value) for value in values[4:]]
    return [move for move in found if move is not None]


def lowered(style: Style) -> float:
    """How far it is moved down, in pixels."""
    found = [length(part) for part in style.get("translate", "").split()[1:2]]
    for name, values in functions(style.get("transform", "")) or []:
        if name in ("translatey", "translate", "translate3d"):
            found += [length(value) for value in values[0 if name == "translatey" else 1 :][:1]]
    return sum(move for move in found if move is not None)


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d = one
    e, f, g, h = other
    return a * e + c * f, b * e + d * f, a * g + c * h, b * g + d * h


def _matrices(style: Style) -> Iterator[Matrix | None]:
    rotate, scale = style.get("rotate", "none"), style.get("scale", "none")
    if rotate != "none":
        yield _of_rotate(rotate.split())
    if scale != "none":
        values = [number(part) for part in scale.split()]
        yield _scaled(values[0], values[min(1, len(values) - 1)]) if values else None
    transform = style.get("transform", "none")
    if transform != "none":
        listed = functions(transform)
        if listed is None:
            yield None
        for name, values_of in listed or []:
            yield _of_function(name, values_of)


def _scaled(x: float | None, y: float | None) -> Matrix | None:
    return None if x is None or y is None else (x, 0.0, 0.0, y)


def _around(axis: str, degrees: float | None) -> Matrix | None:
    """The matrix of a turn around an axis."""
    if degrees is None:
        return None
    cosine, sine = (
        math.cos(math.radians(degrees)),
        math.sin(math.radians(degrees)),
    )
    turns = {"x": (1.0, 0.0, 0.0, cosine), "y": (cosine, 0.0, 0.0, 1.0)}
    return turns.get(axis, (cosine, sine, -sine, cosine))


def _of_rotate(parts: list[str]) -> Matrix | None:
    """The value of `rotate`: an angle, with an axis before or after it."""
    angles = [part for part in parts if angle(part) is not None and not _plain(part)]
    if len(angles) != 1:
        return None
    axes = [part for part in parts if part != angles[0]]
    if len(axes) == 3:
        return _about([number(part) for part in axes], angle(angles[0]))
    return _around(axes[0] if axes else "z", angle(angles[0]))


def _plain(part: str) -> bool:
    return part[-1:].isdigit() and part not in ("0",)


def _about(axis: list[float | None], degrees: float | None) -> Matrix | None:
    for name, along in zip("xyz", ((1, 0, 0), (0, 1, 0), (0, 0, 1)), strict=True):
        if [bool(part) for part in axis] == [bool(part) for part in along]:
            return _around(name, degrees)
    return None


def _of_function(name: str, values: list[str]) -> Matrix | None:
    if name.startswith("translate") or name == "perspective":
        return _SAME
    if name in ("rotate", "rotatez", "rotatex", "rotatey"):
        return _around(name[6:] or "z", angle(values[0]) if values else None)
    if name == "rotate3d" and len(values) == 4:
        return _about([number(value) for value in values[:3]], angle(values[3]))
    if name.startswith("skew"):
        return _skewed(name, [angle(value) for value in values])
    numbers = [number(value) for value in values]
    known = [each for each in numbers if each is not None]
    if len(known) < len(numbers) or not known:
        return None
    if name in ("scale", "scale3d"):
        return known[0], 0.0, 0.0, known[min(1, len(known) - 1)]
    if name in ("scalex", "scaley", "scalez"):
        return {"scalex": (known[0], 0.0, 0.0, 1.0), "scaley": (1.0, 0.0, 0.0, known[0])}.get(
            name, _SAME
        )
    if name == "matrix" and len(known) == 6:
        return known[0], known[1], known[2], known[3]
    if name == "matrix3d" and len(known) == 16:
        return known[0], known[1], known[4], known[5]
    return None


def _skewed(name: str, angles: list[float | None]) -> Matrix | None:
    known = [each for each in angles if each is not None]
    if len(known) < len(angles) or not known:
        return None
    slants = [math.tan(math.radians(each)) for each in known]
    if max(map(abs, slants)) > 1 / _FLAT:
        return 0.0, 0.0, 0.0, 0.0
    if name == "skewy":
        return 1.0, slants[0], 0.0, 1.0
    return 1.0, slants[1] if len(slants) > 1 and name == "skew" else 0.0, slants[0], 1.0
