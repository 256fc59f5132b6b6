"""While a case is served, what is recorded goes into its database, and not beside it alone."""

import shutil
import signal
import sqlite3
from contextlib import closing
from urllib.request import urlopen

from running import running

from cases import CaseDir


def copied_by_hand(case, home):
    """The database and the preserved files alone, with the key of the case."""
    copy = CaseDir(home, dict(case.ids))
    copy.root.mkdir(parents=True)
    shutil.copy(case.database, copy.database)
    shutil.copytree(case.root / "artifacts", copy.root / "artifacts")
    for path in (case.key_file, case.newest):
        shutil.copy(path, copy.home)
    return copy


def read(address):
    """Every sort of page: ours, a verification, and Datasette's own."""
    base = address.removesuffix("/-/claims")
    for page in (
        address,
        f"{base}/-/log",
        f"{base}/-/verify",
        f"{base}/claim",
        f"{base}/entry.json",
    ):
        with urlopen(page) as response:
            response.read()


def test_row_67_a_copy_of_what_is_served_is_no_second_log(invented, tmp_path):
    with running(invented) as (_server, address):
        for number in range(5):
            read(address)
            invented.run("claim", f"served-{number}", f"Recorded while it was served, {number}")
        read(address)
        invented.run("checkpoint")
        read(address)
        copy = copied_by_hand(invented, tmp_path / "copy")
        assert copy.json("log") == invented.json("log")
        assert copy.json("verify")["outcome"] == "holds"


def test_row_67_the_end_of_serving_takes_in_what_a_reader_kept_from_it(invented, tmp_path):
    invented.run("checkpoint")
    with running(invented) as (server, address):
        read(address)
        with closing(sqlite3.connect(invented.database)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM entry").fetchall()
            invented.run("claim", "late", "Recorded while somebody read")
            assert invented.database.with_name("evidence.db-wal").stat().st_size
            reader.execute("COMMIT")
            server.send_signal(signal.SIGINT)
            assert server.wait(60) == 0
            copy = copied_by_hand(invented, tmp_path / "copy")
            assert copy.json("log") == invented.json("log")
