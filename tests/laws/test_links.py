"""Support runs in no circle, and the independence of origins is never made more of."""

from hypothesis import example, given
from hypothesis import strategies as st

from evidence_chain.entry import RELATIONS
from evidence_chain.graph import Graph
from evidence_chain.rules import SPEAKS, find_cycle
from graph_builder import Log

CLAIMS = st.integers(0, 4)
EDGES = st.lists(st.tuples(CLAIMS, CLAIMS), max_size=8)


# Circles of support


def reachable(edges):
    """All pairs that a path of at least one edge joins, by repeated joining."""
    joined = set(edges)
    while True:
        further = {(a, d) for a, b in joined for c, d in joined if b == c} - joined
        if not further:
            return joined
        joined |= further


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=16))
@example([(0, 0)])
@example([(0, 1), (1, 2), (0, 2), (2, 0)])
@example([(0, 1), (0, 2), (1, 3), (2, 3)])
@example([(0, 1), (2, 1), (1, 0)])
def test_a_circle_is_found_if_and_only_if_there_is_one(edges):
    circle = find_cycle(edges)
    assert (circle is not None) == any(a == b for a, b in reachable(edges))
    if circle is not None:
        assert len(set(circle)) == len(circle) > 0
        assert set(zip(circle, circle[1:] + circle[:1], strict=True)) <= set(edges)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 30)).map(lambda e: (e[0], sum(e)))))
def test_links_that_all_go_forward_make_no_circle(edges):
    assert find_cycle(edges) is None


def spoken(edges, quoted):
    """Five claims that support each other so, and quotes that support some of them."""
    log = Log()
    for _ in range(5):
        log.add("claim")
    for from_, to in edges:
        log.link(from_, "supports", to)
    return log, [(log.quote(claim=claim), claim) for claim in quoted]


@given(EDGES, st.lists(CLAIMS, max_size=4))
def test_a_claim_rests_on_evidence_alone_however_claims_support_each_other(edges, quoted):
    log, quotes = spoken(edges, quoted)
    leads = reachable(edges)
    for claim in range(5):
        on = {quote for quote, to in quotes if to == claim or (to, claim) in leads}
        assert log.graph.support(claim) == on
        assert (log.structure(claim).supports > 0) == bool(on)


@given(EDGES, st.lists(CLAIMS, max_size=4), st.data())
def test_what_is_retracted_never_adds_support(edges, quoted, data):
    log, quotes = spoken(edges, quoted)
    ends = [*(link.index for link in log.links), *(quote for quote, _ in quotes)]
    before = [log.structure(claim) for claim in range(5)]
    for index in data.draw(st.lists(st.sampled_from(ends))) if ends else []:
        log.retract(index)
    for claim, was in enumerate(before):
        now = log.structure(claim)
        assert (now.supports, now.documents) <= (was.supports, was.documents)
        assert now.documents <= was.documents


# The order of links


@st.composite
def logs(draw):
    """Any records with any links between them, of which some are retracted."""
    log = Log()
    for _ in range(3):
        log.add("claim")
    files = [log.add(kind) for kind in ("artifact", "artifact", "original")]
    quotes = [log.add("evidence/quote", draw(st.sampled_from(files[:2]))) for _ in range(3)]
    records = st.sampled_from([*range(3), *files, *quotes])
    replaced = set()
    for relation in draw(st.lists(st.sampled_from(RELATIONS), max_size=12)):
        from_, to = draw(records), draw(records)
        if relation in SPEAKS:
            to %= 3
        if relation != "replaces" or to not in replaced:
            log.link(from_, relation, to)
            replaced |= {to} if relation == "replaces" else set()
    for index in draw(st.sets(st.integers(0, 9 + len(log.links)), max_size=3)):
        log.retract(index)
    return log


@given(logs(), st.randoms(use_true_random=False))
def test_the_order_of_links_does_not_matter(log, chance):
    shuffled = chance.sample(log.links, len(log.links))
    other = Graph(log.nodes, shuffled, log.retracted)
    for claim in range(3):
        assert other.support(claim) == log.graph.support(claim)
        assert other.structure(claim) == log.graph.structure(claim)
    for index in log.nodes:
        assert other.lineage(index) == log.graph.lineage(index)
        assert other.roots(index) == log.graph.roots(index)


@given(logs())
def test_a_link_that_is_said_twice_counts_twice_and_joins_no_more(log):
    again = [link._replace(index=link.index + 1000) for link in log.links]
    live = [link for link in again if link.index - 1000 not in log.retracted]
    twice = Graph(log.nodes, [*log.links, *live], log.retracted)
    for claim in range(3):
        one, two = log.structure(claim), twice.structure(claim)
        assert (two.origins, two.documents) == (one.origins, one.documents)
        assert (two.status, two.supports) == (one.status, 2 * one.supports)


# Independent origins, against an oracle that follows every way


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


@given(st.lists(st.sampled_from(["artifact", "original"]), min_size=1, max_size=7), st.data())
def test_origins_are_those_of_the_oracle(kinds, data):
    log = Log()
    log.add("claim")
    documents = [log.add(kind) for kind in kinds]
    files = [index for index in documents if log.nodes[index].kind == "artifact"]
    edges = {}

    def derive(index, among, relation="derives-from"):
        targets = st.lists(st.sampled_from(among), unique=True, max_size=2)
        for target in data.draw(targets) if among else []:
            log.link(index, relation, target)
            edges.setdefault(index, set()).add(target)

    for index in files:
        earlier = [document for document in documents if document < index]
        derive(index, earlier)
        derive(index, [document for document in earlier if document not in files], "preserves")
    quotes = [log.quote(file) for file in files for _ in range(data.draw(st.integers(0, 2)))]
    for quote in quotes:
        derive(quote, documents)
        edges.setdefault(quote, {log.nodes[quote].artifact})
    roots = [naive_roots(edges, quote) for quote in quotes]
    structure = log.structure()
    assert structure.origins == naive_components(roots)
    assert structure.supports == len(quotes)
    assert structure.documents == len({log.nodes[quote].artifact for quote in quotes})


@given(
    st.lists(st.sampled_from([(later, earlier) for later in range(6) for earlier in range(later)])),
    st.lists(st.integers(0, 5), min_size=1, max_size=6),
)
def test_saying_more_of_where_files_come_from_never_makes_more_origins(derivations, quoted):
    log = Log()
    log.add("claim")
    files = [log.add("artifact") for _ in range(6)]
    for file in quoted:
        log.quote(files[file])
    before = log.origins()
    assert before == len(set(quoted))
    for from_, to in derivations:
        log.link(files[from_], "derives-from", files[to])
        after = log.origins()
        assert 1 <= after <= before
