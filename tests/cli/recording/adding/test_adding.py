"""Adding files, passages, claims and links, and what is refused."""

import os

import pytest

QUOTE = ("add", "quote", "--artifact", "tender.txt", "--text")


def size(person):
    return person.json("log")["size"]


def test_a_file_is_preserved_under_its_digest(tender):
    (record,) = tender.json("list", "artifact")
    digest = record["fields"]["blake3"]
    kept = tender.home / "artifacts" / digest[:2] / digest
    assert kept.read_bytes() == (tender.home / "tender.txt").read_bytes()
    assert kept.stat().st_mode & 0o777 == 0o400
    assert record["fields"]["title"] == "Tender 7"
    assert record["fields"]["media_type"] == "text/plain"
    assert record["fields"]["recorded_by"] == "tester"


def test_the_same_file_again_changes_nothing(tender):
    before = size(tender)
    (again,) = tender.json("add", "artifact", "tender.txt")
    assert not again["new"]
    assert "already" in tender.out("add", "artifact", "tender.txt")
    assert size(tender) == before


def test_several_files_are_added_at_once_or_not_at_all(case):
    case.file("a.txt", "a")
    case.file("b.txt", "b")
    case.run("add", "artifact", "a.txt", "b.txt", "gone.txt", code=2)
    assert size(case) == 1
    assert not list(case.home.glob("artifacts/*/*"))
    assert len(case.json("add", "artifact", "a.txt", "b.txt")) == 2


def test_a_file_that_can_not_be_quoted_from_is_told_when_it_is_added(case):
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le")
    case.file("letter.doc", old + bytes(64))
    case.file("letter.txt", "Hello")
    told = case.run("add", "artifact", "letter.doc").stdout
    assert "It can't be quoted from: it is a Word document of before 2007 (DOC). Save" in told
    (made,) = case.json("add", "artifact", "letter.doc")
    assert made["unquotable"] in told
    (made,) = case.json("add", "artifact", "letter.txt")
    assert made["unquotable"] is None
    quote = case.run("locate", "letter.doc", "--text", "Hello", code=3)
    assert "(DOC)" in quote.stderr


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("gone.txt", "no file"),
        ("folder", "directory"),
        ("pipe", "device or pipe"),
        ("empty.txt", "empty"),
    ],
)
def test_what_is_no_file_is_refused_in_one_sentence(case, name, words):
    (case.home / "folder").mkdir()
    os.mkfifo(case.home / "pipe")
    case.file("empty.txt", "")
    result = case.run("add", "artifact", name, code=2)
    assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert size(case) == 1
    assert not list(case.home.glob("artifacts/*"))


def test_a_passage_is_recorded_where_it_stands(tender):
    added = tender.json(*QUOTE, "cover every door", "--speaker", "Ministry", "--date", "2031")
    assert added["status"] == "verbatim"
    assert added["fragments"] == [[29, 45]]
    shown = tender.json("show", added["id"])["fields"]
    assert shown["selector"][0]["exact"] == "cover every door"
    assert (shown["speaker"], shown["date"], shown["role"]) == ("Ministry", "2031", None)


def test_a_file_may_be_named_in_place_of_its_record(case):
    """It is preserved if it isn't yet, as `evidence quote` does it."""
    case.file("tender.txt", "3.2 They cover every door of the hall.\n")
    words = ("add", "tender-clause", "tender.txt", "--clause", "3.2", "--text")
    assert "Preserved tender.txt as artifact" in case.out(*words, "They cover every door")
    assert len(case.json("list", "artifact")) == 1
    again = case.json(*words, "door of the hall", "--artifact", "tender.txt", code=2)
    assert "either the file that it stands in, or its record" in again["error"]
    assert "either the file" in case.run("add", "quote", "--text", "hall", code=2).stderr


def test_a_passage_of_which_a_word_differs_is_refused_and_shown(tender):
    before = size(tender)
    result = tender.run(*QUOTE, "They cover no door of the hall.", code=1)
    assert ">>no<<" in result.stderr
    assert ">>every<<" in result.stderr
    assert size(tender) == before


def test_it_is_recorded_as_altered_when_asked(tender):
    added = tender.json(*QUOTE, "They cover no door of the hall.", "--as-altered")
    assert added["status"] == "altered"
    assert tender.json("show", added["id"])["fields"]["match"]["status"] == "altered"


def test_a_passage_that_is_nowhere_is_refused_even_as_altered(tender):
    tender.run(*QUOTE, "Entirely unrelated sentence about fishing", "--as-altered", code=1)


def test_a_passage_without_words_is_refused(tender):
    tender.run(*QUOTE, "…", code=1)


def test_text_may_come_from_standard_input(tender):
    added = tender.json(*QUOTE, "-", stdin="cover every door\n")
    assert tender.json("show", added["id"])["fields"]["text"] == "cover every door"


def test_text_that_is_not_utf8_is_refused(tender):
    result = tender.run(*QUOTE, "cover every door", "--note", "\udce9", code=2)
    assert "UTF-8" in result.stderr


def test_a_file_that_is_not_utf8_is_not_checked(case):
    case.file("latin.txt", "Größe".encode("latin-1"))
    case.run("add", "artifact", "latin.txt")
    case.run("add", "quote", "--artifact", "latin.txt", "--text", "Gr", code=3)


def test_a_passage_that_stands_there_twice_is_told_and_chosen(case):
    case.file("a.txt", "Nobody knew it. Later: Nobody knew it.")
    case.run("add", "artifact", "a.txt")
    add = ("add", "quote", "--artifact", "a.txt", "--text", "Nobody knew it")
    assert "ambiguous" in case.json(*add)["notes"]
    chosen = case.json(*add, "--at", "23")
    assert chosen["fragments"] == [[23, 37]]
    assert "ambiguous" not in chosen["notes"]


def test_the_same_passage_again_changes_nothing(tender):
    first = tender.json(*QUOTE, "cover every door")
    again = tender.json(*QUOTE, "cover every door")
    assert again["id"] == first["id"]
    assert (first["new"], again["new"]) == (True, False)


def test_a_tender_clause_needs_its_number(tender):
    add = ("add", "tender-clause", "--artifact", "tender.txt", "--text", "We buy cameras.")
    tender.run(*add, code=2)
    record = tender.json("show", tender.id(*add, "--clause", "3.1", "--awarded-to", "Nobody"))
    assert (record["fields"]["clause"], record["fields"]["awarded_to"]) == ("3.1", "Nobody")


MAIL = """\
From: Press <press@firm.example>
To: Jo <jo@paper.example>
Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=
Date: Mon, 16 Jun 2031 10:12:45 +0000
Message-ID: <1@firm.example>
Content-Type: text/plain; charset=utf-8

We were never told.
"""


def test_a_mail_is_preserved_and_its_headers_are_taken_over(case):
    case.file("answer.eml", MAIL)
    record = case.json("show", case.id("add", "response-email", "answer.eml"))
    fields = record["fields"]
    assert fields["text"] == "We were never told."
    assert fields["subject"] == "Grüße"
    assert "press@firm.example" in fields["sender"]
    assert fields["message_id"] == "<1@firm.example>"
    (artifact,) = case.json("list", "artifact")
    assert artifact["fields"]["media_type"] == "message/rfc822"


def test_a_mail_whose_passage_is_refused_is_not_preserved(case):
    case.file("answer.eml", MAIL)
    case.run("add", "response-email", "answer.eml", "--text", "We were told.", code=1)
    assert size(case) == 1
    assert not list(case.home.glob("artifacts/*/*"))


def test_an_answer_is_linked_to_what_it_answers(tender):
    question = tender.id(*QUOTE, "We buy cameras.")
    answer = tender.id(*QUOTE, "cover every door", "--answers", question[:8])
    (link,) = tender.json("show", answer)["links"]
    assert (link["relation"], link["other"]) == ("answers", question)


def test_html_is_read_as_it_is_seen(case):
    case.file(
        "a.html", "<html><body><p>They <b>knew</b> it<script>not()</script>.</p></body></html>"
    )
    case.run("add", "artifact", "a.html")
    added = case.json("add", "quote", "--artifact", "a.html", "--text", "They knew it.")
    assert added["status"] == "verbatim"
    case.run("checkpoint")
    assert case.json("verify")["outcome"] == "holds"


def test_an_original_is_recorded_once(case):
    first = case.json("add", "original", "--title", "Press release", "--translated")
    again = case.json("add", "original", "--title", "Press release", "--translated")
    assert first["id"] == again["id"]
    assert not again["new"]
    assert case.json("show", first["id"])["fields"]["translated"] is True


def test_what_a_field_says_may_begin_with_a_dash(case):
    id_ = case.json("add", "original", "--title", "-4 °C in the hold", "--note=-0")["id"]
    shown = case.json("show", id_)["fields"]
    assert (shown["title"], shown["note"]) == ("-4 °C in the hold", "-0")
    assert "requires an argument" in case.run("add", "original", "--title", code=2).stderr


def test_a_slug_belongs_to_one_claim(case):
    case.run("claim", "knew", "They knew")
    assert not case.json("claim", "knew", "They knew")["new"]
    result = case.run("claim", "knew", "They did not know", code=2)
    assert "another statement" in result.stderr
    for slug in ("Knew", "a b", "", "-a", "a" * 101):
        case.run("claim", "--", slug, "They knew", code=2)


def test_links_must_fit_and_not_run_in_a_circle(tender):
    quote = tender.id(*QUOTE, "cover every door")
    tender.run("claim", "one", "One")
    tender.run("claim", "two", "Two")
    tender.run("link", quote[:8], "one", "--supports")
    assert "bears on" in tender.run("link", quote[:8], "one", code=2).stderr
    assert "goes from" in tender.run("link", "tender.txt", "one", "--supports", code=2).stderr
    assert "needed here" in tender.run("link", "one", quote[:8], "--supports", code=2).stderr
    tender.run("link", "one", "two", "--supports")
    assert "circular" in tender.run("link", "two", "one", "--supports", code=2).stderr
    assert "itself" in tender.run("link", "one", "one", "--supports", code=2).stderr
    tender.run("link", "two", "one", "--contradicts")


def test_the_same_link_again_changes_nothing_until_it_is_retracted(tender):
    tender.run("claim", "one", "One")
    quote = tender.id(*QUOTE, "cover every door")
    first = tender.json("link", quote, "one", "--supports")
    assert not tender.json("link", quote, "one", "--supports")["new"]
    tender.run("retract", first["id"], "--reason", "a mistake")
    assert tender.json("link", quote, "one", "--supports")["new"]


def test_a_note_on_a_link_that_is_there_is_not_dropped(tender):
    """What was recorded is not changed: it is said what to do, and that leads to it."""
    tender.run("claim", "one", "One")
    add = (*QUOTE, "cover every door", "--supports", "one")
    quote = tender.id(*add)
    again = ("link", quote, "one", "--supports")
    for command in ((*again, "-m", "It says so"), (*add, "-m", "It says so")):
        refused = tender.run(*command, code=2).stderr
        assert "supports one already, by a link with no note" in refused
        assert f"evidence unlink {quote[:8]} one" in refused
    tender.run("unlink", quote, "one", "--reason", "Without a note")
    assert tender.json(*again, "-m", "It says so")["new"]
    assert not tender.json(*again, "-m", "It says so")["new"]
    assert not tender.json(*again)["new"]
    assert "“It says so”" in tender.run(*again, "-m", "Otherwise", code=2).stderr
    notes = [link["note"] for link in tender.json("resolve", "one")["chain"]]
    assert notes == [None, "It says so"]


def test_references_that_fit_nothing_or_several_are_refused(tender):
    assert "Nothing in this case" in tender.run("show", "abcd1234", code=2).stderr
    assert "Nothing in this case" in tender.run("show", "no-such-slug", code=2).stderr
    tender.run("claim", "knew-one", "They knew of one")
    tender.run("claim", "knew-two", "They knew of two")
    result = tender.run("resolve", "they", "knew", code=2)
    assert "knew-one" in result.stderr
    assert "knew-two" in result.stderr


def test_there_is_no_case_here(person):
    assert "evidence init" in person.run("list", code=2).stderr


def test_a_second_init_in_one_place_is_refused(case):
    assert "already" in case.run("init", "--origin", "newsroom.example/case", code=2).stderr


def test_a_case_is_found_from_below_by_option_and_by_variable(tender, monkeypatch, tmp_path):
    below = tender.home / "notes" / "2031"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert len(tender.json("list", "artifact")) == 1
    monkeypatch.chdir(tmp_path)
    assert len(tender.json("list", "artifact", "--case", tender.home)) == 1
    monkeypatch.setenv("EVIDENCE_CASE", str(tender.home))
    assert len(tender.json("list", "artifact")) == 1


def test_who_records_is_told_by_option_variable_or_account(case, monkeypatch):
    def by(*words):
        return case.json("show", case.id("claim", *words))["fields"]["recorded_by"]

    assert by("a", "A", "--by", "Zoë") == "Zoë"
    assert by("b", "B") == "tester"
    monkeypatch.delenv("EVIDENCE_BY")
    monkeypatch.setenv("LOGNAME", "account")
    assert by("c", "C") == "account"


def test_one_link_says_one_thing(tender):
    tender.run("claim", "one", "One")
    quote = tender.id(*QUOTE, "cover every door")
    tender.run("link", quote, "one", "--supports", "--contradicts", code=2)


def test_what_was_retracted_takes_no_new_links(tender):
    tender.run("claim", "one", "One")
    quote = tender.id(*QUOTE, "cover every door")
    tender.run("retract", quote, "--reason", "misread")
    assert (
        "was retracted or replaced" in tender.run("link", quote, "one", "--supports", code=2).stderr
    )


def test_replacements_do_not_run_in_a_circle(tender):
    one, two = tender.id(*QUOTE, "cover every door"), tender.id(*QUOTE, "We buy cameras")
    tender.run("replace", one, two)
    tender.run("replace", two, one, code=2)


def test_a_place_where_it_does_not_begin_is_refused(case):
    case.file("a.txt", "Nobody knew it. Later: Nobody knew it.")
    case.run("add", "artifact", "a.txt")
    add = ("add", "quote", "--artifact", "a.txt", "--text", "Nobody knew it")
    result = case.run(*add, "--at", "999", code=2)
    assert "0, 23" in result.stderr
    assert case.json(*add)["places"] == [0, 23]


def test_a_missing_file_is_put_back(tender):
    (record,) = tender.json("list", "artifact")
    digest = record["fields"]["blake3"]
    kept = tender.home / "artifacts" / digest[:2] / digest
    kept.unlink()
    assert "Put the missing file back" in tender.out("add", "artifact", "tender.txt")
    assert kept.read_bytes() == (tender.home / "tender.txt").read_bytes()


def test_a_signing_key_is_not_preserved(case, tmp_path):
    result = case.run("add", "artifact", tmp_path / "signing.key", code=2)
    assert "is a signing key" in result.stderr
    assert not list(case.home.glob("artifacts/*/*"))


def test_a_short_name_does_not_look_like_an_id(case):
    case.run("claim", "5d2a5b80", "They knew", code=2)


def test_no_words_find_nothing(case):
    for words in (["resolve", ""], ["search", " "]):
        assert "no words" in case.run(*words, code=2).stderr
