"""What a claim rests on: which links count, and how many origins are independent."""

from itertools import count

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from evidence_chain.graph import Graph, Link, Node, Status, Structure

QUOTE = "evidence/quote"


class Log:
    """A log that is put together record by record. Each method returns the record's index."""

    def __init__(self):
        self.graph = Graph({}, [], {})
        self._next = count()

    def add(self, kind, artifact=None):
        index = next(self._next)
        self.graph.nodes[index] = Node(index, kind, artifact)
        return index

    def link(self, from_, relation, to):
        index = next(self._next)
        self.graph.links.append(Link(index, relation, from_, to))
        return index

    def retract(self, index):
        self.graph.retracted[index] = next(self._next)

    def quote(self, artifact=None, speaks="supports", claim=0):
        """A quote, in a file of its own if none is given, that speaks to the claim."""
        artifact = self.add("artifact") if artifact is None else artifact
        quote = self.add(QUOTE, artifact)
        self.link(quote, speaks, claim)
        return quote

    def article(self, *origins):
        """A file that derives from `origins`."""
        artifact = self.add("artifact")
        for origin in origins:
            self.link(artifact, "derives-from", origin)
        return artifact

    def structure(self, claim=0):
        return self.graph.structure(claim)

    def origins(self):
        return self.structure().origins


@pytest.fixture
def log():
    """A log with one claim, which is entry 0."""
    log = Log()
    log.add("claim")
    return log


# Status and counts


@pytest.mark.parametrize(
    ("supports", "contradicts", "status"),
    [
        (0, 0, Status.UNSUPPORTED),
        (1, 0, Status.SUPPORTED),
        (3, 0, Status.SUPPORTED),
        (0, 1, Status.CONTRADICTED),
        (0, 2, Status.CONTRADICTED),
        (1, 1, Status.CONTESTED),
        (3, 1, Status.CONTESTED),
    ],
)
@pytest.mark.parametrize("qualifies", [0, 2])
def test_status(log, supports, contradicts, qualifies, status):
    for relation, number in (
        ("supports", supports),
        ("contradicts", contradicts),
        ("qualifies", qualifies),
    ):
        for _ in range(number):
            log.quote(speaks=relation)
    assert log.structure() == Structure(
        status, supports, contradicts, qualifies, origins=supports, documents=supports
    )


def test_links_to_other_claims_do_not_count(log):
    other = log.add("claim")
    log.quote(claim=other)
    log.quote(speaks="contradicts", claim=other)
    assert log.structure() == Structure(Status.UNSUPPORTED, 0, 0, 0, 0, 0)


def test_links_are_listed_in_the_order_of_the_log(log):
    quotes = [log.quote() for _ in range(3)]
    assert [link.from_ for link in log.graph.links_to(0, "supports")] == quotes
    assert log.graph.links_to(0, "contradicts") == []
    (link,) = log.graph.links_from(quotes[1], "supports")
    assert link.to == 0


# What no longer counts


def retract(log, index):
    log.retract(index)


def replace(log, index):
    old = log.graph.nodes.get(index)
    new = log.add(old.kind if old else "link", old.artifact if old else None)
    log.link(new, "replaces", index)


@pytest.mark.parametrize("end", [retract, replace])
@pytest.mark.parametrize("relation", ["supports", "contradicts", "qualifies"])
@pytest.mark.parametrize("what", ["link", "record", "file"])
def test_what_was_ended_does_not_count(log, end, relation, what):
    quote = log.quote(speaks=relation)
    (link,) = log.graph.links
    assert log.graph.counts(link)
    assert getattr(log.structure(), relation) == 1
    ended = {"link": link.index, "record": quote, "file": log.graph.nodes[quote].artifact}[what]
    end(log, ended)
    log.graph = Graph(log.graph.nodes, log.graph.links, log.graph.retracted)
    assert log.graph.ended(ended)
    assert log.graph.is_live(quote) == (what == "link")
    assert not log.graph.counts(link)
    assert log.structure() == Structure(Status.UNSUPPORTED, 0, 0, 0, 0, 0)
    assert log.graph.links_to(0, relation) == [link], "it is still shown"


def test_ended_contradiction_no_longer_contests(log):
    log.quote()
    contradiction = log.quote(speaks="contradicts")
    log.retract(contradiction)
    assert log.structure().status is Status.SUPPORTED


def test_a_replacement_that_was_retracted_replaces_nothing(log):
    quote = log.quote()
    new = log.add(QUOTE, log.graph.nodes[quote].artifact)
    link = log.link(new, "replaces", quote)
    log.retract(link)
    assert log.graph.replaced == {}
    assert log.structure().supports == 1


def test_a_replacement_counts_only_by_its_own_links(log):
    quote = log.quote()
    new = log.add(QUOTE, log.graph.nodes[quote].artifact)
    log.link(new, "replaces", quote)
    log.link(new, "supports", 0)
    assert log.graph.replaced == {quote: new}
    assert log.structure() == Structure(Status.SUPPORTED, 1, 0, 0, 1, 1)


# Support through claims


def test_a_claim_supports_through_its_own_support(log):
    middle, far = log.add("claim"), log.add("claim")
    log.link(middle, "supports", 0)
    log.link(far, "supports", middle)
    quotes = {log.quote(claim=far), log.quote(claim=far), log.quote(claim=middle)}
    assert log.graph.support(0) == quotes
    assert log.structure() == Structure(Status.SUPPORTED, 1, 0, 0, origins=3, documents=3)


def test_a_claim_that_nothing_supports_is_no_support(log):
    middle, far = log.add("claim"), log.add("claim")
    links = [log.link(middle, "supports", 0), log.link(far, "supports", middle)]
    assert not any(map(log.graph.counts, log.graph.links))
    assert log.structure() == Structure(Status.UNSUPPORTED, 0, 0, 0, 0, 0)
    assert [link.index for link in log.graph.links] == links


def test_a_claim_that_is_only_contradicted_is_no_support(log):
    middle = log.add("claim")
    log.link(middle, "supports", 0)
    log.quote(speaks="contradicts", claim=middle)
    assert log.structure().status is Status.UNSUPPORTED


def test_a_claim_whose_support_was_retracted_is_no_support(log):
    middle = log.add("claim")
    log.link(middle, "supports", 0)
    quote = log.quote(claim=middle)
    assert log.structure().supports == 1
    log.retract(quote)
    assert log.structure().supports == 0


@pytest.mark.parametrize("end", [retract, replace])
def test_a_claim_that_was_ended_is_no_support(log, end):
    middle = log.add("claim")
    log.link(middle, "supports", 0)
    log.quote(claim=middle)
    end(log, middle)
    assert log.structure() == Structure(Status.UNSUPPORTED, 0, 0, 0, 0, 0)


def test_a_contradiction_is_never_discounted_for_want_of_support(log):
    log.quote()
    other = log.add("claim")
    log.link(other, "contradicts", 0)
    assert log.structure().status is Status.CONTESTED
    assert log.structure().contradicts == 1


def test_a_qualification_is_never_discounted_for_want_of_support(log):
    log.link(log.add("claim"), "qualifies", 0)
    assert log.structure().qualifies == 1


def test_contradictions_do_not_travel(log):
    middle = log.add("claim")
    log.link(middle, "supports", 0)
    log.quote(claim=middle)
    log.quote(speaks="contradicts", claim=middle)
    assert log.structure().status is Status.SUPPORTED
    assert log.structure(middle).status is Status.CONTESTED


def test_one_record_by_two_ways_is_one_origin(log):
    middle = log.add("claim")
    log.link(middle, "supports", 0)
    quote = log.quote(claim=middle)
    log.link(quote, "supports", 0)
    assert log.structure() == Structure(Status.SUPPORTED, 2, 0, 0, origins=1, documents=1)


@pytest.mark.parametrize("length", [1, 2, 3])
def test_claims_in_a_circle_support_nothing(log, length):
    circle = [0, *(log.add("claim") for _ in range(length - 1))]
    for from_, to in zip(circle, circle[1:] + circle[:1], strict=True):
        log.link(from_, "supports", to)
    assert log.structure() == Structure(Status.UNSUPPORTED, 0, 0, 0, 0, 0)
    quote = log.quote(claim=circle[-1])
    assert all(log.graph.support(claim) == {quote} for claim in circle)
    assert log.structure().origins == 1


def test_a_long_chain_of_claims(log):
    claims = [0, *(log.add("claim") for _ in range(5000))]
    for to, from_ in zip(claims, claims[1:], strict=False):
        log.link(from_, "supports", to)
    quote = log.quote(claim=claims[-1])
    assert log.graph.support(0) == {quote}


# Independent origins


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
    assert log.graph.roots(third) == {release}
    assert log.origins() == 1


def test_a_passage_that_derives_from_elsewhere_than_its_file(log):
    file, release = log.add("artifact"), log.add("original")
    own, copied = log.quote(file), log.quote(file)
    log.link(copied, "derives-from", release)
    assert log.graph.roots(own) == {file}
    assert log.graph.roots(copied) == {release}
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
    assert log.graph.roots(article) == {article}
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
    assert log.graph.roots(scan) == {newspaper}
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
    log.graph = Graph(log.graph.nodes, log.graph.links)
    assert new in log.graph.roots(old)
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
    assert all(log.graph.roots(quote) >= {one, other} for quote in quotes)
    assert log.origins() == 1


def test_files_that_derive_from_each_other_and_from_a_third(log):
    one, other, release = log.add("artifact"), log.add("artifact"), log.add("original")
    log.link(one, "derives-from", other)
    log.link(other, "derives-from", one)
    log.link(other, "derives-from", release)
    assert log.graph.roots(log.quote(one)) == {release}
    assert log.graph.roots(log.quote(other)) == {release}
    assert log.origins() == 1


def test_a_passage_whose_file_is_withheld(log):
    for _ in range(2):
        log.link(log.add(QUOTE), "supports", 0)
    assert log.structure() == Structure(Status.SUPPORTED, 2, 0, 0, origins=2, documents=0)


def test_a_long_chain_of_derivations(log):
    file = first = log.add("artifact")
    for _ in range(5000):
        file = log.article(file)
    assert log.graph.roots(file) == {first}


# Origins against a brute-force oracle


def naive_roots(edges, index):
    """Where `index` leads to in the end, by following every way."""
    further = edges.get(index, ())
    return set().union(*(naive_roots(edges, to) for to in further)) if further else {index}


def naive_components(groups):
    """How many groups are left when any two that share something are joined again and again."""
    groups = [set(group) for group in groups]
    for _ in groups:
        for group in list(groups):
            joined = [other for other in groups if other & group]
            groups = [other for other in groups if not other & group] + [set().union(*joined)]
    return len(groups)


documents = st.lists(st.sampled_from(["artifact", "original"]), min_size=1, max_size=7)


@settings(deadline=None, max_examples=300)
@given(documents, st.data())
@example(["artifact"], None)
def test_origins_are_those_of_the_oracle(kinds, data):
    log = Log()
    log.add("claim")
    nodes = [log.add(kind) for kind in kinds]
    artifacts = [index for index in nodes if log.graph.nodes[index].kind == "artifact"]
    edges = {}

    def draw(items, **size):
        return data.draw(st.lists(st.sampled_from(items), unique=True, **size)) if data else []

    def derive(index, targets):
        for target in targets:
            original = log.graph.nodes[target].kind == "original"
            preserves = original and log.graph.nodes[index].kind == "artifact" and target % 2
            log.link(index, "preserves" if preserves else "derives-from", target)
            edges.setdefault(index, set()).add(target)

    for at, index in enumerate(nodes):
        if at and index in artifacts:
            derive(index, draw(nodes[:at], max_size=2))
    quotes = []
    for artifact in artifacts and draw(artifacts * 2 if not data else artifacts):
        quote = log.quote(artifact)
        derive(quote, draw(nodes, max_size=2))
        edges.setdefault(quote, {artifact})
        quotes.append(quote)
    roots = [naive_roots(edges, quote) for quote in quotes]
    assert [log.graph.roots(quote) for quote in quotes] == roots
    structure = log.structure()
    assert structure.origins == naive_components(roots)
    assert structure.supports == len(quotes)
    assert structure.documents == len({log.graph.nodes[quote].artifact for quote in quotes})


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5))),
    st.lists(st.integers(0, 5), min_size=1, max_size=6),
)
def test_a_further_link_never_makes_more_origins(derivations, quoted):
    """Even where derivations run in circles, saying more of them joins and never parts."""
    log = Log()
    log.add("claim")
    files = [log.add("artifact") for _ in range(6)]
    for file in quoted:
        log.quote(files[file])
    before = log.origins()
    assert before == len(set(quoted))
    for from_, to in derivations:
        log.link(files[from_], "derives-from", files[to])
        log.graph = Graph(log.graph.nodes, log.graph.links)
        after = log.origins()
        assert 1 <= after <= before
