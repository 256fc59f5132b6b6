"""Dates and languages in their forms, wherever they come in."""

import json
import time

import pytest

DATES = ["30.04.2021", "2021-04-31", "2021-13-45", "2021-13", "last week", "21-04-30", "٢٠٢١"]
LANGUAGES = ["dutch", "en_GB", "e", "english", "zh Hans", "en-"]
TEXT = "We buy cameras."


@pytest.fixture
def elsewhere(monkeypatch):
    """A machine whose clock is not that of universal time."""
    with monkeypatch.context() as changed:
        changed.setenv("TZ", "Asia/Tokyo")
        time.tzset()
        yield
    time.tzset()


def refused(person, *words):
    before = person.json("log")["size"]
    said = person.run(*words, code=2).stderr
    assert person.json("log")["size"] == before
    return said


@pytest.mark.parametrize("date", DATES)
def test_what_is_no_date_is_refused_with_the_right_form(tender, date):
    words = ("add", "quote", "--artifact", "tender.txt", "--text", TEXT, "--date", date)
    assert "a date such as 2021-04-30, 2021-04 or 2021" in refused(tender, *words)
    original = ("add", "original", "--title", "Letter", "--published", date)
    assert "a date such as 2021-04-30" in refused(tender, *original)


@pytest.mark.parametrize("date", ["2021", "2021-04", "2021-04-30", "2020-02-29", "unknown", ""])
def test_a_date_is_a_year_a_month_or_a_day(tender, date):
    tender.run("add", "original", "--title", "Letter", "--published", date)


@pytest.mark.parametrize(
    "time", ["2021-04-30", "2021-04-30T09:30:00Z", "2021-04-30T09:30:00+02:00"]
)
def test_when_a_file_was_retrieved_may_be_a_time(case, time):
    case.run("add", "artifact", case.file("a.txt", "a"), "--retrieved-at", time)


@pytest.mark.parametrize(
    "time", ["2021-04-30T25:00:00Z", "2021-04-30 09:30", "2021-04-31T09:30:00Z"]
)
def test_when_a_file_was_retrieved_is_no_other(case, time):
    assert "such as 2021-04-30T09:30:00Z" in refused(
        case, "add", "artifact", case.file("a.txt", "a"), "--retrieved-at", time
    )


@pytest.mark.parametrize("address", ["kelpmoor", "kelpmoor: the site", "the press.example site"])
def test_what_is_no_address_is_refused_with_the_right_form(case, address):
    said = refused(case, "add", "original", "--title", "Letter", "--url", address)
    assert "of an original" in said
    assert "should be an address such as https://press.example/news" in said


@pytest.mark.parametrize(
    "address",
    [
        *("https://kelpmoor.example/news?of=May#two", "HTTP://10.0.0.1:80", "https://[::1]/"),
        *("kelpmoor.example/news", "//kelpmoor.example", "gemini://tide", "mailto:a@tide.example"),
        "https://пресса.example/новости от мая",
    ],
)
def test_an_address_is_taken(case, address):
    case.run("add", "original", "--title", "Letter", "--url", address)


def test_a_file_that_is_there_is_no_way_round(tender):
    words = ("add", "artifact", "tender.txt", "--published", "2021-04-31")
    assert "a date such as" in refused(tender, *words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_no_language_tag_is_refused_with_the_right_form(tender, language):
    words = ("add", "quote", "--artifact", "tender.txt", "--text", TEXT, "--language", language)
    assert "a language tag (BCP 47) such as nl, en-GB or zh-Hans" in refused(tender, *words)
    quote = tender.id("add", "quote", "--artifact", "tender.txt", "--text", TEXT)
    said = ("--text", "We kopen camera's.", "--translator", "Jo", "--language", language)
    assert "BCP 47" in refused(tender, "add", "translation", "--of", quote, *said)


@pytest.mark.parametrize(
    "language",
    [
        *("nl", "en-GB", "zh-Hans", "zh-cmn-Hans-CN", "sl-rozaj-biske", "de-CH-1901", "es-419"),
        *("en-u-ca-gregory", "de-x-old", "x-ours", "haw"),
    ],
)
def test_a_language_tag_is_taken(case, language):
    case.run("add", "original", "--title", "Letter", "--language", language)


@pytest.mark.parametrize(
    ("where", "field", "value"),
    [
        ("documents", "published", "30.04.2021"),
        ("documents", "language", "dutch"),
        ("originals", "published", "2021-13-45"),
        ("evidence", "date", "2021-04-31"),
        ("evidence", "language", "dutch"),
    ],
)
def test_a_case_file_is_no_way_round(case, where, field, value):
    case.file("a.txt", TEXT)
    content = {
        "documents": [{"key": "a", "file": "a.txt"}],
        "originals": [{"key": "o", "title": "Letter"}],
        "evidence": [{"key": "e", "kind": "quote", "document": "a", "text": TEXT}],
    }
    content[where][0][field] = value
    said = refused(case, "import", case.file("case.json", json.dumps(content)))
    assert "should be a" in said


@pytest.mark.parametrize(
    ("date", "told"),
    [
        ("Thu, 19 Jun 2031 15:03:27 +0200", "2031-06-19T13:03:27Z"),
        ("19 Jun 2031 23:03 -0330 (here)", "2031-06-20T02:33:00Z"),
        ("Thu, 19 Jun 2031 15:03:27 -0000", "2031-06-19T15:03:27Z"),
        ("yesterday", "yesterday"),
        ("31 Dec 9999 23:00 -2300", "31 Dec 9999 23:00 -2300"),
    ],
)
@pytest.mark.usefixtures("elsewhere")
def test_the_date_of_an_email_is_told_as_every_time_is(case, date, told):
    case.file("reply.eml", f"From: a@x.example\nSubject: Yes\nDate: {date}\n\nWe know it.\n")
    case.run("claim", "known", "They know it")
    case.run("add", "response-email", "reply.eml", "--supports", "known")
    assert f"  ({told})" in case.out("list", "response-email")
    assert f" · {told} · " in case.out("resolve", "known")


@pytest.mark.parametrize("date", ["Thu, 19 Jun 2031 15:03:27 +0000", "yesterday"])
def test_the_date_of_an_email_is_what_its_header_says(case, date):
    case.file("reply.eml", f"From: a@x.example\nSubject: Yes\nDate: {date}\n\nWe know it.\n")
    case.run("add", "response-email", "reply.eml")
    (mail,) = case.json("list", "response-email")
    assert mail["fields"]["date"] == date
