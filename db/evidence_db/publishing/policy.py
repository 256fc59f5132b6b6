"""What a newsroom asks of a claim before it is published: `policy.toml` in the case."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from evidence_chain.errors import InputError
from evidence_chain.kinds import field_names
from evidence_chain.regular import read_named
from evidence_db.publishing.withholding.closure import DIGESTS
from evidence_db.publishing.withholding.rules import REASON, Rule, parse_rule
from evidence_db.publishing.withholding.selection import EVERYWHERE, REASON_EVERYWHERE

if TYPE_CHECKING:
    from pathlib import Path

FILE = "policy.toml"
LARGEST = 1 << 20

DEFAULT = f"""\
# What has to be so before anything is published from this case (`evidence publish`).
# Whatever is written here stands in the edition, for its readers to see.
# That `evidence verify` holds, and that every passage may be published, is asked in any case.

# How many independent origins the support of each claim needs. Ten articles that repeat one
# press release are one origin. 0 doesn't ask.
origins = 0

# Whether each record that contradicts a claim needs a note on its link that says how the
# newsroom dealt with it (`evidence link … -m WHY`).
contradictions_noted = true

# Whether each request for comment must be answered, or it be recorded that nothing came
# (`evidence add response-email --answers`, `evidence add no-response --to`). What headers speak
# against, and silence that ends before a day that the request names, a person must approve.
replies = false

# How many other people than those who recorded it must have approved each claim
# (`evidence review`), with nothing that bears on it recorded since. 0 doesn't ask.
reviews = 0

# A file of allowed signers, as ssh-keygen has it, beside this one. If it is named, only reviews
# count that are signed by who they say (`evidence review --sign`).
# allowed_signers = "allowed_signers"

# How many authorities must have stamped the newest checkpoint with the time, and which are asked
# (`evidence timestamp`). 0 doesn't ask. Two are better than one. Anybody can stamp: those count
# whose certificates are in the file that authority_roots names, in PEM, beside this one. Take them
# from elsewhere than the stamps. Without it, nobody's count.
timestamps = 0
# authorities = ["https://tsa.example/tsr"]
# authority_roots = "authorities.pem"

# Whether as many witnesses must have cosigned the newest checkpoint as the file witnesses.policy
# beside this one asks (a policy of C2SP's tlog-policy; `evidence cosign` asks them).
witnesses = false

# Whether the files that are handed out must give nothing away besides what they show, such as words
# under a black bar, tracked changes, who wrote them, or where a picture was taken
# (`evidence inspect`). What they give away can be overridden for one file.
inspected = true

# The articles that will be printed, relative to the case: each quotation in them must stand in
# the evidence, word for word (`evidence proofread`). No edition tells what they are called.
articles = []

# Fields that are withheld in every record. Names of fields are public for ever; values are not.
withhold_everywhere = {json.dumps(EVERYWHERE)}
withhold_reason = {json.dumps(REASON_EVERYWHERE)}

# What else is withheld by rule, beside what `evidence withhold` decides of single records: a kind
# of record or `evidence` for all kinds of it, a dot, a field or * for all. A condition may come
# before the dot. A table gives a rule its own reason, which readers see; the rule they don't.
# What goes with it is withheld, too: `evidence withheld` lists all of it.
#   withhold = [
#     "response-email.sender",
#     "artifact.filename",
#     {{ fields = "evidence[speaker=Ada Lind].*", reason = "She asked us to." }},
#   ]
# The reason of a rule that gives none is: {REASON}
withhold = []
"""


@dataclass(frozen=True, slots=True)
class Policy:
    """What is asked; the defaults are those of `DEFAULT`."""

    origins: int = 0
    contradictions_noted: bool = True
    replies: bool = False
    reviews: int = 0
    allowed_signers: str = ""
    timestamps: int = 0
    authorities: tuple[str, ...] = ()
    authority_roots: str = ""
    witnesses: bool = False
    inspected: bool = True
    articles: tuple[str, ...] = ()
    """Where the articles lie whose quotations must stand in the evidence; no edition tells it."""
    withhold_everywhere: tuple[str, ...] = EVERYWHERE
    withhold_reason: str = REASON_EVERYWHERE
    withhold: tuple[Rule, ...] = ()

    @property
    def everywhere(self) -> dict[str, str]:
        """The fields that are withheld in every record, with the reason."""
        return dict.fromkeys(self.withhold_everywhere, self.withhold_reason)

    def as_json(self) -> dict[str, Any]:
        """The policy as an edition tells it: not what it withholds, which may name it."""
        return {
            "origins": self.origins,
            "contradictions_noted": self.contradictions_noted,
            "replies": self.replies,
            "reviews": self.reviews,
            "timestamps": self.timestamps,
            "witnesses": self.witnesses,
            "reviews_signed": bool(self.allowed_signers),
            "inspected": self.inspected,
        }


def read_policy(root: Path) -> Policy:
    """The policy of the case in `root`; the default one where it has none.

    Raises:
        InputError: it can't be read, or asks what this version doesn't know.
    """
    path = root / FILE
    try:
        text = read_named(path, LARGEST).decode()
    except FileNotFoundError:
        return Policy()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The policy {path} can't be read: {error}.") from error
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"The policy {path} is not written as TOML is: {error}.") from error
    return _checked(path, said)


def _checked(path: Path, said: dict[str, Any]) -> Policy:
    known = {field.name for field in fields(Policy)}
    if unknown := sorted(said.keys() - known):
        raise InputError(
            f"The policy {path} asks for {', '.join(unknown)}, which this version doesn't know. It "
            f"knows {', '.join(sorted(known))}."
        )
    for name, value in said.items():
        if not _FITTING[name](value):
            raise InputError(f"The policy {path}: {name} = {value!r} is not what it may be.")
    if "authorities" in said:
        said["authorities"] = tuple(said["authorities"])
    if "withhold_everywhere" in said:
        said["withhold_everywhere"] = tuple(sorted(set(said["withhold_everywhere"])))
        _refuse_unknown(path, set(said["withhold_everywhere"]))
        _refuse_given_away(path, set(said["withhold_everywhere"]))
    if "articles" in said:
        said["articles"] = tuple(dict.fromkeys(said["articles"]))
    if "withhold" in said:
        said["withhold"] = tuple(_rule(path, one) for one in said["withhold"])
    return Policy(**said)


def _rule(path: Path, said: object) -> Rule:
    try:
        return parse_rule(said)
    except InputError as error:
        raise InputError(f"The policy {path}, in `withhold`: {error}") from error


_DRAWN = (
    *("selector", "extracted", "regions", "extractor", "match", "marks", "page", "clause", "date"),
    *("subject", "sender", "recipient", "cc", "message_id", "in_reply_to", "dkim"),
)
"""What evidence says that is drawn from its file."""
_GIVEN_AWAY = {"artifact": _DRAWN, "reviewer": ("signature",), "text": ("selector",)}
"""What no edition discloses while another field is withheld (docs/edition.md, section 11)."""
_OF_FILES = DIGESTS
"""What can't be withheld by its name: every field of a withheld file's record goes with it."""


def _refuse_unknown(path: Path, withheld: set[str]) -> None:
    """A name that was mistyped would withhold nothing."""
    if unknown := sorted(withheld - field_names()):
        raise InputError(
            f"The policy {path} withholds {', '.join(unknown)} everywhere, and no record has such "
            "a field. Look at how it is written (`evidence show RECORD --json` has the names)."
        )


def _refuse_given_away(path: Path, withheld: set[str]) -> None:
    if named := withheld.intersection(_OF_FILES):
        raise InputError(
            f"The policy {path} withholds {', '.join(named)} everywhere. A file is withheld with "
            "every field of its record and all that is drawn from it, which no rule over names of "
            "fields does: publish the claims that don't need it (`--claim`), or leave the file "
            "itself out (`--without-files REF --reason …`)."
        )
    for name in sorted(withheld & _GIVEN_AWAY.keys()):
        if telling := [other for other in _GIVEN_AWAY[name] if other not in withheld]:
            raise InputError(
                f"The policy {path} withholds {name} everywhere, and discloses what gives it away: "
                f"add {', '.join(telling)} to withhold_everywhere."
            )


_FITTING = {
    "origins": lambda value: type(value) is int and value >= 0,
    "contradictions_noted": lambda value: type(value) is bool,
    "replies": lambda value: type(value) is bool,
    "reviews": lambda value: type(value) is int and value >= 0,
    "timestamps": lambda value: type(value) is int and value >= 0,
    "authorities": lambda value: (
        type(value) is list
        and all(type(one) is str and one.startswith(("http://", "https://")) for one in value)
    ),
    "authority_roots": lambda value: type(value) is str and value != "",
    "witnesses": lambda value: type(value) is bool,
    "allowed_signers": lambda value: type(value) is str and value != "",
    "inspected": lambda value: type(value) is bool,
    "articles": lambda value: (
        type(value) is list and all(type(one) is str and one and "\0" not in one for one in value)
    ),
    "withhold_everywhere": lambda value: (
        type(value) is list
        and all(type(name) is str and name and name != "statement" for name in value)
    ),
    "withhold_reason": lambda value: type(value) is str and value.strip() != "",
    "withhold": lambda value: type(value) is list,
}
