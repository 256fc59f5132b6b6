"""Packaged web archives: the WARCs in them, and the digests that the package tells."""

import hashlib
import io
import json
import zipfile

import pytest

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import HEAD, contents, extract, parts, sniff, wacz
from wacz_files import FILES, FIRST, ONE, SECOND, package, packed, told
from warc_files import PDF, URL, doubts, http, record


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
    wrong = [("digest-differs", "file archive/b.warc"), ("digest-differs", "file absent")]
    assert doubts(drawn) == [(*one, text) for text in ("one", "two") for one in wrong]
    data = package(FILES)
    swapped = data.replace(b'"data-package"', b'"data-pockage"')
    with pytest.raises(ExtractionError, match="CRC"):
        draw(swapped)


def test_a_package_without_a_description():
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as archive:
        archive.writestr("archive/a.warc.gz", FIRST)
        archive.writestr("datapackage.json", "[" * 10_000)
    drawn = draw(found.getvalue())
    assert drawn.text == "one"
    assert drawn.options["hashes_checked"] == 0
    assert doubts(drawn) == [
        ("unlisted", "archive/a.warc.gz: datapackage.json does not list it", "one")
    ]


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
    assert extract(path, "application/wacz+zip").text == "two\n\none"
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
    monkeypatch.setattr("evidence_chain.extract.wacz.manifest.MAX_TOTAL", 100)
    with pytest.raises(ExtractionError, match="expands"):
        draw(package({"archive/a.warc": record(http(bytes(200)))}))


def test_an_archive_that_is_not_listed(tmp_path):
    data = package(FILES, {name: FILES[name] for name in FILES if name != "archive/b.warc"})
    drawn = draw(data)
    why = "archive/b.warc: datapackage.json does not list it"
    assert doubts(drawn) == [("unlisted", why, "two")]
    assert drawn.options["unlisted"] == [why]
    path = tmp_path / "a.wacz"
    path.write_bytes(data)
    assert contents(path, "application/wacz+zip").told == [f"Nothing vouches for {why}"]


def test_an_archive_that_is_listed_without_a_digest():
    drawn = draw(package(FILES, listed=lambda path, _: {"path": path}))
    assert [mark[0] for mark in doubts(drawn)] == ["unlisted"] * 2
    assert "has no digest of it" in doubts(drawn)[0][1]


def test_no_list_of_files_at_all():
    drawn = draw(packed({"archive/a.warc.gz": FIRST}))
    assert doubts(drawn) == [
        ("unlisted", "archive/a.warc.gz: the package has no datapackage.json", "one")
    ]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name():
    """Programs differ in which of them they take: each must be the one that is listed."""
    twice = [("archive/a.warc.gz", FIRST), ("archive/a.warc.gz", SECOND)]
    described = {"resources": [told("archive/a.warc.gz", SECOND)]}
    data = packed([*twice, ("datapackage.json", json.dumps(described).encode())])
    assert draw(data).options["hash_mismatch"] == ["archive/a.warc.gz"]


OLDER = {
    "stats": lambda path, content: {
        "path": path,
        "stats": {"hash": hashlib.sha256(content).hexdigest(), "bytes": len(content)},
        "hashing": "sha256",
    },
    "md5": lambda path, content: {"path": path, "hash": f"md5:{hashlib.md5(content).hexdigest()}"},
    "bare": lambda path, content: {"path": path, "hash": hashlib.sha1(content).hexdigest()},
    "dotted": lambda path, content: told(f"./{path}", content),
}


@pytest.mark.parametrize("name", OLDER)
def test_digests_as_older_packages_have_them(name):
    drawn = draw(package(FILES, listed=OLDER[name]))
    assert doubts(drawn) == []
    assert drawn.options["hashes_checked"] == 4
    drawn = draw(package(FILES, {**FILES, "archive/a.warc.gz": b""}, listed=OLDER[name]))
    assert drawn.options["hash_mismatch"] == ["archive/a.warc.gz"]


def test_a_digest_by_an_unknown_way_does_not_count_as_one():
    drawn = draw(package(FILES, listed=lambda path, _: {"path": path, "hash": "crc32:1"}))
    assert drawn.options["hash_mismatch"] == sorted(FILES, key=list(FILES).index)


def test_names_in_capitals_and_folders(tmp_path):
    files = {"archive/sub/A.WARC.GZ": FIRST, "archive/B.Warc": SECOND}
    data = package(files)
    assert sniff(data[:HEAD], "x") == "application/wacz+zip"
    assert draw(data).text == "two\n\none"


def test_packages_in_a_package():
    inner = package(FILES)
    data = package({"archive/one.wacz": inner, "two.WACZ": package({"archive/c.warc": SECOND})})
    assert sniff(data[:HEAD], "x") == "application/wacz+zip"
    drawn = draw(data)
    assert drawn.text == "one\n\ntwo\n\ntwo"
    assert doubts(drawn) == []
    bad = package({"one.wacz": package(FILES, {**FILES, "absent": b""})})
    assert [mark[0] for mark in doubts(draw(bad))] == ["digest-differs"] * 2
    said = wacz.parts(io.BytesIO(bad)).told
    assert said == ["In one.wacz: Not what the package says it is: absent"]


def test_a_package_that_is_nested_too_deep_or_too_large(monkeypatch):
    deep = package(FILES)
    for _ in range(3):
        deep = package({"one.wacz": deep, "archive/z.warc": SECOND})
    drawn = draw(deep)
    assert drawn.text == "two\n\ntwo\n\ntwo"
    assert "nested too deep" in drawn.options["unread"][0]
    monkeypatch.setattr(wacz, "MAX_INNER", 10)
    drawn = draw(package({"one.wacz": package(FILES), "archive/z.warc": SECOND}))
    assert drawn.text == "two"
    assert drawn.options["unread"]


def test_an_archive_that_is_damaged_leaves_the_others():
    data = package({"archive/a.warc": ONE, "archive/b.warc": SECOND})
    drawn = draw(data.replace(b"<p>one", b"<p>One"))
    assert "archive/a.warc: Bad CRC-32" in drawn.options["unread"][0]
    assert drawn.options["hash_mismatch"] == ["archive/a.warc"]
    assert doubts(drawn)[-1] == ("digest-differs", "file archive/a.warc", "two")


def test_an_archive_that_is_none_leaves_the_others():
    drawn = draw(package({"archive/a.warc": b"nonsense", "archive/b.warc": SECOND}))
    assert drawn.text == "two"
    assert "archive/a.warc: This is no web archive" in drawn.options["unread"][0]


def test_a_file_of_another_length_than_the_package_says():
    drawn = draw(package(FILES, listed=lambda name, of: told(name, of) | {"bytes": len(of) + 1}))
    assert drawn.options["hash_mismatch"] == list(FILES)
    exact = draw(package(FILES, listed=lambda name, of: told(name, of) | {"bytes": len(of)}))
    assert "hash_mismatch" not in exact.options
