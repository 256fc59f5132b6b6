"""Subtitles: what is spoken when, and by whom, as far as the file says it."""

import json

import pytest

WEB = """WEBVTT - a hearing

NOTE never told by a player

first
00:00:12.500 --> 00:00:15.000 align:start
<v Ilse Maran>We were <i>never</i> told
<v.loud Jo Tannen>Who &amp; when?</v>

00:15.000 --> 00:00:18.250
<v Ilse Maran>where the cameras would stand.

00:20.000 --> 00:19.000
Words that nobody sees
"""
OLD = """1
00:00:12,500 --> 00:00:15,000
{\\an8}We were <i>never</i> told

2
100:00:15,000 --> 100:00:18,250
where the cameras would stand.
"""


def marks(found):
    return sorted((one["kind"], one["detail"]) for one in found["marks"])


def test_a_passage_is_told_with_its_seconds_and_who_speaks(person):
    person.file("hearing.vtt", WEB)
    found = person.json("locate", "hearing.vtt", "--text", "We were never told")
    assert (found["media_type"], found["status"]) == ("text/vtt", "verbatim")
    assert marks(found) == [("time", "12.5,15"), ("voice", "Ilse Maran")]
    found = person.json("locate", "hearing.vtt", "--text", "Who & when?")
    assert marks(found) == [("time", "12.5,15"), ("voice", "Jo Tannen")]


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("X-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:900000", "its second 10 is second 0 here"),
        ("X-TIMESTAMP-MAP=MPEGTS:5490000,LOCAL:00:01.000", "its second 61 is second 1 here"),
        ("X-TIMESTAMP-MAP=MPEGTS:soon", "by a stream's clock"),
        ("X-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0", ""),
        ("X-TIMESTAMP-MAP=MPEGTS:900000,LOCAL:00:10.000", ""),
        ("Kind: captions", ""),
    ],
)
def test_the_clock_of_a_stream_is_told_with_each_time(case, header, told):
    case.file("part.vtt", WEB.replace("hearing", f"hearing\n{header}", 1))
    added = case.out("quote", "part.vtt", "where the cameras would stand.")
    seconds = added.partition(", at second ")[2].splitlines()[0]
    assert seconds.startswith("15–18.25 (by a stream's clock" if told else "15–18.25.")
    assert told in seconds
    assert "Notes" not in added


@pytest.mark.parametrize("text", ["never told by a player", "Words that nobody sees"])
def test_what_no_player_shows_needs_a_person(person, text):
    person.file("hearing.vtt", WEB)
    found = person.json("locate", "hearing.vtt", "--text", text, code=1)
    assert found["status"] == "verbatim"
    assert "hidden" in dict(marks(found))


def test_srt_beyond_hour_100_and_over_two_cues(person):
    person.file("hearing.srt", OLD)
    text = "We were never told where the cameras would stand."
    found = person.json("locate", "hearing.srt", "--text", text)
    assert found["media_type"] == "application/x-subrip"
    assert marks(found) == [("time", "12.5,15"), ("time", "360015,360018.25")]


@pytest.mark.parametrize(
    ("payload", "text"),
    [("<what>said</what>", "said"), ("said\n00:01.000 --> 00:02.000\nmore", "said\nmore")],
)
def test_what_players_show_differently_needs_a_person(person, payload, text):
    person.file("a.vtt", f"WEBVTT\n\n00:00.000 --> 00:01.000\n{payload}\n")
    found = person.json("locate", "a.vtt", "--text", text, code=1)
    assert "unsure" in dict(marks(found))


def test_a_style_that_may_hide_words_needs_a_person(person):
    style = "STYLE\n::cue(i) { opacity: 0 }"
    person.file("a.vtt", f"WEBVTT\n\n{style}\n\n00:00.000 --> 00:01.000\nIt was <i>not</i> said\n")
    found = person.json("locate", "a.vtt", "--text", "It was not said", code=1)
    assert "hidden" in dict(marks(found))


def test_times_that_cannot_be_read_leave_open_what_is_said(person):
    person.file("a.vtt", "WEBVTT\n\n0 --> soon\nsaid\n\n00:00.000 --> 00:01.000\nother\n")
    said = person.run("locate", "a.vtt", "--text", "words of nobody at all", code=3)
    assert "times can't be read" in said.output


def test_a_quote_points_to_its_second(case):
    case.file("hearing.vtt", WEB)
    said = case.out("quote", "hearing.vtt", "We were never told … where the cameras would stand.")
    assert "at second 12.5–18.25" in said
    assert "time: 12.5–15" in case.out("locate", "hearing.vtt", "--text", "We were never told")
    again = case.id("quote", "hearing.vtt", "We were never told")
    shown = json.dumps(case.json("show", again))
    assert '"http://www.w3.org/TR/media-frags/"' in shown
    assert '"t=12.5,15"' in shown
    case.out("claim", "knew", "They knew")
    case.out("link", again, "knew", "--supports")
    assert "spoken at second 12.5–15" in case.out("resolve", "knew")
    case.out("verify", code=None)


def test_a_time_that_is_not_the_files_fails(case, monkeypatch):
    from evidence_db.recording.passages import document

    monkeypatch.setattr(
        document,
        "time_selector",
        lambda _: {
            "type": "FragmentSelector",
            "conformsTo": "http://www.w3.org/TR/media-frags/",
            "value": "t=99,100",
        },
    )
    case.file("hearing.vtt", WEB)
    case.out("quote", "hearing.vtt", "We were never told")
    assert "its record says 99,100" in case.out("verify", code=1)


STRUCK = "1\n00:00:01,000 --> 00:00:02,000\nWe <s>never</s> knew\n"
NARROW = "WEBVTT\n\n00:01.000 --> 00:02.000 size:0%\nWe never knew\n"
TURNED = "WEBVTT\n\n00:05.000 --> 00:06.000\nWe never\n\n00:01.000 --> 00:02.000\nknew\n"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.srt", STRUCK, "deleted"),
        ("a.vtt", NARROW, "hidden"),
        ("a.vtt", TURNED, "joined"),
        ("a.srt", STRUCK.replace("s>", "i>"), None),
        ("a.vtt", NARROW.replace("0%", "50%"), None),
        ("a.vtt", TURNED.replace("01.000", "06.000").replace("02.000", "07.000"), None),
    ],
)
def test_words_struck_out_without_width_or_out_of_time(person, name, data, kind):
    person.file(name, data)
    found = person.json("locate", name, "--text", "We never knew", code=int(kind is not None))
    assert {one for one, _ in marks(found)} - {"time"} == ({kind} if kind else set())
