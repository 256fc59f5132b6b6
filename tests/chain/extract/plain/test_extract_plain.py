"""Plain text: the stream is the file's characters."""

import pytest

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import extract, plain


@pytest.mark.parametrize("media_type", ["text/plain", "text/markdown"])
@pytest.mark.parametrize(
    "text", ["a\r\nb\rc\n", "\ufeffGröße\n", "摄像\x00📷\u2028x", "# *Title*\n\tcode\n"]
)
def test_nothing_is_changed(tmp_path, media_type, text):
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())
    stream = extract(path, media_type)
    assert stream.text == text
    assert stream.encoded == path.read_bytes()
    assert stream.extractor == {
        "name": "evidence-chain/plain",
        "version": "1",
        "options": {"charset": "utf-8"},
    }


@pytest.mark.parametrize("data", [b"abc\xff", b"abc\xed\xa0\x80", "abcé".encode("latin-1")])
def test_what_is_not_utf8_is_refused_with_the_place(tmp_path, data):
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(ExtractionError, match="offset 3"):
        extract(path, "text/plain")


def test_too_large_a_file_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(plain, "MAX_BYTES", 1 << 20)
    path = tmp_path / "a.txt"
    path.write_bytes(b"a" * (1 << 20))
    assert len(extract(path, "text/plain").text) == 1 << 20
    path.write_bytes(b"a" * ((1 << 20) + 1))
    with pytest.raises(ExtractionError, match="more than 1 MB"):
        extract(path, "text/plain")


@pytest.mark.parametrize("text", ["", " \n", "… ***"])
def test_a_file_without_text_is_refused(tmp_path, text):
    path = tmp_path / "a.txt"
    path.write_text(text)
    with pytest.raises(ExtractionError, match="holds no text"):
        extract(path, "text/plain")
