"""Requests for comment: what closes one, and what a person must look at first."""

import pytest

from editions import ALL_SHOWN

REQUEST = b"""From: Ada Lind <ada@newsroom.example>
To: board@aldmere.example
Date: Mon, 02 Mar 2026 09:00:00 +0000
Subject: The recordings
Message-ID: <question@newsroom.example>

Did the board know of the recordings? Please answer by 12 March.
"""


@pytest.fixture
def asking(invented):
    """A case whose policy asks for replies, and which has a request."""
    (invented.root / "policy.toml").write_text("replies = true\n")
    request = invented.write("request.eml", REQUEST)
    invented.ids["request"] = invented.id("add", "request-email", request)
    return invented


def shut(case, code):
    """What the rule `replies` says, which is the one that may keep the gate shut."""
    case.run("checkpoint")
    said = case.json("publish", "--check-only", *ALL_SHOWN, code=code)
    unmet = {line["rule"]: line["detail"] for line in said["gate"] if line["outcome"] == "unmet"}
    assert set(unmet) <= {"replies"}
    return unmet.get("replies", "")


STRANGER = b"""From: Ole Brandt <ole@harbour.example>
To: Mia Kern <mia@harbour.example>
Date: Tue, 02 Apr 2019 09:00:00 +0000
Subject: Lunch
Message-ID: <lunch@harbour.example>

We did not know of it.
"""


def from_board(**headers):
    """An answer of the board, with other headers."""
    said = {
        "From": "Secretariat <office@aldmere.example>",
        "Date": "Wed, 04 Mar 2026 09:00:00 +0000",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    head = "".join(f"{name}: {value}\n" for name, value in said.items() if value)
    return f"{head}Subject: Re: The recordings\n\nIt did not.\n".encode()


@pytest.mark.parametrize(
    ("mail", "why"),
    [
        (STRANGER, "comes from nobody whom that was sent to and is dated 2019-04-02, before"),
        (from_board(From="Ada Lind <ada@newsroom.example>"), "was sent by whoever asked"),
        (from_board(Date="", In_Reply_To=""), "has no date"),
        (from_board(From=""), "has no sender's address"),
        (from_board(), ""),
        (from_board(From="a@b.example", In_Reply_To="<question@newsroom.example>"), ""),
    ],
)
def test_an_answer_that_its_headers_speak_against_needs_a_person(asking, mail, why):
    words = ("add", "response-email", asking.write("reply.eml", mail), "--text", "did not")
    made = asking.json(*words, "--answers", asking.ids["request"])
    assert bool(made["doubts"]) == bool(why)
    if why:
        told = shut(asking, 1)
        assert why in told
        assert f"evidence review {made['id'][:8]} --approve" in told
        asking.run("review", made["id"], "--approve", "--as", "ida")
    assert shut(asking, 0) == ""


def test_silence_before_the_day_that_the_request_names_needs_a_person(asking):
    silence = ("add", "no-response", "--to", asking.ids["request"], "--until")
    assert "was sent on" in asking.run(*silence, "2026-03-02", code=2).output
    made = asking.json(*silence, "2026-03-09")
    assert "names 2026-03-12" in made["doubts"][0]
    assert "names 2026-03-12" in shut(asking, 1)
    asking.run(*silence, "2026-03-12")
    assert shut(asking, 0) == ""
