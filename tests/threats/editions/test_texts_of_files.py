"""Row 69: the holder of the key publishes a text that its file doesn't hold."""

import pytest

from evidence_chain.digest import b3, sha256
from evidence_chain.text import make_selectors

TRUE, FORGED = "We were never told about the recordings.", "We were told about all of it."


def passage(edition, artifact, text, by):
    """Check an edition with a passage more, in a stream that holds its words."""
    stream = f"{text}\n"
    digest = b3(stream.encode()).hex()
    edition.write(f"data/artifacts/{digest[:2]}/{digest}", stream.encode())
    fields = {
        "artifact": artifact,
        "text": text,
        "selector": make_selectors(stream, [(0, len(text))]),
        "extracted": digest,
        "extractor": {"name": by, "version": "1", "options": {}},
        "match": {"rules": "theirs", "status": "verbatim", "notes": []},
        "marks": None,
    }
    return edition.append("evidence/quote", fields)


@pytest.mark.parametrize("by", ["evidence-chain/plain", "another"])
def test_row_69_words_that_the_file_has_not(edition, publisher, by):
    found = passage(edition, publisher.ids["minutes"], FORGED, by)
    assert "extraction" in found.failed
    assert "not in the text that is drawn from the file now" in found.details


def test_row_69_the_same_in_a_zip(edition, publisher, tmp_path, monkeypatch):
    """Each file is taken out for its parser, and nothing of it is left."""
    passage(edition, publisher.ids["minutes"], FORGED, "another")
    (place := tmp_path / "mailed").mkdir()
    (room := tmp_path / "room").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(room))
    found = edition.zipped(place / "edition.zip").check()
    assert "extraction" in found.failed
    assert "passages whose text was not drawn from its file anew" not in found.counted
    assert [one.name for one in place.iterdir()] == ["edition.zip"]
    assert list(room.iterdir()) == []


def test_row_69_words_that_it_has(edition, publisher):
    found = passage(edition, publisher.ids["minutes"], TRUE, "another")
    assert "extraction" not in found.failed


def test_row_69_a_file_that_nobody_here_reads(edition, publisher):
    """It is counted, and no failure of the edition."""
    file = edition.lines[publisher.index("minutes")]["body"] | {"media_type": "audio/x-quay"}
    names = ("blake3", "sha256", "size", "media_type")
    edition.append("artifact", {name: file[name] for name in names})
    found = passage(edition, b3(edition.lines[-1]["entry"].encode()).hex(), FORGED, "another")
    assert "extraction" not in found.failed | found.missed
    assert found.counted["passages whose text was not drawn from its file anew"] == 1


PAGE = b"<html><body><p>We were never told.</p><p hidden>We were told about all of it.</p></body>"


def itself(edition, media_type):
    """Check an edition with a passage more, in a stream that is its file as it is."""
    digest = b3(PAGE).hex()
    edition.write(f"data/artifacts/{digest[:2]}/{digest}", PAGE)
    file = {"blake3": digest, "sha256": sha256(PAGE).hex(), "size": len(PAGE)}
    edition.append("artifact", file | {"media_type": media_type})
    text = PAGE.decode()
    start = text.index(FORGED)
    fields = {
        "artifact": b3(edition.lines[-1]["entry"].encode()).hex(),
        "text": FORGED,
        "selector": make_selectors(text, [(start, start + len(FORGED))]),
        "extracted": digest,
        "extractor": {"name": "another", "version": "1", "options": {}},
        "match": {"rules": "theirs", "status": "verbatim", "notes": []},
    }
    return edition.append("evidence/quote", fields)


def test_row_69_a_page_that_is_read_as_its_own_text(edition):
    """Its markup has words that it doesn't show; as its text is drawn, they are hidden."""
    assert "extraction" in itself(edition, "text/html").missed


@pytest.mark.parametrize("media_type", ["text/plain", "text/markdown; charset=utf-8"])
def test_row_69_a_page_that_is_said_to_be_plain(edition, media_type):
    found = itself(edition, media_type)
    assert "extraction" in found.missed
    assert "by its content text/html, of which not all is shown" in found.details


def test_row_69_a_page_that_is_said_to_be_an_e_mail(edition):
    found = itself(edition, "message/rfc822")
    assert "extraction" in found.missed
    assert "is text/html by its content, and not message/rfc822" in found.details


UNPLACED = {"selector": None, "extracted": None, "extractor": None, "regions": None}


def test_row_69_words_that_are_said_to_stand_there_and_not_where(edition, publisher):
    match = {"rules": "theirs", "status": "verbatim", "notes": []}
    fields = {"artifact": publisher.ids["minutes"], "text": FORGED, "match": match, **UNPLACED}
    found = edition.append("evidence/quote", fields)
    assert "passage" in found.failed
    assert "it is recorded as found, but not where it stands" in found.details


def test_words_that_nobody_looked_for_are_counted(edition, publisher):
    before = edition.check().counted.get("passages whose text is not here", 0)
    fields = {"artifact": publisher.ids["minutes"], "text": FORGED, "match": None, **UNPLACED}
    found = edition.append("evidence/quote", fields)
    assert "passage" not in found.failed
    assert found.counted["passages whose text is not here"] == before + 1
