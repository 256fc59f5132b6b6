"""Pictures of passages on pages of several columns, kept and drawn anew."""

from functools import partial

from evidence_db.recording.passages import document
from pdfs import line, one_page

COLUMNS = {60: b"The harbour was never lit at night", 330: b"Prices of coal went up once more in"}
PAGE = one_page(
    b"".join(
        line(text, x=x, y=700 - 14 * row, size=10)
        for x, text in COLUMNS.items()
        for row in range(8)
    )
)


def pictures(case):
    report = case.json("verify", "--rendered", code=None)
    return [
        (one["outcome"], one["detail"]) for one in report["checks"] if one["check"] == "rendered"
    ]


def test_a_picture_of_before_that_shows_all_columns_holds(case, monkeypatch):
    (case.home / "page.pdf").write_bytes(PAGE)
    with monkeypatch.context() as before:
        before.setattr(document, "regions", partial(document.regions, shown="page"))
        old = case.json("quote", "page.pdf", "harbour was never lit", "--at", "4")
    new = case.json("quote", "page.pdf", "Prices of coal", "--at", "280")
    case.run("checkpoint")
    crops = [case.json("show", one["id"])["fields"]["regions"][0]["crop"] for one in (old, new)]
    assert len(set(crops)) == 2
    assert {outcome for outcome, _ in pictures(case)} == {"holds"}
