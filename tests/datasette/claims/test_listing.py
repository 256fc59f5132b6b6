"""The home of a case: pages that go on where the last ended, a status, words."""

import pytest

from cases import make_empty_case
from evidence_chain import kinds
from evidence_datasette.claims import latest_changes, listing
from evidence_datasette.pages.claims import claims as claims_page
from evidence_db.case import Case
from evidence_db.recording.adding import add_claim
from evidence_db.recording.writer import Writer

NUMBER = 60


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    case = make_empty_case(tmp_path_factory.mktemp("many"))
    with Writer(Case.open(case.root), "tester") as writer:
        for number in range(NUMBER):
            word = "mulberry" if number % 3 == 0 else "quince"
            add_claim(writer, f"claim-number-{number}", f"They planted {word} number {number}")
        add_claim(writer, "in-chinese", "海康威视知道摄像机装在哪里")
    return case


def every(site, query=""):
    """All claims, page by page, and how many pages there were."""
    found, pages, before, claim = [], 0, "", ""
    while before is not None:
        page = site.json(f"/evidence/-/claims.json?{query}&before={before}&claim={claim or ''}")
        claim = page["before_claim"]
        found += [claim["slug"] for claim in page["claims"]]
        pages, before = pages + 1, page["before"]
    return found, pages


def test_pages_follow_each_other_without_a_gap(many, serve):
    found, pages = every(serve(many))
    assert found == ["in-chinese", *(f"claim-number-{n}" for n in reversed(range(NUMBER)))]
    assert pages == -(-(NUMBER + 1) // listing.LENGTH)


def test_the_next_page_is_a_link(many, serve):
    site = serve(many)
    page = site.page("/evidence/-/claims?q=quince&status=unsupported")
    (further,) = [link for link in page.links if "before=" in link and ".json" not in link]
    assert "quince number 1 " in site.page(further).text + " "


def test_what_claims_rest_on_is_checked(site):
    claims = site.json("/evidence/-/claims.json")["claims"]
    assert {claim["integrity"]["outcome"] for claim in claims} == {"holds"}
    page = site.page("/evidence/-/claims").text
    assert page.count("✓ checked") == len(claims)
    for claim in claims:
        whole = site.json(f"/evidence/-/claim/{claim['slug']}.json")["integrity"]
        assert claim["integrity"]["outcome"] == whole["outcome"]
        assert {**claim["integrity"]["counts"], "holds": 0} == {**whole["counts"], "holds": 0}


def test_no_more_is_checked_than_there_is_room_for(site, monkeypatch):
    monkeypatch.setattr(claims_page, "CHECKED", 5)
    found = [claim["integrity"] for claim in site.json("/evidence/-/claims.json?q=the")["claims"]]
    assert found[0]["outcome"] == "holds"
    assert found[-1] is None
    page = site.page("/evidence/-/claims?q=the").text
    assert page.count("? not checked Open the claim") == found.count(None)


def test_what_failed_is_told_of_the_claim_that_rests_on_it(template, tmp_path, serve):
    case = template.copy_to(tmp_path)
    file = case.preserved("tender")
    file.chmod(0o600)
    file.write_text("Something else")
    found = serve(case).json("/evidence/-/claims.json")["claims"]
    outcomes = {claim["slug"]: claim["integrity"]["outcome"] for claim in found}
    assert outcomes["quay-is-wired"] == outcomes["microphones-listen"] == "failed"
    assert outcomes["board-knew"] == "holds"


def test_a_claim_that_cannot_be_read_does_not_hide_the_others(template, tmp_path, serve):
    case = template.copy_to(tmp_path)
    index = case.index("quay-is-wired")
    with case.connected() as db:
        for (name,) in db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            db.execute(f"DROP TRIGGER {name}")
        assert db.execute("UPDATE claim SET body = '[]' WHERE idx = ?", (index,)).rowcount
    for order in ("recorded", "changed"):
        found = serve(case).json(f"/evidence/-/claims.json?order={order}")["claims"]
        (damaged,) = [claim for claim in found if "damaged" in claim]
        assert (damaged["index"], len(found)) == (index, 4)
        assert "damaged" in damaged["damaged"]
    assert "A claim that can't be read" in serve(case).text("/evidence/-/claims")


def test_what_changed_last_comes_first(template, tmp_path, serve):
    case = template.copy_to(tmp_path)
    site = serve(case)

    def order():
        found = site.json("/evidence/-/claims.json?order=changed")["claims"]
        newest = [claim["newest"]["index"] for claim in found]
        assert newest == sorted(newest, reverse=True)
        return [claim["slug"] for claim in found]

    assert order()[0] == "microphones-listen"
    case.run("link", case.ids["clause"], "board-knew", "--qualifies")
    assert order()[0] == "board-knew"
    case.run("claim", "new", "A new one")
    assert order()[:2] == ["new", "board-knew"]
    case.run("retract", case.ids["clause-wired"], "--reason", "Another quay")
    assert order()[:3] == ["quay-is-wired", "new", "board-knew"]
    case.run("retract", case.ids["twice"], "--reason", "Never said")
    assert order()[0] == "board-was-told"
    assert sorted(order()) == sorted({*order()})


def test_what_was_retracted_twice_is_listed_once(template, tmp_path, serve):
    case = template.copy_to(tmp_path)
    for reason in ("Never said", "Never said at all"):
        case.run("retract", "board-knew", "--reason", reason, code=(0, 2))
    with Writer(Case.open(case.root), "tester") as writer:
        for reason in ("Again", "And again"):
            writer.add(kinds.RETRACTION, {"reason": reason}, {"to": case.ids["board-was-told"]})
    found = {
        order: sorted(
            claim["slug"]
            for claim in serve(case).json(f"/evidence/-/claims.json?order={order}")["claims"]
        )
        for order in ("recorded", "changed")
    }
    assert found["recorded"] == found["changed"]
    assert len(found["changed"]) == 4


@pytest.mark.parametrize("order", ["recorded", "changed"])
@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM claim WHERE slug = 'quay-is-wired'",
        "DELETE FROM entry WHERE idx IN (SELECT idx FROM link WHERE to_idx = "
        "(SELECT idx FROM claim WHERE slug = 'quay-is-wired'))",
    ],
)
def test_a_row_that_is_gone_is_told_beside_the_claims_that_are_there(
    damage, order, template, tmp_path, serve
):
    case = template.copy_to(tmp_path)
    with case.connected() as db:
        triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for (name,) in db.execute(triggers).fetchall():
            db.execute(f"DROP TRIGGER {name}")
        assert db.execute(damage).rowcount
    found = serve(case).json(f"/evidence/-/claims.json?order={order}")["claims"]
    assert len(found) == 4
    assert len([claim for claim in found if "damaged" in claim]) == 1


def test_a_claim_too_large_for_the_page_leaves_room_for_others(site, monkeypatch):
    whole = site.json("/evidence/-/claims.json")["claims"]
    monkeypatch.setattr(claims_page, "CHECKED", 8)
    found = site.json("/evidence/-/claims.json?q=the")["claims"]
    checked = [claim["slug"] for claim in found if claim["integrity"]]
    assert checked
    assert len(checked) < len(whole)


def test_the_order_of_changes_goes_on_without_a_gap(many, serve, monkeypatch):
    monkeypatch.setattr(latest_changes, "EVENTS", 9)
    assert every(serve(many), "order=changed")[0] == every(serve(many))[0]


@pytest.mark.parametrize("length", [2, 5])
def test_one_change_of_many_claims_is_listed_in_parts(length, tmp_path, serve, monkeypatch):
    case = make_empty_case(tmp_path)
    note = case.id("add", "artifact", case.write("note.txt", "They knew of it."))
    quote = case.id("add", "quote", "--artifact", note, "--text", "They knew of it.")
    slugs = [f"claim-{number}" for number in range(7)]
    for slug in slugs:
        case.run("claim", slug, f"Of {slug}")
        case.run("link", quote, slug, "--supports")
    case.run("retract", quote, "--reason", "Never said")
    monkeypatch.setattr(claims_page, "LENGTH", length)
    found, _ = every(serve(case), "order=changed")
    assert sorted(found) == slugs


def test_an_order_that_is_none_is_refused(site):
    error = site.json("/evidence/-/claims.json?order=sideways", code=404)["error"]
    assert error == "There is no order 'sideways'; there are recorded, changed."


def test_words_and_status_hold_in_the_order_of_changes_too(many, serve):
    site = serve(many)
    assert every(site, "order=changed&q=mulberry")[0] == every(site, "q=mulberry")[0]
    assert every(site, "order=changed&status=contested")[0] == []


def test_words_are_looked_for_in_statements(many, serve):
    found, _ = every(serve(many), "q=mulberry+planted")
    assert found == [f"claim-number-{n}" for n in reversed(range(0, NUMBER, 3))]
    assert serve(many).page("/evidence/-/claims?q=MULBERRY").marked[0] == "mulberry"


def test_scripts_without_spaces_are_looked_for_as_they_stand(many, serve):
    assert every(serve(many), "q=摄像机")[0] == ["in-chinese"]
    assert every(serve(many), "q=照相机")[0] == []


def test_a_page_looks_through_no_more_than_a_stretch(many, serve, monkeypatch):
    monkeypatch.setattr(listing, "STRETCH", 10)
    site = serve(many)
    first = site.json("/evidence/-/claims.json?q=mulberry&status=supported")
    assert first["claims"] == []
    assert first["before"] is not None
    text = site.page("/evidence/-/claims?status=supported").text
    assert "None of the claims that were looked through is like that" in text
    found, pages = every(site, "q=摄像机")
    assert found == ["in-chinese"]
    assert pages > 5


def test_few_claims_are_worked_out_for_a_status(many, serve, monkeypatch):
    monkeypatch.setattr(listing, "CANDIDATES", 7)
    found, pages = every(serve(many), "status=unsupported")
    assert len(found) == NUMBER + 1
    assert pages == 9


@pytest.mark.parametrize(
    ("status", "slugs"),
    [
        ("supported", ["quay-is-wired", "board-was-told"]),
        ("contested", ["board-knew"]),
        ("contradicted", ["microphones-listen"]),
        ("unsupported", []),
        ("ended", []),
    ],
)
def test_a_status_is_that_of_the_whole_structure(site, status, slugs):
    assert every(site, f"status={status}")[0] == slugs


def test_a_retracted_claim_is_found_by_that(invented, serve):
    invented.run("retract", "board-knew", "--reason", "No longer said")
    site = serve(invented)
    assert every(site, "status=ended")[0] == ["board-knew"]
    assert "no longer counts" in site.page("/evidence/-/claims").text


def test_numbers_are_those_of_the_command_line(site):
    for claim in site.json("/evidence/-/claims.json")["claims"]:
        resolved = site.case.json("resolve", claim["slug"])
        for part in ("status", "supports", "contradicts", "qualifies", "origins", "documents"):
            assert claim[part] == resolved[part]


def test_the_newest_change_is_a_link_to_it_or_an_end_of_one(invented, serve):
    site = serve(invented)

    def newest():
        claims = site.json("/evidence/-/claims.json")["claims"]
        return {claim["slug"]: claim["newest"]["index"] for claim in claims}

    before = newest()
    assert before["microphones-listen"] == invented.index("retraction")
    again = invented.id("link", invented.ids["never"], "quay-is-wired", "--qualifies")
    invented.ids["again"] = again
    assert newest() == before | {"quay-is-wired": invented.index("again")}


def test_a_claim_has_as_many_checks_in_the_list_as_on_its_own_page(invented, serve):
    """Though other claims rest on the same file, which is checked once for the list."""
    mail = "From: a@pier.example\nSubject: Rope\n\nThe rope was old. It was never changed.\n"
    file = invented.write("rope.eml", mail)
    for slug, said in (("rope-old", "The rope was old."), ("rope-kept", "It was never changed.")):
        invented.run("claim", slug, f"Of the rope: {slug}")
        invented.run("quote", file, said, "--supports", slug)
    invented.run("checkpoint")
    site = serve(invented)
    listed = {one["slug"]: one for one in site.json("/evidence/-/claims.json")["claims"]}
    assert {"rope-old", "rope-kept", "board-knew"} <= listed.keys()
    for slug, one in listed.items():
        shown = site.json(f"/evidence/-/claim/{slug}.json")
        assert one["integrity"]["counts"] == shown["integrity"]["counts"], slug
