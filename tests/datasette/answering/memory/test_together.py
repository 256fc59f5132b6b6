"""Readers who ask for the same before anybody reads it get one answer; nobody gets an older one."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from evidence_datasette.answering import page
from evidence_datasette.answering.shared.together import Together

PATH = "/evidence/-/claim/board-knew"
READERS = 5


@pytest.fixture
def site(invented, serve):
    return serve(invented)


@pytest.fixture
def held_up(monkeypatch):
    """Nothing is read before this is set."""
    free = threading.Event()
    with ThreadPoolExecutor(1) as threads:
        threads.submit(free.wait)
        monkeypatch.setattr(page, "_threads", threads)
        yield free
        free.set()


@pytest.fixture
def readings(monkeypatch):
    """The addresses that were read, one after the other."""
    found, look = [], page._look

    def counted(visit, *given):
        found.append(visit.request.path)
        return look(visit, *given)

    monkeypatch.setattr(page, "_look", counted)
    return found


@pytest.fixture
def asked(monkeypatch):
    """Waits until so many ask for an answer."""
    count, answer = [], Together.answer

    def counted(*given):
        count.append(given)
        return answer(*given)

    async def many(number):
        while len(count) < number:
            await asyncio.sleep(0)

    monkeypatch.setattr(Together, "answer", counted)
    return many


def ask(site, *paths):
    return [asyncio.create_task(site.datasette.client.get(path)) for path in paths]


def test_those_who_wait_get_one_answer_with_what_came_meanwhile(
    site, invented, held_up, readings, asked
):
    async def crowd():
        asking = ask(site, *[PATH] * READERS)
        await asked(READERS)
        invented.run("retract", "board-knew", "--reason", "Nobody was asked.")
        held_up.set()
        return await asyncio.gather(*asking)

    answers = site.loop.run_until_complete(crowd())
    assert readings == [PATH]
    assert {one.status_code for one in answers} == {200}
    assert all("Nobody was asked." in one.text for one in answers)


def test_who_comes_once_it_is_being_read_gets_a_reading_of_their_own(
    site, invented, monkeypatch, asked
):
    reads, goes_on, since = threading.Event(), threading.Event(), page.since_of_database

    def slow(database):
        reads.set()
        goes_on.wait()
        return since(database)

    async def two():
        monkeypatch.setattr(page, "since_of_database", slow)
        (first,) = ask(site, PATH)
        await asyncio.to_thread(reads.wait)
        monkeypatch.setattr(page, "since_of_database", since)
        invented.run("retract", "board-knew", "--reason", "Nobody was asked.")
        (second,) = ask(site, PATH)
        late = await second
        goes_on.set()
        return late, await first

    late, first = site.loop.run_until_complete(two())
    assert "Nobody was asked." in late.text
    assert first.status_code == 200


def test_each_address_and_each_reader_who_is_known_is_read_to_alone(site, held_up, readings, asked):
    own = {"ds_actor": site.datasette.sign({"a": {"id": "editor"}}, "actor")}

    async def crowd():
        asking = ask(site, PATH, f"{PATH}.json", f"{PATH}?words=board", "/evidence/-/claims")
        await asked(4)
        asking.append(asyncio.create_task(site.datasette.client.get(PATH, cookies=own)))
        held_up.set()
        return await asyncio.gather(*asking)

    assert {one.status_code for one in site.loop.run_until_complete(crowd())} == {200}
    assert sorted(readings) == [
        *["/evidence/-/claim/board-knew"] * 3,
        f"{PATH}.json",
        "/evidence/-/claims",
    ]


def test_an_error_is_told_to_all_of_them_and_not_kept(site, held_up, readings, asked):
    missing = "/evidence/-/claim/not-there"

    async def crowd():
        asking = ask(site, missing, missing)
        await asked(2)
        held_up.set()
        return await asyncio.gather(*asking, *ask(site, missing))

    answers = site.loop.run_until_complete(crowd())
    assert {one.status_code for one in answers} == {404}


def test_one_who_leaves_takes_the_answer_from_nobody(site, held_up, readings, asked):
    async def crowd():
        leaves, stays = ask(site, PATH, PATH)
        await asked(2)
        leaves.cancel()
        await asyncio.wait([leaves])
        held_up.set()
        return await stays

    assert site.loop.run_until_complete(crowd()).status_code == 200
    assert readings == [PATH]
