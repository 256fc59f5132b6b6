"""`evidence check` on the corpus that both verifiers are held against."""

import corpus
from chain.edition.changes import Changes
from editions import found
from evidence_chain.log.key import VerifierKey


def test_the_edition_holds_and_every_change_of_it_is_refused_in_its_step(tmp_path):
    said = corpus.listed()
    key, changes = VerifierKey.parse(said["key"]), Changes(tmp_path, corpus.EDITION)
    assert found(corpus.EDITION, key=key).code == 0
    assert found(corpus.EDITION).code == 3
    wrong = []
    for change in said["changes"]:
        result = found(changes.make(change), key=key)
        if result.code != 1 or change["step"] not in result.steps:
            wrong.append((change["name"], change["why"], result.code, result.details[:200]))
    assert not wrong
    assert len(said["changes"]) > 40
