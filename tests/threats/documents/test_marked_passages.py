"""Rows 37, 38 and 42: a record that keeps quiet about what its file shows of the passage."""

import json

import pytest

from adversary import Insider, verdict

HIDDEN = "<p>We met in May.</p><p style='display:none'>We were told about the cameras.</p>"
MAIL = """\
From: press@quillmar.example
To: ada@newsroom.example
Subject: Re: cameras
Message-ID: <1@quillmar.example>

No comment.

On Monday Ada wrote:
> You were told about the cameras.
"""
FILES = {
    "hidden": ("page.html", HIDDEN, "We were told about the cameras."),
    "quoted": ("reply.eml", MAIL, "You were told about the cameras."),
}


@pytest.fixture(params=FILES)
def marked(case, request):
    """A case with a passage that is marked, and as what."""
    name, content, words = FILES[request.param]
    case.write(name, content)
    artifact = case.id("add", "artifact", case.home / name)
    return case, request.param, artifact, words


def add(case, artifact, words):
    return case.json("add", "quote", "--artifact", artifact, "--text", words)


def test_it_is_flagged_when_it_is_recorded(marked):
    case, kind, artifact, words = marked
    made = add(case, artifact, words)
    assert made["status"] == "verbatim"
    assert kind in made["notes"]
    assert not made["accepted"]
    case.run("checkpoint")
    assert verdict(case, code=0).failed == []


def test_row_37_a_record_that_does_not_say_so(marked):
    case, kind, artifact, words = marked
    made = add(case, artifact, words)
    with case.connected() as db:
        ((body,),) = db.execute("SELECT body FROM evidence WHERE idx = ?", (made["index"],))
    fields = json.loads(body)
    fields["match"]["notes"], fields["marks"] = [], []
    insider = Insider(case)
    insider.record("evidence/quote", fields)
    insider.sign()
    found = verdict(case, code=1)
    assert found[:2] == (["extraction"], set())
    assert f"marked as {kind}" in found.details


def test_row_37_a_kept_stream_without_the_mark_is_found_out(marked):
    case, kind, artifact, words = marked
    add(case, artifact, "cameras")
    streams = (case.root / "streams").glob("*/*")
    (kept,) = [path for path in streams if f'"{kind}"'.encode() in path.read_bytes()]
    head, _, text = kept.read_bytes().partition(b"\n")
    said = json.loads(head) | {"marks": []}
    kept.write_bytes(json.dumps(said).encode() + b"\n" + text)
    assert add(case, artifact, words)["notes"] == []
    case.run("checkpoint")
    assert verdict(case, code=1)[:2] == (["extraction"], set())
