"""How people name what they mean: as a list shows it, almost, by words, or by an address."""

import os
import sys

import pytest


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("The minutes", "minutes"),
        ("minutes.txt", "minutes"),
        ("Letter of the auditor", "letter"),
        ("We were never told about the recordings.", "never"),
        ("The northern quay has forty microphones", "quay-is-wired"),
        ("The supplier shall fit…", "clause"),
    ],
)
def test_what_a_list_shows_names_a_record(invented, name, meant):
    assert invented.json("show", name)["id"] == invented.ids[meant]


def test_every_name_in_a_list_works(invented):
    for line in invented.run("list").stdout.splitlines():
        if line.endswith(": evidence list link"):
            continue
        name = line[26:].partition(" (no longer")[0].partition("  (")[0]
        if " · " in name or " supports " in name or line[10:16] in ("link  ", "retrac"):
            continue
        assert invented.json("show", name)["id"].startswith(line[:8])


def test_a_short_name_that_is_almost_right_is_offered(invented):
    for words in (("show", "bord-knew"), ("resolve", "bord-knew")):
        assert "Did you mean board-knew" in invented.run(*words, code=2).stderr


@pytest.mark.parametrize("words", [("show", ""), ("link", " ", "board-knew", "--supports")])
def test_nothing_names_no_record(invented, words):
    told = invented.run(*words, code=2).stderr
    assert "no words to find a record by" in told
    assert "has to be added first" not in told


def test_link_finds_a_claim_by_its_words(invented):
    invented.run("link", invented.ids["twice"], "northern quay", "--qualifies")
    assert invented.json("resolve", "quay-is-wired")["qualifies"] == 1


@pytest.mark.parametrize(
    "words",
    [
        ("add", "artifact", "https://harbour.example/news"),
        ("add", "quote", "--artifact", "https://harbour.example/news", "--text", "x"),
        ("locate", "https://harbour.example/news", "--text", "x"),
        ("show", "https://harbour.example/news"),
    ],
)
def test_who_gives_an_address_is_told_how_to_preserve_it(invented, words):
    said = " ".join(invented.run(*words, code=2).stderr.split())
    assert "https://harbour.example/news is an address on the web" in said
    assert "web archive" in said


def test_locate_shows_the_ends_of_pages_as_spaces(invented):
    file = invented.write("pages.txt", "The first page.\fThe second page.\vIts end.")
    said = invented.run("locate", file, "--text", "second page").stdout
    assert "The first page. The [[second page]]. Its end." in said


@pytest.mark.skipif(sys.platform == "darwin", reason="names of files are text there")
def test_a_file_whose_name_can_not_be_read_is_named(invented):
    path = invented.home / os.fsdecode(b"caf\xe9.txt")
    path.write_text("Coffee")
    said = invented.run("add", "artifact", path, code=2).stderr
    assert "caf\\xe9.txt can't be read" in " ".join(said.split())


def test_a_file_here_is_not_taken_for_another_of_its_name(invented, monkeypatch):
    """What is quoted is what the reporter looks at."""
    monkeypatch.chdir(invented.home)
    text = invented.write("minutes.txt", "Other minutes: everybody objected.")
    words = ("add", "quote", "--artifact", "minutes.txt", "--text", "Nobody objected.")
    said = " ".join(invented.run(*words, code=2).stderr.split())
    assert "minutes.txt here is not in this case" in said
    assert "evidence add artifact" in said
    text.unlink()
    invented.run(*words, "--occurrence", "1", code=(0, 2))


def test_what_is_not_there_is_told_with_how_it_comes_there(invented, monkeypatch):
    monkeypatch.chdir(invented.root)
    invented.write("new.eml", "From: a@b.example\n\nWords.\n")
    told = invented.run("show", "../new.eml", code=2).stderr
    assert "preserve it first, `evidence add artifact ../new.eml`" in told
    told = invented.run("link", invented.ids["never"], "face-rec", "--supports", code=2).stderr
    assert "`evidence claim SHORT-NAME STATEMENT` records one" in told
    assert "evidence search 'harb*'" in invented.run("search", "harb").stdout
    assert "begin so" not in invented.run("search", "zzz*").stdout
