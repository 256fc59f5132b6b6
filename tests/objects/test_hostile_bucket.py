"""What happens to an edition in a bucket while it is checked, and what lies there besides."""

import builtins
import os

import pytest
from click.testing import CliRunner

from editions import flipped
from evidence_chain.edition import bucket
from evidence_chain.objects import asking, reading
from evidence_cli.main import main

ADDRESS = "s3://stand-in/edition"
LOG, DATABASE, NOTE = "data/log.jsonl", "data/evidence.db", "edition.note"


class There:
    """An edition in the stand-in for a store."""

    def __init__(self, edition, store):
        self.edition, self.store = edition, store
        for name in edition.files:
            self.put(name, edition.read(name))
        artifacts = (name for name in edition.files if "/artifacts/" in name)
        self.largest = max(artifacts, key=lambda name: len(edition.read(name)))

    def put(self, name, content):
        self.store.objects[f"/stand-in/edition/{name}"] = content

    def check(self, *words):
        key = self.edition.key.verifier
        result = CliRunner().invoke(main, ["check", ADDRESS, "--key", str(key), *words])
        assert isinstance(result.exception, SystemExit | None)
        return result.exit_code, " ".join(result.stdout.split()), " ".join(result.stderr.split())

    def meanwhile(self, name, do, times=0):
        """Do something before an object is read, once it was read so many times."""
        asked = []

        def told(asked_for, _):
            if asked_for == f"/stand-in/edition/{name}":
                asked.append(1)
                if len(asked) == times + 1:
                    do()

        self.store.meanwhile = told


@pytest.fixture
def there(edition, stand_in):
    return There(edition, stand_in)


def test_it_is_listed_once_and_nothing_else_is_read(there):
    assert there.check()[0] == 0
    asked = [path.partition("?") for command, path in there.store.asked if command == "GET"]
    listings = [query for path, _, query in asked if "list-type" in query]
    assert len(listings) == 1
    assert {path for path, _, query in asked if "list-type" not in query} == {
        f"/stand-in/edition/{name}" for name in there.edition.files
    }
    assert {command for command, _ in there.store.asked} == {"GET"}


def test_row_49d_an_object_that_is_gone_when_it_is_read(there):
    gone = f"/stand-in/edition/{there.largest}"
    there.meanwhile(there.largest, lambda: there.store.objects.pop(gone))
    code, said, _ = there.check()
    assert code == 1
    assert f"{there.largest} can't be read: No such file or directory." in said


@pytest.mark.parametrize("held", [0, bucket.HELD])
@pytest.mark.parametrize("times", [1, 2])
def test_row_49d_a_log_that_is_replaced_while_it_is_read(there, monkeypatch, held, times):
    """By one that discloses as much and is as signed, too: what was hashed is what is read."""
    monkeypatch.setattr(bucket, "HELD", held)
    content = there.edition.read(LOG)
    there.meanwhile(LOG, lambda: there.put(LOG, flipped(content, 9)), times)
    code, said, _ = there.check()
    if held and times == 2:  # nobody asks for it a third time
        assert code == 0
        return
    assert code == 3
    assert "another one was put in its place while it was read" in said


def test_row_49d_a_database_that_is_replaced_before_it_is_looked_at(there):
    content = there.edition.read(DATABASE)
    there.meanwhile(DATABASE, lambda: there.put(DATABASE, flipped(content, 5000)), 2)
    code, said, _ = there.check()
    assert code == 3
    assert "another one was put in its place while it was read" in said


@pytest.mark.parametrize("times", [0, 1])
def test_row_49d_a_file_that_is_replaced(there, times):
    """Before it was hashed it is wrong; afterwards it is not what is checked."""
    content = there.edition.read(there.largest)
    there.meanwhile(there.largest, lambda: there.put(there.largest, flipped(content, 1)), times)
    code, said, _ = there.check()
    assert code == (3 if times else 1)
    assert ("in its place while it was read" if times else "not what was signed") in said


@pytest.mark.parametrize("lie", [lambda part: part[:-1], lambda part: part + b"."])
def test_row_49d_answers_of_another_length(there, lie):
    there.store.lies = lie
    code, said, _ = there.check()
    assert code == 3
    assert "answered with other bytes than it was asked for" in said or "can't be asked" in said


@pytest.mark.parametrize("name", ["data/../../outside", "data//log.jsonl", "./edition.note", "a\t"])
def test_row_49d_names_that_no_file_can_have(there, name):
    there.put(name, b"x")
    code, said, _ = there.check()
    assert code == 1
    assert "FAILED layout: s3://stand-in/edition holds an object with an empty part" in said
    assert "missing" not in said


@pytest.mark.parametrize("name", ["data/log.jsonl/", "data/more", "data/site/b%2e%2e", "data/é"])
def test_row_49d_names_that_no_edition_has(there, name):
    there.put(name, b"x")
    code, said, _ = there.check()
    assert code == 1
    assert "FAILED layout: data/" in said


def test_what_marks_a_folder_is_no_file(there):
    for name in ("", "data/", "data/artifacts/"):
        there.put(name, b"")
    assert there.check()[0] == 0
    there.put("data/nothing/", b"")
    assert there.check()[0] == 1


def test_no_more_files_than_may_be(there):
    for number in range(6):
        there.put(f"a{number}", b"What is listed first.")
    code, said, _ = there.check("--most-files", "5")
    assert code == 1
    assert "There are more than 5 files, so none was opened" in said


def test_row_49d_a_list_that_never_ends(there, monkeypatch):
    monkeypatch.setattr(reading, "_PATIENCE", 0.2)
    there.store.lists_nothing = True
    code, _, complaint = there.check()
    assert code == 4
    assert "neither went on nor ended for too long" in complaint
    asked = len(there.store.asked)
    there.store.lists_nothing = False
    assert there.check()[0] == 0
    assert len(there.store.asked) < asked + 100  # nobody goes on with the list


def test_where_there_is_no_edition(there):
    there.store.objects = {"/stand-in/edition/letter.txt": b"A letter."}
    code, _, complaint = there.check()
    assert code == 2
    assert "There is no edition at s3://stand-in/edition" in complaint


LOUD = (
    "<Error><Code>AccessDenied</Code><AWSAccessKeyId>{AWS_ACCESS_KEY_ID}</AWSAccessKeyId>"
    "<StringToSign>AWS4-HMAC-SHA256 {AWS_SECRET_ACCESS_KEY}</StringToSign></Error>"
)


@pytest.mark.parametrize("status", [401, 403, 404, 500])
@pytest.mark.parametrize("words", [(), ("--json",)])
def test_row_49d_no_error_tells_a_secret(there, status, words):
    there.store.refuses = status, LOUD.format(**os.environ).encode()
    code, said, complaint = there.check(*words)
    assert code == 4
    assert "s3://stand-in/edition can't be read" in said + complaint
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        assert os.environ[name] not in said + complaint


def fall_silent(there, name):
    loud = 500, LOUD.format(**os.environ).encode()
    there.meanwhile(name, lambda: setattr(there.store, "refuses", loud))


@pytest.mark.parametrize("name", [NOTE, LOG, "data/checkpoint", "data/edition.json"])
def test_row_49d_a_store_that_answers_no_more(there, name):
    """Nothing is called wrong for that, and nothing right."""
    fall_silent(there, name)
    code, said, _ = there.check()
    assert code == 3
    assert "the store of the files" in said
    assert "FAILED" not in said
    assert os.environ["AWS_SECRET_ACCESS_KEY"] not in said


@pytest.mark.parametrize("sort", ["/artifacts/", "/checkpoints/", "/proofs/", "/tile/"])
def test_row_49d_files_that_are_not_reached_are_not_checked(there, sort):
    """The first of a sort answers once, when it is hashed, or never."""
    name = next(name for name in there.edition.files if sort in name)
    for times in (0, 1):
        there.store.refuses = None
        loud = 500, LOUD.format(**os.environ).encode()

        def refuse(asked, _, left=[times + 1], loud=loud):  # noqa: B006 - its own count
            if asked.endswith(name):
                left[0] -= 1
                if left[0] <= 0:
                    there.store.refuses = loud

        there.store.meanwhile = refuse
        code, said, _ = there.check()
        assert code == (3 if times == 0 or there.store.refuses else 0)
        assert "FAILED" not in said


def test_without_what_asks_stores(there, monkeypatch):
    def without(name, *rest):
        if name.partition(".")[0] == "obstore":
            raise ImportError(name)
        return import_(name, *rest)

    import_ = builtins.__import__
    monkeypatch.setattr(builtins, "__import__", without)
    monkeypatch.setattr(asking, "_user", None)
    code, _, complaint = there.check()
    assert code == 4
    assert "pip install 'evidence-chain[cluster]'" in complaint


@pytest.mark.parametrize(
    "address", ["s3://user:swordfish@bucket/edition", "s3://b/?X-Amz-Signature=swordfish", "s3://"]
)
def test_what_is_no_address_is_refused_and_not_repeated(address):
    for words in (["check", address], ["check", ".", "--seen", address]):
        result = CliRunner().invoke(main, words)
        assert result.exit_code == 2
        assert "like s3://bucket/prefix" in " ".join(result.stderr.split())
        assert "swordfish" not in result.stderr
