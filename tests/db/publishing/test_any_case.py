"""Whatever was recorded: an edition of it holds, and withholds what wasn't asked for."""

import secrets
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editions import publish

SPEAKS = ("--supports", "--contradicts", "--qualifies")
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]),
    min_size=1,
    max_size=30,
).filter(str.strip)
STEPS = st.lists(
    st.tuples(st.sampled_from(["claim", "link", "original", "retract"]), WORDS, st.integers(0, 99)),
    min_size=1,
    max_size=4,
)


def do(case, number, step, words, at):
    """One more record, if the rules admit it."""
    names = [name for name in case.ids if name not in ("retraction", "replacement")]
    any_ = case.ids[names[at % len(names)]]
    match step:
        case "claim":
            case.run("claim", f"claim-{number}", "--", words)
        case "original":
            case.run("add", "original", f"--title={words}")
        case "link":
            relation = SPEAKS[at % 3]
            case.run("link", any_, "quay-is-wired", relation, "--note", words, code=(0, 2))
        case "retract":
            case.run("retract", any_, "--reason", words, code=(0, 2))


@settings(
    max_examples=6,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS, only=st.sets(st.sampled_from(["board-knew", "quay-is-wired"])))
def test_any_small_case(template, tmp_path, steps, only):
    case = template.copy_to(Path(tmp_path, secrets.token_hex(8)))
    for number, (step, words, at) in enumerate(steps):
        do(case, number, step, words, at)
    case.run("checkpoint")
    overridden = ("--override", "contradictions", "--because", "Asked")
    claims = [word for slug in sorted(only) for word in ("--claim", slug)]
    edition = publish(case, case.home / "out", words=(*overridden, *claims))
    found = edition.check()
    assert found.code == 0, found.details
    counts = edition.said["counts"]
    assert counts["entries"] == len(edition.lines)
    assert counts["withheld"] == len(edition.said["withheld"])
    assert only or not counts["withheld"]
    shown = {line["body"].get("slug") for line in edition.lines if "body" in line} - {None}
    assert only <= shown
    every = b"".join(edition.read(name) for name in edition.files)
    assert b"tester" not in every
