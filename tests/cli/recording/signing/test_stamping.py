"""`evidence timestamp`: what authorities answer is kept as it came, checked, and published."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from asn1crypto import tsp
from cryptography.hazmat.primitives.serialization import Encoding

from adversary import tampering, verdict
from authorities import OTHER_ROOT, ROOT, Response
from editions import ALL_SHOWN
from evidence_chain.errors import UncheckedError
from evidence_chain.log.note import SignedNote
from evidence_db.recording.attesting import stamping
from witnesses import trickling


def text_of(case):
    return SignedNote.parse(case.json("checkpoint")["note"]).text.encode()


def pem(case, certified):
    return case.write("root.pem", certified.certificate.public_bytes(Encoding.PEM))


def given(case, name="answer.tsr", **changes):
    return case.write(name, Response(text=text_of(case), **changes).der())


def believing(case, *roots):
    """A line of a policy by which these authorities count, and the file that it names."""
    certificates = (one.certificate.public_bytes(Encoding.PEM) for one in roots)
    (case.root / "authorities.pem").write_bytes(b"".join(certificates))
    return 'authority_roots = "authorities.pem"\n'


@pytest.fixture
def stamped(invented):
    invented.run("timestamp", "--token", given(invented))
    return invented


class Authority:
    """An authority on loopback; `answer` makes the response to a request."""

    def __init__(self, answer):
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status, said = answer(body, self.headers)
                self.send_response(status)
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, *_):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/tsr"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()


@pytest.fixture
def authority():
    """A function that starts one."""
    running = []

    def start(answer):
        running.append(Authority(answer))
        return running[-1].address

    yield start
    for one in running:
        one.server.shutdown()
        one.server.server_close()


def honest(case):
    """Answers as an authority does: over the imprint that is asked for, with the nonce."""
    text = text_of(case)

    def answer(body, headers):
        assert headers["Content-Type"] == "application/timestamp-query"
        asked = tsp.TimeStampReq.load(body, strict=True)
        assert asked["cert_req"].native
        assert asked["message_imprint"]["hash_algorithm"]["algorithm"].native == "sha256"
        return 200, Response(text=text, info={"nonce": asked["nonce"].native}).der()

    return answer


def test_an_authority_is_asked(invented, authority):
    told = invented.json("timestamp", "--tsa", authority(honest(invented)))
    (one,) = told["timestamps"]
    assert (one["time"], one["authority"]) == ("2031-06-01T12:00:00Z", "CN=Invented authority")
    assert (told["new"], told["failures"]) == (1, [])


def test_the_policy_names_whom_to_ask(invented, authority):
    address = authority(honest(invented))
    policy = f'timestamps = 2\nauthorities = ["{address}"]\ncontradictions_noted = false\n'
    policy += believing(invented, ROOT)
    (invented.root / "policy.toml").write_text(policy)
    assert "existed before 2031-06-01T12:00:00Z" in invented.run("timestamp").stdout
    gate = invented.json("publish", "--check-only", code=1)["gate"]
    (shut,) = [line for line in gate if line["outcome"] == "unmet"]
    assert shut["rule"] == "timestamps"
    assert "1 that the policy believes stamped it, and 2 are asked for" in shut["detail"]
    (invented.root / "policy.toml").write_text(policy.replace("2", "1", 1))
    assert invented.json("publish", "--check-only")["open"]


def test_an_authority_that_trickles_is_not_waited_for():
    with trickling(b"X: y\r\n") as address:
        with pytest.raises(UncheckedError, match="took longer"):
            stamping.ask(address, 1, b"", seconds=0.2)


def test_one_that_speaks_something_else_is_told(invented, authority):
    address = authority(lambda *_: (10**40, b""))
    assert "can't be asked" in invented.run("timestamp", "--tsa", address, code=3).stderr


def test_that_an_edition_was_made_needs_no_stamp_of_its_own(stamped, tmp_path):
    """`publish` records that, and signs it; what is published next was stamped before."""
    policy = "timestamps = 1\ncontradictions_noted = false\n" + believing(stamped, ROOT)
    for text in ("", policy):
        (stamped.root / "policy.toml").write_text(text or "contradictions_noted = false")
        made = f"20{31 if text else 30}-01-01T00:00:00Z"
        stamped.run("publish", tmp_path / f"out{len(text)}", *ALL_SHOWN, "--made", made)
        assert stamped.json("publish", "--check-only", *ALL_SHOWN)["open"]
        assert "time" not in stamped.run("status").stdout.partition("The log (")[2]
    assert len(stamped.json("log")["checkpoints"]) == 4
    stamped.run("claim", "later", "Said later")
    stamped.run("checkpoint")
    gate = stamped.json("publish", "--check-only", *ALL_SHOWN, code=1)["gate"]
    assert {line["rule"] for line in gate if line["outcome"] == "unmet"} == {"timestamps"}
    (stamped.root / "policy.toml").write_text("contradictions_noted = false")
    assert "has no time-stamp" in stamped.run("status").stdout


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (lambda _: (500, b""), "can't be asked: Internal Server Error"),
        (lambda _: (200, b"<html>"), "no time-stamp response"),
        (lambda _: (200, b"\x30" * (1 << 20) + b"\x30"), "may have 1048576 bytes"),
        (lambda text: (200, Response(text=text, status="rejection").der()), "granted none"),
        (lambda text: (200, Response(text=text + b"x").der()), "not over this checkpoint"),
        (lambda text: (200, Response(text=text).der()), "another question"),
        (lambda text: (200, Response(text=text, info={"nonce": 7}).der()), "another question"),
    ],
    ids=["error", "page", "large", "rejected", "another text", "no nonce", "another nonce"],
)
def test_a_bad_answer_is_not_kept(invented, authority, answer, told):
    text = text_of(invented)
    result = invented.run("timestamp", "--tsa", authority(lambda *_: answer(text)), code=3)
    assert told in result.stderr
    assert invented.json("verify")["counts"]["failed"] == 0
    with invented.connected() as db:
        assert db.execute("SELECT count(*) FROM timestamp").fetchone() == (0,)


def test_what_others_answered_is_kept(invented, authority):
    addresses = ("--tsa", "http://127.0.0.1:1/", "--tsa", authority(honest(invented)))
    told = invented.json("timestamp", *addresses, code=3)
    assert len(told["failures"]) == 1
    assert told["new"] == 1


def test_a_question_can_be_carried_elsewhere(invented, tmp_path):
    query = tmp_path / "question.tsq"
    assert "--token" in invented.run("timestamp", "--query", query).stdout
    asked = tsp.TimeStampReq.load(query.read_bytes(), strict=True)
    assert asked["nonce"].native
    assert "left as it is" in invented.run("timestamp", "--query", query, code=2).stderr
    answer = given(invented)
    invented.run("claim", "later", "Something later")
    invented.run("checkpoint")
    told = invented.json("timestamp", "--token", answer)
    assert told["timestamps"][0]["size"] < told["size"]


def test_the_same_answer_is_kept_once(stamped):
    assert stamped.json("timestamp", "--token", stamped.home / "answer.tsr")["new"] == 0


@pytest.mark.parametrize(
    ("content", "code", "told"),
    [(b"no answer", 1, "no time-stamp response"), (None, 2, "can't be read")],
)
def test_a_file_that_is_none(invented, content, code, told):
    path = invented.home / "none.tsr" if content is None else invented.write("x.tsr", content)
    assert told in invented.run("timestamp", "--token", path, code=code).stderr


def test_one_of_another_log(invented):
    path = invented.write("other.tsr", Response().der())
    assert "over no checkpoint" in invented.run("timestamp", "--token", path, code=1).stderr


def test_nobody_to_ask(invented):
    assert "Nobody was named" in invented.run("timestamp", code=2).stderr
    assert "no address" in invented.run("timestamp", "--tsa", "file:///etc/passwd", code=2).stderr


def test_nothing_to_stamp(tmp_path):
    from cases import make_empty_case

    case = make_empty_case(tmp_path / "empty")
    assert "evidence checkpoint" in case.run("timestamp", "--tsa", "http://x", code=2).stderr


def test_whom_to_believe_is_asked_for(stamped):
    told = stamped.run("verify").stdout
    assert "says an authority that was not asked for" in told
    assert "--tsa-root" in told
    told = stamped.run("verify", "--tsa-root", pem(stamped, ROOT)).stdout
    assert "says CN=Invented authority" in told
    found = verdict(stamped, "--tsa-root", pem(stamped, OTHER_ROOT), code=1)
    assert found.failed == ["timestamp"]


def test_roots_without_a_time_stamp(invented):
    found = verdict(invented, "--tsa-root", pem(invented, ROOT), code=3)
    assert "timestamp" in found.missed


def test_a_chain_says_since_when_it_existed(stamped):
    (one,) = stamped.json("resolve", "board-knew")["log"]["timestamps"]
    assert one["time"] == "2031-06-01T12:00:00Z"
    said = "All of it existed before 2031-06-01T12:00:00Z, says CN=Invented authority"
    assert said in stamped.run("resolve", "board-knew").stdout
    stamped.run("link", stamped.ids["clause"], "board-knew", "--supports")
    assert stamped.json("resolve", "board-knew")["log"]["timestamps"] == []


@pytest.mark.parametrize(
    "change",
    ["token = x'30'", "token = CAST(substr(token, 1, 400) AS BLOB)", "size = 1"],
)
def test_a_time_stamp_that_was_changed(stamped, change):
    with tampering(stamped) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute(f"UPDATE timestamp SET {change}")
    assert "timestamp" in verdict(stamped, "--tsa-root", pem(stamped, ROOT), code=1).failed


def test_a_time_that_was_changed_is_seen_without_any_root(stamped):
    def earlier(token):
        changed = token.replace(b"20310601", b"20210601")
        assert changed != token
        return changed

    (stamped.root / "policy.toml").write_text("timestamps = 1\n" + believing(stamped, ROOT))
    words = ("publish", "--claim", "board-knew", "--check-only")
    assert "timestamps" not in stamped.run(*words, code=(0, 1)).output
    with tampering(stamped) as connection:
        ((token,),) = connection.execute("SELECT token FROM timestamp").fetchall()
        connection.execute("UPDATE timestamp SET token = ?", [earlier(token)])
    assert "it was changed" in stamped.run("verify", code=1).output
    assert "0 that the policy believes stamped it" in stamped.run(*words, code=1).output


def test_stamps_of_authorities_that_the_policy_does_not_believe_do_not_count(stamped):
    words = ("publish", "--claim", "board-knew", "--check-only")
    policy = stamped.root / "policy.toml"
    policy.write_text("timestamps = 1\n")
    assert "anybody can stamp" in stamped.run(*words, code=1).output
    policy.write_text("timestamps = 1\n" + believing(stamped, OTHER_ROOT))
    assert "0 that the policy believes stamped it" in stamped.run(*words, code=1).output
    policy.write_text("timestamps = 1\n" + believing(stamped, OTHER_ROOT, ROOT))
    stamped.run(*words)
    (stamped.root / "authorities.pem").unlink()
    assert "authorities.pem" in stamped.run(*words, code=2).stderr
    (stamped.root / "authorities.pem").write_text("nonsense")
    assert "can't be read" in stamped.run(*words, code=2).stderr


def test_row_64_a_time_stamp_of_another_log(stamped):
    other = Response(text=b"newsroom.example/other\n3\n" + b"A" * 43 + b"=\n").der()
    with tampering(stamped) as db:
        db.execute("UPDATE timestamp SET token = ?", (other,))
    assert verdict(stamped, code=1).failed == ["timestamp"]


def test_it_is_published_with_its_checkpoint(stamped, tmp_path):
    (stamped.root / "policy.toml").write_text("contradictions_noted = false\n")
    size = stamped.json("log")["size"]
    stamped.run("claim", "later", "Something later")
    stamped.run("checkpoint")
    edition = tmp_path / "edition"
    stamped.run("publish", edition)
    answer = (stamped.home / "answer.tsr").read_bytes()
    assert (edition / f"data/timestamps/{size}-1.tsr").read_bytes() == answer
    assert (edition / f"data/checkpoints/{size}").exists()
    words = ("check", edition, "--key", stamped.vkey)
    told = stamped.json(*words, "--tsa", pem(stamped, ROOT))["counted"]
    assert "time-stamp of 2031-06-01T12:00:00Z by CN=Invented authority" in told
    resolved = stamped.json("--case", edition, "resolve", "board-knew")
    assert resolved["log"]["timestamps"]
    changed = answer.replace(b"20310601", b"20210601")
    (edition / f"data/timestamps/{size}-1.tsr").write_bytes(changed)
    checks = stamped.json(*words, "--all", code=1)["checks"]
    assert "timestamp" in {one["check"] for one in checks if one["outcome"] == "failed"}
