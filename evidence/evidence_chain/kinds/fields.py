"""What a kind of record is made of."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as attribute
from typing import TYPE_CHECKING, Any

from evidence_chain.amending import NEVER, is_amended
from evidence_chain.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from evidence_chain.kinds.forms import Form


@dataclass(frozen=True, slots=True)
class Field:
    """One sealed field of a kind."""

    name: str
    label: str
    help: str = ""
    type: type = str
    required: bool = False
    insisted: bool = False
    """The command line insists on it, while a case that is imported may lack it."""
    asked: bool = True
    """Whether a person types it in; the others are filled in by the program."""
    form: Form | None = None
    """How a text is written, if not anyhow."""
    amended: bool = True
    """Whether what a person typed in may be corrected later: not if it is read off the document."""

    @property
    def option(self) -> str:
        """The option of the command line that sets it."""
        return "--" + self.name.replace("_", "-")


MORE = Field("more", "more", "What no other field is for.", type=dict, asked=False, amended=False)
"""A user's own fields, in one: names of fields are public for ever, and so tell nothing."""
RECORDED = (
    Field("recorded_at", "recorded at", asked=False, required=True),
    Field("recorded_by", "recorded by", asked=False, required=True),
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: its name in the log and all the fields that each of its records seals."""

    name: str
    label: str
    own: tuple[Field, ...]
    from_document: Callable[[bytes], Mapping[str, str | None]] | None = None
    """Reads fields off the document itself, which is then typed in as a file."""
    media_types: tuple[str, ...] = ()
    """What its documents are; empty for any."""
    _by_name: dict[str, Field] = attribute(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {field.name: field for field in self.fields})

    def one(self, article: str = "a") -> str:
        """One of the kind, with its article, such as `an original`."""
        return f"{article}{'n' if self.label[:1] in 'aeiou' else ''} {self.label}"

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field, those common to all kinds last."""
        return (*self.own, MORE, *RECORDED)

    @property
    def asked(self) -> tuple[Field, ...]:
        """The fields that a person types in."""
        return tuple(field for field in self.own if field.asked)

    @property
    def amendable(self) -> dict[str, Field]:
        """The fields that an amendment of such a record may correct, by name."""
        if not is_amended(self.name):
            return {}
        return {one.name: one for one in self.asked if one.amended and one.name not in NEVER}

    def check(self, name: str, value: Any) -> None:  # noqa: ANN401
        """Check the value of one field by itself.

        Raises:
            InputError: it is empty and required, or has the wrong type or form.
        """
        (field,) = (field for field in self.fields if field.name == name)
        if value is not None or field.required:
            _check(self, field, value)

    def complete(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return a value for every field, `None` where there is none (section 3).

        Which optional fields were filled in must not show, so every record of a kind seals the
        same names.

        Raises:
            InputError: a required field is empty, a name is unknown, or a value has the wrong
                type or form.
        """
        complete: dict[str, Any] = {**dict.fromkeys(self._by_name), **values}
        if len(complete) == len(self._by_name) and self._fit(complete):
            return complete
        if unknown := sorted(values.keys() - self._by_name.keys()):
            raise InputError(f"{self.one('A')} has no field {', '.join(unknown)}.")
        for field in self.fields:
            value = complete[field.name]
            if value is not None or field.required:
                _check(self, field, value)
        return complete

    def _fit(self, values: Mapping[str, Any]) -> bool:
        """Whether values are usual, and right at one look; those that aren't may be right too."""
        known = self._by_name
        for name, value in values.items():
            field, given = known[name], type(value)
            if value is None:
                if field.required:
                    return False
            elif (
                given is not field.type
                or value == ""
                or (given is str and not value.isascii())
                or (field.form is not None and not field.form.fits(value))
            ):
                return False
        return True


def _check(kind: Kind, field: Field, value: Any) -> None:  # noqa: ANN401
    if value is None or (value == "" and field.asked):
        if field.required:
            raise InputError(f"{kind.one('A')} needs its {field.label} ({field.option}).")
    elif type(value) is not field.type:
        raise InputError(
            f"The {field.label} of {kind.one()} is {value!r}, but should be of type "
            f"{field.type.__name__}."
        )
    elif isinstance(value, str) and not (value.isascii() or _is_unicode(value)):
        raise InputError(f"The {field.label} of {kind.one()} is not valid UTF-8.")
    elif value and field.form and not field.form.fits(str(value)):
        raise InputError(
            f"The {field.option} of {kind.one()} is {value!r}, and should be {field.form.wanted}."
        )


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
