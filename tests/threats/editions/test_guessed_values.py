"""Row 22: a withheld value of few possibilities can not be told from an edition by guessing."""

import hashlib
import json
import re
from base64 import b64decode

import pytest
from blake3 import blake3

from adversary import canonical
from editions import ALL_SHOWN, publish
from evidence_chain.entry import derive_salts, seal

NAMES = [
    f"{first} {last}"
    for first in ("Ada", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal")
    for last in (
        f"{syllable}{end}"
        for syllable in ("Lin", "Mar", "Nor", "Val", "Wes")
        for end in ("d", "k", "berg", "well", "ton")
    )
]
ANSWERS = ["yes", "no"]
COMMITMENT = "evidence-chain 2026-11-21 v1 field commitment"


@pytest.fixture
def hidden(case):
    """An edition that withholds who spoke, and an answer."""
    words = ("--artifact", case.ids["minutes"], "--text", "had been told twice")
    made = case.id("add", "quote", *words, "--speaker", NAMES[77], "--note", "yes")
    case.run("withhold", made, "--field", "speaker", "--field", "note", "--reason", "Hers")
    case.run("checkpoint")
    edition = publish(case, case.home / "out", words=ALL_SHOWN)
    index = case.json("show", made)["index"]
    return edition, json.loads(edition.lines[index]["entry"])["sealed"], case, index


def published(edition):
    """Every 16 to 64 bytes of a published digest, salt or commitment, however written."""
    found = set()
    for name in edition.files:
        data = edition.read(name)
        for text in re.findall(rb"[0-9a-fA-F]{32,128}", name.encode() + b"\n" + data):
            if len(text) % 2 == 0:
                found.add(bytes.fromhex(text.decode()))
        for text in re.findall(rb"[A-Za-z0-9+/]{43}=", data):
            found.add(b64decode(text))
        if "/tile/" in name and "entries" not in name:
            found |= {data[at : at + 32] for at in range(0, len(data), 32)}
    return found


def digests(name, value):
    """What somebody who guesses may compute without a secret."""
    framed = len(name).to_bytes(8) + name.encode()
    for data in (
        value.encode(),
        value.encode() + b"\n",
        canonical(value).encode(),
        canonical({name: value}).encode(),
        framed + canonical(value).encode(),
    ):
        yield from (blake3(data).digest(), blake3(data, derive_key_context=COMMITMENT).digest())
        yield from (hashlib.new(one, data).digest() for one in ("md5", "sha1", "sha256", "sha512"))


def committed(name, value, salt):
    said = canonical(value).encode()
    framed = salt + len(name).to_bytes(8) + name.encode() + len(said).to_bytes(8) + said
    return blake3(framed, derive_key_context=COMMITMENT).hexdigest()


def told(known, name, candidates, commitment, names):
    """The candidates that something published singles out."""
    salts = {one for one in known if len(one) == 32}
    salts |= {derive_salts(one, names)[name] for one in salts} | {bytes(32)}
    return [
        one
        for one in candidates
        if not known.isdisjoint(digests(name, one))
        or any(committed(name, one, salt) == commitment for salt in salts)
    ]


def test_row_22_no_candidate_is_told_from_the_others(hidden):
    edition, sealed, _, _ = hidden
    known = published(edition)
    assert len(known) > 500
    for name, candidates in (("speaker", NAMES), ("note", ANSWERS)):
        assert told(known, name, candidates, sealed[name], sealed) == []


def test_the_same_search_tells_it_from_its_salt_or_its_seed(hidden):
    _, sealed, case, index = hidden
    with case.connected() as db:
        ((seed,),) = db.execute("SELECT seed FROM seal WHERE idx = ?", (index,))
    salt = derive_salts(seed, sealed)["speaker"]
    for known in ({salt}, {seed}):
        assert told(known, "speaker", NAMES, sealed["speaker"], sealed) == [NAMES[77]]
    assert told({blake3(b"no").digest()}, "note", ANSWERS, sealed["note"], sealed) == ["no"]


def test_row_25_all_records_of_a_kind_seal_the_same_names_whatever_was_filled_in(hidden):
    edition, *_ = hidden
    names = {}
    for line in edition.lines:
        entry = json.loads(line["entry"])
        assert "more" in entry["sealed"]
        assert names.setdefault(entry["kind"], set(entry["sealed"])) == set(entry["sealed"])


def test_row_25_a_field_of_ones_own_has_no_name_that_is_public(case):
    words = ("--artifact", case.ids["minutes"], "--text", "had been told twice")
    made = case.id("add", "quote", *words, "--more", "source=the porter")
    assert case.body(made)["more"] == {"source": "the porter"}
    case.run("withhold", made, "--field", "more", "--reason", "Ours")
    case.run("checkpoint")
    edition = publish(case, case.home / "out", words=ALL_SHOWN)
    assert edition.check().code == 0
    entry = json.loads(edition.lines[case.json("show", made)["index"]]["entry"])
    other = seal("evidence/quote", dict.fromkeys(entry["sealed"]), seed=bytes(32))
    assert len(other.entry) == len(edition.lines[case.json("show", made)["index"]]["entry"])
    assert all(b"the porter" not in edition.read(name) for name in edition.files)


def test_row_26_a_contradiction_that_is_withheld_is_still_there(case):
    case.run("withhold", case.ids["never"], case.ids["never-knew"], "--reason", "Hers")
    words = (*ALL_SHOWN, "--despite", case.ids["minutes"])
    edition = publish(case, case.home / "out", words=words)
    assert edition.check().code == 0
    entry = json.loads(edition.lines[case.index("never-knew")]["entry"])
    assert entry["open"]["relation"] == "contradicts"
    resolved = case.json("resolve", "board-knew", "--case", edition.path, code=(0, 1, 3))
    assert resolved["contradicts"] == 1
    (link,) = [one for one in resolved["chain"] if one["relation"] == "contradicts"]
    assert link["record"]["text"] is None
    assert link["record"]["withheld"]["reason"] == "Hers"
