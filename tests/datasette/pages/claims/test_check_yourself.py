"""The lines by which a reader checks a page are right to copy: each is run as it stands there."""

import os
import re
import shutil
import subprocess
import sys
from html import unescape

import pytest

from adversary import flip, tampering
from editions import ALL_SHOWN, publish

NAME = "it's a $(file) `named` so.txt"
SAID = 'It\'s "said" of the quay: $HOME `pwd`.'


@pytest.fixture(scope="module")
def shown(template, tmp_path_factory):
    case = template.copy_to(tmp_path_factory.mktemp("lines") / "case")
    (case.home / NAME).write_text(SAID)
    case.ids["odd"] = case.json("quote", case.home / NAME, SAID, "--supports", "board-knew")["id"]
    case.run("checkpoint")
    return case


@pytest.fixture(scope="module")
def tools(tmp_path_factory):
    """A folder with `evidence`, and `b3sum` where that is not installed."""
    folder = tmp_path_factory.mktemp("bin")
    program = folder / "evidence"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m evidence_cli "$@"\n')
    program.chmod(0o755)
    return folder


@pytest.fixture
def run(shown, tools):
    def follow(lines, folder):
        environment = os.environ | shown.environment | {"KEY": shown.vkey}
        environment |= {"PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"}
        found = []
        for line in lines:
            if "b3sum" in line and not shutil.which("b3sum"):
                continue
            words = ["bash", "-euc", line]
            done = subprocess.run(
                words, cwd=folder, env=environment, capture_output=True, text=True, check=False
            )
            found.append((line, done.returncode, done.stdout + done.stderr))
        return found

    return follow


def lines_on(html):
    (block,) = re.findall(r'<pre class="shell" tabindex="0">(.*?)</pre>', html, re.DOTALL)
    return unescape(block).split("\n")


def test_a_file_and_a_passage_in_it_are_checked_beside_the_file(site, run, tmp_path):
    id_ = site.case.ids["odd"]
    record = site.json(f"/evidence/-/record/{id_}.json")
    document = record["passage"]["document"]["id"]
    sent = site.ask(f"/evidence/-/file/{document}")
    name = re.search('filename="(.*)"', sent.headers["content-disposition"])[1]
    (tmp_path / name).write_bytes(sent.content)
    lines = lines_on(site.text(f"/evidence/-/record/{id_}"))
    assert lines[:2] == lines_on(site.text(f"/evidence/-/document/{document}"))
    done = run(lines, tmp_path)
    assert [code for _, code, _ in done] == [0] * len(lines)
    flip(tmp_path / name)
    assert all(code == 1 for _, code, _ in run(lines, tmp_path))


def test_a_claim_and_the_case_are_checked_in_a_copy_of_the_case(site, run, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(site.case.root, copy)
    lines = lines_on(site.text("/evidence/-/claim/board-knew"))
    lines += lines_on(site.text("/evidence/-/claims"))
    assert {"resolve", "verify", "proof", "check"} <= {line.split()[1] for line in lines}
    done = run(lines, copy)
    assert [(line, code) for line, code, _ in done if code] == [], done


def test_an_edition_its_database_and_its_files_are_checked(site, run, tmp_path, serve):
    """As it is served, and by its own pages."""
    edition = publish(site.case, tmp_path / "out", words=(*ALL_SHOWN, "--site"))
    pages = edition.path / "data/site"
    claim = site.case.json("show", "board-knew")["id"]
    lines = lines_on((pages / f"claim/{claim}.html").read_text())
    lines += lines_on((pages / f"record/{site.case.ids['odd']}.html").read_text())
    assert any("evidence.db" in line for line in lines)
    served = serve(site.case, [edition.path / "data/evidence.db"])
    assert lines_on(served.text("/evidence/-/claims")) == lines[1:5]
    assert lines_on(served.text("/evidence/-/claim/board-knew")) == lines[:5]
    done = run(lines, edition.path)
    assert [(line, code) for line, code, _ in done if code] == [], done
    with (edition.path / "data/evidence.db").open("ab") as file:
        file.write(b"\0")
    failed = [line for line, code, _ in run(lines, edition.path) if code]
    assert [line for line in failed if "evidence.db" in line or line.startswith("evidence check .")]


@pytest.mark.parametrize("name", ["-", "--text", "-z.txt", "the\u3164list.txt"])
def test_a_file_called_like_an_option_or_the_keyboard_is_checked(
    invented, serve, run, tmp_path, name
):
    (invented.home / name).write_text(f"It is said so in {name}.")
    id_ = invented.json("quote", invented.home / name, "It is said so")["id"]
    invented.run("checkpoint")
    site = serve(invented)
    document = site.json(f"/evidence/-/record/{id_}.json")["passage"]["document"]["id"]
    sent = site.ask(f"/evidence/-/file/{document}")
    sent_as = re.search('filename="(.*)"', sent.headers["content-disposition"])[1]
    (tmp_path / sent_as).write_bytes(sent.content)
    done = run(lines_on(site.text(f"/evidence/-/record/{id_}")), tmp_path)
    assert [(line, code) for line, code, _ in done if code] == [], done


@pytest.mark.parametrize("slug", ["--case=/elsewhere", "a\nb", "$(b)"])
def test_a_claim_whose_short_name_was_changed_to_more_than_a_name_is_called_by_its_id(
    invented, serve, slug
):
    claim = invented.json("show", "board-knew")
    with tampering(invented) as db:
        change = "UPDATE claim SET body = json_set(body, '$.slug', ?) WHERE slug = 'board-knew'"
        db.execute(change, (slug,))
    lines = lines_on(serve(invented).text(f"/evidence/-/claim/{claim['id']}"))
    assert lines[0] == f"evidence resolve {claim['id']}"
    assert slug not in "\n".join(lines)


def test_a_letter_changed_in_the_log_fails_a_line_that_needs_no_program_of_ours(
    site, run, tmp_path, serve
):
    edition = publish(site.case, tmp_path / "out", day=2)
    lines = lines_on(
        serve(site.case, [edition.path / "data/evidence.db"]).text("/evidence/-/claims")
    )
    plain = [line for line in lines if "sha256sum" in line]
    assert [code for _, code, _ in run(plain, edition.path)] == [0] * len(plain)
    log = edition.read("data/log.jsonl")
    edition.write("data/log.jsonl", log.replace(b"claim", b"cloim", 1))
    failed = [(line, said) for line, code, said in run(plain, edition.path) if code]
    assert [line for line, _ in failed] == ["sha256sum --quiet --check manifest-sha256.txt"]
    assert "data/log.jsonl: FAILED" in failed[0][1]
