"""Text that is `format=flowed`: lines that a mail program broke are put together (RFC 3676)."""

from __future__ import annotations

_SIGNATURE = "-- "


def unflow(text: str, *, drop_space: bool) -> str:
    """Join each line that ends with a space to the next of the same depth of quotation.

    Args:
        text: lines that end with a line feed.
        drop_space: whether that space was only put in to mark the break (`DelSp=yes`), as in
            scripts without spaces.
    """
    joined: list[tuple[int, list[str]]] = []
    flowing = False
    for line in text.split("\n"):
        depth, words = _apart(line)
        if flowing and depth == joined[-1][0] and words != _SIGNATURE:
            joined[-1][1].append(words)
        else:
            joined.append((depth, [words]))
        flowing = words.endswith(" ") and words != _SIGNATURE
        if flowing and drop_space:
            joined[-1][1][-1] = words[:-1]
    return "\n".join(_line(depth, pieces) for depth, pieces in joined)


def _apart(line: str) -> tuple[int, str]:
    """The depth of quotation, and the line without it and without the space that stuffs it."""
    depth = len(line) - len(line.lstrip(">"))
    return depth, line[depth:].removeprefix(" ")


def _line(depth: int, pieces: list[str]) -> str:
    return ">" * depth + " " * bool(depth) + "".join(pieces)
