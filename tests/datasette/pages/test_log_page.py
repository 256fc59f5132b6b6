"""The log tells in a sentence each what was recorded, and by whom."""

from itertools import pairwise

import pytest

from adversary import tampering


@pytest.fixture(scope="module")
def shown(template, tmp_path_factory):
    case = template.copy_to(tmp_path_factory.mktemp("told") / "case")
    ids = case.ids
    case.run("review", "board-knew", "--approve", "--as", "Ida Marsh", "--note", "Read it all")
    case.run("amend", ids["never"], "--speaker", "Cleo Reed", "--reason", "Misheard")
    case.run("retract", ids["clause-listen"], "--reason", "Another quay")
    case.run("claim", "forty", "The quay has forty microphones <b>")
    case.run("replace", "quay-is-wired", "forty", "--drop-links")
    case.run("add", "original", "--title", "The plan of the quay")
    handed = ("--to", "Mira Quist", "--what", "To be dated")
    case.run("handover", ids["minutes"], "board-knew", *handed)
    return case


def said(site, query=""):
    every = site.json(f"/evidence/-/log.json{query}")["said"].values()
    return ["".join(piece["words"] for piece in one) for one in every]


def test_each_entry_is_a_sentence(site):
    told = said(site)
    assert len(told) == site.case.json("log")["size"]
    text = "\n".join(told)
    who = "tester"
    for sentence in (
        f"{who} recorded the claim board-knew.",
        "Ida Marsh approved the claim board-knew: Read it all",
        f"{who} put the claim forty in the place of the claim quay-is-wired.",
        f"{who} recorded the original The plan of the quay.",
        f"{who} amended speaker of the quote ",
        f"{who} retracted the link of ",
        ", which it contradicts.",
        ", from which it derives.",
        f"{who} preserved the file ",
        " transferred 1 file and 1 claim.",
    ):
        assert sentence in text
    assert ": Misheard" in text
    assert text.count("of Cleo Reed") >= 1


def test_the_page_links_what_the_sentence_names(site):
    page = site.text("/evidence/-/log")
    id_ = site.case.json("show", "board-knew")["id"]
    assert f'/-/claim/{id_}"><bdi>board-knew</bdi></a>' in page
    assert "&lt;b&gt;" not in site.page("/evidence/-/log").text


def test_nobody_is_named_where_that_is_withheld(template, tmp_path, serve):
    case = template.copy_to(tmp_path / "case")
    case.run(
        "publish", tmp_path / "out", "--override", "contradictions", "--because", "x", "--site"
    )
    page = (tmp_path / "out/data/site/log/0.html").read_text()
    assert "tester" not in page
    assert " was linked to the claim " in page
    assert ">board-knew</bdi></a> was recorded." in page


@pytest.mark.parametrize("end", ["idx", "-1"])
def test_a_link_that_was_changed_to_join_itself_or_nothing_leaves_the_log_to_be_read(
    invented, serve, end
):
    size = invented.json("log")["size"]
    with tampering(invented) as db:
        db.execute(f"UPDATE link SET from_idx = {end} WHERE idx = (SELECT max(idx) FROM link)")
    assert len(said(serve(invented))) == size


def test_a_sentence_stays_one_however_many_links_replaced_others(invented, serve):
    with tampering(invented) as db:
        links = [idx for (idx,) in db.execute("SELECT idx FROM link ORDER BY idx")]
        for before, one in pairwise(links):
            change = "UPDATE link SET relation = 'replaces', from_idx = ?, to_idx = ? WHERE idx = ?"
            db.execute(change, (before, before, one))
    assert max(map(len, said(serve(invented)))) < 500
