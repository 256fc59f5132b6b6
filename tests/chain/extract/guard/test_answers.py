"""What comes back from a parser that was taken over: only what a parser could have answered."""

import json
import os

import pytest

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import Captures, Drawn, Parts, Region, Regions, extract, regions, stream
from evidence_chain.extract.guard import answer, guard
from evidence_chain.extract.pages.page import PagePicture, PageSize
from evidence_chain.mail import check, guarded, signers

NOW = "2031-06-19T15:03:27Z"
DEEP = 100_000


@pytest.fixture
def answering(monkeypatch):
    """A function that makes the guarded process answer with these bytes, whatever it is asked."""

    def make(output):
        monkeypatch.setattr(guard, "_read", lambda process, _: process.wait() or output)

    return make


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.html"
    path.write_bytes(b"<p>Forty cameras.</p>")
    return path


def said(**head):
    return json.dumps(head).encode() + b"\n"


@pytest.mark.parametrize(
    "output",
    [
        b"\xff\n",
        b"[]\n",
        b"1\n",
        b"null\n",
        b'{"answer": {"options": NaN}}\n',
        b'{"answer": {"options": "\\ud800"}}\n',
        said(answer=[]),
        said(answer="text"),
        said(refused=1),
        said(refused={"a": []}),
        said(crashed=[]),
        b'{"answer": ' + b"[" * DEEP + b"]" * DEEP + b"}\n",
        b'{"answer": ' + b'{"a":' * DEEP + b"1" + b"}" * DEEP + b"}\n",
        said(answer={"options": json.loads("[" * answer.DEPTH + "]" * answer.DEPTH)}),
        said(answer={}),
        said(answer={"options": {}}),
        said(answer={"options": [], "marks": []}),
        said(answer={"options": {}, "marks": {}}),
        said(answer={"options": {}, "marks": [[0, 0, "page"]]}),
        said(answer={"options": {}, "marks": [[0, 0.5, "page", ""]]}),
        said(answer={"options": {}, "marks": [[False, 0, "page", ""]]}),
        said(answer={"options": {}, "marks": [[0, 1, "page", 1]]}),
        said(answer={"options": {}, "marks": [[-1, 0, "page", ""]]}),
        said(answer={"options": {}, "marks": [[1, 0, "page", ""]]}),
        said(answer={"options": {}, "marks": [[0, 1 << 62, "page", ""]]}),
        said(answer={"options": {}, "marks": [[0, 1, ["page"], ""]]}),
        said(answer={"options": {}, "marks": []}) + b"\xff",
    ],
)
def test_an_answer_that_no_parser_gives(answering, page, output):
    answering(output)
    with pytest.raises(ExtractionError, match="answer that can't be read"):
        extract(page, "text/html")


@pytest.mark.parametrize("said", [{"refused": "x" * 10_000}, {"crashed": "x" * 10_000}])
def test_a_reason_without_end(answering, page, said):
    answering(json.dumps(said).encode())
    with pytest.raises(ExtractionError) as error:
        extract(page, "text/html")
    assert 2_000 <= len(str(error.value)) < 3_000


def test_an_answer_that_a_parser_gives(answering, page):
    answering(said(answer={"options": {"a": [1]}, "marks": [[0, 1, "page", ""]]}) + b"text")
    assert extract(page, "text/html").text == "text"


@pytest.mark.parametrize(
    ("rows", "blob"),
    [
        ([["a", 3]], b"abcd"),
        ([["a", 5]], b"abcd"),
        ([["a", -1], ["b", 5]], b"abcd"),
        ([["a", True]], b"a"),
        ([[1, 1]], b"a"),
        ([["a"]], b""),
        ({"a": 1}, b"a"),
        (None, b""),
    ],
)
def test_parts_that_are_none(rows, blob):
    with pytest.raises(ValueError, match=r"sizes|types|list"):
        Parts.unpack({"parts": rows}, blob)


@pytest.mark.parametrize(
    "said",
    [
        {"told": "words"},
        {"told": [1]},
        {"pages": [["url"]]},
        {"pages": [["url", 1]]},
        {"originals": [["url", "date"]]},
        {"originals": {}},
    ],
)
def test_what_is_told_of_a_file_is_of_the_types_that_it_has(said):
    whole = {"parts": [], "told": [], "pages": [], "originals": []}
    assert Parts.unpack(whole, b"") == Parts([])
    with pytest.raises(ValueError, match=r"types|list"):
        Parts.unpack(whole | said, b"")
    with pytest.raises(ValueError, match=r"types|list"):
        Captures.unpack({"captures": said.get("originals", [["url"]])}, b"")


PICTURE = stream.PNG + b"0"


@pytest.mark.parametrize(
    ("row", "blob"),
    [
        ([0, 1, [[0, 0, 1, 1]], len(PICTURE)], b"GIF89a" + b"0" * 3),
        ([0, 0, [[0, 0, 1, 1]], len(PICTURE)], PICTURE),
        ([-1, 1, [[0, 0, 1, 1]], len(PICTURE)], PICTURE),
        ([0, 1, [[0, 0, 1]], len(PICTURE)], PICTURE),
        ([0, 1, [[0, 0, 1, 1.5]], len(PICTURE)], PICTURE),
        ([0, 1, ["abcd"], len(PICTURE)], PICTURE),
        ([0, 1, "abcd", len(PICTURE)], PICTURE),
        ([0, 1, [[0, 0, 1, 1]], len(PICTURE) - 1], PICTURE),
        ([0, 1, [[0, 0, 1, 1]]], PICTURE),
    ],
)
def test_regions_that_are_none(row, blob):
    with pytest.raises(ValueError, match=r"region|types|list|sizes"):
        Regions.unpack({"regions": [row]}, blob)


def test_a_picture_that_was_asked_for_is_not_left_out(tmp_path, monkeypatch):
    file = tmp_path / "notice.pdf"
    file.write_bytes(b"%PDF-")
    answer = {"regions": [[0, 1, [[0, 0, 1, 1]], 0]]}, b""
    monkeypatch.setattr(guard, "run", lambda *_args, **_options: answer)
    text = stream.TextStream("text", {}, [stream.Mark(0, 4, stream.MarkKind.PAGE, "1")])
    with pytest.raises(ExtractionError, match="without a picture"):
        regions(file, "application/pdf", text, [(0, 4)])
    [region] = regions(file, "application/pdf", text, [(0, 4)], shown="nothing")
    assert region == Region(0, 1, [[0, 0, 1, 1]], b"")


def test_what_is_packed_is_unpacked():
    drawn = Drawn("text", {"a": {"b": [None]}}, [stream.Mark(0, 4, "page", "1")])
    places = Regions([Region(0, 1, [[0, 0, 1, 1]], PICTURE), Region(1, 2, [], PICTURE + b"1")])
    found = [stream.Part("a", b""), stream.Part("b", os.urandom(9))]
    parts = Parts(found, ["told"], [("url", "date")], [("url", "date", "digest")])
    for one in (drawn, places, parts, Captures(parts.originals)):
        head, blob = one.pack()
        assert type(one).unpack(json.loads(json.dumps(head)), blob) == one


@pytest.mark.parametrize("size", [[1, 2], [1, 2, "3"], [1, 2, 3.0], [1, 2, True], {"a": 1}])
def test_a_size_that_is_none(size):
    with pytest.raises(ValueError, match="no size"):
        PageSize.unpack({"size": size}, b"")


@pytest.mark.parametrize(("pages", "blob"), [("1", PICTURE), (True, PICTURE), (1, b"GIF89a")])
def test_a_picture_that_is_none(pages, blob):
    with pytest.raises(ValueError, match="no"):
        PagePicture.unpack({"pages": pages}, blob)


@pytest.mark.parametrize("told", [None, "ab", {"a": "b"}, [["a"]], [["a", 1]], ["ab"]])
def test_signers_that_are_none(answering, told):
    answering(said(answer={"answer": told}))
    with pytest.raises(ExtractionError, match="can't be read"):
        signers(b"From: a@quillmar.example\r\n\r\n")


@pytest.mark.parametrize(
    "change",
    [
        lambda verdict: verdict.pop("reason"),
        lambda verdict: verdict.update(more=1),
        lambda verdict: verdict.update(verdict="excellent"),
        lambda verdict: verdict.update(verdict=["valid"]),
        lambda verdict: verdict.update(checked_at="2031-06-20T00:00:00Z"),
    ],
)
def test_a_verdict_that_is_none(answering, change):
    verdict = guarded.new_verdict(NOW) | {"verdict": "valid"}
    answering(said(answer={"answer": [verdict]}))
    assert check(b"From: a@b.example\r\n\r\n", [], NOW) == [verdict]
    change(verdict)
    answering(said(answer={"answer": [verdict]}))
    (told,) = check(b"From: a@b.example\r\n\r\n", [], NOW)
    assert (told["verdict"], told["reason"]) == ("not-checked", "check-failed")
