"""What whoever holds the key seals and the file doesn't yield is not shown as if it stood there."""

import pytest
from blake3 import blake3

from adversary import Insider, verdict
from editions import publish
from pdfs import line, one_page

FORGED = "The harbour master said: Everybody knew of the recordings at all times."
MAIL = """From: Press <press@vardo.example>
To: Reporter <reporter@newsroom.example>
Date: Mon, 5 May 2031 10:00:00 +0000
Subject: Your questions
Message-ID: <1@vardo.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

We never sold the recordings to anybody.
"""
KEPT = "in the kept text; not compared with the file here"


def forge(case, id_, kind="quote", **changed):
    """A record like another, but for some values, that supports the claim; all signed."""
    insider = Insider(case)
    made = insider.record(f"evidence/{kind}", case.body(id_) | changed)
    insider.link("supports", made, case.ids["board-was-told"])
    insider.sign()
    return made


def kept(case, text):
    """Keep a text stream among the preserved files."""
    digest = blake3(text.encode()).hexdigest()
    path = case.kept(digest)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.write_bytes(text.encode())
    return digest


def shown(case, id_, code=1):
    resolved = case.json("resolve", "board-was-told", code=code)
    (found,) = [one["record"] for one in resolved["chain"] if one["record"]["id"] == id_]
    return resolved, found


def failed(found):
    integrity = found["integrity"]
    return {one["check"] for one in integrity["findings"] if one["outcome"] == "failed"}


def placed(text):
    return [
        {"type": "TextQuoteSelector", "exact": text, "prefix": "", "suffix": ""},
        {"type": "TextPositionSelector", "start": 0, "end": len(text)},
    ]


@pytest.mark.parametrize("name", ["never", "deaf"])
def test_row_69_a_sealed_text_that_the_file_does_not_yield(invented, name):
    digest = kept(invented, FORGED)
    match = {"status": "verbatim", "notes": [], "rules": invented.body(name)["match"]["rules"]}
    changed = {"text": FORGED, "selector": placed(FORGED), "extracted": digest, "match": match}
    id_ = forge(invented, name, marks=[], **changed)
    resolved, found = shown(invented, id_)
    assert resolved["integrity"]["outcome"] == "failed"
    assert failed(found) == {"extraction"}
    assert not found["compared"]


def test_row_69_another_file_in_the_place_of_the_one_that_was_quoted(invented):
    id_ = forge(invented, "never", artifact=invented.ids["release"])
    assert failed(shown(invented, id_)[1]) == {"extraction"}


def test_row_70_an_e_mail_of_which_the_record_says_what_it_does_not_say(invented):
    invented.write("mail.eml", MAIL)
    words = ("add", "response-email", invented.home / "mail.eml")
    honest = invented.id(*words, "--text", "We never sold the recordings to anybody.")
    invented.run("checkpoint")
    assert verdict(invented, code=0).failed == []
    id_ = forge(invented, honest, "response-email", sender="Chair <chair@vardo.example>")
    assert failed(shown(invented, id_)[1]) == {"headers"}
    assert verdict(invented, code=1).failed == ["headers"]


def test_a_quote_of_a_file_that_was_changed_is_not_shown_without_a_word(invented):
    path = invented.preserved("minutes")
    path.chmod(0o600)
    path.write_bytes(path.read_bytes().replace(b"never", b"often"))
    said = invented.run("show", invented.ids["never"]).stdout
    assert "FAILED file: its content is not what was preserved" in said
    assert invented.json("show", invented.ids["never"])["integrity"]["outcome"] == "failed"


def test_row_69_a_verdict_on_a_signature_that_there_is_none_of(invented):
    claimed = [
        {"verdict": "valid", "domain": "vardo.example", "checked_at": "2031-05-05T00:00:00Z"}
    ]
    id_ = forge(invented, "never", dkim=claimed)
    assert "dkim" in failed(shown(invented, id_)[1])


def test_row_69_a_label_of_another_type_fails(invented):
    insider = Insider(invented)
    label = {"media_type": "application/octet-stream"}
    file = insider.record("artifact", invented.body("release") | label)
    insider.record("evidence/quote", invented.body("deaf") | {"artifact": file})
    insider.sign()
    found = verdict(invented, code=1)
    assert found.failed == ["type"]
    assert "by its content it is text/html" in found.details


@pytest.fixture
def paged(invented):
    file = invented.write("page.pdf", one_page(line(b"They knew of it.")))
    file = invented.id("add", "artifact", file)
    words = ("--artifact", file, "--clause", "1", "--text", "They knew of it.")
    quote = invented.id("add", "tender-clause", *words)
    invented.run("link", quote, "board-was-told", "--supports")
    invented.run("checkpoint")
    return invented, quote


def test_row_69_what_is_not_compared_is_said_to_stand_in_the_kept_text(paged):
    case, quote = paged
    resolved, found = shown(case, quote, code=0)
    assert resolved["integrity"]["outcome"] == "not-checked"
    assert not found["compared"]
    said = case.run("resolve", "board-was-told").stdout
    assert KEPT in said
    assert "To have each compared with its file: evidence verify board-was-told" in said
    assert "evidence verify" not in case.run("resolve", "quay-is-wired").stdout
    assert verdict(case, code=0).failed == []


def test_row_69_for_what_others_read_every_file_is_compared(paged, tmp_path):
    case, _ = paged
    case.run("report", "board-was-told", "-o", tmp_path / "report.html")
    words = ("--claim", "board-was-told", "--site")
    edition = publish(case, tmp_path / "edition", words=words)
    (page,) = (edition.path / "data/site/claim").iterdir()
    for text in ((tmp_path / "report.html").read_text(), page.read_text()):
        assert "could not be made" not in text
        assert "ot compared" not in text
    assert "Checked by the publisher" in page.read_text()
    said = case.run("resolve", "board-was-told", "--case", edition.path).stdout
    assert f"compared with its file: evidence check {edition.path} --key VKEY" in said


@pytest.mark.parametrize(
    "changed",
    [
        {"marks": []},
        {"extractor": {"name": "evidence-chain/pdf", "version": "0", "options": {}}, "marks": []},
        {"page": "9"},
    ],
)
def test_row_69_what_a_record_says_of_a_page_is_compared_by_value(paged, changed):
    case, quote = paged
    forge(case, quote, "tender-clause", **changed)
    assert verdict(case, code=1).failed == ["extraction"]


def test_row_69_boxes_that_stand_elsewhere(paged):
    case, quote = paged
    (region,) = case.body(quote)["regions"]
    moved = [[side + 5000 for side in box] for box in region["boxes"]]
    forge(case, quote, "tender-clause", regions=[region | {"boxes": moved}])
    found = verdict(case, code=1)
    assert found.failed == ["extraction"]
    assert "seen elsewhere" in found.details
