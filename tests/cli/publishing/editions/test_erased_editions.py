"""What was erased, in editions: counted, never disclosed, and told to readers as what it is."""

import shutil

import pytest

from editions import ALL_SHOWN, publish
from site_files import SiteFiles
from traces import traces

WHY = "the source asked for it"
NAME = "Quelna Vortrex"


@pytest.fixture(scope="module")
def case(template, tmp_path_factory):
    """A case of which an edition was made before a passage, a file and a claim were erased."""
    case = template.copy_to(tmp_path_factory.mktemp("erased"))
    words = ("--text", "The auditor wrote on 2 May", "--speaker", NAME)
    case.ids["spoken"] = case.id("add", "quote", "--artifact", case.ids["minutes"], *words)
    case.run("checkpoint")
    case.first_edition = publish(case, case.home / "before", 1, ALL_SHOWN)
    for name in ("spoken", "never", "release", "quay-is-wired"):
        words = ("erase", case.ids[name], "--with-passages", "--reason", WHY, "--yes")
        case.told = case.run(*words).stderr
    case.run("checkpoint")
    return case


@pytest.fixture(scope="module")
def edition(case):
    return publish(case, case.home / "edition", 2, (*ALL_SHOWN, "--site"))


def test_the_earlier_edition_is_named_before_it_is_erased(case):
    told = " ".join(case.told.split())
    assert f"The edition of {case.first_edition.said['made']}" in told


def test_a_checker_accepts_and_counts_it(case, edition):
    found = edition.check()
    assert (found.code, found.failed, found.missed) == (0, set(), set())
    counts = edition.said["counts"]
    assert counts["erased"] == 6
    assert counts["entries"] == sum(counts.values()) - counts["entries"]
    assert found.counted["records that were erased"] == 6
    checked = case.json("check", edition.path, "--key", case.vkey)
    assert checked["outcome"] == "holds"


def test_nothing_of_it_is_there(case, edition):
    lines = edition.lines
    for name in ("never", "spoken", "release", "quay-is-wired", "deaf", "trained"):
        line = lines[case.index(name)]
        assert line.keys() == {"entry"}
        assert case.index(name) not in {one["idx"] for one in edition.said["withheld"]}
        assert not (edition.path / f"data/proofs/{case.ids[name]}.tlog-proof").exists()
    assert case.ids["quay-is-wired"] not in edition.said["claims"]
    assert traces(edition.path, NAME, "northern quay has forty", "Vardo trained the") == []
    assert traces(case.first_edition.path, NAME)


def test_readers_are_told(case, edition):
    shown = case.run("show", case.ids["never"], "--case", edition.path).stdout
    assert f"Erased on {case.json('show', case.ids['never'])['erased']['at'][:10]}" in shown
    assert WHY in shown
    resolved = " ".join(case.run("resolve", "board-knew", "--case", edition.path).stdout.split())
    assert "[erased on " in resolved
    assert "The passage was erased." in resolved
    assert "erased" in case.run("log", "--case", edition.path).stdout


def test_its_pages_say_so(case, edition):
    site = SiteFiles(edition)
    assert site.broken() == []
    for name in ("record", "document"):
        page = (edition.path / f"data/site/{name}/{case.ids['release']}.html").read_text()
        assert WHY in page
    assert "6 erased" in (edition.path / "data/site/withheld.html").read_text()


def test_only_some_claims(case):
    """The erasures of what a claim rests on come with it."""
    words = (*ALL_SHOWN, "--claim", "board-knew")
    edition = publish(case, case.home / "some", 3, words)
    assert edition.check().failed == set()
    shown = case.json("show", case.ids["never"], "--case", edition.path)
    assert shown["erased"]["reason"] == WHY


def test_it_is_not_published_by_name(case):
    refused = case.run("publish", case.home / "x", "--claim", case.ids["quay-is-wired"], code=2)
    assert "was erased" in refused.stderr
    assert "was erased" in case.run("proof", case.ids["never"], code=2).stderr
    words = ("--without-files", case.ids["release"], "--reason", "so")
    assert "was erased" in case.run("publish", case.home / "x", *words, code=2).stderr


def test_a_copy_of_the_case_has_nothing_of_it(case, tmp_path):
    copy = tmp_path / "copy"
    case.run("copy", copy)
    assert traces(copy, NAME) == []
    assert case.json("verify", "--case", copy)["outcome"] == "holds"
    shutil.rmtree(copy)


def test_an_edition_that_discloses_what_was_erased_is_refused(case, edition, tmp_path):
    changed = edition.copy_to(tmp_path / "changed")
    never = case.index("never")
    old = case.first_edition.lines[never]
    changed.change_lines(lambda index, line: old if index == never else line)
    changed.seal()
    found = changed.check()
    assert "disclosure" in found.failed
    assert "It was erased, and is disclosed." in found.details
