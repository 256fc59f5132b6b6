"""`evidence timestamp --renew`: time-stamps are stamped while their certificates still count."""

import datetime

import pytest
from asn1crypto import tsp
from cryptography.hazmat.primitives.serialization import Encoding

from adversary import tampering, verdict
from authorities import BETWEEN, OTHER_ROOT, ROOT, TSA, Response, authority
from evidence_chain.digest import sha256
from evidence_chain.log.note import SignedNote
from evidence_db.case import Case
from evidence_db.recording.attesting.renewing import to_renew

ENDED = authority(
    BETWEEN,
    name="An authority of long ago",
    since=datetime.datetime(2022, 1, 1, tzinfo=datetime.UTC),
    until=datetime.datetime(2026, 2, 1, tzinfo=datetime.UTC),
)
EARLIER = {"signer": ENDED, "certificates": (ENDED, BETWEEN), "time": "20260105120000Z"}


def pem(case, certified):
    return case.write("root.pem", certified.certificate.public_bytes(Encoding.PEM))


def stamp(case, **changes):
    text = SignedNote.parse(case.json("checkpoint")["note"]).text.encode()
    case.run("timestamp", "--token", case.write("a.tsr", Response(text=text, **changes).der()))


def renewal(case, **changes):
    with Case(case.root).reader() as reader:
        text = to_renew(reader).encode()
    return case.write("b.tsr", Response(text=text, **changes).der())


def renew(case, **changes):
    return case.json("timestamp", "--renew", "--token", renewal(case, **changes))


def counted(case, *words):
    return " ".join(case.json("verify", *words).get("counted", {}))


@pytest.fixture
def stamped(invented):
    stamp(invented)
    return invented


def test_time_stamps_are_stamped_again(stamped):
    assert renew(stamped)["new"] == 1
    assert renew(stamped)["new"] == 1
    told = counted(stamped, "--tsa-root", pem(stamped, ROOT))
    assert "renewal 1 of time-stamps: 1 time-stamp existed before 2031-06-01T12:00:00Z" in told
    assert "renewal 2 of time-stamps: 2 time-stamps existed before" in told
    assert "an authority that was not asked for" in counted(stamped)
    failed = verdict(stamped, "--tsa-root", pem(stamped, OTHER_ROOT), code=1).failed
    assert set(failed) == {"timestamp"}


def test_what_is_asked_is_over_the_time_stamps(stamped, tmp_path):
    query = tmp_path / "question.tsq"
    assert "--renew --token" in stamped.run("timestamp", "--renew", "--query", query).stdout
    asked = tsp.TimeStampReq.load(query.read_bytes(), strict=True)["message_imprint"]
    with Case(stamped.root).reader() as reader:
        text = to_renew(reader)
    assert asked["hashed_message"].native == sha256(text.encode())
    origin, *lines = text.splitlines()[1:]
    assert origin == "newsroom.example/harbour"
    assert [line.split()[0] for line in lines] == ["checkpoint", "timestamp"]


def test_there_is_something_to_renew(invented):
    assert "evidence timestamp" in invented.run("timestamp", "--renew", "--tsa", "x", code=2).stderr


def test_one_over_other_time_stamps_is_not_kept(stamped):
    old = renewal(stamped).read_bytes()
    stamp(stamped, time="20310602120000Z")
    path = stamped.write("old.tsr", old)
    told = stamped.run("timestamp", "--renew", "--token", path, code=1).stderr
    assert "is not over the time-stamps of this case as they are now" in told


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE renewal SET covers = replace(covers, 'timestamp 28', 'timestamp 27')",
        "UPDATE renewal SET covers = replace(covers, 'newsroom', 'nobody')",
        "UPDATE renewal SET covers = replace(covers, 'renewal v1', 'renewal v2')",
        "UPDATE renewal SET covers = 'x'",
        "UPDATE renewal SET token = x'30'",
        "DELETE FROM timestamp",
    ],
)
def test_a_renewal_or_what_it_covers_that_was_changed(stamped, change):
    stamp(stamped, time="20310602120000Z")
    renew(stamped)
    with tampering(stamped) as db:
        if change.startswith("DELETE"):
            change += " WHERE n = 1"
        db.execute(change)
    found = verdict(stamped, "--tsa-root", pem(stamped, ROOT), code=1)
    assert found.failed == ["timestamp"]


def test_a_time_that_was_changed_is_seen_without_any_root(stamped):
    renew(stamped)
    with tampering(stamped) as db:
        ((token,),) = db.execute("SELECT token FROM renewal").fetchall()
        db.execute("UPDATE renewal SET token = ?", [token.replace(b"20310601", b"20210601")])
    assert verdict(stamped, code=1).failed == ["timestamp"]


def test_a_certificate_that_ended_is_told_and_a_renewal_in_time_settles_it(invented):
    stamp(invented, **EARLIER)
    root = ("--tsa-root", pem(invented, ROOT))
    told = counted(invented, *root)
    assert "CN=An authority of long ago" in told
    assert "ended on 2026-02-01, and no renewal that is believed covered its time-stamp" in told
    renew(invented, time="20260110120000Z", signer=TSA)
    assert "ended on" not in counted(invented, *root)
    assert "ended on" in counted(invented)


def test_a_renewal_that_came_too_late_settles_nothing(invented):
    stamp(invented, **EARLIER)
    renew(invented, time="20310601120000Z")
    assert "ended on 2026-02-01" in counted(invented, "--tsa-root", pem(invented, ROOT))


def test_a_certificate_that_ends_soon_is_told(invented):
    until = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=30)
    soon = authority(
        BETWEEN, name="Soon gone", since=until - datetime.timedelta(days=900), until=until
    )
    stamp(invented, signer=soon, certificates=(soon, BETWEEN), time="20260105120000Z")
    told = counted(invented, "--tsa-root", pem(invented, ROOT))
    assert f"the certificate of CN=Soon gone ends on {until:%Y-%m-%d}: renew" in told
    renew(invented, time="20260110120000Z")
    assert "ends on" not in counted(invented)


def test_a_renewal_is_in_no_edition(stamped, tmp_path):
    renew(stamped)
    (stamped.root / "policy.toml").write_text("contradictions_noted = false\n")
    stamped.run("publish", tmp_path / "edition")
    assert len(list((tmp_path / "edition/data/timestamps").iterdir())) == 1
    assert stamped.run("check", tmp_path / "edition", "--key", stamped.vkey)
