"""An e-mail of Outlook answers a request as any other does, but for signatures."""

import pytest

from outlook_files import BODY, FLAGS, HEAD, ID, SUBJECT, TRANSPORT, file_of

SAID = "We never watched the harbour."


@pytest.fixture
def mails(case):
    case.file("reply.msg", file_of({BODY: f"Dear desk,\r\n\r\n{SAID}\r\n"}))
    return case


def headers(case, code):
    checks = case.json("verify", code=code)["checks"]
    return [one for one in checks if one["check"] == "headers"]


def test_the_headers_that_outlook_shows_are_taken_over(mails):
    made = mails.json("add", "response-email", "reply.msg", "--text", SAID)
    assert (made["status"], made["notes"], made["dkim"]) == ("verbatim", [], [])
    found = mails.json("show", made["id"])["fields"]
    assert found["sender"] == "Zhang <zhang@example.cn>"
    assert found["recipient"] == "The desk <desk@newsroom.example>"
    assert found["date"] == "Sat, 17 May 2031 09:30:00 +0000"
    assert (found["subject"], found["message_id"]) == ("Cameras", "<17@example.cn>")
    assert found["dkim"] is None


def test_that_no_signature_is_left_in_it_is_told(mails):
    told = mails.out("add", "response-email", "reply.msg", "--text", SAID)
    assert "none was looked for" in told
    assert "carries no signature" not in told


def test_the_whole_message_may_be_recorded_and_is_checked(mails):
    mails.run("add", "artifact", "reply.msg")
    mails.id("add", "response-email", "--artifact", "reply.msg")
    mails.run("checkpoint")
    (found,) = headers(mails, None)
    assert (found["outcome"], found["count"]) == ("holds", 7)


def test_a_header_that_is_recorded_otherwise_fails(mails, monkeypatch):
    from evidence_chain.extract import outlook

    mails.id("add", "response-email", "reply.msg", "--text", SAID)
    mails.run("checkpoint")
    true = outlook.headers
    monkeypatch.setattr(outlook, "headers", lambda data: true(data) | {"sender": "Another"})
    assert "failed" in [one["outcome"] for one in headers(mails, 1)]


def test_what_was_typed_otherwise_is_refused(mails):
    add = ("add", "response-email", "reply.msg", "--text", SAID)
    assert (
        "The e-mail itself says of its date"
        in mails.run(*add, "--date", "2031-05-18", code=2).stderr
    )


def test_a_request_in_it_is_answered_or_not(mails):
    mails.file(
        "request.msg", file_of({SUBJECT: "Asked", ID: "<1@newsroom.example>", BODY: "Did you?"})
    )
    mails.run("add", "artifact", "request.msg")
    add = ("add", "response-email", "reply.msg", "--text", SAID, "--answers")
    answer = mails.id(*add, "request.msg")
    links = mails.json("show", answer)["links"]
    assert [one["relation"] for one in links] == ["answers"]
    refused = mails.run("add", "no-response", "--to", "reply.msg", "--until", "2026-01-01", code=2)
    assert "was sent on 2031-05-17" in refused.stderr


def test_it_comes_in_by_a_case_file(mails):
    mails.file(
        "case.json",
        '{"documents": [{"key": "M", "file": "reply.msg"}], "evidence": [{"key": "E", '
        f'"kind": "response-email", "document": "M", "text": "{SAID}"}}]}}',
    )
    made = mails.json("import", "case.json")["ids"]["E"]
    assert mails.json("show", made)["fields"]["sender"] == "Zhang <zhang@example.cn>"


def test_a_shown_header_is_taken_and_not_that_of_the_transport(mails):
    mails.file("other.msg", file_of({BODY: SAID, TRANSPORT: "From: b@example.cn\r\n\r\n"}))
    made = mails.id("add", "response-email", "other.msg", "--text", SAID)
    assert mails.json("show", made)["fields"]["sender"] == HEAD[0x42] + " <zhang@example.cn>"


def test_a_draft_is_told_as_one(mails):
    mails.file("draft.msg", file_of({BODY: SAID, FLAGS: 8}))
    assert "draft" in mails.out("add", "artifact", "draft.msg")
