"""Row models: what a row is. Each table has a model that validates, and one to query with.

SQLModel leaves a `table=True` model unvalidated, so rows in bulk pass through the plain model.
Only a table model has the columns that the database generates from `body` or `entry`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import FetchedValue
from sqlmodel import Field, SQLModel

from evidence_db.store.tables.rows import (
    BodyRow,
    CaseInfoRow,
    CheckpointRow,
    CosignatureRow,
    EntryRow,
    EvidenceRow,
    LinkRow,
    NoticeRow,
    OpenTimestampRow,
    RenewalRow,
    ReviewRow,
    SealRow,
    TimestampRow,
    TreeNodeRow,
)


def _generated() -> Any:  # noqa: ANN401
    """A column that the database makes of `body` or `entry`, for queries."""
    return Field(default=None, sa_column_kwargs={"server_default": FetchedValue()})


class _Recorded(SQLModel):
    recorded_at: str | None = _generated()
    recorded_by: str | None = _generated()


class _Titled(SQLModel):
    title: str | None = _generated()
    author: str | None = _generated()
    publisher: str | None = _generated()
    published: str | None = _generated()
    url: str | None = _generated()
    language: str | None = _generated()
    note: str | None = _generated()


class Entry(EntryRow, table=True):
    """Table `entry`: the log. `idx` counts from 0, `id` is the digest of `entry` in hex."""

    __tablename__ = "entry"
    idx: int = Field(primary_key=True)
    kind: str = _generated()


class Seal(SealRow, table=True):
    """Table `seal`."""

    __tablename__ = "seal"
    idx: int = Field(primary_key=True)


class Artifact(BodyRow, _Titled, _Recorded, table=True):
    """Table `artifact`: preserved files. Digests are in hex, `warnings` is JSON."""

    __tablename__ = "artifact"
    idx: int = Field(primary_key=True)
    blake3: str | None = _generated()
    sha256: str | None = _generated()
    size: int | None = _generated()
    media_type: str | None = _generated()
    filename: str | None = _generated()
    retrieved_at: str | None = _generated()
    warnings: str | None = _generated()


class Original(BodyRow, _Titled, _Recorded, table=True):
    """Table `original`: documents that are known of but not held."""

    __tablename__ = "original"
    idx: int = Field(primary_key=True)
    translated: int | None = _generated()


class Claim(BodyRow, _Recorded, table=True):
    """Table `claim`."""

    __tablename__ = "claim"
    idx: int = Field(primary_key=True)
    slug: str | None = _generated()
    statement: str | None = _generated()
    note: str | None = _generated()


class Evidence(EvidenceRow, _Recorded, table=True):
    """Table `evidence`: passages. `match_notes`, `marks`, `regions` and `dkim` are JSON."""

    __tablename__ = "evidence"
    idx: int = Field(primary_key=True)
    text: str | None = _generated()
    speaker: str | None = _generated()
    role: str | None = _generated()
    date: str | None = _generated()
    language: str | None = _generated()
    note: str | None = _generated()
    artifact: str | None = _generated()
    extracted: str | None = _generated()
    match_status: str | None = _generated()
    match_notes: str | None = _generated()
    marks: str | None = _generated()
    regions: str | None = _generated()
    clause: str | None = _generated()
    tender: str | None = _generated()
    authority: str | None = _generated()
    awarded_to: str | None = _generated()
    value: str | None = _generated()
    page: str | None = _generated()
    subject: str | None = _generated()
    sender: str | None = _generated()
    recipient: str | None = _generated()
    cc: str | None = _generated()
    message_id: str | None = _generated()
    in_reply_to: str | None = _generated()
    dkim: str | None = _generated()
    until: str | None = _generated()
    translator: str | None = _generated()


class Link(LinkRow, _Recorded, table=True):
    """Table `link`: all that were ever made, those that were retracted included."""

    __tablename__ = "link"
    idx: int = Field(primary_key=True)
    note: str | None = _generated()


class Retraction(NoticeRow, _Recorded, table=True):
    """Table `retraction`."""

    __tablename__ = "retraction"
    idx: int = Field(primary_key=True)
    reason: str | None = _generated()


class Amendment(NoticeRow, _Recorded, table=True):
    """Table `amendment`: corrections of what describes a record. `changes` is JSON."""

    __tablename__ = "amendment"
    idx: int = Field(primary_key=True)
    changes: str | None = _generated()
    reason: str | None = _generated()


class Erasure(NoticeRow, _Recorded, table=True):
    """Table `erasure`: what was destroyed of the case, and why."""

    __tablename__ = "erasure"
    idx: int = Field(primary_key=True)
    reason: str | None = _generated()


class KeyChange(BodyRow, _Recorded, table=True):
    """Table `key_change`: why the key that signs the log was changed; the entry names both."""

    __tablename__ = "key_change"
    idx: int = Field(primary_key=True)
    reason: str | None = _generated()


class Custody(BodyRow, _Recorded, table=True):
    """Table `custody`: who did what with records, such as handing them over. `subjects` is JSON."""

    __tablename__ = "custody"
    idx: int = Field(primary_key=True)
    actor: str | None = _generated()
    action: str | None = _generated()
    subjects: str | None = _generated()
    note: str | None = _generated()


class CaseTitle(BodyRow, _Recorded, table=True):
    """Table `case_title`: what the case is called; the newest that was not retracted counts."""

    __tablename__ = "case_title"
    idx: int = Field(primary_key=True)
    title: str | None = _generated()


class Review(ReviewRow, _Recorded, table=True):
    """Table `review`: who looked at a claim or a passage, in which state of the log."""

    __tablename__ = "review"
    idx: int = Field(primary_key=True)
    reviewer: str | None = _generated()
    note: str | None = _generated()
    size: int | None = _generated()
    root: str | None = _generated()
    signature: str | None = _generated()


class TreeNode(TreeNodeRow, table=True):
    """Table `tree_node`."""

    __tablename__ = "tree_node"
    level: int = Field(primary_key=True)
    n: int = Field(primary_key=True)


class Checkpoint(CheckpointRow, table=True):
    """Table `checkpoint`."""

    __tablename__ = "checkpoint"
    size: int = Field(primary_key=True)


class Timestamp(TimestampRow, table=True):
    """Table `timestamp`: the answers of authorities (RFC 3161), as they came."""

    __tablename__ = "timestamp"
    n: int = Field(primary_key=True)


class Cosignature(CosignatureRow, table=True):
    """Table `cosignature`: the lines of witnesses under checkpoints (C2SP tlog-cosignature)."""

    __tablename__ = "cosignature"
    n: int = Field(primary_key=True)


class Renewal(RenewalRow, table=True):
    """Table `renewal`: time-stamps of time-stamps, and the text that each is over."""

    __tablename__ = "renewal"
    n: int = Field(primary_key=True)


class OpenTimestamp(OpenTimestampRow, table=True):
    """Table `open_timestamp`: proofs of OpenTimestamps, as they came."""

    __tablename__ = "open_timestamp"
    n: int = Field(primary_key=True)


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
    "retraction": (NoticeRow, Retraction),
    "amendment": (NoticeRow, Amendment),
    "erasure": (NoticeRow, Erasure),
    "custody": (BodyRow, Custody),
    "case_title": (BodyRow, CaseTitle),
    "key_change": (BodyRow, KeyChange),
    "review": (ReviewRow, Review),
    "tree_node": (TreeNodeRow, TreeNode),
    "checkpoint": (CheckpointRow, Checkpoint),
    "timestamp": (TimestampRow, Timestamp),
    "cosignature": (CosignatureRow, Cosignature),
    "renewal": (RenewalRow, Renewal),
    "open_timestamp": (OpenTimestampRow, OpenTimestamp),
    "case_info": (CaseInfoRow, CaseInfo),
}
"""The validating model of each table, and the one to query with."""
