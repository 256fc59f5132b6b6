"""E-mails of Outlook: what it shows, what else is in the file, and what is attached."""

import pytest

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import outlook
from evidence_chain.extract.outlook.compressed import decompressed
from outlook_files import (
    ADDRESS,
    BODY,
    CLASS,
    CODEPAGE,
    FILE,
    FLAGS,
    HEAD,
    HIDDEN,
    HTML,
    LONG_NAME,
    NAME,
    RICH,
    SUBJECT,
    TRANSPORT,
    TYPE,
    attached,
    compound,
    file_of,
    rich,
)

SAID = "We never watched the harbour."
PAGE = rb"{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0 Arial;}}"
HELLO = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c"
    "090020627705b06c647d0a800fa0"
)


@pytest.fixture
def locate(person):
    def run(properties, text=SAID, code=None, attachments=(), **more):
        person.file("reply.msg", file_of(properties, attachments, **more))
        found = person.json("locate", "reply.msg", "--text", text, code=code)
        assert found["media_type"] == "application/vnd.ms-outlook"
        return found

    return run


def told(found):
    return [(one["kind"], one["detail"]) for one in found["marks"]]


def test_headers_and_text_stand_as_outlook_shows_them(locate):
    head = (
        "From: Zhang <zhang@example.cn>\nTo: The desk <desk@newsroom.example>\n"
        "Date: Sat, 17 May 2031 09:30:00 +0000\nSubject: Cameras\nMessage-ID: <17@example.cn>"
    )
    found = locate({BODY: SAID}, head)
    assert (found["status"], told(found)) == ("verbatim", [("part", "headers")])
    found = locate({BODY: f"Dear desk,\r\n\r\n{SAID}\r\n"})
    assert (found["accepted"], found["marks"]) == (True, [])


@pytest.mark.parametrize(
    "version",
    [
        {HTML: f"<p>{SAID}</p>".encode()},
        {HTML: f"<p>{SAID}</p>"},
        {RICH: rich(rb"{\rtf1\ansi\pard We never watched the harbour.\par}")},
        {
            RICH: rich(
                PAGE + rb"{\*\htmltag64 <p>}We never {\*\htmltag84 <b>}watched{\*\htmltag92 "
                rb"</b>} the \htmlrtf {\b not this }\htmlrtf0 harbour.{\*\htmltag72 </p>}}"
            )
        },
    ],
)
def test_a_version_that_says_the_same_is_left_out(locate, version):
    found = locate({BODY: SAID} | version)
    assert (found["accepted"], found["marks"], found["occurrences"]) == (True, [], 1)


@pytest.mark.parametrize(
    "version",
    [
        {HTML: b"<p>We always watched the harbour.</p>"},
        {RICH: rich(rb"{\rtf1\ansi\pard We always watched the harbour.\par}")},
        {RICH: rich(PAGE + rb"{\*\htmltag64 <p>}We always watched the harbour.}")},
    ],
)
def test_a_version_that_is_not_shown_and_says_otherwise_needs_a_person(locate, version):
    found = locate({BODY: SAID} | version)
    assert not found["accepted"]
    assert ("hidden", "another version of this e-mail, which mail programs do not show") in told(
        found
    )
    assert locate({BODY: SAID} | version, "We always watched the harbour.")["accepted"]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (rb"caf\'e9 &amp; bar", "café & bar"),
        (rb"{\*\htmltag84 &amp;}\htmlrtf &\htmlrtf0  so", "& so"),
        (rb"\u28450\'3f\u23383\'3f here", "漢字 here"),
        (rb"\uc2\u-10179?x\u-8704?x smiles", "\U0001f600 smiles"),
        (rb"{\f1 \'ef\'f0\'e0\'e2\'e4\'e0} here", "правда here"),
        (rb"seen{\*\mhtmltag84 not this} here", "seen here"),
        (rb"said \lquote so\rquote", "said \u2018so\u2019"),
    ],
)
def test_html_is_taken_out_of_rich_text_sign_by_sign(locate, markup, text):
    fonts = rb"{\rtf1\ansi\ansicpg1252\fromhtml1{\fonttbl{\f0 A;}{\f1\fcharset204 A;}}"
    found = locate({RICH: rich(fonts + rb"{\*\htmltag64 <p>}" + markup + b"}")}, text)
    assert (found["status"], found["marks"]) == ("verbatim", [])


def test_rich_text_is_compressed_by_what_was_said_before():
    text = rb"{\rtf1\ansi\ansicpg1252\pard hello world}" + b"\r\n"
    assert decompressed(HELLO) == (text, True)  # MS-OXRTFCP, section 4.1.1
    assert decompressed(HELLO[:-3])[1] is False
    changed = HELLO[:30] + b"X" + HELLO[31:]
    assert decompressed(changed)[1] is False


def test_rich_text_that_was_changed_needs_a_person(locate):
    text = rb"{\rtf1\ansi\pard We never watched the harbour.\par}"
    found = locate({RICH: rich(text, check=1)})
    assert not found["accepted"]
    assert [kind for kind, _ in told(found)] == ["unsure"]


def test_what_the_transport_says_otherwise_is_hidden(locate):
    there = "From: Somebody Else <else@example.cn>\r\nSubject: Cameras\r\n\r\n"
    found = locate({BODY: SAID, TRANSPORT: there}, "From: Somebody Else <else@example.cn>")
    assert "hidden" in [kind for kind, _ in told(found)]
    same = 'From: "Zhang" <zhang@example.cn>\r\nDate: Sat, 17 May 2031 11:30:00 +0200\r\n\r\n'
    person = locate({BODY: SAID, TRANSPORT: same}, "+0200", code=1)
    assert person["status"] == "missing"


def test_who_sent_it_for_another_is_told(locate):
    for_another = {BODY: SAID, 0x0C1A: "The clerk", 0x5D01: "clerk@example.cn"}
    found = locate(for_another, "Sender: The clerk <clerk@example.cn>")
    assert found["status"] == "verbatim"


def test_a_draft_is_told_to_be_one(locate, person, invented):
    found = locate({BODY: SAID, FLAGS: 8}, "Subject: Cameras")
    assert told(found) == [("part", "headers of a draft, which was not sent")]
    file = invented.write("draft.msg", file_of({BODY: SAID, FLAGS: 8}))
    assert "it was not sent from here" in invented.run("add", "artifact", file).output


def test_what_somebody_else_wrote_is_quoted(locate):
    found = locate({BODY: f"No.\r\n\r\n> {SAID}\r\n"})
    assert told(found) == [("quoted", "lines with >")]


def test_attachments_are_named_and_preserved_and_hidden_ones_told(locate, invented):
    attachments = [
        {FILE: b"The table of positions.", LONG_NAME: "positions.txt", TYPE: "text/plain"},
        {FILE: b"Seen by nobody at all.", LONG_NAME: "unlisted.txt", HIDDEN: 1},
    ]
    found = locate({BODY: SAID}, "Attachment: positions.txt", attachments=attachments)
    assert told(found) == [("part", "attachments")]
    found = locate({BODY: SAID}, "Attachment: unlisted.txt", attachments=attachments)
    assert ("hidden", "an attachment that Outlook does not list") in told(found)
    invented.run("add", "artifact", invented.write("files.msg", file_of({BODY: SAID}, attachments)))
    names = {one["fields"].get("filename") for one in invented.json("list", "artifact")}
    assert {"positions.txt", "unlisted.txt"} <= names


def test_a_message_that_is_attached_is_quoted_and_its_files_are_preserved(locate, invented):
    deep = {FILE: b"The table of positions.", LONG_NAME: "deep.txt"}
    inner = attached(HEAD | {BODY: "They all knew of it.", SUBJECT: "Fw"}, [deep])
    attachments = [{FILE: inner, LONG_NAME: "inner.msg"}]
    found = locate({BODY: SAID}, "They all knew of it.", attachments=attachments)
    assert told(found) == [("quoted", "forwarded message")]
    file = invented.write("within.msg", file_of({BODY: SAID}, attachments))
    assert "can't be taken out of it as files" in invented.run("add", "artifact", file).output
    names = {one["fields"].get("filename") for one in invented.json("list", "artifact")}
    assert "deep.txt" in names


def test_letters_whose_charset_is_told_are_read_by_it_and_others_are_a_guess(locate):
    said = "Мы этого не знали".encode("cp1251")
    found = locate({BODY: (said,), CODEPAGE: 1251}, "Мы этого не знали")
    assert (found["status"], found["marks"]) == ("verbatim", [])
    found = locate({BODY: ("At the café on the quay".encode("cp1252"),)}, "At the café on the quay")
    assert "guessed" in [kind for kind, _ in told(found)]


def test_what_is_encrypted_is_named_as_unread(person):
    sealed = {FILE: b"sealed", LONG_NAME: "smime.p7m"}
    data = file_of({BODY: SAID, CLASS: "IPM.Note.SMIME"}, [sealed])
    person.file("sealed.msg", data)
    assert "smime.p7m" in str(person.json("locate", "sealed.msg", "--text", SAID))


@pytest.mark.parametrize(
    "data",
    [
        compound({"Nothing": b"of a message"}),
        file_of({BODY: SAID})[:900],
        file_of({BODY: SAID})[:512],
    ],
)
def test_what_is_no_message_or_cut_off_is_refused_in_a_sentence(person, data):
    person.file("cut.msg", data)
    said = person.run("locate", "cut.msg", "--text", SAID, code=3).output
    assert "e-mail of Outlook" in said
    assert "Traceback" not in said


def test_messages_nested_too_deeply_are_refused(tmp_path):
    inner = attached(HEAD | {BODY: "Deep."})
    for _ in range(30):
        inner = attached(HEAD | {NAME: "x", ADDRESS: ""}, [{FILE: inner}])
    file = tmp_path / "deep.msg"
    file.write_bytes(file_of({BODY: SAID}, [{FILE: inner}]))
    with file.open("rb") as opened, pytest.raises(ExtractionError, match="within each other"):
        outlook.extract(opened)
