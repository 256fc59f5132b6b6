"""Row 53a: who works for a check is believed, but not that there was nothing more to answer."""

import pytest

from editions import found
from evidence_chain.edition.checking.entries import Stretch
from evidence_chain.spreading.spreading import Processes


class Forgetful(Processes):
    """One process, which forgets the last of whatever it found of one kind."""

    def __init__(self, kind):
        super().__init__(1)
        self.kind = kind

    def in_turn(self, *given, **named):
        for result in super().in_turn(*given, **named):
            if isinstance(result, self.kind):
                (result if self.kind is list else result.facts).pop()
            yield result


@pytest.mark.parametrize(
    ("kind", "missed", "told"),
    [
        (list, "payload", "who was to read it didn't answer for it"),
        (Stretch, "log", "The log was not read whole"),
    ],
)
def test_row_53a_a_part_of_an_answer_is_lost(edition, kind, missed, told):
    result = found(edition.path, key=edition.key.verifier, by=Forgetful(kind))
    assert (result.code, result.failed) == (3, set())
    assert missed in result.missed
    assert told in result.details
