"""A case whose files lie in a store of objects does what one with files in a directory does."""

import asyncio
import json
import shutil

import obstore
import pytest
from obstore.store import from_url

from adversary import overwrite
from cases import CaseDir
from editions import ALL_SHOWN
from evidence_chain.objects.address import Address
from evidence_datasette.serving import served
from evidence_db.case import Case
from evidence_db.store.files.objects import ObjectStore
from evidence_db.verifying import run
from evidence_db.verifying.run import verify
from evidence_db.verifying.wanted import Wanted


class Far:
    """A case like another one to the letter, but that its files lie in a store."""

    def __init__(self, near, home, bucket):
        self.near, self.case = near, near.copy_to(home)
        self.address, self.bucket = bucket, from_url(bucket)
        kept = self.case.root / "artifacts"
        for path in kept.glob("*/*"):
            obstore.put(self.bucket, f"{path.parent.name}/{path.name}", path)
            path.unlink()
            if not list(path.parent.iterdir()):
                path.parent.rmdir()
        with self.case.connected() as db:
            db.execute("INSERT INTO files_at VALUES (1, ?)", (bucket,))

    def change(self, digest, content):
        """What somebody does to a file who may write there, to both cases."""
        name = f"{digest[:2]}/{digest}"
        path = self.near.root / "artifacts" / name
        if content is None:
            path.unlink()
            obstore.delete(self.bucket, name)
        else:
            overwrite(path, content)
            obstore.put(self.bucket, name, content)

    def names(self):
        return {one["path"] for some in obstore.list(self.bucket) for one in some}

    def same(self, *words, code=(0, 1, 3)):
        """What a command says of both, which has to be the same to the letter."""
        said = [
            json.loads(case.run(*words, "--json", code=code).stdout)
            for case in (self.near, self.case)
        ]
        assert in_order(said[0]) == in_order(said[1])
        return said[0]


def in_order(said):
    """Of what was checked by several processes, the order says nothing."""
    if isinstance(said, dict) and "checks" in said:
        return said | {"checks": sorted(said["checks"], key=json.dumps)}
    return said


@pytest.fixture
def far(invented, tmp_path, bucket):
    return Far(invented, tmp_path / "far", bucket)


@pytest.fixture
def digests(invented):
    """A preserved file, a text stream, and a file in which no passage stands."""
    with Case(invented.root).reader() as reader:
        (sealed,) = reader.connection.execute(
            "SELECT DISTINCT extracted FROM evidence WHERE extracted NOT IN "
            "(SELECT blake3 FROM artifact)"
        ).fetchall()
    return {
        "minutes": invented.body("minutes")["blake3"],
        "release": invented.body("release")["blake3"],
        "text of release": sealed[0],
    }


CHANGES = {
    lambda content: content: "holds",
    lambda content: bytes([content[0] ^ 1]) + content[1:]: "failed",
    lambda content: content[:-1]: "failed",
    lambda content: content + b".": "failed",
    lambda content: b"": "failed",
    lambda content: None: "not-checked",
}


@pytest.mark.parametrize("file", ["minutes", "release", "text of release"])
def test_what_is_done_to_a_file_is_told_in_the_same_words(far, digests, file):
    digest = digests[file]
    content = (far.near.root / "artifacts" / digest[:2] / digest).read_bytes()
    for change, outcome in CHANGES.items():
        far.change(digest, change(content))
        assert far.same("verify", "--all-digests")["outcome"] == outcome
    far.same("verify", "board-was-told")
    far.same("verify", "microphones-listen")
    far.same("resolve", "board-knew")
    far.same("resolve", "microphones-listen")


def test_what_is_read_is_the_same(far):
    for words in (
        ("status",),
        ("list",),
        ("log",),
        ("search", "recordings"),
        ("inspect", far.case.ids["release"]),
        ("show", far.case.ids["deaf"]),
    ):
        far.same(*words)
    kept = far.case.json("show", far.case.ids["tender"])["path"]
    assert kept.startswith(f"{far.address}/")


def test_the_files_of_an_edition_are_fetched(far):
    target = far.case.home / "edition"
    far.case.run("publish", target, *ALL_SHOWN)
    far.case.run("check", target, "--key", far.case.vkey)
    near, published = (
        {path.name: path.read_bytes() for path in one.glob("artifacts/*/*")}
        for one in (far.near.root, target / "data")
    )
    assert published == near
    assert b"s3://" not in (target / "data/evidence.db").read_bytes()


def test_workers_that_are_started_anew_say_the_same(far, digests, monkeypatch):
    monkeypatch.setattr(run, "PASSAGES", 0)
    far.change(digests["release"], b"Something else.")
    reports = [verify(Case(far.case.root), Wanted(), workers=number) for number in (1, 2)]
    one, two = (
        (report.counts, sorted(map(str, report.findings)), report.held) for report in reports
    )
    assert one == two
    assert "file" in reports[1].failed


def test_nothing_is_published_of_a_file_that_is_not_intact(far, digests):
    far.change(digests["minutes"], b"Something else.")
    for case in (far.near, far.case):
        said = case.run("publish", case.home / "edition", *ALL_SHOWN, code=(1, 4)).output
        assert digests["minutes"] in said or "minutes.txt" in said
        assert not (case.home / "edition").exists()


def test_documents_are_added_and_quoted_from_in_a_store(bucket, tmp_path):
    case = CaseDir(tmp_path / "home")
    case.home.mkdir()
    made = case.json("init", case.root, "--origin", "newsroom.example/far", "--files", bucket)
    assert made["files"] == bucket
    path = case.write("minutes.txt", "The board had been told twice, in writing.\n")
    artifact = case.id("add", "artifact", path)
    assert "Preserved already" in case.run("add", "artifact", path).stdout
    case.run("claim", "board-knew", "The board knew")
    case.run("quote", path, "told twice", "-s", "The master", "--supports", "board-knew")
    page = case.write("page.html", "<p>Our system is <b>deaf</b> to conversation.</p>")
    case.run("quote", page, "deaf to conversation", "-s", "Vardo", "--supports", "board-knew")
    case.run("checkpoint")
    assert case.json("verify", "--all-digests")["outcome"] == "holds"
    assert case.json("resolve", "board-knew")["integrity"]["outcome"] == "holds"
    store = ObjectStore(Address.parse(bucket), tmp_path)
    digest = case.body(artifact)["blake3"]
    assert f"{digest[:2]}/{digest}" in list(store.list())
    assert not list((case.root / "artifacts").iterdir())


def test_a_copy_has_its_files_beside_it(far):
    copy = far.case.home / "copy"
    far.case.run("copy", copy)
    kept = {f"{path.parent.name}/{path.name}" for path in copy.glob("artifacts/*/*")}
    assert kept == far.names()
    shutil.rmtree(far.case.root)
    shutil.move(copy, far.case.root)
    for name in kept:
        obstore.delete(far.bucket, name)
    assert far.case.json("verify", "--all-digests")["outcome"] == "holds"


def test_what_is_erased_is_gone_from_the_store(far):
    asked = ("erase", far.case.ids["article"], "--reason", "A court said so", "--with-passages")
    digest = far.case.body("article")["blake3"]
    before = far.names()
    said = far.case.run(*asked, "--yes")
    assert "The bucket that holds the files may keep earlier versions" in " ".join(
        said.stderr.split()
    )
    assert before - far.names() == {f"{digest[:2]}/{digest}"}
    far.case.run("checkpoint")
    assert far.case.json("verify")["outcome"] == "holds"


def test_a_value_of_what_was_erased_is_found_in_files_that_stay(far):
    said = far.case.json("erase", far.case.ids["deaf"], "--reason", "An order", "--yes")
    assert any(one["where"].startswith(far.address) for one in said["traces"])


def test_what_no_record_names_is_told_and_removed_when_asked(far):
    left = "ab/" + "ab" * 32
    obstore.put(far.bucket, left, b"half a story")
    assert sum(far.case.json("verify")["counted"].values()) == 1
    (one,) = far.case.json("tidy", "--remove")
    assert (one["path"], one["size"]) == (f"{far.address}/{left}", 12)
    assert left not in far.names()
    assert far.case.json("verify")["outcome"] == "holds"


def test_a_served_case_sends_its_files_and_none_that_is_not_intact(far, digests, monkeypatch):
    monkeypatch.setenv("EVIDENCE_KEY", str(far.case.key_file))
    content = far.near.preserved("minutes").read_bytes()
    site = served(far.case.database)

    async def get():
        found = [
            await site.client.get(f"/evidence/-/{page}")
            for page in (f"file/{far.case.ids['minutes']}", "claim/board-knew")
        ]
        far.change(digests["minutes"], b"Something else.")
        changed = [
            await site.client.get(f"/evidence/-/{page}")
            for page in (f"file/{far.case.ids['minutes']}", "claim/board-knew.json")
        ]
        return found, changed, await site.client.get("/evidence/files_at.json")

    (file, claim), (refused, failing), table = asyncio.run(get())
    assert (file.status_code, file.content) == (200, content)
    assert claim.status_code == 200
    assert refused.status_code >= 400
    assert failing.json()["integrity"]["outcome"] == "failed"
    assert table.status_code in (403, 404)
    for database in site.databases.values():
        database.close()
