"""Signatures of e-mails (DKIM: RFC 6376, RFC 8301, RFC 8463), checked over the preserved bytes.

Only who signed an e-mail is found out here; what it says is drawn by `extract/message`.

keys = read_key_file(text, name)                 a file, or
keys = look_up(signers(message), checked_at)     DNS, only when asked
verdicts = check(message, keys, checked_at)      in a subprocess with limits, without a network
again = recheck(message, verdicts)               offline, years later, from the verdicts alone
differences(verdicts, again)

Verdicts are JSON, to be sealed as a field. They say of each signature what it covers and what
came of it, and hold no digest of the message (docs/format.md, section 6). What a valid signature
proves: whoever held the domain's key signed these headers and this body. What it can't prove:
that the key in the verdict is the one that the domain published. A key and a message that were
forged together fit each other; only DNS, while the key stands there, tells them from true ones.
"""

from __future__ import annotations

from evidence_chain.mail.guarded import check, signers
from evidence_chain.mail.keys import Key
from evidence_chain.mail.keys.key_file import read_key_file
from evidence_chain.mail.keys.lookup import look_up
from evidence_chain.mail.keys.roots import read_openpgp_file, read_root_file
from evidence_chain.mail.recheck import differences, recheck
from evidence_chain.mail.verdict import NAME, VERSION, Alignment, Caution, Outcome, Reason
from evidence_chain.mail.wording import describe

__all__ = [
    "NAME",
    "VERSION",
    "Alignment",
    "Caution",
    "Key",
    "Outcome",
    "Reason",
    "check",
    "describe",
    "differences",
    "look_up",
    "read_key_file",
    "read_openpgp_file",
    "read_root_file",
    "recheck",
    "signers",
]
