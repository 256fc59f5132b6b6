"""Files in a store of objects: what goes wrong there, and what is told of it."""

import builtins
import os
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from cases import CaseDir
from evidence_chain.digest import b3
from evidence_chain.errors import ExtractionError, InputError, StorageError
from evidence_chain.objects import asking, reading
from evidence_chain.objects.address import Address
from evidence_chain.objects.asking import StoreError
from evidence_chain.objects.ranges import PIECE
from evidence_db.store.files import Files
from evidence_db.store.files.objects import CLAIM, ONE_REQUEST, ObjectStore

CONTENT = b"What is preserved. " * 100
DIGEST = b3(CONTENT).hex()
ADDRESS = "s3://stand-in/files"
SECRETS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")


@pytest.fixture
def store(stand_in, tmp_path):
    return ObjectStore(Address.parse(ADDRESS), tmp_path / "artifacts")


def put(store, tmp_path, content=CONTENT):
    files = Files(tmp_path / "artifacts", store)
    with files.receive_bytes(content, "a file") as incoming:
        return files.keep(incoming)


def test_what_was_written_and_answered_with_an_error_is_found_to_be_there(
    stand_in, store, tmp_path
):
    """The request is repeated, and then the name is taken: by what was to be there."""
    stand_in.fails_after_writing = 1
    put(store, tmp_path)
    assert store.read(DIGEST, 0, 1 << 20) == CONTENT
    assert [name for name, _ in stand_in.asked].count("PUT") == 2


def test_row_49c_what_does_not_arrive_as_it_was_sent_is_not_recorded(stand_in, store, tmp_path):
    stand_in.spoils = True
    with pytest.raises(StorageError, match=r"is not what was sent there\. Nothing was recorded"):
        put(store, tmp_path)
    assert not store.exists(DIGEST)


def test_of_writers_at_once_one_puts_the_file(bucket, tmp_path):
    store = ObjectStore(Address.parse(bucket), tmp_path / "artifacts")

    def write(number):
        files = Files(tmp_path / f"writer {number}", store)
        with files.receive_bytes(CONTENT, "a file") as incoming:
            return files.keep(incoming)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(write, range(4))) == [False, False, False, True]
    assert store.read(DIGEST, 0, 1 << 20) == CONTENT


@pytest.fixture
def case(tmp_path):
    return CaseDir(tmp_path / "home")


def begin(case, address=ADDRESS, code=0):
    case.home.mkdir(exist_ok=True)
    words = ("--origin", "newsroom.example/far", "--files", address)
    return case.run("init", case.root, *words, code=code)


def test_row_49c_a_store_that_overwrites_is_refused(stand_in, case):
    stand_in.ignores_conditions = True
    assert "though it was told not to (If-None-Match: *)" in begin(case, code=4).stderr
    assert not case.database.exists()
    assert not case.key_file.exists()
    assert not case.root.exists()
    assert stand_in.objects == {}
    stand_in.ignores_conditions = False
    assert f"Its files are preserved in {ADDRESS}." in begin(case).stdout


def test_a_store_is_asked_for_the_condition_even_if_it_stumbles(stand_in, case):
    stand_in.fails_after_writing = 1
    begin(case)
    assert list(stand_in.objects) == [f"/stand-in/files/{CLAIM}"]


def test_a_prefix_is_one_case_s(stand_in, case, tmp_path):
    begin(case)
    other = CaseDir(tmp_path / "other")
    assert "holds the files of a case already" in begin(other, code=4).stderr
    begin(other, f"{ADDRESS}/of-another")


def test_a_case_that_cannot_be_made_claims_nothing(stand_in, case):
    case.root.mkdir(parents=True)
    case.root.joinpath("artifacts").write_text("in its way")
    begin(case, code=4)
    assert stand_in.objects == {}
    assert [one.name for one in case.root.iterdir()] == ["artifacts"]


@pytest.mark.parametrize(
    "address",
    [
        "s3://user:swordfish@bucket/prefix",
        "s3://bucket/prefix?X-Amz-Signature=swordfish",
        "s3://bucket/../swordfish",
        "s3://bucket//swordfish",
        "https://swordfish@bucket.example/prefix",
        "s3://",
        "file:///swordfish",
        "/swordfish",
        "s3://bucket/swordfish\n",
        "s3://bucket/" + "swordfish/" * 100,
    ],
)
def test_what_is_no_address_is_refused_and_not_repeated(case, address):
    said = begin(case, address, code=2).stderr
    assert "like s3://bucket/prefix" in said
    assert "swordfish" not in said
    assert not case.root.exists()


@pytest.mark.parametrize("address", ["s3://bucket", "gs://bucket/a/b", "az://container/x_1.y-z"])
def test_an_address_is_written_as_it_is_read(address):
    assert str(Address.parse(address)) == str(Address.parse(f"{address}/")) == address


LOUD = (
    "<Error><Code>{}</Code><AWSAccessKeyId>{AWS_ACCESS_KEY_ID}</AWSAccessKeyId>"
    "<StringToSign>AWS4-HMAC-SHA256 {AWS_SECRET_ACCESS_KEY}</StringToSign>"
    "<Token>{AWS_SESSION_TOKEN}</Token><Url>https://x.example/?X-Amz-Signature=5160</Url></Error>"
)


@pytest.mark.parametrize("status", [400, 403, 404, 409, 500, 503])
def test_row_49c_no_error_tells_a_secret(stand_in, case, monkeypatch, caplog, capfd, status):
    """Whatever a store answers, and it may repeat all that it was sent."""
    begin(case)
    path = case.write("note.txt", "A note.")
    case.run("add", "artifact", path)
    monkeypatch.setenv("AWS_SESSION_TOKEN", "invented-token-of-a-session")
    body = LOUD.format("SignatureDoesNotMatch", **os.environ).encode()
    stand_in.refuses = status, body
    said = [
        case.run("add", "artifact", case.write("other.txt", "Another."), code=4).output,
        case.run("verify", code=(0, 1, 3, 4)).output,
        case.run("quote", path, "A note", "-s", "X", code=(2, 3, 4)).output,
        case.run("publish", case.home / "edition", code=(1, 2, 3, 4)).output,
        *capfd.readouterr(),
        caplog.text,
    ]
    for one in said:
        for secret in (*(os.environ[name] for name in SECRETS), "5160", "AWS4-HMAC", "Signature="):
            assert secret not in one
    stored = b"".join(path.read_bytes() for path in case.root.glob("*") if path.is_file())
    assert not any(os.environ[name].encode() in stored for name in SECRETS)


def test_row_49c_a_file_that_does_not_arrive_leaves_no_record(stand_in, case):
    begin(case)
    before = case.json("log")["entries"]
    stand_in.refuses = 503, b"<Error><Code>SlowDown</Code></Error>"
    said = case.run("add", "artifact", case.write("note.txt", "A note."), code=4).stderr
    assert "answered with an error (503 SlowDown)" in said
    assert "Nothing was recorded" in said
    stand_in.refuses = None
    assert case.json("log")["entries"] == before
    case.run("checkpoint")
    assert case.json("verify")["outcome"] == "holds"
    assert not list(case.root.glob("artifacts/.incoming-*"))


def test_what_a_store_does_not_remove_is_not_said_to_be_erased(stand_in, case):
    begin(case)
    artifact = case.id("add", "artifact", case.write("note.txt", "A note."))
    stand_in.keeps = True
    asked = ("erase", artifact, "--reason", "A court said so", "--yes")
    assert "says that it removed a file, and has it still" in case.run(*asked, code=4).stderr
    assert case.json("verify", code=1)["outcome"] == "failed"
    stand_in.keeps = False
    case.run("erase", "--finish")
    case.run("checkpoint")
    assert case.json("verify")["outcome"] == "holds"


def test_why_a_command_failed_is_told_though_its_file_stays(stand_in, case, monkeypatch):
    begin(case)

    def fail(*_):
        stand_in.refuses = 500, b""
        raise StorageError("Something else failed.")

    monkeypatch.setattr("evidence_db.recording.writer.Writer._commit", fail)
    said = case.run("add", "artifact", case.write("note.txt", "A note."), code=4).stderr
    assert "Something else failed." in said


def test_a_store_that_is_silent_is_not_asked_for_ever(stand_in, case):
    begin(case)
    for number in range(8):
        case.run("add", "artifact", case.write(f"{number}.txt", f"Note {number}."))
    case.run("checkpoint")
    stand_in.refuses = 500, b""
    stand_in.asked.clear()
    report = case.json("verify", code=3)
    assert report["outcome"] == "not-checked"
    told = [one["outcome"] for one in report["checks"] if one["check"] == "file"]
    assert told == ["not-checked"] * 8
    assert any("could not be listed" in one for one in report["absent"])
    assert len(stand_in.asked) < 100


def test_row_49d_a_list_that_never_ends(stand_in, case, monkeypatch):
    begin(case)
    monkeypatch.setattr(reading, "_PATIENCE", 0.2)
    stand_in.lists_nothing = True
    assert any("could not be listed" in one for one in case.json("verify", code=3)["absent"])
    asked = len(stand_in.asked)
    stand_in.lists_nothing = False
    case.run("verify", code=3)
    assert len(stand_in.asked) < asked + 100  # nobody goes on with the list


def test_without_the_extra_it_is_said_what_to_install(stand_in, case, monkeypatch):
    begin(case)
    real = builtins.__import__

    def without(name, *rest):
        if name.partition(".")[0] == "obstore":
            raise ImportError(name)
        return real(name, *rest)

    for name in [one for one in sys.modules if one.partition(".")[0] == "obstore"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", without)
    said = case.run("add", "artifact", case.write("note.txt", "A note."), code=4).stderr
    assert "pip install 'evidence-chain[cluster]'" in said


def test_a_process_that_was_forked_is_refused_rather_than_left_waiting(store, monkeypatch):
    store.exists(DIGEST)
    monkeypatch.setattr(asking.os, "getpid", lambda: -1)
    with pytest.raises(StorageError, match="forked"):
        store.exists(DIGEST)


def test_a_case_that_names_no_store_is_not_believed(stand_in, case):
    begin(case)
    with case.connected() as db:
        db.execute("UPDATE files_at SET address = 's3://user:swordfish@elsewhere/x'")
    said = case.run("add", "artifact", case.write("note.txt", "A note."), code=4).stderr
    assert "says of where its files lie" in said
    assert "swordfish" not in said


def test_a_large_file_goes_up_in_parts_and_is_one(bucket, tmp_path):
    store = ObjectStore(Address.parse(bucket), tmp_path / "artifacts")
    content = os.urandom(1 << 16) * (2 * ONE_REQUEST // (1 << 16) + 1)
    assert put(store, tmp_path, content)
    assert not put(store, tmp_path, content)
    digest = b3(content).hex()
    assert store.size(digest) == len(content)
    with store.open(digest) as file:
        file.seek(ONE_REQUEST - 3)
        assert file.read(9) == content[ONE_REQUEST - 3 : ONE_REQUEST + 6]


def test_what_is_not_reached_is_no_missing_file(stand_in, store):
    stand_in.refuses = 500, b""
    for _ in range(4):
        with pytest.raises(StoreError):
            store.exists(DIGEST)


@pytest.mark.parametrize(
    "lie",
    [
        pytest.param(lambda _: b"", id="nothing"),
        pytest.param(lambda part: part[:-1], id="fewer"),
        pytest.param(lambda part: part + b"x", id="more"),
        pytest.param(lambda part: part + bytes(32 << 20), id="many more"),
    ],
)
def test_row_49c_other_bytes_than_were_asked_for_are_not_taken(stand_in, store, tmp_path, lie):
    put(store, tmp_path)
    stand_in.lies = lie
    for ask in (lambda: store.read(DIGEST, 0, 100), lambda: store.arriving(DIGEST)):
        with pytest.raises(StoreError, match="other bytes than it was asked for"):
            ask()


def test_row_49c_a_piece_that_has_nothing_is_not_asked_for_again_and_again(
    stand_in, store, tmp_path
):
    content = bytes(PIECE + 1)
    put(store, tmp_path, content)
    _, pieces = store.arriving(b3(content).hex())
    assert len(next(pieces)) == PIECE
    stand_in.lies = lambda _: b""
    with pytest.raises(StoreError, match="other bytes"):
        next(pieces)


def test_row_49c_what_was_exchanged_after_it_was_checked_is_not_used(stand_in, store, tmp_path):
    put(store, tmp_path)
    files = Files(tmp_path / "artifacts", store)
    assert files.read(DIGEST) == CONTENT
    [name] = [name for name in stand_in.objects if DIGEST in name]
    stand_in.objects[name] = CONTENT[::-1]
    with pytest.raises(ExtractionError, match="is damaged"), files.local(DIGEST):
        pass


def test_addresses_of_other_kinds_are_errors_of_ours(tmp_path, monkeypatch):
    for name in [one for one in os.environ if one.startswith("AZURE_")]:
        monkeypatch.delenv(name)
    with pytest.raises(StorageError, match="can't be used"):
        ObjectStore(Address.parse("az://container/x"), tmp_path).claim("newsroom.example/x")
    with pytest.raises(InputError):
        Address.parse("http://bucket/prefix")
