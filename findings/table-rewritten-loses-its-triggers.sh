#!/usr/bin/env bash
# SQLite: renaming a column leaves an append-only table open to changes.
#
# With:     sqlite-utils 4.2.1 (Python), run 2026-11-27
# Guess:    `transform`, which makes a table anew to rename, retype or reorder columns, carries
#           its triggers over as it does indexes and foreign keys, or refuses.
# It does:  the triggers go with the old table, without a word. What they forbade goes through
#           from then on. It happens to any table, whatever is asked of its columns.
# Matters:  triggers are how a log or a chain of custody in SQLite is kept append-only. Compare
#           the whole schema with the expected one, triggers too, before rows are trusted
#           (`evidence verify` does).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check sqlite-utils==4.2.1

seen=$(venv/bin/python - <<'PYTHON'
import sqlite3

from sqlite_utils import Database

database = Database(memory=True)
database.execute("CREATE TABLE custody (id INTEGER PRIMARY KEY, holder TEXT)")
database.execute("CREATE INDEX by_holder ON custody (holder)")
database.execute(
    "CREATE TRIGGER append_only BEFORE UPDATE ON custody "
    "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
)
database["custody"].insert({"id": 1, "holder": "Ilse Maran"})


def attempt(when):
    try:
        database.execute("UPDATE custody SET holder = 'nobody'")
        outcome = "changed"
    except sqlite3.Error as error:
        outcome = f"refused ({error})"
    indexes = [index.name for index in database["custody"].indexes]
    triggers = [trigger.name for trigger in database["custody"].triggers]
    print(f"{when}: indexes {indexes}, triggers {triggers}, an update is {outcome}")


attempt("before")
database["custody"].transform(column_order=["holder", "id"])
attempt("after")
PYTHON
)
expected=$(cat <<'TEXT'
before: indexes ['by_holder'], triggers ['append_only'], an update is refused (append-only)
after: indexes ['by_holder'], triggers [], an update is changed
TEXT
)
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
