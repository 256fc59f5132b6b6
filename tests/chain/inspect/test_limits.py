"""What a file may not do to whoever looks into it, and what is told when it tries."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_pictures import saved

from docx_files import archive
from evidence_chain.errors import ExtractionError
from evidence_chain.inspect import Finding, Inspection, inspect, looking
from evidence_chain.inspect.finding import MOST_FINDINGS
from evidence_chain.inspect.kinds import KINDS
from evidence_chain.inspect.picture.segments import READERS, DamagedPictureError
from inspecting import unchecked
from pdfs import line, one_page

PNG = b"\x89PNG\r\n\x1a\n"


def deep(levels):
    data = b"\0\1\2\3"
    for level in range(levels):
        data = archive([(f"{level}.zip" if level else "a.bin", data)])
    return data


def test_files_within_files_are_followed_so_deep_and_the_rest_is_told():
    (told,) = unchecked(deep(looking.MAX_DEPTH + 2), "a.zip")
    assert "were not looked into" in told


def test_files_in_a_file_are_so_many_and_the_rest_is_told():
    many = archive([(f"{n}.gif", b"GIF89a") for n in range(looking.MAX_PARTS + 3)])
    assert "3 files in it were not looked into" in unchecked(many, "a.zip")[-1]


def test_findings_are_so_many_and_the_rest_is_told():
    every = [Finding("author", "x", "y" * 10_000)] * (MOST_FINDINGS + 5)
    again = Inspection.unpack(*Inspection("application/pdf", every, []).pack())
    assert len(again.findings) == MOST_FINDINGS
    assert "5 further findings" in again.unchecked[0]
    assert len(again.findings[0].gives) < 1_000


@pytest.mark.parametrize(
    "answer",
    [
        ({"findings": [], "unchecked": []}, b""),
        ({"media_type": "a", "findings": [["no kind", "p", "g", 0, [], 0]], "unchecked": []}, b""),
        ({"media_type": "a", "findings": [["author", "p", "g", 0, [1], 0]], "unchecked": []}, b""),
        (
            {"media_type": "a", "findings": [["author", "p", "g", 0, [], 3]], "unchecked": []},
            b"GIF",
        ),
        ({"media_type": "a", "findings": [["author", "p", "g", 0, [], 9]], "unchecked": []}, PNG),
        ({"media_type": "a", "findings": [], "unchecked": [7]}, b""),
    ],
)
def test_an_answer_that_makes_no_sense_is_refused(answer):
    with pytest.raises((ValueError, KeyError)):
        Inspection.unpack(*answer)


def test_a_guarded_process_looks_and_a_file_that_breaks_it_is_not_checked(tmp_path):
    """The one test here that starts processes."""
    path = tmp_path / "a.pdf"
    path.write_bytes(one_page(line(b"Seen")))
    assert inspect(path, path.name).findings == []
    path.write_bytes(b"%PDF-1.7 and no more")
    with pytest.raises(ExtractionError):
        inspect(path, path.name)


def test_a_zip_that_expands_to_too_much_is_not_checked(monkeypatch):
    monkeypatch.setattr("evidence_chain.extract.docx.package._ROOM", 1000)
    monkeypatch.setattr("evidence_chain.extract.docx.package._RATIO", 1)
    with pytest.raises(ExtractionError):
        looking.inspect(BytesIO(archive([("a.txt", "x" * 100_000)])), "a.zip")


@given(st.sampled_from(["image/jpeg", "image/png", "image/webp"]), st.data())
def test_cut_and_changed_pictures_are_read_in_step_or_refused(media_type, data):
    whole = bytearray(saved(media_type.partition("/")[2].upper()))
    for _ in range(data.draw(st.integers(0, 3))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    held = bytes(whole[: data.draw(st.integers(2, len(whole)))])
    try:
        pieces = READERS[media_type](held)
    except DamagedPictureError:
        return
    ends = [0, *(one.end for one in pieces)]
    assert ends == sorted(ends)
    assert ends[-1] <= len(held)


def test_every_kind_says_what_it_is_and_what_to_do():
    for name, kind in KINDS.items():
        assert kind.severity in ("reveals", "tells"), name
        assert kind.what.endswith("."), name
        assert kind.remedy.endswith("."), name
