"""Whose cosignatures a checkpoint needs: C2SP tlog-policy files."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evidence_chain.errors import FormatError, UncheckedError
from evidence_chain.log import b64
from evidence_chain.log.cosignature import WitnessKey, cosigned_at
from evidence_chain.log.key import ED25519, VerifierKey

if TYPE_CHECKING:
    from collections.abc import Container
    from datetime import datetime

    from evidence_chain.log.note import SignedNote

LARGEST = 1 << 18
"""Bytes that a policy may have."""
NONE = "none"
"""The name of the quorum that asks nobody."""
ASKS_NOBODY = "policies of witnesses that ask nobody (quorum none)"
"""What is counted where a checkpoint is held against such a policy."""
_FORBIDDEN = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]")
_THRESHOLD = re.compile("[1-9][0-9]{0,5}")
_LOG_TYPE = re.compile(r"[^+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]{2,}={0,2}")


@dataclass(frozen=True, slots=True)
class Witness:
    """A witness as a policy lists it."""

    name: str
    """What it is called in the policy; it means nothing elsewhere."""
    key: WitnessKey | None
    """None where it is of a type that is not known here, so that it never counts."""
    url: str | None = None
    """The submission prefix of the tlog-witness protocol, if the policy tells it."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group cosigned once so many of its members did."""

    threshold: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cosigned:
    """Which witnesses of a policy cosigned a checkpoint, and whether that is enough."""

    times: dict[str, datetime]
    """When, by the name in the policy."""
    of: int
    """How many witnesses the policy lists."""
    met: bool
    """Whether it is the quorum."""
    asks: bool = True
    """Whether the policy asks anybody; `quorum none` is met by nobody, which checks nothing."""

    def __str__(self) -> str:
        said = "".join(f", {shown(name)} at {told(time)}" for name, time in self.times.items())
        return f"cosigned by {len(self.times):,} of {self.of:,} witnesses{said}"


@dataclass(frozen=True, slots=True)
class TrustPolicy:
    """The logs and witnesses that somebody trusts, and how many of them a checkpoint needs."""

    quorum: str
    logs: tuple[VerifierKey, ...] = ()
    """Those with keys of the one type that logs sign with here."""
    has_logs: bool = False
    """Whether it lists any log, of whatever type."""
    witnesses: dict[str, Witness] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    """Each after those that are its members."""

    @classmethod
    def parse(cls, data: bytes) -> TrustPolicy:
        """Read a policy file to the letter of C2SP tlog-policy.

        Raises:
            FormatError: it is none; the message names the line.
        """
        return _Parsing().run(data)

    def key_of(self, origin: str) -> VerifierKey | None:
        """The key that it lists for a log, the first of several; None if it lists none."""
        return next((key for key in self.logs if key.name == origin), None)

    def refusal(self, origin: str) -> str | None:
        """Why no checkpoint of a log is one that it believes, if so."""
        if not self.has_logs or self.key_of(origin) is not None:
            return None
        return (
            f"The policy lists logs, and none called {origin} with a key of Ed25519. If you trust "
            "it, add a line `log VKEY` with its key, from elsewhere than what you check."
        )

    def is_met(self, cosigned: Container[str]) -> bool:
        """Whether these witnesses are a quorum."""
        if self.quorum == NONE:
            return True
        done = {name for name in self.witnesses if name in cosigned}
        for name, group in self.groups.items():
            if sum(member in done for member in group.members) >= group.threshold:
                done.add(name)
        return self.quorum in done

    def cosigned(self, note: SignedNote) -> Cosigned:
        """Who cosigned a checkpoint.

        Raises:
            ProofError: a line under the name and key id of a witness does not hold.
        """
        times = {}
        for name, witness in self.witnesses.items():
            if witness.key is not None and (time := cosigned_at(note, witness.key)):
                times[name] = time
        return Cosigned(times, len(self.witnesses), self.is_met(times), self.quorum != NONE)


def shown(name: str) -> str:
    """A name of a policy, which may be no UTF-8, for people."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def told(time: datetime) -> str:
    """A time as RFC 3339 has it, to the second."""
    return f"{time:%Y-%m-%dT%H:%M:%SZ}"


class _Parsing:
    def __init__(self) -> None:
        self.logs: list[VerifierKey] = []
        self.has_logs = False
        self.keys: set[str] = set()
        self.witnesses: dict[str, Witness] = {}
        self.groups: dict[str, Group] = {}
        self.members: set[str] = set()
        self.quorum: str | None = None

    def run(self, data: bytes) -> TrustPolicy:
        if len(data) > LARGEST:
            raise FormatError(f"A policy of witnesses has {LARGEST >> 10} KiB at most.")
        if found := _FORBIDDEN.search(data):
            raise FormatError(
                f"A policy of witnesses holds no control characters but tabs and LF; this one has "
                f"0x{found[0].hex()} at byte {found.start()}. Save it with LF at the end of lines."
            )
        if not data.endswith(b"\n"):
            raise FormatError(
                "Each line of a policy of witnesses ends in a newline, and the last one doesn't. "
                "It may be cut short: fetch it again."
            )
        text = data.decode("utf-8", "surrogateescape")  # names are octets
        for number, line in enumerate(text.split("\n"), 1):
            words = [word for word in re.split("[ \t]+", line) if word]
            if words and not words[0].startswith("#"):
                try:
                    self._line(words)
                except FormatError as error:
                    raise FormatError(f"Policy of witnesses, line {number}: {error}") from error
        if self.quorum is None:
            raise FormatError(
                "A policy of witnesses says which quorum it asks for, and this one doesn't. Add a "
                "line such as `quorum NAME`."
            )
        logs = tuple(self.logs)
        return TrustPolicy(self.quorum, logs, self.has_logs, self.witnesses, self.groups)

    def _line(self, words: list[str]) -> None:
        match words:
            case ["log", vkey] | ["log", vkey, _]:
                self._add_log(vkey)
            case ["witness", name, vkey]:
                self._add_witness(name, vkey, None)
            case ["witness", name, vkey, url]:
                self._add_witness(name, vkey, url)
            case ["group", name, threshold, *members] if members:
                self._add_group(name, threshold, members)
            case ["quorum", name]:
                self._set_quorum(name)
            case _:
                raise FormatError(
                    "it is none of `log VKEY [URL]`, `witness NAME VKEY [URL]`, `group NAME "
                    "all|any|NUMBER NAME…` and `quorum NAME`."
                )

    def _add_log(self, vkey: str) -> None:
        self.has_logs = True
        if not _LOG_TYPE.fullmatch(vkey):
            raise FormatError("this is no verifier key: copy the whole key.")
        self._refuse_twice(vkey)
        if _type_of(vkey) == ED25519:
            self.logs.append(VerifierKey.parse(vkey))

    def _add_witness(self, name: str, vkey: str, url: str | None) -> None:
        self._refuse_taken(name)
        try:
            key: WitnessKey | None = WitnessKey.parse(vkey)
        except UncheckedError:
            key = None
        self._refuse_twice(vkey)
        self.witnesses[name] = Witness(name, key, url)

    def _add_group(self, name: str, threshold: str, members: list[str]) -> None:
        self._refuse_taken(name)
        for member in members:
            self._refuse_undefined(member)
            if member in self.members:
                raise FormatError(f"{member} is a member twice, and would count so. Name it once.")
            self.members.add(member)
        numbers = {"all": len(members), "any": 1}
        if threshold not in numbers and not _THRESHOLD.fullmatch(threshold):
            raise FormatError(f"a group says all, any or a number, and this one {threshold!r}.")
        least = numbers.get(threshold) or int(threshold)
        if least > len(members):
            raise FormatError(f"{least} of {len(members)} members can't cosign.")
        self.groups[name] = Group(least, tuple(members))

    def _set_quorum(self, name: str) -> None:
        if self.quorum is not None:
            raise FormatError("there is a quorum already; a policy has one.")
        if name != NONE:
            self._refuse_undefined(name)
        self.quorum = name

    def _refuse_taken(self, name: str) -> None:
        if name == NONE or name in self.witnesses or name in self.groups:
            raise FormatError(f"the name {name} is taken. Choose another one.")

    def _refuse_undefined(self, name: str) -> None:
        if name not in self.witnesses and name not in self.groups:
            raise FormatError(f"{name} is no witness or group of the lines before.")

    def _refuse_twice(self, vkey: str) -> None:
        """One key under two names, or of two types, would count twice."""
        key = _public_key(vkey)
        if key in self.keys:
            raise FormatError("its key stands in a line before. Name each key once.")
        self.keys.add(key)


def _type_of(vkey: str) -> int:
    return b64.decode(vkey.split("+", 2)[2])[0]


def _public_key(vkey: str) -> str:
    return b64.decode(vkey.split("+", 2)[2])[1:].hex()
