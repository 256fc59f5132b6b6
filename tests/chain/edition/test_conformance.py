"""An edition that others made, and changes of it: the one holds, and all the others are refused."""

import json
import os
import shutil
import tarfile

import pytest

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
            assert f"review in entry {review['idx']} is stale: entries {later} came after" in told
        else:
            assert f"review in entry {review['idx']} is stale" not in told
        assert review["signed"] is None or f"reviews signed by {review['signed']}" in told
    assert result.counted["reviews without a signature"] == 2
    stamp, cosigned = said["timestamp"], said["cosignature"]
    assert f"time-stamp of {stamp['time']} by CN=" in told
    assert f"checkpoint {cosigned['size']} seen by witness.example/w1 at {cosigned['time']}" in told


@pytest.fixture(scope="module")
def changes(request, tmp_path_factory):
    """Makes a change of the example as it is listed, and returns where it lies."""
    return Changes(tmp_path_factory.mktemp("changes"))


class Changes:
    def __init__(self, home):
        self.home = home

    def make(self, change, shared):
        if "archive" in change:
            return self._unpacked(change["archive"], shared) / change["folder"]
        path = self.home / change["name"]
        shutil.copytree(shared("edition-example"), path, copy_function=shutil.copyfile)
        for folder, *_ in os.walk(path):
            os.chmod(folder, 0o755)
        for step in change["do"]:
            step = {"path": path / step["file"], "base": path, "shared": shared, **step}
            DO[step["op"]](step)
        return path

    def _unpacked(self, archive, shared):
        path = self.home / f"{archive.rpartition('/')[2]}.d"
        if not path.exists():
            with tarfile.open(shared(archive)) as file:
                file.extractall(path, filter="data")
        return path


def put(step):
    return bytes.fromhex(step["hex"]) if "hex" in step else step.get("text", "").encode()


def edit(step):
    data = bytearray(step["path"].read_bytes())
    for one in reversed(step["edits"]):
        data[one["at"] : one["at"] + one["cut"]] = put(one) * one.get("times", 1)
    step["path"].write_bytes(data)


def with_folder(do):
    def done(step):
        step["path"].parent.mkdir(parents=True, exist_ok=True)
        do(step)

    return done


def delete(step):
    path = step["path"]
    path.unlink()
    while (path := path.parent) != step["base"] and not any(path.iterdir()):
        path.rmdir()


DO = {
    "edit": edit,
    "write": with_folder(lambda step: step["path"].write_bytes(put(step))),
    "copy": with_folder(
        lambda step: shutil.copyfile(step["shared"]("edition-example") / step["of"], step["path"])
    ),
    "delete": delete,
    "mkdir": lambda step: step["path"].mkdir(parents=True),
    "symlink": with_folder(lambda step: step["path"].symlink_to(step["to"])),
    "hardlink": with_folder(lambda step: os.link(step["base"] / step["to"], step["path"])),
    "fifo": with_folder(lambda step: os.mkfifo(step["path"])),
}


def test_every_change_of_the_example_is_refused_in_its_step(shared, expected, changes):
    """All in one test: they are more than two hundred, and each takes a few milliseconds."""
    listed = json.loads(shared("edition-refused.json").read_bytes())["mutations"]
    key = keys(expected)["first"]
    wrong = []
    for change in listed:
        path = changes.make(change, shared)
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
            path = changes.make({**change, "name": f"{change['name']}-newest"}, shared)
            assert found(path, key=key, **more).code == 1, change["why"]
