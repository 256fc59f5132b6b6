"""What goes with what is withheld (docs/edition.md, section 11). Pure: no database, no files.

Some of it goes in any case, since it would tell what is withheld, and a checker refuses an edition
that has it. The rest goes unless the publisher names it, by disclosing it (`evidence disclose`).
"""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.entry import RECORDED, is_evidence

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Iterator, Mapping

DIGESTS = ("blake3", "sha256")
"""The fields of a preserved file without which the file itself is withheld."""
DRAWN = frozenset(
    {
        *("artifact", "extracted", "extractor", "selector", "match", "marks", "regions", "crops"),
        *("page", "clause", "subject", "sender", "recipient", "cc", "message_id", "in_reply_to"),
        "dkim",
    }
)
"""What evidence says that is drawn from its file."""
OF_TEXT = ("selector", "match", "marks", "regions", "crops")
"""What holds words of a passage, or shows them."""
STAYS = RECORDED | {"text"}
"""What evidence may disclose though its file is withheld: the words that the publisher quotes."""
OF_CUSTODY = ("actor", "subjects", "note")
TRANSLATION = "evidence/translation"
HOLDS_FILES = ("message/rfc822", "ms-outlook", "mbox", "zip", "warc", "wacz")
"""What stands in the media types of files that hold other files."""


class Known(NamedTuple):
    """A record, as far as it matters here. Other records are named by their index."""

    index: int  # type: ignore[assignment]  # hides tuple.index, which nobody needs here
    id: str
    kind: str
    sealed: frozenset[str]
    relation: str | None = None
    from_: int | None = None
    to: int | None = None
    artifact: int | None = None
    """The file that a passage stands in."""
    blake3: str | None = None
    media_type: str = ""
    changes: frozenset[str] = frozenset()
    """The fields that an amendment corrects."""
    subjects: tuple[int, ...] = ()
    """What a custody entry is about."""


class Cause(NamedTuple):
    """Why a field is withheld."""

    reason: str
    """For the public."""
    of: int | None = None
    """The record that was decided upon and takes it along, by index; `None` if it is this one."""

    def along(self, index: int) -> Cause:
        """Why something goes with a field of this record that is withheld so."""
        return self if self.of is not None else Cause(self.reason, index)


Withheld = dict[int, dict[str, Cause]]


class _Graph:
    """What the records of a case have to do with each other, from the file to what is of it."""

    def __init__(self, records: Collection[Known]) -> None:
        self.records = {one.index: one for one in records}
        self.same_file: dict[str, list[int]] = defaultdict(list)
        self.passages: dict[int, list[int]] = defaultdict(list)
        self.amendments: dict[int, list[int]] = defaultdict(list)
        self.custody: dict[int, list[int]] = defaultdict(list)
        self.translations: dict[int, list[int]] = defaultdict(list)
        self.derived: dict[int, list[int]] = defaultdict(list)
        self.origins: dict[int, list[int]] = defaultdict(list)
        for one in records:
            self._note(one)

    def _note(self, one: Known) -> None:
        if one.blake3 is not None:
            self.same_file[one.blake3].append(one.index)
        if one.artifact is not None:
            self.passages[one.artifact].append(one.index)
        if one.kind == "amendment" and one.to is not None:
            self.amendments[one.to].append(one.index)
        for subject in one.subjects:
            self.custody[subject].append(one.index)
        if one.kind == "link" and one.from_ is not None and one.to is not None:
            self._note_link(one.relation, one.from_, one.to)

    def _note_link(self, relation: str | None, from_: int, to: int) -> None:
        if relation == "translates":
            self.translations[to].append(from_)
        elif relation in ("derives-from", "preserves"):
            self.derived[to].append(from_)
            self.origins[from_].append(to)

    def files(self, indexes: Iterable[int]) -> Iterator[int]:
        """Those of these records that are of preserved files."""
        return (i for i in indexes if self.records[i].kind == "artifact")


class _Closing:
    def __init__(
        self, graph: _Graph, everywhere: Mapping[str, str], named: Container[tuple[int, str]]
    ) -> None:
        self.graph = graph
        self.everywhere = everywhere
        self.named = named
        self.found: Withheld = defaultdict(dict)
        self.todo: deque[tuple[int, str, Cause]] = deque()
        self.ended: set[int] = set()
        """The records that are withheld whole, whose consequences are known."""

    def take(self, index: int, names: Iterable[str], cause: Cause) -> None:
        """Withhold those of these fields that the record seals."""
        known = self.found[index]
        for name in sorted(self.graph.records[index].sealed.intersection(names)):
            if name not in known and name not in self.everywhere:
                known[name] = cause
                self.todo.append((index, name, cause))

    def take_unnamed(self, index: int, names: Iterable[str], cause: Cause) -> None:
        """Withhold these fields, but those that the publisher names."""
        self.take(index, [name for name in names if (index, name) not in self.named], cause)

    def take_record(self, index: int, cause: Cause) -> None:
        """Withhold a record, but what the publisher names of it."""
        one = self.graph.records[index]
        if (index, "blake3") not in self.named:
            self.take_unnamed(index, one.sealed, cause)

    def run(self) -> Withheld:
        while self.todo:
            self.follow(*self.todo.popleft())
        return {index: names for index, names in self.found.items() if names}

    def follow(self, index: int, name: str, why: Cause) -> None:
        """Take what goes with one field."""
        one, cause = self.graph.records[index], why.along(index)
        if one.kind == "artifact" and name in DIGESTS:
            self._file(one, cause)
        elif is_evidence(one.kind) and name == "artifact":
            self.take(index, drawn(one), cause)
        elif is_evidence(one.kind) and name == "text":
            self.take(index, OF_TEXT, cause)
            self._translations(index, cause)
        elif one.kind == "review" and name == "reviewer":
            self.take(index, ["signature"], cause)
        elif one.kind == "claim" and name == "statement":
            self.take_unnamed(index, ["slug"], cause)
        for amendment in self.graph.amendments[index]:
            if name in self.graph.records[amendment].changes:
                self.take(amendment, ["changes"], cause)
                self.take_unnamed(amendment, ["reason"], cause)
        if index not in self.ended and self._is_whole(one):
            self.ended.add(index)
            decided = next(iter(self.found[index].values()), why)
            self._whole(one, decided.along(index))

    def _is_whole(self, one: Known) -> bool:
        return one.sealed <= self.found[one.index].keys() | self.everywhere.keys()

    def _whole(self, one: Known, cause: Cause) -> None:
        for entry in self.graph.custody[one.index]:
            self.take_unnamed(entry, OF_CUSTODY, cause)
        if one.kind == TRANSLATION and one.artifact is not None:
            self.take_record(one.artifact, cause)

    def _translations(self, index: int, cause: Cause) -> None:
        for translation in self.graph.translations[index]:
            self.take_record(translation, cause)

    def _file(self, one: Known, cause: Cause) -> None:
        """With a file go all records of it, and what is drawn or unpacked from it, or holds it."""
        graph = self.graph
        every = [one.index] if one.blake3 is None else graph.same_file[one.blake3]
        for record in every:
            self.take(record, graph.records[record].sealed, cause)
        for record in every:
            for passage in graph.passages[record]:
                self._passage(graph.records[passage], cause)
            for origin in graph.origins[record]:
                if graph.records[origin].kind == "original":
                    self.take_unnamed(origin, graph.records[origin].sealed - RECORDED, cause)
                elif _holds_files(graph.records[origin]):
                    self.take_record(origin, cause)
            for part in graph.files(graph.derived[record]):
                self.take_record(part, cause)

    def _passage(self, one: Known, cause: Cause) -> None:
        self.take(one.index, drawn(one), cause)
        self.take_unnamed(one.index, one.sealed - STAYS, cause)
        self._translations(one.index, cause)


def drawn(one: Known) -> frozenset[str]:
    """What of a passage is drawn from its file; an e-mail's date is one of its headers."""
    return DRAWN | {"date"} if "message_id" in one.sealed else DRAWN


def _holds_files(one: Known) -> bool:
    return one.kind == "artifact" and any(part in one.media_type for part in HOLDS_FILES)


def closure(
    records: Collection[Known],
    decided: Mapping[int, Mapping[str, str]],
    everywhere: Mapping[str, str],
    named: Container[tuple[int, str]] = (),
) -> Withheld:
    """Everything that is withheld, by index and field, but what is in every record.

    Args:
        records: All records of the case.
        decided: The fields that somebody or the policy withholds, with the reason, by index.
        everywhere: The fields that are withheld in every record, with the reason.
        named: The fields that the publisher names, which stay if they may.
    """
    closing = _Closing(_Graph(records), everywhere, named)
    for index, names in decided.items():
        for name, reason in names.items():
            closing.take(index, [name], Cause(reason))
    for one in records:
        for name in sorted(one.sealed & everywhere.keys()):
            closing.follow(one.index, name, Cause(everywhere[name]))
    return closing.run()
