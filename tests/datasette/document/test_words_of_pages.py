"""Words on the picture of a page: their places are those of the text that is shown, or none."""

import json
import shlex
from io import BytesIO

import pytest
from annex import ACROSS, FIRST
from pypdfium2 import PdfDocument

from evidence_chain.extract.pages import page_pictures
from evidence_chain.extract.pages.page import PageWords, Word
from evidence_datasette.document import page_drawer
from evidence_datasette.document.page_drawer import Drawer
from pdfs import Pdf, line, lines, one_page, scanned

TALL = b"1 0 0 1 0 0 cm q BT 0 1 -1 0 300 300 Tm /F 12 Tf (Sideways words) Tj ET Q\n"


@pytest.fixture(scope="module")
def shown(annexed):
    return annexed


def words(site, name="annex.pdf", page=1, code=200, stream=""):
    address = f"/evidence/-/words/{site.case.ids[name]}/{page}?stream={stream}"
    return site.json(address, code)


def text_of(site, name="annex.pdf"):
    return site.json(f"/evidence/-/document/{site.case.ids[name]}.json")["text"]


def pick(site, first, last, name="annex.pdf"):
    end = last["at"] + len(last["text"])
    address = f"/evidence/-/pick/{site.case.ids[name]}?at={first['at']}&end={end}"
    return site.json(address)


@pytest.fixture
def added(annexed, tmp_path, serve):
    """Serves a file with its text drawn, as `made` in a copy of the case."""

    def add(content, name="made.pdf"):
        case = annexed.copy_to(tmp_path / "own")
        case.ids[name] = case.id("add", "artifact", case.write(name, content))
        return serve(case)

    return add


def test_every_word_is_where_the_text_has_it_and_where_it_is_seen(annexed, site):
    text = text_of(site)
    found = words(site, stream=text["blake3"][:16])["words"]
    for one in found:
        assert text["part"][one["at"] : one["at"] + len(one["text"])] == one["text"]
    assert " ".join(one["text"] for one in found) == f"Annex 2 {FIRST} Each camera is counted twice"
    regions = site.json(f"/evidence/-/document/{annexed.ids['annex.pdf']}.json?page=1")["page"]
    line = regions["passages"][0]["boxes"][0]
    seen = [one["box"] for one in found[2 : 2 + len(FIRST.split())]]
    assert [min(b[0] for b in seen), min(b[1] for b in seen)] == line[:2]
    assert [max(b[2] for b in seen), max(b[3] for b in seen)] == line[2:]


def test_what_is_picked_is_looked_for_as_it_is_in_the_text(site):
    found = words(site)["words"]
    told = pick(site, found[2], found[1 + len(FIRST.split())])
    assert told["text"] == FIRST
    assert (told["status"], told["needs_person"]) == ("verbatim", False)
    assert [one["index"] for one in told["overlaps"]]
    assert shlex.split(told["command"])[-1] == FIRST


def test_words_of_later_pages_stand_later_in_the_text(site):
    first, second = words(site, page=1)["words"], words(site, page=2)["words"]
    told = pick(site, first[-5], second[5])
    assert told["text"].replace("\n", " ").replace("\f", " ").split() == ACROSS.split()[:11]


@pytest.mark.parametrize(
    ("name", "page", "said"),
    [
        ("annex.pdf", 9, "has no page 9"),
        ("annex.pdf", 0, "has no page 0"),
        ("notes.txt", 1, "nothing can be picked"),
        ("photo.png", 1, "nothing can be picked"),
        ("broken.pdf", 1, "nothing can be picked"),
        ("first", 1, "artifact"),
    ],
)
def test_what_has_no_words_is_told_in_a_sentence(site, name, page, said):
    assert said in words(site, name, page, 404)["error"]


def test_a_page_that_is_read_otherwise_than_the_text_has_it_gives_no_places(site, monkeypatch):
    other = PageWords(4, "Annex 2\nThe annex lists no camera.", [Word(0, 5, 1, 2, 3, 4)])
    monkeypatch.setattr(page_drawer, "_words", Drawer(lambda *_: other, 1 << 20))
    told = words(site, code=404)
    assert "read otherwise today" in told["error"]
    assert "words" not in told


def test_a_file_that_was_changed_gives_no_places(annexed, serve, tmp_path):
    own = annexed.copy_to(tmp_path / "own")
    site = serve(own)
    assert words(site)["words"]
    kept = own.preserved("annex.pdf")
    kept.chmod(0o600)
    kept.write_bytes(kept.read_bytes().replace(b"Nobody", b"Albert"))
    assert "not intact" in words(site, code=500)["error"]


def test_hidden_words_have_a_place_and_are_told_to_be_hidden(added):
    made = Pdf()
    made.page(lines(b"All can read this line.") + b"1 1 1 rg\n" + lines(b"Nobody can.", top=500))
    site = added(made.data())
    found = words(site, "made.pdf")["words"]
    told = pick(site, found[-2], found[-1], "made.pdf")
    assert told["text"] == "Nobody can."
    assert told["needs_person"]
    assert "hidden" in told["notes"]


def test_words_written_sideways_are_boxes_that_are_high(added):
    made = Pdf()
    made.page(TALL)
    found = words(added(made.data()), "made.pdf")["words"]
    assert [one["text"] for one in found] == ["Sideways", "words"]
    for one in found:
        left, top, right, bottom = one["box"]
        assert bottom - top > right - left
    assert found[0]["box"][1] > found[1]["box"][1]


def photographed(text=b"The city of Quillmar bought cameras"):
    picture = PdfDocument(one_page(line(text, size=18)))[0].render(scale=2).to_pil()
    data = BytesIO()
    picture.save(data, "PNG")
    return data.getvalue()


@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize(("make", "name"), [(scanned, "made.pdf"), (photographed, "made.png")])
def test_words_of_a_scan_are_those_that_are_read_off_it(added, make, name):
    made = make()
    site = added(made if isinstance(made, bytes) else made.data(), name)
    found = words(site, name)["words"]
    told = pick(site, found[0], found[-1], name)
    assert told["text"] == "The city of Quillmar bought cameras"
    assert "ocr" in told["notes"]
    lefts = [one["box"][0] for one in found]
    assert lefts == sorted(lefts)
    size = site.json(f"/evidence/-/document/{site.case.ids[name]}.json")["page"]
    assert all(one["box"][2] < size["width"] and one["box"][3] < size["height"] for one in found)


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"pages": True, "text": "a", "words": []},
        {"pages": 1, "text": "ab", "words": [[0, 3, 0, 0, 1, 1]]},
        {"pages": 1, "text": "ab", "words": [[1, 1, 0, 0, 1, 1]]},
        {"pages": 1, "text": "ab", "words": [[0, 1, 0, 0, 1, "1"]]},
        {"pages": 1, "text": "ab", "words": {"a": 1}},
    ],
)
def test_an_answer_of_the_parser_that_makes_no_sense_is_none(site, monkeypatch, answer):
    monkeypatch.setattr(page_drawer, "_words", Drawer(page_pictures.page_words, 1 << 20))
    monkeypatch.setattr(
        page_pictures, "run", lambda *_, **__: (json.loads(json.dumps(answer)), b"")
    )
    assert "can't be read" in words(site, code=500)["error"]
