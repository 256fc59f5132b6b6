"""How many witnesses cosigned, on the page of a claim; and the lines, on that of the log."""

import pytest

from evidence_chain.log.key import VerifierKey
from evidence_chain.log.note import SignedNote
from witnesses import Witness, policy_of


@pytest.fixture(scope="module")
def shown(template, tmp_path_factory):
    case = template.copy_to(tmp_path_factory.mktemp("cosigned") / "case")
    one, other = (Witness(number, [VerifierKey.parse(case.vkey)]) for number in (1, 2))
    (case.root / "witnesses.policy").write_text(policy_of((one, None), (other, None)))
    text = SignedNote.parse(case.json("checkpoint")["note"]).text
    case.run("cosign", "--response", case.write("answer", f"{one.cosignature(text)}\n"))
    return case


def test_a_claim_says_how_many_witnesses_cosigned(site):
    page = site.page("/evidence/-/claim/board-knew")
    assert "cosigned by 1 of 2 witnesses that the case names, W1 at 2026-11-18" in page.text
    assert "no quorum" in page.text


def test_the_log_shows_the_lines_of_witnesses(site):
    assert "— witness.example/w1 " in site.page("/evidence/-/log").text
