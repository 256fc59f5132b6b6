"""What a search for leaks says: what was found and where, what was not searched, and what for."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from evidence_chain.edition.layout import SITE
from evidence_chain.errors import LeakError
from evidence_chain.wording.plural import counted
from evidence_db.publishing.leaks.drawn import DRAWN, JOINED, UNREAD
from evidence_db.publishing.leaks.forms.charsets import JAPANESE_7, MULTIPLE, SINGLE
from evidence_db.publishing.leaks.holding import OF_RECORDS
from evidence_db.publishing.leaks.needles.digests import NAMES
from evidence_db.publishing.leaks.needles.needles import Skipped

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from evidence_db.publishing.leaks.needles.needles import Needles, Same
    from evidence_db.publishing.leaks.scanning import Found, Hit

RULE = "leaks"
DESPITE = "The publisher discloses this file, even if something stands in it that is withheld."
"""What readers are told of a file that was named with `--despite`."""
FILES = "data/artifacts/"
"""Where disclosed files stand, and their texts."""
FORMS = (
    *("UTF-8", "UTF-16 (little-endian)", "UTF-16 (big-endian)"),
    *(*SINGLE, *MULTIPLE, JAPANESE_7),
    *("JSON escapes", "percent-encoded", "quoted-printable", "HTML references"),
    *("encoded words", "strings of PDFs", "RTF", "CSS escapes", "markup"),
    *("base64", "hex"),
    *("gzip", "zlib", "ZIP", "picture", "SQLite", "PDF"),
    *(*NAMES, "slug", "last name first", DRAWN, JOINED),
)
"""How something may be written, each by itself and in one another."""


_TELL_NOTHING = ("language of ", "match of ", "recorded_at of ")
"""Fields of which many have the same value."""
_FEW = 3
"""Records of which each is named where a field of theirs is told of."""
COMMON = "the words of every edition have it"


class Leak(NamedTuple):
    """Something withheld that stands in a file."""

    path: str
    offset: int
    forms: tuple[str, ...]
    """What was undone to find it, in turn."""
    where: str
    """Which field or file it is."""
    what: str
    """What of it was found."""
    value: str
    decided: bool
    """Whether somebody, or the policy, withholds it: else it belongs to other claims."""
    places: tuple[str, ...] = ()
    """What people call where it stands: fields of records, or a preserved file."""

    @property
    def target(self) -> tuple[str, str, str]:
        """The same wherever it is found."""
        return self.where, self.what, self.value

    @property
    def is_shown(self) -> bool:
        """Whether it is on a page, which shows what stands in files."""
        return self.path.startswith(SITE)

    def as_json(self, *, with_value: bool) -> dict[str, Any]:
        """The same as JSON; the value is told only if somebody asks for it."""
        said = {**self._asdict(), "forms": list(self.forms), "places": list(self.places)}
        return said if with_value else {name: one for name, one in said.items() if name != "value"}


class Searched(NamedTuple):
    """What came of a search."""

    leaks: Sequence[Leak]
    despite: Sequence[Leak]
    """Those in files that the publisher named."""
    of_others: Sequence[Leak]
    """Those that stand in disclosed files, belong to other claims, and nobody decided upon."""
    skipped: Sequence[Skipped]
    same: Sequence[Same]
    """Those that stand in a disclosed field just so."""
    unopened: Mapping[str, Mapping[str, int]]
    values: int
    files: int
    passed_over: int
    """Numbers, ids and keywords, which are not searched for."""
    called: Mapping[str, str] = MappingProxyType({})
    """What people call the files of an edition, by path, where the path is but a digest."""

    @classmethod
    def of(
        cls,
        needles: Needles,
        found: Found,
        common: Collection[int],
        despite: tuple[str, ...],
        places: Mapping[Hit, Sequence[str]],
    ) -> Searched:
        """Sort what was found.

        Args:
            needles: What was searched for.
            found: What was found.
            common: The targets that stand in the words of every edition.
            despite: Beginnings of the paths in which anything may stand.
            places: What people call where each hit is.
        """
        too_common = {needles.targets[number] for number in common}
        leaks = [
            _leak(needles, hit, places.get(hit, ()))
            for hit in found.hits
            if hit.target not in too_common
        ]
        skipped = [
            *needles.skipped,
            *(Skipped(needles.subjects[one.subject].where, COMMON) for one in sorted(too_common)),
        ]
        in_named = {one.target for one in leaks if one.path.startswith(despite)}
        in_files = {one.target for one in leaks if one.path.startswith(FILES)}
        named, of_others, others = [], [], []
        for one in leaks:
            if one.path.startswith(despite) or (one.target in in_named and one.is_shown):
                named.append(one)
            elif one.target in in_files and not one.decided:
                of_others.append(one)
            else:
                others.append(one)
        return cls(
            others,
            named,
            of_others,
            skipped,
            list(dict.fromkeys(needles.same)),
            found.unopened,
            needles.values,
            needles.files,
            needles.passed_over,
        )

    @property
    def is_lacking(self) -> bool:
        """Whether something could not be searched inside that should be."""
        return any(why != UNREAD for whys in self.unopened.values() for why in whys)

    def sentences(self) -> list[str]:
        """What was searched for, and what wasn't, in words."""
        what = (
            f"{counted(self.values, 'withheld value')} and {counted(self.files, 'withheld file')}"
        )
        said = [f"Searched for {what}, in {len(FORMS)} forms."]
        if self.despite:
            places = counted(len(self.despite), "place")
            said.append(f"Found in files that were named with --despite: {places}.")
        if self.of_others:
            values = counted(len({one.where for one in self.of_others}), "withheld field")
            said.append(
                f"In disclosed files stand {values} of other claims, which nobody decided to "
                "withhold (`evidence withhold`)."
            )
        for why in dict.fromkeys(one.why for one in self.skipped):
            named = [one.where for one in self.skipped if one.why == why]
            said.append(f"Not searched for, since {why}: {_listed(named)}.")
        whys: dict[str, list[str]] = {}
        for path, found in sorted(self.unopened.items()):
            for why in found:
                whys.setdefault(why, []).append(self.called.get(path, path))
        said += [f"Not searched inside, since {why}: {_listed(whys[why])}." for why in sorted(whys)]
        return said

    def warning(self) -> str | None:
        """What somebody withholds and a disclosed field says all the same, in words."""
        by_place: dict[tuple[str, str], list[str]] = {}
        for one in self.same:
            if one.decided and not one.where.startswith(_TELL_NOTHING):
                field = one.where.partition(" of ")[0]
                by_place.setdefault((field, one.stands_in), []).append(one.where)
        if not by_place:
            return None
        same = "; ".join(
            f"{_listed(named)} – {'it stands' if len(named) == 1 else 'they stand'} in {there}"
            for (_, there), named in by_place.items()
        )
        return f"Not searched for, since a disclosed field has the same value: {same}."

    def check(self) -> None:
        """Refuse what leaks.

        Raises:
            LeakError: something withheld stands where nobody said that it may.
        """
        if self.leaks:
            lines = told(self.leaks)
            places = "; ".join(lines[:5])
            more = f"; and {len(lines) - 5:,} more" if len(lines) > 5 else ""
            raise LeakError(
                f"What is withheld stands in what would be published, so nothing was: {places}"
                f"{more}. Withhold what holds it, too; or, where it is a preserved file that "
                "readers may have all the same, name that with --despite.",
                self,
            )

    def as_json(self, *, with_values: bool = False) -> dict[str, Any]:
        """The same as JSON."""
        return {
            "leaks": [one.as_json(with_value=with_values) for one in self.leaks],
            "despite": [one.as_json(with_value=with_values) for one in self.despite],
            "of_others": [one.as_json(with_value=with_values) for one in self.of_others],
            "not_searched_for": [one._asdict() for one in self.skipped],
            "disclosed_elsewhere": [one._asdict() for one in self.same],
            "not_searched_inside": {path: list(whys) for path, whys in self.unopened.items()},
            "values": self.values,
            "files": self.files,
            "passed_over": self.passed_over,
            "forms": list(FORMS),
        }


def told(leaks: Sequence[Leak]) -> list[str]:
    """Where what stands, without saying what it is: a line for each field and file."""
    found: dict[str, list[str]] = {}
    for one in leaks:
        for place in one.places or [""]:
            at = f"byte {one.offset:,} of"
            forms = ", ".join(one.forms)
            if one.path in OF_RECORDS and place:
                found.setdefault(f"{one.where}: {one.what} in {place}", []).append(one.path)
            else:
                found[f"{one.where}: {one.what} at {at} {place or one.path} ({forms})"] = []
    return [f"{line} ({', '.join(paths)})" if paths else line for line, paths in found.items()]


def _leak(needles: Needles, hit: Hit, places: Sequence[str]) -> Leak:
    subject = needles.subjects[hit.target.subject]
    told_of = subject.where, hit.target.what, subject.value, subject.decided
    return Leak(hit.path, hit.offset, hit.forms, *told_of, tuple(places))


def _listed(names: Sequence[str]) -> str:
    told = _counted_by_field(names)
    more = f", and {len(told) - 10:,} more" if len(told) > 10 else ""
    return ", ".join(told[:10]) + more


def _counted_by_field(names: Sequence[str]) -> list[str]:
    """The same, with one field of many records told once, those of few records first."""
    by_field: dict[str, list[str]] = {}
    for name in names:
        by_field.setdefault(name.partition(" of ")[0], []).append(name)
    few = [one for those in by_field.values() if len(those) <= _FEW for one in those]
    many = [
        f"{field} of {counted(len(those), 'record')} (the first: {those[0].partition(' of ')[2]})"
        for field, those in by_field.items()
        if len(those) > _FEW
    ]
    return [*few, *many]
