"""Step 5, `edition.json`: what is said of the edition, against what follows from its log."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from evidence_chain.edition.description import order_of_earlier
from evidence_chain.log import b64

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evidence_chain.edition.checking.register import Register, Shape
    from evidence_chain.edition.note import EditionNote
    from evidence_chain.verify.report import Report


def standing(register: Register, index: int, one: Shape, everywhere: frozenset[str]) -> str:
    """Whether a record is `erased`, `withheld`, `partly` disclosed or `disclosed`.

    Fields that are withheld everywhere don't count.
    """
    if index in register.erased:
        return "erased"
    names = one.sealed - everywhere
    if not names or names <= one.disclosed:
        return "disclosed"
    return "partly" if one.disclosed - everywhere else "withheld"


def counts_of(register: Register, everywhere: frozenset[str]) -> dict[str, int]:
    """`counts` of edition.json."""
    found = Counter(standing(register, i, one, everywhere) for i, one in register.told())
    names = ("disclosed", "partly", "withheld", "erased")
    return {"entries": register.size, **{name: found[name] for name in names}}


def withheld_of(
    register: Register, everywhere: frozenset[str]
) -> Iterator[tuple[int, list[str] | None]]:
    """Index and fields of whatever is withheld; `None` for a whole record."""
    for index, one in register.told():
        how = standing(register, index, one, everywhere)
        if how == "withheld":
            yield index, None
        elif how == "partly":
            yield index, sorted(one.sealed - everywhere - one.disclosed)


def title_of(register: Register) -> tuple[bool, str | None]:
    """Whether the newest title is disclosed, and what it is."""
    newest = max(set(register.of_kind("case")) - register.retracted, default=None)
    for one, _ in register.opened(() if newest is None else (newest,)):
        return "title" in one.values, one.values.get("title")
    return False, None


def published_claims(register: Register) -> list[str]:
    """The ids of the published claims, ascending."""
    return sorted(register.ids[index].hex() for index in register.claims())


def check_description(
    said: Mapping[str, Any],
    note: EditionNote | None,
    register: Register,
    report: Report,
) -> None:
    """Everything that edition.json says and that follows from the log or the note."""
    problems = [
        *_differing(said, note, register),
        *_everywhere(said, register),
        *order_of_earlier(dict(said)),
        *_earlier(said, register),
        *_gate(said, register),
    ]
    for problem in problems:
        report.fail("edition", "edition.json", problem)
    if not problems:
        report.hold("edition", "descriptions")


def _differing(
    said: Mapping[str, Any], note: EditionNote | None, register: Register
) -> Iterator[str]:
    everywhere = frozenset(said["everywhere"]["fields"])
    expected: dict[str, Any] = {
        "size": register.size,
        "claims": published_claims(register),
        "counts": counts_of(register, everywhere),
    }
    if note is not None:
        expected |= {"origin": note.origin, "made": note.made}
    is_told, title = title_of(register)
    if is_told:
        expected["title"] = title
    for name, value in expected.items():
        if said[name] != value:
            yield f"`{name}` of edition.json is not what follows from the log and the note."
    withheld = [(one["idx"], one["fields"]) for one in said["withheld"]]
    if withheld != list(withheld_of(register, everywhere)):
        yield "`withheld` of edition.json is not what the log withholds."


def _everywhere(said: Mapping[str, Any], register: Register) -> Iterator[str]:
    for name in said["everywhere"]["fields"]:
        showing = [i for i, one in register.told() if name in one.disclosed]
        if showing:
            yield f"`everywhere` has {name}, which entry {showing[0]} discloses."


def _earlier(said: Mapping[str, Any], register: Register) -> Iterator[str]:
    for one in said["earlier"]:
        root = register.root_at(one["size"])
        if root is None or b64.encode(root) != one["root"]:
            yield f"The earlier edition of {one['made']} is no beginning of this log."


def _gate(said: Mapping[str, Any], register: Register) -> Iterator[str]:
    subjects = {line["subject"] for line in said["gate"]}
    for id_ in sorted(subjects - {None}):
        if register.find(id_) is None:
            yield f"`gate` names {id_}, which is not in this log."
    for claim in said["claims"]:
        if claim not in subjects:
            yield f"No line of `gate` is about the published claim {claim}."
