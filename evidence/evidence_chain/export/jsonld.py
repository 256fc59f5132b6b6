"""JSON-LD: passages as W3C Web Annotations, claims and documents in the words of schema.org.

    annotation(passage, file, at)   https://www.w3.org/TR/annotation-model/
    claim(resolved, at)             https://schema.org/Claim
    document(record, at)            https://schema.org/MediaObject
    joined(relation, from_, to, at) a link or a retraction

What bears on a claim is linked by the Citation Typing Ontology (http://purl.org/spar/cito), which
has the three relations. There is no rating, no review and no verdict: none is known here. Records
that no longer count, and values that are withheld, are left out.

A preserved file is named by its SHA-256 digest as RFC 6920 has it (`ni:///sha-256;…`), and a record
by what `at` makes of its id, such as the address of its page.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from evidence_chain.errors import FormatError
from evidence_chain.text import spans

Node = dict[str, Any]
At = Callable[[str], str]
"""The IRI of a record, from its id."""

ANNOTATION = "http://www.w3.org/ns/anno.jsonld"
SCHEMA = "https://schema.org"
CITO = "http://purl.org/spar/cito/"
RELATIONS = {
    "supports": "cito:isSupportedBy",
    "contradicts": "cito:isDisputedBy",
    "qualifies": "cito:isQualifiedBy",
}
JOINS = {
    "supports": "cito:supports",
    "contradicts": "cito:disputes",
    "qualifies": "cito:qualifies",
    "derives-from": "isBasedOn",
    "preserves": "encodesCreativeWork",
    "translates": "translationOfWork",
    "answers": "cito:repliesTo",
    "replaces": "cito:updates",
    "retracts": "cito:retracts",
}
"""What a link, or a retraction, says of the record that it starts from."""
_CONTEXT = [SCHEMA, {"cito": CITO}]


@dataclass(frozen=True, slots=True)
class Named:
    """A record: its id and the values that it discloses."""

    id: str
    body: Mapping[str, Any]

    def get(self, name: str) -> Any:  # noqa: ANN401
        """A value, `None` if it is empty or withheld."""
        return self.body.get(name) or None


def annotation(passage: Named, file: Named | None, at: At) -> Node:
    """A passage as an annotation of the file that it stands in.

    Args:
        passage: An evidence record.
        file: The record of the preserved file; `None` if it is withheld.
        at: The IRI of a record.

    Returns:
        An Annotation whose bodies are the passage as it was typed and the recorder's note, and
        whose targets are the fragments of the file, each by all of its selectors.
    """
    by = passage.get("recorded_by")
    return _without_empty(
        {
            "@context": ANNOTATION,
            "id": at(passage.id),
            "type": "Annotation",
            "motivation": "highlighting",
            "created": passage.get("recorded_at"),
            "creator": by and {"type": "Person", "name": by},
            "body": [
                _textual(passage.get("text"), "describing", passage.get("language")),
                _textual(passage.get("note"), "commenting"),
            ],
            "target": _targets(passage, file, at),
        }
    )


def _textual(value: str | None, purpose: str, language: str | None = None) -> Node | None:
    if value is None:
        return None
    said = {"type": "TextualBody", "value": value, "format": "text/plain"}
    return _without_empty({**said, "language": language, "purpose": purpose})


def _targets(passage: Named, file: Named | None, at: At) -> list[Node | str]:
    source = at(passage.id) if file is None else _source(file, at)
    extractor = passage.get("extractor") or {}
    drawn_by = extractor and {
        "type": "Software",
        "name": extractor.get("name"),
        "schema:softwareVersion": extractor.get("version"),
    }
    targets: list[Node | str] = [
        _without_empty(
            {
                "type": "SpecificResource",
                "source": source,
                "selector": group,
                "renderedVia": drawn_by,
            }
        )
        for group in _groups(passage.get("selector"))
    ]
    return targets or [source]


def _source(file: Named, at: At) -> str:
    sha256 = file.get("sha256")
    return named_information(sha256) if sha256 else at(file.id)


def _groups(selectors: Any) -> list[list[Node]]:  # noqa: ANN401
    """The selectors of each fragment of a passage (docs/format.md, section 7)."""
    try:
        count = len(spans(selectors or []))
    except FormatError:
        return []
    groups: list[list[Node]] = [[] for _ in range(count)]
    place = -1
    for selector in selectors or []:
        place += selector["type"] == "TextQuoteSelector"
        groups[place].append(dict(selector))
    return groups


def named_information(sha256: str) -> str:
    """The name of a file by its SHA-256 digest in hex (RFC 6920, section 3)."""
    encoded = urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip("=")
    return f"ni:///sha-256;{encoded}"


def claim(resolved: Mapping[str, Any], at: At) -> Node:
    """A claim with what supports, contradicts and qualifies it.

    Args:
        resolved: What `evidence resolve --json` says of the claim.
        at: The IRI of a record.

    Returns:
        A Claim. Its appearances are the documents whose passages support it; the first of them is
        the one with the earliest date, if any has one.
    """
    node = {"@context": _CONTEXT} | _claim(resolved["claim"], resolved.get("chain", ()), at)
    supporting = [
        _appearance(link["record"], at)
        for link in _counting(resolved.get("chain", ()), "supports")
        if link["record"].get("document")
    ]
    dated = [one for one in supporting if one["date"]]
    first = min(dated, key=lambda one: one["date"])["node"] if dated else None
    appearances = {one["node"]["@id"]: one["node"] for one in supporting}
    return _without_empty(
        {**node, "appearance": list(appearances.values()), "firstAppearance": first}
    )


def _claim(record: Mapping[str, Any], chain: Any, at: At) -> Node:  # noqa: ANN401
    bearing = {
        name: [_speaker(link, at) for link in _counting(chain, relation)]
        for relation, name in RELATIONS.items()
    }
    return _without_empty(
        {
            "@type": "Claim",
            "@id": at(record["id"]),
            "identifier": _digest(record["id"]),
            "alternateName": record.get("slug"),
            "text": record.get("statement"),
            **bearing,
            "citation": [{"@id": one["@id"]} for some in bearing.values() for one in some],
        }
    )


def _counting(chain: Any, relation: str) -> list[Any]:  # noqa: ANN401
    return [link for link in chain if link["relation"] == relation and link["counts"]]


def _speaker(link: Mapping[str, Any], at: At) -> Node:
    record = link["record"]
    if record["kind"] == "claim":
        return _claim(record, link.get("chain", ()), at)
    said = record["fields"]
    who = said.get("speaker") or said.get("sender")
    held = record.get("document")
    return _without_empty(
        {
            "@type": "Quotation",
            "@id": at(record["id"]),
            "identifier": _digest(record["id"]),
            "text": record.get("text"),
            "inLanguage": said.get("language"),
            "dateCreated": said.get("date"),
            "spokenByCharacter": who and {"@type": "Person", "name": who},
            "isPartOf": held and _document(Named(held["id"], held), at),
        }
    )


def _appearance(record: Mapping[str, Any], at: At) -> dict[str, Any]:
    held = record["document"]
    date = record["fields"].get("date") or held.get("published")
    return {"date": date, "node": _document(Named(held["id"], held), at)}


def document(record: Named, at: At) -> Node:
    """A preserved file, or an original that is not held."""
    return {"@context": SCHEMA} | _document(record, at)


def _document(record: Named, at: At) -> Node:
    author, publisher, size = map(record.get, ("author", "publisher", "size"))
    is_file = record.get("blake3") is not None
    return _without_empty(
        {
            "@type": "MediaObject" if is_file else "CreativeWork",
            "@id": at(record.id),
            "identifier": _digest(str(record.get("blake3"))) if is_file else None,
            "name": record.get("title") or record.get("filename"),
            "author": author and {"@type": "Person", "name": author},
            "publisher": publisher and {"@type": "Organization", "name": publisher},
            "datePublished": record.get("published"),
            "inLanguage": record.get("language"),
            "url": _web(record.get("url")),
            "encodingFormat": record.get("media_type"),
            "contentSize": size and str(size),
            "sha256": record.get("sha256"),
        }
    )


def joined(relation: str, from_: str, to: str, at: At) -> Node:
    """What a link says: the record that it starts from, its relation, and where it leads."""
    return {"@context": _CONTEXT, "@id": at(from_), JOINS[relation]: {"@id": at(to)}}


def _digest(blake3: str) -> Node:
    return {"@type": "PropertyValue", "propertyID": "BLAKE3", "value": blake3}


def _web(url: str | None) -> str | None:
    """An address that is one of the web, and no script."""
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") else None
    except ValueError:
        return None


def _without_empty(node: Mapping[str, Any]) -> Node:
    """`node` without what has no value, in its lists too."""
    kept = {
        name: [one for one in value if one is not None] if isinstance(value, list) else value
        for name, value in node.items()
    }
    return {name: value for name, value in kept.items() if value not in (None, "", [], {})}
