"""What README and the reference show of the program, made by running it (cog calls this)."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import click

from evidence_cli.main import COMMANDS, main

ROOT = Path(__file__).resolve().parents[2]
RANDOM = re.compile(
    r"\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{44}|\b[0-9a-f]{64}\b|\b[0-9a-f]{8}\b"
    r"|[A-Za-z0-9+/]{43}=|— \S+ [A-Za-z0-9+/=]{80,}|\d{4}-\d\d-\d\dT[\d:]+Z"
    r"|(?<=Searched for )\d+(?= withheld value)"
)
"""What differs from run to run. How many values are searched for depends on whether two records
were made within one second, so that a withheld time is also a published one."""


@cache
def demo() -> str:
    """The output of `evidence demo`, as README has it if nothing but chance differs.

    Ids, digests, signatures and times differ from run to run. Where they alone do, the text
    that README has is returned, so that a check of it does not fail by chance. What a machine
    can't confine parsers by is left out.
    """
    command = [sys.executable, "-m", "evidence_cli", "demo"]
    fresh = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    fresh = re.sub(r"^Parsers are not confined by .*\n", "", fresh, flags=re.MULTILINE)
    shown = re.search(r"```console\n(.*?)\n```", (ROOT / "README.md").read_text(), re.DOTALL)
    if shown and masked(shown[1]) == masked(fresh):
        fresh = shown[1]
    return f"```console\n{fresh}\n```"


def demo_end() -> str:
    """The end of that output: what was published is checked, changed, and refused."""
    _, _, end = demo().partition("# With the file as it was")
    return f"```text\n# With the file as it was{end}"


def verifier() -> str:
    """The digest of verify.html."""
    from evidence_chain.edition.browser import digest

    return f"The SHA-256 of this version's `verify.html`:\n\n    {digest()}"


def masked(text: str) -> str:
    """`text` without what is random in it."""
    return RANDOM.sub("…", text)


def reference() -> str:
    """The help of every command."""
    parts = []
    for path in _commands():
        help_ = _help(path)
        parts.append(f"## evidence {' '.join(path)}\n\n```text\n{help_}\n```")
    return "\n\n".join(parts)


def _commands() -> list[list[str]]:
    paths = []
    for name in COMMANDS:
        paths.append([name])
        group = main.get_command(click.Context(main), name)
        if isinstance(group, click.Group):
            paths += [[name, sub] for sub in group.list_commands(click.Context(group))]
    return paths


def _help(path: list[str]) -> str:
    command: click.Command = main
    context = click.Context(main, info_name="evidence", terminal_width=90)
    for name in path:
        group = command
        command = group.get_command(context, name) if isinstance(group, click.Group) else command
        context = click.Context(command, info_name=name, parent=context, terminal_width=90)
    return command.get_help(context).rstrip()


def case_file_lists() -> str:
    """The lists of a case file with what their items may have, made from the kinds."""
    from evidence_chain import kinds
    from evidence_db.recording.importing.case_file import LISTS, fields_of

    fields = {"documents": kinds.ARTIFACT, "originals": kinds.ORIGINAL}
    lines = ["| list | keys | fields |", "| --- | --- | --- |"]
    for name, keys in LISTS.items():
        own = _listed(fields_of(fields[name])) if name in fields else ""
        every = "those of its kind, below" if name == "evidence" else own
        lines.append(f"| `{name}` | {_listed(keys)} | {every} |")
    return "\n".join(lines)


def case_file_kinds() -> str:
    """Every kind of evidence with the fields that a case file may fill in."""
    from evidence_chain.kinds import evidence_kinds
    from evidence_db.recording.importing.case_file import fields_of

    lines = ["| `kind` | fields | stands in |", "| --- | --- | --- |"]
    for name, kind in sorted(evidence_kinds().items()):
        where = _listed(kind.media_types) or "any document"
        lines.append(f"| `{name}` | {_listed(fields_of(kind))} | {where} |")
    return "\n".join(lines)


def table_columns() -> str:
    """Every column that a table of quotes may have."""
    from evidence_db.recording.importing.csv_file import columns

    lines = ["| column | what it holds |", "| --- | --- |"]
    lines += [f"| `{name}` | {help_} |" for name, help_ in columns().items()]
    return "\n".join(lines)


def _listed(names: object) -> str:
    return " ".join(f"`{name}`" for name in names)  # type: ignore[attr-defined]
