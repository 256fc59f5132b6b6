"""A table of quotes, one a row, as spreadsheets save it: CSV (RFC 4180), also with ; or tabs."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from evidence_chain import kinds
from evidence_chain.errors import InputError
from evidence_chain.regular import read_named
from evidence_chain.rules import SPEAKS
from evidence_db.recording.importing.case_file import fields_of

if TYPE_CHECKING:
    from pathlib import Path

    from evidence_db.recording.importing.case_file import Item

LARGEST = 64 << 20
"""Bytes that a table may have."""
_CELL = 1 << 20
"""Characters of one cell."""
_DOCUMENT = ("title", "author", "publisher", "published", "url", "retrieved_at")
TEMPLATE = (
    *("file", "document", "text", "kind", "speaker", "date", *SPEAKS, "why"),
    *("slug", "statement", "title", "url", "published", "page", "clause", "language", "note"),
)
"""The columns that a template has. A table may leave any out, and have others."""
_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def columns() -> dict[str, str]:
    """Every column that is read, and what it holds."""
    own = (field for kind in kinds.evidence_kinds().values() for field in kind.asked)
    fields = {field.name: field.help or field.label for field in own if field.name != "text"}
    artifact = {field.name: field.help or field.label for field in kinds.ARTIFACT.asked}
    return {
        "file": "The document: a path, relative to the table. It is preserved if it is new.",
        "document": "Or else a document that is in the case: an id, a title, a file name.",
        "text": "The passage, word for word.",
        "kind": "What it is: quote (if it is empty), tender-clause, letter, response-email …",
        "supports": "Claims that it speaks for, by short name; several with ; between them.",
        "contradicts": "… against which it speaks.",
        "qualifies": "… that it limits or explains.",
        "why": "Why; the note on its links to claims.",
        "slug": "With `statement`, and without `text`: a claim's short name.",
        "statement": "What that claim says.",
        **{name: f"Of the document: {artifact[name]}" for name in _DOCUMENT},
        **fields,
    }


def template() -> str:
    """A table with its columns and no row."""
    written = io.StringIO()
    csv.writer(written).writerow(TEMPLATE)
    return written.getvalue()


def read_csv_file(path: Path) -> tuple[dict[str, list[Item]], set[str]]:
    """The lists of a case file that a table amounts to, and its columns that nothing reads.

    Items are called by their rows, as a spreadsheet counts them: the first below the head is 2.

    Raises:
        InputError: it can't be read, or its head names none of the columns that a row needs.
    """
    head, *rows = _rows(path)
    names = [name.strip().lower().replace(" ", "_").replace("-", "_") for name in head]
    known = columns()
    if not {"text", "statement"} & set(names):
        raise InputError(
            f"The table {path} has no column called text, and none called statement: its first "
            f"row has {', '.join(names[:8])[:200]}. `evidence import --template` makes a table "
            "with the columns that are read."
        )
    if len(set(names) - {""}) < len([name for name in names if name]):
        raise InputError(f"The table {path} has two columns of one name in its first row.")
    unknown = {name for name in names if name and name not in known}
    lists: dict[str, list[Item]] = {
        name: [] for name in ("documents", "originals", "evidence", "claims", "links")
    }
    for number, row in enumerate(rows, 2):
        if len(row) > len(names) and any(cell.strip() for cell in row[len(names) :]):
            raise InputError(
                f"Row {number} of {path} has {len(row)} cells, and the first row has "
                f"{len(names)}. Put a text that holds commas or quotation marks in quotation marks."
            )
        item = {name: cell.strip() for name, cell in zip(names, row, strict=False) if name in known}
        if any(item.values()):
            _add(lists, {name: cell for name, cell in item.items() if cell}, f"row {number}")
    return lists, unknown


def _add(lists: dict[str, list[Item]], item: Item, row: str) -> None:
    if "statement" in item and "text" not in item:
        lists["claims"].append({"key": row, "statement": item["statement"]})
        if "slug" in item:
            lists["claims"][-1]["slug"] = item["slug"]
        return
    if "text" not in item and "kind" not in item:
        raise InputError(f"In {row} there is neither a text nor a statement.")
    about = {name: item.pop(name) for name in _DOCUMENT if name in item}
    document = item.get("document")
    if file := item.pop("file", None):
        if document:
            raise InputError(f"In {row} there are both a file and a document. Name one of them.")
        document = _document(lists["documents"], {"file": file, **about}, row)
    links = {relation: item.pop(relation, "") for relation in SPEAKS}
    why = item.pop("why", None)
    kind = item.pop("kind", "quote")
    fields = fields_of(kinds.evidence_kind(kind))
    kept = {name: cell for name, cell in item.items() if name in (*fields, "text", "page")}
    lists["evidence"].append({"key": row, "kind": kind, "document": document, **kept})
    for relation, named in links.items():
        for claim in filter(None, map(str.strip, named.split(";"))):
            link = {"from": row, "to": claim, "relation": relation}
            lists["links"].append({**link, "note": why} if why else link)


def _document(documents: list[Item], item: Item, row: str) -> str:
    """Note the document of a row, once, and tell its key, which names the first row that has it.

    What rows say of it has to agree.
    """
    for known in documents:
        if known["file"] != item["file"]:
            continue
        for name, value in item.items():
            if known.setdefault(name, value) != value:
                raise InputError(
                    f"In {row} the {name} of {item['file']} is {value!r}, and further up "
                    f"{known[name]!r}."
                )
        return str(known["key"])
    key = f"{item['file']} of {row}"
    documents.append({"key": key, **item})
    return key


def _rows(path: Path) -> list[list[str]]:
    try:
        data = read_named(path, LARGEST + 1)
    except OSError as error:
        raise InputError(f"The table {path} can't be read: {error.strerror}.") from error
    if len(data) > LARGEST:
        raise InputError(f"The table {path} is larger than {LARGEST:,} bytes. Divide it.")
    encoding = next((name for bom, name in _BOMS.items() if data.startswith(bom)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"The table {path} is not in UTF-8, so letters in it can't be told for sure. Save it "
            "from the spreadsheet as “CSV UTF-8”."
        ) from error
    before = csv.field_size_limit(_CELL)
    try:
        delimiter = _delimiter(text)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise InputError(f"The table {path} is no CSV: {error}.") from error
    finally:
        csv.field_size_limit(before)
    if not rows:
        raise InputError(f"The table {path} is empty.")
    return rows


def _delimiter(text: str) -> str:
    """What stands between cells: what divides the first row into the most columns."""
    head = text.split("\n", 1)[0]
    return max(",;\t", key=head.count)
