"""Makes the corpus: `PYTHONPATH=tests python -m corpus.make`. What it makes is kept beside it."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path

from cases import make_case
from corpus import EDITION, LISTED
from corpus.changes import CHANGES
from editions import publish

PAGE = b"""<!doctype html><html lang="en"><head><title>A verifier</title></head><body>
<p>This stands for the page of a verifier, which no verifier reads.</p></body></html>
"""


def make(home: Path) -> None:
    """Publish an edition of an invented case, change copies of it, and say what changed."""
    edition = publish(make_case(home), home / "edition")
    edition.write("data/verify.html", PAGE)
    edition.seal()
    shutil.rmtree(EDITION, ignore_errors=True)
    shutil.copytree(edition.path, EDITION)
    changes = [_listed(edition, home, *change) for change in CHANGES]
    said = {"key": str(edition.key.verifier), "changes": changes}
    LISTED.write_text(json.dumps(said, indent=1, ensure_ascii=False) + "\n")


def _listed(edition, home, name, step, why, change, browser="failed"):
    copy = edition.copy_to(home / "changed")
    change(copy)
    do = list(_differences(edition.path, copy.path))
    shutil.rmtree(copy.path)
    return {"name": name, "why": why, "step": step, "browser": browser, "do": do}


def _differences(before: Path, after: Path):
    """The operations that make one directory of the other."""
    old, new = (
        {str(one.relative_to(top)): one for one in top.rglob("*")} for top in (before, after)
    )
    for path in sorted(new):
        if not new[path].is_file():
            continue
        data = new[path].read_bytes()
        if path not in old:
            yield from _new(path, data, old)
        elif data != (was := old[path].read_bytes()):
            yield {"op": "edit", "file": path, "edits": [_edit(was, data)]}
    for path in sorted(old.keys() - new.keys()):
        if old[path].is_file():
            yield {"op": "delete", "file": path}


def _new(path, data, old):
    """A file that wasn't there, as a changed copy of one of its folder where that is shorter."""
    beside = [one for one in old if Path(one).parent == Path(path).parent and old[one].is_file()]
    for other in beside:
        edit = _edit(old[other].read_bytes(), data)
        if len(edit["hex"]) < len(data):
            yield {"op": "copy", "file": path, "of": other}
            yield {"op": "edit", "file": path, "edits": [edit]}
            return
    yield {"op": "write", "file": path, "hex": data.hex()}


def _edit(was: bytes, data: bytes):
    """The stretch in which two texts differ."""
    most = min(len(was), len(data))
    start = next((i for i in range(most) if was[i] != data[i]), most)
    end = next((i for i in range(most - start) if was[-1 - i] != data[-1 - i]), most - start)
    return {
        "at": start,
        "cut": len(was) - end - start,
        "hex": data[start : len(data) - end].hex(),
    }


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder))
    sys.stdout.write(f"Made {LISTED}.\n")
