"""`evidence report`: facts for people to sign, none that nobody checked, and nothing that runs."""

import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from adversary import flip
from editions import publish


class Seen(HTMLParser):
    """The text of a page, and what it would load or run."""

    def __init__(self, page):
        super().__init__()
        self.words, self.tags, self.sources = [], [], []
        self.feed(page)
        self.text = " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.sources += [value for name, value in attrs if name in ("src", "href", "action")]
        assert not [name for name, _ in attrs if name.startswith("on") or name == "style"]

    def handle_data(self, data):
        self.words.append(data)


def report(case, *words, claim="board-knew"):
    path = case.home / "report.html"
    path.unlink(missing_ok=True)
    case.run("report", claim, "-o", path, *words)
    return Seen(path.read_text())


def test_it_tells_the_chain_its_digests_and_places(invented):
    seen = report(invented)
    minutes = invented.json("show", invented.ids["minutes"])["fields"]
    for fact in (
        "The harbour board knew of the recordings",
        "We were never told about the recordings.",
        minutes["sha256"],
        minutes["blake3"],
        invented.ids["twice"],
        "Both digests, computed anew for this report hold",
        "Internal.",
        invented.json("checkpoint")["note"].splitlines()[2],
        "No event was recorded",
        "902(13) and (14)",
        "HR/PUB/20/2",
        "Nothing here says that the claim is true",
    ):
        assert fact in seen.text, fact


def test_it_signs_nothing_and_ticks_nothing(invented):
    text = report(invented).text
    assert "signed by nobody" in text
    assert "☐" in text
    assert not re.search("[☑☒✓✔]", text)
    assert "not known to the program" in text


def test_a_damaged_file_is_no_ground_for_a_certification(invented):
    flip(Path(invented.json("show", invented.ids["minutes"])["path"]))
    text = report(invented).text
    assert "FAILED" in text
    certified = text.partition("Rule 902(14), copied data")[2]
    assert "failed: its content is not what was preserved" in certified.partition("Rule 902(13)")[0]


def test_without_a_checkpoint_that_covers_it_it_says_so(invented):
    invented.run("claim", "late", "Something that came late")
    invented.run("link", invented.ids["clause"], "late", "--supports")
    invented.run(
        "add", "quote", "--artifact", invented.ids["minutes"], "--text", "Nobody objected."
    )
    assert "Not checked whole" in report(invented, claim="late").text


def test_reviews_and_custody_are_told(invented):
    invented.run("review", "board-knew", "--reject", "--as", "Ida Brandt", "--note", "Which board?")
    invented.run("--by", "mallory", "retract", "@28", "--reason", "Never mind", "--yes")
    words = ("--to", "The court", "--what", "A copy on a disk")
    invented.run("handover", invented.ids["minutes"], *words)
    text = report(invented).text
    assert "rejected by Ida Brandt – Which board? ; retracted by mallory" in text
    assert "transferred by tester : to The court: A copy on a disk" in text


def test_hostile_words_stay_words(invented):
    bad = '<script>alert(1)</script>\u202e" onload=x'
    invented.run("claim", "hostile", bad)
    words = ("--to", bad, "--what", bad)
    invented.run("handover", "hostile", *words)
    invented.run("review", "hostile", "--approve", "--as", bad, "--note", bad)
    seen = report(invented, claim="hostile")
    assert "script" not in seen.tags
    assert "\u202e" not in seen.text
    assert seen.sources == []


def test_it_loads_and_runs_nothing(demo_case, tmp_path):
    path = tmp_path / "report.html"
    demo_case.run("report", "quillmar-knew", "-o", path)
    page = path.read_text()
    seen = Seen(page)
    assert "img" in seen.tags
    assert all(source.startswith("data:image/png;base64,") for source in seen.sources)
    (policy,) = re.findall('Content-Security-Policy" content="([^"]*)"', page)
    assert policy.startswith("default-src 'none'; img-src data:; style-src 'sha256-")
    assert not {"script", "iframe", "object", "form", "link", "base"} & set(seen.tags)
    assert path.stat().st_mode & 0o077 == 0


def test_that_it_was_handed_out_is_recorded_if_asked(invented):
    size = invented.json("log")["size"]
    report(invented)
    assert invented.json("log")["size"] == size
    report(invented, "--record")
    event = invented.json("show", f"@{size}")["fields"]
    assert (event["action"], event["subjects"]) == ("exported", [invented.ids["board-knew"]])
    digest = hashlib.sha256((invented.home / "report.html").read_bytes()).hexdigest()
    assert digest in event["note"]


def test_of_an_edition_it_holds_what_is_published(invented, tmp_path):
    edition = publish(invented, tmp_path / "out")
    words = ("--case", edition.path, "report", "board-knew", "-o", tmp_path / "report.html")
    invented.run(*words)
    text = Seen((tmp_path / "report.html").read_text()).text
    assert "Made from an edition" in text
    assert "Internal." not in text
    assert "tester" not in text
    invented.run(*words[:-1], tmp_path / "other.html", "--record", code=2)


@pytest.mark.parametrize("claim", ["nothing", "minutes.txt"])
def test_what_is_no_claim_is_refused(invented, claim):
    invented.run("report", claim, "-o", invented.home / "report.html", code=2)
    assert not (invented.home / "report.html").exists()


def test_a_file_that_is_there_is_left(invented):
    path = invented.write("report.html", "mine")
    assert "is there already" in invented.run("report", "board-knew", "-o", path, code=2).stderr
    assert path.read_text() == "mine"


def test_a_translation_is_told_and_which_words_are_the_evidence(invented):
    to = ("--language", "de", "--translator", "W. Ito", "--text", "Der Lieferant hat vierzig")
    invented.run("add", "translation", "--of", invented.ids["clause"], *to)
    text = report(invented, claim="microphones-listen").text
    assert "Translated into de by W. Ito" in text
    assert "Der Lieferant hat vierzig" in text
    assert "The passage in its own language is the evidence." in text
    assert "Translated" not in report(invented, claim="board-knew").text


def test_a_translation_that_is_linked_itself_names_the_evidence(invented):
    to = ("--language", "de", "--translator", "W. Ito", "--text", "Der Lieferant hat vierzig")
    made = invented.id("add", "translation", "--of", invented.ids["clause"], *to)
    invented.run("claim", "fitted", "Forty were fitted")
    invented.run("link", made, "fitted", "--supports")
    text = report(invented, claim="fitted").text
    assert f"The evidence is record {invented.ids['clause'][:8]}" in text
    assert "forty microphones along the northern quay" in text


def test_the_end_of_a_line_or_a_page_is_white_space(invented):
    path = invented.home / "log.txt"
    path.write_bytes(b"Gate,Result\r\n1,passed\x0c\r\n2,failed\r3,passed\r\n")
    invented.run("claim", "gates", "Gate two failed")
    invented.run("quote", path, "1,passed 2,failed", "--supports", "gates")
    text = report(invented, claim="gates").text
    assert not re.search("U[+]00(0B|0C|0D|85)", text)


def test_several_claims_are_told_in_one_page(invented):
    words = ("report", "board-knew", "microphones-listen", "board-knew")
    told = invented.json(*words, "--record", "-o", invented.home / "report.html")
    ids = [invented.ids["board-knew"], invented.ids["microphones-listen"]]
    assert told["claims"] == ids
    assert invented.json("show", told["custody"][0])["fields"]["subjects"] == ids
    seen = Seen((invented.home / "report.html").read_text())
    assert (seen.tags.count("main"), seen.tags.count("article")) == (1, 2)
    assert seen.text.count("signed by nobody") == 2
    assert "Report: board-knew, microphones-listen" in seen.text
    for id_ in ids:
        assert id_ in seen.text


def test_one_name_that_is_no_claim_refuses_all(invented):
    invented.run("report", "board-knew", "nothing", "-o", invented.home / "report.html", code=2)
    assert not (invented.home / "report.html").exists()
