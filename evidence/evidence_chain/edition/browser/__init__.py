"""`verify.html`: a verifier that runs in a browser, put together into one file.

The modules beside this are ES modules, read in the order in which they import each other; each
becomes a function, so that building and installing need nothing but this. Tabs take the place of
spaces.
"""

from __future__ import annotations

import base64
import re
from functools import cache
from importlib import resources

from evidence_chain.digest import sha256

_PAGE, _CLAIM = "page/start.js", "page/claim_here.js"
_IMPORT = re.compile(r'^import \{([^}]*)\} from "([^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(
    r"^export (?=(?:async )?(?:function\*?|class|const|let) ([A-Za-z0-9_]+))", re.MULTILINE
)
_INDENT = re.compile(r"^(?: {2})+", re.MULTILINE)
_EXPORTED = re.compile(r"^export \{([^}]*)\};\n", re.MULTILINE)


@cache
def verifier() -> bytes:
    """The page, the same bytes wherever it is built."""
    style, program = _read("page/page.css"), _program(_PAGE)
    policy = (
        f"default-src 'none'; script-src {_pinned(program)}; style-src {_pinned(style)}; "
        "worker-src blob:; base-uri 'none'; form-action 'none'"
    )
    page = _read("page/page.html").replace("{policy}", policy).replace("{style}", style)
    return page.replace("{program}", program).encode()


def digest() -> str:
    """SHA-256 of the page in hex, by which a reader knows it."""
    return sha256(verifier()).hex()


@cache
def claim_program() -> bytes:
    """The script of a page that shows a claim: it checks the proofs that its server gives."""
    return _program(_CLAIM).encode()


def _pinned(text: str) -> str:
    return f"'sha256-{base64.b64encode(sha256(text.encode())).decode()}'"


def _read(path: str) -> str:
    return (resources.files(__name__) / path).read_text(encoding="utf-8")


def _program(start: str) -> str:
    """A module and all that it imports in one script, those that are imported first."""
    found: dict[str, str] = {}
    _collect(start, found)
    names = {path: f"${number}" for number, path in enumerate(found)}
    parts = [_wrapped(path, text, names) for path, text in found.items()]
    return '"use strict";\n' + "".join(parts)


def _collect(path: str, found: dict[str, str]) -> None:
    text = _read(path)
    for _, other in _IMPORT.findall(text):
        if (target := _target(path, other)) not in found:
            _collect(target, found)
    found[path] = text


def _target(path: str, other: str) -> str:
    folder = path.rpartition("/")[0]
    return f"{folder}/{other[2:]}" if other.startswith("./") else other.removeprefix("../")


def _wrapped(path: str, text: str, names: dict[str, str]) -> str:
    """A module as a function that returns what it exports."""
    exported = _EXPORT.findall(text)
    exported += [name.strip() for listed in _EXPORTED.findall(text) for name in listed.split(",")]

    def imported(match: re.Match[str]) -> str:
        listed = match[1].replace(" as ", ": ")
        return f"const {{{listed}}} = {names[_target(path, match[2])]};\n"

    body = _EXPORTED.sub("", _EXPORT.sub("", _IMPORT.sub(imported, text)))
    body = _INDENT.sub(lambda match: "\t" * (len(match[0]) // 2), body)
    return f"const {names[path]} = (() => {{\n{body}return {{{', '.join(exported)}}};\n}})();\n"
