"""The worked example of docs/format.md: recomputed by our code, then checked without it.

Run as a program, this writes the example into the page anew.
"""

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest
import rfc8785
from blake3 import blake3
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from evidence_chain.digest import b3, sha256
from evidence_chain.entry import derive_salts, parse, seal
from evidence_chain.log.checkpoint import Checkpoint, sign
from evidence_chain.log.key import SigningKey
from evidence_chain.log.merkle import leaf_hash, root_of
from evidence_chain.log.proof import consistency_proof, inclusion_proof
from evidence_chain.rules import Place, check_references
from evidence_chain.text import check_match, check_slices, make_selectors, match

PAGE = Path(__file__).parents[2] / "docs" / "format.md"
BLOCK = re.compile(r"<!-- example: (?P<name>[a-z ]+) -->\n\n```text\n(?P<text>.*?)```\n", re.DOTALL)

FILE = "The harbour board 📷 bought “twelve cameras” in May.\n"
QUOTE = "bought “twelve cameras” in May"
KEY = SigningKey("newsroom.example/harbour", bytes(range(32)))


def blocks():
    """The example as the page has it, by name."""
    return {found["name"]: found["text"] for found in BLOCK.finditer(PAGE.read_text())}


# The example, made by our code


def record(number, kind, fields, public=None):
    recorded = {"recorded_at": f"2031-05-03T09:00:0{number}Z", "recorded_by": "Ada"}
    return seal(kind, fields | recorded, seed=bytes([number]) * 32, public=public)


def make_records():
    file = FILE.encode()
    artifact = record(
        0,
        "artifact",
        {
            "blake3": b3(file).hex(),
            "sha256": sha256(file).hex(),
            "size": len(file),
            "media_type": "text/plain",
            "title": None,
        },
    )
    found = match(QUOTE, FILE)
    quote = record(
        1,
        "evidence/quote",
        {
            "artifact": artifact.id,
            "text": QUOTE,
            "selector": make_selectors(FILE, found.fragments),
            "extractor": {"name": "example/plain", "version": "1", "options": {}},
            "extracted": b3(file).hex(),
            "match": {"status": str(found.status), "notes": found.notes, "rules": "1"},
        },
    )
    claim = record(
        2, "claim", {"slug": "bought", "statement": "The board bought cameras.", "note": None}
    )
    link = record(
        3, "link", {"note": None}, {"from": quote.id, "relation": "supports", "to": claim.id}
    )
    return [artifact, quote, claim, link]


def make_example():
    """Every block of the example, by name."""
    records = make_records()
    claim = records[2]
    salts = derive_salts(claim.seed, json.loads(claim.body))
    slug = salts["slug"] + (4).to_bytes(8) + b"slug" + (8).to_bytes(8) + b'"bought"'
    leaves = [leaf_hash(each.entry) for each in records]

    def hash_at(level, index):
        return root_of(leaves[index << level : (index + 1) << level])

    return {
        "file": lines(json.dumps(FILE, ensure_ascii=False), *pairs({"BLAKE3": b3(FILE.encode())})),
        "bodies": lines(*(each.body.decode() for each in records)),
        "salts": lines(*pairs(salts)),
        "commitment": lines(
            *pairs({"salt": salts["slug"], "hashed bytes": slug}),
            f"commitment    {parse(claim.entry).sealed['slug']}",
        ),
        "entry": lines(claim.entry.decode()),
        "open": lines(json.dumps(dict(parse(records[3].entry).open))),
        "ids and leaves": lines(
            *(f"{i}  id    {r.id}\n   leaf  {leaves[i].hex()}" for i, r in enumerate(records))
        ),
        "roots": lines(*(f"{size}  {root_of(leaves[:size]).hex()}" for size in range(5))),
        "inclusion": lines(*(hash_.hex() for hash_ in inclusion_proof(1, 3, hash_at))),
        "consistency": lines(*(hash_.hex() for hash_ in consistency_proof(3, 4, hash_at))),
        "key": lines(f"secret key    {KEY.seed.hex()}", f"verifier key  {KEY.verifier}"),
        "checkpoint": sign(Checkpoint(KEY.name, 4, root_of(leaves)), KEY),
    }


def pairs(values):
    return (f"{name:12}  {value.hex()}" for name, value in values.items())


def lines(*text):
    return "\n".join([*text, ""])


@pytest.mark.parametrize("name", make_example())
def test_the_page_has_what_the_code_makes(name):
    assert blocks()[name] == make_example()[name]


def test_the_page_has_no_other_examples():
    assert list(blocks()) == list(make_example())


def test_the_example_keeps_the_rules():
    records = make_records()
    places = {each.id: Place(at, parse(each.entry).kind) for at, each in enumerate(records)}
    for index, each in enumerate(records):
        artifact = json.loads(each.body).get("artifact")
        assert not list(check_references(index, parse(each.entry), artifact, places.get))
    quote = json.loads(records[1].body)
    check_slices(quote["selector"], FILE)
    check_match(quote["text"], FILE, quote["selector"], quote["match"]["status"])


# The example, checked by a reader who has only the page and its numbers


@pytest.fixture
def example():
    return blocks()


def derived(context, data, length=32):
    return blake3(data, derive_key_context=context).digest(length=length)


def sealed_by_hand(number, body):
    """Section 3, step by step."""
    seed = bytes([number]) * 32
    names = sorted(body, key=lambda name: name.encode())
    salts = derived("evidence-chain 2026-11-21 v1 field salts", seed, 32 * len(names))
    sealed = {}
    for i, name in enumerate(names):
        label, value = name.encode(), rfc8785.dumps(body[name])
        data = salts[32 * i : 32 * i + 32] + len(label).to_bytes(8, "big") + label
        data += len(value).to_bytes(8, "big") + value
        sealed[name] = derived("evidence-chain 2026-11-21 v1 field commitment", data).hex()
    return sealed


def entries_by_hand(example):
    kinds = ["artifact", "evidence/quote", "claim", "link"]
    for number, (kind, line) in enumerate(zip(kinds, example["bodies"].splitlines(), strict=True)):
        body = json.loads(line)
        assert rfc8785.dumps(body) == line.encode()
        open_ = json.loads(example["open"]) if kind == "link" else {}
        sealed = sealed_by_hand(number, body)
        yield rfc8785.dumps({"kind": kind, "open": open_, "sealed": sealed, "v": 1})


def numbers(block):
    return re.findall(r"\b[0-9a-f]{64}\b", block)


def parent(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def tree_by_hand(leaves):
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return parent(tree_by_hand(leaves[:split]), tree_by_hand(leaves[split:]))


def included_by_hand(leaf, index, size, proof):
    """Section 5: the root that an inclusion proof gives, or `None`."""
    last, node = size - 1, leaf
    for hash_ in proof:
        if last == 0:
            return None
        if index % 2 or index == last:
            node = parent(hash_, node)
            while index % 2 == 0 and index:
                index, last = index // 2, last // 2
        else:
            node = parent(node, hash_)
        index, last = index // 2, last // 2
    return node if last == 0 else None


def consistent_by_hand(old_size, old_root, new_size, proof):
    """Section 5: both roots that a consistency proof gives, or `None`."""
    if old_size & (old_size - 1) == 0:
        proof = [old_root, *proof]
    index, last = old_size - 1, new_size - 1
    while index % 2:
        index, last = index // 2, last // 2
    old = new = proof[0]
    for hash_ in proof[1:]:
        if last == 0:
            return None
        if index % 2 or index == last:
            old, new = parent(hash_, old), parent(hash_, new)
            while index % 2 == 0 and index:
                index, last = index // 2, last // 2
        else:
            new = parent(new, hash_)
        index, last = index // 2, last // 2
    return (old, new) if last == 0 else None


def test_the_file(example):
    text, digest = example["file"].splitlines()
    file = json.loads(text).encode()
    (digest,) = numbers(digest)
    assert blake3(file).hexdigest() == digest
    artifact, quote, *_ = map(json.loads, example["bodies"].splitlines())
    assert artifact["blake3"] == quote["extracted"] == digest
    assert artifact["sha256"] == hashlib.sha256(file).hexdigest()
    assert artifact["size"] == len(file)


def test_salts_and_commitments(example):
    body = json.loads(example["bodies"].splitlines()[2])
    names = re.findall(r"^\w+", example["salts"], re.MULTILINE)
    assert names == sorted(body)
    stream = derived("evidence-chain 2026-11-21 v1 field salts", bytes([2]) * 32, 32 * len(names))
    assert stream.hex() == "".join(numbers(example["salts"]))
    salt, hashed, commitment = re.findall(r"[0-9a-f]{64,}", example["commitment"])
    assert salt in numbers(example["salts"])
    assert hashed.startswith(salt)
    context = "evidence-chain 2026-11-21 v1 field commitment"
    assert derived(context, bytes.fromhex(hashed)).hex() == commitment
    assert json.loads(example["entry"])["sealed"]["slug"] == commitment


def test_entries_ids_and_leaves(example):
    entries = list(entries_by_hand(example))
    assert entries[2] == example["entry"].removesuffix("\n").encode()
    digests = [
        digest
        for entry in entries
        for digest in (blake3(entry).hexdigest(), hashlib.sha256(b"\0" + entry).hexdigest())
    ]
    assert digests == numbers(example["ids and leaves"])
    assert json.loads(example["open"])["to"] == digests[4]


def test_the_tree_and_its_proofs(example):
    leaves = [hashlib.sha256(b"\0" + entry).digest() for entry in entries_by_hand(example)]
    roots = [tree_by_hand(leaves[:size]) for size in range(5)]
    assert [root.hex() for root in roots] == numbers(example["roots"])
    inclusion, consistency = (
        list(map(bytes.fromhex, numbers(example[name]))) for name in ("inclusion", "consistency")
    )
    assert included_by_hand(leaves[1], 1, 3, inclusion) == roots[3]
    assert included_by_hand(leaves[1], 1, 3, inclusion[1:]) is None
    assert consistent_by_hand(3, roots[3], 4, consistency) == (roots[3], roots[4])


@pytest.mark.parametrize("size", range(1, 18))
def test_the_proof_checks_of_section_5_hold_for_every_tree(size):
    leaves = [leaf_hash(b"%d" % index) for index in range(size)]

    def hash_at(level, index):
        return root_of(leaves[index << level : (index + 1) << level])

    root = tree_by_hand(leaves)
    assert root == root_of(leaves)
    for index in range(size):
        proof = inclusion_proof(index, size, hash_at)
        assert included_by_hand(leaves[index], index, size, proof) == root
    for old in range(1, size):
        proof = consistency_proof(old, size, hash_at)
        old_root = root_of(leaves[:old])
        assert consistent_by_hand(old, old_root, size, proof) == (old_root, root)


def test_the_checkpoint_and_its_signature(example):
    note = example["checkpoint"]
    text, _, signature_line = note.partition("\n\n")
    origin, size, root = text.split("\n")
    assert base64.b64decode(root).hex() == numbers(example["roots"])[int(size)]
    vkey = example["key"].split()[-1]
    name, key_id, encoded = vkey.split("+", 2)
    key = base64.b64decode(encoded)
    assert hashlib.sha256(name.encode() + b"\n" + key).hexdigest()[:8] == key_id
    dash, signer, encoded = signature_line.split()
    signature = base64.b64decode(encoded)
    assert (dash, signer, signature[:4].hex()) == ("\u2014", origin, key_id)
    assert (origin, key[0]) == (name, 1)
    Ed25519PublicKey.from_public_bytes(key[1:]).verify(signature[4:], f"{text}\n".encode())


def test_the_passage(example):
    quote = json.loads(example["bodies"].splitlines()[1])
    stream = json.loads(example["file"].splitlines()[0])
    exact, position = quote["selector"]
    assert stream[position["start"] : position["end"]] == exact["exact"] == quote["text"]
    before = stream[: position["start"]]
    assert len(before) < len(before.encode("utf-16-le")) // 2 < len(before.encode())


if __name__ == "__main__":
    made = make_example()
    page = BLOCK.sub(
        lambda found: f"<!-- example: {found['name']} -->\n\n```text\n{made[found['name']]}```\n",
        PAGE.read_text(),
    )
    PAGE.write_text(page)
