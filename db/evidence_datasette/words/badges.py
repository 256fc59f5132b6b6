"""Small pieces of HTML that stand on a page hundreds of times, made without a template."""

from __future__ import annotations

from functools import lru_cache
from time import strftime, struct_time

from markupsafe import Markup

from evidence_datasette.words.shown_text import shown

_OUTCOMES = {"holds": "✓ checked", "failed": "✗ FAILED", "not-checked": "? not checked"}
_STATUSES = {"supported": "+", "contested": "±", "contradicted": "−", "unsupported": "○"}
_KINDS = {"artifact": "preserved file", "original": "original that is not held"}

_MEANS = {
    "supported": "Records that count support it, and none that counts contradicts it.",
    "contested": "Records that count support it, and others that count contradict it.",
    "contradicted": "Records that count contradict it, and none that counts supports it.",
    "unsupported": "No record that counts supports it, and none contradicts it.",
}


@lru_cache(maxsize=64)
def outcome(name: str) -> Markup:
    """What came of checks: checked, failed, not checked."""
    return _span(f"outcome {name}", _OUTCOMES.get(name, name))


@lru_cache(maxsize=64)
def status(name: str) -> Markup:
    """The status of a claim, in a word and a sign."""
    return _span(f"status {name}", f"{_STATUSES.get(name, '')} {name}")


def status_means(name: str) -> str:
    """What the status of a claim says (docs/format.md, section 8), in a sentence."""
    return _MEANS.get(name, "")


@lru_cache(maxsize=64)
def kind(name: str) -> Markup:
    """The kind of a record, as people say it."""
    return shown(_KINDS.get(name) or name.replace("evidence/", "").replace("-", " "))


def moment(when: struct_time) -> Markup:
    """A moment of universal time, to the second."""
    day, clock = strftime("%Y-%m-%d", when), strftime("%H:%M:%S", when)
    return Markup(f'<time datetime="{day}T{clock}Z">{day} {clock} UTC</time>')  # noqa: S704


def _span(classes: str, words: str) -> Markup:
    return Markup('<span class="{}">{}</span>').format(classes, words)


_ALL = (outcome, status, status_means, kind, moment)
FILTERS = {function.__name__: function for function in _ALL}
