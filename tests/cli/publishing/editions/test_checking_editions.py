"""`evidence check`: exit codes, what is told, and that it needs neither a case nor its database."""

import json
import subprocess
import sys
import zipfile

import pytest

from adversary import flip
from cases import CaseDir
from editions import ALL_SHOWN, below, flipped, publish


@pytest.fixture
def reader(tmp_path):
    """Somebody who has no case."""
    return CaseDir(tmp_path / "nobody")


@pytest.fixture
def others(shared):
    """An edition that others made, and what is to be said of it."""
    return shared("edition-example"), json.loads(shared("edition-example.json").read_bytes())


def test_an_edition_of_others_by_each_key(others, reader):
    path, said = others
    for name, code in said["expected"]["exit"].items():
        key = ("--key", said["keys"][name]) if name in said["keys"] else ()
        report = reader.json("check", path, *key, code=code)
        assert report["edition"]["origin"] == said["origin"]
        assert report["edition"]["size"] == said["expected"]["counts"]["entries"]
    assert report["outcome"] == "not-checked"


def test_what_others_attest_is_told(others, reader, tmp_path):
    path, said = others
    (tmp_path / "signers").write_text("\n".join([*said["allowed_signers"], ""]))
    (tmp_path / "tsa.pem").write_text(said["tsa_root_pem"])
    words = ("--allowed-signers", tmp_path / "signers", "--tsa", tmp_path / "tsa.pem")
    words += ("--witness", said["witness"], "--key", said["keys"]["first"])
    report = reader.json("check", path, *words)
    expected, counted = said["expected"], report["counted"]
    counts = expected["counts"]
    assert counted["records that are withheld"] == counts["withheld"]
    assert counted["records of which fields are withheld"] == counts["partly"]
    assert counted["records that were erased"] == counts["erased"]
    assert counted["files that are not here"] == expected["absent"]
    held = {one["check"]: one["count"] for one in report["checks"] if one["outcome"] == "holds"}
    assert held["signature"] == len(expected["checkpoints"])
    assert held["review"] == len(expected["reviews"])
    assert held["timestamp"] == held["cosignature"] == 1
    assert report["absent"] == ["what was seen before (--seen)"]


def test_what_was_not_given_is_named(edition, reader):
    report = reader.json("check", edition.path, code=3)
    told = " ".join(report["absent"])
    assert all(word in told for word in ("--seen", "--tsa", "--witness", "--allowed-signers"))
    missed = {one["check"] for one in report["checks"] if one["outcome"] == "not-checked"}
    assert missed == {"edition-signature", "signature"}


def test_people_are_told_step_by_step(edition, reader):
    said = reader.run("check", edition.path, "--key", edition.key.verifier).output
    for line in ("files and names", "the note, every file", "database, tiles, proofs"):
        assert line in said
    assert "by which it is cited" in said
    assert "publisher's word, signed and compared with nothing" in said
    assert "0 failed, 0 could not be made" in said


def test_a_changed_file_ends_it_and_all_goes_on(edition, reader):
    edition.write("data/README.txt", flipped(edition.read("data/README.txt"), 0))
    key = ("--key", edition.key.verifier)
    report = reader.json("check", edition.path, *key, code=1)
    assert {one["check"] for one in report["checks"]} <= {"layout", "note", "manifest", "payload"}
    assert "the log and all else" in " ".join(report["absent"])
    report = reader.json("check", edition.path, *key, "--all", code=1)
    assert "edition-signature" in {one["check"] for one in report["checks"]}
    failed = reader.run("check", edition.path, *key, "--quiet", code=1).output.split()
    assert failed == ["data/README.txt"]


def test_a_changed_file_is_named_by_its_title(edition, reader, publisher):
    """So is the text that was drawn from it; where the log was changed, too, its words are none."""
    key = ("--key", edition.key.verifier)
    digest, title = (publisher.body("article")[name] for name in ("blake3", "title"))
    flip(edition.path / f"data/artifacts/{digest[:2]}/{digest}")
    said = " ".join(reader.run("check", edition.path, *key, code=1).output.split())
    assert f"not what was signed. It is of: {title}" in said
    flip(edition.path / "data/log.jsonl")
    assert title not in reader.run("check", edition.path, *key, code=1).output


@pytest.mark.parametrize(
    "words",
    [
        ("--key", "no key"),
        ("--seen", "gone"),
        ("--tsa", "gone"),
        ("--allowed-signers", "gone"),
        ("--witness", "no key"),
        ("--most-files", "0"),
    ],
)
def test_wrong_use(edition, reader, words):
    reader.run("check", edition.path, *words, code=2)


def packed(edition, path):
    with zipfile.ZipFile(path, "w") as archive:
        for name in edition.files:
            archive.writestr(name, edition.read(name))
    return path


def test_an_edition_seen_before(grown, editions, reader, tmp_path):
    """By its directory, its ZIP, its note or its checkpoint."""
    whole = editions["whole"]
    zipped = packed(whole, tmp_path / "whole.zip")
    places = (whole.path, whole.path / "edition.note", whole.path / "data/checkpoint")
    for place in (*places, zipped):
        words = ("--key", grown.key.verifier, "--seen", place)
        report = reader.json("check", grown.path, *words)
        held = {one["check"] for one in report["checks"] if one["outcome"] == "holds"}
        assert "seen" in held
    words = ("--key", grown.key.verifier, "--seen", grown.path)
    told = " ".join(reader.run("check", whole.path, *words, code=1).stdout.split())
    assert "this one is older, was cut, or is another log. Check the newer one" in told


def test_fields_that_were_disclosed_before_and_are_no_more(selected, editions, reader):
    """They are counted, and are no failure."""
    words = ("--key", selected.key.verifier, "--seen", editions["whole"].path)
    counted = reader.json("check", selected.path, *words)["counted"]
    before = editions["whole"].lines
    hidden = [one["idx"] for one in selected.said["withheld"] if one["idx"] < len(before)]
    lost = sum(len(before[index]["body"]) for index in hidden)
    (told,) = [name for name in counted if "were disclosed" in name]
    assert counted[told] == lost
    whole = reader.json("check", editions["grown"].path, *words).get("counted", {})
    assert not [name for name in whole if "were disclosed" in name]


def test_an_earlier_edition_that_can_not_be_compared_is_not_passed_over(
    selected, editions, reader, tmp_path
):
    older = editions["whole"].copy_to(tmp_path / "older")
    older.write("data/log.jsonl", b"{\n" * 27)
    words = ("--key", selected.key.verifier, "--seen", older.path)
    report = reader.json("check", selected.path, *words, code=3)
    (missed,) = [one for one in report["checks"] if one["outcome"] == "not-checked"]
    assert missed["check"] == "seen"


HEAVY = {"sqlmodel", "sqlalchemy", "pydantic", "datasette", "pypdfium2"}


@pytest.mark.parametrize(
    "program",
    [
        "import evidence_chain.edition.checking.run",
        "from evidence_cli.main import main; main(sys.argv[1:], standalone_mode=False)",
    ],
)
def test_a_check_loads_neither_models_nor_pages_nor_parsers(edition, program):
    told = "print(' '.join({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    script = f"import sys\ntry:\n    {program}\nfinally:\n    {told}"
    words = [sys.executable, "-c", script, "check", edition.path]
    words += ["--key", str(edition.key.verifier)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    loaded = set(done.stderr.splitlines()[-1].split())
    assert "evidence_chain" in loaded
    assert not loaded & HEAVY


def test_another_directory_is_no_broken_edition(edition, reader, tmp_path):
    said = reader.run("check", edition.path / "data", code=2).output
    assert f"The directory above it is one: {edition.path}" in " ".join(said.split())
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/letter.txt").write_text("A letter")
    assert "is no edition" in reader.run("check", tmp_path / "docs", code=2).output


@pytest.mark.parametrize(
    "words",
    [("verify",), ("verify", "board-knew"), ("policy",), ("status",), ("claim", "x", "y")],
)
def test_what_is_done_in_a_case_alone_names_what_checks_an_edition(edition, reader, words):
    before = below(edition.path)
    said = " ".join(reader.run(*words, "--case", edition.path, code=2).stderr.split())
    assert (
        f"is an edition, which nobody changes. To check it: evidence check {edition.path}" in said
    )
    assert below(edition.path) == before


def test_an_edition_is_found_from_its_own_directory(edition, reader, monkeypatch):
    monkeypatch.setattr(CaseDir, "environment", {"EVIDENCE_CASE": ""})
    monkeypatch.chdir(edition.path)
    assert "board-knew" in reader.run("list", "claim").output
    assert "is an edition" in reader.run("verify", code=2).stderr


def test_the_digest_is_not_told_over_files_that_are_not_those_signed(edition, reader):
    key = ("--key", edition.key.verifier)
    (digest,) = {reader.json("check", edition.path, *key)["edition"]["digest"]}
    assert digest in reader.run("check", edition.path, *key).output
    edition.write("data/README.txt", b"Other words")
    assert digest not in reader.run("check", edition.path, *key, code=1).output


def test_a_published_claim_that_was_retracted_is_counted(invented, reader, tmp_path):
    invented.run("retract", "board-knew", "--reason", "Tested", "--yes")
    invented.run("checkpoint")
    made = publish(invented, tmp_path / "edition", words=ALL_SHOWN)
    counted = reader.json("check", made.path, "--key", made.key.verifier)["counted"]
    assert counted["published claims that were retracted"] == 1


@pytest.mark.parametrize(
    "found", ["", "%PDF-1.7 not a checkpoint", "tlog of nobody\nwith 3 entries"]
)
def test_what_is_neither_checkpoint_nor_edition_was_not_seen_before(
    edition, reader, tmp_path, found
):
    """It is wrong use, and says nothing against the edition."""
    other = tmp_path / "seen"
    other.write_text(found)
    said = reader.run("check", edition.path, "--seen", other, code=2).stderr
    assert "neither a checkpoint nor an edition" in said
    assert (found.partition("\n")[0] or "it is empty") in said
    (folder := tmp_path / "folder").mkdir()
    assert "no edition" in reader.run("check", edition.path, "--seen", folder, code=2).stderr
