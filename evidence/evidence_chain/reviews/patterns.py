"""Lists of patterns, as OpenSSH has them (ssh_config(5), PATTERNS)."""

from __future__ import annotations

MAX_PATTERN = 1022
"""Bytes of one pattern. OpenSSH takes a list with a longer one as matching nothing."""


def in_list(text: bytes, patterns: bytes) -> bool:
    """Whether a comma-separated list admits `text`: some pattern matches, and none with a `!`."""
    admitted = False
    for pattern in patterns.split(b","):
        negated = pattern.startswith(b"!")
        bare = pattern.removeprefix(b"!")
        if len(bare) > MAX_PATTERN:
            return False
        if matches(text, bare):
            if negated:
                return False
            admitted = True
    return admitted


def matches(text: bytes, pattern: bytes) -> bool:
    """Whether `pattern` matches all of `text`: `*` stands for any bytes, `?` for one."""
    at = to = 0
    star, resume = -1, 0
    while at < len(text):
        if to < len(pattern) and pattern[to : to + 1] == b"*":
            star, resume = to, at
            to += 1
        elif to < len(pattern) and pattern[to] in (ord("?"), text[at]):
            at, to = at + 1, to + 1
        elif star >= 0:
            resume += 1
            at, to = resume, star + 1
        else:
            return False
    return not pattern[to:].strip(b"*")
