"""`evidence key rotate`: the change is in the log, both keys sign it, and all follow."""

import pytest

from adversary import Insider, tampering, verdict
from editions import ALL_SHOWN, publish
from evidence_chain.errors import StorageError
from evidence_chain.log.key import SigningKey
from evidence_chain.log.note import SignedNote
from evidence_db.recording.attesting import rotating, signing

REASON = ("--reason", "Once a year")


def rotate(case, code=0):
    return case.json("key", "rotate", *REASON, code=code)


def signers(note):
    return [one.key_id.hex() for one in SignedNote.parse(note).signatures]


def key_id(vkey):
    return vkey.split("+")[1]


def retired(case):
    (path,) = case.home.glob("signing.key.retired-*")
    return path


def test_both_keys_sign_the_change_and_the_new_one_what_comes_after(invented):
    told = rotate(invented)
    old, new = told["previous"], told["verifier_key"]
    assert signers(told["note"]) == [key_id(old), key_id(new)]
    invented.run("claim", "later", "Said later")
    assert signers(invented.json("checkpoint")["note"]) == [key_id(new)]
    assert invented.vkey == new
    assert str(SigningKey.parse(retired(invented).read_text().strip()).verifier) == old
    for path in (invented.key_file, retired(invented)):
        assert path.stat().st_mode & 0o777 == 0o600
    assert not invented.home.joinpath("signing.key.next").exists()


def test_who_has_either_key_can_verify_and_others_can_not(invented):
    told = rotate(invented)
    invented.run("claim", "later", "Said later")
    invented.run("checkpoint")
    for key in (told["previous"], told["verifier_key"]):
        assert verdict(invented, "--key", key, code=0).failed == []
    stranger = SigningKey.generate(told["previous"].split("+")[0]).verifier
    assert verdict(invented, "--key", stranger, code=1).failed[0] in ("signature", "seen")
    assert "signer known" in invented.run("resolve", "board-knew").stdout
    assert invented.json("show", invented.json("log")["entries"][-2]["id"])["kind"] == "key"


def test_what_was_seen_before_is_a_beginning_still(invented):
    told = rotate(invented)
    for key in (told["previous"], told["verifier_key"]):
        words = ("--seen", invented.seen, "--seen", invented.early, "--key", key)
        assert verdict(invented, *words, code=0).failed == []


def test_editions_before_at_and_after_a_change(invented, tmp_path):
    first = publish(invented, tmp_path / "first", 1, ALL_SHOWN)
    told = rotate(invented)
    invented.run("claim", "later", "Said later")
    invented.run("checkpoint")
    edition = publish(invented, tmp_path / "second", 2, ALL_SHOWN)
    note = edition.read("edition.note").decode()
    assert signers(note) == [key_id(told["verifier_key"])]
    assert f"data/checkpoints/{told['size']}" in edition.files
    for key in (told["previous"], told["verifier_key"]):
        said = invented.json("check", edition.path, "--key", key, "--seen", first.path)
        assert said["outcome"] == "holds"
    assert invented.json("check", first.path, "--key", told["previous"])["outcome"] == "holds"


def test_an_edition_of_an_earlier_key_is_known_on_the_machine_that_changed_it(invented, tmp_path):
    """The key itself may be destroyed. Who has the newer one alone is told what to do."""
    first = publish(invented, tmp_path / "first", 1, ALL_SHOWN)
    vkey = rotate(invented)["verifier_key"]
    rotate(invented)
    for path in invented.home.glob("signing.key.retired-*"):
        path.unlink()
    resolved = invented.json("resolve", "board-knew", "--case", first.path)
    assert resolved["integrity"]["counts"]["failed"] == 0
    assert resolved["log"]["signer"] == "known"
    said = " ".join(invented.run("check", first.path, "--key", vkey, code=1).stdout.split())
    assert "If its publisher changed keys after it was made, the key before checks it" in said
    later = publish(invented, tmp_path / "later", 2, ALL_SHOWN)
    invented.run("check", later.path, "--key", vkey, "--seen", first.path)


def test_an_earlier_key_makes_no_other_edition_the_users_own(invented, tmp_path):
    """Whoever stole it can sign a log of their own with it."""
    thief = invented.copy_to(tmp_path / "thief")
    rotate(invented)
    thief.run("claim", "forged", "Forged")
    thief.run("checkpoint")
    forged = publish(thief, tmp_path / "forged", 1, ALL_SHOWN)
    said = invented.run("resolve", "forged", "--case", forged.path, code=1).stdout
    first = said[said.index("Integrity") :].splitlines()[1]
    assert first.strip().startswith("FAILED signature: Opening a checkpoint: no signature by")
    assert "There is no checkpoint" not in said


def test_two_changes_with_a_checkpoint_between(invented):
    keys = {rotate(invented)["previous"], *(rotate(invented)["verifier_key"] for _ in range(2))}
    assert len(keys) == 3
    for key in keys:
        assert verdict(invented, "--key", key, code=0).failed == []


def killed(*_):
    raise StorageError("killed")


def test_who_is_killed_before_both_signed_has_both_keys(invented, monkeypatch):
    invented.run("checkpoint")
    signed, calls = rotating.sign_checkpoint, []

    def once(case):
        calls.append(1)
        return signed(case) if len(calls) == 1 else killed()

    monkeypatch.setattr(rotating, "sign_checkpoint", once)
    rotate(invented, code=4)
    monkeypatch.undo()
    assert invented.home.joinpath("signing.key.next").exists()
    assert verdict(invented, code=3).missed == {"coverage"}
    assert "waits for its checkpoint" in invented.run("key", "rotate", *REASON, code=2).stderr
    note = invented.json("checkpoint")["note"]
    assert len(signers(note)) == 2
    assert verdict(invented, code=0).failed == []
    assert not invented.home.joinpath("signing.key.next").exists()


def test_who_is_killed_before_the_change_was_recorded_changed_nothing(invented, monkeypatch):
    before = invented.vkey
    monkeypatch.setattr(rotating.Writer, "add", killed)
    rotate(invented, code=4)
    monkeypatch.undo()
    assert invented.vkey == before
    assert verdict(invented, code=0).failed == []
    told = rotate(invented)
    assert told["previous"] == before


def meanwhile(monkeypatch, happens):
    """Something happens after the first checkpoint of a change, before its own part begins."""
    signed = rotating.sign_checkpoint

    def once(case):
        monkeypatch.setattr(rotating, "sign_checkpoint", signed)
        told = signed(case)
        happens()
        return told

    monkeypatch.setattr(rotating, "sign_checkpoint", once)


def test_a_change_goes_on_from_one_that_was_made_meanwhile(invented, monkeypatch):
    first = []
    meanwhile(monkeypatch, lambda: first.append(rotate(invented)))
    told = rotate(invented)
    assert told["previous"] == first[0]["verifier_key"]
    assert verdict(invented, "--key", first[0]["previous"], code=0).failed == []


def test_a_change_loses_no_key_that_waits_for_another_one(invented, monkeypatch):
    """Without it nobody could sign the log any more."""

    def killed_before_both_signed():
        signed, calls = rotating.sign_checkpoint, []

        def first_only(case):
            calls.append(1)
            return signed(case) if len(calls) == 1 else killed()

        monkeypatch.setattr(rotating, "sign_checkpoint", first_only)
        rotate(invented, code=4)

    meanwhile(monkeypatch, killed_before_both_signed)
    assert "waits for its checkpoint" in invented.run("key", "rotate", *REASON, code=2).stderr
    assert len(signers(invented.json("checkpoint")["note"])) == 2
    assert verdict(invented, code=0).failed == []


def test_a_change_loses_no_key_that_is_in_force_and_not_in_its_place(invented, monkeypatch):
    settle, waits = signing.settle, invented.home / "signing.key.next"

    def killed_before_it_was_moved():
        monkeypatch.setattr(signing, "settle", lambda *_: killed() if waits.exists() else None)
        rotate(invented, code=4)

    meanwhile(monkeypatch, killed_before_it_was_moved)
    assert "isn't finished" in invented.run("key", "rotate", *REASON, code=2).stderr
    monkeypatch.setattr(signing, "settle", settle)
    invented.run("checkpoint")
    assert not waits.exists()
    assert verdict(invented, code=0).failed == []


def test_the_old_key_signs_nothing_more(invented):
    rotate(invented)
    size = invented.json("log")["size"]
    invented.run("claim", "later", "Said later")
    invented.key_file.write_text(retired(invented).read_text())
    said = invented.run("checkpoint", code=4).stderr
    assert "rotated away signs nothing more" in " ".join(said.split())
    assert invented.json("log")["checkpoints"][-1] == size


def test_a_checkpoint_that_the_old_key_signed_after_its_time(invented):
    """Row 63: the key that was stolen and rotated away."""
    rotate(invented)
    old = SigningKey.parse(retired(invented).read_text().strip())
    invented.run("claim", "later", "Said later")
    Insider(invented, old).sign()
    assert "signature" in verdict(invented, code=1).failed


@pytest.mark.parametrize("which", [0, 1])
def test_a_change_that_only_one_key_signed(invented, which):
    told = rotate(invented)
    lines = told["note"].splitlines(keepends=True)
    del lines[-1 - which]
    with tampering(invented) as db:
        db.execute("UPDATE checkpoint SET note = ? WHERE size = ?", ("".join(lines), told["size"]))
    assert "signature" in verdict(invented, code=1).failed


def test_a_change_of_keys_can_be_neither_retracted_nor_erased_nor_replaced(invented):
    rotate(invented)
    (id_,) = [one["id"] for one in invented.json("log")["entries"] if one["kind"] == "key"]
    for words in (
        ("retract", id_, "--reason", "no"),
        ("erase", id_, "--reason", "no", "--yes"),
        ("replace", id_, "board-knew"),
    ):
        assert invented.run(*words, code=(1, 2))


def test_the_reason_is_needed(invented):
    invented.run("key", "rotate", code=2)
