"""What was written into a document comes back from it, in its order."""

import base64
import quopri
from io import BytesIO
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

import docx_files
import warc_files
from docx_files import paragraph
from evidence_chain.extract import html, mbox, message
from evidence_chain.extract.message import headers, quotes
from evidence_chain.extract.message.flow import unflow
from evidence_chain.extract.outlook.compressed import decompressed
from evidence_chain.extract.warc import chunks
from evidence_chain.text import Status, match
from html_reading import visible
from mails import HEAD, HEADERS, part
from outlook_files import rich
from warc_files import URL, chunk, compressed, http, record

LINE = b"From a@quillmar.example Mon Jun 16 10:12:45 2031\n"


PRINTED = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), min_size=1
)


@given(st.lists(PRINTED, min_size=1, max_size=8))
def test_any_paragraphs_of_docx_come_back_in_order(paragraphs):
    drawn = docx_files.draw(*map(paragraph, (f"·{each}·" for each in paragraphs)))
    assert drawn.text == "\n".join(f"·{each}·" for each in paragraphs)
    assert drawn.marks == []


@given(st.lists(st.sampled_from(["<b>", "</b>", "<i>", "<p>", "</p>", "<div>", "</div>", "<td>"])))
def test_every_visible_word_of_a_page_is_there_in_order(tags):
    words = [f"w{n}" for n in range(len(tags))]
    markup = "".join(f"{tag} {word} " for tag, word in zip(tags, words, strict=True))
    assert visible(markup).split() == words


NUMERALS = "〇零一二三四五六七八九十百千万亿兩两萬億"
"""Two of them are one number where a line ends between them, and no passage begins within it."""
WORDS = st.text(
    st.characters(categories=("L", "Nd"), exclude_characters=NUMERALS), min_size=1, max_size=8
)


@given(st.lists(st.lists(WORDS, min_size=1, max_size=5), min_size=1, max_size=6), st.data())
def test_any_paragraphs_of_html_come_back_in_order_and_slices_are_found(paragraphs, data):
    markup = "".join(f"<p>{' '.join(words)}</p><p hidden>{words[0]}</p>" for words in paragraphs)
    text = html.draw(markup)[0]
    seen = "\n".join(map(" ".join, paragraphs))
    assert text == "\n".join([seen, *(words[0] for words in paragraphs)])
    words = seen.split(" ")
    first = data.draw(st.integers(0, len(words) - 1))
    quote = " ".join(words[first : data.draw(st.integers(first + 1, len(words)))])
    assert match(quote, text).status == Status.VERBATIM


CHARSETS = {
    "utf-8": st.characters(exclude_categories=("C", "Z")),
    "gb18030": st.characters(codec="gb18030", exclude_categories=("C", "Z")),
    "big5": st.characters(codec="big5", min_codepoint=0x4E00),
    "iso-2022-jp": st.sampled_from("監視カメラの映像がabc"),
    "koi8-r": st.characters(codec="koi8-r", exclude_categories=("C", "Z")),
    "windows-1252": st.characters(codec="cp1252", exclude_categories=("C", "Z")),
}


ENCODINGS = {
    "8bit": lambda data: data,
    "base64": base64.encodebytes,
    "quoted-printable": quopri.encodestring,
}


@given(st.data(), st.sampled_from(sorted(CHARSETS)), st.sampled_from(sorted(ENCODINGS)))
def test_what_was_written_in_an_e_mail_comes_back(data, charset, transfer):
    words = data.draw(st.lists(st.text(CHARSETS[charset], min_size=1), min_size=1))
    text = " ".join(words)
    encoded = ENCODINGS[transfer](text.encode(charset))
    how = f"Content-Transfer-Encoding: {transfer}".encode()
    mail = HEAD + part(f'text/plain; charset="{charset}"', encoded, how)
    assert message.draw(mail).text == f"{HEADERS}\n\n{text}\n"


@given(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1))
def test_a_subject_comes_back(subject):
    data = subject.encode()
    pieces = [data[at : at + 7] for at in range(0, len(data), 7)]
    words = b"\r\n ".join(b"=?utf-8?b?%b?=" % base64.b64encode(piece) for piece in pieces)
    assert headers(b"Subject: " + words + b"\r\n\r\n")["subject"] == subject


@given(st.text(st.sampled_from(">\n On1@:wrote-写道：From Sent Date Original Message")))
def test_quotes_are_slices_in_order(text):
    marks = quotes.quoted(text)
    assert all(0 <= mark.start < mark.end <= len(text) for mark in marks)
    assert all(one.end <= other.start for one, other in pairwise(marks))


@given(st.text(st.sampled_from("> -a\n")))
def test_flowing_loses_no_letters(text):
    assert unflow(text, drop_space=True).count("a") == text.count("a")


IN_MAILBOX = [b"From ", b"\n>From ", b"\n>>From ", b"x", b"\n", b"a: b\n", b"\n\n> x\n\n"]


@given(st.lists(st.lists(st.sampled_from(IN_MAILBOX)), min_size=1))
def test_messages_come_back_from_a_mailbox(bodies):
    """But for lines beside ones that somebody else is quoted with, which stay quoted."""
    messages = [b"From: a@b\n\n" + b"".join(body) + b"\n" for body in bodies]
    lines = [line for each in messages for line in (LINE, *each.splitlines(True), b"\n")]
    quoted = [
        b">" + line if line != LINE and line.lstrip(b">").startswith(b"From ") else line
        for line in lines
    ]
    found = mbox.parts(BytesIO(b"".join(quoted))).parts
    assert [one.content for one in found] == messages


@given(st.binary(max_size=9000))
def test_rich_text_of_outlook_comes_back(text):
    assert decompressed(rich(text)) == (text, True)


@given(st.binary(), st.integers(1, 50))
def test_chunks_of_http_come_back(data, size):
    assert chunks.dechunk(chunk(data, size)) == (data, "")


@given(st.lists(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1), min_size=1))
def test_pages_of_an_archive_come_back(texts):
    texts = [f"page {text}" for text in texts]
    pages = [
        record(http(text.encode(), "text/plain"), url=f"{URL}/{n}") for n, text in enumerate(texts)
    ]
    drawn = warc_files.draw(*map(compressed, pages))
    found = [m for m in drawn.marks if m.kind == "response"]
    assert [drawn.text[m.start : m.end] for m in found] == texts
