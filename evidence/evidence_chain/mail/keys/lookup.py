"""Keys from DNS. The one module here that uses the network, and only when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from evidence_chain.errors import InputError
from evidence_chain.mail.keys import LONGEST_RECORD, Key

if TYPE_CHECKING:
    from collections.abc import Iterable

TIMEOUT = 5.0
"""Seconds for each name, however many servers are asked."""

MOST_KEYS = 10
"""Keys of one name that are tried."""


class Resolver(Protocol):
    """What asks DNS, such as `dns.resolver.Resolver`."""

    def resolve(self, name: str, kind: str, *, lifetime: float, search: bool) -> Any:  # noqa: ANN401
        """Return the records of a name."""


def look_up(
    signers: Iterable[tuple[str, str]], checked_at: str, resolver: Resolver | None = None
) -> list[Key]:
    """Return the keys of each signer; one without a record says what DNS answered.

    Args:
        signers: pairs of domain and selector.
        checked_at: the time now (RFC 3339, UTC), which the keys' origin says.
        resolver: asks the servers that the machine is set up with, unless given.

    Raises:
        InputError: dnspython is not installed, or the machine has no name servers set up.
    """
    resolver = resolver or _own_resolver()
    origin = f"dns {checked_at}"
    return [key for signer in signers for key in _look_up(*signer, origin, resolver)]


def _own_resolver() -> Resolver:
    try:
        from dns.exception import DNSException
        from dns.resolver import Resolver as System
    except ImportError:
        raise InputError(
            "Keys can't be looked up in DNS: dnspython is not installed. Install it, or give the "
            "key as a file."
        ) from None
    try:
        found: Resolver = System()
    except DNSException as error:
        raise InputError(
            f"Keys can't be looked up in DNS: {error}. Set up a name server on this machine, or "
            "give the key as a file."
        ) from None
    return found


def _look_up(domain: str, selector: str, origin: str, resolver: Resolver) -> list[Key]:
    from dns.exception import DNSException, Timeout
    from dns.resolver import NXDOMAIN, NoAnswer, NoNameservers

    name = f"{selector}._domainkey.{domain}."
    problem: str | None = None
    records: list[str] = []
    try:
        answer = resolver.resolve(name, "TXT", lifetime=TIMEOUT, search=False)
    except (NXDOMAIN, NoAnswer):
        problem = f"DNS has no key at {name}"
    except Timeout:
        problem = f"DNS gave no answer about {name} in {TIMEOUT:g} s"
    except NoNameservers:
        problem = f"no name server would answer about {name}"
    except DNSException as error:
        problem = f"DNS failed on {name}: {type(error).__name__}"
    else:
        records, problem = _choose([b"".join(one.strings) for one in answer], name)
    if not records:
        return [Key(origin, None, domain, selector, problem)]
    return [Key(origin, record, domain, selector) for record in records]


def _choose(records: list[bytes], name: str) -> tuple[list[str], str | None]:
    """The key records among the TXT records of a name, each of which is tried; or why none is."""
    keys = [one for one in records if one.lstrip().startswith(b"v=DKIM1")] or records
    if not 0 < len(keys) <= MOST_KEYS:
        return [], f"DNS has {len(keys)} records at {name}, and nothing says which is the key"
    if any(len(one) > LONGEST_RECORD or not one.isascii() for one in keys):
        return [], f"what DNS has at {name} is no key"
    return [one.decode("ascii") for one in keys], None
