"""`verify.html` over what is withheld: it counts what `evidence check` and edition.json count."""

import pytest

from editions import publish

WHY = "It protects a source of ours."


@pytest.fixture(scope="module")
def hidden(template, tmp_path_factory):
    """An edition without a file, a passage, a field and a statement."""
    case = template.copy_to(tmp_path_factory.mktemp("hidden"))
    for words in (
        ("release.html",),
        (case.ids["clause"],),
        (case.ids["twice"], "--field", "speaker"),
        ("microphones-listen", "--field", "statement"),
        (case.ids["retraction"], "--field", "reason"),  # it names the file
    ):
        case.run("withhold", *words, "--reason", WHY)
    return publish(case, case.home / "out", words=("--despite", "tender.txt"))


def test_it_counts_what_the_command_line_and_the_edition_count(checker, hidden):
    said, found = hidden.said["counts"], hidden.check()
    assert found.code == 0
    assert min(said["disclosed"], said["partly"], said["withheld"]) > 0
    assert found.counted["records that are withheld"] == said["withheld"]
    assert found.counted["records of which fields are withheld"] == said["partly"]
    assert checker.check(hidden.path, hidden.key.verifier) == "holds"
    scope = checker.page.inner_text(".scope")
    assert f"records that are withheld: {said['withheld']}" in scope
    assert f"records of which fields are withheld: {said['partly']}" in scope


def test_it_says_what_is_withheld_and_why(checker, hidden):
    shown = checker.opened(hidden, "forty microphones")
    assert "This record is withheld" in shown
    assert WHY in shown
