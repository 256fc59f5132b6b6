"""Signing and verifying at the command line: outcomes, exit codes, what is named as absent."""

import json

import pytest

from evidence_chain.log.key import SigningKey


@pytest.fixture
def signed(tender):
    tender.run("claim", "knew", "They knew")
    quote = tender.id("add", "quote", "--artifact", "tender.txt", "--text", "We buy cameras")
    tender.run("link", quote, "knew", "--supports")
    (tender.home / "seen").write_text(tender.out("checkpoint"))
    return tender


def checks(report, outcome):
    return [
        (check["check"], check["subject"])
        for check in report["checks"]
        if check["outcome"] == outcome
    ]


def test_everything_holds(signed):
    report = signed.json("verify")
    assert report["outcome"] == "holds"
    assert report["counts"] == {"holds": report["counts"]["holds"], "failed": 0, "not-checked": 0}
    assert sum(check["count"] for check in report["checks"]) == report["counts"]["holds"]
    assert set(report["checks"][0]) >= {"check", "outcome", "subject", "detail"}
    assert "checks hold, 0 failed, 0 could not be made" in signed.out("verify")


def test_how_parsers_are_confined(signed, confined_by):
    confined_by(["Landlock (ABI 7)"], [])
    told = {"by": ["Landlock (ABI 7)"], "lacking": []}
    assert signed.json("verify")["isolation"] == told
    assert "confined" not in signed.out("verify")
    assert "\nParsers are confined by Landlock (ABI 7).\n" in signed.out("verify", "--verbose")


def test_what_parsers_are_not_confined_by(signed, confined_by):
    confined_by([], ["Landlock: the kernel lacks it", "seccomp: the kernel lacks it"])
    report = signed.json("verify")
    assert report["isolation"]["lacking"][0] == "Landlock: the kernel lacks it"
    assert report["outcome"] == "holds"
    told = signed.out("verify")
    assert "\nParsers are not confined by Landlock: the kernel lacks it.\n" in told
    assert told.count("Parsers") == 2


def test_nothing_to_check_is_not_ok(case):
    report = case.json("verify", code=3)
    assert report["outcome"] == "not-checked"
    assert ("coverage", "log") in checks(report, "not-checked")


def test_time_stamps_and_witnesses_are_named_as_absent(signed):
    absent = signed.json("verify")["absent"]
    assert any("time-stamps" in one for one in absent)
    assert any("witnesses" in one for one in absent)
    assert any("SHA-256" in one for one in absent)
    assert not any("SHA-256" in one for one in signed.json("verify", "--all-digests")["absent"])
    assert not any("--seen" in one for one in signed.json("verify", "--seen", "seen")["absent"])
    assert any("--rendered" in one for one in absent)
    assert not any("--rendered" in o for o in signed.json("verify", "--rendered")["absent"])


def test_entries_after_the_checkpoint_are_not_covered(signed):
    signed.run("claim", "later", "Later")
    assert checks(signed.json("verify", code=3), "not-checked") == [("coverage", "log")]
    signed.run("checkpoint")
    assert signed.json("verify", "--seen", "seen")["outcome"] == "holds"


def test_the_log_that_has_not_grown_keeps_its_checkpoint(signed):
    assert signed.out("checkpoint") == (signed.home / "seen").read_text()


def test_a_new_case_can_be_signed_with_its_title(case):
    assert case.json("checkpoint")["size"] == 1
    assert case.json("verify")["outcome"] == "holds"


def test_a_given_key_must_be_the_signers(signed, monkeypatch, tmp_path):
    own = json.loads(signed.out("verify", "--json"))
    assert own["outcome"] == "holds"
    vkey = str(SigningKey.parse((tmp_path / "signing.key").read_text().strip()).verifier)
    monkeypatch.setenv("EVIDENCE_KEY", str(tmp_path / "none"))
    assert checks(signed.json("verify", code=3), "not-checked") == [("signature", "checkpoint 5")]
    assert signed.json("verify", "--key", vkey)["outcome"] == "holds"
    other = str(SigningKey.generate("newsroom.example/case").verifier)
    assert checks(signed.json("verify", "--key", other, code=1), "failed") == [
        ("signature", "checkpoint 5")
    ]
    assert "no verifier key" in signed.run("verify", "--key", "nonsense", code=2).stderr


def test_a_missing_or_open_key_signs_nothing(signed, monkeypatch, tmp_path):
    signed.run("claim", "later", "Later")
    key = tmp_path / "signing.key"
    key.chmod(0o644)
    result = signed.run("checkpoint", code=4)
    assert "chmod 600" in result.stderr
    assert key.read_text().strip() not in result.output
    assert ("signature", "signer") in checks(signed.json("verify", code=3), "not-checked")
    key.unlink()
    assert "backup" in signed.run("checkpoint", code=4).stderr
    key.write_text("nonsense")
    key.chmod(0o600)
    assert "no signing key" in signed.run("checkpoint", code=4).stderr


def test_a_seen_checkpoint_that_cannot_be_read_is_told(signed):
    assert "can't be read" in signed.run("verify", "--seen", "gone", code=2).stderr
    signed.file("odd", "odd")
    said = " ".join(signed.run("verify", "--seen", "odd", code=2).stderr.split())
    assert "What you saw before, odd, is no checkpoint (it begins with 'odd')" in said


def test_one_claim_is_verified_with_the_files_it_rests_on(signed):
    signed.file("other.txt", "Something else.")
    signed.run("add", "artifact", "other.txt")
    signed.run("checkpoint")
    (other,) = [
        a for a in signed.json("list", "artifact") if a["fields"]["filename"] == "other.txt"
    ]
    digest = other["fields"]["blake3"]
    (signed.home / "artifacts" / digest[:2] / digest).unlink()
    assert signed.json("verify", code=3)["outcome"] == "not-checked"
    assert signed.json("verify", "knew")["outcome"] == "holds"


def test_exit_codes_are_in_the_help(signed):
    out = signed.out("verify", "--help")
    assert "Exit codes" in out
    assert all(f"  {code}  " in out for code in range(5))
