"""A small invented case, made through the command line, for the tests of every room.

    case = make_case(tmp_path)                  in tmp_path/case, its key in tmp_path/signing.key
    case.run("list", "claim")                   click's Result; the exit code has to be `code`
    case.json("verify", code=1)                 the answer to `--json`
    case.id("claim", "slug", "Statement")       the one id that the command answers with
    case.ids["minutes"]                         what was recorded, by the names used here
    case.copy_to(other)                         the same case elsewhere, with a key of its own

No command depends on the working directory or the user's environment. `make_case` takes about
two seconds: build it once (the fixtures `template` and `invented` do) and copy it per test.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from traceback import clear_frames

from click.testing import CliRunner

from evidence_chain.log.key import SigningKey
from evidence_cli.main import main
from evidence_db.case import Case

ORIGIN = "newsroom.example/harbour"

MINUTES = """Minutes of the harbour board of Aldmere, 3 May 2031

The harbour master said: "We were never told about the recordings."
Nobody objected. The board took note of the tender. Nobody objected.
The auditor wrote on 2 May that the board had been told twice, in writing.
"""
CLAUSE = "The supplier shall fit forty microphones along the northern quay."
TENDER = f"""Tender 9/2031
3.2 {CLAUSE}
3.3 Each microphone shall record at all hours, and keep what it records for 90 days.
"""
ARTICLE = """The Aldmere Tide, 5 May 2031
According to a press release of Vardo Acoustics, the system is "deaf to conversation".
"""
RELEASE = """<!doctype html><html><head><title>Vardo Acoustics</title></head><body>
<h1>Press release</h1><p>Our system is <b>deaf to conversation</b>, and was fitted in April.</p>
<p>Vardo trained the staff of the board in <i>listening</i> to the quay.</p></body></html>
"""
FILES = {
    "minutes.txt": MINUTES,
    "tender.txt": TENDER,
    "article.txt": ARTICLE,
    "release.html": RELEASE,
}


def first_answer(lines):
    """The first JSON object that a command prints with `--json`, which may go on."""
    said = []
    for line in lines:  # which end when the command does
        said.append(line)
        if line == "}\n":
            break
    return json.loads("".join(said))


@dataclass
class CaseDir:
    """A case on disk with the key that signs it, and commands run on it."""

    home: Path
    ids: dict[str, str] = field(default_factory=dict)

    @property
    def root(self) -> Path:
        """The directory of the case."""
        return self.home / "case"

    @property
    def key_file(self) -> Path:
        return self.home / "signing.key"

    @property
    def newest(self) -> Path:
        """The newest checkpoint that was signed here."""
        return self.home / "signing.key.checkpoint"

    @property
    def before(self) -> Path:
        """Those that were signed before it."""
        return self.home / "signing.key.checkpoints"

    @property
    def early(self) -> Path:
        """A checkpoint over the first half of the log, as a reader kept it."""
        return self.home / "early.checkpoint"

    @property
    def seen(self) -> Path:
        """A checkpoint over the whole log, as a reader kept it."""
        return self.home / "seen.checkpoint"

    @property
    def database(self) -> Path:
        return self.root / "evidence.db"

    @property
    def key(self) -> SigningKey:
        return SigningKey.parse(self.key_file.read_text().strip())

    @property
    def vkey(self) -> str:
        return str(self.key.verifier)

    @property
    def environment(self) -> dict[str, str]:
        """What commands need to know, for those that run in a process of their own too."""
        return {
            "EVIDENCE_CASE": str(self.root),
            "EVIDENCE_KEY": str(self.key_file),
            "EVIDENCE_BY": "tester",
        }

    def run(self, *words, code=0, stdin=None):
        """Run `evidence WORDS…` in this process and return click's result.

        The exit code has to be `code`, or one of them.
        """
        words = [str(word) for word in words]
        result = CliRunner().invoke(main, words, input=stdin, env=self.environment)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        clear_frames(result.exc_info[2])  # so that what was open is closed, as where a process ends
        expected = code if isinstance(code, tuple) else (code,)
        assert result.exit_code in expected, result.output
        return result

    def json(self, *words, code=0):
        return json.loads(self.run(*words, "--json", code=code).stdout)

    def id(self, *words):
        (line,) = self.run(*words, "--quiet").stdout.split()
        return line

    def write(self, name, content):
        """Make a file beside the case."""
        path = self.home / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def index(self, name):
        """The place in the log of what is called `name` in `ids`."""
        with self.connected() as db:
            ((index,),) = db.execute("SELECT idx FROM entry WHERE id = ?", (self.ids[name],))
        return index

    def body(self, name):
        """The values of a record by the name in `ids`, or by its id."""
        return self.json("show", self.ids.get(name, name))["fields"]

    def preserved(self, name):
        """Where the file of the artifact called `name` is kept."""
        return self.kept(self.body(name)["blake3"])

    def stream(self, name):
        """Where the text stream of the evidence called `name` is kept."""
        return self.kept(self.body(name)["extracted"])

    def kept(self, digest):
        return Case(self.root).files.path(digest)

    @contextmanager
    def connected(self):
        """A plain connection, as anybody with SQLite has it; committed at the end."""
        with closing(sqlite3.connect(self.database)) as connection, connection:
            connection.execute("PRAGMA synchronous = OFF")
            yield connection

    def copy_to(self, home):
        """Copy the case, its key and the checkpoints into the directory `home`.

        The newest one is not kept beside that key, as where a key was brought from elsewhere.
        What others who read the case have open beside the database, they may close meanwhile.
        """

        def is_passing(folder, name):
            wal = Path(folder, name)
            return name.endswith("-shm") or (
                name.endswith("-wal") and not (wal.exists() and wal.stat().st_size)
            )

        def ignored(folder, names):
            kept = {self.newest.name, self.before.name}
            return {n for n in names if n in kept or is_passing(folder, n)}

        shutil.copytree(self.home, home, dirs_exist_ok=True, ignore=ignored)
        return CaseDir(home, dict(self.ids))


def make_empty_case(home):
    """A new case without any record."""
    home.mkdir(parents=True, exist_ok=True)
    case = CaseDir(home)
    case.run("init", case.root, "--origin", ORIGIN, "--title", "Harbour")
    return case


def make_case(home):
    """A case with four files, six passages, four claims, all relations, and two checkpoints."""
    case = make_empty_case(home)
    _documents(case)
    _passages(case)
    case.early.write_text(case.json("checkpoint")["note"])
    _claims(case)
    _links(case)
    case.seen.write_text(case.json("checkpoint")["note"])
    return case


def make_demo(home):
    """What `evidence demo` leaves."""
    case = CaseDir(home)
    case.run("demo", home)
    return case


def _documents(case):
    for name, content in FILES.items():
        key = name.partition(".")[0]
        case.ids[key] = case.id(
            "add", "artifact", case.write(name, content), "--title", f"The {key}"
        )
    case.ids["letter"] = case.id("add", "original", "--title", "Letter of the auditor")


def _passages(case):
    def add(name, kind, artifact, text, *more):
        words = ("add", kind, "--artifact", case.ids[artifact], "--text", text)
        case.ids[name] = case.id(*words, *more)

    who = ("--speaker", "The harbour master", "--date", "2031-05-03")
    letter, release = (("--derives-from", case.ids[name]) for name in ("letter", "release"))
    add("never", "quote", "minutes", "We were never told about the recordings.", *who)
    add("twice", "quote", "minutes", "the board had been told twice, in writing", *letter)
    add("clause", "tender-clause", "tender", CLAUSE, "--clause", "3.2")
    add("deaf", "quote", "release", "Our system is deaf to conversation")
    add("trained", "quote", "release", "Vardo trained the staff of the board")
    add("repeated", "quote", "article", "deaf to conversation", *release)


def _claims(case):
    for slug, statement in {
        "board-knew": "The harbour board knew of the recordings",
        "board-was-told": "The harbour board was told in writing",
        "microphones-listen": "The microphones hear conversation",
        "quay-is-wired": "The northern quay has forty microphones",
    }.items():
        case.ids[slug] = case.id("claim", slug, statement)


def _links(case):
    def link(name, from_, relation, to, *more):
        case.ids[name] = case.id("link", case.ids[from_], to, f"--{relation}", *more)

    link("twice-told", "twice", "supports", "board-was-told")
    link("told-knew", "board-was-told", "supports", "board-knew")
    link("trained-knew", "trained", "supports", "board-knew", "--note", "They were taught to")
    link("never-knew", "never", "contradicts", "board-knew", "--note", "Under oath")
    link("clause-wired", "clause", "supports", "quay-is-wired")
    link("clause-listen", "clause", "qualifies", "microphones-listen")
    link("deaf-listen", "deaf", "contradicts", "microphones-listen")
    link("repeated-listen", "repeated", "contradicts", "microphones-listen")
    case.ids["retraction"] = case.id(
        "retract", case.ids["repeated-listen"], "--reason", "Repeats the release"
    )
    case.ids["replacement"] = case.id("replace", case.ids["repeated"], case.ids["deaf"])
