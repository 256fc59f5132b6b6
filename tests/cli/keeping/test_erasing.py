"""Erasing: nothing of a record is left in any byte of the case, and all else still verifies."""

from types import SimpleNamespace

import pytest

from cases import MINUTES, CaseDir
from evidence_chain import kinds
from evidence_cli.commands.keeping import erase as erase_command
from evidence_db.case import Case
from evidence_db.recording.adding import add_link
from evidence_db.recording.writer import Writer
from traces import traces

WORDS = "Nobody objected."
FIRST, SECOND = MINUTES.index(WORDS), MINUTES.rindex(WORDS)
SECRET = "Quelna Vortrex of Aldmere"
WHY = ("--reason", "the source asked for it", "--yes")
MAIL = f"""From: a@b.example
To: c@d.example
Subject: Re: plan
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain

Here it is.
--x
Content-Type: text/plain
Content-Disposition: attachment; filename="{SECRET}.txt"

{SECRET} wrote this.
--x--
"""


@pytest.fixture
def churned(invented):
    """The case after many rows were moved from page to page of its database."""
    with Writer(Case(invented.root), "tester") as writer:
        for number in range(60):
            note = f"{number} " * (number * 7 % 40)
            writer.add(kinds.CLAIM, {"slug": f"c{number}", "statement": "So", "note": note})
    return invented


def amended_quote(case):
    words = ("--text", "Nobody objected.", "--at", FIRST, "--speaker", f"Dr {SECRET}")
    made = case.id("add", "quote", "--artifact", case.ids["minutes"], *words)
    case.run("amend", made, "--speaker", SECRET, "--reason", f"{SECRET} wants it so")
    return made


def translated_quote(case):
    made = amended_quote(case)
    case.run(
        *("add", "translation", "--of", made, "--text", f"Niemand, so {SECRET}"),
        *("--language", "de", "--translator", "Jo"),
    )
    return made


def file(case):
    path = case.write(f"{SECRET}.html", f"<p>I am {SECRET}.</p><p>Forty doors.</p>")
    made = case.id("add", "artifact", path, "--title", f"Interview with {SECRET}")
    for text in ("Forty doors.", f"I am {SECRET}."):
        case.run("add", "quote", "--artifact", made, "--text", text)
    return made


def mail(case):
    return case.run("add", "artifact", case.write("m.eml", MAIL), "--quiet").stdout.split()[0]


def link(case):
    return case.id("link", case.ids["deaf"], "board-knew", "--qualifies", "--note", SECRET)


def retraction(case):
    return case.id("retract", case.ids["trained"], "--reason", SECRET)


def amendment(case):
    words = ("--title", SECRET, "--reason", "so it is called")
    return case.id("amend", case.ids["minutes"], *words)


def claim(case):
    return case.id("claim", SECRET.lower().replace(" ", "-"), f"{SECRET} knew", "--note", SECRET)


def review(case):
    return case.id("review", "board-knew", "--reject", "--note", SECRET)


def original(case):
    return case.id("add", "original", "--title", f"Letter of {SECRET}")


@pytest.mark.parametrize(
    ("made", "records"),
    [
        *((amended_quote, 2), (translated_quote, 4), (file, 3), (mail, 2), (link, 1)),
        *((retraction, 1), (amendment, 1), (claim, 1), (original, 1), (review, 1)),
    ],
)
def test_no_byte_of_it_is_left(churned, made, records):
    case, words = churned, (SECRET, SECRET.replace(" ", "-"))
    id_ = made(case)
    assert traces(case.root, *words)
    done = case.json("erase", id_, "--with-passages", *WHY)
    assert len(done["records"]) == records
    assert {one["field"] for one in done["traces"]} <= {"text", "selector"}
    assert traces(case.root, *words) == []
    assert not list(case.root.glob(".*"))
    case.run("checkpoint")
    report = case.json("verify", "--all-digests")
    assert report["outcome"] == "holds"
    assert report["counted"] == {"records that were erased": records}
    shown = case.json("show", id_)
    assert (shown["fields"], shown["erased"]["reason"]) == ({}, WHY[1])
    assert shown["integrity"]["counts"]["failed"] == 0
    assert f"[erased on {shown['erased']['at'][:10]}" in case.run("list").stdout
    assert "erased" in case.run("log").stdout
    assert case.json("resolve", "board-knew")["integrity"]["counts"]["failed"] == 0
    assert case.json("search", SECRET) == []


def test_the_title_of_the_case_may_be_erased(tmp_path):
    case = CaseDir(tmp_path)
    case.run("init", case.root, "--origin", "newsroom.example/case", "--title", SECRET)
    case.run("erase", "@0", *WHY)
    case.run("checkpoint")
    assert traces(case.root, SECRET) == []
    assert case.json("verify")["outcome"] == "holds"


REFUSED = {
    "nobody types its id": (("never", "--reason", "so"), "Give --yes"),
    "no reason": (("never", "--yes"), "and why"),
    "an empty reason": (("never", "--reason", " ", "--yes"), "and why"),
    "a file whose passages stay": (("minutes", *WHY), "without 2 other records"),
    "a reason that repeats it": (
        ("never", "--reason", "he said: we were NEVER told about\nthe recordings.", "--yes"),
        "repeats words",
    ),
    "nothing of that name": (("no-such", *WHY), "Nothing in this case"),
}


@pytest.mark.parametrize("why", REFUSED)
def test_refused_and_nothing_changed(invented, why):
    (name, *words), said = REFUSED[why]
    before = invented.json("list")
    refused = invented.run("erase", invented.ids.get(name, name), *words, code=2).stderr
    assert said in " ".join(refused.split())
    assert invented.json("list") == before


@pytest.mark.parametrize("kind", ["an erasure", "what was erased"])
def test_not_erased_a_second_time(invented, kind):
    done = invented.json("erase", invented.ids["never"], *WHY)
    which = {"an erasure": done["erased"][0]["id"], "what was erased": invented.ids["never"]}
    assert "erased" in invented.run("erase", which[kind], *WHY, code=2).stderr
    assert invented.json("log")["size"] == done["erased"][0]["index"] + 1


@pytest.mark.parametrize(("typed", "code"), [(8, 0), (64, 0), (7, 1), (0, 1)])
def test_the_id_is_typed(invented, monkeypatch, typed, code):
    terminal = SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr(erase_command, "sys", terminal)
    id_ = invented.ids["never"]
    answer = f"{id_[:typed] if typed else 'yes, do it'}\n"
    invented.run("erase", id_, "--reason", "so", code=code, stdin=answer)
    assert bool(invented.json("show", id_)["erased"]) == (code == 0)


def test_what_goes_and_what_is_out_of_reach_is_told_before(invented):
    refused = invented.run("erase", invented.ids["never"], "--reason", "so", code=2).stderr
    told = " ".join(refused.split())
    assert "stays artifact" in told
    assert "the passage stands in it" in told
    assert "its note may say something" in told
    assert "backups and copies of the case" in told


def test_where_a_value_still_stands_is_told_and_not_the_value(invented):
    add = ("add", "quote", "--artifact", invented.ids["minutes"], "--text", WORDS)
    one, other = (invented.id(*add, "--at", at, "--speaker", "Ada Quell") for at in (FIRST, SECOND))
    (invented.root / "policy.toml").write_text("# Ada Quell's passages\n")
    told = invented.run("erase", one, *WHY)
    where = " ".join(told.stdout.split())
    assert f"A value of speaker still stands in speaker of evidence/quote {other[:8]}" in where
    assert "still stands in policy.toml" in where
    assert "still stands in artifacts/" in where
    assert "Quell" not in told.stdout
    assert "objected" not in told.stdout


def test_what_others_need_is_kept(invented):
    """A text that two passages share; a file that stands in no other record goes."""
    stream, page = invented.stream("deaf"), invented.preserved("release")
    invented.run("erase", invented.ids["deaf"], *WHY)
    assert stream.exists()
    invented.run("erase", invented.ids["trained"], *WHY)
    assert not stream.exists()
    assert page.exists()
    assert list((invented.root / "streams").rglob(f"{page.name}.*"))
    invented.run("erase", invented.ids["release"], *WHY)
    assert not page.exists()
    assert not list((invented.root / "streams").rglob(f"{page.name}.*"))
    invented.run("checkpoint")
    assert invented.json("verify")["outcome"] == "holds"


def test_all_records_of_a_file_go_with_it(invented):
    path = invented.write("plan.txt", SECRET)
    first = invented.id("add", "artifact", path)
    invented.run("retract", first, "--reason", "by mistake")
    second = invented.id("add", "artifact", path, "--title", "Plan")
    assert first != second
    assert second[:8] in invented.run("erase", first, *WHY, code=2).stderr
    assert len(invented.json("erase", first, "--with-passages", *WHY)["records"]) == 2
    assert traces(invented.root, SECRET) == []


def test_a_part_that_another_file_holds_as_well_stays(invented):
    made = mail(invented)
    part = invented.json("list", "artifact")[-1]
    assert part["id"] != made
    with Writer(Case(invented.root), "tester") as writer:
        add_link(writer, "derives-from", part["id"], invented.ids["minutes"])
    told = invented.run("erase", made, *WHY).stderr
    assert "another file holds it as well" in " ".join(told.split())
    assert invented.json("show", part["id"])["erased"] is None


BY = ("--translator", "Jo")
BUILT_ON = {
    "a quote": ("add", "quote", "--artifact", "release", "--text", "Our system"),
    "a link": ("link", "twice", "board-knew", "--supports"),
    "an amendment": ("amend", "twice", "--speaker", "Ada", "--reason", "so"),
    "a translation": (
        "add",
        "translation",
        "--of",
        "twice",
        "--text",
        "x",
        "--language",
        "de",
        *BY,
    ),
    "what replaces": ("replace", "deaf", "twice", "--drop-links"),
    "silence": ("add", "no-response", "--to", "twice", "--until", "2026-01-01"),
    "its proof": ("proof", "twice"),
    "what its file gives away": ("inspect", "release"),
    "itself, published": ("publish", "x", "--claim", "quay-is-wired"),
}


@pytest.mark.parametrize("what", BUILT_ON)
def test_nothing_is_built_on_what_was_erased(invented, what):
    for name in ("twice", "quay-is-wired", "release"):
        invented.run("erase", invented.ids[name], "--with-passages", *WHY)
    words = [invented.ids.get(word, word) for word in BUILT_ON[what]]
    assert "erased" in invented.run(*words, code=2).stderr


def test_what_is_like_it_can_be_recorded_anew(invented):
    before = invented.json("show", invented.ids["quay-is-wired"])["fields"]
    invented.run("erase", invented.ids["quay-is-wired"], *WHY)
    again = invented.id("claim", before["slug"], before["statement"])
    assert again != invented.ids["quay-is-wired"]
    assert invented.json("resolve", "quay-is-wired")["claim"]["id"] == again
