"""The page that tells what a preserved file gives away, with pictures of the places."""

import pytest

from cases import make_empty_case
from pdfs import line, one_page

SECRET = "<b>Ilse</b> Maran"
BARRED = one_page(line(SECRET.encode()) + b"0 g 60 690 400 20 re f\n")


@pytest.fixture(scope="module")
def barred(tmp_path_factory):
    case = make_empty_case(tmp_path_factory.mktemp("barred"))
    case.ids["barred"] = case.id("add", "artifact", case.write("barred.pdf", BARRED))
    case.ids["plain"] = case.id("add", "artifact", case.write("plain.txt", "Nothing but words."))
    case.ids["odd"] = case.id("add", "artifact", case.write("odd.bin", b"\0\1\2\3"))
    return case


def test_findings_are_told_escaped_with_pictures_of_their_places(barred, serve):
    site, id_ = serve(barred), barred.ids["barred"]
    page = site.page(f"/evidence/-/inspect/{id_}")
    assert SECRET in page.text
    assert not any(tag == "b" and "Ilse" in str(value) for tag, _, value in page.attributes)
    (source,) = [value for tag, name, value in page.attributes if (tag, name) == ("img", "src")]
    picture = site.ask(source)
    assert picture.content.startswith(b"\x89PNG")
    assert "sandbox" in picture.headers["content-security-policy"]
    site.ask(f"/evidence/-/inspect-picture/{id_}/99", 404)


def test_the_document_leads_there(barred, serve):
    page = serve(barred).page(f"/evidence/-/document/{barred.ids['barred']}")
    links = [value for tag, name, value in page.attributes if (tag, name) == ("a", "href")]
    assert any(f"/inspect/{barred.ids['barred']}" in one for one in links)


def test_nothing_found_and_not_checked_are_told_apart(barred, serve):
    site = serve(barred)
    assert (
        "Nothing that was looked for"
        in site.page(f"/evidence/-/inspect/{barred.ids['plain']}").text
    )
    odd = site.page(f"/evidence/-/inspect/{barred.ids['odd']}").text
    assert "Not checked" in odd
    assert site.ask(f"/evidence/-/inspect/{barred.ids['odd']}.json").json()["not_checked"]


def test_a_file_that_is_damaged_is_not_looked_into(barred, serve, tmp_path):
    case = barred.copy_to(tmp_path / "own")
    path = case.preserved("barred")
    path.chmod(0o600)
    path.write_bytes(BARRED.replace(b"Maran", b"Moran"))
    assert serve(case).ask(f"/evidence/-/inspect/{case.ids['barred']}", 500)
