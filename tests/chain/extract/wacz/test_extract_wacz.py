"""Packaged web archives: the WARCs in them, and the digests that the package tells."""

import gzip
import hashlib
import io
import json
import zipfile

import pytest

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import HEAD, extract, parts, sniff, wacz
from warc_files import PDF, URL, http, record

FIRST = gzip.compress(record(http(b"<p>one")))
SECOND = record(http(b"<p>two")) + record(http(PDF), url=f"{URL}.pdf")


def told(path, content):
    return {"path": path, "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}


def package(files, told_of=None, signed=None):
    resources = [told(name, content) for name, content in (told_of or files).items()]
    manifest = json.dumps({"profile": "data-package", "resources": resources}).encode()
    digest = told("datapackage.json", manifest) | ({"signedData": signed} if signed else {})
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        archive.writestr("datapackage.json", manifest)
        archive.writestr("datapackage-digest.json", json.dumps(digest))
    return found.getvalue()


FILES = {"archive/b.warc": SECOND, "archive/a.warc.gz": FIRST, "pages/pages.jsonl": b"{}\n"}


def draw(data):
    return wacz.extract(io.BytesIO(data))


def test_the_archives_in_the_order_of_their_names(tmp_path):
    path = tmp_path / "a.wacz"
    path.write_bytes(package(FILES))
    assert sniff(path.read_bytes()[:HEAD], "x.zip") == "application/wacz+zip"
    stream = extract(path, "application/wacz+zip")
    assert stream.text == "one\n\ntwo"
    assert [m.detail for m in stream.marks if m.kind == "response"] == [URL, URL]
    assert parts(path, "application/wacz+zip") == [(f"{URL}.pdf", PDF)]
    options = stream.extractor["options"]
    assert (options["hashes_checked"], options["signature"]) == (4, "none")
    assert "hash_mismatch" not in options


def test_what_is_not_as_the_package_says():
    drawn = draw(package(FILES, {**FILES, "archive/b.warc": FIRST, "absent": b""}))
    assert drawn.options["hash_mismatch"] == ["archive/b.warc", "absent"]
    data = package(FILES)
    swapped = data.replace(b'"data-package"', b'"data-pockage"')
    with pytest.raises(ExtractionError, match="CRC"):
        draw(swapped)


def test_a_signature_is_not_checked():
    assert draw(package(FILES, signed={"x": "y"})).options["signature"] == "not checked"


def test_a_package_without_a_description():
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as archive:
        archive.writestr("archive/a.warc.gz", FIRST)
        archive.writestr("datapackage.json", "[" * 10_000)
    drawn = draw(found.getvalue())
    assert drawn.text == "one"
    assert drawn.options["hashes_checked"] == 0


@pytest.mark.parametrize("manifest", ["{}", "[]", '{"resources": 1}', '{"resources": [1, {}]}'])
def test_descriptions_that_say_nothing(manifest):
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as archive:
        archive.writestr("archive/a.warc.gz", FIRST)
        archive.writestr("datapackage.json", manifest)
    assert draw(found.getvalue()).options["hashes_checked"] == 0


def test_names_are_never_paths(tmp_path):
    path = tmp_path / "a.wacz"
    path.write_bytes(package({"archive/../../x.warc": FIRST, "/etc/archive/a.warc": SECOND}))
    assert extract(path, "application/wacz+zip").text == "one"
    assert [each.name for each in tmp_path.iterdir()] == ["a.wacz"]


def test_what_is_no_package():
    with pytest.raises(ExtractionError, match="packaged web archive"):
        draw(b"PK\x03\x04nonsense")


def test_a_package_that_is_encrypted():
    data = package(FILES).replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"
    )
    with pytest.raises(ExtractionError, match="encrypted"):
        draw(data)


def test_an_archive_that_expands_to_too_much(monkeypatch):
    monkeypatch.setattr("evidence_chain.extract.warc.reading.MAX_TOTAL", 100)
    with pytest.raises(ExtractionError, match="expands"):
        draw(package({"archive/a.warc": record(http(bytes(200)))}))
    monkeypatch.setattr("evidence_chain.extract.warc.reading.MAX_TOTAL", 10_000)
    monkeypatch.setattr(wacz, "MAX_TOTAL", 100)
    with pytest.raises(ExtractionError, match="expands"):
        draw(package({"archive/a.warc": record(http(bytes(200)))}))
