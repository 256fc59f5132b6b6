"""An article is held against a case: each outcome, what is said of it, and the exit code."""

import io
import zipfile

import pytest

from docx_files import deleted, docx, paragraph, run

SPEECH = (
    "Question: did they know?\n\n"
    "We were never told where the cameras would stand. We sold 400 of them in May, and the "
    "ministry paid. Nobody asked for a licence.\n\n"
    "The mayor “kept the list” at home.\n"
)
KNOWN = "We were never told where the cameras would stand."


@pytest.fixture
def desk(case):
    """A case with one document, one record in it, and a claim that it contradicts."""
    case.file("speech.txt", SPEECH)
    case.run("add", "artifact", "speech.txt", "--title", "Speech in the council")
    words = ("add", "quote", "--artifact", "speech.txt", "--text", KNOWN)
    case.record = case.id(*words, "--speaker", "Jo Tannen, mayor", "--date", "2031-05-03")
    case.run("claim", "knew", "The supplier knew where the cameras would stand")
    case.run("link", case.record, "knew", "--contradicts", "--note", "asked")
    return case


def one(desk, text, code, *words):
    """What came of the only quotation of an article that is looked up."""
    (article,) = desk.json("proofread", "-", *words, code=code, stdin=text)["articles"]
    (found,) = [each for each in article["quotations"] if not each["left_alone"]]
    return found


@pytest.mark.parametrize(
    "never",
    ["<del>never</del>", "<s>never</s>", "<span hidden>ne<span>ver</span></span>"]
    + [
        f'<i style="{style}">never</i>'
        for style in ("display: none", "text-decoration:line-through")
    ],
)
def test_what_markdown_strikes_out_or_hides_is_not_looked_up(desk, never):
    text = f"# Cameras\n\n“We were {never} told where the cameras would stand,” said Jo Tannen.\n"
    (desk.home / "article.md").write_text(text)
    (article,) = desk.json("proofread", desk.home / "article.md", code=1)["articles"]
    assert [each["outcome"] for each in article["quotations"]] == ["differs"]
    assert article["not_proofread"] != []


def test_what_a_tag_leaves_open_in_markdown_is_looked_up(desk):
    text = "Said <br hidden>“We were told where the cameras would stand” <del> Jo Tannen.\n"
    (desk.home / "article.md").write_text(text)
    (article,) = desk.json("proofread", desk.home / "article.md", code=1)["articles"]
    assert [each["outcome"] for each in article["quotations"]] == ["differs"]


@pytest.mark.parametrize(
    "block", ["<div>{}</div>", "<p>Said\n{}</p>\n\nafter", "> <table><tr><td>{}</td></tr></table>"]
)
def test_blocks_of_html_in_markdown_are_looked_up(desk, block):
    text = block.format("“We were told where the cameras would stand,” said Jo Tannen.")
    (desk.home / "article.md").write_text(f"First\n\n{text}\n")
    (article,) = desk.json("proofread", desk.home / "article.md", code=1)["articles"]
    found = [(each["outcome"], each["line"]) for each in article["quotations"]]
    assert ("differs", 3) in found


@pytest.mark.parametrize("marks", ["❝❞", "＂＂", "❛❜"])
def test_ornaments_and_wide_marks_are_marks(desk, marks):
    text = marks[0] + "We were told where the cameras would stand" + marks[1] + ", said Jo Tannen."
    assert one(desk, text, 1)["outcome"] == "differs"


def test_quotations_too_deep_in_markdown_are_no_empty_article(desk):
    for depth, code in ((40, 1), (400, 3)):
        (desk.home / "deep.md").write_text("> " * depth + "“We were told where they would stand”")
        desk.run("proofread", desk.home / "deep.md", code=code)


def test_it_stands_in_a_record_that_bears_on_a_claim(desk):
    found = one(desk, "“We were never told where the cameras would stand,” said Jo Tannen.", 0)
    assert (found["outcome"], found["ok"]) == ("recorded", True)
    (record,) = found["records"]
    assert record["id"] == desk.record
    assert record["claims"] == [{"relation": "contradicts", "claim": "knew"}]
    assert found["speaker"]["outcome"] == "same"


def test_it_stands_in_a_document_and_the_command_records_it(desk):
    found = one(desk, "“We sold 400 of them in May, and the ministry paid,” she said.", 0)
    assert found["outcome"] == "unrecorded"
    assert found["document"]["name"] == "Speech in the council"
    words = found["command"].split(" --text ")[0].split()
    desk.run(*words[1:], "--text", found["text"])
    assert one(desk, f"“{found['text']}”", 0)["outcome"] == "recorded"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("We were told where the cameras would stand.", "negation"),
        ("We sold 500 of them in May, and the ministry paid.", "number"),
        ("We sold 400 of them in June, and the ministry paid.", "name"),
        ("We sold 400 of them in May. Nobody asked for a licence.", "words"),
    ],
)
def test_it_differs_and_is_told_word_by_word(desk, text, kind):
    found = one(desk, f"“{text}”", 1)
    assert found["outcome"] == "differs"
    assert not found["ok"]
    assert found["difference"]
    assert kind in found["kinds"] or kind == "words"


def test_it_stands_nowhere(desk):
    assert one(desk, "“Pink elephants walked along the harbour”", 1)["outcome"] == "nowhere"


def test_what_was_left_out_and_put_in_is_told(desk):
    found = one(desk, "“We sold 400 of them [the cameras] in May … and the ministry paid”", None)
    assert found["outcome"] == "edited"
    found = one(desk, "“We sold 400 of them … and the ministry paid.”", 0)
    assert found["outcome"] == "edited"
    assert found["omitted"] == ["in May,"]
    found = one(desk, "“We were … told where the cameras would stand.”", 1)
    assert found["look"]


def test_an_interruption_hides_nothing(desk):
    text = "“We sold 400 of them in May,” said Jo Tannen, “and the ministry paid.”"
    assert one(desk, text, 0)["outcome"] == "unrecorded"
    text = "“We sold 400 of them,” said Jo Tannen, “and the ministry paid.”"
    found = one(desk, text, 1)
    assert found["omitted"] == ["in May,"]
    assert found["look"] == ["left-out-where-interrupted"]


def test_where_it_is_interrupted_no_comma_is_a_difference(desk):
    text = "“We sold 300 of them,” said Jo Tannen, “in May, and the ministry paid.”"
    assert one(desk, text, 1)["kinds"] == ["number"]


@pytest.mark.parametrize("words", ["We sold 400 of them in May", "We sold 300 of them in May"])
def test_one_that_no_mark_ends_is_called_that(desk, words):
    assert one(desk, f"“{words}", 1)["look"] == ["not-closed"]
    assert "It is not closed" in desk.out("proofread", "-", code=1, stdin=f"“{words}")


def test_another_speaker_is_a_difference(desk):
    found = one(desk, f"“{KNOWN}” said Orla Vantreight.", 1)
    assert found["outcome"] == "recorded"
    assert found["speaker"]["outcome"] == "differs"
    told = desk.out("proofread", "-", code=1, stdin=f"“{KNOWN}” said Orla Vantreight.")
    assert "the article says “Orla Vantreight”, and the record “Jo Tannen, mayor”" in told
    assert "1 recorded but with ANOTHER SPEAKER." in told


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (f"“{KNOWN}” he said.", "the article says “he”"),
        (f"“{KNOWN}” she said of Jo Tannen.", "the article says “she”"),
        (f"“{KNOWN}” said Jo Tannen’s lawyer Orla Vantreight.", "“Orla Vantreight”"),
        (f"Orla Vantreight, not Jo Tannen, said: “{KNOWN}”", "“Orla Vantreight”"),
        (f"“{KNOWN}”", "names nobody"),
    ],
)
def test_who_cannot_be_told_is_not_compared(desk, text, why):
    speaker = one(desk, text, 0)["speaker"]
    assert speaker["outcome"] == "not-compared"
    assert why in speaker["why"]


def test_a_date_beside_it_is_put_beside_that_of_the_record(desk):
    found = one(desk, f"On 4 May 2031 Jo Tannen said: “{KNOWN}”", 0)
    assert found["remarks"] == ["date: the sentence says 2031-05-04, and the record 2031-05-03"]
    assert one(desk, f"On 3 May 2031 Jo Tannen said: “{KNOWN}”", 0)["remarks"] == []


def test_names_beside_it_are_put_beside_those_of_the_claim(desk):
    desk.run("claim", "paid", "The ministry paid Quillmar Optics")
    desk.run("link", desk.record, "paid", "--supports")
    said = "said Jo Tannen, who had met Vardo Systems"
    (remark,) = one(desk, f"“{KNOWN[:-1]},” {said}.", 0)["remarks"]
    assert remark.startswith("names: the sentence has Vardo Systems, and the claim Quillmar Optics")
    assert one(desk, f"“{KNOWN[:-1]},” {said} for Quillmar.", 0)["remarks"] == []


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("Lamps were sold to nobody", "said Jo Tannen, who had met Vardo Systems"),
        ("Orders were placed by Quillmar Optics", "Jo Tannen told Quillmar."),
    ],
)
def test_the_word_that_begins_a_claim_is_no_name(desk, statement, said):
    desk.run("claim", "sold", statement)
    desk.run("link", desk.record, "sold", "--supports")
    assert one(desk, f"“{KNOWN[:-1]},” {said}.", 0)["remarks"] == []


def test_a_name_that_begins_a_claim_is_one_where_another_claim_has_it_within(desk):
    for slug, statement in (("a", "Quillmar sold lamps"), ("b", "Lamps were sold by Quillmar")):
        desk.run("claim", slug, statement)
        desk.run("link", desk.record, slug, "--supports")
    found = one(desk, f"“{KNOWN[:-1]},” said Jo Tannen, who had met Vardo Systems.", 0)
    assert len(found["remarks"]) == 2


@pytest.mark.parametrize("end", ["retract", "replace"])
def test_a_record_that_ended_says_so(desk, end):
    if end == "retract":
        desk.run("retract", desk.record, "--reason", "misheard")
    else:
        words = ("add", "quote", "--artifact", "speech.txt", "--text", "We sold 400 of them in May")
        desk.run("replace", desk.record, desk.id(*words), "--drop-links")
    found = one(desk, f"“{KNOWN}” said Jo Tannen.", 1)
    ended = "retracted" if end == "retract" else "replaced"
    assert found["look"] == [ended]
    assert found["records"][0]["ended"] == ended


def test_marks_within_may_be_of_another_form(desk):
    assert one(desk, "“The mayor ‘kept the list’ at home.”", 0)["notes"] == ["inner-marks"]


def test_a_translation_is_said_to_be_one(desk):
    text = "Nunca nos dijeron dónde estarían las cámaras."
    words = ("--of", desk.record, "--text", text, "--language", "es", "--translator", "Ada Lind")
    desk.run("add", "translation", *words)
    found = one(desk, f"«{text}», dijo Jo Tannen.", 0)
    assert found["records"][0]["translates"] == desk.record
    assert found["speaker"]["outcome"] == "same"


def test_a_deleted_passage_needs_a_person(desk):
    body = paragraph(run("It stays here."), deleted("We knew it all from the first day on."))
    desk.file("draft.docx", docx(body))
    desk.run("add", "artifact", "draft.docx")
    found = one(desk, "“We knew it all from the first day on.”", 1)
    assert found["look"] == ["deleted"]


def test_a_document_that_cannot_be_read_leaves_it_open(desk):
    desk.file("scan.pdf", b"%PDF-1.4\nbroken\n")
    desk.run("add", "artifact", "scan.pdf", code=None)
    found = one(desk, "“Pink elephants walked along the harbour”", 3)
    assert found["outcome"] == "not-looked"
    said = desk.out("proofread", "-", code=3, stdin="“Pink elephants walked along the harbour”")
    assert "looked up in 1 document:" in said
    assert "Not looked through: scan.pdf " in said
    lost = desk.out(
        "proofread", "-", "-q", code=3, stdin="“Pink elephants walked along the harbour”"
    )
    assert lost == "Pink elephants walked along the harbour\n"
    assert one(desk, f"“{KNOWN}”", 0)["ok"]


def test_what_is_left_alone_is_listed(desk):
    desk.file("a.md", "A lamp.\nTannen said that nobody\nknew of it. A “lamp” of the quay.\n")
    said = desk.out("proofread", "a.md")
    assert "Left alone: 1 scare quote, 1 in indirect speech. (--json lists them.)" in said
    (article,) = desk.json("proofread", "a.md")["articles"]
    (own,) = article["indirect"]
    assert (own["line"], own["text"]) == (2, "Tannen said that nobody knew of it.")
    assert own["left_alone"] == "indirect speech"
    (scare,) = article["quotations"]
    assert (scare["text"], scare["left_alone"]) == ("lamp", "scare quote")


def test_claims_that_are_contested_are_listed_beside_the_sentence(desk):
    (article,) = desk.json(
        "proofread", "-", "--claims", stdin="The supplier knew where its cameras would stand."
    )["articles"]
    (listed,) = article["claims"]
    assert listed["claim"] == "knew"
    assert listed["structure"]["contradicts"] == 1


def odt(body):
    made = io.BytesIO()
    spaces = 'xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    spaces += 'xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        content = f"<o:document-content {spaces}><o:body>{body}</o:body></o:document-content>"
        archive.writestr("content.xml", content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", f"Jo said:\n\n> {KNOWN}\n"),
        ("a.md", f"# Speech\n\nJo said:\n\n> {KNOWN}\n\n```\n“in code”\n```\n"),
        ("a.html", f"<p>Jo: <q>{KNOWN}</q></p><p hidden>“hidden words here”</p>"),
        ("b.html", f"<blockquote><p>{KNOWN}</p></blockquote>"),
        ("a.docx", docx(paragraph(run(f"Jo said: “{KNOWN}”"), deleted("“gone from here”")))),
        (
            "a.odt",
            odt(
                "<t:tracked-changes><t:p>“gone from here”</t:p></t:tracked-changes>"
                f"<t:p>Jo said: “{KNOWN}”</t:p><t:annotation><t:p>“no”</t:p></t:annotation>"
            ),
        ),
    ],
)
def test_articles_of_each_kind(desk, name, content):
    desk.file(name, content)
    (article,) = desk.json("proofread", name)["articles"]
    (found,) = article["quotations"]
    assert found["text"] == KNOWN
    assert found["outcome"] == "recorded"


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"%PDF-1.4\n", "a.pdf", 3),
        (b"\xff\xfe\x00words", "a.txt", 3),
        (b"PK\x03\x04mimetypebroken", "a.odt", 3),
        (odt("<t:p>no end")[:-40], "b.odt", 3),
    ],
)
def test_what_cannot_be_read_is_never_right(desk, content, name, code):
    desk.file(name, content)
    desk.run("proofread", name, code=code)


def test_a_missing_article_is_wrong_use(desk):
    desk.run("proofread", "nowhere.docx", code=2)


def test_the_marked_copy_is_escaped_and_loads_nothing(desk):
    desk.file("a.txt", f"<script>x()</script> “{KNOWN}” said Jo Tannen.\n")
    desk.run("proofread", "a.txt", "--html", "copy.html")
    copy = (desk.home / "copy.html").read_text()
    assert "<script" not in copy
    assert "default-src 'none'" in copy
    assert "Stands in a record" in copy
    assert "http" not in copy.replace("http-equiv", "")
    desk.run("proofread", "a.txt", "--html", "copy.html", code=2)


@pytest.mark.parametrize(
    ("article", "shut"),
    [
        (f"“{KNOWN}” said Jo Tannen.", None),
        ("“We were told where the cameras would stand.”", "negation"),
        (f"“{KNOWN}” said Orla Vantreight.", "another speaker"),
        (None, "Mend it: name an article that can be read in `articles` of policy.toml"),
    ],
)
def test_the_gate_proofreads_what_the_policy_names(desk, article, shut):
    root = desk.home / "case"
    root = root if root.exists() else desk.home
    (root / "policy.toml").write_text('articles = ["draft.txt"]\n')
    if article:
        (root / "draft.txt").write_text(article)
    desk.run("checkpoint")
    said = desk.json("publish", "--check-only", code=1 if shut else 0)
    (line,) = [each for each in said["gate"] if each["rule"] == "proofread"]
    assert line["outcome"] == ("unmet" if shut else "met")
    assert shut is None or shut in line["detail"]
    if shut:
        desk.run("publish", "--check-only", "--override", "proofread", "--because", "it is a joke")
