"""Rules of the policy over what is withheld: `response-email.sender`, `evidence[speaker=Ada].*`.

A rule is a kind, or `evidence` for every kind of it; a condition in brackets, if it has one; a dot;
and a field, or `*` for every field. A condition holds if that field of the record is that value, as
it was recorded or as it was amended, but for case, spaces and how letters are composed; a name that
is no field is one of those in `more`.
"""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

from evidence_chain.errors import InputError
from evidence_chain.pattern import pattern
from evidence_db.publishing.withholding.naming import EVIDENCE, check_field, fields_of, short

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

REASON = "It protects a person or a source."
"""Why a rule withholds, unless it says so itself."""
_RULE = pattern(
    r"(?P<kind>[a-z0-9/-]+)"
    r'(?:\[(?P<field>[A-Za-z0-9_.-]+)=(?P<value>"(?:[^"\\]|\\.)*"|[^\]"]+)\])?'
    r"\.(?P<name>[A-Za-z0-9_-]+|\*)"
)
_GRAMMAR = (
    "It is a kind of record, a dot and a field, such as response-email.sender; `evidence` stands "
    "for every kind of evidence, `*` for every field, and a condition may come before the dot, "
    "such as evidence[speaker=Ada Lind].*"
)


class Rule(NamedTuple):
    """One rule: what it withholds, of which records, and why."""

    kind: str
    """Short name, or `evidence`."""
    name: str
    """A field, or `*`."""
    reason: str
    condition: tuple[str, str] | None = None
    """A field and the value that it has to have."""
    own: str | None = None
    """The name in its condition, if that is no field of any kind: a user's own, in `more`."""

    def is_of(self, kind: str) -> bool:
        """Whether it is about records of a kind."""
        return self.kind == short(kind) or (
            self.kind == EVIDENCE and kind.startswith(f"{EVIDENCE}/")
        )

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Whether its condition holds for these values."""
        if self.condition is None:
            return True
        field, wanted = self.condition
        value = values.get(field) if self.own is None else own_fields(values).get(field)
        return value is not None and _alike(written(value)) == _alike(wanted)

    def __str__(self) -> str:
        """As the policy has it."""
        condition = f"[{'='.join(self.condition)}]" if self.condition else ""
        return f"{self.kind}{condition}.{self.name}"

    def names(self, sealed: Iterable[str]) -> list[str]:
        """The fields that it withholds, of those that a record seals."""
        return [name for name in sealed if self.name in (name, "*")]


def own_fields(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a user put into a record beside the fields of its kind."""
    more = values.get("more")
    return more if isinstance(more, dict) else {}


def written(value: object) -> str:
    """A value as people type it."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _alike(text: str) -> str:
    """A value as it is compared: who types it may compose or space it otherwise."""
    return unicodedata.normalize("NFKC", " ".join(text.split())).casefold()


def parse_rule(said: object) -> Rule:
    """A rule as the policy has it: a string, or a table with `fields` and `reason`.

    Raises:
        InputError: it is none, or names a kind or a field that there isn't.
    """
    reason = REASON
    text = said
    if isinstance(said, dict):
        if said.keys() != {"fields", "reason"} or not _is_text(said["reason"]):
            raise InputError("A rule with a reason is a table with `fields` and `reason` alone.")
        text, reason = said["fields"], said["reason"]
    found = _RULE.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise InputError(f"{text!r} is no rule. {_GRAMMAR}.")
    kind, name, condition = short(found["kind"]), found["name"], found["field"]
    fields = fields_of(kind)
    if name != "*":
        check_field(name, fields, f"a record of kind {kind}")
    if condition is None:
        return Rule(kind, name, reason)
    value = found["value"]
    if value[0] == '"':
        try:
            value = json.loads(value)
        except ValueError as error:
            raise InputError(
                f"The value in {text!r} is in quotation marks, and not written as JSON is: {error}."
            ) from error
    own = None if condition in fields else condition
    return Rule(kind, name, reason, (condition, value), own)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and value.strip() != ""


def ruled(
    rules: Iterable[Rule], kind: str, sealed: Iterable[str], values: Mapping[str, Any]
) -> dict[str, str]:
    """The fields of a record that rules withhold, with the reason of the first that does."""
    found: dict[str, str] = {}
    names = list(sealed)
    for rule in rules:
        if rule.is_of(kind) and rule.holds(values):
            for name in rule.names(names):
                found.setdefault(name, rule.reason)
    return found
