"""The core needs three packages, and neither does I/O nor imports what does."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import evidence_chain

ROOT = Path(evidence_chain.__file__).parent.parent
CORE = [
    *("canonical", "digest", "entry", "errors", "graph", "rules", "values"),
    *("log.b64", "log.checkpoint", "log.cosignature", "log.key", "log.merkle", "log.note"),
    *("log.proof", "reviews.allowed_signers", "reviews.review", "reviews.sshsig"),
    "reviews.staleness",
    *("verify.passage", "verify.record", "verify.report"),
]

BLOCK = """
import sys
from importlib.abc import MetaPathFinder

class Block(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        top = name.partition(".")[0]
        if top not in sys.stdlib_module_names | {"evidence_chain", *ALLOWED}:
            raise ModuleNotFoundError(f"{name} is not installed here", name=name)

sys.meta_path.insert(0, Block())
"""

USE = """
from evidence_chain import canonical
from evidence_chain.entry import open_record, parse, seal
from evidence_chain.graph import Graph, Link, Node
from evidence_chain.log.checkpoint import Checkpoint, open_checkpoint, sign
from evidence_chain.log.merkle import leaf_hash, root_of
from evidence_chain.log.proof import inclusion_proof, verify_inclusion
from evidence_chain.log.key import SigningKey
from evidence_chain.rules import Place, check_references, find_cycle
from evidence_chain.verify.record import check_commitments, check_entry, check_rules
from evidence_chain.verify.report import Report

def use():
    fields = {"slug": "gates", "statement": "Three gates, 三个门", "note": None}
    fields |= {"recorded_at": "2031-05-03T10:00:00Z", "recorded_by": "desk"}
    record = seal("claim", fields, seed=bytes(32))
    assert open_record(parse(record.entry), record.body, record.salts) == fields
    leaves = [leaf_hash(record.entry), leaf_hash(b"another")]
    root = root_of(leaves)
    proof = inclusion_proof(0, 2, lambda level, index: leaves[index])
    verify_inclusion(leaves[0], 0, 2, proof, root)
    key = SigningKey("newsroom.example/cameras", bytes(32))
    note = sign(Checkpoint(key.name, 2, root), key)
    assert open_checkpoint(note, key.verifier) == (Checkpoint(key.name, 2, root), True)
    report = Report()
    line = check_entry(0, record.id, record.entry, report)
    check_commitments(line, record.body, record.salts, record.seed, report)
    check_rules(line, {}.get, report, {}.get)
    assert report.outcome == "holds"
    assert find_cycle([(0, 1)]) is None
    nodes = {0: Node(0, "claim"), 1: Node(1, "artifact"), 2: Node(2, "evidence/quote", 1)}
    graph = Graph(nodes, [Link(3, "supports", 2, 0)])
    assert graph.structure(0).status == "supported"
"""

IMPORTED = """
import json
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def run(script, allowed):
    program = f"import sys\nALLOWED = {allowed!r}\nsys.path.insert(0, {str(ROOT)!r})\n{script}"
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def imports(modules=CORE):
    return "\n".join(f"import evidence_chain.{module}" for module in modules)


def test_a_verifier_needs_three_packages():
    used = f"{BLOCK}\n{imports()}\n{USE}\nuse()\nassert canonical.orjson is None\n{IMPORTED}"
    imported = json.loads(run(used, ["blake3", "rfc8785", "cryptography", "_cffi_backend"]))
    assert {"blake3", "rfc8785", "cryptography"} <= set(imported)


@pytest.mark.parametrize("package", ["blake3", "rfc8785", "cryptography"])
def test_the_three_are_what_makes_it_work(package):
    """The block above blocks: without one of the three packages the same program fails."""
    rest = ["blake3", "rfc8785", "cryptography", "_cffi_backend"]
    rest.remove(package)
    with pytest.raises(AssertionError, match=f"{package}.* is not installed here"):
        run(f"{BLOCK}\n{imports()}\n{USE}\nuse()", rest)


@pytest.mark.parametrize("modules", [CORE, [*CORE, "kinds", "text"]], ids=["core", "all"])
def test_importing_imports_nothing_that_does_io(modules):
    imported = set(json.loads(run(imports(modules) + IMPORTED, [])))
    heavy = {"sqlite3", "socket", "ssl", "subprocess", "asyncio", "multiprocessing", "urllib"}
    others = {"click", "sqlmodel", "sqlalchemy", "pydantic", "datasette", "sqlite_utils"}
    own = {"evidence_db", "evidence_cli", "evidence_datasette"}
    assert imported.isdisjoint(heavy | others | own)
    assert "evidence_chain" in imported


def test_cryptography_is_imported_only_to_sign_or_check():
    assert "cryptography" not in json.loads(run(imports() + IMPORTED, []))


def test_what_asks_stores_and_clusters_is_imported_for_them_alone():
    checking = imports(["edition.checking.run", "edition.bucket", "spreading.cluster"])
    assert {"obstore", "distributed"}.isdisjoint(json.loads(run(checking + IMPORTED, [])))


def test_the_core_does_no_io():
    """Once all is imported, neither a file, a socket nor a process is opened."""
    audited = """
use()
events = []
sys.addaudithook(lambda event, _: events.append(event))
use()
doing = {"open", "os", "socket", "subprocess", "import", "sqlite3", "shutil", "tempfile"}
assert doing.isdisjoint(event.partition(".")[0] for event in events), events
open(__import__("os").devnull).close()
assert "open" in events
"""
    run(imports() + USE + audited, [])
