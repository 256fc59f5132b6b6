"""JSON-LD has the shapes that the W3C's annotation model and schema.org demand."""

import json

from evidence_chain.export.jsonld import (
    ANNOTATION,
    RELATIONS,
    Named,
    annotation,
    claim,
    document,
    joined,
    named_information,
)
from evidence_chain.text import make_selectors

TEXT = "The quay was wired in May. Nobody asked. The quay was wired twice."
SHA256 = "ab" * 32
FILE = Named("f" * 64, {"sha256": SHA256, "blake3": "cd" * 32, "media_type": "text/plain"})
PAGE = {
    "type": "FragmentSelector",
    "conformsTo": "http://tools.ietf.org/rfc/rfc8118",
    "value": "page=3",
}
BODY = {
    "text": "Nobody asked",
    "language": "en",
    "note": "Look here",
    "recorded_at": "2031-05-03T10:00:00Z",
    "recorded_by": "tester",
    "extractor": {"name": "evidence-chain/plain", "version": "1", "options": {}},
    "selector": make_selectors(TEXT, [(27, 39)]),
}
ALLOWED_MOTIVATIONS = {"highlighting", "describing", "commenting", "identifying", "linking"}


def at(id_):
    return f"https://case.example/record/{id_}"


def passage(**changed):
    return Named("e" * 64, BODY | changed)


def common(id_, kind):
    return {"id": id_ * 64, "kind": kind, "index": 1, "ended": None}


def link(relation, record, *, counts=True, chain=()):
    return {"relation": relation, "counts": counts, "record": record, "chain": list(chain)}


def evidence(id_, *, date=None, published=None, text="Nobody asked", url="https://a.example/"):
    held = common("d", "artifact") | {
        **{"title": "Minutes", "blake3": "cd" * 32, "size": 7, "media_type": "text/plain"},
        **{"published": published, "url": url, "publisher": "The Tide"},
    }
    held["id"] = (id_ + "d") * 32
    said = {"speaker": "A clerk", "language": "en"} | ({"date": date} if date else {})
    return common(id_, "evidence/quote") | {"text": text, "fields": said, "document": held}


def resolved(*chain):
    about = common("c", "claim") | {"slug": "board-knew", "statement": "The board knew"}
    return {"claim": about, "status": "contested", "chain": list(chain)}


def nodes(value):
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from nodes(one)


def test_an_annotation_has_what_the_model_demands():
    made = annotation(passage(), FILE, at)
    assert made["@context"] == ANNOTATION == "http://www.w3.org/ns/anno.jsonld"
    assert made["id"] == at("e" * 64)
    assert made["type"] == "Annotation"
    assert made["motivation"] in ALLOWED_MOTIVATIONS
    assert made["target"]
    assert made["created"].endswith("Z")
    for body in made["body"]:
        assert body["type"] == "TextualBody"
        assert body["purpose"] in ALLOWED_MOTIVATIONS
        assert isinstance(body["value"], str)


def test_the_target_is_the_file_by_its_digest_with_all_selectors():
    (target,) = annotation(passage(), FILE, at)["target"]
    assert target["type"] == "SpecificResource"
    assert target["source"] == named_information(SHA256)
    quoted, positioned = target["selector"]
    assert quoted == {
        "type": "TextQuoteSelector",
        "exact": "Nobody asked",
        "prefix": TEXT[:27],
        "suffix": TEXT[39:71],
    }
    assert positioned == {"type": "TextPositionSelector", "start": 27, "end": 39}


def test_the_page_is_a_fragment_selector():
    (target,) = annotation(passage(selector=[*BODY["selector"], PAGE]), FILE, at)["target"]
    assert target["selector"][2] == PAGE


def test_each_fragment_of_a_passage_is_a_target_of_its_own():
    selectors = make_selectors(TEXT, [(0, 8), (27, 39)])
    targets = annotation(passage(selector=selectors), FILE, at)["target"]
    assert [one["selector"][0]["exact"] for one in targets] == ["The quay", "Nobody asked"]


def test_what_is_withheld_is_left_out():
    made = annotation(Named("e" * 64, {}), None, at)
    assert made["target"] == [at("e" * 64)]
    assert "body" not in made
    assert "creator" not in made
    no_digest = Named("f" * 64, {})
    assert annotation(Named("e" * 64, {}), no_digest, at)["target"] == [at("f" * 64)]


def test_a_misshapen_selector_is_left_out():
    made = annotation(passage(selector=[{"type": "nothing"}]), FILE, at)
    assert made["target"] == [named_information(SHA256)]


def test_a_claim_is_one_of_schema_org():
    made = claim(resolved(link("supports", evidence("1"))), at)
    assert made["@context"][0] == "https://schema.org"
    assert (made["@type"], made["@id"]) == ("Claim", at("c" * 64))
    assert made["text"] == "The board knew"
    assert made["appearance"][0]["@type"] == "MediaObject"


def test_what_bears_on_a_claim_is_told_apart():
    chain = [link(relation, evidence(id_)) for id_, relation in zip("123", RELATIONS, strict=True)]
    made = claim(resolved(*chain), at)
    for id_, name in zip("123", RELATIONS.values(), strict=True):
        (said,) = made[name]
        assert (said["@type"], said["@id"]) == ("Quotation", at(id_ * 64))
        assert said["spokenByCharacter"]["name"] == "A clerk"
    assert [one["@id"] for one in made["citation"]] == [at(id_ * 64) for id_ in "123"]
    assert made["@context"][1] == {"cito": "http://purl.org/spar/cito/"}


def test_a_claim_never_gets_a_rating():
    made = claim(resolved(link("contradicts", evidence("1"))), at)
    text = json.dumps(made)
    for word in ("Review", "ating", "verdict", "true", "false"):
        assert word not in text


def test_only_what_supports_a_claim_is_an_appearance_and_the_first_has_the_earliest_date():
    made = claim(
        resolved(
            link("supports", evidence("1", date="2031-05-03")),
            link("supports", evidence("2", published="2029-01-01")),
            link("supports", evidence("3")),
            link("contradicts", evidence("4", date="1999-01-01")),
        ),
        at,
    )
    assert [one["@id"] for one in made["appearance"]] == [at((id_ + "d") * 32) for id_ in "123"]
    assert made["firstAppearance"]["@id"] == at("2d" * 32)


def test_a_document_appears_once():
    made = claim(resolved(link("supports", evidence("1")), link("supports", evidence("1"))), at)
    assert len(made["appearance"]) == 1
    assert "firstAppearance" not in made


def test_what_no_longer_counts_is_left_out():
    made = claim(resolved(link("supports", evidence("1"), counts=False)), at)
    assert not {"citation", "appearance", *RELATIONS.values()} & made.keys()


def test_a_claim_that_rests_on_a_claim_holds_it():
    other = common("b", "claim") | {"slug": "told", "statement": "It was told"}
    below = [link("contradicts", evidence("1"))]
    made = claim(resolved(link("supports", other, chain=below)), at)
    (inner,) = made["cito:isSupportedBy"]
    assert inner["@type"] == "Claim"
    assert inner["cito:isDisputedBy"][0]["@id"] == at("1" * 64)
    assert "@context" not in inner


def test_only_addresses_of_the_web_are_told():
    for url in ("javascript:alert(1)", "data:text/html,x", "http://[", "file:///etc/passwd"):
        made = document(Named("f" * 64, {"url": url, "title": "x"}), at)
        assert "url" not in made
    assert document(Named("f" * 64, {"url": "https://a.example/"}), at)["url"]


def test_a_link_says_what_it_joins():
    for relation in (*RELATIONS, "derives-from", "preserves", "translates", "answers", "replaces"):
        made = joined(relation, "a", "b", at)
        (named,) = made.keys() - {"@context", "@id"}
        assert (made["@id"], made[named]) == (at("a"), {"@id": at("b")})


def test_an_original_that_is_not_held_has_no_digest():
    made = document(Named("f" * 64, {"title": "Letter", "author": "An auditor"}), at)
    assert made["@type"] == "CreativeWork"
    assert made["author"] == {"@type": "Person", "name": "An auditor"}
    assert not {"identifier", "sha256"} & made.keys()


def test_a_file_has_its_digests():
    made = document(FILE, at)
    assert made["@type"] == "MediaObject"
    assert made["sha256"] == SHA256
    assert made["identifier"]["propertyID"] == "BLAKE3"


def test_no_node_has_an_empty_value():
    withheld = evidence("2", text=None, url=None)
    made = claim(resolved(link("supports", withheld), link("supports", evidence("1"))), at)
    for node in [*nodes(made), *nodes(annotation(passage(note=None), FILE, at))]:
        assert None not in node.values()
        assert "" not in node.values()
        assert [] not in node.values()
