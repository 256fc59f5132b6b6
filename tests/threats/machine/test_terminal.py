"""Row 46: control codes in what others wrote, on the terminal of whoever reads it."""

import re

import pytest

from adversary import change_body, store_checkpoint, tampering

HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b31m\rEverything holds\x08\x7f\u202eevil\u2066\u200f"
IN_TEXT = HOSTILE.replace("\x07", "").replace("\x08", "")
"""The same without what makes a file no text at all."""
HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def hostile(case):
    """The case with codes in a quote, a title, a file name, a claim, notes and a reason."""
    name = f"{HOSTILE.replace('/', '')}.txt"
    text = f"He said: we {IN_TEXT} knew it, all of us did."
    case.ids["file"] = case.id("add", "artifact", case.write(name, text), "--title", HOSTILE)
    quote = ("add", "quote", "--artifact", case.ids["file"], "--text", f"we {IN_TEXT} knew it")
    case.ids["quote"] = case.id(*quote, "--speaker", HOSTILE, "--note", HOSTILE)
    case.ids["original"] = case.id("add", "original", "--title", HOSTILE)
    case.ids["claim"] = case.id("claim", "hostile", f"They {HOSTILE} knew")
    link = ("link", case.ids["quote"], "hostile", "--supports", "--note", HOSTILE)
    case.ids["link"] = case.id(*link)
    case.id("retract", case.ids["original"], "--reason", HOSTILE)
    case.run("checkpoint")
    return case


def harmless(result):
    assert result.output
    found = HARMFUL.search(result.output)
    assert found is None, (found, result.output)
    assert "owned" in result.output or "evil" in result.output


@pytest.mark.parametrize("form", ["", "--json"])
@pytest.mark.parametrize(
    "words",
    [
        ["resolve", "hostile"],
        ["show", "hostile"],
        ["show", "{file}"],
        ["show", "{quote}"],
        ["show", "{original}"],
        ["show", "{link}"],
        ["list"],
        ["search", "knew"],
    ],
    ids=" ".join,
)
def test_row_46_what_is_read(hostile, words, form):
    words = [word.format(**hostile.ids) for word in words]
    harmless(hostile.run(*words, *filter(None, [form])))


@pytest.mark.parametrize("form", ["", "--json"])
def test_row_46_what_the_log_says(hostile, form):
    with tampering(hostile) as db:
        change_body(db, hostile.index("quote"), lambda body: body | {"recorded_at": HOSTILE})
    harmless(hostile.run("log", *filter(None, [form])))


@pytest.mark.parametrize("form", ["", "--json"])
def test_row_46_what_verify_finds(hostile, form):
    hostile.preserved("file").unlink()
    harmless(hostile.run("verify", *filter(None, [form]), code=3))


@pytest.mark.parametrize(
    "words",
    [
        ["retract", "{quote}", "--reason", "no"],
        ["replace", "{quote}", "{quote2}"],
        ["add", "original", "--title", HOSTILE + "2"],
        ["link", "hostile", HOSTILE, "--supports"],
    ],
    ids=lambda words: words[0],
)
def test_row_46_what_commands_answer(hostile, words):
    if "{quote2}" in words:
        quote = ("add", "quote", "--artifact", hostile.ids["file"], "--text")
        hostile.ids["quote2"] = hostile.id(*quote, "all of us did")
    words = [word.format(**hostile.ids) for word in words]
    result = hostile.run(*words, code=(0, 2))
    assert HARMFUL.search(result.output) is None, result.output


@pytest.mark.parametrize(
    "words",
    [
        ["show", HOSTILE],
        ["resolve", HOSTILE],
        ["resolve", "they"],
        ["list", HOSTILE],
        ["add", "artifact", f"/nowhere/{HOSTILE}"],
        ["add", "artifact", "."],
        ["add", "quote", "--artifact", "{file}", "--text", f"we {IN_TEXT} knew nothing of it"],
        ["claim", HOSTILE, "A statement"],
        ["claim", "hostile", HOSTILE],
        ["link", "{quote}", HOSTILE, "--supports"],
        ["import", f"/nowhere/{HOSTILE}"],
        ["verify", "--seen", f"/nowhere/{HOSTILE}"],
        ["verify", "--key", HOSTILE],
        ["--case", f"/nowhere/{HOSTILE}", "log"],
        ["init", f"/dev/null/{HOSTILE.replace(chr(0), '')}", "--origin", "a.example/b"],
        ["init", "/dev/null/x", "--origin", HOSTILE],
        [HOSTILE],
        ["list", f"--{HOSTILE}"],
        ["log", "--last", HOSTILE],
    ],
    ids=lambda words: words[0] if len(words[0]) < 20 else "command",
)
def test_row_46_what_errors_say(hostile, words):
    words = [
        word.format(**hostile.ids) if word in ("{file}", "{quote}") else word for word in words
    ]
    for form in ([], ["--json"]):
        result = hostile.run(*words, *form, code=(0, 1, 2, 4))
        assert HARMFUL.search(result.output) is None, result.output


def test_row_46_a_case_file_with_codes(hostile):
    content = '{"documents":[{"key":"\\u001b[2J","file":"\\u001b[2J\\u009b"}]}'
    result = hostile.run("import", hostile.write("case.json", content), code=2)
    assert HARMFUL.search(result.output) is None
    content = '{"claims":[{"slug":"a","statement":"b","\\u001b[2J":1}]}'
    result = hostile.run("import", hostile.write("case.json", content))
    assert HARMFUL.search(result.output) is None


def test_row_46_a_stored_checkpoint_with_codes_is_not_handed_out(case):
    note = case.seen.read_text()
    store_checkpoint(case, int(note.splitlines()[1]), HOSTILE + note)
    result = case.run("checkpoint", code=(1, 4))
    assert HARMFUL.search(result.output) is None


def test_row_46_line_ends_in_a_title_make_no_lines_of_their_own(case):
    case.run("add", "original", "--title", "One\nVERIFIED: everything holds\nTwo")
    lines = case.run("list", "original").stdout.splitlines()
    assert len(lines) == 2
