"""One record of any kind: its fields in words, how it came in, its links, its entry in the log."""

from __future__ import annotations

from evidence_datasette.answering.linked_data import of_record
from evidence_datasette.answering.page import CHAIN_TABLES, REFERENCE, Page
from evidence_datasette.document.record import told_of_record

PAGE = Page(
    f"record/{REFERENCE}", "record.html", told_of_record, CHAIN_TABLES, {"jsonld": of_record}
)
