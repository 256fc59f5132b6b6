"""How many origins of a claim's support are independent of each other."""

import pytest

from evidence_chain.graph import Status, Structure
from graph_builder import QUOTE, Log


@pytest.fixture
def log():
    """A log with one claim, which is entry 0."""
    log = Log()
    log.add("claim")
    return log


def test_ten_articles_that_repeat_one_press_release(log):
    release = log.add("artifact")
    for _ in range(10):
        log.quote(log.article(release))
    assert log.structure() == Structure(Status.SUPPORTED, 10, 0, 0, origins=1, documents=10)
    log.quote(release)
    assert log.structure() == Structure(Status.SUPPORTED, 11, 0, 0, origins=1, documents=11)


def test_ten_quotes_of_one_file(log):
    file = log.add("artifact")
    for _ in range(10):
        log.quote(file)
    assert log.structure() == Structure(Status.SUPPORTED, 10, 0, 0, origins=1, documents=1)


def test_an_original_that_is_not_held(log):
    newspaper = log.add("original")
    log.quote(log.article(newspaper))
    log.quote(log.article(newspaper))
    log.quote()
    assert log.structure() == Structure(Status.SUPPORTED, 3, 0, 0, origins=2, documents=3)


def test_a_chain_of_articles(log):
    release = log.add("original")
    first = log.article(release)
    second = log.article(first)
    third = log.article(second)
    for file in (first, second, third):
        log.quote(file)
    assert release in log.graph.lineage(third)
    assert log.origins() == 1


def test_a_passage_that_derives_from_elsewhere_than_its_file(log):
    file, release = log.add("artifact"), log.add("original")
    own, copied = log.quote(file), log.quote(file)
    log.link(copied, "derives-from", release)
    assert file in log.graph.lineage(own)
    assert release in log.graph.lineage(copied)
    assert log.structure() == Structure(Status.SUPPORTED, 2, 0, 0, origins=2, documents=1)


def test_a_record_with_two_roots_joins_what_would_be_apart(log):
    one, other = log.add("original"), log.add("original")
    log.quote(log.article(one))
    log.quote(log.article(other))
    assert log.origins() == 2
    log.quote(log.article(one, other))
    assert log.origins() == 1


def test_components_joined_in_a_row(log):
    originals = [log.add("original") for _ in range(6)]
    for pair in zip(originals[::2], originals[1::2], strict=True):
        log.quote(log.article(*pair))
    assert log.origins() == 3
    log.quote(log.article(originals[1], originals[2]))
    assert log.origins() == 2
    log.quote(log.article(originals[0], originals[5]))
    assert log.origins() == 1


def test_a_derivation_that_was_retracted_joins_nothing(log):
    release = log.add("artifact")
    article = log.add("artifact")
    link = log.link(article, "derives-from", release)
    log.quote(article)
    log.quote(release)
    assert log.origins() == 1
    log.retract(link)
    assert article in log.graph.lineage(article)
    assert log.origins() == 2


def test_records_that_do_not_count_join_nothing(log):
    one, other = log.add("original"), log.add("original")
    log.quote(log.article(one))
    log.quote(log.article(other))
    log.retract(log.quote(log.article(one, other)))
    log.quote(log.article(one, other), speaks="contradicts")
    assert log.origins() == 2


def test_a_file_that_preserves_an_original_is_rooted_in_it(log):
    newspaper = log.add("original")
    scan = log.add("artifact")
    link = log.link(scan, "preserves", newspaper)
    log.quote(scan)
    log.quote(log.article(newspaper))
    assert newspaper in log.graph.lineage(scan)
    assert log.structure() == Structure(Status.SUPPORTED, 2, 0, 0, origins=1, documents=2)
    log.retract(link)
    assert log.origins() == 2


def test_two_files_that_preserve_one_original(log):
    newspaper = log.add("original")
    for _ in range(2):
        scan = log.add("artifact")
        log.link(scan, "preserves", newspaper)
        log.quote(scan)
    assert log.origins() == 1


def test_a_preserved_original_that_itself_repeats_another(log):
    release, newspaper = log.add("original"), log.add("original")
    scan = log.article(release)
    log.link(scan, "preserves", newspaper)
    log.quote(scan)
    log.quote(log.article(newspaper))
    assert log.origins() == 1
    log.quote(log.article(release))
    assert log.origins() == 1


@pytest.mark.parametrize("derived", [False, True])
def test_a_file_that_was_replaced_is_rooted_in_its_replacement(log, derived):
    old, new = log.add("artifact"), log.add("artifact")
    if derived:
        log.link(old, "derives-from", log.add("original"))
    log.quote(log.article(old))
    log.quote(new)
    assert log.origins() == 2
    log.link(new, "replaces", old)
    assert new in log.graph.lineage(old)
    assert log.origins() == 1


def test_an_original_that_was_replaced_is_rooted_in_its_replacement(log):
    old, new = log.add("original"), log.add("original")
    log.link(new, "replaces", old)
    log.quote(log.article(old))
    log.quote(log.article(new))
    assert log.origins() == 1


def test_files_that_derive_from_each_other_are_one_origin(log):
    one, other = log.add("artifact"), log.add("artifact")
    log.link(one, "derives-from", other)
    log.link(other, "derives-from", one)
    quotes = [log.quote(one), log.quote(one), log.quote(other)]
    assert all(log.graph.lineage(quote) >= {one, other} for quote in quotes)
    assert log.origins() == 1


def test_files_that_derive_from_each_other_and_from_a_third(log):
    one, other, release = log.add("artifact"), log.add("artifact"), log.add("original")
    log.link(one, "derives-from", other)
    log.link(other, "derives-from", one)
    log.link(other, "derives-from", release)
    assert release in log.graph.lineage(log.quote(one))
    assert release in log.graph.lineage(log.quote(other))
    assert log.origins() == 1


def test_a_way_out_of_a_circle_makes_no_more_origins(log):
    one, other, third = log.add("artifact"), log.add("artifact"), log.add("artifact")
    log.link(one, "derives-from", other)
    log.link(other, "derives-from", one)
    log.link(third, "derives-from", one)
    for file in (one, third):
        log.quote(file)
    assert log.origins() == 1
    log.link(third, "derives-from", log.add("original"))
    assert log.origins() == 1
    log.link(other, "derives-from", log.add("original"))
    assert log.origins() == 1


def test_a_passage_whose_file_is_withheld(log):
    for _ in range(2):
        log.link(log.add(QUOTE), "supports", 0)
    assert log.structure() == Structure(Status.SUPPORTED, 2, 0, 0, origins=2, documents=0)


def test_a_long_chain_of_derivations(log):
    file = first = log.add("artifact")
    for _ in range(5000):
        file = log.article(file)
    assert first in log.graph.lineage(file)


def test_roots_are_the_ends_of_a_lineage(log):
    release, advice = log.add("original"), log.add("original")
    article = log.article(log.article(release))
    log.link(article, "derives-from", advice)
    assert log.graph.roots(log.quote(article)) == [release, advice]
    assert log.graph.roots(log.quote(alone := log.add("artifact"))) == [alone]


def test_the_earliest_of_a_circle_is_its_root(log):
    one, other = log.add("artifact"), log.add("artifact")
    log.link(one, "derives-from", other)
    log.link(other, "derives-from", one)
    assert log.graph.roots(other) == log.graph.roots(one) == [one]


@pytest.mark.parametrize("kind", ["request-email", "no-response", "translation"])
def test_what_a_newsroom_made_itself_is_no_independent_origin(log, kind):
    own = log.add(f"evidence/{kind}", log.add("artifact"))
    log.link(own, "supports", 0)
    assert log.structure() == Structure(Status.SUPPORTED, 1, 0, 0, origins=0, documents=1)
    log.quote()
    assert log.structure() == Structure(Status.SUPPORTED, 2, 0, 0, origins=1, documents=2)


def test_what_is_no_origin_of_its_own_still_joins_others(log):
    one, other = log.add("artifact"), log.add("artifact")
    log.quote(one)
    log.quote(other)
    translation = log.add("evidence/translation", log.article(one, other))
    log.link(translation, "supports", 0)
    assert log.origins() == 1


def test_what_is_withheld_counts_as_no_origin(log):
    """As where an edition withholds the file of a passage, or all of a record."""
    log.quote()
    withheld = log.quote(artifact=None)
    log.nodes[withheld] = log.nodes[withheld]._replace(artifact=None, withheld=True)
    found = log.structure()
    assert (found.supports, found.origins, found.origins_withheld) == (2, 1, 1)
