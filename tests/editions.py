"""Editions that `publish` made, and what an adversary does to them.

edition = publish(case, target)     of a case of `cases.make_case`
edition.check().failed              the names of the checks that failed, with every step made
edition.write("data/x", b"…")       a file changed or added; `edition.remove`
edition.change_lines(…)             log.jsonl, line by line; `edition.describe(…)` edition.json
edition.append("claim", {…})        a record more in log.jsonl, and nowhere else
edition.seal()                      manifests and note made anew, signed with the case's key
"""

from __future__ import annotations

import json
import shutil
import zipfile
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import connect
from typing import TYPE_CHECKING, NamedTuple

from adversary import STAMP, canonical
from evidence_chain.digest import sha256
from evidence_chain.edition import bag
from evidence_chain.edition import note as notes
from evidence_chain.edition.checking.asked import EDITION_CHECKS, Wanted
from evidence_chain.edition.checking.run import check
from evidence_chain.entry import seal
from evidence_chain.log import checkpoint
from evidence_chain.log.merkle import Subtrees, leaf_hash
from evidence_chain.log.note import SignedNote
from evidence_chain.log.tiles import WIDTH, bundle, hashes, tiles_of
from evidence_db.store import page_bytes
from evidence_db.verifying.published import check_rows

if TYPE_CHECKING:
    from evidence_chain.log.key import SigningKey

DAY = "2031-06-{:02}T09:00:00Z"
ALL_SHOWN = ("--override", "contradictions", "--because", "The board was asked")
"""What the case of `cases.make_case` needs to be published whole."""


class Found(NamedTuple):
    """What a check of an edition found."""

    code: int
    """The exit code of `evidence check`."""
    failed: set[str]
    """Names of checks."""
    missed: set[str]
    steps: set[int]
    """The steps in which a check failed."""
    details: str
    counted: dict[str, int]


def found(path, *, rows=check_rows, by=None, **wanted):
    """Check an edition through the API, in this process."""
    report = check(Path(path), Wanted(**{"workers": 1, **wanted}), rows=rows, by=by).report
    failed = {one.check for one in report.findings if one.outcome == "failed"}
    missed = {one.check for one in report.findings if one.outcome == "not-checked"}
    return Found(
        {"holds": 0, "failed": 1, "not-checked": 3}[report.outcome],
        failed,
        missed,
        {EDITION_CHECKS[name][0] for name in failed},
        "\n".join(one.detail for one in report.findings),
        dict(report.counted),
    )


@dataclass
class Edition:
    """A published directory, and the key that signed it."""

    path: Path
    key: SigningKey

    def check(self, **wanted):
        return found(self.path, **({"key": self.key.verifier} | wanted))

    def copy_to(self, path):
        shutil.copytree(self.path, path)
        return Edition(path, self.key)

    def zipped(self, path):
        """The same in a ZIP."""
        with zipfile.ZipFile(path, "w") as archive:
            for name in self.files:
                archive.writestr(name, self.read(name))
        return Edition(path, self.key)

    @property
    def files(self):
        """The paths of all files, sorted."""
        return sorted(
            str(path.relative_to(self.path)) for path in self.path.rglob("*") if path.is_file()
        )

    def read(self, name):
        return (self.path / name).read_bytes()

    def write(self, name, data):
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def remove(self, name):
        path = self.path / name
        path.unlink()
        while not any((path := path.parent).iterdir()):
            path.rmdir()

    @property
    def said(self):
        return json.loads(self.read("data/edition.json"))

    def describe(self, **changed):
        """Say something else in edition.json."""
        self.write("data/edition.json", canonical(self.said | changed).encode() + b"\n")

    @property
    def lines(self):
        return [json.loads(line) for line in self.read("data/log.jsonl").splitlines()]

    def change_lines(self, change):
        """Replace each line of the log by what `change` makes of it."""
        lines = [canonical(change(index, line)) + "\n" for index, line in enumerate(self.lines)]
        self.write("data/log.jsonl", "".join(lines).encode())

    def append(self, kind, fields, shown=None, public=None):
        """Check with a record more at the end, in which its publisher shows these fields."""
        more, _ = line_of(kind, fields, public, shown)
        self.write("data/log.jsonl", self.read("data/log.jsonl") + more + b"\n")
        self.seal()
        return self.check()

    def relog(self, lines):
        """Another log: checkpoint, tiles, proofs and counts are made of these lines, and signed."""
        entries = [json.loads(line)["entry"].encode() for line in lines]
        size, tree = len(lines), Subtrees(b"".join(map(leaf_hash, entries)))
        for folder in ("tile", "checkpoints", "proofs"):
            shutil.rmtree(self.path / "data" / folder, ignore_errors=True)
        self.write("data/log.jsonl", b"".join(line + b"\n" for line in lines))
        note = checkpoint.sign(
            checkpoint.Checkpoint(self.key.name, size, tree.root(size)), self.key
        )
        for name in ("checkpoint", f"checkpoints/{size}"):
            self.write(f"data/{name}", note.encode())
        for tile in tiles_of([size]):
            held = entries[tile.number * WIDTH :][: tile.width]
            data = bundle(held) if tile.level < 0 else hashes(tile, tree)
            self.write(f"data/{tile.path}", data)
        self.describe(size=size, counts={**self.said["counts"], "entries": size, "disclosed": size})
        self.seal(size=size, root=tree.root(size))
        return self.check()

    @contextmanager
    def database(self):
        """A connection to evidence.db; afterwards its bytes are in order again."""
        with closing(connect(self.path / "data/evidence.db")) as connection:
            with connection:
                yield connection
            connection.execute("VACUUM")
        page_bytes.pack(self.path / "data/evidence.db")
        data = bytearray(self.read("data/evidence.db"))
        data[60:92] = bytes(32)
        self.write("data/evidence.db", bytes(data))

    def cosign(self, line):
        """Put one more signature under the newest checkpoint, everywhere that it stands."""
        note = self.read("data/checkpoint").decode()
        more = SignedNote.parse(note).with_signature(line).to_text()
        for name in self.files:
            if name.startswith(("data/checkpoint", "data/proofs/")):
                self.write(name, self.read(name).replace(note.encode(), more.encode()))
        with self.database() as db:
            db.execute("UPDATE checkpoint SET note = ? WHERE note = ?", (more, note))
        self.seal()

    @property
    def newest(self):
        """The text of the newest checkpoint, which is what others sign."""
        return SignedNote.parse(self.read("data/checkpoint").decode()).text

    def seal(self, key=None, **changed):
        """Make manifests, note and signature fit what is there, as its publisher could."""
        said, _ = notes.read(self.read(bag.NOTE))
        payload = [name for name in self.files if name.startswith("data/")]
        sizes = sum((self.path / name).stat().st_size for name in payload)
        digests = {name: sha256(self.read(name)).hex() for name in payload}
        parts = {name: getattr(said, name) for name in ("origin", "size", "root", "made")} | changed
        tags = {
            "bagit.txt": bag.DECLARATION,
            "bag-info.txt": bag.information(parts["made"], sizes, len(payload)),
            bag.MANIFEST: bag.manifest(digests),
        }
        note = notes.EditionNote(manifest=sha256(tags[bag.MANIFEST]), **parts)
        tags[bag.NOTE] = note.sign(key or self.key).encode()
        tags[bag.TAG_MANIFEST] = bag.tag_manifest(tags)
        for name, data in tags.items():
            self.write(name, data)


def line_of(kind, fields, public=None, shown=None):
    """A line of a log, in which its publisher shows these fields, and the id of its entry."""
    record = seal(kind, fields | STAMP, seed=bytes(32), public=public)
    opening = {"body": json.loads(record.body), "salts": json.loads(record.salts)}
    parts = {
        part: {name: said[name] for name in shown or [*fields, "recorded_at"]}
        for part, said in opening.items()
    }
    return canonical({**parts, "entry": record.entry.decode()}).encode(), record.id


def publish(case, target, day=1, words=ALL_SHOWN):
    """Publish through the command line, at nine on a day of June."""
    case.run("publish", target, "--made", DAY.format(day), *words)
    return Edition(Path(target), case.key)


def flipped(data, at):
    """The bytes with one bit of one of them changed."""
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def below(path):
    """Everything in a directory, with the bytes of files."""
    return {
        str(one.relative_to(path)): one.read_bytes() if one.is_file() else None
        for one in sorted(path.rglob("*"))
    }
