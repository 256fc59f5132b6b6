"""What `replace`, `retract` and `unlink` say before they do it, and what becomes of links."""

import pytest

from evidence_cli.views import effects, unnoted


@pytest.fixture
def at_a_terminal(monkeypatch):
    """A function after which somebody sits there, for the questions of a module."""
    return lambda asking: monkeypatch.setattr(asking, "is_attended", lambda: True)


@pytest.fixture
def reworded(invented):
    """A claim with one link that supports it, and another wording of the claim."""
    invented.ids["reworded"] = invented.id("claim", "wired", "The quay has forty microphones")
    return invented


def test_a_retraction_tells_what_it_changes(invented):
    result = invented.run("retract", invented.ids["clause-wired"], "--reason", "Misread")
    assert "1 link ends with it." in result.stderr
    assert "claim quay-is-wired goes from supported to unsupported" in result.stderr


def test_a_retracted_file_changes_what_rests_on_claims_in_turn(invented):
    answer = invented.json("retract", invented.ids["minutes"], "--reason", "Forged")
    changed = {one["slug"]: one["after"]["status"] for one in answer["claims_changed"]}
    assert changed == {"board-was-told": "unsupported", "board-knew": "supported"}
    assert answer["links_ended"] == 3
    for slug, status in changed.items():
        assert invented.json("resolve", slug)["status"] == status


def test_what_is_told_of_a_refused_command_leaves_no_trace(invented):
    size = invented.json("log")["size"]
    invented.run("replace", "quay-is-wired", "board-knew", code=2)
    invented.run("replace", "quay-is-wired", invented.ids["twice"], code=2)
    assert invented.json("log")["size"] == size


def test_links_need_a_word_before_their_record_is_replaced(reworded):
    refused = reworded.run("replace", "quay-is-wired", "wired", code=2)
    assert "has 1 link" in refused.stderr
    assert "--carry-links" in refused.stderr
    assert "--drop-links" in refused.stderr


def test_dropped_links_end(reworded):
    told = reworded.run("replace", "quay-is-wired", "wired", "--drop-links").stderr
    assert "1 link ends with it." in told
    assert reworded.json("resolve", "wired")["status"] == "unsupported"


def test_a_carried_link_names_the_old_one_and_is_to_be_looked_at_again(reworded):
    answer = reworded.json("replace", "quay-is-wired", "wired", "--carry-links")
    (link,) = reworded.json("resolve", "wired")["chain"]
    assert answer["carried"] == [link["id"]]
    assert link["counts"]
    assert link["look_again"]
    (old,) = reworded.json("resolve", "quay-is-wired")["chain"]
    assert (old["ended"]["how"], old["ended"]["by"]) == ("replaced", link["id"])
    assert "look at it again" in reworded.run("resolve", "wired").stdout
    assert "to be looked at again" in reworded.run("show", "wired").stdout


def test_a_link_made_anew_was_looked_at(reworded):
    reworded.run("replace", "quay-is-wired", "wired", "--carry-links")
    reworded.run("unlink", reworded.ids["clause"], "wired", "--reason", "To look at it again")
    reworded.run("link", reworded.ids["clause"], "wired", "--supports")
    live = [one for one in reworded.json("resolve", "wired")["chain"] if one["counts"]]
    assert [one["look_again"] for one in live] == [False]


def test_the_same_words_need_no_second_look(invented):
    words = invented.json("resolve", "quay-is-wired")["claim"]["statement"]
    invented.run("claim", "wired", words)
    invented.run("replace", "quay-is-wired", "wired", "--carry-links")
    (link,) = invented.json("resolve", "wired")["chain"]
    assert not link["look_again"]


def test_links_of_a_passage_are_carried_and_need_no_second_look(invented):
    minutes = invented.ids["minutes"]
    better = invented.id("add", "quote", "--artifact", minutes, "--text", "told twice, in writing")
    invented.run("replace", invented.ids["twice"], better, "--carry-links")
    resolved = invented.json("resolve", "board-was-told")
    assert (resolved["status"], resolved["supports"]) == ("supported", 1)
    assert not any(link["look_again"] for link in resolved["chain"])


def test_a_claim_that_supports_another_is_to_be_looked_at_again_too(invented):
    invented.run("claim", "told-orally", "The harbour board was told")
    invented.run("replace", "board-was-told", "told-orally", "--carry-links")
    chain = invented.json("resolve", "board-knew")["chain"]
    again = {one["record"].get("slug") for one in chain if one["look_again"]}
    assert again == {"told-orally"}


def test_the_gate_stays_shut_until_carried_links_were_looked_at(reworded, tmp_path):
    reworded.run("replace", "quay-is-wired", "wired", "--carry-links")
    reworded.run("checkpoint")
    refused = reworded.run("publish", tmp_path / "edition", "--claim", "wired", code=(1, 2))
    assert "carried from another wording" in " ".join(refused.output.split())


def test_a_second_relation_to_one_claim_is_refused_with_the_way_out(invented):
    clause, size = invented.ids["clause"], invented.json("log")["size"]
    refused = invented.run("link", clause, "quay-is-wired", "--contradicts", code=2)
    assert f"evidence unlink {clause[:8]} quay-is-wired" in refused.stderr
    assert invented.json("log")["size"] == size
    invented.run("unlink", clause, "quay-is-wired", "--reason", "It speaks against it")
    invented.run("link", clause, "quay-is-wired", "--contradicts")
    assert invented.json("resolve", "quay-is-wired")["status"] == "contradicted"


def test_unlink_says_where_there_is_no_link(invented):
    refused = invented.run("unlink", invented.ids["clause"], "board-knew", "--reason", "x", code=2)
    assert "No link that stands" in refused.stderr


def test_unlink_tells_what_it_changes(invented):
    told = invented.run("unlink", invented.ids["clause"], "quay-is-wired", "--reason", "Misread")
    assert "goes from supported to unsupported" in told.stderr
    assert "is no longer linked to quay-is-wired" in told.stdout


def test_links_that_the_new_record_had_already_go_over_to_it_and_none_is_said_to_end(reworded):
    reworded.run("link", reworded.ids["clause"], "wired", "--supports")
    told = reworded.run("replace", "quay-is-wired", "wired", "--carry-links")
    assert "1 link goes over to the new record." in told.stderr
    assert "end with it" not in told.stderr
    assert " of its links" not in told.output


@pytest.mark.parametrize(("answer", "code"), [("n\n", 1), ("y\n", 0)])
def test_who_retracts_at_a_terminal_is_asked_though_no_claim_changes(
    invented, at_a_terminal, answer, code
):
    at_a_terminal(effects)
    odd = invented.id("add", "original", "--title", "A letter that nobody has")
    before = len(invented.json("list", "retraction"))
    told = invented.run("retract", odd, "--reason", "There is none", code=code, stdin=answer)
    assert "No claim changes with it." in told.stderr
    assert len(invented.json("list", "retraction")) == before + (code == 0)


@pytest.mark.parametrize("words", [("link",), ("quote", "--contradicts")], ids=["link", "quote"])
def test_the_note_of_a_contradiction_is_asked_for_before_it_is_recorded(
    invented, at_a_terminal, words
):
    at_a_terminal(unnoted)
    if words == ("link",):
        words = ("link", invented.ids["never"], "quay-is-wired", "--contradicts")
    else:
        found = invented.home / "minutes.txt"
        words = ("quote", found, "Nobody objected. The", "--contradicts", "quay-is-wired")
    told = invented.run(*words, stdin="They were asked again\n")
    assert "The gate will ask how you dealt" in told.stderr
    assert "take it back" not in told.stdout
    assert invented.json("list", "link")[-1]["fields"]["note"] == "They were asked again"
