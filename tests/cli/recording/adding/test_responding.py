"""Who asked what, when, and what came back, or that nothing did."""

import pytest

REQUEST = """\
From: Ada Lind <ada@newsroom.example>
To: press@quillmar.example
Date: Mon, 02 Mar 2026 09:00:00 +0000
Subject: Where will the cameras stand?
Message-ID: <question@newsroom.example>
MIME-Version: 1.0

Did you know where the cameras would stand?
"""
REPLY = """\
From: Quillmar Press <press@quillmar.example>
To: Ada Lind <ada@newsroom.example>
Cc: legal@quillmar.example
Date: Tue, 04 Mar 2031 09:00:00 +0000
Subject: Re: Where will the cameras stand?
Message-ID: <answer@quillmar.example>
In-Reply-To: <question@newsroom.example>
MIME-Version: 1.0

We were never told where they stand.

On Mon, 3 Mar 2031, Ada Lind wrote:
> Did you know where the cameras would stand?
"""


@pytest.fixture
def mails(case):
    case.file("request.eml", REQUEST)
    case.file("reply.eml", REPLY)
    case.run("add", "artifact", "request.eml")
    return case


def fields(case, id_):
    return case.json("show", id_)["fields"]


def links(case, id_):
    return {(one["relation"], one["direction"]) for one in case.json("show", id_)["links"]}


def test_the_headers_are_taken_over(mails):
    made = mails.id("add", "response-email", "reply.eml", "--text", "We were never told")
    found = fields(mails, made)
    assert found["sender"] == "Quillmar Press <press@quillmar.example>"
    assert found["recipient"] == "Ada Lind <ada@newsroom.example>"
    assert found["cc"] == "legal@quillmar.example"
    assert found["date"] == "Tue, 04 Mar 2031 09:00:00 +0000"
    assert found["subject"] == "Re: Where will the cameras stand?"
    assert found["message_id"] == "<answer@quillmar.example>"
    assert found["in_reply_to"] == "<question@newsroom.example>"


def test_an_answer_to_a_preserved_mail_makes_its_record(mails):
    add = ("add", "response-email", "reply.eml", "--text", "We were never told")
    made = mails.id(*add, "--answers", "request.eml")
    assert ("answers", "to") in links(mails, made)
    (request,) = mails.json("list", "evidence/request-email")
    assert request["fields"]["subject"] == "Where will the cameras stand?"
    assert request["fields"]["text"] == "Did you know where the cameras would stand?"
    mails.run("claim", "knew", "They knew")
    mails.run("link", made, "knew", "--contradicts")
    shown = mails.out("resolve", "knew")
    assert f"answers {request['id'][:8]}" in shown
    assert "Where will the cameras stand?" in shown


def test_the_request_that_is_recorded_with_its_answer_is_told(mails):
    add = ("add", "response-email", "reply.eml", "--answers", "request.eml")
    told = mails.out(*add)
    (request,) = mails.json("list", "evidence/request-email")
    assert f"Recorded request e-mail {request['id'][:8]}" in told
    assert f"It answers request e-mail {request['id'][:8]}" in mails.out(*add)
    assert mails.json(*add)["requests"] == []


def test_an_answer_to_a_record_of_the_request(mails):
    asked = mails.id("add", "request-email", "request.eml")
    made = mails.id("add", "response-email", "reply.eml", "--answers", asked)
    assert ("answers", "to") in links(mails, made)
    assert len(mails.json("list", "evidence/request-email")) == 1


def test_what_is_quoted_of_the_question_is_not_the_answer(mails):
    add = ("add", "response-email", "reply.eml", "--text")
    told = mails.json(*add, "Did you know where the cameras would stand?")
    assert "quoted" in told["notes"]
    assert not told["accepted"]
    assert mails.json(*add, "We were never told where they stand.")["accepted"]


def test_silence(mails):
    made = mails.json("add", "no-response", "--to", "request.eml", "--until", "2031-03-20", code=2)
    assert "has not come yet" in made["error"]
    made = mails.json("add", "no-response", "--to", "request.eml", "--until", "2026-03-20")
    found = fields(mails, made["id"])
    assert found["until"] == "2026-03-20"
    assert found["recipient"] == "press@quillmar.example"
    assert "Where will the cameras stand?" in found["text"]
    mails.run("claim", "silent", "They did not answer")
    mails.run("link", made["id"], "silent", "--supports")
    mails.run("checkpoint")
    assert mails.json("verify")["outcome"] == "holds"
    assert "until: 2026-03-20" in mails.out("resolve", "silent")


def test_silence_that_cannot_be(mails):
    silence = ("add", "no-response", "--to", "request.eml", "--until")
    assert "was sent on 2026-03-02" in mails.run(*silence, "2026-03-01", code=2).stderr
    assert fields(mails, mails.id(*silence, "20260304"))["until"] == "2026-03-04"
    answer = mails.id("add", "response-email", "reply.eml", "--answers", "request.eml")
    assert "answers this request" in mails.run(*silence, "2026-03-20", code=2).stderr
    mails.run("retract", answer, "--reason", "forged")
    mails.run(*silence, "2026-03-20")


def test_a_request_answers_neither_itself_nor_its_copy(mails):
    mails.file("copy.eml", f"X-Kept: yes\n{REQUEST}")
    before = mails.json("log")["size"]
    for file in ("request.eml", "copy.eml"):
        add = ("add", "response-email", file, "--answers", "request.eml")
        assert "stands in the same e-mail" in mails.run(*add, code=2).stderr
    assert mails.json("log")["size"] == before


def test_an_email_without_a_signature_says_so(mails):
    add = ("add", "response-email", "reply.eml", "--text", "We were never told")
    assert "carries no signature" in mails.out(*add)


def test_silence_on_a_recorded_request(mails):
    asked = mails.id("add", "request-email", "request.eml")
    made = mails.id("add", "no-response", "--to", asked, "--until", "2026-03-20")
    assert fields(mails, made)["artifact"] == fields(mails, asked)["artifact"]


def test_what_is_refused(mails):
    mails.file("note.txt", "We were never told.")
    before = mails.json("log")["size"]
    mails.run("add", "response-email", "note.txt", code=2)
    mails.run("add", "no-response", "--to", "request.eml", "--until", "spring", code=2)
    mails.run("add", "no-response", "--to", "gone.eml", "--until", "2026-03-20", code=2)
    add = ("add", "response-email", "reply.eml", "--text", "We were never told")
    result = mails.run(*add, "--subject", "Something else", code=2)
    assert "The e-mail itself says of its subject" in result.stderr
    assert mails.json("log")["size"] == before


def test_an_answer_to_a_file_that_is_no_mail(mails):
    mails.file("note.txt", "We were never told.")
    mails.run("add", "artifact", "note.txt")
    before = mails.json("log")["size"]
    mails.run("add", "response-email", "reply.eml", "--answers", "note.txt", code=2)
    assert mails.json("log")["size"] == before


MULTIPART = """\
From: Quillmar Press <press@quillmar.example>
To: ada@newsroom.example
Subject: The plan
Message-ID: <plan@quillmar.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=frontier

--frontier
Content-Type: text/plain

The plan is attached.
--frontier
Content-Type: text/plain
Content-Disposition: attachment; filename="../../plan.txt"

Forty cameras at the northern quay.
--frontier--
"""


def test_an_attachment_is_preserved_for_itself(case):
    case.file("plan.eml", MULTIPART)
    mail, plan = case.json("add", "artifact", "plan.eml")
    assert plan["within"] == mail["id"]
    assert ("derives-from", "to") in links(case, plan["id"])
    assert fields(case, plan["id"])["filename"] == "../../plan.txt"
    quote = ("add", "quote", "--artifact", plan["id"], "--text", "at the northern quay")
    assert case.json(*quote)["status"] == "verbatim"
    assert not list(case.home.parent.glob("plan.txt"))


def test_an_attachment_and_its_mail_are_one_origin(case):
    case.file("plan.eml", MULTIPART)
    mail, plan = case.json("add", "artifact", "plan.eml")
    case.run("claim", "knew", "They knew")
    for artifact, words in ((mail, "The plan is attached"), (plan, "at the northern quay")):
        quote = case.id("add", "quote", "--artifact", artifact["id"], "--text", words)
        case.run("link", quote, "knew", "--supports")
    resolved = case.json("resolve", "knew")
    assert (resolved["supports"], resolved["origins"]) == (2, 1)


@pytest.fixture
def signed(mails):
    """The reply with a signature, and the files of its key and of another."""
    import dkim
    from cryptography.hazmat.primitives import serialization as ser
    from cryptography.hazmat.primitives.asymmetric import rsa

    for name in ("key", "other"):
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        private = key.private_bytes(
            ser.Encoding.PEM, ser.PrivateFormat.TraditionalOpenSSL, ser.NoEncryption()
        )
        public = key.public_key().public_bytes(
            ser.Encoding.PEM, ser.PublicFormat.SubjectPublicKeyInfo
        )
        mails.file(f"{name}.pem", public)
        if name == "key":
            message = REPLY.replace("\n", "\r\n").encode()
            head = dkim.sign(message, b"mail", b"quillmar.example", private)
            mails.file("signed.eml", head + message)
    return mails


ADD = ("add", "response-email", "signed.eml", "--text", "We were never told")


def test_a_signature_is_checked_with_a_key_and_verified_again_later(signed):
    made = signed.json(*ADD, "--dkim-key", "key.pem")
    (verdict,) = made["dkim"]
    assert (verdict["domain"], verdict["verdict"]) == ("quillmar.example", "valid")
    assert fields(signed, made["id"])["dkim"] == made["dkim"]
    (signed.home / "key.pem").unlink()
    signed.run("checkpoint")
    report = signed.json("verify")
    assert report["outcome"] == "holds"
    assert ("dkim", 1) in [(one["check"], one["count"]) for one in report["checks"]]


def test_without_a_key_nothing_is_said_to_hold(signed):
    made = signed.json(*ADD)
    assert [one["verdict"] for one in made["dkim"]] == ["not-checked"]
    assert "there is no key" in signed.out(*ADD)
    signed.run("checkpoint")
    report = signed.json("verify")
    assert not [one for one in report["checks"] if one["check"] == "dkim"]
    assert any("keys for the signatures" in one for one in report["absent"])


def test_another_key_does_not_fit(signed):
    made = signed.json(*ADD, "--dkim-key", "other.pem")
    assert [one["verdict"] for one in made["dkim"]] == ["not-checked"]
    assert "no key for this selector" in signed.out(*ADD, "--dkim-key", "other.pem")
    _, _, encoded = (signed.home / "other.pem").read_text().partition("\n")
    record = "".join(encoded.partition("-----")[0].split())
    signed.file("named.txt", f"mail._domainkey.quillmar.example TXT v=DKIM1; p={record}")
    made = signed.json(*ADD, "--dkim-key", "named.txt")
    assert [one["verdict"] for one in made["dkim"]] == ["invalid"]


def test_adding_it_again_changes_nothing(signed):
    signed.run(*ADD, "--dkim-key", "key.pem")
    before = signed.json("log")["size"]
    assert not signed.json(*ADD, "--dkim-key", "key.pem")["new"]
    assert signed.json("log")["size"] == before


def test_a_file_without_a_key_and_two_ways_at_once_are_refused(signed):
    signed.file("empty.pem", "nothing")
    signed.run(*ADD, "--dkim-key", "empty.pem", code=2)
    signed.run(*ADD, "--dkim-key", "gone.pem", code=2)
    signed.run(*ADD, "--dkim-key", "key.pem", "--dkim-dns", code=2)


def test_silence_and_one_s_own_request_say_nothing_of_words_or_signatures(mails):
    mails.file("to.eml", REQUEST)
    told = mails.out("add", "request-email", "to.eml", "--text", "Did you know")
    assert "signature" not in told
    silence = ("add", "no-response", "--to", "request.eml", "--until", "2026-03-09")
    assert "verbatim" not in mails.out(*silence)
    mails.run("claim", "silent", "They did not answer")
    (made,) = mails.json("list", "no-response")
    mails.run("link", made["id"], "silent", "--supports")
    shown = mails.out("resolve", "silent")
    assert "the head of the request" in shown
    assert "verbatim" not in shown
    assert "1 support" in shown
    assert "0 independent origins" in shown
