"""Many read while somebody adds records; a minute of it is measured by `make bench`."""

import asyncio
import itertools

import pytest
from browsing import PAGES

READERS = 50
ADDED = 6


@pytest.fixture
def answers(invented, serve):
    """What 50 readers got, each the claims and a page, while claims were added."""
    site = serve(invented)

    async def get(path):
        response = await site.datasette.client.get(path)
        return path, response

    async def read(page):
        paths = ("/evidence/-/claims.json", f"/evidence/-/{page}")
        return [await get(path) for path in paths]

    def add():
        for number in range(ADDED):
            invented.run("claim", f"added-{number}", f"Added meanwhile as {number}")

    async def crowd():
        pages = itertools.islice(itertools.cycle(PAGES), READERS)
        adding = asyncio.to_thread(add)
        return await asyncio.gather(adding, *(read(page) for page in pages))

    _, *found = site.loop.run_until_complete(crowd())
    return site, found


def test_fifty_readers_and_a_writer_hinder_nobody(answers):
    site, found = answers
    assert {response.status_code for got in found for _, response in got} == {200}
    slugs = {claim["slug"] for claim in site.json("/evidence/-/claims.json")["claims"]}
    assert {f"added-{number}" for number in range(ADDED)} <= slugs
    assert site.case.json("verify", code=3)["counts"]["failed"] == 0
    first = site.json("/evidence/-/log.json")["size"] - ADDED
    for (_, claims), _ in found:
        seen = claims.json()
        assert _added(seen) == list(range(seen["size"] - first))[::-1]


def _added(seen):
    """The numbers of the claims that were added before a reader looked, newest first."""
    slugs = [claim["slug"] for claim in seen["claims"]]
    return [int(slug.removeprefix("added-")) for slug in slugs if slug.startswith("added-")]
