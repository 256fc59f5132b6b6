"""Whatever a record says is text on its card, never HTML."""

import ast
import inspect
from importlib import import_module
from pkgutil import iter_modules

import pytest
from markup import CHECKS, Markup

from evidence_datasette import cards
from evidence_db.resolving.resolution import Resolution

MODULES = [import_module(f"{cards.__name__}.{one.name}") for one in iter_modules(cards.__path__)]
MARKED = ("Html", "Markup")
HOSTILE = "<x-hostile>&\"' onhostile='1' \" onhostile=\"1\u202e"
TOLD = {"id", "kind", "relation", "status", "outcome", "check", "how", "verdict", "crop", "counts"}
"""What is one of a list of words that the format has."""


class Pieces(ast.NodeVisitor):
    """The pieces of a module's f-strings that are neither HTML nor a number."""

    def __init__(self, module):
        self.doubtful, self.names = [], {"NONE"}
        given = {name: getattr(one, "__annotations__", {}) for name, one in vars(module).items()}
        self.calls = {"Html"} | {name for name, of in given.items() if of.get("return") in MARKED}
        self.visit(ast.parse(inspect.getsource(module)))

    def visit_FunctionDef(self, function):
        before = self.names
        arguments = [one for one in function.args.args if one.annotation]
        typed = {one.arg for one in arguments if ast.unparse(one.annotation) in MARKED}
        self.names = before | typed
        self.generic_visit(function)
        self.names = before

    def visit_AnnAssign(self, node):
        self.generic_visit(node)
        if ast.unparse(node.annotation) in MARKED:  # which mypy makes sure of
            self.names = self.names | {node.target.id}

    def visit_Assign(self, node):
        self.generic_visit(node)
        for target in node.targets:
            several = isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple)
            pairs = zip(target.elts, node.value.elts, strict=True) if several else ()
            for name, value in pairs or [(target, node.value)]:
                if isinstance(name, ast.Name):
                    told = {name.id}
                    is_html = self.is_html(value)
                    self.names = self.names | told if is_html else self.names - told

    def visit_FormattedValue(self, node):
        self.generic_visit(node)
        spec = ast.unparse(node.format_spec) if node.format_spec else ""
        if spec not in ("f','", "f'd'") and not self.is_html(node.value):
            self.doubtful.append(ast.unparse(node.value))

    def is_html(self, node):
        if isinstance(node, ast.IfExp):
            return self.is_html(node.body) and self.is_html(node.orelse)
        if isinstance(node, ast.BoolOp):
            return all(map(self.is_html, node.values))
        if isinstance(node, ast.Constant):
            return isinstance(node.value, str)
        if isinstance(node, ast.Call):
            return isinstance(node.func, ast.Name) and node.func.id in self.calls
        return isinstance(node, ast.Name) and node.id in self.names


PLAIN_TEXT = {"gone"}
"""What is put into words that are escaped as a whole."""


@pytest.mark.parametrize("module", MODULES, ids=lambda one: one.__name__)
def test_all_that_is_put_into_html_is_html(module):
    assert set(Pieces(module).doubtful) <= PLAIN_TEXT


def test_what_is_no_html_is_noticed(tmp_path, monkeypatch):
    (tmp_path / "careless.py").write_text(
        "from evidence_datasette.cards.html import Html, escaped\n\n"
        "def good(said: str) -> Html:\n    safe = escaped(said)\n    return Html(f'{safe}')\n\n"
        "def bad(said: str) -> Html:\n    safe = said\n    return Html(f'{safe}{said[1:]}')\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    assert Pieces(import_module("careless")).doubtful == ["safe", "said[1:]"]


def poisoned(value, name=""):
    """The same with something hostile in every text."""
    if isinstance(value, dict):
        return {key: poisoned(one, key) for key, one in value.items()}
    if isinstance(value, list):
        return [poisoned(one, name) for one in value]
    return f"{value}{HOSTILE}" if isinstance(value, str) and name not in TOLD else value


CHANGE = {"value": "b", "was": "a", "by": "x", "at": "y", "reason": "z", "id": "1" * 64}
GONE = {"id": "2" * 64, "index": 3, "reason": "x", "at": "y", "by": "z", "uncovered": True}
REVIEW = {
    **{"id": "3" * 64, "index": 5, "verdict": "rejected", "reviewer": "x", "note": "y"},
    **{"at": "z", "size": 4, "signed": True, "holds": None, "replaced": False, "ended": True},
    **{"stands": True, "objects": True, "taken_back": False, "retracted": [{"by": "x"}]},
    **{"stale_by": [6], "came_after": ["a link"]},
}
SAID = {
    **{"role": "r", "date": "some day", "flags": ["f"], "note": "n", "speaker": "s", "other": "o"},
    **{"marks": [{"kind": "page", "detail": "d"}], "clause": "c", "page": "p"},
    "dkim": [{"domain": "d", "verdict": "v"}],
    "regions": [{"crop": "4" * 64, "page": 7}],
}


def everything(resolved):
    """A claim of whose records every part says something."""
    for link in resolved["chain"]:
        record, ended = link["record"], {"how": "retracted", "reason": "x", "uncovered": True}
        common = {key: record[key] for key in ("id", "index", "kind", "integrity")}
        short = common | {"amended": {"title": CHANGE}, "uncovered": True, "erased": None}
        short |= {"ended": {"how": "replaced", "by": "5" * 64, "uncovered": True}}
        other = short | dict.fromkeys(("text", "language", "translator", "date", "subject"), "x")
        link |= {"withheld": {"reason": "x", "fields": ["a"], "shown": []}, "look_again": True}
        link |= {"ended": ended, "uncovered": True, "note": "n", "recorded_by": "b"}
        record |= {"amended": {"a field": CHANGE}, "ended": ended, "uncovered": True}
        if record["kind"] != "claim":
            record |= {"withheld": link["withheld"], "reviews": [REVIEW], "fields": dict(SAID)}
            record |= {"translations": [other], "translates": [other], "answers": [other]}
            record |= {"derives_from": [short | {"title": "t", "held": False}], "sign_off": ["x"]}
            record["match"] = {"status": "altered", "notes": ["short", "another"]}
            record["document"] |= {"absent": "x", "note": "y", "amended": {"title": CHANGE}}
    resolved["chain"][-1]["record"]["erased"] = GONE
    return resolved


@pytest.fixture(params=[False, True], ids=["as it is", "with everything"])
def page(request, site, monkeypatch):
    """The page of a claim that says something hostile wherever it says anything."""
    resolve = Resolution.as_json
    enrich = everything if request.param else dict
    monkeypatch.setattr(Resolution, "as_json", lambda one: poisoned(enrich(resolve(one))))
    return site.text(f"/evidence/-/claim/board-knew?n={request.param}")


def test_a_page_has_no_markup_from_any_field(page):
    assert page.count("&lt;x-hostile&gt;") > 50
    assert "<x-hostile" not in page
    assert "\u202e" not in page
    assert not [one for one in Markup(page).elements if "onhostile" in one["names"]]


def test_it_is_whole_html(page):
    for check in CHECKS[:3]:
        check(Markup(page))
