"""docs/architecture.md against the tree: what it names is there, and no room is left out."""

import ast
import re
from configparser import ConfigParser
from itertools import pairwise
from pathlib import Path
from pkgutil import resolve_name

import pytest

PROJECT = Path(__file__).parents[2]
PAGES = {
    str(file.relative_to(PROJECT)): file.read_text()
    for pattern in ("*.md", "docs/*.md", "docs/adr/*.md", "docs/handbook/*.md")
    for file in PROJECT.glob(pattern)
}
PAGE = PAGES["docs/architecture.md"]
PICTURE = re.search(r"```text\n(.+?)```", PAGE, re.DOTALL)[1]
ROOMS = dict(re.findall(r"┌─ (\S+)/ ─(.+?)└", PICTURE, re.DOTALL))
FOLDERS = sorted(
    file.parent.relative_to(PROJECT)
    for room in ROOMS
    for file in (PROJECT / room).rglob("__init__.py")
)
"""Every package of the four rooms."""
TOPS = "bench|cli|db|docs|evidence|tests"
GROUPS = {"evidence_chain.kinds", "evidence_chain.extractors"}
"""The entry points, which are called as modules are."""
CONTRACTS = {
    "core": "evidence/evidence_chain",
    "database": "db/evidence_db",
    "pages": "db/evidence_datasette",
}
"""The room that each contract of .importlinter is about."""


def in_code(text):
    return [word for code in re.findall(r"`([^`\n]+)`", text) for word in code.split()]


def paths(text):
    """What is named in code as a path from the top of the repository: a file, or a folder/."""
    return [word for word in in_code(text) if re.fullmatch(rf"({TOPS})/.*(\.\w+|/)", word)]


@pytest.mark.parametrize("page", PAGES)
def test_every_path_that_is_named_is_there(page):
    assert [path for path in paths(PAGES[page]) if not (PROJECT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_module_that_is_named_is_there(page):
    for name in in_code(PAGES[page]):
        if re.fullmatch(r"evidence_(chain|db|datasette|cli)(\.\w+)+", name) and name not in GROUPS:
            assert resolve_name(name)


def test_the_two_ways_name_the_files_that_they_pass_through():
    for title in ("One quote", "One claim", "Where to add"):
        part = re.search(rf"## {title}.+?(?=\n## |\Z)", PAGE, re.DOTALL)[0]
        assert len(paths(part)) >= 8, title


@pytest.mark.parametrize("room", ROOMS)
def test_every_folder_of_a_room_is_in_its_picture(room):
    drawn = set(re.findall(r"(\w+)/", ROOMS[room]))
    there = {path.name for path in FOLDERS if path.parent == Path(room)}
    assert there <= drawn
    assert [name for name in drawn if not list((PROJECT / room).rglob(f"{name}/"))] == []


@pytest.mark.parametrize("contract", CONTRACTS)
def test_the_picture_stands_in_the_order_that_lint_holds(contract):
    linter = ConfigParser()
    linter.read(PROJECT / ".importlinter")
    layers = linter[f"importlinter:contract:{contract}"]["layers"].split("\n")
    lines = [line.strip("│ ").split("  ")[0] for line in ROOMS[CONTRACTS[contract]].splitlines()]

    def line_of(module):
        name = module.strip().rpartition(".")[2]
        found = [at for at, line in enumerate(lines) if name in re.findall(r"\w+", line)]
        assert len(found) == 1, f"{name} should stand in one line of the picture"
        return found[0]

    stands = [[line_of(one) for one in layer.split("|")] for layer in layers if layer]
    assert all(max(upper) <= min(lower) for upper, lower in pairwise(stands))


@pytest.mark.parametrize("folder", FOLDERS, ids=str)
def test_every_folder_says_what_it_is(folder):
    assert ast.get_docstring(ast.parse((PROJECT / folder / "__init__.py").read_text()))
