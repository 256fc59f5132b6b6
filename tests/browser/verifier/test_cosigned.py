"""`verify.html` says of cosignatures what `evidence check` says, and no more than it checked."""

import pytest

from editions import ALL_SHOWN, publish
from witnesses import Witness

FOR = {
    "this checkpoint": (lambda text: text, "holds"),
    "another log": (lambda text: f"other.{text}", "failed"),
    "another size": (lambda text: text.replace("\n", "\n1", 1), "failed"),
}
TIMES = {"none": 0, "after the last year": 1 << 38}


def both(checker, edition, witness):
    """What the page and the command say."""
    key = edition.key.verifier
    code = edition.check(witnesses=(str(witness.key),)).code
    said = checker.check(edition.path, key, witness=str(witness.key))
    return said, {0: "holds", 1: "failed", 3: "not-checked"}[code]


@pytest.mark.parametrize("of", FOR)
def test_row_64_a_cosignature_of_something_else(checker, edition, of):
    change, outcome = FOR[of]
    witness = Witness(1, [])
    edition.cosign(witness.cosignature(change(edition.newest)))
    assert both(checker, edition, witness) == (outcome, outcome)


@pytest.mark.parametrize("time", TIMES.values(), ids=TIMES)
def test_a_time_that_no_calendar_has(checker, edition, time):
    witness = Witness(1, [])
    edition.cosign(witness.cosignature(edition.newest, time))
    assert both(checker, edition, witness) == ("failed", "failed")


def test_what_the_page_can_not_check_is_not_checked(checker, edition):
    """ML-DSA-44, which no browser knows yet, and a witness that cosigned nothing."""
    witness = Witness(1, [], is_new=True)
    edition.cosign(witness.cosignature(edition.newest))
    assert both(checker, edition, witness) == ("not-checked", "holds")
    assert any("type that is not known here" in one for one in checker.findings)
    assert both(checker, edition, Witness(2, [])) == ("not-checked", "not-checked")


def test_an_edition_across_a_change_of_keys(checker, invented, tmp_path):
    told = invented.json("key", "rotate", "--reason", "Once a year")
    edition = publish(invented, tmp_path / "out", words=ALL_SHOWN)
    for key in (told["previous"], told["verifier_key"]):
        assert checker.check(edition.path, key) == "holds"
