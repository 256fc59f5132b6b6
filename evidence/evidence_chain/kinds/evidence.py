"""What all kinds of evidence have in common: a passage of a preserved file (section 7)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from evidence_chain.kinds.fields import Field, Kind
from evidence_chain.kinds.forms import DATE, DATE_OF_MAIL, LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PASSAGE = (
    Field("artifact", "preserved file", asked=False, required=True),
    Field(
        "text",
        "passage",
        "The passage, word for word; - reads it from standard input.",
        required=True,
    ),
    Field("selector", "place", type=list, asked=False, required=True),
    Field("extractor", "extractor", type=dict, asked=False, required=True),
    Field("extracted", "text stream", asked=False, required=True),
    Field("match", "match", type=dict, asked=False, required=True),
    Field("marks", "marked there", type=list, asked=False),
    Field("regions", "seen at", type=list, asked=False),
)
CONTEXT = (
    Field("speaker", "speaker", "Who said or wrote it, with their office."),
    Field("role", "role", "What it is in the document: quote, statement, narration …"),
    Field("date", "date", "When it was said: 2010, 2021-04 or 2021-04-30.", form=DATE),
    Field(
        "language", "language", "The language of the passage, such as en or zh-Hans.", form=LANGUAGE
    ),
    Field("flags", "flags", type=list, asked=False),
    Field("note", "note", "A note of your own on the record, not on its links; sealed."),
)


def evidence_kind(
    slug: str,
    label: str,
    *own: Field,
    from_document: Callable[[bytes], Mapping[str, str | None]] | None = None,
    media_types: tuple[str, ...] = (),
) -> Kind:
    """A kind `evidence/SLUG` with the passage, `own` fields, and the context of what was said."""
    fields = PASSAGE + own + CONTEXT
    if from_document is not None:
        fields = tuple(_of_mail(field) for field in fields)
    return Kind(f"evidence/{slug}", label, fields, from_document, media_types)


def _of_mail(field: Field) -> Field:
    """The date of an e-mail is what its header says, in whatever words."""
    if field.name != "date":
        return field
    return replace(field, form=DATE_OF_MAIL, amended=False)
