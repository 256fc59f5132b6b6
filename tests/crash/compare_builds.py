"""Random changes of a case, verified by another build and by this one: their reports must agree.

    python tests/crash/compare_builds.py ../other-worktree --changes 5000 --seed 1

The case is made by the other build, so that both can read it. What is compared is all that
`verify` says of records, tables and claims, in its words.
"""

import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from random import Random

HERE = Path(__file__).resolve().parents[2]
SERVER = """
import json, sqlite3, sys
from pathlib import Path
from evidence_chain.errors import EvidenceError
from evidence_db.case import Case
from evidence_db.verifying.run import Verification
from evidence_db.verifying.wanted import Wanted

EXPECTED = (EvidenceError, sqlite3.Error, ArithmeticError, LookupError, TypeError, ValueError)

def report(root):
    with Case.open(Path(root)).reader() as reader:
        one = Verification(Case(Path(root)), reader, Wanted(), lambda *_: None, 1)
        roots = one._check_records({reader.size(), 3})
        one._check_claims()
        said = one.report.as_json()
        known = {str(size): root.hex() for size, root in roots.items()}
        return [said["counts"], said["checks"], known]

for line in sys.stdin:
    try:
        answer = report(line.strip())
    except EXPECTED as error:
        answer = f"{type(error).__name__}: {error}"
    print(json.dumps(answer), flush=True)
"""


def serving(root):
    """A process of a build that answers with what it finds in a case."""
    return subprocess.Popen(
        [sys.executable, "-c", SERVER],
        env=environment(root),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def environment(root):
    rooms = (root / room for room in ("evidence", "db", "cli", "tests"))
    return os.environ | {"PYTHONPATH": os.pathsep.join(map(str, rooms)), "EVIDENCE_BY": "Ada"}


def asked(server, case):
    server.stdin.write(f"{case}\n")
    server.stdin.flush()
    return json.loads(server.stdout.readline())


def made(root, home):
    """The database of an invented case that a build makes."""
    make = "import sys; from pathlib import Path; from cases import make_case; "
    command = [sys.executable, "-c", f"{make}make_case(Path(sys.argv[1]))", str(home)]
    subprocess.run(command, env=environment(root), check=True, stdout=subprocess.DEVNULL)
    (database,) = home.rglob("evidence.db")
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")
    return database


def changed(database, random):
    """Change rows, or bytes of the file. What was changed; `None` if nothing could be."""
    from random_damage import damage, unguarded

    if random.random() < 0.15:
        content = bytearray(database.read_bytes())
        at = random.randrange(100, len(content))
        content[at] ^= 1 << random.randrange(8)
        database.write_bytes(content)
        return f"a bit of byte {at}"
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        triggers = connection.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
        guards = triggers.fetchall()
        unguarded(connection)
        what = damage(connection, random)
        for (sql,) in guards:
            connection.execute(sql)
    return what


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("other", type=Path)
    parser.add_argument("--changes", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    sys.path.insert(0, str(HERE / "tests"))
    random, differ, failed, done = Random(options.seed), 0, 0, 0
    with tempfile.TemporaryDirectory() as folder:
        database = made(options.other.resolve(), Path(folder) / "home")
        honest = Path(folder) / "honest.db"
        shutil.copy(database, honest)
        servers = [serving(root) for root in (options.other.resolve(), HERE)]
        while done < options.changes:
            shutil.copy(honest, database)
            if (what := changed(database, random)) is None:
                continue
            done += 1
            before, now = (asked(server, database.parent) for server in servers)
            failed += isinstance(now, str) or now[0]["failed"] > 0
            if before != now:
                differ += 1
                print(what)
                print(f"  before: {shortened(before, now)}")
                print(f"  now:    {shortened(now, before)}")
        for server in servers:
            server.stdin.close()
            server.wait()
    print(f"{done} changes, {failed} of them found, {differ} reports differ.")
    sys.exit(bool(differ))


def shortened(one, other):
    """What one report says that the other doesn't."""
    if isinstance(one, str) or isinstance(other, str):
        return str(one)[:300]
    return [check for check in one[1] if check not in other[1]][:4] or one[0]


if __name__ == "__main__":
    main()
