"""One invented text as a document of each type, and passages of it as a person would type them."""

import gzip
from email.message import EmailMessage
from html import escape
from io import BytesIO

from docx_files import docx, paragraph, run
from warc_files import http, record

WORDS = """
the harbour board of Aldmere took note that supplier had fitted forty microphones along northern
quay and kept what they recorded for ninety days at all hours “deaf to conversation” Vardo's
auditor wrote — twice, in writing — to naïve officers who never answered; minutes (page 7) show
£1,200 paid in May 2031, café by café, re-education of staff, don't ask: nobody objected. Å
"""


def paragraphs(random, count=60):
    """Paragraphs of random words, each a line."""
    words = WORDS.split()
    return [" ".join(random.choices(words, k=random.randint(40, 90))) for _ in range(count)]


def passages(random, text, count):
    """Stretches of whole words of one paragraph, from six words to thirty."""
    found = []
    for _ in range(count):
        words = random.choice(text).split()
        length = random.randint(6, 30)
        start = random.randrange(len(words) - length)
        found.append(" ".join(words[start : start + length]))
    return found


def plain(_, text):
    return "\n\n".join(text).encode()


def html(random, text):
    """Paragraphs with markup around words, and lines that are broken anywhere."""

    def dress(word):
        shown = escape(word, quote=False)
        return random.choice([shown] * 8 + [f"<b>{shown}</b>", f"<i><a href=x>{shown}</a></i>"])

    def line(words):
        return random.choice([" ", " ", "\n  ", " <!-- not this --> "]).join(map(dress, words))

    body = "".join(f"<p>{line(each.split())}</p>\n" for each in text)
    return f"<!doctype html><html><meta charset=utf-8><body>{body}</body></html>".encode()


def pdf(_, text):
    """Pages of lines that break between words."""
    from reportlab.pdfgen.canvas import Canvas

    data = BytesIO()
    canvas = Canvas(data, pagesize=(595, 842), invariant=True)
    lines = [line for each in text for line in _broken(each.split(), 12)]
    for start in range(0, len(lines), 48):
        drawn = canvas.beginText(60, 780)
        drawn.setFont("Helvetica", 9)
        for line in lines[start : start + 48]:
            drawn.textLine(line)
        canvas.drawText(drawn)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def word(random, text):
    """Paragraphs of runs that end anywhere, within words too."""
    return docx(*[paragraph(*_runs(random, each)) for each in text])


def mail(random, text):
    made = EmailMessage()
    made["From"], made["To"] = "press@quillmar.example", "ada@newsroom.example"
    made["Subject"], made["Message-ID"] = "Re: Größe", f"<{random.random()}@quillmar.example>"
    made.set_content("\n\n".join(text), cte="quoted-printable")
    made.add_alternative(html(random, text[:1]).decode(), subtype="html")
    made.set_boundary("frontier")
    return made.as_bytes()


def mailbox(random, text):
    line = b"From press@quillmar.example Mon Jun 16 10:12:45 2031\n"
    mails = [mail(random, text[at : at + 10]) for at in range(0, len(text), 10)]
    return b"\n".join(line + each for each in mails)


def archive(random, text):
    """Pages that were captured, each compressed by itself."""
    pages = [html(random, text[at : at + 10]) for at in range(0, len(text), 10)]
    return b"".join(gzip.compress(record(http(page))) for page in pages)


MADE = {
    "plain.txt": plain,
    "page.html": html,
    "paper.pdf": pdf,
    "letter.docx": word,
    "reply.eml": mail,
    "box.mbox": mailbox,
    "site.warc.gz": archive,
}


def _broken(words, size):
    return [" ".join(words[at : at + size]) for at in range(0, len(words), size)]


def _runs(random, text):
    found, at = [], 0
    while at < len(text):
        end = at + random.randint(1, 40)
        found.append(run(text[at:end]))
        at = end
    return found
