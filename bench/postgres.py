"""`python -m bench.postgres CASE`: the rows of a case in PostgreSQL, against SQLite (ADR 39).

Needs `initdb` and `pg_ctl` on the path, and psycopg, which is no dependency of this project: name a
directory that has it with PYTHONPATH. The server listens on a socket in a temporary directory
alone, runs as the user `postgres` if this is root, and is stopped and removed in the end.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, create_engine, insert, text
from sqlmodel import Session

from bench.jobs.importing import insert_rows
from evidence_db.case import Case
from evidence_db.reading.reach import _REACH as REACH
from evidence_db.store.connection import connect
from evidence_db.store.tables.models import ROWS
from evidence_db.store.tables.schema import COLUMNS, integer_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TABLES = ("entry", "seal", "tree_node", "artifact", "claim", "evidence", "link")
_SPAN = 10_000
_BY_MODELS = 100_000
"""Rows of the log that are inserted as objects, which takes longest."""
_RESOLVED = 300
_SCHEMA = """
CREATE TABLE entry (idx BIGINT PRIMARY KEY, id TEXT NOT NULL, entry TEXT NOT NULL,
    kind TEXT GENERATED ALWAYS AS (entry::jsonb ->> 'kind') STORED);
CREATE TABLE seal (idx BIGINT PRIMARY KEY, seed BYTEA);
CREATE TABLE tree_node (level INT, n BIGINT, hash BYTEA NOT NULL, PRIMARY KEY (level, n));
CREATE TABLE artifact (idx BIGINT PRIMARY KEY, body TEXT, {artifact});
CREATE TABLE claim (idx BIGINT PRIMARY KEY, body TEXT, {claim});
CREATE TABLE evidence (idx BIGINT PRIMARY KEY, kind TEXT NOT NULL, artifact_idx BIGINT,
    body TEXT, {evidence});
CREATE TABLE link (idx BIGINT PRIMARY KEY, relation TEXT NOT NULL,
    from_idx BIGINT NOT NULL, to_idx BIGINT NOT NULL, body TEXT, {link});
CREATE UNIQUE INDEX entry_id ON entry (id);
CREATE UNIQUE INDEX claim_slug ON claim (slug);
CREATE INDEX artifact_blake3 ON artifact (blake3);
CREATE INDEX evidence_artifact ON evidence (artifact_idx);
CREATE INDEX link_to ON link (to_idx, relation);
CREATE INDEX link_from ON link (from_idx, relation)
"""
_SEARCH = """
CREATE INDEX search_claim ON claim USING gin (to_tsvector('simple', statement));
CREATE INDEX search_text ON evidence USING gin (to_tsvector('simple', text))
"""
_REACH = """
WITH RECURSIVE reach(idx) AS (
    SELECT CAST(:claim AS BIGINT)
    UNION
    SELECT next.idx FROM reach CROSS JOIN LATERAL (
        SELECT from_idx FROM link WHERE to_idx = reach.idx AND relation IN
            ('supports', 'contradicts', 'qualifies', 'preserves', 'translates')
        UNION ALL
        SELECT from_idx FROM link WHERE to_idx = reach.idx AND relation = 'replaces'
            AND NOT EXISTS (SELECT 1 FROM claim WHERE claim.idx = reach.idx)
        UNION ALL
        SELECT to_idx FROM link WHERE from_idx = reach.idx AND relation IN
            ('derives-from', 'preserves', 'translates', 'answers')
        UNION ALL
        SELECT artifact_idx FROM evidence WHERE idx = reach.idx AND artifact_idx IS NOT NULL
    ) AS next(idx)
)
SELECT reach.idx, entry.kind, evidence.artifact_idx
FROM reach JOIN entry ON entry.idx = reach.idx LEFT JOIN evidence ON evidence.idx = reach.idx
"""
Rows = list[dict[str, Any]]


def main() -> None:
    """Measure, and print what was found as JSON."""
    case = Case.open(Path(sys.argv[1]))
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="evidence-postgres-") as directory:
        place = Path(directory)
        os.environ["EVIDENCE_KEY"] = f"{directory}/signing.key"
        sqlite = lambda: insert_rows(str(case.root), f"{directory}/case")  # noqa: E731
        found["SQLite: insert of many rows, with search"] = _timed(sqlite)
        found["SQLite: size with search"] = {"bytes": case.database.stat().st_size}
        found["SQLite: reach of a claim"] = _graph(case)
        with _server(place) as engine:
            found["copy"] = _timed(lambda: _copy(engine, case))
            found["rows inserted as models"] = _timed(lambda: _as_models(engine, case))
            found["insert of many rows"] = _timed(lambda: _in_bulk(engine, case))
            found["size"] = {"bytes": _size(engine)}
            found["search index"] = _timed(lambda: _execute(engine, _SEARCH))
            found["size with search"] = {"bytes": _size(engine)}
            found["reach of a claim"] = _reach(engine, case)
    print(json.dumps(found, indent=2))


@contextmanager
def _server(place: Path) -> Iterator[Engine]:
    """A server of its own, with the settings that a bulk import would be given."""
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    data = place / "data"
    data.mkdir(mode=0o700)
    if as_user:
        place.chmod(0o755)
        shutil.chown(data, "postgres")

    def run(*words: str) -> None:
        subprocess.run([*as_user, *words], check=True, stdout=2, cwd="/")

    run("initdb", "-D", str(data), "-A", "trust", "-U", "postgres", "--no-locale", "-E", "UTF8")
    settings = ["shared_buffers=512MB", "maintenance_work_mem=256MB", "max_wal_size=4GB"]
    options = " ".join(f"-c {one}" for one in (*settings, "listen_addresses=''"))
    options += f" -c unix_socket_directories={data}"
    run("pg_ctl", "-D", str(data), "-w", "-l", str(data / "log"), "-o", options, "start")
    try:
        yield create_engine(f"postgresql+psycopg://postgres@/postgres?host={data}")
    finally:
        run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")


def _timed(job: Callable[[], Any]) -> dict[str, Any]:
    """The seconds that a job takes, and the processor time of this process and the server in it."""
    began, used = time.perf_counter(), _used()
    said = job()
    times = {"seconds": time.perf_counter() - began, "processor": _used() - used}
    return {**times, **(said if isinstance(said, dict) else {})}


def _used() -> float:
    """The processor time of this process, and of a server that runs."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime + sum(map(_used_by, _processes()))


def _processes() -> list[list[str]]:
    """What the kernel says of the server's processes."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            name, _, rest = path.read_text().rpartition(") ")
            if name.endswith("(postgres"):
                found.append(rest.split())
    return found


def _used_by(stat: list[str]) -> float:
    """Its own time, and that of its children that ended."""
    return sum(map(int, stat[11:15])) / os.sysconf("SC_CLK_TCK")


def _spans(case: Case, most: int = 1 << 62) -> Iterator[tuple[str, list[str], list[Any]]]:
    """The rows of a case with their columns, a span of the log at a time."""
    with closing(connect(case.database)) as db:
        ((size,),) = db.execute("SELECT max(idx) + 1 FROM entry")
        for start in range(0, min(size, most), _SPAN):
            span = (start, min(start + _SPAN, size, most))
            for table in TABLES:
                columns = list(ROWS[table][0].model_fields)
                where = "idx >= ? AND idx < ?"
                if table == "tree_node":
                    where = "(n + 1) << level > ? AND (n + 1) << level <= ?"
                query = f"SELECT {', '.join(columns)} FROM {table} WHERE {where}"
                yield table, columns, db.execute(query, span).fetchall()


def _emptied(engine: Engine) -> None:
    """Make the tables anew, with the columns that are generated from bodies, as the models ask."""
    drops = "; ".join(f"DROP TABLE IF EXISTS {table}" for table in TABLES)
    generated = {table: ", ".join(_columns(table)) for table in TABLES if table in COLUMNS}
    _execute(engine, f"{drops}; {_SCHEMA.format(**generated)}")


def _columns(table: str) -> Iterator[str]:
    """The generated columns of a table, which version 15 can't but store."""
    for name, path in COLUMNS[table].items():
        keys = ",".join(path.strip("'$.").split("."))
        value = f"body::jsonb #>> '{{{keys}}}'"
        kind = "BIGINT" if name in integer_columns(table) else "TEXT"
        yield f"{name} {kind} GENERATED ALWAYS AS (({value})::{kind}) STORED"


def _copy(engine: Engine, case: Case) -> None:
    """The floor: rows as they are, in the server's own way, in one transaction."""
    _emptied(engine)
    with closing(engine.raw_connection()) as connection:
        cursor: Any = connection.cursor()
        for table, columns, rows in _spans(case):
            with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        connection.commit()


def _in_bulk(engine: Engine, case: Case) -> None:
    """As `INSERT` of many rows with SQLAlchemy's tables, in one transaction."""
    _emptied(engine)
    with engine.begin() as connection:
        for table, columns, rows in _spans(case):
            if rows:
                of = ROWS[table][1].__table__  # type: ignore[attr-defined]  # SQLModel's own
                named = [dict(zip(columns, row, strict=True)) for row in rows]
                connection.execute(insert(of).inline(), named)


def _as_models(engine: Engine, case: Case) -> dict[str, Any]:
    """As objects, the way that a session of SQLModel has it."""
    _emptied(engine)
    with Session(engine) as session:
        for table, columns, rows in _spans(case, _BY_MODELS):
            model = ROWS[table][1]
            session.add_all([model(**dict(zip(columns, row, strict=True))) for row in rows])
            session.flush()
            session.expunge_all()
        session.commit()
    return {"entries": _BY_MODELS}


def _execute(engine: Engine, statements: str) -> None:
    with engine.begin() as connection:
        for statement in statements.split(";"):
            connection.execute(text(statement))


def _size(engine: Engine) -> int:
    """Bytes of all tables with their indexes, without the write-ahead log."""
    with engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM ANALYZE"))
        total = " + ".join(f"pg_total_relation_size('{table}')" for table in TABLES)
        return int(connection.execute(text(f"SELECT {total}")).scalar_one())


def _claims(case: Case) -> list[int]:
    """Some claims, spread over the log."""
    with closing(connect(case.database)) as db:
        every = [idx for (idx,) in db.execute("SELECT idx FROM claim ORDER BY idx")]
    return every[:: max(1, len(every) // _RESOLVED)]


def _reach(engine: Engine, case: Case) -> dict[str, Any]:
    """The median of the query for all that bears on a claim, each time of another."""
    with engine.connect() as connection:
        return _median(lambda claim: list(connection.execute(text(_REACH), {"claim": claim})), case)


def _graph(case: Case) -> dict[str, Any]:
    with closing(connect(case.database)) as db:
        return _median(lambda claim: db.execute(REACH, {"claim": claim}).fetchall(), case)


def _median(query: Callable[[int], list[Any]], case: Case) -> dict[str, Any]:
    times, rows = [], 0
    for claim in _claims(case):
        began = time.perf_counter()
        rows = len(query(claim))
        times.append(time.perf_counter() - began)
    return {"seconds": median(times), "rows": rows}


if __name__ == "__main__":
    main()
