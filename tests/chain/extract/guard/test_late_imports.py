"""What an extractor imports late can be read by a confined process that has imported nothing.

Other tests fork parsers from a process that has all of it, and would not notice.
"""

from importlib import import_module
from io import BytesIO

import pytest
from backports import zstd

from docx_files import docx, paragraph, run
from evidence_chain.digest import b3
from evidence_chain.extract import Drawn, pdf
from evidence_chain.extract.guard import guard
from outlook_files import BODY, file_of
from parser_forks import WARM

FILES = {kind: (kind, data) for kind, data in WARM.items()} | {
    "zstandard": ("warc", zstd.compress(WARM["warc"])),
    "docx": ("docx", docx(paragraph(run("Read.")))),
    "outlook": ("outlook", file_of({BODY: "Read."})),
}


@pytest.fixture
def opened(tmp_path):
    """A function that opens a file with these bytes."""
    files = []

    def make(data):
        (path := tmp_path / "document").write_bytes(data)
        files.append(path.open("rb"))
        return files[-1]

    yield make
    for file in files:
        file.close()


@pytest.mark.parametrize("name", FILES)
def test_a_document_is_read(opened, name):
    kind, data = FILES[name]
    extractor = import_module(f"evidence_chain.extract.{kind}")
    text = Drawn.unpack(*guard.run(extractor, opened(data))).text
    assert text == extractor.extract(BytesIO(data)).text
    assert "Read." in text


def test_a_page_is_drawn(opened):
    data = WARM["pdf"]
    _, picture = guard.run(
        pdf, opened(data), function="page_picture", arguments=(1, b3(data).hex())
    )
    assert picture.startswith(b"\x89PNG")
