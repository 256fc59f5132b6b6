"""What `resolve`, `show`, `list`, `search` and `log` say."""

import pytest

QUOTE = ("add", "quote", "--artifact", "tender.txt", "--text")
RETRACTED = {"how": "retracted", "reason": "misread", "uncovered": False}
ARTICLE = "The firm said it knew. Later it said nothing of the kind.\n"


@pytest.fixture
def knew(tender):
    """A claim with support, contradiction and qualification."""
    tender.run("claim", "knew", "The firm knew of every door")
    tender.file("article.txt", ARTICLE)
    tender.run("add", "artifact", "article.txt", "--publisher", "The Paper")
    for text, relation in (("cover every door", "supports"), ("We buy cameras", "qualifies")):
        tender.run("link", tender.id(*QUOTE, text)[:8], "knew", f"--{relation}")
    add = ("add", "quote", "--artifact", "article.txt", "--speaker", "The firm", "--text")
    denial = tender.id(*add, "it said nothing of the kind")
    tender.run("link", denial[:8], "knew", "--contradicts", "--note", "a denial")
    return tender


def test_the_structure_and_the_chain(knew):
    resolved = knew.json("resolve", "knew")
    numbers = ("status", "supports", "contradicts", "qualifies", "origins", "documents")
    assert [resolved[name] for name in numbers] == ["contested", 1, 1, 1, 1, 1]
    assert [link["relation"] for link in resolved["chain"]] == [
        "supports",
        "contradicts",
        "qualifies",
    ]
    denial = resolved["chain"][1]
    assert denial["note"] == "a denial"
    assert denial["record"]["fields"]["speaker"] == "The firm"
    assert denial["record"]["document"]["filename"] == "article.txt"


def test_contradictions_come_right_after_the_support(knew):
    out = knew.out("resolve", "knew")
    assert out.index("SUPPORTS (1)") < out.index("CONTRADICTS (1)") < out.index("QUALIFIES (1)")
    assert "“it said nothing of the kind”" in out
    assert "article.txt" in out
    assert "why: a denial" in out


def test_each_step_says_whether_it_was_checked(knew):
    resolved = knew.json("resolve", "knew")
    assert resolved["integrity"]["outcome"] == "not-checked"
    assert resolved["log"]["checkpoint"] is None
    knew.run("checkpoint")
    resolved = knew.json("resolve", "knew")
    assert resolved["integrity"]["outcome"] == "holds"
    assert resolved["log"]["signer"] == "known"
    assert "signer known" in knew.out("resolve", "knew")


def test_the_signer_is_unknown_without_a_key(knew, monkeypatch, tmp_path):
    knew.run("checkpoint")
    monkeypatch.setenv("EVIDENCE_KEY", str(tmp_path / "none"))
    resolved = knew.json("resolve", "knew")
    assert resolved["integrity"]["outcome"] == "not-checked"
    assert resolved["log"]["signer"] == "unknown"


def test_a_damaged_file_fails_where_it_is_used(knew):
    knew.run("checkpoint")
    (artifact,) = [a for a in knew.json("list", "artifact") if a["fields"]["publisher"]]
    digest = artifact["fields"]["blake3"]
    kept = knew.home / "artifacts" / digest[:2] / digest
    kept.chmod(0o600)
    kept.write_text(ARTICLE.replace("nothing", "notking"))
    resolved = knew.json("resolve", "knew", code=1)
    outcomes = [link["record"]["document"]["integrity"]["outcome"] for link in resolved["chain"]]
    assert outcomes == ["holds", "failed", "holds"]
    assert resolved["integrity"]["outcome"] == "failed"
    assert "FAILED" in knew.out("resolve", "knew", code=1)


def test_retracted_and_replaced_records_are_shown_and_do_not_count(knew):
    links = knew.json("resolve", "knew")["chain"]
    knew.run("retract", links[1]["record"]["id"][:8], "--reason", "misread")
    resolved = knew.json("resolve", "knew")
    assert (resolved["status"], resolved["contradicts"]) == ("supported", 0)
    assert resolved["chain"][1]["record"]["ended"] == RETRACTED
    assert "[retracted: misread]" in knew.out("resolve", "knew")
    better = knew.id(*QUOTE, "They cover every door of the hall")
    knew.run("replace", links[0]["record"]["id"][:8], better[:8], "--drop-links")
    resolved = knew.json("resolve", "knew")
    assert (resolved["status"], resolved["supports"]) == ("unsupported", 0)
    assert resolved["chain"][0]["record"]["ended"] == {
        "how": "replaced",
        "by": better,
        "uncovered": False,
    }


def test_a_retraction_is_final(knew):
    (link, *_) = knew.json("resolve", "knew")["chain"]
    retraction = knew.id("retract", link["id"], "--reason", "misread")
    knew.run("retract", link["id"], "--reason", "again", code=2)
    knew.run("retract", retraction, "--reason", "undo", code=2)


def test_many_records_of_one_origin_are_one_origin(case):
    release = case.id("add", "original", "--title", "A press release")
    case.run("claim", "won", "The firm won")
    for number in range(3):
        case.file(f"{number}.txt", f"Paper {number}: the firm won.")
        case.run("add", "artifact", f"{number}.txt", "--derives-from", release[:8])
        add = ("add", "quote", "--artifact", f"{number}.txt", "--text", "the firm won")
        case.run("link", case.id(*add)[:8], "won", "--supports")
    resolved = case.json("resolve", "won")
    assert (resolved["supports"], resolved["origins"], resolved["documents"]) == (3, 1, 3)
    (origin,) = resolved["chain"][0]["record"]["document"]["derives_from"]
    assert (origin["title"], origin["held"]) == ("A press release", False)
    assert "(not held)" in case.out("resolve", "won")


def test_an_original_that_is_found_is_held(case):
    release = case.id("add", "original", "--title", "A press release")
    case.file("copy.txt", "We won.")
    case.file("release.txt", "We won, we are proud to say.")
    case.run("add", "artifact", "copy.txt", "--derives-from", release)
    case.run("add", "artifact", "release.txt", "--preserves", release)
    case.run("claim", "won", "The firm won")
    for name in ("copy.txt", "release.txt"):
        quote = case.id("add", "quote", "--artifact", name, "--text", "We won")
        case.run("link", quote, "won", "--supports")
    resolved = case.json("resolve", "won")
    assert (resolved["origins"], resolved["documents"]) == (1, 2)
    assert resolved["chain"][0]["record"]["document"]["derives_from"][0]["held"]


def test_a_supporting_claim_shows_its_own_chain(knew):
    knew.run("claim", "guilty", "The firm is guilty")
    knew.run("link", "knew", "guilty", "--supports")
    resolved = knew.json("resolve", "guilty")
    assert (resolved["supports"], resolved["origins"]) == (1, 1)
    (link,) = resolved["chain"]
    assert link["record"]["slug"] == "knew"
    assert len(link["chain"]) == 3
    assert "cover every door" in knew.out("resolve", "guilty")


def test_records_are_listed_shown_and_found(knew):
    assert {record["kind"] for record in knew.json("list")} == {
        "artifact",
        "case",
        "claim",
        "evidence/quote",
        "link",
    }
    assert len(knew.out("list", "quote", "-q").split()) == 3
    assert "no kind called" in knew.run("list", "nonsense", code=2).stderr
    found, document = knew.json("search", "NOTHING", "kind")
    assert document["kind"] == "artifact"
    assert found["fields"]["text"] == "it said nothing of the kind"
    assert knew.json("search", "'; DROP TABLE entry; --") == []
    assert "Nothing found" in knew.out("search", "zebra")
    assert "supports" in knew.out("show", "knew")
    assert len(knew.json("log", "--last", "2")["entries"]) == 2


def test_chinese_is_found_without_spaces(case):
    case.file("zh.txt", "第二条 摄像头应覆盖每个入口。")
    case.run("add", "artifact", "zh.txt")
    case.run(
        "add", "quote", "--artifact", "zh.txt", "--text", "摄像头应覆盖每个入口", "--language", "zh"
    )
    found, document = case.json("search", "覆盖")
    assert document["kind"] == "artifact"
    assert found["fields"]["language"] == "zh"


def test_a_passage_comes_with_what_stands_around_it(knew):
    (denial,) = [one for one in knew.json("resolve", "knew")["chain"] if one["note"] == "a denial"]
    (part,) = denial["record"]["fragments"]
    start = ARTICLE.index(part["exact"])
    assert (part["before"], part["after"]) == (ARTICLE[:start], ".\n")


def test_of_a_text_that_is_not_what_was_kept_only_the_sealed_context_is_shown(case):
    text = "".join(f"Line {number}.\n" for number in range(80))
    case.run("claim", "long", "It is long")
    case.file("long.txt", text)
    case.run("add", "artifact", "long.txt")
    quote = case.id("add", "quote", "--artifact", "long.txt", "--text", "Line 40.")
    case.run("link", quote, "long", "--supports")
    start = text.index("Line 40.")

    def around(code=0):
        (link,) = case.json("resolve", "long", code=code)["chain"]
        (part,) = link["record"]["fragments"]
        return part["before"], part["after"]

    assert around() == (text[start - 200 : start], text[start + 8 : start + 208])
    (artifact,) = case.json("list", "artifact")[-1:]
    digest = artifact["fields"]["blake3"]
    kept = case.home / "artifacts" / digest[:2] / digest
    kept.chmod(0o600)
    kept.write_text(text.replace("Line 39", "Lies 39"))
    assert around(code=1) == (text[start - 32 : start], text[start + 8 : start + 40])


def test_what_a_passage_finally_comes_from_is_told(case):
    release = case.id("add", "original", "--title", "A press release")
    case.run("claim", "won", "The firm won")
    case.file("agency.txt", "The agency reports: the firm won.")
    agency = case.id("add", "artifact", "agency.txt", "--derives-from", release)
    case.file("paper.txt", "The paper reports that the firm won.")
    case.run("add", "artifact", "paper.txt", "--derives-from", agency)
    quote = case.id("add", "quote", "--artifact", "paper.txt", "--text", "the firm won")
    case.run("link", quote, "won", "--supports")
    (link,) = case.json("resolve", "won")["chain"]
    assert [(root["id"], root["held"]) for root in link["record"]["roots"]] == [(release, False)]
    case.file("release.txt", "We won.")
    case.run("add", "artifact", "release.txt", "--preserves", release)
    (link,) = case.json("resolve", "won")["chain"]
    assert [(root["id"], root["held"]) for root in link["record"]["roots"]] == [(release, True)]


def test_the_heading_and_the_structure_have_the_same_number(knew):
    (first, *_) = knew.json("resolve", "knew")["chain"]
    knew.run("retract", first["id"], "--reason", "misread")
    resolved, said = knew.json("resolve", "knew"), knew.out("resolve", "knew")
    assert f"SUPPORTS ({resolved['supports']}, and 1 that does not count)" in said
