"""Rich Text: what stands there as it is seen, and what was deleted, hidden or put beside it."""

import pytest

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}{\f1\fcharset204 Arial;}"
    r"{\f2\fcharset2 Symbol;}}{\colortbl;\red255\green255\blue255;\red0\green0\blue0;}"
    r"{\stylesheet{\s0 Normal;}}{\info{\author never told}}"
)


@pytest.fixture
def locate(person):
    def run(body, text, code=0):
        person.file("note.rtf", (HEAD + body + "}").encode("latin-1"))
        found = person.json("locate", "note.rtf", "--text", text, code=code)
        assert found["media_type"] == "application/rtf"
        return found

    return run


def told(found):
    return [(one["kind"], one["detail"]) for one in found["marks"]]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"\pard They\~knew \u8222?it\u8220\'94 \emdash  so\par", "They\u00a0knew „it“ — so"),
        (r"\pard {\f1 \'ef\'f0\'e0\'e2\'e4\'e0} here\par", "правда here"),
        (r"\pard \uc2\u28450\'8a\'bf\u23383\'8e\'9a\par", "漢字"),
        (r"\pard \u-10179?\u-8704? smiles\par", "\U0001f600 smiles"),
        (r"\pard 10{\super 2} metres\par", "10² metres"),
        (r"\pard {\listtext 1.\tab}first\par {\listtext 2.\tab}second\par", "1. first\n2. second"),
        (
            r"\trowd\clcbpat2\cellx1\pard\intbl Firm\cell{\cf1 40}\cell\row\pard Next\par",
            "Firm\t40\nNext",
        ),
        (r"\pard With{\footnote \pard A note.} a note\par", "With a note"),
        ("\\pard bro\nken \\bin4 \\parlines\\par", "broken lines"),
        (r"\pard {\field{\*\fldinst HYPERLINK x}{\fldrslt the page}}\par", "the page"),
        (r"\pard\li720\fi-360\sl-240\slmult0 {\charscalex90\expndtw-4 We knew}\par", "We knew"),
        (r"\pard {\cf1\highlight2 We knew}\par", "We knew"),
        (r"\pard\li-30000 \par\pard\plain We knew\par", "We knew"),
        (r"{\upr{\pard other}{\*\ud{\pard We never bid}}}\par", "We never bid"),
    ],
)
def test_what_is_seen_stands_as_it_is_seen(locate, body, text):
    found = locate(body, text)
    assert (found["status"], found["accepted"], found["marks"]) == ("verbatim", True, [])


@pytest.mark.parametrize("aside", ["header", "footer", "footnote", "shptxt"])
def test_what_stands_apart_negates_no_sentence_of_the_text(locate, aside):
    body = rf"{{\{aside} \pard Not for publication\par}}\pard We knew of it\par"
    found = locate(body, "We knew of it")
    assert (found["notes"], found["accepted"]) == ([], True)
    assert locate(r"\pard We knew of it not\par", "We knew of it", code=1)["notes"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (r"\pard x {\v never told} y\par", "hidden"),
        (r"\pard x {\cf1 never told} y\par", "hidden"),
        (r"\pard x {\fs2 never told} y\par", "hidden"),
        (r"\pard x {\fs0 never told} y\par", "hidden"),
        (r"\pard x {\charscalex1 never told} y\par", "hidden"),
        (r"\pard x {\expndtw-400 never told} y\par", "hidden"),
        (r"\pard x {\up9000 never told} y\par", "hidden"),
        (r"\pard x {\cf2\highlight2 never told} y\par", "hidden"),
        (r"\pard\cbpat2 x {\cf2 never told} y\par", "hidden"),
        (r"\pard\li-30000\ri30000 never told\par", "hidden"),
        (r"\pard\fi-31000 never told\par", "hidden"),
        (r"\pard\sl-1\slmult0 never told\par", "hidden"),
        (r"\pard\posx-30000\posy1 never told\par", "hidden"),
        (r"\trowd\trrh-1\cellx1\pard\intbl never told\cell\row", "hidden"),
        (r"{\*\shpinst\shpleft0\shptop0\shpright9\shpbottom900{\shptxt never told}}", "hidden"),
        (
            r"{\*\shpinst\shpleft-9000\shptop0\shpright-8000\shpbottom900{\shptxt never told}}",
            "hidden",
        ),
        (r"\pard x {\strike never told} y\par", "deleted"),
        (r"\pard {\f2 never told}\par", "unsure"),
        (r"\pard x {\revised\revauth1 never told} y\par", "inserted"),
    ],
)
def test_what_is_not_seen_so_needs_a_person(locate, body, kind):
    found = locate(body, "never told", code=1)
    assert found["status"] == "verbatim"
    assert {one for one, _ in told(found)} - {"part"} == {kind}


def test_deleted_words(locate):
    body = r"\pard They {\deleted\revauthdel1 never }knew of it.\par"
    assert told(locate(body, "They never knew", code=1)) == [("deleted", "tracked")]
    assert {one for one, _ in told(locate(body, "They knew", code=1))} == {"deleted"}


def test_what_stands_beside_the_text(locate):
    body = r"{\header\pard Draft of May\par}\pard x{\*\annotation\pard They knew}"
    body += r"{\footnote A note} y\par"
    assert told(locate(body, "Draft of May")) == [("part", "header")]
    assert told(locate(body, "They knew")) == [("part", "comment")]
    assert told(locate(body, "A note")) == [("part", "note")]


@pytest.mark.parametrize(
    ("body", "says"),
    [(r"\pard x\par {\b", "cut off"), (r"\pard {\object{\*\objdata 00}}x\par", "embedded object")],
)
def test_what_is_not_read_leaves_open_what_stands_there(person, body, says):
    person.file("note.rtf", HEAD + body + ("" if "cut" in says else "}"))
    said = person.run("locate", "note.rtf", "--text", "words that nobody wrote", code=3)
    assert says in said.output


def test_deep_groups_are_refused(person):
    person.file("note.rtf", HEAD + "{" * 3000)
    assert "nested" in person.run("locate", "note.rtf", "--text", "x", code=3).output
