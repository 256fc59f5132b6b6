"""E-books, and pages as browsers save them: read as pages are, with the sheets beside them."""

import pytest

from package_files import packed

SHEET = ".gone { display: none }"
OPF = "http://www.idpf.org/2007/opf"


def epub(pages, *, spine="", more=None):
    items = "".join(
        f'<item id="p{n}" href="{n}.xhtml" media-type="application/xhtml+xml"/>'
        for n in range(len(pages))
    )
    order = "".join(f'<itemref idref="p{n}"/>' for n in reversed(range(len(pages))))
    parts = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:container">'
        '<rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
        "OEBPS/book.opf": f'<package xmlns="{OPF}"><manifest>{items}<item id="s" href="c.svg" '
        f'media-type="image/svg+xml"/></manifest><spine>{order}{spine}</spine></package>',
        "OEBPS/style/a.css": SHEET,
    }
    for n, page in enumerate(pages):
        parts[f"OEBPS/{n}.xhtml"] = (
            '<html xmlns="http://www.w3.org/1999/xhtml"><head><title/>'
            f'<link rel="stylesheet" href="style/a.css"/></head><body>{page}</body></html>'
        )
    return packed(parts | (more or {}))


def mhtml(page, *, frame="<p>Words in a frame.</p>"):
    return (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://quillmar.example/news\r\n"
        "Subject: News\r\nDate: Tue, 4 Mar 2031 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: binary\r\n"
        "Content-Location: https://quillmar.example/news\r\n\r\n"
        '<html><head><link rel="stylesheet" href="cid:s@blink"></head><body>'
        f"{page}</body></html>\r\n--b\r\nContent-Type: text/css\r\nContent-ID: <s@blink>\r\n\r\n"
        f"{SHEET}\r\n--b\r\nContent-Type: text/html\r\nContent-ID: <f@blink>\r\n\r\n"
        f"{frame}\r\n--b--\r\n"
    )


def told(found):
    return {one["kind"]: one["detail"] for one in found["marks"]}


def test_an_e_book_is_read_in_the_order_of_its_spine(person):
    person.file("a.epub", epub(["<p>second <a id='x'/>page</p>", "<p>First page</p>"]))
    found = person.json("locate", "a.epub", "--text", "First page\n\nsecond page")
    assert (found["media_type"], found["status"]) == ("application/epub+zip", "verbatim")
    assert found["accepted"]


@pytest.mark.parametrize("name", ["a.epub", "a.mhtml"])
def test_the_sheets_beside_a_page_hide_words(person, name):
    page = "<p>Seen.</p><p class='gone'>never told</p>"
    person.file(name, epub([page]) if name == "a.epub" else mhtml(page))
    found = person.json("locate", name, "--text", "never told", code=1)
    assert (found["status"], "hidden" in told(found)) == ("verbatim", True)


def test_pages_of_a_book_that_are_not_read_leave_open_what_they_say(person):
    person.file("a.epub", epub(["<p>a</p>"], spine='<itemref idref="s"/>'))
    said = person.run("locate", "a.epub", "--text", "words that nobody wrote", code=3)
    assert "c.svg" in said.output
    locked = (
        "<encryption xmlns='urn:e'><EncryptedData><CipherData><CipherReference "
        "URI='OEBPS/0.xhtml'/></CipherData></EncryptedData></encryption>"
    )
    person.file("b.epub", epub(["<p>a</p>", "<p>b</p>"], more={"META-INF/encryption.xml": locked}))
    said = person.run("locate", "b.epub", "--text", "words that nobody wrote", code=3)
    assert "0.xhtml" in said.output


def test_a_saved_page_is_told_with_its_address_and_date(person, case):
    person.file("a.mhtml", mhtml("<p>We never bid.</p>"))
    found = person.json("locate", "a.mhtml", "--text", "We never bid.")
    assert (found["media_type"], found["accepted"]) == ("multipart/related", True)
    assert told(found) == {
        "captured": "2031-03-04T10:00:00Z",
        "response": "https://quillmar.example/news",
    }
    assert told(person.json("locate", "a.mhtml", "--text", "Words in a frame."))["part"] == "frame"


def test_an_e_mail_with_pictures_is_no_saved_page(person):
    mail = mhtml("<p>We never bid.</p>").replace("<Saved by Blink>", "a@quillmar.example")
    mail = mail.replace("Snapshot-Content-Location", "Message-ID")
    person.file("a.eml", mail)
    found = person.json("locate", "a.eml", "--text", "We never bid.")
    assert found["media_type"] == "message/rfc822"


def test_a_saved_page_without_a_page(person):
    person.file("a.mht", mhtml("").replace("text/html", "text/plain"))
    said = person.run("locate", "a.mht", "--text", "x", code=3).output
    assert "no page is in it" in said


def test_a_book_that_expands_without_end_is_refused(person):
    person.file("a.epub", epub(["<p>" + " " * (60 << 20)]))
    assert "expands to more than" in person.run("locate", "a.epub", "--text", "x", code=3).output


SINGLE = (
    "<!DOCTYPE html><html><head><style>p{{margin:0}}</style></head><body>"
    "<img src='data:image/png;base64,AAAA'><p>Seen.</p>{}</body></html>"
)


def test_a_page_of_singlefile_with_words_in_a_shadow_tree(person):
    shadow = "<div><template shadowrootmode='open'><p>We never bid.</p></template></div>"
    person.file("a.html", SINGLE.format(shadow))
    assert person.json("locate", "a.html", "--text", "Seen.")["accepted"]
    assert person.json("locate", "a.html", "--text", "We never bid.")["accepted"]


def test_a_shadow_tree_as_chromium_saves_it(person):
    shadow = "<div><template shadowmode='open'><p>We never bid.</p></template></div>"
    person.file("a.mhtml", mhtml(shadow))
    assert person.json("locate", "a.mhtml", "--text", "We never bid.")["accepted"]
