"""Of a case that was damaged since, a verification that goes on finds what a whole one finds."""

from random import Random

import pytest

from adversary import tampering
from interrupted import (
    at_once,  # noqa: F401
    break_off,
    findings,
)
from random_damage import damage, unguarded

pytestmark = pytest.mark.usefixtures("at_once")
CODES = (0, 1, 3, 4)


@pytest.mark.parametrize("seed", range(6))
def test_of_a_database_changed_at_random(invented, seed):
    random = Random(seed)
    break_off(invented)
    with tampering(invented) as db:
        unguarded(db)
        for _ in range(random.randint(1, 3)):
            damage(db, random)
    found = invented.json("verify", "--resume", code=CODES)
    whole = invented.json("verify", code=CODES)
    if "error" in whole:
        assert found == whole
        return
    assert findings(found) == findings(whole)
    taken, outcome = found["resumed"]["files"] > 0, whole["outcome"]
    assert found["outcome"] == ("not-checked" if taken and outcome == "holds" else outcome)
