"""The proofs of a claim that a server gives: each holds alone, and tells nothing withheld."""

from evidence_chain.edition.checking.asked import Wanted
from evidence_chain.edition.checking.single import check_proof

PROOFS = "/evidence/-/proofs/board-was-told"


def checked(answer, key, home):
    """What each proof proves."""
    found = []
    for number, text in enumerate(answer["proofs"]):
        file = home / f"{number}.tlog-proof"
        file.write_text(text)
        result = check_proof(file, Wanted(key=key))
        assert result.report.outcome == "holds"
        found.append(result.proved)
    return found


def test_they_are_of_the_claim_its_links_and_what_speaks_to_it(site, tmp_path):
    resolved = site.json("/evidence/-/claim/board-was-told.json")
    proved = checked(site.json(PROOFS), site.case.key.verifier, tmp_path)
    wanted = {resolved["claim"]["id"], *(one["record"]["id"] for one in resolved["chain"])}
    assert wanted <= {one["id"] for one in proved}
    assert not any("recorded_by" in one["disclosed"] for one in proved)


def test_what_no_checkpoint_covers_is_counted(invented, serve):
    invented.run("claim", "later", "A later claim")
    assert serve(invented).json("/evidence/-/proofs/later") == {"proofs": [], "uncovered": 1}


def test_there_are_none_of_what_is_no_claim(site):
    assert site.ask("/evidence/-/proofs/nothing-of-it", 404)
