"""The models that validate a row before it is inserted: the columns that are stored, no others."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field as Limits
from sqlmodel import SQLModel

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


class NoticeRow(BodyRow):
    """Something that is said of one record: that it no longer stands, or is corrected."""

    to_idx: Index


class ReviewRow(NoticeRow):
    """What somebody says who looked at a claim or a passage."""

    verdict: str


class TreeNodeRow(SQLModel):
    """The root of a complete subtree of the log."""

    level: Annotated[int, Limits(ge=1)]
    n: Index
    hash: Digest


class CheckpointRow(SQLModel):
    """A signed checkpoint."""

    size: Index
    note: str


class TimestampRow(SQLModel):
    """An authority's time-stamp of a checkpoint."""

    n: Index
    size: Index
    token: bytes


class CosignatureRow(SQLModel):
    """A witness's cosignature of a checkpoint."""

    n: Index
    size: Index
    line: str


class RenewalRow(SQLModel):
    """An authority's time-stamp of time-stamps."""

    n: Index
    covers: str
    token: bytes


class OpenTimestampRow(SQLModel):
    """A proof that a checkpoint stands in another ledger."""

    n: Index
    size: Index
    proof: bytes


class CaseInfoRow(SQLModel):
    """What the case is called."""

    id: int = 1
    origin: str
    title: str | None
    created_at: str
