"""Whose address stands in From."""

from __future__ import annotations

from evidence_chain.mail.header.tags import ascii_domain
from evidence_chain.pattern import pattern

_QUOTED = pattern(r'"(?:[^"\\]|\\.)*"')
_COMMENT = pattern(r"\((?:[^()\\]|\\.)*\)")
_DOMAIN = r"((?:[A-Za-z0-9_-]|[^\x00-\x7f])+(?:\.(?:[A-Za-z0-9_-]|[^\x00-\x7f])+)*)\.?"
_ADDRESS = pattern(rf"\s*[^<>@\s(),:;]+@{_DOMAIN}\s*")
_NAMED = pattern(rf"([^<>(),:;]*)<\s*[^<>@\s(),:;]+@{_DOMAIN}\s*>\s*")
_AT = pattern(rf"@{_DOMAIN}")
_DEEPEST = 10


def sender_domain(value: str) -> str | None:
    """Return the domain of the addresses in the value of From, in lower case and in ASCII.

    `None` where there are several domains, a group, or what can be read in more than one way: a
    name or comment that looks like an address of another domain.
    """
    bare = _QUOTED.sub("q", value.replace("\r\n", "").replace("\n", ""))
    comments: list[str] = []
    for _ in range(_DEEPEST):
        comments += [found[0] for found in _COMMENT.finditer(bare)]
        bare = _COMMENT.sub(" ", bare)
    found = [_of_address(address) for address in bare.split(",")]
    domains = set(found) | {ascii_domain(one) for each in comments for one in _AT.findall(each)}
    return domains.pop() if len(domains) == 1 else None


def _of_address(address: str) -> str | None:
    plain = _ADDRESS.fullmatch(address)
    if plain:
        return ascii_domain(plain[1])
    named = _NAMED.fullmatch(address)
    if not named:
        return None
    domain, looks = ascii_domain(named[2]), _AT.findall(named[1])
    alike = len(looks) == named[1].count("@") and {domain}.issuperset(map(ascii_domain, looks))
    return domain if alike else None
