"""The commands of docs/check-it-yourself.md, run as they stand there."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from editions import flipped

PAGE = (Path(__file__).parents[2] / "docs" / "check-it-yourself.md").read_text()
FIRST, *BLOCKS = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
B3SUM = """#!{python}
import sys
from blake3 import blake3

context = sys.argv[sys.argv.index("--derive-key") + 1] if "--derive-key" in sys.argv else None
with open(sys.argv[-1], "rb") as file:
    print(blake3(file.read(), derive_key_context=context).hexdigest())
"""


@pytest.fixture(scope="module")
def programs(tmp_path_factory):
    """A search path on which all that the page needs is found."""
    missing = [name for name in ("bash", "openssl", "sha256sum") if not shutil.which(name)]
    if missing:
        reason = f"{', '.join(missing)} is not installed."
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    folder = tmp_path_factory.mktemp("programs")
    if not shutil.which("b3sum"):
        (folder / "b3sum").write_text(B3SUM.format(python=sys.executable))
        (folder / "b3sum").chmod(0o755)
    return f"{folder}:{os.environ['PATH']}"


@pytest.fixture
def follow(programs, tmp_path):
    """Does what the page says, and returns exit code and output."""

    def run(edition, key=None):
        (tmp_path / "work").mkdir(exist_ok=True)
        script = "set -o pipefail\n" + "\n".join(BLOCKS)
        found = {"KEY": str(key or edition.key.verifier), "W": str(tmp_path / "work")}
        done = subprocess.run(
            ["bash", "-eu", "-c", script],
            cwd=edition.path,
            env={"PATH": programs, "LANG": "C.UTF-8", **found},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout

    return run


def test_the_first_commands_are_those_that_a_reader_fills_in():
    assert [line.partition("=")[0] for line in FIRST.splitlines()] == ["cd edition", "KEY", "W"]


def test_an_edition_that_holds(editions, follow):
    expected = "".join(re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL))
    for edition in editions.values():
        assert follow(edition) == (0, expected)


def test_under_another_key(edition, follow):
    other = edition.key.generate(edition.key.name).verifier
    assert follow(edition, other)[0] != 0


def test_what_the_files_are_not(edition, follow):
    edition.write("data/README.txt", flipped(edition.read("data/README.txt"), 9))
    assert follow(edition)[0] != 0


@pytest.mark.parametrize("name", ["data/site/page.html", "more.txt"])
def test_a_file_more(edition, follow, name):
    edition.write(name, b"more")
    assert follow(edition)[0] != 0


def drop_a_line(edition):
    edition.write("data/log.jsonl", b"".join(edition.read("data/log.jsonl").splitlines(True)[1:]))


def change_a_proof(edition):
    name = next(name for name in edition.files if "proofs/" in name)
    text = edition.read(name).decode().split("\n")
    text[3] = text[4]
    edition.write(name, "\n".join(text).encode())


def rename_a_proof(edition):
    name = next(name for name in edition.files if "proofs/" in name)
    edition.write(f"data/proofs/{'0' * 64}.tlog-proof", edition.read(name))


def change_a_file(edition):
    name = next(name for name in edition.files if "artifacts/" in name)
    edition.write(name, flipped(edition.read(name), 0))


def move_a_passage(edition):
    edition.write(
        "data/log.jsonl", edition.read("data/log.jsonl").replace(b'"start":', b'"start":1')
    )


def sign_another_checkpoint(edition):
    text = edition.read("data/checkpoint").decode()
    edition.write("data/checkpoint", text.replace("\n28\n", "\n27\n").encode())


CHANGES = (
    *(drop_a_line, change_a_proof, rename_a_proof, change_a_file, move_a_passage),
    sign_another_checkpoint,
)


@pytest.mark.parametrize("change", CHANGES)
def test_what_its_own_key_signed_again(edition, follow, change):
    """Each part of the page finds something."""
    change(edition)
    edition.seal()
    assert follow(edition)[0] != 0
