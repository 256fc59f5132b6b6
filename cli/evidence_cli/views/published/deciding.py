"""What a decision to withhold or to disclose changes, before it is kept and after."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from evidence_cli.terminal import paint, say, wrapped
from evidence_cli.views.published.withholding import (
    Names,
    as_json,
    lines_by_cause,
    lines_by_record,
    rows_of,
)

if TYPE_CHECKING:
    from evidence_cli.session import Session
    from evidence_db.publishing.deciding import Foreseen
    from evidence_db.publishing.withholding.closure import Withheld
    from evidence_db.reading.reader import Reader


def decide(
    session: Session,
    references: tuple[str, ...],
    names: tuple[str, ...],
    reason: str | None,
    *,
    withheld: bool,
) -> None:
    """Tell what a decision changes, and keep it."""
    from evidence_db.publishing.deciding import Wish, check_kept, foresee, keep, keep_beside_key
    from evidence_db.recording.writer import now

    case = session.case()
    with case.reader() as reader:
        wish = Wish(references, names, withheld, reason)
        foreseen = foresee(case, reader, wish, session.recorder(), now())
        check_kept(reader)
        told = _Told(reader, foreseen)
        if not (session.json or session.quiet):
            told.say_changes()
        answer = told.as_json()
    if foreseen.new:
        with session.writer(case) as writer:
            keep(writer, foreseen)
    with case.reader() as reader:
        keep_beside_key(reader)
    session.answer(answer, [one["id"] for one in answer["changed"]], told.say_end)


class _Told:
    """What a decision changes, for people and for programs."""

    def __init__(self, reader: Reader, foreseen: Foreseen) -> None:
        self._reader = reader
        self._foreseen = foreseen
        self._names = Names(reader)
        self._overruled: dict[str, list[str]] = defaultdict(list)
        for index, name in sorted(foreseen.overruled):
            self._overruled[self._names.called(index)].append(name)

    def say_changes(self) -> None:
        """What is decided, what goes with it, and what stays withheld all the same."""
        before, after = self._foreseen.before, self._foreseen.after
        self._say("Withheld:", _gone(before, after))
        self._say("Disclosed:", _gone(after, before), by_record=True)
        self._say("Stays withheld, since it would tell of what is:", self._stays(), by_record=True)

    def _stays(self) -> Withheld:
        """What somebody wants disclosed, and is withheld with something else."""
        wished = {(one.of, one.field) for one in self._foreseen.new if not one.withheld}
        found = {
            index: {
                name: cause
                for name, cause in names.items()
                if not wished.isdisjoint({(index, name), (index, None)})
            }
            for index, names in sorted(self._foreseen.after.items())
        }
        return {index: names for index, names in found.items() if names}

    def _say(self, title: str, found: Withheld, *, by_record: bool = False) -> None:
        if found:
            say(paint(title, bold=True))
        for line in (lines_by_record if by_record else lines_by_cause)(self._names, found):
            say(line)

    def say_end(self) -> None:
        """What it means, once it is kept."""
        if not self._foreseen.new:
            say("This was decided already; nothing was changed.")
        elif self._foreseen.new[0].withheld:
            for one in self._foreseen.shown:
                say(paint(wrapped(one.sentence), fg="yellow"))
            say("Kept: no edition to come has it. `evidence publish --preview` shows what it has.")
        else:
            self._say_disclosed()

    def _say_disclosed(self) -> None:
        """What of it editions to come have, and what becomes of the policy's rules for it."""
        say("Kept: editions to come have it, as far as it isn't listed as staying withheld.")
        if everywhere := ", ".join(self._foreseen.everywhere):
            told = f"Withheld all the same, since the policy does so in every record: {everywhere}."
            say(paint(wrapped(told), fg="yellow"))
        for of, names in self._overruled.items():
            told = f"The policy's rule for {', '.join(names)} of {of} doesn't count any more."
            say(wrapped(told))
        if self._overruled:
            say("`evidence withhold` withholds it again.")
        else:
            say("No rule of the policy named it, and none that comes will withhold it.")

    def as_json(self) -> dict[str, Any]:
        before, after = self._foreseen.before, self._foreseen.after
        return {
            "decided": [as_json(self._names, one) for one in self._foreseen.new],
            "shown_before": [one._asdict() for one in self._foreseen.shown],
            "changed": [
                *rows_of(self._names, _gone(before, after), withheld=True),
                *rows_of(self._names, _gone(after, before), withheld=False),
            ],
        }


def _gone(one: Withheld, other: Withheld) -> Withheld:
    """What only the second of two withholds."""
    found = {
        index: {name: cause for name, cause in names.items() if name not in one.get(index, ())}
        for index, names in other.items()
    }
    return {index: names for index, names in sorted(found.items()) if names}
