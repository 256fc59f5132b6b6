"""`evidence proof`: one record that travels alone, and what `check` says of it."""

import base64

import pytest

from adversary import canonical
from evidence_chain.log.travelling import TravellingProof


@pytest.fixture
def proof(template, tmp_path):
    path = tmp_path / "proof"
    template.run("proof", "board-knew", "-o", path)
    return path


def test_a_proof_that_holds(template, proof):
    report = template.json("check", proof, "--key", template.vkey)
    assert report["outcome"] == "holds"
    assert "withheld: recorded_by" in report["counted"]
    assert b"tester" not in base64.b64decode(proof.read_text().split("\n")[1].split()[1])


def test_without_a_key_the_signer_is_unknown(template, proof):
    assert template.json("check", proof, code=3)["outcome"] == "not-checked"


def test_the_proofs_of_an_edition(edition, template):
    names = [name for name in edition.files if "proofs/" in name]
    assert len(names) == 4
    for name in names:
        template.run("check", edition.path / name, "--key", template.vkey)


def test_it_goes_where_it_is_asked_to(template, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = template.json("proof", template.ids["never"])
    path = tmp_path / f"{template.ids['never']}.tlog-proof"
    assert said["file"] == path.name
    printed = template.run("proof", template.ids["never"], "-o", "-").stdout
    assert printed == path.read_text()
    told = template.run("proof", template.ids["never"], code=2).stderr
    assert f"{path.name} is there already, and is left as it is." in told
    assert printed == path.read_text()


def test_a_record_that_no_checkpoint_covers(invented, tmp_path):
    made = invented.id("claim", "late", "Not covered")
    said = invented.run("proof", made, "-o", tmp_path / "proof", code=2).output
    assert "`evidence checkpoint`" in said
    assert not (tmp_path / "proof").exists()


def test_a_record_that_there_is_not(template, tmp_path):
    template.run("proof", "no-such-claim", "-o", tmp_path / "proof", code=2)


def replaced(proof, **parts):
    old = TravellingProof.parse(proof.read_text())
    given = {name: getattr(old, name) for name in ("extra", "index", "hashes", "note")}
    proof.write_text(TravellingProof(**(given | parts)).to_text())


CHANGED = {
    "index": lambda old: {"index": old.index + 1},
    "hash less": lambda old: {"hashes": old.hashes[:-1]},
    "hash more": lambda old: {"hashes": [*old.hashes, bytes(32)]},
    "another hash": lambda old: {"hashes": [bytes(32), *old.hashes[1:]]},
    "another value": lambda old: {"extra": old.extra.replace(b"knew of", b"dreamt of")},
    "another entry": lambda old: {"extra": old.extra.replace(b'"kind\\":', b'"kino\\":')},
    "nothing": lambda old: {"extra": b""},
    "no line": lambda old: {"extra": canonical({"entry": 7}).encode()},
}


@pytest.mark.parametrize("what", CHANGED)
def test_one_that_was_changed(template, proof, what):
    before = proof.read_text()
    replaced(proof, **CHANGED[what](TravellingProof.parse(before)))
    assert proof.read_text() != before
    report = template.json("check", proof, "--key", template.vkey, code=1)
    assert report["outcome"] == "failed"


def test_each_line_of_it(template, proof):
    lines = proof.read_text().split("\n")
    for number, line in enumerate(lines[:-1]):
        for other in (f"{line}x", line[:-1], f" {line}"):
            if other != line:
                proof.write_text("\n".join([*lines[:number], other, *lines[number + 1 :]]))
                renamed = proof.rename(proof.with_suffix(".tlog-proof"))
                template.run("check", renamed, "--key", template.vkey, code=1)
                renamed.rename(proof)


def test_under_another_key(template, proof, tmp_path):
    other = str(template.key.generate(template.key.name).verifier)
    template.run("check", proof, "--key", other, code=1)


def test_one_that_is_too_large(template, tmp_path):
    path = tmp_path / "huge.tlog-proof"
    with path.open("wb") as file:
        file.truncate(1 << 34)
    said = template.run("check", path, "--key", template.vkey, code=1).output
    assert "32 MiB at most" in " ".join(said.split())


def test_it_says_what_was_proved(template, proof):
    said = template.run("check", proof, "--key", template.vkey).output
    assert "knew of the recordings" in said
    assert "publisher's word" not in said
    proved = template.json("check", proof, "--key", template.vkey)["proved"]
    assert proved["kind"] == "claim"
    assert proved["id"] == template.ids["board-knew"]
    replaced(proof, **CHANGED["another value"](TravellingProof.parse(proof.read_text())))
    assert template.json("check", proof, "--key", template.vkey, code=1)["proved"] is None


def test_what_was_seen_before_is_compared_with_it(template, proof, tmp_path):
    seen, text = tmp_path / "seen", TravellingProof.parse(proof.read_text()).note
    origin, size, root, *rest = text.split("\n")
    words = ("check", proof, "--key", template.vkey, "--seen", seen)
    seen.write_text(text)
    assert template.json(*words)["outcome"] == "holds"
    other = base64.b64encode(bytes(32)).decode()
    for changed, code in (
        ([origin, size, other], 1),
        (["elsewhere.example/log", size, root], 1),
        ([origin, str(int(size) - 1), other], 3),
        (["nothing"], 2),
    ):
        seen.write_text("\n".join([*changed, *rest]))
        assert template.run(*words, code=code)


def test_what_a_lone_proof_can_not_hold_is_not_checked(template, proof, tmp_path):
    signers = tmp_path / "signers"
    signers.write_text("someone@example.org ssh-ed25519 AAAA\n")
    words = ("check", proof, "--key", template.vkey, "--allowed-signers", signers)
    assert template.json(*words, code=3)["outcome"] == "not-checked"


def test_who_hands_out_a_proof_of_what_ended_is_told(invented, tmp_path):
    altered = invented.id(
        *("add", "quote", "--artifact", invented.ids["minutes"], "--as-altered"),
        *("--text", "The auditor wrote on 3 May that the board had been told twice"),
    )
    invented.run("retract", invented.ids["never"], "--reason", "Tested", "--yes")
    invented.run("checkpoint")
    ended = invented.json("proof", invented.ids["never"], "-o", tmp_path / "ended")
    assert "retracted or replaced" in " ".join(ended["doubts"])
    file = tmp_path / "altered"
    assert "recorded as altered" in invented.run("proof", altered, "-o", file).output
    report = invented.json("check", file, "--key", invented.vkey)
    assert "passage recorded as altered: its file has other words" in report["counted"]
    assert any("whether the record was retracted" in one for one in report["absent"])
    assert not invented.json("proof", invented.ids["minutes"], "-o", tmp_path / "x")["doubts"]


def test_a_proof_is_searched_for_what_is_withheld(invented, tmp_path):
    never = invented.ids["never"]
    invented.run("unlink", never, "board-knew", "--reason", "To say more of it")
    words = ("link", never, "board-knew", "--qualifies", "--note", "The harbour master said so.")
    link = invented.id(*words)
    invented.run("checkpoint")
    invented.run("proof", link, "-o", tmp_path / "before")
    invented.run("withhold", never, "--field", "speaker", "--reason", "A source")
    output = invented.run("proof", link, "-o", tmp_path / "after", code=1).output
    assert never[:8] in output
    assert "harbour master" not in output
    assert not (tmp_path / "after").exists()
    invented.run("proof", "board-knew", "-o", tmp_path / "claim")
