"""Whole pages of documents: drawn only from the file that was recorded, passages outlined."""

from io import BytesIO

import pytest
from annex import FIRST, LAST, address, told
from markup import CHECKS, Markup
from PIL import Image

from evidence_chain.extract.guard.guard import Limits
from evidence_chain.extract.pages import page_pictures
from evidence_datasette.document import page_drawer
from evidence_db.publishing.writing.metadata import packaged
from pdfs import Pdf


@pytest.fixture(scope="module")
def shown(annexed):
    return annexed


@pytest.fixture
def own(annexed, tmp_path):
    """A copy of it, for one test to do with as it likes."""
    return annexed.copy_to(tmp_path / "own")


@pytest.fixture
def runs(monkeypatch):
    """What the guarded subprocess was started for, when nothing is kept of other tests."""
    asked, run = [], page_pictures.run
    for drawer in (page_drawer._pictures, page_drawer._sizes):
        drawer._kept.clear()

    def noted(*words, function, **more):
        asked.append(function)
        return run(*words, function=function, **more)

    monkeypatch.setattr(page_pictures, "run", noted)
    return asked


def change(case, name, sql):
    """Change the stored body of a record, as somebody with the database could."""
    kind = "artifact" if "." in name else "evidence"
    with case.connected() as db:
        db.execute(f"DROP TRIGGER IF EXISTS {kind}_no_update")
        db.execute(f"UPDATE {kind} SET body = {sql} WHERE idx = ?", (case.index(name),))


def page_of(site, query="", name="annex.pdf"):
    html = site.text(f"/evidence/-/document/{site.case.ids[name]}{query}")
    return Markup(html)


def outlined(site, query):
    return [one["id"] for one in told(site, query)["passages"]]


def test_a_page_is_a_png_as_large_as_the_page(annexed, site):
    for page, size in ((1, (1200, 1600)), (4, (1200, 800))):
        response = site.ask(address(site, "annex.pdf", page))
        picture = Image.open(BytesIO(response.content))
        assert (picture.format, picture.size) == ("PNG", size)
        assert response.headers["content-type"] == "image/png"
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["cache-control"].startswith("private")
        policy = response.headers["content-security-policy"]
        assert policy == "default-src 'none'; sandbox; frame-ancestors 'none'"


def test_a_picture_is_shown_smaller_as_its_only_page(annexed, site):
    content = site.ask(address(site, "photo.png", 1)).content
    assert Image.open(BytesIO(content)).size == (1200, 600)
    assert site.ask(address(site, "photo.png", 2), 404)
    assert told(site, name="photo.png")["pages"] == 1
    assert not page_of(site, name="photo.png").values("rel").count("next")


@pytest.mark.parametrize("page", ["0", "5", "99999999999", "-1", "1.5", "one", "1%00", "%2e%2e"])
def test_a_page_that_is_not_there_is_not_found(annexed, site, page):
    assert site.ask(address(site, "annex.pdf", page), 404)


def test_a_number_of_a_page_that_is_not_there_is_told(annexed, site):
    document = f"/evidence/-/document/{annexed.ids['annex.pdf']}"
    assert "4 pages, and no page 5" in site.text(f"{document}?page=5", 404)
    assert "no page 0" in site.text(f"{document}?page=0", 404)
    assert "has to be a number" in site.text(f"{document}?page=x", 404)


def test_what_has_no_pages_has_no_picture(annexed, site):
    assert "has no pages" in site.text(address(site, "notes.txt", 1), 404)
    assert site.ask(f"/evidence/-/page/{annexed.ids['first']}/1", 404)
    assert told(site, name="notes.txt") is None
    assert "page" not in page_of(site, name="notes.txt").values("id")


def test_a_withheld_file_is_not_drawn(own, serve, runs):
    change(own, "annex.pdf", "json_remove(body, '$.blake3')")
    site = serve(own)
    assert "is withheld" in site.text(address(site, "annex.pdf", 1), 404)
    assert told(site) is None
    assert runs == []


def test_a_file_that_was_changed_is_not_drawn_even_if_it_was_before(own, serve):
    site = serve(own)
    assert site.ask(address(site, "annex.pdf", 1))
    kept = own.preserved("annex.pdf")
    kept.chmod(0o600)
    kept.write_bytes(kept.read_bytes().replace(b"Nobody", b"Albert"))
    response = site.ask(address(site, "annex.pdf", 1), 500)
    assert "not intact" in response.text
    assert not response.content.startswith(b"\x89PNG")
    assert "not intact" in told(site)["said"]
    markup = page_of(site)
    assert not [one for one in markup.all("img") if "/page/" in one["attrs"]["src"]]
    assert "This page is not shown" in "".join(one["text"] for one in markup.all("p"))


def test_a_file_that_is_missing_is_not_found(own, serve):
    own.preserved("annex.pdf").unlink()
    site = serve(own)
    assert site.ask(address(site, "annex.pdf", 1), 404)
    assert told(site) is None


def test_a_link_in_the_place_of_a_file_is_not_followed(own, serve):
    kept = own.preserved("annex.pdf")
    kept.rename(own.home / "elsewhere.pdf")
    kept.symlink_to(own.home / "elsewhere.pdf")
    site = serve(own)
    assert site.ask(address(site, "annex.pdf", 1), 404)
    assert "not here" in told(site)["said"]


def test_who_may_not_see_documents_gets_no_page_of_them(annexed, serve):
    tables = packaged()["databases"]["evidence"]["tables"]
    site = serve(annexed, tables=tables | {"artifact": {"allow": {"id": "editor"}}})
    assert site.ask(address(site, "annex.pdf", 1), 403)


def test_a_broken_file_is_told_and_does_no_harm(annexed, site):
    assert "be opened" in site.text(address(site, "broken.pdf", 1), 500)
    assert "can't be opened" in told(site, name="broken.pdf")["said"]
    assert site.ask(address(site, "annex.pdf", 1))


def test_a_page_that_takes_for_ever_is_ended_and_does_no_harm(own, serve, monkeypatch):
    endless = Pdf()
    endless.page(b"0 0 600 800 re f " * 400_000)
    own.ids["endless.pdf"] = own.id(
        "add", "artifact", own.write("endless.pdf", endless.data()), "--no-text"
    )
    monkeypatch.setattr(page_pictures, "LIMITS", Limits(cpu=1, clock=20))
    site = serve(own)
    assert "more than 1 s" in site.text(address(site, "endless.pdf", 1), 500)
    assert site.ask(address(site, "annex.pdf", 1))


def test_nothing_is_written_to_the_case(own, serve):
    def files():
        return {path: path.stat().st_mtime_ns for path in own.root.rglob("*") if path.is_file()}

    site = serve(own)
    told(site)
    before = files()
    site.ask(address(site, "annex.pdf", 1))
    told(site, "?page=2")
    assert files() == before


def test_a_page_is_drawn_once(annexed, site, runs):
    for _ in range(3):
        site.ask(address(site, "annex.pdf", 1))
        site.ask(address(site, "annex.pdf", 2))
        told(site, "?page=1")
    assert sorted(runs) == ["page_picture", "page_picture", "page_size"]


def test_the_boxes_are_where_the_passage_is_seen(annexed, site):
    page = told(site)
    assert (page["number"], page["pages"]) == (1, 4)
    picture = Image.open(BytesIO(site.ask(address(site, "annex.pdf", 1)).content)).convert("L")
    scale = picture.width / page["width"]
    [[box]] = [one["boxes"] for one in page["passages"] if one["id"] == annexed.ids["first"]]
    left, top, right, bottom = (round(side * scale) for side in box)
    assert min(picture.crop((left, top, right, bottom)).tobytes()) < 100
    row = picture.crop((0, top, picture.width, bottom))
    row.paste(255, (left - 3, 0, right + 3, bottom - top))
    assert min(row.tobytes()) == 255


def test_each_page_has_the_passages_that_are_seen_on_it(annexed, site):
    ids = annexed.ids
    assert outlined(site, "?page=1") == [ids["first"], ids["across"]]
    assert outlined(site, "?page=2") == [ids["across"]]
    assert outlined(site, "?page=3") == [ids["last"]]
    assert outlined(site, "?page=4") == []


def test_the_outlines_are_drawn_over_the_picture_and_lead_to_records(annexed, site):
    markup, page = page_of(site), told(site)
    [image] = [one["attrs"] for one in markup.all("img") if "/page/" in one["attrs"]["src"]]
    assert image["src"] == address(site, "annex.pdf", 1)
    assert (image["width"], image["height"], image["loading"]) == ("600", "800", "lazy")
    assert image["alt"] == "Page 1 of annex.pdf, as it looks"
    [drawing] = [one for one in markup.all("svg") if one["attrs"].get("viewbox")]
    assert drawing["attrs"]["viewbox"] == f"0 0 {page['width']} {page['height']}"
    boxes = [box for one in page["passages"] for box in one["boxes"]]
    rectangles = [one["attrs"] for one in markup.all("rect")]
    assert len(rectangles) == len(boxes) == 2
    for (left, top, right, bottom), attrs in zip(boxes, rectangles, strict=True):
        x, y, width, height = (int(attrs[name]) for name in ("x", "y", "width", "height"))
        assert 0 <= left - x == top - y < 500
        assert 0 <= x + width - right == y + height - bottom < 500
    links = [one for one in markup.all("a") if one["above"][-1] == "svg"]
    assert [one["attrs"]["href"] for one in links] == [
        f"/evidence/-/record/{annexed.ids[name]}" for name in ("first", "across")
    ]
    assert "quote, verbatim" in links[0]["text"]


def test_the_numbers_of_passages_stand_beside_the_text_and_each_other(own, serve):
    for words in ("every camera of the quay", "camera of the quay"):
        own.id("add", "quote", "--artifact", own.ids["annex.pdf"], "--text", words)
    passages = told(serve(own), "?page=1")["passages"]
    edge = min(box[0] for one in passages for box in one["boxes"])
    assert all(one["number_at"][0] < edge for one in passages)
    places = [tuple(one["number_at"]) for one in passages]
    assert len(set(places)) == len(places) == 4
    assert len({x for x, _ in places}) == 3


def test_no_number_is_cut_at_the_edge_or_written_over_another(own, serve):
    """However many passages begin in one line, and however long their numbers are."""
    words = FIRST.split()
    for last in range(len(words) - 4, len(words)):
        for first in range(3):
            text = " ".join(words[first:last])
            own.id("add", "quote", "--artifact", own.ids["annex.pdf"], "--text", text)
    own.run("retract", own.ids["first"], "--reason", "Misread")
    page = told(serve(own), "?page=1")
    high = page["width"] // 50
    labels = [
        (x - 0.7 * high * len(f"{one['index']}{'†' * one['ended']}"), x, y)
        for one in page["passages"]
        for x, y in [one["number_at"]]
    ]
    assert len(labels) == 14
    for number, (left, right, foot) in enumerate(labels):
        assert left >= 0
        assert high <= foot <= page["height"]
        for other in labels[:number]:
            apart = abs(foot - other[2]) >= high or right <= other[0] or other[1] <= left
            assert apart, (labels[number], other)


def test_an_ended_passage_is_outlined_otherwise(own, serve):
    own.run("retract", own.ids["last"], "--reason", "Misread")
    site = serve(own)
    (link,) = [one for one in page_of(site, "?page=3").all("a") if one["above"][-1] == "svg"]
    assert link["attrs"]["class"] == "is-ended"
    assert "no longer counts" in link["text"]


def test_a_withheld_passage_is_not_outlined(own, serve):
    change(own, "last", "json_remove(body, '$.text')")
    assert outlined(serve(own), "?page=3") == []


def test_what_is_no_box_is_not_outlined(own, serve):
    site = serve(own)
    for regions in (
        *("null", "[1]", '[{"page": 3}]', '[{"page": 3, "boxes": "x"}]'),
        *('[{"page": 3, "boxes": [[1, 2, 3]]}]', '[{"page": 3, "boxes": [[9, 2, 3, 4]]}]'),
        *('[{"page": 3, "boxes": [["1", 2, 3, 4]]}]', '[{"page": "3", "boxes": [[1, 2, 3, 4]]}]'),
    ):
        change(own, "last", f"json_set(body, '$.regions', json('{regions}'))")
        assert outlined(site, "?page=3") == []
        assert not page_of(site, "?page=3").all("rect")


def test_the_page_is_that_of_the_character_that_is_asked_for(annexed, site):
    document = f"/evidence/-/document/{annexed.ids['annex.pdf']}"
    text = site.json(f"{document}.json")["text"]["part"]
    for page, words in enumerate((FIRST, "signed for", LAST, "empty on"), 1):
        assert told(site, f"?at={text.index(words)}")["number"] == page
    assert told(site)["number"] == 1


@pytest.mark.parametrize("lost", ["marks", "marks and form feeds"])
def test_without_marks_the_text_and_the_passages_tell_the_page(own, serve, lost):
    for kept in (own.root / "streams").rglob("*-*"):
        kept.unlink()
    for name in ("first", "across", "last"):
        if lost != "marks":
            change(own, name, "json_set(body, '$.extractor.options.pages', 9)")
    site = serve(own)
    start = own.body("last")["selector"][1]["start"]
    assert told(site, f"?at={start}")["number"] == 3
    assert told(site)["number"] == 1
    before = told(site, f"?at={start - 12}")["number"]
    assert before == (2 if lost == "marks" else 3)


def test_without_a_text_the_first_page_is_shown(own, serve):
    own.stream("first").unlink()
    page = told(serve(own))
    assert (page["number"], len(page["passages"])) == (1, 2)


def test_a_page_that_is_asked_for_brings_its_part_of_the_text(annexed, site, monkeypatch):
    monkeypatch.setattr("evidence_datasette.document.marked_text.CHARACTERS", 40)
    document = f"/evidence/-/document/{annexed.ids['annex.pdf']}.json"
    whole = "".join(
        site.json(f"{document}?at={at}")["text"]["part"][:40] for at in range(0, 240, 40)
    )
    begins = whole.index("Annex 3")
    part = site.json(f"{document}?page=3")["text"]
    assert part["start"] <= begins < part["end"]


def test_pages_lead_to_their_neighbours(annexed, site):

    def steps(page):
        links = page_of(site, f"?page={page}").all("a")
        return {
            one["attrs"]["rel"]: one["text"]
            for one in links
            if one["attrs"].get("rel") in ("prev", "next")
        }

    assert steps(1) == {"next": "Page 2"}
    assert steps(3) == {"prev": "Page 2", "next": "Page 4"}
    assert steps(4) == {"prev": "Page 3"}


@pytest.mark.parametrize(
    ("name", "query"),
    [("annex.pdf", ""), ("annex.pdf", "?page=4"), ("broken.pdf", ""), ("photo.png", "")],
)
def test_its_markup_is_as_that_of_other_pages(site, name, query):
    markup = page_of(site, query, name)
    for check in CHECKS:
        check(markup)
    for image in markup.all("img"):
        assert image["attrs"]["alt"]
