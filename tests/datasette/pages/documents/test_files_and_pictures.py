"""What leaves as bytes: preserved files as attachments, pictures of passages; nothing else."""

import asyncio
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import make_empty_case
from evidence_chain.digest import b3
from evidence_chain.errors import StorageError
from evidence_datasette.pages.documents.file import Download, Sent, disposition
from evidence_datasette.words.file_names import LONGEST, file_name
from evidence_db.publishing.writing.metadata import packaged
from pdfs import lines, one_page

SEEN = "Every camera is counted twice by hand."
PAGE = (
    "<!doctype html><title>Page</title><p onclick=alert(1)>Nobody objected to the recordings.</p>"
)


@pytest.fixture(scope="module")
def papers(tmp_path_factory):
    """A PDF with a passage and its picture, a page of HTML, and a text."""
    case = make_empty_case(tmp_path_factory.mktemp("papers"))
    for name, content in {
        "seen.pdf": one_page(lines(b"Annex 2", SEEN.encode())),
        "page.html": PAGE,
        "notes.txt": "Nobody objected to the notes of the board.",
    }.items():
        case.ids[name] = case.id("add", "artifact", case.write(name, content))
    words = ("--artifact", case.ids["seen.pdf"], "--text", SEEN)
    case.ids["passage"] = case.id("add", "quote", *words)
    case.crop = case.body("passage")["regions"][0]["crop"]
    return case


@pytest.fixture
def own(papers, tmp_path):
    """A copy of it, for one test to do with as it likes."""
    case = papers.copy_to(tmp_path / "own")
    case.crop = papers.crop
    return case


def change(case, name, sql):
    """Change the stored body of a record, as somebody with the database could."""
    kind = "evidence" if name == "passage" else "artifact"
    with case.connected() as db:
        db.execute(f"DROP TRIGGER {kind}_no_update")
        db.execute(f"UPDATE {kind} SET body = {sql} WHERE idx = ?", (case.index(name),))


def test_a_picture_is_a_png_that_may_be_kept(papers, serve):
    response = serve(papers).ask(f"/evidence/-/picture/{papers.crop}")
    assert b3(response.content).hex() == papers.crop
    assert response.headers["content-type"] == "image/png"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert response.headers["cache-control"] == "private, max-age=31536000, immutable"


def test_a_picture_is_found_through_the_entry_of_its_passage(papers, serve):
    site, passage = serve(papers), papers.index("passage")
    assert site.ask(f"/evidence/-/picture/{papers.crop}?of={passage}")
    assert site.ask(f"/evidence/-/picture/{papers.crop}?of={papers.index('page.html')}", 404)


def test_the_pages_of_record_and_document_show_it(papers, serve):
    site = serve(papers)
    for path in (f"record/{papers.ids['passage']}", f"document/{papers.ids['seen.pdf']}"):
        page = site.page(f"/evidence/-/{path}")
        sources = [value for tag, name, value in page.attributes if (tag, name) == ("img", "src")]
        (shown,) = [source for source in sources if "/picture/" in source]
        assert site.ask(shown).headers["content-type"] == "image/png"
        assert ("img", "alt", "What the passage looks like on page 1") in page.attributes


def test_no_other_file_is_sent_as_a_picture(papers, serve):
    site = serve(papers)
    for digest in (
        papers.body("seen.pdf")["blake3"],
        papers.body("page.html")["blake3"],
        papers.body("passage")["extracted"],
        "f" * 64,
    ):
        assert site.ask(f"/evidence/-/picture/{digest}", 404)
    assert site.ask(f"/evidence/-/picture/{papers.crop.upper()}", 404)
    assert site.ask("/evidence/-/picture/..%2Fevidence.db", 404)


def test_a_record_that_calls_another_file_a_picture_does_not_get_it_sent(own, serve):
    other = own.body("page.html")["blake3"]
    change(own, "passage", f"json_set(body, '$.regions[0].crop', '{other}')")
    site = serve(own)
    assert "not intact" in site.text(f"/evidence/-/picture/{other}", 500)
    assert site.ask(f"/evidence/-/picture/{own.crop}", 404)


def test_a_picture_is_withheld_with_its_passage(own, serve):
    change(own, "passage", "json_remove(body, '$.text')")
    site = serve(own)
    assert site.ask(f"/evidence/-/picture/{own.crop}", 404)
    assert own.crop not in site.text(f"/evidence/-/document/{own.ids['seen.pdf']}")


def test_a_picture_that_was_changed_is_not_sent(own, serve):
    kept = own.kept(own.crop)
    kept.chmod(0o600)
    kept.write_bytes(kept.read_bytes() + b"\0")
    assert "not intact" in serve(own).text(f"/evidence/-/picture/{own.crop}", 500)


def test_a_picture_that_is_missing_is_not_found(own, serve):
    own.kept(own.crop).unlink()
    assert serve(own).ask(f"/evidence/-/picture/{own.crop}", 404)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("page.html", "application/octet-stream"),
        ("seen.pdf", "application/octet-stream"),
        ("notes.txt", "text/plain; charset=utf-8"),
    ],
)
def test_a_file_is_an_attachment_of_a_type_that_nothing_runs(papers, serve, name, kind):
    response = serve(papers).ask(f"/evidence/-/file/{papers.ids[name]}")
    assert b3(response.content).hex() == papers.body(name)["blake3"]
    assert response.headers["content-type"] == kind
    assert response.headers["content-disposition"].startswith(f'attachment; filename="{name}"')
    assert int(response.headers["content-length"]) == len(response.content)
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in response.headers["content-security-policy"]


def test_the_page_of_a_document_leads_to_its_file(papers, serve):
    page = serve(papers).page(f"/evidence/-/document/{papers.ids['page.html']}")
    assert f"/evidence/-/file/{papers.ids['page.html']}" in page.links


def test_a_file_whose_digest_is_withheld_is_not_sent(own, serve):
    change(own, "page.html", "json_remove(body, '$.blake3')")
    site, id_ = serve(own), own.ids["page.html"]
    assert "is withheld" in site.text(f"/evidence/-/file/{id_}", 404)
    assert f"/-/file/{id_}" not in site.text(f"/evidence/-/document/{id_}")


def test_a_file_that_was_changed_is_not_sent(own, serve):
    own.preserved("page.html").chmod(0o600)
    own.preserved("page.html").write_text(PAGE.replace("Nobody", "Everybody"))
    text = serve(own).text(f"/evidence/-/file/{own.ids['page.html']}", 500)
    assert "not intact" in text
    assert "Everybody" not in text


def test_a_file_that_is_missing_is_not_found(own, serve):
    own.preserved("page.html").unlink()
    site, id_ = serve(own), own.ids["page.html"]
    assert site.ask(f"/evidence/-/file/{id_}", 404)
    assert "The file is not here" in site.text(f"/evidence/-/document/{id_}")


def test_a_link_in_the_place_of_a_file_is_not_followed(own, serve):
    own.preserved("page.html").unlink()
    own.preserved("page.html").symlink_to("/etc/passwd")
    assert serve(own).ask(f"/evidence/-/file/{own.ids['page.html']}", 404)


def test_only_files_are_sent(papers, serve):
    site = serve(papers)
    for reference in (papers.ids["passage"], papers.body("page.html")["blake3"], "@99"):
        assert site.ask(f"/evidence/-/file/{reference}", 404)


def test_a_file_that_changes_while_it_is_sent_lacks_its_end(tmp_path):
    path, sent = tmp_path / "changing", []
    path.write_bytes(b"other bytes")

    async def send(message):
        sent.append(message)

    with path.open("rb") as file:
        download = Download(Sent(file, b3(b"these bytes").hex(), 11, "changing", is_text=False))
        with pytest.raises(StorageError, match="changed meanwhile"):
            asyncio.run(download.asgi_send(send))
    assert sent[0]["type"] == "http.response.start"
    assert all(one["more_body"] and not one["body"] for one in sent[1:])


@pytest.mark.parametrize(("table", "path"), [("evidence", "picture"), ("artifact", "file")])
def test_who_may_not_see_the_table_gets_no_bytes(papers, serve, table, path):
    tables = packaged()["databases"]["evidence"]["tables"] | {table: {"allow": {"id": "editor"}}}
    reference = papers.crop if path == "picture" else papers.ids["page.html"]
    serve(papers, tables=tables).ask(f"/evidence/-/{path}/{reference}", 403)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("minutes.txt", "minutes.txt"),
        ("cod\u202etxt.exe", "codtxt.exe"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\evil.bat", "evil.bat"),
        ('a"; x="b.txt', "a__ x=_b.txt"),
        ("a\r\nSet-Cookie: b", "aSet-Cookie_ b"),
        ("NUL.txt", "0000-NUL.txt"),
        ("..", "0000"),
        ("", "0000"),
        (".htaccess", "htaccess"),
        ("招标文件.pdf", "招标文件.pdf"),
        ("x" * 400 + ".pdf", "x" * (LONGEST - 4) + ".pdf"),
    ],
)
def test_a_name_is_that_of_a_file_and_of_nothing_else(name, expected):
    assert file_name(name, "0000" * 16) == expected.replace("0000", "0000" * 2)


@given(st.text())
def test_a_name_never_breaks_its_header(name):
    safe = file_name(name, "0" * 64)
    header = disposition(safe)
    assert 0 < len(safe) <= LONGEST
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
    assert unquote(header.partition("filename*=UTF-8''")[2]) == safe
