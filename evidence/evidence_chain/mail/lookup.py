"""Keys from DNS. The one module here that uses the network, and only when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from evidence_chain.errors import InputError
from evidence_chain.mail.keys import LONGEST_RECORD, Key

if TYPE_CHECKING:
    from collections.abc import Iterable

TIMEOUT = 5.0
"""Seconds for each name, however many servers are asked."""


class Resolver(Protocol):
    """What asks DNS, such as `dns.resolver.Resolver`."""

    def resolve(self, name: str, kind: str, *, lifetime: float, search: bool) -> Any:  # noqa: ANN401
        """Return the records of a name."""


def look_up(
    signers: Iterable[tuple[str, str]], checked_at: str, resolver: Resolver | None = None
) -> list[Key]:
    """Return a key for each signer; one without a record says what DNS answered.

    Args:
        signers: pairs of domain and selector.
        checked_at: the time now (RFC 3339, UTC), which the keys' origin says.
        resolver: asks the servers that the machine is set up with, unless given.

    Raises:
        InputError: dnspython is not installed, or the machine has no name servers set up.
    """
    resolver = resolver or _own_resolver()
    return [_look_up(*signer, f"dns {checked_at}", resolver) for signer in signers]


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


def _look_up(domain: str, selector: str, origin: str, resolver: Resolver) -> Key:
    from dns.exception import DNSException, Timeout
    from dns.resolver import NXDOMAIN, NoAnswer, NoNameservers

    name = f"{selector}._domainkey.{domain}."
    record: str | None = None
    problem: str | None
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
        record, problem = _choose([b"".join(one.strings) for one in answer], name)
    return Key(origin, record, domain, selector, problem)


def _choose(records: list[bytes], name: str) -> tuple[str | None, str | None]:
    """The one key record among the TXT records of a name, or why there is none."""
    keys = [one for one in records if one.lstrip().startswith(b"v=DKIM1")] or records
    if len(keys) != 1:
        return None, f"DNS has {len(keys)} records at {name}, and nothing says which is the key"
    if len(keys[0]) > LONGEST_RECORD or not keys[0].isascii():
        return None, f"what DNS has at {name} is no key"
    return keys[0].decode("ascii"), None
