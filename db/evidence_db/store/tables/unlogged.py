"""Tables of what stands in no log: others' answers, what editions withhold, where files lie."""

TIMESTAMP = """
    CREATE TABLE timestamp (
        n INTEGER PRIMARY KEY,
        size INTEGER NOT NULL REFERENCES checkpoint(size),
        token BLOB NOT NULL
    ) STRICT;
"""
COSIGNATURE = """
    CREATE TABLE cosignature (
        n INTEGER PRIMARY KEY,
        size INTEGER NOT NULL REFERENCES checkpoint(size),
        line TEXT NOT NULL
    ) STRICT;
"""
RENEWAL = """
    CREATE TABLE renewal (
        n INTEGER PRIMARY KEY,
        covers TEXT NOT NULL,
        token BLOB NOT NULL
    ) STRICT;
"""
OPEN_TIMESTAMP = """
    CREATE TABLE open_timestamp (
        n INTEGER PRIMARY KEY,
        size INTEGER NOT NULL REFERENCES checkpoint(size),
        proof BLOB NOT NULL
    ) STRICT;
"""
WITHHOLDING = """
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
FILES_AT = """
    CREATE TABLE files_at (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        address TEXT NOT NULL
    ) STRICT;
"""
