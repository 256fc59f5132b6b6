"""(e) From the return key to the answer."""

from __future__ import annotations

import json
import sys
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

from bench.measure import Run, alternating, command
from bench.program import evidence
from bench.results import Finding, Section

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.workbench import Workbench

_HELLO = '''\
import sys

import click


@click.command()
@click.version_option("1.0", prog_name="hello")
def main():
    """Say hello."""
    click.echo("Hello, world")


if __name__ == "__main__":
    sys.exit(main())
'''
_WHY_RESOLVE = (
    "The claim has {links} links: their records, files and passages are checked, for which "
    "`resolve` loads sqlite3, blake3, orjson and cryptography."
)


_TURNS = 5
"""Runs of each command in a round, where there are several."""
_PASSAGE = "Nobody asked where the cameras would stand."


def measure(bench: Workbench) -> Section:
    """Start the program for the least that it can do, and for one thing in a small case."""
    (bench.directory / "hello.py").write_text(_HELLO)
    smallest, links = bench.case(bench.sizes[0]), bench.links[0]
    claim = ("resolve", f"claim-with-{links}-links", "--case", smallest)
    findings = []
    for what, words, plain, aim, why in (
        ("--version", ("--version",), ["--version"], 1.1, "Every import counts here."),
        ("--help", ("--help",), ["--help"], 1.15, "Every import counts here."),
        ("resolve", claim, [], 1.25, _WHY_RESOLVE.format(links=links)),
    ):
        run = partial(evidence, *words)
        findings.append(_against_hello(bench, what, run, plain, aim, why))
    findings += [_against_hello(bench, what, run, []) for what, run in _recording(bench).items()]
    return Section(
        "e",
        "Starting",
        "A process from its start to its end, by turns with a program of one click command. "
        f"`resolve` is of a claim with {links} links among {bench.sizes[0]:,} records; the "
        "others record one thing each in a small case, a quote of a plain text.",
        tuple(findings),
    )


def _against_hello(
    bench: Workbench,
    what: str,
    run: Callable[[], Run],
    plain: list[str],
    aim: float | None = None,
    why: str = "",
) -> Finding:
    hello = [sys.executable, str(bench.directory / "hello.py"), *plain]
    runs = alternating(
        {"evidence": run, "hello": partial(command, hello, bench.directory)}, bench.turns(_TURNS)
    )
    against = " ".join(["a click hello-world", *plain])
    return Finding(f"evidence {what}", runs["evidence"], against, runs["hello"], aim, why)


def _recording(bench: Workbench) -> dict[str, Callable[[], Run]]:
    """Commands that record one thing, and another one whenever they are run."""
    home, numbers = bench.directory / "recording", count()
    home.mkdir()
    (home / "text.txt").write_text(f"{_PASSAGE}\n")
    quote = {"key": "E", "kind": "quote", "document": "D", "text": _PASSAGE}
    claims = [
        {"slug": f"claim-{number}", "statement": f"Claim {number}"}
        for number in range(2 + bench.turns(_TURNS))
    ]
    documents = [{"key": "D", "file": "text.txt"}]
    lists = {"documents": documents, "evidence": [quote], "claims": claims}
    (home / "case.json").write_text(json.dumps(lists))
    case = ("--case", str(home / "case"))
    evidence("init", str(home / "case"), "--origin", "bench.example/case")
    evidence("import", str(home / "case.json"), *case)
    add = ("add", "quote", *case, "--artifact", "@1", "--text", _PASSAGE, "--note")
    linked = count()
    return {
        "add quote": lambda: evidence(*add, str(next(numbers))),
        "link": lambda: evidence("link", *case, "@2", f"claim-{next(linked)}", "--supports"),
        "claim": lambda: evidence("claim", *case, f"further-{next(numbers)}", "A further claim"),
    }
