"""Two quotations beside each other have a speaker each; one quotation may run over two records."""

import pytest

KNEW = "We were never told where the cameras would stand."
SOLD = "We sold 400 of them in May, and the ministry paid."
BARE_KNEW, BARE_SOLD = KNEW[:-1], SOLD[:-1]
SPEECH = f"Question: did they know?\n\n{KNEW} {SOLD} Nobody asked for a licence.\n"


@pytest.fixture
def desk(case):
    """What two people said, one after the other in one document."""
    case.file("speech.txt", SPEECH)
    case.run("add", "artifact", "speech.txt", "--title", "Speech in the council")
    return case


@pytest.fixture
def both(desk):
    record(desk, KNEW, "Ada Lind")
    record(desk, SOLD, "Jo Tannen")
    return desk


def record(desk, text, who):
    return desk.id("add", "quote", "--artifact", "speech.txt", "--text", text, "--speaker", who)


def looked_up(desk, text, code):
    (article,) = desk.json("proofread", "-", code=code, stdin=text)["articles"]
    return [one for one in article["quotations"] if not one["left_alone"]]


SHAPES = [
    "{a} said: “{one}.” {b} said: “{other}.”",
    "{a} said “{one}”, while {b} said “{other}”.",
    "“{one},” said {a}, and “{other},” said {b}.",
    "“{one},” said {a}, “{other},” said {b}.",
    "“{one},” said {a}, to which {b} replied, “{other}.”",
    "“{one},” {a} said; “{other},” {b} said.",
    "„{one}.“ So {a}. {b} sagte: „{other}.“",
    "{a} sagte: „{one}.“ {b} sagte: „{other}.“",
]


@pytest.mark.parametrize("shape", SHAPES)
def test_each_has_its_own_speaker(both, shape):
    words = {"one": BARE_KNEW, "other": BARE_SOLD}
    right = looked_up(both, shape.format(a="Ada Lind", b="Jo Tannen", **words), 0)
    assert [one["outcome"] for one in right] == ["recorded"] * 2
    compared = [one["speaker"]["outcome"] for one in right]
    assert compared[1] == "same"
    assert compared[0] in ({"not-compared"} if "So {a}" in shape else {"same"})
    turned = looked_up(both, shape.format(a="Jo Tannen", b="Ada Lind", **words), 1)
    assert [one["speaker"]["outcome"] for one in turned] == [
        "differs" if one == "same" else one for one in compared
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"“{KNEW}” Jo Tannen said: “{SOLD}”",
        f"“{KNEW}” “{SOLD}” said Jo Tannen.",
    ],
)
def test_who_leads_into_the_next_is_not_taken_for_the_first(both, text):
    first, second = looked_up(both, text, 0)
    assert first["speaker"]["outcome"] == "not-compared"
    assert second["speaker"]["outcome"] == "same"


def test_a_verb_that_is_left_out_leaves_it_open(both):
    text = f"Ada Lind said “{BARE_KNEW}”; Jo Tannen, “{BARE_SOLD}”."
    first, second = looked_up(both, text, 0)
    assert first["speaker"]["outcome"] == "same"
    assert second["speaker"]["outcome"] == "not-compared"


def test_one_speaker_who_is_named_once_said_both(both):
    first, second = looked_up(both, f"Ada Lind said “{BARE_KNEW}” and “{BARE_SOLD}”.", 1)
    assert (first["speaker"]["outcome"], second["speaker"]["outcome"]) == ("same", "differs")


def test_a_withheld_speaker_who_leads_into_the_next_is_told(both):
    (kept,) = (one["id"] for one in both.json("list", "quote") if "Ada" in str(one))
    both.run("withhold", kept, "--field", "speaker", "--reason", "A source.")
    text = f"Jo Tannen said “{BARE_KNEW}”, while Lind said “{BARE_SOLD}”."
    assert looked_up(both, text, 1)[0]["withheld"] != []


def test_it_runs_over_two_records(desk):
    one, other = record(desk, KNEW, "Jo Tannen"), record(desk, SOLD, "Jo Tannen")
    (found,) = looked_up(desk, f"“{KNEW} {SOLD}” said Jo Tannen.", 0)
    assert (found["outcome"], found["notes"]) == ("recorded", ["spans-records"])
    assert [each["id"] for each in found["records"]] == [one, other]
    assert found["speaker"]["outcome"] == "same"
    told = desk.out("proofread", "-", stdin=f"“{KNEW} {SOLD}” said Jo Tannen.")
    assert "No record holds it whole: it runs over these" in told


@pytest.mark.parametrize(
    ("who", "outcome", "code"), [("Ada Lind", "differs", 1), ("Jo Tannen", "differs", 1)]
)
def test_who_said_but_one_of_two_records_did_not_say_it_all(both, who, outcome, code):
    (found,) = looked_up(both, f"“{KNEW} {SOLD}” said {who}.", code)
    assert found["speaker"]["outcome"] == outcome


def test_what_goes_beyond_the_records_is_not_recorded(both):
    (found,) = looked_up(both, f"“{KNEW} {SOLD} Nobody asked”", 0)
    assert (found["outcome"], found["records"]) == ("unrecorded", [])
    (found,) = looked_up(both, "“where the cameras would stand. We sold 400”", None)
    assert found["outcome"] == "recorded"


def test_a_retracted_record_among_them_is_told(both):
    gone = next(one["id"] for one in both.json("list", "quote") if "Jo" in str(one))
    both.run("retract", gone, "--reason", "A mistake", "--yes")
    (found,) = looked_up(both, f"“{KNEW} {SOLD}”", 1)
    assert "retracted" in found["look"]


@pytest.mark.parametrize(
    ("shape", "one", "other"),
    [
        ("According to {a}, “{knew}”, while {b} says “{sold}”.", "same", "same"),
        ("According to {b}, “{knew}”, while {a} says “{sold}”.", "differs", "differs"),
        ("Laut {b} “{knew}”, während {a} sagt “{sold}”.", "differs", "differs"),
        ("“{knew},” {a} told {b}. “{sold},” {b} told {a}.", "same", "same"),
        ("“{knew},” {b} told {a}. “{sold},” {a} told {b}.", "differs", "differs"),
    ],
)
def test_who_tells_is_named_and_not_who_is_told(both, shape, one, other):
    names = {"a": "Ada Lind", "b": "Jo Tannen", "knew": BARE_KNEW, "sold": BARE_SOLD}
    code = 0 if (one, other) == ("same", "same") else 1
    found = looked_up(both, shape.format(**names), code)
    assert [each["speaker"]["outcome"] for each in found] == [one, other]
