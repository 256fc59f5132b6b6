"""What the source of a page gives away: logins, tokens, machines, from where it was saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from turbohtml import Comment, Element, parse

from evidence_chain.extract.html import decode, draw
from evidence_chain.extract.stream import MarkKind
from evidence_chain.inspect.finding import Finding, listing
from evidence_chain.inspect.patterns import in_address, is_secret, paths, private_addresses, tokens
from evidence_chain.pattern import pattern
from evidence_chain.wording.plural import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

_ADDRESSES = ("href", "src", "action", "data", "poster", "formaction", "content", "value", "srcset")
_SAVED = pattern(r"\s*saved from url=\(\d+\)(\S+)|\s*Page saved with [^\n]*|.*\burl: (\S+)")
_LOGIN = pattern(
    r"\b(?i:logged in as|signed in as|angemeldet als|eingeloggt als|connecté en tant que"
    r"|conectado como)[:\s]+([\w.@+-]{2,80}(?: [A-Z][\w-]+)?)"
)
_IN_SCRIPT = pattern(
    r"[\"'](?:user_?name|user_?login|current_?user|login|user_?e?mail|account_?name)[\"']\s*:\s*"
    r"[\"']([^\"'<>{}]{2,80})[\"']"
)
_SECRET_IN_SCRIPT = pattern(r"[\"']?([\w-]{3,40})[\"']?\s*[:=]\s*[\"']([^\"'\s<>]{6,2000})[\"']")
_LARGEST = 16 << 20
_LONGEST_COMMENT = 200
_HTTP = ("http:", "https:", "//", "ftp:", "file:")


def look(data: bytes) -> tuple[list[Finding], list[str], list[tuple[str, bytes]]]:
    """What a page gives away, what of it was not looked into, and no files in it."""
    unchecked = ["the page beyond 16 MB"] if len(data) > _LARGEST else []
    markup, _ = decode(data[:_LARGEST])
    return [*in_markup(markup, "page"), *_unseen(markup)], unchecked, []


def _unseen(markup: str) -> Iterator[Finding]:
    """The words that are on the page and not seen, as its style has it."""
    text, marks = draw(markup)
    words = [text[mark.start : mark.end] for mark in marks if mark.kind == MarkKind.HIDDEN]
    said = dict.fromkeys(one.strip() for one in words if any(map(str.isalnum, one)))
    if said:
        yield Finding("html-hidden", f"page, {counted(len(said), 'hidden text')}", listing(said))


def in_markup(markup: str, place: str) -> Iterator[Finding]:
    """What the markup of a page gives away."""
    document = parse(markup, positions=False, scripting=True, allow_declarative_shadow_roots=False)
    comments: list[str] = []
    hidden: list[str] = []
    words: list[str] = []
    for node in document.descendants:
        if isinstance(node, Comment):
            comments.append(node.data)
        elif isinstance(node, Element):
            yield from _element(node, place, hidden, words)
    for comment in comments:
        yield from _comment(comment, f"{place}, comment")
    if told := [one.strip()[:_LONGEST_COMMENT] for one in comments if one.strip()]:
        yield Finding("html-comment", f"{place}, comments", listing(told))
    if hidden:
        yield Finding("html-hidden", f"{place}, hidden fields", listing(hidden))
    for found in _LOGIN.finditer(" ".join(words)):
        yield Finding("login-name", place, found[0])


def _comment(text: str, place: str) -> Iterator[Finding]:
    if saved := _SAVED.match(text):
        yield Finding("saved-from", place, saved[0].strip())
    yield from paths(text, place)
    yield from private_addresses(text, place)
    yield from tokens(text, place)


def _element(
    element: Element, place: str, hidden: list[str], words: list[str]
) -> Iterator[Finding]:
    attributes = {name: _plain(value) for name, value in element.attrs.items()}
    where = f"{place}, <{element.tag}>"
    for name in _ADDRESSES:
        value = attributes.get(name, "")
        if value.lower().startswith(_HTTP):
            yield from in_address(value, f"{where} {name}")
    if element.tag == "input" and attributes.get("type", "").lower() in ("hidden", "password"):
        yield from _hidden(attributes, where, hidden)
    elif element.tag == "script":
        yield from _script(element.text, where)
    elif not element.children or all(not isinstance(one, Element) for one in element.children):
        words.append(element.text[:400])


def _hidden(attributes: dict[str, str], where: str, hidden: list[str]) -> Iterator[Finding]:
    name, value = attributes.get("name", ""), attributes.get("value", "")
    if is_secret(name, value):
        yield Finding("token", where, f"{name}={value}")
    elif value:
        hidden.append(f"{name}={value}")


def _script(text: str, where: str) -> Iterator[Finding]:
    text = text[:1_000_000]
    yield from tokens(text, where)
    yield from paths(text, where)
    for found in _IN_SCRIPT.finditer(text):
        yield Finding("login-name", where, found[0])
    for name, value in dict.fromkeys(_SECRET_IN_SCRIPT.findall(text)):
        if is_secret(name, value):
            yield Finding("token", where, f"{name}={value}")


def _plain(value: object) -> str:
    return " ".join(value) if isinstance(value, list) else str(value or "")
