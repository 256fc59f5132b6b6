"""A page is given again only while nothing that it was made from has changed."""

import os
import time

import pytest

from cases import make_empty_case
from evidence_datasette.answering import page
from evidence_datasette.answering.shared import memory
from evidence_datasette.answering.shared.memory import Body, Key, Memory
from evidence_db.store import versions
from evidence_db.store.versions import state_of
from pdfs import line, one_page

PAGES = ("/evidence/-/claim/quay-is-wired", "/evidence/-/claims")


@pytest.fixture(autouse=True)
def settled(monkeypatch):
    """What was changed just now may be remembered, too."""
    monkeypatch.setattr(memory, "SETTLED", -(10**15))


@pytest.fixture
def invented(template, tmp_path):
    return template.copy_to(tmp_path)


@pytest.fixture
def made(monkeypatch):
    """The names of the templates that were rendered."""
    names, render = [], page.render

    def counted(datasette, request, template, context):
        names.append(template)
        return render(datasette, request, template, context)

    monkeypatch.setattr(page, "render", counted)
    return names


@pytest.mark.parametrize("path", PAGES)
def test_the_second_reader_gets_what_the_first_one_got(invented, serve, made, path):
    site = serve(invented)
    first = site.ask(path)
    again = site.ask(path)
    assert len(made) == 1
    assert (first.content, first.headers) == (again.content, again.headers)


def test_each_form_and_query_is_remembered_for_itself(invented, serve):
    site = serve(invented)
    for _ in range(2):
        assert site.json("/evidence/-/claim/board-knew.json")["status"] == "contested"
        assert "@context" in site.json("/evidence/-/claim/board-knew.jsonld")
        assert "<h1" in site.text("/evidence/-/claim/board-knew")
        assert len(site.json("/evidence/-/claims.json?q=northern")["claims"]) == 1
        assert len(site.json("/evidence/-/claims.json?q=southern")["claims"]) == 0


def flip(path):
    path.chmod(0o600)
    content = bytearray(path.read_bytes())
    content[0] ^= 1
    path.write_bytes(content)


def integrity(site):
    one = site.json("/evidence/-/claim/quay-is-wired.json")["integrity"]["outcome"]
    (other,) = site.json("/evidence/-/claims.json?q=northern")["claims"]
    assert other["integrity"]["outcome"] == one
    return one


@pytest.mark.parametrize("what", ["preserved", "stream"])
def test_a_flipped_byte_is_seen_at_once(invented, serve, what):
    site = serve(invented)
    assert integrity(site) == "holds"
    name = "tender" if what == "preserved" else "clause"
    flip(getattr(invented, what)(name))
    assert integrity(site) == "failed"


def test_a_file_that_is_gone_or_back_is_seen_at_once(invented, serve):
    site, file = serve(invented), invented.preserved("tender")
    aside = file.with_name("aside")
    assert integrity(site) == "holds"
    file.rename(aside)
    assert integrity(site) == "not-checked"
    aside.rename(file)
    assert integrity(site) == "holds"


def test_a_link_in_the_place_of_a_file_is_seen_at_once(invented, serve):
    site, file = serve(invented), invented.preserved("tender")
    assert integrity(site) == "holds"
    aside = file.rename(invented.home / "elsewhere")
    file.symlink_to(aside)
    assert integrity(site) == "failed"


@pytest.mark.parametrize("path", PAGES)
def test_what_is_recorded_is_seen_at_once(invented, serve, path):
    site = serve(invented)
    assert "The quay is new" not in site.text(path)
    invented.run("claim", "new", "The quay is new")
    invented.run("link", "new", "quay-is-wired", "--contradicts")
    assert "The quay is new" in site.text(path)


def test_what_is_changed_behind_the_back_of_sqlite_is_seen_at_once(invented, serve):
    site = serve(invented)
    assert integrity(site) == "holds"
    invented.run("verify")
    body = invented.database.read_bytes()
    assert body.count(b"northern quay has forty") >= 1
    invented.database.write_bytes(
        body.replace(b"northern quay has forty", b"southern quay has forty")
    )
    found = site.json("/evidence/-/claim/quay-is-wired.json")
    assert found["integrity"]["outcome"] == "failed"


def test_another_signing_key_is_seen_at_once(invented, serve):
    site = serve(invented)
    path = "/evidence/-/claim/quay-is-wired.json"
    assert site.json(path)["log"]["signer"] == "known"
    invented.key_file.unlink()
    assert site.json(path)["log"]["signer"] == "unknown"


@pytest.mark.parametrize("path", PAGES)
def test_after_a_while_the_files_are_looked_at_again(invented, serve, made, monkeypatch, path):
    site, began = serve(invented), time.monotonic()
    for later, times in ((0, 1), (memory.SECONDS - 1, 1), (memory.SECONDS + 1, 2)):
        monkeypatch.setattr(memory.time, "monotonic", lambda now=began + later: now)
        site.ask(path)
        assert len(made) == times


def test_row_72_a_change_that_nothing_shows_is_seen_after_a_minute_and_by_who_verifies(
    invented, serve, monkeypatch
):
    """What a change through a memory map leaves as it was: all that the file system says."""
    monkeypatch.setattr(versions, "version_of", lambda _: (0,) * 6)
    site = serve(invented)
    said, began = site.page(PAGES[0]).text, time.monotonic()
    assert "Looked at " in said
    flip(invented.preserved("tender"))
    seen = []
    for later in (0, memory.SECONDS / 2, memory.SECONDS + 1):
        monkeypatch.setattr(memory.time, "monotonic", lambda now=began + later: now)
        seen.append("What failed" in site.page(PAGES[0]).text)
        report = site.json(f"/evidence/-/verify.json?of={invented.ids['quay-is-wired']}")
        assert report["outcome"] == "failed"
    assert seen == [False, False, True]


def test_what_was_changed_just_now_is_not_remembered(invented, serve, made, monkeypatch):
    monkeypatch.setattr(memory, "SETTLED", 10**15)
    site = serve(invented)
    for times in (1, 2):
        site.ask(PAGES[0])
        assert len(made) == times


def test_other_pages_are_made_anew(invented, serve, made):
    site = serve(invented)
    for times in (1, 2):
        site.ask("/evidence/-/record/@0")
        assert len(made) == times


def test_whoever_is_signed_in_gets_a_page_of_their_own(invented, serve, made):
    site = serve(invented)
    cookies = {"ds_actor": site.datasette.sign({"a": {"id": "editor"}}, "actor")}
    for times in (1, 2):
        site.ask(PAGES[0], cookies=cookies)
        assert len(made) == times


def test_who_may_not_see_the_case_gets_nothing_that_others_got(invented, serve):
    site = serve(invented, allow={"id": "editor"})
    cookies = {"ds_actor": site.datasette.sign({"a": {"id": "editor"}}, "actor")}
    site.ask(PAGES[0], cookies=cookies)
    site.ask(PAGES[0], code=403)


def test_no_more_is_remembered_than_there_is_room_for(tmp_path, monkeypatch):
    monkeypatch.setattr(memory, "BYTES", 100)
    held, file = Memory(), tmp_path / "file"
    file.write_text("x")
    now = time.time_ns()
    state, body = state_of([file]), Body(b"x" * 40, "text/plain")
    first, second, third = (Key("db", name) for name in "abc")
    held.keep(first, body, state, now)
    held.keep(second, body, state, now)
    assert held.find(first) == body  # which makes the other the oldest
    held.keep(third, body, state, now)
    assert [held.find(key) for key in (first, second, third)] == [body, None, body]
    held.keep(first, Body(b"x" * 101, "text/plain"), state, now)
    assert [held.find(key) for key in (first, second, third)] == [None] * 3


def test_a_change_that_leaves_size_and_time_is_seen(tmp_path):
    file = tmp_path / "file"
    file.write_text("one")
    memory, key, body = Memory(), Key("db", "path"), Body(b"", "text/plain")
    memory.keep(key, body, state_of([file]), time.time_ns())
    assert memory.find(key) == body
    status = file.stat()
    file.write_text("two")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    while file.stat().st_ctime_ns == status.st_ctime_ns:  # the clock of files may be coarse
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert file.stat().st_mtime_ns == status.st_mtime_ns
    assert memory.find(key) is None


def test_a_case_behind_a_link_is_looked_at_where_it_lies(invented, serve, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for one in invented.root.iterdir():
        (elsewhere / one.name).symlink_to(one)
    site = serve(invented, files=[elsewhere / "evidence.db"])
    path = "/evidence/-/claim/quay-is-wired.json"
    assert site.json(path)["integrity"]["outcome"] == "holds"
    with invented.connected() as db:
        db.execute("DROP TRIGGER claim_no_update")
        db.execute("UPDATE claim SET body = replace(body, 'forty', 'fifty')")
    assert site.json(path)["integrity"]["outcome"] == "failed"


def test_the_picture_of_a_passage_is_looked_at_too(case_with_pictures, serve):
    case, crop = case_with_pictures
    site = serve(case)
    path = "/evidence/-/claim/seen.json"
    assert site.json(path)["integrity"]["outcome"] == "not-checked"
    flip(case.kept(crop))
    assert site.json(path)["integrity"]["outcome"] == "failed"


@pytest.fixture
def case_with_pictures(tmp_path):
    case = make_empty_case(tmp_path)
    file = case.write("page.pdf", one_page(line(b"They knew of it.")))
    kept = case.id("add", "artifact", file)
    quote = case.id("add", "quote", "--artifact", kept, "--text", "They knew of it.")
    case.run("claim", "seen", "It was seen")
    case.run("link", quote, "seen", "--supports")
    case.run("checkpoint")
    return case, case.body(quote)["regions"][0]["crop"]


def test_what_nobody_asks_for_is_not_remembered(invented, serve, made):
    site = serve(invented)
    for times in (1, 2):
        site.ask("/evidence/-/claim/board-knew?x=1")
        assert len(made) == times


def test_how_long_a_file_must_have_been_unchanged(tmp_path, monkeypatch):
    monkeypatch.undo()
    file, body = tmp_path / "file", Body(b"", "text/plain")
    file.write_text("x")
    state = state_of([file])
    changed = max(state[str(file)][-2:])
    for seconds, remembers in ((0, False), (1, False), (3, True)):
        memory, key = Memory(), Key("db", "path")
        memory.keep(key, body, state, changed + seconds * 10**9)
        assert (memory.find(key) == body) is remembers
