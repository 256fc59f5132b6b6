"""Verdicts in a sentence each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.mail.verdict import PEOPLE, Caution, Outcome, Reason

if TYPE_CHECKING:
    from evidence_chain.canonical import Json

_OUTCOMES: dict[str, str] = {
    Outcome.VALID: "valid",
    Outcome.INVALID: "not valid",
    Outcome.REFUSED: "refused",
    Outcome.NOT_CHECKED: "not checked",
}
_REASONS: dict[str, str] = {
    Reason.BODY_DIFFERS: "the body is not the one that was signed",
    Reason.SIGNATURE_DIFFERS: "the headers, the signature or the key are others",
    Reason.MESSAGE_MALFORMED: "the header can be read in more than one way",
    Reason.DUPLICATE_HEADER: "a header stands there twice that may stand there once",
    Reason.MALFORMED: "it is malformed",
    Reason.ALGORITHM: "its algorithm is forbidden (RFC 8301) or unknown",
    Reason.BODY_LENGTH: "it covers only the beginning of the body (l=), so anything may follow",
    Reason.FROM_NOT_SIGNED: "it does not cover From",
    Reason.IDENTITY: "it signs for a domain that is not its own (i=)",
    Reason.STRICT_DOMAIN: "it signs for a subdomain, which its key forbids (t=s)",
    Reason.KEY_MALFORMED: "its key can't be read",
    Reason.KEY_REVOKED: "its key was revoked",
    Reason.KEY_UNFIT: "its key is for something else",
    Reason.KEY_WEAK: "its key is so short that others can forge it",
    Reason.EXPIRED: "it fits, but had expired",
    Reason.NO_KEY: "there is no key",
    Reason.TOO_MANY: "there are too many signatures",
    Reason.ARC: "ARC seals were not looked into, and prove nothing here",
    Reason.ARC_SET: "what it seals is not whole",
    Reason.OTHER_KIND: "signed in another way",
    Reason.ISSUER: "it fits the key of a certificate, and whose that is was not checked",
    Reason.UNREADABLE: "it can't be checked",
    Reason.CHECK_FAILED: "the check could not be made",
}
_CAUTIONS: dict[str, str] = {
    Caution.KEY_WEAK: "its key is short (RSA of fewer than 2048 bits)",
    Caution.TESTING: "its domain says that it is only testing (t=y)",
    Caution.UNSIGNED_HEADERS: "not signed",
    Caution.OTHER_DOMAIN: "the domain is not that of the address in From",
    Caution.OTHER_ADDRESS: "its certificate is for another address than the one in From",
    Caution.PART_ALONE: "it covers a part of the message alone",
    Caution.HEADERS_NOT_SIGNED: "From, Subject and Date are not signed",
    Caution.FROM_UNKNOWN: "whose address From holds can't be told",
    Caution.INTERMEDIARY: "it is of somebody who passed the message on, not of the sender",
    Caution.CHAIN_BROKEN: "it says that what was signed before did not fit (cv=fail)",
    Caution.AROUND: "more stands in the file than was sent",
    Caution.LINE_ENDS_RESTORED: "it fits with the line ends of e-mail, not with the file's",
    Caution.SIGNED_LATER: "it says that it was made after it was checked",
}


def describe(verdict: dict[str, Json]) -> str:
    """Return a verdict in a sentence, such as `quillmar.example: valid; …`.

    Names and details come from the message, and may hold what a terminal should not be shown.
    """
    by_person = verdict.get("header") in PEOPLE
    who = (None if by_person else verdict.get("domain")) or verdict.get("header") or "signature"
    if verdict.get("instance"):
        who = f"{who} ({verdict['header']} {verdict['instance']})"
    parts = [f"{who}: {_OUTCOMES.get(str(verdict.get('verdict')), 'not checked')}"]
    if reason := _REASONS.get(str(verdict.get("reason"))):
        detail = verdict.get("detail")
        parts.append(f"{reason} ({detail})" if detail else reason)
    elif verdict.get("detail"):
        parts.append(str(verdict["detail"]))
    parts += [_caution(word, verdict) for word in verdict.get("warnings") or []]
    return "; ".join(parts)


def _caution(word: str, verdict: dict[str, Json]) -> str:
    if word == Caution.UNSIGNED_HEADERS:
        return f"{_CAUTIONS[Caution.UNSIGNED_HEADERS]}: {', '.join(verdict['unsigned_headers'])}"
    return _CAUTIONS.get(word, word)
