"""What a case withholds by its decisions and its policy's rules, with all that goes with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evidence_chain import canonical
from evidence_chain.digest import is_hex_digest
from evidence_chain.entry import RECORDED, is_evidence, parse
from evidence_chain.errors import InputError
from evidence_db.publishing.withholding.closure import Known, closure
from evidence_db.publishing.withholding.custody import all_by_default, by_default
from evidence_db.publishing.withholding.decisions import decisions, standing
from evidence_db.publishing.withholding.rules import own_fields, ruled
from evidence_db.reading.every_row import every_row

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from evidence_db.publishing.withholding.closure import Withheld
    from evidence_db.publishing.withholding.decisions import Decision
    from evidence_db.publishing.withholding.rules import Rule
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Row


@dataclass(frozen=True, slots=True)
class Withholding:
    """What a case withholds in single records, and what it knows of them."""

    records: Mapping[int, Known]
    withheld: Withheld
    idle: tuple[str, ...] = ()
    """The rules whose condition no record meets, and which may be mistyped."""
    exempt: Sequence[tuple[int, str]] = ()
    """The fields that a rule names, and a decision discloses."""

    def reasons(self) -> dict[int, dict[str, str]]:
        """The reason for each withheld field, by the record's index."""
        return {
            index: {name: cause.reason for name, cause in names.items()}
            for index, names in self.withheld.items()
        }


def reasons(
    reader: Reader,
    rules: Sequence[Rule],
    everywhere: Mapping[str, str],
    gathered: Withholding | None = None,
) -> tuple[dict[int, dict[str, str]], tuple[str, ...]]:
    """The reason for each field that is withheld in single records, by index; and idle rules.

    Args:
        reader: A reader of the case.
        rules: Those of its policy.
        everywhere: The fields that are withheld in every record, with the reason.
        gathered: What `withholding` gave for these, if it is at hand.

    Raises:
        FormatError: the database has what is no record.
    """
    if not rules and everywhere.keys() <= RECORDED and not decisions(reader.connection):
        return all_by_default(reader.connection), ()
    found = gathered or withholding(reader, rules, everywhere)
    return found.reasons(), found.idle


def withholding(
    reader: Reader,
    rules: Sequence[Rule],
    everywhere: Mapping[str, str],
    further: Sequence[Decision] = (),
) -> Withholding:
    """What this case withholds by what was decided and by rules.

    Args:
        reader: A reader of the case.
        rules: Those of its policy.
        everywhere: The fields that are withheld in every record, with the reason.
        further: Decisions that somebody thinks of, beside those that were made.

    Raises:
        FormatError: the database has what is no record.
        InputError: a rule asks for what no record has.
    """
    records: dict[int, Known] = {}
    unknown = {rule.own for rule in rules} - {None}
    idle = [rule for rule in rules if rule.condition is not None]
    found: dict[int, dict[str, str]] = {}
    exempt: list[tuple[int, str]] = []
    for one, body in every_record(reader):
        records[one.index] = one
        unknown -= own_fields(body).keys()
        idle = [rule for rule in idle if not (rule.is_of(one.kind) and rule.holds(body))]
        names = by_default(one.kind, body) | ruled(rules, one.kind, one.sealed, body)
        if names:
            found[one.index] = names
        if one.changes and one.to is not None:
            target = records[one.to]
            again = ruled(rules, target.kind, target.sealed, body["changes"])
            changed = body["changes"]
            idle = [rule for rule in idle if not (rule.is_of(target.kind) and rule.holds(changed))]
            found[one.to] = again | found.get(one.to, {})
    if unknown:
        listed = ", ".join(sorted(map(str, unknown)))
        raise InputError(
            f"A rule of the policy asks for {listed}, which is no field, and no record has a field "
            "of its own that is called so: it would withhold nothing. Look at how it is written."
        )
    made = standing([*decisions(reader.connection), *further])
    named = set[tuple[int, str]]()
    for index, there in made.items():
        for name in records[index].sealed if index in records else ():
            if (decision := there.of(name)) is None:
                continue
            if found.setdefault(index, {}).pop(name, None) and not decision.withheld:
                exempt.append((index, name))
            if decision.withheld:
                found[index][name] = decision.reason or ""
            else:
                named.add((index, name))
    gone = closure(records.values(), found, everywhere, named)
    return Withholding(records, gone, tuple(map(str, idle)), exempt)


def every_record(reader: Reader) -> Iterator[tuple[Known, Mapping[str, Any]]]:
    """Every record with its values, in the order of the log.

    Raises:
        FormatError: the database has what is no record.
    """
    return _Gathering(reader).records()


class _Gathering:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._shapes: dict[frozenset[str], frozenset[str]] = {}
        self._indexes: dict[str, int] = {}

    def records(self) -> Iterator[tuple[Known, Mapping[str, Any]]]:
        """Every record with its values, in the order of the log."""
        yield from map(self._known, every_row(self._reader))

    def _known(self, row: Row) -> tuple[Known, Mapping[str, Any]]:
        entry = parse(row.entry.encode())
        body = canonical.decode(row.body.encode(), profile=False) if row.body else {}
        body = body if isinstance(body, dict) else {}
        names = frozenset(entry.sealed)
        self._indexes[row.id] = row.idx
        one = Known(
            row.idx,
            row.id,
            entry.kind,
            self._shapes.setdefault(names, names),
            entry.open.get("relation"),
            self._indexes.get(entry.open.get("from", "")),
            self._indexes.get(entry.open.get("to", "")),
        )
        return one._replace(**self._values(one.kind, body)), body

    def _values(self, kind: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """What of the values matters to what goes with what."""
        find = self._indexes.get
        if is_evidence(kind):
            return {"artifact": find(str(body.get("artifact")))}
        if kind == "artifact":
            blake3 = body.get("blake3")
            return {
                "blake3": blake3 if is_hex_digest(blake3) else None,
                "media_type": str(body.get("media_type") or ""),
            }
        if kind == "amendment" and isinstance(body.get("changes"), dict):
            return {"changes": frozenset(body["changes"])}
        if kind == "custody" and isinstance(body.get("subjects"), list):
            found = (find(str(subject)) for subject in body["subjects"])
            return {"subjects": tuple(index for index in found if index is not None)}
        return {}
