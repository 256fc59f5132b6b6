"""Tables of the log itself: its entries, what opens them, its tree, and what is signed of it."""

LOG = """
    CREATE TABLE entry (
        idx INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL GENERATED ALWAYS AS (entry ->> '$.kind') VIRTUAL,
        entry TEXT NOT NULL
    ) STRICT;
    CREATE INDEX entry_kind ON entry(kind);
    CREATE INDEX entry_to ON entry(entry ->> '$.open.to', entry ->> '$.open.relation')
        WHERE entry ->> '$.open.to' IS NOT NULL;
    CREATE INDEX entry_from ON entry(entry ->> '$.open.from', entry ->> '$.open.relation')
        WHERE entry ->> '$.open.from' IS NOT NULL;
    CREATE TABLE seal (
        idx INTEGER PRIMARY KEY REFERENCES entry(idx),
        seed BLOB NOT NULL,
        salts TEXT NOT NULL
    ) STRICT;
    CREATE TABLE tree_node (
        level INTEGER NOT NULL,
        n INTEGER NOT NULL,
        hash BLOB NOT NULL,
        PRIMARY KEY (level, n)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE checkpoint (size INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT;
    CREATE TABLE case_info (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        origin TEXT NOT NULL,
        title TEXT,
        created_at TEXT NOT NULL
    ) STRICT;
"""
