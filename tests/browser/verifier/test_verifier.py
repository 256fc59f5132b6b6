"""`verify.html`: what it says of editions, from a disk and with no network."""

import json
import shutil
import zipfile

import pytest
from playwright.sync_api import expect

import corpus
from browser.served import NARROW, shot
from browser.test_accessibility import COLOURS, breaches
from chain.edition.changes import Changes
from editions import ALL_SHOWN, STAMP, flipped, publish
from evidence_chain.edition.browser import verifier
from evidence_chain.edition.checking.attested.reviewers import By
from reviewed import WITHHELD, reviewed

CORPUS = corpus.listed()


def test_an_edition_holds_by_its_key_and_says_what_was_not_checked(checker, edition):
    assert checker.check(edition.path, edition.key.verifier) == "holds"
    page = checker.page
    assert str(edition.key.verifier) in page.inner_text(".key")
    scope = page.inner_text(".scope")
    for told in ("evidence.db", "drawing them anew", "That a statement is true", "witnesses"):
        assert told in scope
    page.locator(".claim summary").first.click()
    expect(page.locator("article.supports mark").first).to_be_visible()
    page.set_viewport_size(NARROW)
    shot(page, "verifier-narrow")
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert breaches(page) == []
    page.emulate_media(color_scheme="dark")
    assert breaches(page, COLOURS) == []
    page.emulate_media(color_scheme="light")
    assert checker.happened == []


def test_who_signed_is_unknown_without_a_key_and_wrong_with_another(checker, edition, selected):
    assert checker.check(edition.path) == "not-checked"
    assert any("nobody gave the key" in one for one in checker.findings)
    known = edition.key.verifier
    other = known.of("other.example/x", known.public_key)
    assert checker.check(edition.path, other) == "failed"


def test_a_zip_holds_like_the_folder(checker, edition, tmp_path):
    file = shutil.make_archive(tmp_path / "edition", "zip", edition.path)
    assert checker.check(tmp_path / "edition.zip", edition.key.verifier) == "holds"
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("data/site/more.html", "x")
    assert checker.check(tmp_path / "edition.zip", edition.key.verifier) == "failed"


def test_what_a_reader_tries_is_refused(checker, edition):
    assert checker.check(edition.path, edition.key.verifier) == "holds"
    page = checker.page
    page.locator(".claim summary").first.click()
    wanted = {
        "Change one letter": "commitment",
        "away": "tree-root",
        "Swap the file": "its content is not what was preserved",
    }
    for words, check in wanted.items():
        article = page.locator("article", has=page.get_by_role("button", name=words)).first
        article.get_by_role("button", name=words).first.click()
        expect(article.locator(".tried")).to_contain_text("Refused")
        expect(article).to_contain_text(check)


@pytest.mark.parametrize("name", ["data/log.jsonl", "data/README.txt", "data/tile/0/000"])
def test_a_changed_byte_of_any_file_is_refused(name, checker, edition):
    name = next(one for one in edition.files if one.startswith(name))
    edition.write(name, flipped(edition.read(name), 5))
    assert checker.check(edition.path, edition.key.verifier) == "failed"
    assert any(name in one for one in checker.findings)


def test_a_proof_alone_tells_what_it_proves(checker, edition):
    (file, *_) = (edition.path / one for one in edition.files if one.endswith(".tlog-proof"))
    assert checker.check(file, edition.key.verifier) == "holds"
    assert "statement" in checker.page.inner_text(".identity")
    assert checker.check(file) == "not-checked"
    file.write_bytes(flipped(file.read_bytes(), -1))
    assert checker.check(file, edition.key.verifier) == "failed"


def test_an_edition_that_attacks_its_reader_is_only_text(checker, edition):
    hostile = "<img src=x onerror=alert(1)>\u202etxet<script>alert(2)</script>"
    found = edition.append("claim", {"slug": "x", "statement": hostile})
    assert "FAILED" not in found.details
    assert checker.check(edition.path, edition.key.verifier) == "failed"
    assert "onerror=alert(1)>\u27e8U+202E\u27e9" in checker.page.inner_text("#results")
    assert checker.happened == []


def test_without_scripts_the_page_says_what_it_needs(chromium, checker):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(checker.address)
    expect(page.get_by_role("alert")).to_contain_text("allow scripts")
    expect(page.locator("#form")).to_be_hidden()
    context.close()


def test_it_is_one_small_file_that_may_ask_for_nothing(checker):
    page = verifier().decode()
    assert len(page.encode()) <= 150_000
    assert "default-src 'none'" in page
    for word in ("fetch(", "XMLHttpRequest", "localStorage", "indexedDB", "innerHTML", "eval("):
        assert word not in page


LINKED = ("symlink-file", "symlink-directory")
"""The dialog follows links, so what is wrong is seen one step later, or not at all."""
NOT_SEEN = {
    "hard-link": "a browser doesn't tell whether a file has two names",
    "empty-directory": "the dialog that picks a folder leaves empty ones out",
}


def test_the_example_of_others_and_every_change_of_it(checker, shared, tmp_path):
    said = json.loads(shared("edition-example.json").read_bytes())
    outcomes = {0: "holds", 1: "failed", 3: "not-checked"}
    for name, code in said["expected"]["exit"].items():
        key = said["keys"].get(name)
        assert checker.check(shared("edition-example"), key) == outcomes[code]
    signers = tmp_path / "signers"
    signers.write_text("\n".join([*said["allowed_signers"], ""]))
    changes, wrong, passed = Changes(tmp_path, shared("edition-example")), [], set()
    for change in json.loads(shared("edition-refused.json").read_bytes())["mutations"]:
        path = changes.make(change)
        more = {"signers": signers, "witness": said["witness"]} if change.get("needs") else {}
        outcome = checker.check(path, said["keys"]["first"], **more)
        steps = {change["step"], *(change.get("or_step") or ())}
        steps |= {3} if change["name"] in LINKED else set()
        if outcome == "holds":
            passed.add(change["name"])
        elif outcome != "failed" or not steps & checker.steps:
            wrong.append((change["name"], change["why"], outcome, checker.findings[:3]))
    assert not wrong
    assert {name for name in passed if not name.startswith("db-")} == NOT_SEEN.keys()
    assert checker.happened == []


def test_the_corpus_of_both_verifiers(checker, tmp_path):
    key, changes = CORPUS["key"], Changes(tmp_path, corpus.EDITION)
    assert checker.check(corpus.EDITION, key) == "holds"
    wrong = []
    for change in CORPUS["changes"]:
        outcome = checker.check(changes.make(change), key)
        if outcome != change["browser"] or (
            outcome == "failed" and change["step"] not in checker.steps
        ):
            wrong.append((change["name"], change["why"], outcome, checker.findings[:3]))
    assert not wrong


def test_a_mistake_of_the_reader_is_no_fault_of_an_edition(checker, edition, tmp_path):
    checker.page.goto(checker.address)
    for key in ("x", str(edition.key.verifier)[:-4]):
        said = checker.refused(edition.path, key)
        assert "The key that you gave can't be read" in said
        assert "Nothing was checked" in said
    (tmp_path / "letter.txt").write_text("A letter")
    assert "This is no edition" in checker.refused(tmp_path / "letter.txt", edition.key.verifier)


def test_it_says_that_a_key_signed_only_if_it_did(checker, edition):
    checker.check(edition.path, edition.key.verifier)
    assert "Signed by the key that you gave" in checker.page.inner_text(".identity")
    edition.write("data/README.txt", b"Other words")
    checker.check(edition.path, edition.key.verifier)
    shown = checker.page.inner_text(".identity")
    assert "That this key signed it was not found" in shown
    assert "its digest is not told" in shown


def test_altered_passages_and_ended_links_are_shown_as_that(checker, invented, tmp_path):
    altered = invented.id(
        *("add", "quote", "--artifact", invented.ids["minutes"], "--as-altered"),
        *("--text", "The auditor wrote on 3 May that the board had been told twice"),
    )
    link = invented.id("link", altered, "board-knew", "--supports")
    invented.run("checkpoint")
    words = (*ALL_SHOWN, "--override", "passages", "--because", "Looked at")
    made = publish(invented, tmp_path / "first", words=words)
    articles = checker.opened(made, "The harbour board knew")
    assert "These are not the words of its file" in articles
    assert "counts no more" not in articles
    invented.run("retract", link, "--reason", "Tested", "--yes")
    invented.run("checkpoint")
    made = publish(invented, tmp_path / "second", day=2, words=words)
    assert "This counts no more: the link was retracted" in checker.opened(
        made, "The harbour board knew"
    )


def test_row_55_parts_of_an_older_edition(checker, grown, editions):
    older, newer = editions["whole"], grown
    assert checker.check(newer.path, newer.key.verifier) == "holds"
    for name in ("edition.note", "data/checkpoint", "data/log.jsonl"):
        was = newer.read(name)
        newer.write(name, older.read(name))
        assert checker.check(newer.path, newer.key.verifier) == "failed"
        newer.seal()
        assert checker.check(newer.path, newer.key.verifier) == "failed"
        newer.write(name, was)
        newer.seal()


def test_a_reviewer_who_recorded_what_was_reviewed_is_told(checker, edition):
    lines = edition.read("data/log.jsonl").splitlines()
    for reviewer in ("Ada", "Jo", STAMP["recorded_by"]):
        lines = reviewed(lines, reviewer)
    edition.relog(reviewed(lines, "Ada", claim=WITHHELD))
    checker.check(edition.path, edition.key.verifier)
    scope = checker.page.inner_text(".scope")
    assert all(by in scope for by in By)
