"""Whether a person's certificate is for the address that a message comes from."""

from __future__ import annotations

from email.utils import getaddresses
from typing import TYPE_CHECKING

from evidence_chain.mail.signature_facts import aligned
from evidence_chain.mail.verdict import Caution

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidence_chain.mail.header.fields import Message


def of_addresses(message: Message, addresses: Sequence[str]) -> tuple[str | None, str, list[str]]:
    """The domain of a certificate's addresses, how it lies to the sender's, and what to know.

    Args:
        message: the message.
        addresses: those that the certificate says are its owner's.
    """
    domain = addresses[0].rpartition("@")[2].lower() if addresses else None
    cautions = [Caution.HEADERS_NOT_SIGNED.value]
    sender = _sender(message)
    if sender is None:
        cautions.append(Caution.FROM_UNKNOWN.value)
    elif sender not in [one.lower() for one in addresses]:
        cautions.append(Caution.OTHER_ADDRESS.value)
    return domain, aligned(domain, message.sender_domain).value, cautions


def _sender(message: Message) -> str | None:
    """The one address in From, in lower case; `None` if that can't be told."""
    values = [one.decode("utf-8", "replace") for one in message.values("From")]
    found = [address for _, address in getaddresses(values) if address]
    return found[0].lower() if len(found) == 1 and len(values) == 1 else None
