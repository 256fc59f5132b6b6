"""The handbook: its commands answer as it says, and what is wrong with a page fails its build."""

import os
import re
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import click
import pytest
import self_contained
from walking import FIRST, HANDBOOK, LATER, ROOT, Walker

from evidence_chain.extract.guard.isolation import Isolation
from evidence_cli.main import main
from evidence_db.verifying.spread import asking as verifying

MEND = "If the answer is right and the page is not: make pages."
PAGES = [ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *HANDBOOK.glob("*.md")]
INDEX = "# Index\n\n```{toctree}\n:caption: All\n\npage\n```\n"
PAGE = """# Page

[Right](index.md#index), [wrong](nowhere.md), [wrong](index.md#none), ![wrong](none.png)

<img src="https://elsewhere.example/x.png">

    $ code
"""
WRONG = (
    *("'nowhere.md'", "'none'", "none.png", "alone.md: WARNING: document isn't included"),
    "page.html loads https://elsewhere.example/x.png",
)
"""What is said of these pages; the last of it, when all of them are built."""


@pytest.fixture(scope="module")
def ada(tmp_path_factory):
    """Somebody who did the tutorial, on a machine that confines little; what it should say."""
    walker = Walker(tmp_path_factory.mktemp("ada"))
    with patch.object(verifying, "isolation", lambda: Isolation([], ["seccomp"])):
        return walker, walker.follow(FIRST.read_text())


def test_the_tutorial_says_what_its_commands_answer(ada):
    assert ada[1] == FIRST.read_text(), MEND


@pytest.mark.parametrize("page", LATER, ids=lambda page: page.stem)
def test_a_page_says_what_its_commands_answer(page, ada, tmp_path):
    text = page.read_text()
    assert ada[0].go_on(tmp_path / "home").follow(text) == text, MEND


def test_every_page_with_commands_is_followed():
    pages = {
        page for page in HANDBOOK.glob("*.md") if re.search("```(console|sh)", page.read_text())
    }
    assert pages == {FIRST, *LATER}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_is_named_in_a_sentence_is_there(page):
    for named in re.findall(r"`evidence ([a-z][^`]*)`", page.read_text()):
        name, *words = named.split()
        command, context = main.get_command(click.Context(main), name), click.Context(main)
        assert command, named
        if isinstance(command, click.Group) and words and not words[0].startswith("-"):
            command = command.get_command(context, words[0])
            assert command, named
        known = {option for one in command.get_params(context) for option in one.opts}
        known |= {option for one in command.get_params(context) for option in one.secondary_opts}
        assert {word for word in words if word.startswith("--")} <= known, named


@pytest.mark.parametrize(
    "wrong",
    [
        "```console\n$ evidence list\nNothing.\n```",
        "```console\n$ echo 00000001 00000002\n00000001 00000001\n```",
        "```console\n$ echo 00000001 00000001\n00000001 00000002\n```",
        "```console\n$ cat note.txt\nSomething else\n```",
    ],
)
def test_a_wrong_answer_is_noticed(wrong, tmp_path):
    walker = Walker(tmp_path)
    page = f"Save this as `note.txt`:\n\n```text\nA note\n```\n\n{wrong}\n"
    assert walker.follow(page) != page


def test_a_command_without_an_answer_must_not_fail(tmp_path):
    with pytest.raises(ValueError, match="There is no file nowhere"):
        Walker(tmp_path).follow("```sh\nevidence locate nowhere --text x\n```\n")


def test_what_is_wrong_with_a_page_fails_the_build(tmp_path):
    place = tmp_path / "docs"
    place.mkdir()
    pages = {"index": INDEX, "page": PAGE, "alone": "# Nobody leads here\n"}
    for name, text in pages.items():
        (place / f"{name}.md").write_text(text)
    words = ("-q", "-W", "--keep-going", "-c", ROOT / "docs" / "making", place, tmp_path / "site")
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", *words],
        env=os.environ | {"TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode
    for wrong in WRONG:
        assert wrong in done.stderr
    assert done.stderr.count("WARNING") == len(WRONG) - 1
    built = (tmp_path / "site" / "page.html").read_text()
    assert 'role="heading" aria-level="2"' in built
    assert '<pre tabindex="0">' in built


@pytest.mark.parametrize(
    ("text", "is_fine"),
    [
        ('<link rel="stylesheet" href="style.css"><img src="data:image/png;base64,AA">', True),
        ('<a href="https://elsewhere.example">there</a><link rel="next" href="/x">', True),
        ('<link rel="preload stylesheet" href="//elsewhere.example/x.css">', False),
        ('<link rel="icon" href="https://elsewhere.example/x.ico">', False),
        ('<script src="http://elsewhere.example/x.js"></script>', False),
        ('<img srcset="style.css 1x, https://elsewhere.example/x.png 2x">', False),
        ('<iframe src="nowhere.html"></iframe>', False),
        ("<style>@import 'https://elsewhere.example/x.css'</style>", False),
        ('<p style="background: url(//elsewhere.example/x.png)">', False),
        ('<img src="../outside.png">', False),
    ],
)
def test_pages_load_only_what_lies_beside_them(text, is_fine, tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    (tmp_path / "outside.png").touch()
    (site / "style.css").write_text("p { color: red }")
    (site / "page.html").write_text(text)
    found = list(self_contained.missing(site))
    assert [file for file, _ in found] == ([] if is_fine else [Path("page.html")])
    (site / "style.css").write_text("@font-face { src: url('https://elsewhere.example/f.woff2') }")
    assert (Path("style.css"), "https://elsewhere.example/f.woff2") in self_contained.missing(site)
