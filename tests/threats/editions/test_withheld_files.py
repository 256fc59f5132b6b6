"""Row 59: what is withheld with a file; each is put back alone, well signed."""

import pytest


@pytest.fixture
def hidden(selected, editions, publisher):
    """The edition, its file that is withheld, a passage in it, and what opens them."""
    opened = editions["whole"].lines
    return selected, publisher.index("release"), publisher.index("deaf"), opened


def disclose(edition, opened, index, *names):
    """Disclose these fields of a record that is withheld, as its publisher could."""

    def shown(i, line):
        if i != index:
            return line
        body, salts = (
            {name: opened[index][part][name] for name in names} for part in ("body", "salts")
        )
        return line | {"body": body, "salts": salts}

    edition.change_lines(shown)
    edition.seal()
    return edition.check()


def test_what_the_attacks_start_from_holds(hidden):
    edition, file, passage, opened = hidden
    assert edition.check().code == 0
    assert "body" not in edition.lines[file]
    assert "body" not in edition.lines[passage]
    found = disclose(edition, opened, passage, "text")
    assert "disclosure" not in found.failed  # what the publisher quotes may stay


def test_row_59_the_file_itself(hidden, editions):
    edition, file, _, opened = hidden
    digest = opened[file]["body"]["blake3"]
    name = f"data/artifacts/{digest[:2]}/{digest}"
    edition.write(name, editions["whole"].read(name))
    edition.seal()
    found = edition.check()
    assert found.failed == {"file"}
    assert "no disclosed field names this file" in found.details


def test_row_59_its_text_stream(hidden, editions):
    edition, _, passage, opened = hidden
    digest = opened[passage]["body"]["extracted"]
    name = f"data/artifacts/{digest[:2]}/{digest}"
    edition.write(name, editions["whole"].read(name))
    edition.seal()
    assert edition.check().failed == {"file"}


@pytest.mark.parametrize("name", ["sha256", "size", "media_type", "filename"])
def test_row_59_what_tells_which_file_it_is(hidden, name):
    edition, file, _, opened = hidden
    assert "disclosure" in disclose(edition, opened, file, name).failed


@pytest.mark.parametrize("name", ["artifact", "selector", "extracted"])
def test_row_59_what_tells_where_a_passage_stands(hidden, name):
    edition, _, passage, opened = hidden
    assert "disclosure" in disclose(edition, opened, passage, name).failed


@pytest.mark.parametrize(
    "fields", [{"regions": [{"page": 1, "boxes": [], "crop": "ab" * 32}]}, {"crops": ["ab" * 32]}]
)
def test_row_59_the_picture_of_a_passage(selected, fields):
    """Nothing but the picture's digest is shown."""
    found = selected.append("evidence/quote", {"artifact": None} | fields, fields)
    assert {"disclosure", "crop"} <= found.failed
    assert "It discloses a crop, and not the file that it is of" in found.details


def test_row_59_that_a_passage_was_not_found(selected):
    """An empty list is no null, and tells that somebody looked."""
    found = selected.append("evidence/quote", {"artifact": None, "selector": []}, ["selector"])
    assert "disclosure" in found.failed


def test_row_62_a_signature_is_read_though_a_part_is_withheld(selected, publisher):
    fields = {"reviewer": "two people", "note": None, "size": 27, "root": "", "signature": "-"}
    to = {"to": publisher.ids["board-was-told"], "verdict": "approved"}
    found = selected.append("review", fields, ["reviewer", "signature"], to)
    assert "review" in found.failed


def test_row_59_the_digest_of_a_withheld_file_as_absent(hidden):
    edition, file, _, opened = hidden
    edition.describe(absent=[{"blake3": opened[file]["body"]["blake3"], "reason": "Ours"}])
    edition.seal()
    assert edition.check().failed == {"edition"}


def test_row_59_a_record_that_is_withheld_is_in_no_row(hidden, publisher):
    edition, file, passage, _ = hidden
    with edition.database() as db:
        rows = {idx for (idx,) in db.execute("SELECT idx FROM record")}
        assert not rows & {file, passage}
        for table in ("artifact", "evidence"):
            (body,) = db.execute(
                f"SELECT body FROM {table} WHERE idx IN (?, ?)", (file, passage)
            ).fetchone()
            assert body is None
        words = db.execute("SELECT count(*) FROM search WHERE search MATCH 'deaf'").fetchone()
    assert words == (0,)
    for name in ("release", "deaf", "trained"):
        assert publisher.ids[name].encode() in edition.read("data/log.jsonl") or name == "release"
