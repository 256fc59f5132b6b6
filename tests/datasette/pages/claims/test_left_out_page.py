"""The claim page: whether something was left out, and what stands in the kept text alone."""

from adversary import Insider, drop, tampering
from pdfs import line, one_page

KNEW = "/evidence/-/claim/board-knew"
KEPT = "In the kept text; not compared with the file here."
SAME = "The file has these words, character for character."


def test_a_whole_log_is_told_apart_from_intact_records(site):
    assert "Nothing was left out of the log that is signed." in site.page(KNEW).words
    assert site.json(f"{KNEW}.json")["complete"]["outcome"] == "holds"


def test_row_68_a_contradiction_that_was_taken_out(invented, serve):
    with tampering(invented) as db:
        drop(db, invented.index("never-knew"))
    Insider(invented).rebuild()
    site = serve(invented)
    assert site.json(f"{KNEW}.json")["integrity"]["outcome"] == "failed"
    assert "28 entries that the newest checkpoint signs, 27 are there" in site.page(KNEW).words


def test_row_68_a_retraction_that_nobody_signed_is_named_on_both_pages(invented, serve):
    ids = invented.ids
    Insider(invented).record("retraction", {"reason": "Withdrawn"}, {"to": ids["never"]})
    site = serve(invented)
    for path in (KNEW, f"/evidence/-/record/{ids['never']}"):
        words = site.page(path).words
        assert "Withdrawn" in words
        assert "not covered by a checkpoint" in words


def test_row_68_a_correction_that_nobody_signed_is_named_on_both_pages(invented, serve):
    changes = {"changes": {"speaker": "Ada Wren"}, "reason": "Misheard"}
    Insider(invented).record("amendment", changes, {"to": invented.ids["never"]})
    site = serve(invented)
    for path in (KNEW, f"/evidence/-/record/{invented.ids['never']}"):
        assert "by insider; not covered by a checkpoint" in site.page(path).text


def test_row_69_what_is_not_compared_is_not_shown_as_the_file_s(invented, serve):
    file = invented.id("add", "artifact", invented.write("a.pdf", one_page(line(b"They knew."))))
    quote = invented.id("add", "quote", "--artifact", file, "--text", "They knew.")
    invented.run("link", quote, "board-knew", "--supports")
    invented.run("checkpoint")
    site = serve(invented)
    for path in (f"/evidence/-/record/{quote}", f"/evidence/-/document/{file}"):
        words = site.page(path).words
        assert KEPT in words
        assert SAME not in words
    words = site.page(KNEW).words
    assert words.count(KEPT) == 1
    assert SAME in words
