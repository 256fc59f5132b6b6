"""`evidence publish`: what is written, what is refused, and that it is all or nothing."""

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from adversary import flip
from editions import ALL_SHOWN, DAY, Edition, below, publish
from evidence_db.publishing import asking
from evidence_db.publishing.earlier import publishing
from evidence_db.publishing.writing import edition as writing


def case_files(case):
    """What a case has on disk, but for what it keeps of its editions, and readers' locks."""
    transient = ("editions.json", "evidence.db", "-wal", "-shm")
    return {path: data for path, data in below(case.root).items() if not path.endswith(transient)}


def test_the_whole_case(invented, tmp_path):
    before = case_files(invented)
    said = invented.json("publish", tmp_path / "out", "--made", DAY.format(1), *ALL_SHOWN)
    edition = Edition(tmp_path / "out", invented.key)
    assert said["size"] == 28
    assert said["claims"] == 4
    assert said["counts"] == edition.said["counts"]
    assert said["counts"] == {
        **{"entries": 28, "disclosed": 28},
        **{"partly": 0, "withheld": 0, "erased": 0},
    }
    payload = [name for name in edition.files if name.startswith("data/")]
    assert said["files"] == len(payload)
    assert said["bytes"] == sum(len(edition.read(name)) for name in payload)
    report = invented.json("check", edition.path, "--key", invented.vkey)
    assert report["outcome"] == "holds"
    assert report["edition"]["digest"] == said["digest"]
    assert report["edition"]["made"] == DAY.format(1)
    assert edition.said["everywhere"]["fields"] == ["recorded_by"]
    assert case_files(invented) == before


def test_a_publisher_is_told_how_a_reader_checks_it(invented, tmp_path):
    """What is withheld in every record is named, and the key is the key."""
    said = invented.run("publish", tmp_path / "out", *ALL_SHOWN).output
    assert "Withheld in all of them: recorded_by." in said
    (line,) = [line for line in said.splitlines() if "Check it as a reader would" in line]
    words = line.partition("evidence ")[2].split()
    found = invented.run(*words).output
    assert "28  records of which recorded_by is withheld" in found
    assert "recorded_by" in (tmp_path / "out/data/README.txt").read_text()


def test_no_seed_and_nothing_that_is_withheld_is_in_an_edition(editions, publisher):
    with publisher.connected() as db:
        secrets = [seed for (seed,) in db.execute("SELECT seed FROM seal")]
    for edition in editions.values():
        every = b"".join(edition.read(name) for name in edition.files)
        assert b"tester" not in every
        for seed in secrets:
            assert seed not in every
            assert seed.hex().encode() not in every


def test_claims_alone_with_what_they_rest_on(editions, publisher):
    edition, ids = editions["selected"], publisher.ids
    shown = {line["entry"]: line.get("body") for line in edition.lines}
    bodies = [body for body in shown.values() if body]
    slugs = {body["slug"] for body in bodies if "slug" in body}
    assert slugs == {"board-was-told", "quay-is-wired"}
    assert edition.said["claims"] == sorted(ids[slug] for slug in slugs)
    hidden = publisher.body("never")["text"].encode()
    assert all(
        hidden not in edition.read(name) for name in edition.files if "artifacts" not in name
    )
    counts = edition.said["counts"]
    assert counts["withheld"] == len(edition.said["withheld"]) > 10
    assert counts["disclosed"] + counts["withheld"] == 29
    result = edition.check()
    assert result.code == 0
    assert result.counted["records that are withheld"] == counts["withheld"]


def test_a_second_edition_names_the_first(editions):
    whole, selected, grown = (editions[name] for name in ("whole", "selected", "grown"))
    assert [one["made"] for one in grown.said["earlier"]] == [DAY.format(1), DAY.format(2)]
    assert [one["size"] for one in grown.said["earlier"]] == [28, 29]
    assert "data/checkpoints/28" in grown.files
    assert grown.check().code == 0
    for name, earlier in (("whole", whole), ("selected", selected)):
        assert grown.check(seen={name: earlier.read("edition.note")}).code == 0


def test_the_same_bytes_from_the_same_case(template, editions, tmp_path):
    again = publish(template.copy_to(tmp_path / "case"), tmp_path / "again")
    one, other = ({name: e.read(name) for name in e.files} for e in (editions["whole"], again))
    assert one == other


def test_the_same_bytes_when_several_processes_copy_the_files(
    template, editions, tmp_path, monkeypatch
):
    monkeypatch.setattr(writing, "FEW", 0)
    monkeypatch.setattr(writing, "cores", lambda: 2)
    again = publish(template.copy_to(tmp_path / "case"), tmp_path / "again")
    assert below(again.path) == below(editions["whole"].path)
    assert again.check(workers=2).code == 0


def test_any_sqlite_reads_its_database(edition):
    with closing(sqlite3.connect(edition.path / "data/evidence.db")) as db:
        ((count,),) = db.execute("SELECT count(*) FROM entry")
        (found,) = db.execute(
            "SELECT rowid FROM search WHERE search MATCH 'microphones'"
        ).fetchone()
    assert count == 28
    assert found


def test_without_a_file_that_may_not_be_handed_out(invented, tmp_path):
    words = (*ALL_SHOWN, "--without-files", invented.ids["release"], "--reason", "Copyright")
    edition = publish(invented, tmp_path / "out", words=words)
    gone = sorted([invented.body("release")["blake3"], invented.body("deaf")["extracted"]])
    assert edition.said["absent"] == [{"blake3": one, "reason": "Copyright"} for one in gone]
    assert not any(digest in name for name in edition.files for digest in gone)
    result = edition.check()
    assert result.code == 0
    assert result.counted["files that are not here"] == 2
    assert result.counted["passages whose text is not here"] == 2


@pytest.mark.parametrize(
    "words",
    [
        ("--without-files", "minutes"),
        ("--reason", "No file is named"),
        ("--override", "contradictions"),
        ("--override", "contradictions", "--because", " "),
        ("--made", "yesterday"),
        ("--made", "2031-06-31T09:00:00Z"),
        ("--claim", "no-such-claim"),
    ],
)
def test_wrong_use_writes_nothing(template, tmp_path, words):
    template.run("publish", tmp_path / "out", *words, code=2)
    assert not any(tmp_path.iterdir())


def test_a_target_that_is_taken(template, tmp_path):
    (tmp_path / "file").write_text("mine")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    before = below(tmp_path)
    for name in ("file", "full", "link", "missing/parent"):
        said = template.run("publish", tmp_path / name, *ALL_SHOWN, code=2).output
        assert name.partition("/")[0] in said
    assert below(tmp_path) == before


def test_an_empty_directory_is_filled(invented, tmp_path):
    (tmp_path / "out").mkdir()
    assert publish(invented, tmp_path / "out").check().code == 0


def test_a_disk_that_is_read_only(invented, tmp_path, monkeypatch):
    mkdir = Path.mkdir

    def refused(path, *more, **how):
        if ".publishing." in path.name:
            raise OSError(30, "Read-only file system", str(path))
        mkdir(path, *more, **how)

    monkeypatch.setattr(Path, "mkdir", refused)
    said = invented.run("publish", tmp_path / "out", *ALL_SHOWN, code=4).output
    assert "Read-only file system. Nothing was written" in " ".join(said.split())


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_directory_that_may_not_be_written_to(invented, tmp_path):
    (tmp_path / "mine").mkdir(mode=0o500)
    invented.run("publish", tmp_path / "mine" / "out", *ALL_SHOWN, code=4)
    assert not any((tmp_path / "mine").iterdir())


def test_an_edition_that_is_not_after_the_newest_one(invented, tmp_path):
    publish(invented, tmp_path / "one", 2)
    for day in (1, 2):
        target = tmp_path / "two"
        said = invented.run("publish", target, "--made", DAY.format(day), *ALL_SHOWN, code=2).output
        assert "--made" in said
        assert not target.exists()


def test_a_case_that_was_rolled_back_publishes_no_more(template, invented, tmp_path):
    """A copy from before the records that an edition has: two logs of one name."""
    invented.run("claim", "quay-was-silent", "The quay was silent")
    invented.run("checkpoint")
    publish(invented, tmp_path / "one")
    older = template.copy_to(tmp_path / "older")
    (older.root / "editions.json").write_text((invented.root / "editions.json").read_text())
    older.run("claim", "another", "Something else")
    older.run("checkpoint")
    said = older.run(
        "publish", tmp_path / "two", *ALL_SHOWN, "--made", DAY.format(2), code=1
    ).output
    assert "no beginning of this log" in " ".join(said.split())
    assert not (tmp_path / "two").exists()


def test_what_a_killed_run_left_is_named_and_removed(invented, tmp_path):
    left = tmp_path / ".out.publishing.4711"
    (left / "data").mkdir(parents=True)
    (left / "data" / "log.jsonl").write_text("half")
    other = tmp_path / ".another.publishing.4711"
    other.mkdir()
    said = invented.run("publish", tmp_path / "out", "--made", DAY.format(1), *ALL_SHOWN).output
    assert f"Removed {left}" in said.replace("\n", "")
    assert not left.exists()
    assert other.exists()
    assert Edition(tmp_path / "out", invented.key).check().code == 0


def test_a_full_disk_leaves_nothing(invented, tmp_path, monkeypatch):
    """Wherever it fills up: at each file of the edition, one after the other."""
    before, open_ = case_files(invented), Path.open
    seen, left = [], []

    def full(path, mode="r", *more, **how):
        if "x" in mode and ".publishing." in str(path):
            seen.append(path)
            if len(seen) == left[0]:
                raise OSError(28, "No space left on device", str(path))
        return open_(path, mode, *more, **how)

    monkeypatch.setattr(Path, "open", full)
    for number in (1, 2, 8, 15):
        seen.clear()
        left[:] = [number]
        said = invented.run("publish", tmp_path / "out", *ALL_SHOWN, code=4).output
        assert "No space left on device" in said
        assert not any(tmp_path.glob("*out*"))
    assert case_files(invented) == before


class Full(sqlite3.Connection):
    """A database that grows no more."""

    def executemany(self, *_):
        raise sqlite3.OperationalError("database or disk is full")


def test_a_disk_that_is_full_of_the_database(invented, tmp_path, monkeypatch):
    connect = sqlite3.connect

    def full(path, **how):
        return connect(path, **how, **({} if path else {"factory": Full}))

    monkeypatch.setattr(sqlite3, "connect", full)
    said = invented.run("publish", tmp_path / "out", *ALL_SHOWN, code=4).output
    assert "disk is full" in said
    assert not any(tmp_path.glob("*out*"))


def test_a_case_that_grows_while_it_is_verified(invented, tmp_path, monkeypatch):
    """What was not at the gate is not published."""
    verify = asking.verify

    def grown(*asked):
        report = verify(*asked)
        invented.run("claim", "quay-was-loud", "The quay was loud")
        return report

    monkeypatch.setattr(asking, "verify", grown)
    said = invented.run("publish", tmp_path / "out", *ALL_SHOWN, code=4).output
    assert "changed while it was verified" in " ".join(said.split())
    assert not any(tmp_path.glob("*out*"))


def test_two_at_once(invented, tmp_path):
    """The second would not name the first."""
    with publishing(invented.root):
        said = invented.run("publish", tmp_path / "out", *ALL_SHOWN, code=4).output
    assert "is being published" in " ".join(said.split())
    assert not any(tmp_path.glob("*out*"))
    assert publish(invented, tmp_path / "out").check().code == 0


def test_a_preserved_file_that_is_not_intact_is_not_handed_out(invented, tmp_path):
    flip(invented.preserved("minutes"))
    said = invented.json("publish", tmp_path / "out", *ALL_SHOWN, code=1)
    (shut,) = [line for line in said["gate"] if line["outcome"] == "unmet"]
    assert shut["rule"] == "verified"
    assert not (tmp_path / "out").exists()


def test_what_is_kept_of_editions_can_be_read_or_nothing_is_published(invented, tmp_path):
    for broken in ("{", "[1]", json.dumps([{"size": 1}])):
        (invented.root / "editions.json").write_text(broken)
        said = invented.run("publish", tmp_path / "out", *ALL_SHOWN, code=4).output
        assert "editions.json" in said
        assert not (tmp_path / "out").exists()
