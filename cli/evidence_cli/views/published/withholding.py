"""What is withheld: by whom and why, and what goes with it (`deciding` tells what changes)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import click

from evidence_chain.wording.plural import counted
from evidence_cli.terminal import flat, paint, say, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from evidence_cli.session import Session
    from evidence_db.publishing.withholding.closure import Cause, Withheld
    from evidence_db.publishing.withholding.decisions import Decision
    from evidence_db.publishing.withholding.gathering import Withholding
    from evidence_db.reading.reader import Reader

fields = click.option(
    "--field", "fields", multiple=True, metavar="NAME", help="This field alone. May be repeated."
)
"""The option that names fields."""
_WIDTH = 40


class Names:
    """What records are called, and what they seal."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def id(self, index: int) -> str:
        """The id of a record."""
        return self._reader.record(index).id

    def kind(self, index: int) -> str:
        """The kind of a record."""
        return self._reader.record(index).kind

    def called(self, index: int) -> str:
        """Kind, short id and what the record is called, in a line."""
        from evidence_db.reading.references import describe

        words = flat(describe(self._reader.record(index)))
        return words if len(words) <= 2 * _WIDTH else words[: 2 * _WIDTH - 1] + "…"

    def is_whole(self, index: int, names: Mapping[str, Cause]) -> bool:
        """Whether these are all fields of a record, but who recorded it and when."""
        from evidence_chain.entry import RECORDED, parse

        sealed = parse(self._reader.row(index).entry.encode()).sealed
        return sealed.keys() - RECORDED <= names.keys()


def lines_by_cause(names: Names, found: Withheld) -> Iterator[str]:
    """What is decided, and below each what goes with it."""
    by_cause = defaultdict(list)
    for index, one in found.items():
        for root in {index if cause.of is None else cause.of for cause in one.values()}:
            by_cause[root].append(index)
    for root in sorted(by_cause):
        yield f"  {names.called(root)}"
        for index in sorted(by_cause[root], key=lambda one: (one != root, one)):
            mine = {
                name: cause
                for name, cause in found[index].items()
                if (index if cause.of is None else cause.of) == root
            }
            yield from _line(names, root, index, mine)


def lines_by_record(names: Names, found: Withheld) -> Iterator[str]:
    """Each record with its fields, and below them with what they went, which is another's."""
    for index, one in found.items():
        yield f"  {names.called(index)}"
        by_cause: dict[int, dict[str, Cause]] = defaultdict(dict)
        for name, cause in one.items():
            by_cause[index if cause.of is None else cause.of][name] = cause
        for root in sorted(by_cause, key=lambda of: (of != index, of)):
            mine = by_cause[root]
            yield wrapped(_fields(names, index, mine), "    ")
            if root == index:
                yield from _reasons(mine)
            else:
                yield wrapped(f"withheld with: {names.called(root)}", "    ")


def _line(names: Names, root: int, index: int, mine: Mapping[str, Cause]) -> Iterator[str]:
    shown = _fields(names, index, mine)
    if index == root:
        yield wrapped(shown, "    ")
        yield from _reasons(mine)
    else:
        yield wrapped(f"with it: {names.called(index)}: {shown}", "    ")


def _fields(names: Names, index: int, mine: Mapping[str, Cause]) -> str:
    return "every field" if names.is_whole(index, mine) else ", ".join(sorted(mine))


def _reasons(mine: Mapping[str, Cause]) -> Iterator[str]:
    for reason in dict.fromkeys(cause.reason for cause in mine.values()):
        yield wrapped(f"because: {reason}", "    ")


def rows_of(names: Names, found: Withheld, *, withheld: bool) -> list[dict[str, Any]]:
    """Fields that are withheld, or are no longer, by record as `--json` has them."""
    return [
        {
            "id": names.id(index),
            "index": index,
            "kind": names.kind(index),
            "withheld": withheld,
            "fields": [
                {
                    "name": name,
                    "reason": cause.reason,
                    "goes_with": None if cause.of is None else names.id(cause.of),
                }
                for name, cause in sorted(one.items())
            ],
        }
        for index, one in found.items()
    ]


def as_json(names: Names, one: Decision) -> dict[str, Any]:
    """A decision as `--json` has it."""
    return {
        "id": names.id(one.of),
        "index": one.of,
        "field": one.field,
        "withheld": one.withheld,
        "reason": one.reason,
        "at": one.at,
        "by": one.by,
    }


def listed(session: Session, *, history: bool) -> None:
    """Tell all that is withheld, and with `history` every decision."""
    from evidence_db.publishing.policy import read_policy
    from evidence_db.publishing.withholding.decisions import decisions
    from evidence_db.publishing.withholding.gathering import withholding

    case = session.case(published=True)
    policy = read_policy(case.root)
    with case.reader() as reader:
        names, made = Names(reader), decisions(reader.connection)
        whole = withholding(reader, policy.withhold, policy.everywhere)
        found = dict(sorted(whole.withheld.items()))
        answer = {
            "everywhere": policy.everywhere,
            "withheld": rows_of(names, found, withheld=True),
            "idle": list(whole.idle),
            "decisions": [as_json(names, one) for one in made],
            "exempt": [{"id": names.id(index), "field": name} for index, name in whole.exempt],
        }

        def tell() -> None:
            for line in _exempt(names, whole):
                say(paint(line, fg="yellow"))
            for name, reason in policy.everywhere.items():
                say(wrapped(f"In every record: {name}. {reason}"))
            for line in lines_by_cause(names, found):
                say(line)
            for one in made if history else ():
                say(_told(names, one))
            if not found:
                say("Nothing else is withheld.")
            else:
                say(f"Something is withheld of {counted(len(found), 'record')}.")
            for line in idle_lines(whole.idle):
                say(line)

        session.answer(answer, [names.id(index) for index in found], tell)


def idle_lines(rules: Iterable[str]) -> Iterator[str]:
    """Which rules no record meets, for they may be mistyped."""
    for rule in rules:
        yield wrapped(f"No record meets the rule {flat(rule)}, so it withholds nothing.")


def _exempt(names: Names, whole: Withholding) -> Iterator[str]:
    """What rules name, and a decision discloses."""
    for index, name in whole.exempt:
        of = f"`{name}` of {names.called(index)}"
        said = f"A rule names {of}, which was disclosed by a decision: it is published."
        yield from wrapped(said).splitlines()


def _told(names: Names, one: Decision) -> str:
    what = "withheld" if one.withheld else "disclosed"
    of = f"`{one.field}` of {names.called(one.of)}" if one.field else names.called(one.of)
    why = f" ({one.reason})" if one.reason else ""
    return wrapped(f"{one.at}  {one.by} {what} {of}{why}")


def withheld_lines(link: dict[str, Any]) -> list[str]:
    """What an edition withholds of a link of a resolved claim, and of its record, and why."""
    found = [one["withheld"] for one in (link["record"], link) if one.get("withheld")]
    said = (
        f"withheld: {', '.join(why['fields'] or ['all of it'])}: {why['reason']}" for why in found
    )
    return [line for one in said for line in wrapped(one).splitlines()]
