"""Row 42: signatures that prove less than they seem to, and verdicts on them that were forged."""

from dataclasses import replace

import pytest

from adversary import Insider, flip, verdict
from cases import make_empty_case
from signing import BODY, DOMAIN, SELECTOR, message, rsa_signer

SAID = BODY.decode().strip()
TAIL = b"We were told, of course.\r\n"
SECOND = b"From: Press Office <press@ledger.example>\r\n"
SEAL = b"ARC-Seal: i=1; a=rsa-sha256; cv=none; d=ledger.example; s=a; b=AAAA\r\n"


@pytest.fixture(scope="module")
def signer():
    return rsa_signer(2048)


@pytest.fixture(scope="module")
def keys(signer):
    """Whose key each e-mail is checked with, where it isn't that of `signer`."""
    testing = replace(signer, record=f"t=y; {signer.record}")
    return {"weak": rsa_signer(512), "other": rsa_signer(1024), "testing": testing}


def as_sent(signer, keys):
    """The e-mails, by what is wrong with them."""
    signed = signer.sign(message())
    unsigned = signer.sign(message(), h="From:To:Date:Message-ID")
    return {
        "honest": signed,
        "appended": signer.sign(message(), l=len(BODY)) + TAIL,
        "changed": signed.replace(b"never", b"often"),
        "two senders": SECOND + signed,
        "unsigned": unsigned.replace(b"Your questions", b"We confess"),
        "weak": keys["weak"].sign(message()),
        "expired": signer.sign(message(), t=1_700_000_000, x=1_700_000_001),
        "other": signed,
        "testing": signed,
        "sealed on the way": SEAL + message(),
    }


@pytest.fixture(scope="module")
def answered(signer, keys, tmp_path_factory):
    """A case with an answer for each e-mail; the files of the keys are gone."""
    case = make_empty_case(tmp_path_factory.mktemp("mail"))
    for number, (name, content) in enumerate(as_sent(signer, keys).items()):
        file = case.write(f"{number}.eml", content)
        record = f"v=DKIM1; {keys.get(name, signer).record}"
        key = case.write("key.txt", f"{SELECTOR}._domainkey.{DOMAIN} TXT {record}")
        text = SAID.replace("never", "often") if name == "changed" else SAID
        add = ("add", "response-email", file, "--text", text, "--note", name, "--dkim-key", key)
        case.ids[name] = case.id(*add)
    (case.home / "key.txt").unlink()
    return case


VERDICTS = {
    "honest": ("valid", None),
    "appended": ("refused", "body-length"),
    "changed": ("invalid", "body-differs"),
    "two senders": ("refused", "duplicate-header"),
    "unsigned": ("valid", None),
    "weak": ("refused", "key-weak"),
    "expired": ("refused", "expired"),
    "other": ("invalid", "signature-differs"),
    "testing": ("valid", None),
    "sealed on the way": ("not-checked", "no-key"),
}


@pytest.mark.parametrize("name", VERDICTS)
def test_row_42_each_signature_is_judged_by_itself(answered, name):
    (found,) = answered.body(name)["dkim"]
    assert (found["verdict"], found["reason"]) == VERDICTS[name]


@pytest.mark.parametrize(
    ("name", "warning"),
    [("unsigned", "unsigned-headers"), ("testing", "testing")],
)
def test_row_42_what_a_valid_signature_leaves_open_is_told(answered, name, warning):
    (found,) = answered.body(name)["dkim"]
    assert found["warnings"] == [warning]
    assert found["unsigned_headers"] == (["Subject"] if name == "unsigned" else [])


def test_row_42_of_two_senders_neither_is_shown_as_signed(answered):
    assert "press@ledger.example" in answered.body("two senders")["sender"]
    (found,) = answered.body("two senders")["dkim"]
    assert "From" in found["detail"]
    assert found["aligned"] == "unknown"


def better(verdicts):
    """A signature that did not hold, recorded as one that does."""
    verdicts[0] |= {"verdict": "valid", "reason": None, "detail": None}


def with_key(key):
    def change(verdicts):
        verdicts[0]["key_record"] = f"v=DKIM1; {key.record}"

    return change


FORGERIES = {
    "appended": better,
    "changed": better,
    "two senders": better,
    "weak": better,
    "expired": better,
    "sealed on the way": better,
    "unsigned": lambda verdicts: verdicts[0].update(unsigned_headers=[], warnings=[]),
    "testing": lambda verdicts: verdicts[0].update(warnings=[]),
    "honest": lambda verdicts: verdicts.append(verdicts[0]),
    "other": None,
}
"""How the verdicts on an e-mail are changed before they are sealed; `None`: the key is."""


@pytest.fixture(scope="module")
def forged(answered, signer):
    """What `verify` finds where an insider sealed other verdicts, too; by e-mail."""
    insider, names = Insider(answered), {}
    for name, change in FORGERIES.items():
        fields = answered.body(name)
        (change or with_key(signer))(fields["dkim"])
        names[insider.record("evidence/response-email", fields)] = name
    insider.sign()
    report = answered.json("verify", code=1)
    found = [check for check in report["checks"] if check["outcome"] != "holds"]
    assert {check["subject"] for check in found} == names.keys()
    return {"held": report, **{name: _of(found, id_) for id_, name in names.items()}}


def _of(checks, id_):
    return [check for check in checks if check["subject"] == id_]


@pytest.mark.parametrize("name", FORGERIES)
def test_row_42_a_forged_verdict_or_key(forged, name):
    found = {(check["check"], check["outcome"]) for check in forged[name]}
    assert found == {("dkim", "failed")}
    assert all("was" in check["detail"] or "were" in check["detail"] for check in forged[name])


def test_row_42_honest_verdicts_are_repeated_without_the_files_of_the_keys(forged):
    held = [c for c in forged["held"]["checks"] if (c["check"], c["outcome"]) == ("dkim", "holds")]
    assert [check["count"] for check in held] == [len(VERDICTS) - 1]
    assert any("keys for the signatures" in one for one in forged["held"]["absent"])


@pytest.fixture
def confessed(case, signer):
    """A case with one answer, signed with a key that nobody published."""
    file = case.write("forged.eml", signer.sign(message(b"We confess.\r\n")))
    key = case.write("forged.txt", f"v=DKIM1; {signer.record}")
    made = case.json("add", "response-email", file, "--dkim-key", key)
    case.ids["confessed"] = made["id"]
    case.run("checkpoint")
    return case


def test_row_42_a_key_that_was_forged_along_with_the_message_fits(confessed):
    """*Limit*: that the domain published another key, nothing in the case can tell."""
    (found,) = confessed.body("confessed")["dkim"]
    assert (found["verdict"], found["key_from"]) == ("valid", "file forged.txt")
    assert verdict(confessed, code=0).failed == []


def test_row_42_an_e_mail_that_is_gone_is_not_checked(confessed):
    artifact = confessed.body("confessed")["artifact"]
    confessed.kept(confessed.body(artifact)["blake3"]).unlink()
    assert verdict(confessed, code=3)[:2] == ([], {"file", "dkim", "extraction", "headers"})


def test_row_42_an_e_mail_that_was_changed_is_not_checked(confessed):
    artifact = confessed.body("confessed")["artifact"]
    flip(confessed.kept(confessed.body(artifact)["blake3"]), at=-3)
    assert verdict(confessed, code=1)[:2] == (["file"], {"dkim", "extraction", "headers"})


@pytest.mark.parametrize("junk", [[{}], [{"checked_at": "now"}], ["valid"], {"verdict": "valid"}])
def test_row_42_verdicts_that_are_none(confessed, junk):
    insider = Insider(confessed)
    fields = confessed.body("confessed") | {"dkim": junk}
    insider.record("evidence/response-email", fields)
    insider.sign()
    assert verdict(confessed, code=3)[:2] == ([], {"dkim"})
