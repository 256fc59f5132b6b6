"""What lies in a bucket, checked by a cluster: the report of one machine, or *not checked*."""

import json

import obstore
import pytest
from click.testing import CliRunner
from obstore.store import from_url

from adversary import overwrite
from evidence_chain.edition import bucket as buckets
from evidence_chain.edition.checking import documents, entries, outside
from evidence_cli.main import main


@pytest.fixture
def far(invented, bucket):
    """A case of which the files lie in a bucket."""
    store, kept = from_url(bucket), invented.root / "artifacts"
    for path in kept.glob("*/*"):
        obstore.put(store, f"{path.parent.name}/{path.name}", path)
        path.unlink()
    with invented.connected() as db:
        db.execute("INSERT INTO files_at VALUES (1, ?)", (bucket,))
    return invented


def minutes(case, bucket, content):
    digest = case.body("minutes")["blake3"]
    name, store = f"{digest[:2]}/{digest}", from_url(bucket)
    if content is None:
        obstore.delete(store, name)
    else:
        obstore.put(store, name, content)


@pytest.mark.parametrize(("content", "code"), [(b"", 0), (b"Others.", 1), (None, 3)])
def test_files_of_a_case_in_a_bucket(far, bucket, cluster, content, code):
    if code:
        minutes(far, bucket, content)
    words = ("verify", "--json", "--all-digests")
    here = far.run(*words, code=code)
    there = far.run(*words, "--cluster", cluster, code=code)
    assert json.loads(there.stdout) == json.loads(here.stdout)


def test_files_of_a_case_that_a_worker_may_not_read(far, stranger):
    said = json.loads(far.run("verify", "--json", "--cluster", stranger, code=(0, 3)).stdout)
    assert said["counts"]["failed"] == 0


def check(*words):
    result = CliRunner().invoke(main, ["check", "--json", *map(str, words)])
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result.exit_code, json.loads(result.stdout)


@pytest.fixture
def there(edition, bucket, monkeypatch):
    """An edition in a bucket, of which the work is in many tasks."""
    for name in edition.files:
        obstore.put(from_url(bucket), name, edition.read(name))
    monkeypatch.setattr(entries, "STRETCH", 4)
    monkeypatch.setattr(outside, "BATCH", 2)
    monkeypatch.setattr(documents, "STREAMS", 1)
    return bucket, "--key", edition.key.verifier


@pytest.mark.parametrize("held", [0, buckets.HELD])
def test_an_edition_in_a_bucket(edition, there, bucket, cluster, monkeypatch, held):
    monkeypatch.setattr(buckets, "HELD", held)
    here = check(edition.path, *there[1:])
    assert here[0] == 0
    assert check(*there, "--cluster", cluster) == here
    name = next(name for name in edition.files if "/artifacts/" in name)
    overwrite(edition.path / name, b"Others.")
    edition.seal()
    for one in (name, "manifest-sha256.txt", "tagmanifest-sha256.txt", "edition.note"):
        obstore.put(from_url(bucket), one, edition.read(one))
    obstore.put(from_url(bucket), "bag-info.txt", edition.read("bag-info.txt"))
    here = check(edition.path, *there[1:])
    assert here[0] == 1
    assert check(*there, "--cluster", cluster) == here


def test_an_edition_that_a_worker_may_not_read(there, stranger):
    code, said = check(*there, "--cluster", stranger)
    assert code in (0, 3)
    assert said["counts"]["failed"] == 0
