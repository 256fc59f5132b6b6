"""Row 56: edition.json says something else than the log, and the right key signs it again."""

import pytest


def shown(said, **changed):
    return said["counts"] | changed


FALSE = {
    "fewer are withheld": lambda said: {"withheld": said["withheld"][1:]},
    "none is withheld": lambda said: {"withheld": []},
    "withheld in part alone": lambda said: {
        "withheld": [said["withheld"][0] | {"fields": ["note"]}, *said["withheld"][1:]]
    },
    "other counts": lambda said: {
        "counts": shown(said, disclosed=said["counts"]["disclosed"] + 1, withheld=0)
    },
    "counts that make up": lambda said: {
        "counts": shown(
            said,
            disclosed=said["counts"]["entries"] - 1,
            withheld=1,
        )
    },
    "erased, not withheld": lambda said: {
        "counts": shown(said, withheld=0, erased=said["counts"]["withheld"])
    },
    "fewer claims": lambda said: {"claims": said["claims"][1:]},
    "more everywhere": lambda said: {
        "everywhere": {"fields": ["recorded_by", "statement"], "reason": "Ours"}
    },
    "nothing everywhere": lambda said: {"everywhere": {"fields": [], "reason": None}},
    "another time": lambda said: {"made": "2031-05-30T09:00:00Z"},
    "another origin": lambda said: {"origin": "newsroom.example/other"},
    "another size": lambda said: {"size": said["size"] - 1},
    "a file that is absent": lambda said: {"absent": [{"blake3": "0" * 64, "reason": "Lost"}]},
    "an empty reason": lambda said: {"withheld": [said["withheld"][0] | {"reason": ""}]},
    "no line of the gate": lambda said: {"gate": []},
    "a gate about others": lambda said: {
        "gate": [*said["gate"], said["gate"][0] | {"subject": "0" * 64}]
    },
    "overridden without saying why": lambda said: {
        "gate": [said["gate"][0] | {"outcome": "overridden"}, *said["gate"][1:]]
    },
    "met, and said why": lambda said: {
        "gate": [said["gate"][0] | {"detail": "Because"}, *said["gate"][1:]]
    },
    "a version to come": lambda said: {"v": 2},
    "a key more": lambda said: {"checked": True},
}


@pytest.mark.parametrize("what", FALSE)
def test_row_56_what_follows_from_the_log(selected, what):
    selected.describe(**FALSE[what](selected.said))
    selected.seal()
    found = selected.check()
    assert found.failed == {"edition"}


EARLIER = {
    "the root of another": lambda earlier: [earlier[0] | {"root": earlier[0]["note"]}, earlier[1]],
    "of a larger log": lambda earlier: [earlier[0], earlier[1] | {"size": earlier[1]["size"] + 1}],
    "of a smaller log": lambda earlier: [earlier[0], earlier[1] | {"size": earlier[1]["size"] - 1}],
    "out of order": lambda earlier: earlier[::-1],
    "made after this one": lambda earlier: [
        earlier[0],
        earlier[1] | {"made": "2032-01-01T00:00:00Z"},
    ],
    "twice": lambda earlier: [earlier[0], *earlier],
}


@pytest.mark.parametrize("what", EARLIER)
def test_row_56_another_earlier_edition(grown, what):
    grown.describe(earlier=EARLIER[what](grown.said["earlier"]))
    grown.seal()
    assert "edition" in grown.check().failed


def test_row_56_an_earlier_edition_that_is_not_named(grown, editions):
    """Nobody can tell, but for the reader who has it."""
    grown.describe(earlier=grown.said["earlier"][1:])
    grown.seal()
    seen = {name: editions[name].read("edition.note") for name in ("whole", "selected")}
    assert grown.check().code == 0
    assert grown.check(seen=seen).failed == {"seen"}


def test_row_56_not_what_was_signed(selected):
    selected.describe(withheld=[])
    assert selected.check().failed == {"manifest"}


def test_row_56_reasons_are_the_publisher_s_word(selected):
    said = selected.said["withheld"]
    selected.describe(withheld=[one | {"reason": "Because"} for one in said])
    selected.seal()
    assert selected.check().code == 0


def test_row_56_another_title(selected):
    """It is that of the log's newest `case` entry."""
    for title in ("Another harbour", None, 7):
        selected.describe(title=title)
        selected.seal()
        assert selected.check().failed == {"edition"}
