"""E-mails of Outlook: what lies in the file and is not what Outlook shows is never accepted."""

import pytest

from outlook_files import (
    BODY,
    FILE,
    HEAD,
    HIDDEN,
    HTML,
    LONG_NAME,
    RICH,
    attached,
    compound,
    file_of,
    message,
    rich,
)

SAID = "We never watched the harbour."
BODY_STREAM = "__substg1.0_1000001F"


@pytest.fixture
def locate(person):
    def run(data, code=None, text=SAID):
        person.file("reply.msg", data)
        return person.json("locate", "reply.msg", "--text", text, code=code)

    return run


@pytest.mark.parametrize("listed", [{}, {BODY: (b"Nothing of that.",)}])
def test_a_text_that_the_message_does_not_list_is_not_read_and_told(locate, listed):
    there = message(HEAD | listed) | {BODY_STREAM: SAID.encode("utf-16-le")}
    assert "may stand there" in locate(compound(there), 3)["error"]
    found = locate(compound(there), text="Subject: Cameras")
    assert "does not list" in str(found)


def test_a_file_that_an_attachment_does_not_list_is_told(locate):
    there = message(HEAD | {BODY: SAID}, [{LONG_NAME: "plan.txt"}])
    there["__attach_version1.0_#00000000"]["__substg1.0_37010102"] = b"The plan."
    assert "does not list (plan.txt)" in str(locate(compound(there)))


@pytest.mark.parametrize(("other", "accepted"), [(SAID, True), ("Nothing of that.", False)])
def test_a_text_that_is_there_twice_is_accepted_if_both_are_alike(locate, other, accepted):
    there = message(HEAD | {BODY: SAID})
    listed = there["__properties_version1.0"]
    row = next(
        listed[at : at + 16]
        for at in range(32, len(listed), 16)
        if listed[at : at + 4] == b"\x1f\0\0\x10"
    )
    there["__properties_version1.0"] = listed + b"\x1e" + row[1:]
    there["__substg1.0_1000001E"] = other.encode()
    assert locate(compound(there))["accepted"] is accepted


@pytest.mark.parametrize(
    "before",
    [
        rb"{\rtf1\ansi{\*\generator A\fromhtml1}\pard Nothing of that. ",
        rb"{\rtf1\ansi\pard Nothing of \\fromhtml1 that. ",
        rb"{\rtf1\ansi\pard\b\i\f0\fs20\b0\i0\b\b0\fromhtml1 Nothing of that. ",
        rb"{\rtf1\ansi\fromhtml0 Nothing of that. ",
    ],
)
def test_rich_text_that_only_seems_to_keep_html_is_read_as_outlook_reads_it(locate, before):
    text = before + b"{\\*\\htmltag64 <p>" + SAID.encode() + b"</p>}}"
    assert locate(file_of({RICH: rich(text)}), 1)["status"] == "missing"


def test_lines_may_end_before_rich_text_says_that_it_keeps_html(locate):
    text = b"{\\rtf1\\ansi\r\n\\fromhtml1 {\\*\\htmltag64 <p>" + SAID.encode() + b"</p>}}"
    assert locate(file_of({RICH: rich(text)}))["accepted"]


def test_what_a_message_says_that_is_attached_and_not_listed_is_hidden(locate):
    inner = {LONG_NAME: "inner.msg", FILE: attached(HEAD | {BODY: SAID})}
    found = locate(file_of({BODY: "No."}, [inner | {HIDDEN: 1}]))
    assert "hidden" in [one["kind"] for one in found["marks"]]
    found = locate(file_of({BODY: "No."}, [inner]))
    assert "hidden" not in [one["kind"] for one in found["marks"]]


@pytest.mark.parametrize("says", [rb"\pard Nothing of that.", rb"\fromhtml1 Nothing of that."])
@pytest.mark.parametrize("text", [SAID, "Nothing of that."])
def test_rich_text_and_html_that_differ_need_a_person(locate, says, text):
    both = {RICH: rich(b"{\\rtf1\\ansi" + says + b"}"), HTML: f"<p>{SAID}</p>".encode()}
    assert not locate(file_of(both), text=text)["accepted"]


def test_rich_text_and_html_that_say_the_same_need_nobody(locate):
    both = {RICH: rich(b"{\\rtf1\\ansi\\pard " + SAID.encode() + b"}"), BODY: SAID}
    assert locate(file_of(both | {HTML: f"<p>{SAID}</p>".encode()}))["accepted"]


@pytest.mark.parametrize(
    ("shown", "kinds"),
    [("'The desk'", ["part"]), ("The Minister", ["hidden", "part"]), ("", ["part"])],
)
def test_recipients_for_display_that_are_others_make_both_lists_doubtful(locate, shown, kinds):
    data = file_of({BODY: SAID, 0x0E04: shown})
    found = locate(data, text="To: The desk <desk@newsroom.example>")
    assert sorted(one["kind"] for one in found["marks"]) == kinds
    if "hidden" in kinds:
        found = locate(data, text=f"To: {shown}")
        assert sorted(one["kind"] for one in found["marks"]) == kinds
