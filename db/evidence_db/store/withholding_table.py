"""The table of what a newsroom decided to withhold, or to disclose: a row each, none of the log."""

WITHHOLDING = "withholding"
TABLE = """
    CREATE TABLE withholding (
        idx INTEGER PRIMARY KEY,
        of_idx INTEGER NOT NULL REFERENCES entry(idx),
        field TEXT,
        withheld INTEGER NOT NULL CHECK (withheld IN (0, 1)),
        reason TEXT,
        decided_at TEXT NOT NULL,
        decided_by TEXT NOT NULL
    ) STRICT;
"""
