"""(e) From the return key to the answer."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

from bench.measure import alternating, command
from bench.program import evidence
from bench.results import Finding, Section

if TYPE_CHECKING:
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


def measure(bench: Workbench) -> Section:
    """Start the program for the least that it can do, and for a claim of a small case."""
    hello = bench.directory / "hello.py"
    hello.write_text(_HELLO)
    smallest, links = bench.case(bench.sizes[0]), bench.links[0]
    claim = ("resolve", f"claim-with-{links}-links", "--case", smallest)
    findings = []
    for what, words, plain, aim, why in (
        ("--version", ("--version",), ["--version"], 1.1, "Every import counts here."),
        ("--help", ("--help",), ["--help"], 1.15, "Every import counts here."),
        ("resolve", claim, [], 1.25, _WHY_RESOLVE.format(links=links)),
    ):
        runs = alternating(
            {
                "evidence": partial(evidence, *words),
                "hello": partial(command, [sys.executable, str(hello), *plain], bench.directory),
            },
            5 * bench.rounds,
        )
        against = " ".join(["a click hello-world", *plain])
        findings.append(
            Finding(f"evidence {what}", runs["evidence"], against, runs["hello"], aim, why)
        )
    return Section(
        "e",
        "Starting",
        "A process from its start to its end, by turns with a program of one click command. "
        f"`resolve` is of a claim with {links} links among {bench.sizes[0]:,} records.",
        tuple(findings),
    )
