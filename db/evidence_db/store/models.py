"""Row models. Each table has a model that validates a row, and a table model that writes it.

SQLModel leaves a `table=True` model unvalidated, so rows pass through the plain model first.
Generated columns belong to the schema alone and are not named here.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any

from pydantic import Field as Limits
from pydantic import TypeAdapter, create_model
from sqlalchemy import inspect
from sqlalchemy.dialects.sqlite import dialect
from sqlmodel import Field, SQLModel

Index = Annotated[int, Limits(ge=0)]
Digest = Annotated[bytes, Limits(min_length=32, max_length=32)]
HexDigest = Annotated[str, Limits(pattern="^[0-9a-f]{64}$")]


class EntryRow(SQLModel):
    """A line of the log."""

    idx: Index
    id: HexDigest
    entry: Annotated[str, Limits(max_length=65_535)]


class SealRow(SQLModel):
    """What opens an entry: secret until it is published."""

    idx: Index
    seed: Digest
    salts: str


class BodyRow(SQLModel):
    """A record's committed values, as canonical JSON."""

    idx: Index
    body: str


class EvidenceRow(BodyRow):
    """A passage of a preserved file."""

    kind: Annotated[str, Limits(pattern="^evidence/")]
    artifact_idx: int


class LinkRow(BodyRow):
    """A link between two records."""

    relation: str
    from_idx: Index
    to_idx: Index


class RetractionRow(BodyRow):
    """That a record no longer stands."""

    to_idx: Index


class TreeNodeRow(SQLModel):
    """The root of a complete subtree of the log."""

    level: Annotated[int, Limits(ge=1)]
    n: Index
    hash: Digest


class CheckpointRow(SQLModel):
    """A signed checkpoint."""

    size: Index
    note: str


class CaseInfoRow(SQLModel):
    """What the case is called."""

    id: int = 1
    origin: str
    title: str | None
    created_at: str


class Entry(EntryRow, table=True):
    """Table `entry`."""

    __tablename__ = "entry"
    idx: int = Field(primary_key=True)


class Seal(SealRow, table=True):
    """Table `seal`."""

    __tablename__ = "seal"
    idx: int = Field(primary_key=True)


class Artifact(BodyRow, table=True):
    """Table `artifact`."""

    __tablename__ = "artifact"
    idx: int = Field(primary_key=True)


class Original(BodyRow, table=True):
    """Table `original`."""

    __tablename__ = "original"
    idx: int = Field(primary_key=True)


class Claim(BodyRow, table=True):
    """Table `claim`."""

    __tablename__ = "claim"
    idx: int = Field(primary_key=True)


class Evidence(EvidenceRow, table=True):
    """Table `evidence`."""

    __tablename__ = "evidence"
    idx: int = Field(primary_key=True)


class Link(LinkRow, table=True):
    """Table `link`."""

    __tablename__ = "link"
    idx: int = Field(primary_key=True)


class Retraction(RetractionRow, table=True):
    """Table `retraction`."""

    __tablename__ = "retraction"
    idx: int = Field(primary_key=True)


class TreeNode(TreeNodeRow, table=True):
    """Table `tree_node`."""

    __tablename__ = "tree_node"
    level: int = Field(primary_key=True)
    n: int = Field(primary_key=True)


class Checkpoint(CheckpointRow, table=True):
    """Table `checkpoint`."""

    __tablename__ = "checkpoint"
    size: int = Field(primary_key=True)


class CaseInfo(CaseInfoRow, table=True):
    """Table `case_info`."""

    __tablename__ = "case_info"
    id: int = Field(primary_key=True)


ROWS: dict[str, tuple[type[SQLModel], type[SQLModel]]] = {
    "entry": (EntryRow, Entry),
    "seal": (SealRow, Seal),
    "artifact": (BodyRow, Artifact),
    "original": (BodyRow, Original),
    "claim": (BodyRow, Claim),
    "evidence": (EvidenceRow, Evidence),
    "link": (LinkRow, Link),
    "retraction": (RetractionRow, Retraction),
    "tree_node": (TreeNodeRow, TreeNode),
    "checkpoint": (CheckpointRow, Checkpoint),
    "case_info": (CaseInfoRow, CaseInfo),
}
"""The validating model and the table model of each table."""


def validate(table: str, rows: list[dict[str, Any]]) -> None:
    """Check rows against the model of `table`.

    Raises:
        pydantic.ValidationError: they do not fit; what it says names each wrong column.
    """
    _validator(table).validate_python(rows)


@cache
def _validator(table: str) -> TypeAdapter[Any]:
    """Checks rows of `table` as its model says, without making a model of each."""
    row = ROWS[table][0]
    fields: dict[str, Any] = {name: (one.annotation, one) for name, one in row.model_fields.items()}
    plain: Any = create_model(row.__name__, **fields)
    return TypeAdapter(list[plain])


@cache
def insertion(table: str) -> str:
    """The statement that inserts a row of `table`, its values given by column."""
    columns = inspect(ROWS[table][1]).local_table
    return str(columns.insert().compile(dialect=dialect(paramstyle="named")))
