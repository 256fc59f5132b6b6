"""A graph that tests put together record by record."""

from itertools import count

from evidence_chain.graph import Graph, Link, Node

QUOTE = "evidence/quote"


class Log:
    """A log that is put together record by record. Each method returns the record's index."""

    def __init__(self):
        self.nodes = {}
        self.links = []
        self.retracted = {}
        self._next = count()

    @property
    def graph(self):
        return Graph(self.nodes, self.links, self.retracted)

    def add(self, kind, artifact=None):
        index = next(self._next)
        self.nodes[index] = Node(index, kind, artifact)
        return index

    def link(self, from_, relation, to):
        index = next(self._next)
        self.links.append(Link(index, relation, from_, to))
        return index

    def retract(self, index):
        self.retracted[index] = next(self._next)

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
