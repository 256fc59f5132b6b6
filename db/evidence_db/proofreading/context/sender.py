"""Whether a name is that of whoever sent an e-mail or a letter."""

from __future__ import annotations

import re
from itertools import permutations

from evidence_db.proofreading.context.named import agree, key, plain

_ADDRESS = re.compile(r"[^\s<>,;:\"()]{1,128}@[^\s<>,;:\"()]{1,255}")
_APART = re.compile(r"[\W\d_]+")
_FORM_WORDS = "ltd limited inc llc plc corp corporation co gmbh ag sa sarl bv nv group"
_FORMS = frozenset(_FORM_WORDS.split())
"""What a firm's name has that its address leaves out."""
_PROVIDER_NAMES = (
    "gmail googlemail outlook hotmail live yahoo gmx web icloud proton protonmail mail aol"
)
_PROVIDERS = frozenset(_PROVIDER_NAMES.split())
"""Domains of who carries anybody's mail: they say nothing of who sent it."""
_OFFICE_WORDS = (
    "press presse pressestelle prensa imprensa stampa pers pressen media medien medias office desk "
    "communications communication kommunikation comunicación comunicazione pr news newsroom team "
    "service relations group"
)
_OFFICES = frozenset(plain(word) for word in _OFFICE_WORDS.split())
"""What a sender's name has besides its house's where it is no person's."""
_MOST = 6
"""Words of a name that are tried in every order."""


def is_sender(name: str, sender: str) -> bool:
    """Whether a name agrees with a sender: with the name that it shows, or with its address.

    Args:
        name: whom an article names.
        sender: as the record has it: `Jo Tannen <jo@quillmar.example>`, an address, or a name.
    """
    one, shown = key(name), key(_ADDRESS.sub(" ", sender))
    if not one:
        return False
    if shown and agree(one, shown):
        return True
    return any(_is_address(name, one, address) for address in _ADDRESS.findall(sender))


def is_house(name: str, sender: str) -> bool:
    """Whether a name is that of the house that a sender writes for, by its domain or its office."""
    one, shown = key(name), key(_ADDRESS.sub(" ", sender))
    if one and one <= shown - _OFFICES and shown & _OFFICES:
        return True
    domains = (address.rpartition("@")[2] for address in _ADDRESS.findall(sender))
    return bool(one) and any(_is_domain(name, one, domain) for domain in domains)


def _is_address(name: str, one: set[str], address: str) -> bool:
    local, _, domain = address.rpartition("@")
    return _is_person(one, plain(local)) or _is_domain(name, one, domain)


def _is_domain(name: str, one: set[str], domain: str) -> bool:
    labels = [plain(label) for label in domain.split(".")[:-1]]
    return any(_is_label(name, one, label) for label in labels if label not in _PROVIDERS)


def _is_person(one: set[str], local: str) -> bool:
    """Whether the part before the @ is a name: `jo.tannen`, `tannen`, `jtannen`, `tannenj`."""
    pieces = set(filter(None, _APART.split(local)))
    if pieces & one and all(
        piece in one or (len(piece) == 1 and any(word[0] == piece for word in one))
        for piece in pieces
    ):
        return True
    joined = "".join(_APART.split(local))
    pairs = permutations(sorted(one)[:_MOST], 2)
    return any(joined in (a + b, a[0] + b, a + b[0]) for a, b in pairs)


def _is_label(name: str, one: set[str], label: str) -> bool:
    """Whether a label of the domain is the name of a firm, in one word, in several or initials."""
    words = [word for each in re.findall(r"\w+", name) if (word := plain(each)) not in _FORMS]
    pieces = set(filter(None, _APART.split(label)))
    if not words or not pieces:
        return False
    bare, joined = one - _FORMS, "".join(_APART.split(label))
    initials = "".join(word[0] for word in words)
    several = len(pieces) > 1 and pieces <= bare
    same = joined == "".join(words) or (len(words) > 1 and joined == initials)
    return bool(bare) and (bare <= pieces or several or same)
