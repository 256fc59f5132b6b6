"""An edition that others made, and changes of it: the one holds, and all the others are refused."""

import json
import shutil

import pytest

from adversary import canonical
from chain.edition.changes import Changes
from editions import found
from evidence_chain.log.key import VerifierKey


@pytest.fixture
def expected(shared):
    """What is to be said of the example."""
    return json.loads(shared("edition-example.json").read_bytes())


@pytest.fixture
def example(shared):
    return shared("edition-example")


def brought(expected):
    """All that a user may bring to a check of the example."""
    return {
        "allowed_signers": "\n".join([*expected["allowed_signers"], ""]),
        "authorities": expected["tsa_root_pem"].encode(),
        "witnesses": (expected["witness"],),
    }


def keys(expected):
    named = {name: VerifierKey.parse(key) for name, key in expected["keys"].items()}
    return named | {"no key": None}


def test_the_example_by_each_key(example, expected):
    codes = {name: found(example, key=key).code for name, key in keys(expected).items()}
    assert codes == expected["expected"]["exit"]


def test_what_others_attest_in_the_example(example, expected):
    result = found(example, key=keys(expected)["first"], **brought(expected))
    assert result.code == 0
    said, told = expected["expected"], " / ".join(result.counted)
    for review in said["reviews"]:
        if review["stale_by"]:
            later = ", ".join(map(str, review["stale_by"]))
            entries = "entries" if "," in later else "entry"
            stale = f"review in entry {review['idx']} is stale: {entries} {later} came after"
            assert stale in told
        else:
            assert f"review in entry {review['idx']} is stale" not in told
        assert review["signed"] is None or f"reviews signed by {review['signed']}" in told
    assert result.counted["reviews without a signature"] == 2
    stamp, cosigned = said["timestamp"], said["cosignature"]
    assert f"time-stamp of {stamp['time']} by CN=" in told
    assert f"checkpoint {cosigned['size']} seen by witness.example/w1 at {cosigned['time']}" in told


@pytest.fixture
def changes(shared, tmp_path):
    """Makes a change of the example as it is listed, and returns where it lies."""
    shared("edition-twisted")
    return Changes(tmp_path, shared("edition-example"))


def test_every_change_of_the_example_is_refused_in_its_step(shared, expected, changes):
    """All in one test: they are more than two hundred, and each takes a few milliseconds."""
    listed = json.loads(shared("edition-refused.json").read_bytes())["mutations"]
    key = keys(expected)["first"]
    wrong = []
    for change in listed:
        path = changes.make(change)
        result = found(path, key=key, **(brought(expected) if change.get("needs") else {}))
        steps = {change["step"], *(change.get("or_step") or ())}
        if result.code != 1 or not steps & result.steps:
            wrong.append((change["name"], change["why"], result.code, result.details[:200]))
        if "do" in change:
            shutil.rmtree(path)
    assert not wrong
    assert len(listed) > 200


def test_no_change_of_the_example_passes_by_its_newest_key(shared, expected, changes):
    listed = json.loads(shared("edition-refused.json").read_bytes())["mutations"]
    key, more = keys(expected)["newest"], brought(expected)
    for change in listed:
        if change["step"] == 6:
            path = changes.make(change)
            assert found(path, key=key, **more).code == 1, change["why"]


def test_a_signed_review_of_which_the_time_is_withheld(example, expected, tmp_path):
    """That whose key it was then can't be told is counted, as all that is withheld."""
    path = tmp_path / "edition"
    shutil.copytree(example, path, copy_function=shutil.copyfile)
    log = path / "data/log.jsonl"
    lines = log.read_bytes().splitlines()
    line = json.loads(lines[22])
    del line["body"]["recorded_at"], line["salts"]["recorded_at"]
    lines[22] = canonical(line).encode()
    log.chmod(0o644)
    log.write_bytes(b"\n".join([*lines, b""]))
    key, signers = keys(expected)["first"], brought(expected)["allowed_signers"]
    result = found(path, key=key, allowed_signers=signers, everything=True)
    assert not {"review"} & (result.failed | result.missed)
    told = "signed reviews of which it is withheld when they were recorded"
    assert result.counted[told] == 1
