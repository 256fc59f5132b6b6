"""Whatever is withheld of a case: its edition holds, and nothing of it is in any byte.

The cases are the demo, and a real one with real articles. `make soak` tries two hundred sets of
fields and records of each; EVIDENCE_WITHHELD says how many otherwise. The scanner here is the
tests' own, and shares nothing with that of the gate.
"""

import gzip
import hashlib
import json
import os
import shutil
from base64 import b64encode
from contextlib import contextmanager
from io import BytesIO
from urllib.parse import quote
from zipfile import ZipFile

import pytest
from blake3 import blake3
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from adversary import canonical
from cases import CaseDir
from editions import DAY, Edition
from evidence_chain.log.key import SigningKey
from evidence_datasette.site import pages_for
from evidence_db.case import Case
from evidence_db.publishing.gate.gate import Line
from evidence_db.publishing.leaks.report import Searched
from evidence_db.publishing.policy import Policy
from evidence_db.publishing.selection import all_claims
from evidence_db.publishing.withholding.decisions import Decision
from evidence_db.publishing.withholding.gathering import withholding
from evidence_db.publishing.withholding.selection import Selection
from evidence_db.publishing.withholding.values import withheld_files, withheld_values
from evidence_db.publishing.writing import edition as writing
from evidence_db.publishing.writing.order import Order

SETS, REAL_SETS = (int(os.environ.get("EVIDENCE_WITHHELD", few)) for few in ("20", "10"))
WITH_PAGES = 10
"""Of so many editions one has pages, too, and the gate searches it, which nothing is asked of."""
UNSEARCHED = Searched([], [], [], [], [], {}, 0, 0, 0)


class Press:
    """Publishes one case again and again, and keeps what each edition disclosed."""

    def __init__(self, case, key_file, home, seals):
        self.case, self.key_file, self.home, self.number = case, key_file, home, 0
        self.key = SigningKey.parse(key_file.read_text().strip())
        self.seals = seals  # what the log has of each record in public
        self.known = {}  # value and salt of each field that any edition disclosed, and all entries

    def edition(self, decisions):
        """An edition without these fields and what goes with them, and what it withholds."""
        self.number += 1
        policy = Policy()
        with self.case.reader() as reader:
            found = withholding(reader, (), policy.everywhere, decisions)
            selection = Selection(withheld=found.reasons())
            claims = [reader.record(i).id for i in all_claims(reader)]
            values = list(withheld_values(reader, selection))
            files = withheld_files(reader, selection)
        gate = [Line("passages", id_, "met") for id_ in claims]
        is_plain = self.number % WITH_PAGES > 0
        site = None if is_plain else pages_for(None)
        day = f"20{71 + self.number // 28:02}-06-{1 + self.number % 28:02}T09:00:00Z"
        target = self.home / f"{self.number}"
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("EVIDENCE_KEY", str(self.key_file))
            if is_plain:
                patch.setattr(writing, "search_written", lambda *_: UNSEARCHED)
            writing.publish(self.case, Order(target, day, selection, policy, gate, site=site))
        return Edition(target, self.key), values, files


@pytest.fixture(scope="module")
def press(demo_case, tmp_path_factory):
    """That of the demo."""
    with press_of(demo_case, tmp_path_factory.mktemp("press")) as made:
        yield made


@pytest.fixture(scope="module")
def real_press(made_once, shared, tmp_path_factory):
    """That of a case about cameras, which other people made."""
    path = shared("cases/surveillance/case.json")

    def surveillance(home):
        case = CaseDir(home)
        case.run(
            "init", case.root, "--origin", "newsroom.example/case", "--title", "What they knew"
        )
        case.run("import", path)
        return case

    with press_of(made_once(surveillance), tmp_path_factory.mktemp("real-press")) as made:
        yield made


@contextmanager
def press_of(template, home):
    case = template.copy_to(home)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVIDENCE_KEY", str(case.key_file))
        patch.setattr(Searched, "check", lambda _: None)  # files are handed out with all in them
        case.run("checkpoint")
        with case.connected() as db:
            rows = db.execute("SELECT entry FROM entry ORDER BY idx").fetchall()
        yield Press(Case(case.root), case.key_file, home, [json.loads(entry) for (entry,) in rows])


KEYWORDS = ("extractor", "match", "marks", "dkim", "media_type", "type", "conformsTo", "kind")
KEYWORDS += ("action",)
"""Fields, and keys within them, whose words are the format's own."""
DATES = ("date", "published", "retrieved_at", "until")
"""Fields that pages write otherwise, so that one may be the beginning of another's."""


def texts(value, but=KEYWORDS):
    """Every string within a value, but for keywords."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from texts([one for name, one in value.items() if name not in but], but)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one, but)


def spellings(text):
    """A text as it may stand in bytes: as it is, escaped, coded, or as a digest of it."""
    raw = text.encode()
    yield from (raw, text.casefold().encode(), text.encode("utf-16-le"), quote(text).encode())
    yield json.dumps(text)[1:-1].encode()
    for at in range(3):  # but for the letters that what stands beside it is in, too
        coded = b64encode(bytes(at) + raw)
        yield coded[-(-at * 8 // 6) : (at + len(raw)) * 8 // 6]
    for data in (raw, raw + b"\n", canonical(text).encode()):
        yield from digests(data)


def digests(data):
    for made in (blake3(data), *map(hashlib.new, ("md5", "sha1", "sha256"), (data,) * 3)):
        yield made.hexdigest().encode()
        yield made.digest()


def unpacked(data):
    """Some bytes, and what is packed in them."""
    yield data
    if data[:2] == b"\x1f\x8b":
        yield from unpacked(gzip.decompress(data))
    elif data[:2] == b"PK":
        with ZipFile(BytesIO(data)) as packed:
            for name in packed.namelist():
                yield from unpacked(packed.read(name))


def leaks(edition, values, files, kept):
    """Where what is withheld stands, but in what is disclosed."""
    lines = edition.lines
    shown = [text for line in lines for text in texts(line.get("body", {}), but=())]
    kinds = [json.loads(line["entry"])["kind"] for line in lines]  # which are never withheld
    made = [one["made"] for one in edition.said["earlier"]]  # maybe in the second of a record
    allowed = "\n".join((*shown, *kinds, *made)).casefold()
    read = {name: list(unpacked(edition.read(name))) for name in edition.files}
    handed_out = [one for name in read if "/artifacts/" in name for one in read[name]]
    allowed_bytes = b"\n".join([*handed_out, allowed.encode()])
    needles = {}
    for one in values:
        for text in map(str.strip, texts({one.name: one.value}, but=(*KEYWORDS, *DATES))):
            if (
                len("".join(text.split())) >= 6
                and text.casefold() not in allowed
                and (text.encode() not in allowed_bytes and len(text) != 64)
            ):
                needles |= dict.fromkeys(filter(lambda s: len(s) >= 6, spellings(text)), one)
    for file in files:
        content = kept(file.blake3)
        for data in (file.blake3.encode(), bytes.fromhex(file.blake3), *digests(content)):
            needles[data] = file
        if len(content) > 40 and content not in allowed_bytes:
            needles[content[:200]] = file
    for name in edition.files:
        data = b"\n".join([name.encode(), *read[name]])
        for needle, one in needles.items():
            if needle in data and needle not in allowed_bytes:
                yield name, one, needle


ANY = settings(
    derandomize=True,
    database=None,
    phases=[Phase.generate],  # to make a set smaller would take as long as hundreds of others
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
AT = st.integers(0, 9999)
SOME = given(whole=st.sets(AT, max_size=6), some=st.sets(st.tuples(AT, AT), max_size=8))


@settings(ANY, max_examples=SETS)
@SOME
def test_any_set_of_fields_and_records(press, whole, some):
    withholds_all_of(press, whole, some)


@settings(ANY, max_examples=REAL_SETS)
@SOME
def test_any_set_of_a_real_case(real_press, whole, some):
    withholds_all_of(real_press, whole, some)


def withholds_all_of(press, whole, some):
    """The edition is checked, searched, and consistent with every edition before."""
    seals = press.seals
    wishes = {(at % len(seals), None) for at in whole}
    for at, which in some:
        names = sorted(seals[at % len(seals)]["sealed"])
        wishes.add((at % len(seals), names[which % len(names)]))
    listed = sorted(wishes, key=repr)
    decisions = [Decision(*wish, True, "Ours", DAY.format(1), "tester") for wish in listed]
    edition, values, files = press.edition(decisions)
    found = edition.check()
    assert found.code == 0, found.details
    decided = {
        (index, name)
        for index, field in wishes
        for name in ([field] if field else seals[index]["sealed"])
    }
    assert decided <= {(one.index, one.name) for one in values}
    leaked = list(leaks(edition, values, files, lambda one: kept(press.case, one)))
    assert not leaked, [(name, one[:5], needle[:60]) for name, one, needle in leaked[:5]]
    consistent(edition, press.known)
    shutil.rmtree(edition.path)


def kept(case, digest):
    return case.files.path(digest).read_bytes()


def consistent(edition, known):
    """What an edition discloses, each other that discloses it has with the same salt."""
    for index, line in enumerate(edition.lines):
        assert known.setdefault(index, line["entry"]) == line["entry"]
        for name, value in line.get("body", {}).items():
            opened = (value, line["salts"][name])
            assert known.setdefault((index, name), opened) == opened


@pytest.mark.parametrize("form", [1, 2, 3, -1, -3])
def test_the_scanner_finds_what_is_planted(press, form):
    """In each spelling; else the test above could not fail."""
    decisions = [Decision(22, "statement", True, "Ours", DAY.format(1), "tester")]
    edition, values, files = press.edition(decisions)
    (value,) = (one.value for one in values if one.name == "statement")
    edition.write("data/README.txt", b"One: " + list(spellings(value))[form])
    assert {name for name, *_ in leaks(edition, values, files, None)} == {"data/README.txt"}
