"""What a time-stamp response says (RFC 3161, section 2.4.2). Nothing here is proved."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar

from asn1crypto import cms, core, tsp

from evidence_chain.digest import sha256
from evidence_chain.errors import FormatError, ProofError
from evidence_chain.stamps.authority import load

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_RESPONSE = 1_048_576
"""Bytes that a response may have."""
MAX_CERTIFICATES = 16
"""Certificates that a response may have."""

UNREADABLE = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError)
"""What asn1crypto raises over bytes that are not what they should be."""

_GRANTED = frozenset({"granted", "granted_with_mods"})
_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)((?:\.\d*[1-9])?)Z", re.ASCII)


class _Response(core.Sequence):  # type: ignore[misc]  # asn1crypto has no types
    """`TimeStampResp`, whose token isn't there where none was granted."""

    _fields: ClassVar = [
        ("status", tsp.PKIStatusInfo),
        ("time_stamp_token", cms.ContentInfo, {"optional": True}),
    ]


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time-stamp as it was read; `check` says whether an authority made it."""

    time: datetime
    """In UTC, cut to microseconds."""
    time_text: str
    """`YYYY-MM-DDTHH:MM:SS[.FRACTION]Z`, with every digit that the authority gave."""
    authority: str | None
    """The subject of the certificate that signs (RFC 4514), where the response holds it."""
    serial: int
    """The number that the authority gave to this time-stamp."""
    policy: str
    """The policy that the authority names, as an object identifier."""
    algorithm: str
    """Of the imprint, such as `sha256`."""
    imprint: bytes
    """The digest of what was stamped."""
    nonce: int | None
    """The number of the request that it answers."""
    content: bytes = field(repr=False)
    """The bytes of the TSTInfo, which is what the authority signs."""
    token: cms.SignedData = field(repr=False, compare=False)

    @property
    def signer(self) -> cms.SignerInfo:
        """The one signature."""
        return self.token["signer_infos"][0]

    def certificates(self) -> Iterator[bytes]:
        """The certificates in the response, in DER, in its order; they prove nothing."""
        for choice in self.token["certificates"] or ():
            if choice.name == "certificate":
                yield choice.chosen.dump()


def open_response(response: bytes, text: bytes) -> Stamp:
    """Read a response over the text of a checkpoint's note.

    Args:
        response: The authority's whole `TimeStampResp`, in DER.
        text: The text of the note, up to and with the newline before the empty line.

    Raises:
        FormatError: it is no `TimeStampResp`, was cut, or goes on after its end.
        ProofError: the authority granted no time-stamp, or it is not one over `text` by SHA-256.
    """
    stamp = read(response)
    if stamp.algorithm != "sha256" or stamp.imprint != sha256(text):
        raise ProofError(
            "Checking a time-stamp: it is not over this checkpoint. Its imprint is "
            f"{stamp.algorithm} {stamp.imprint.hex()}; the checkpoint's SHA-256 is "
            f"{sha256(text).hex()}. Look for the one that belongs here."
        )
    return stamp


def read(response: bytes) -> Stamp:
    """Read a response over whatever it is over.

    Raises:
        FormatError: it is no `TimeStampResp`, was cut, or goes on after its end.
        ProofError: the authority granted no time-stamp, or marks something as critical that is
            not known here.
    """
    if len(response) > MAX_RESPONSE:
        raise FormatError(f"A time-stamp may have {MAX_RESPONSE} bytes; this has more.")
    try:
        answer = _Response.load(response, strict=True)
        status = answer["status"].native  # the whole is parsed before anything is believed
        if status["status"] in _GRANTED:
            return _read_token(answer["time_stamp_token"])
    except UNREADABLE as error:
        reason = str(error).partition("\n")[0]
        raise FormatError(
            f"This is no time-stamp response (RFC 3161), or it was changed or cut: {reason}. "
            "Fetch it again from where it was kept."
        ) from error
    raise ProofError(
        f"Checking a time-stamp: the authority granted none, but answered {status['status']!r}. "
        "Ask it for another."
    )


def _read_token(token: cms.ContentInfo) -> Stamp:
    if token["content_type"].native != "signed_data":
        raise ValueError("its token is not signed")
    signed = token["content"]
    if signed["encap_content_info"]["content_type"].native != "tst_info":
        raise ValueError("its token is about something else")
    if len(signed["signer_infos"]) != 1:
        raise ValueError(f"it has {len(signed['signer_infos'])} signatures where one belongs")
    if len(signed["certificates"] or ()) > MAX_CERTIFICATES:
        raise ValueError(f"it has more than {MAX_CERTIFICATES} certificates")
    content = bytes(signed["encap_content_info"]["content"])
    info = tsp.TSTInfo.load(content, strict=True)
    said = info.native
    if said["version"] != "v1":
        raise ValueError("its version is not 1")
    _check_extensions(info)
    time_text, time = _read_time(info["gen_time"].contents.decode("ascii"))
    return Stamp(
        time=time,
        time_text=time_text,
        authority=_authority(signed),
        serial=said["serial_number"],
        policy=info["policy"].dotted,
        algorithm=said["message_imprint"]["hash_algorithm"]["algorithm"],
        imprint=said["message_imprint"]["hashed_message"],
        nonce=said["nonce"],
        content=content,
        token=signed,
    )


def _check_extensions(info: tsp.TSTInfo) -> None:
    for extension in info["extensions"] or ():
        if extension["critical"].native:
            raise ProofError(
                "Checking a time-stamp: the authority marks something in it as critical that is "
                f"not known here ({extension['extn_id'].dotted}). Check it with another program."
            )


def _read_time(text: str) -> tuple[str, datetime]:
    match = _TIME.fullmatch(text)
    if match is None:
        raise ValueError(f"{text[:40]!r} is no time in UTC as DER has it")
    year, month, day, hour, minute, second, fraction = match.groups()
    written = f"{year}-{month}-{day}T{hour}:{minute}:{second}"
    micros = int(fraction[1:7].ljust(6, "0"))
    time = datetime.fromisoformat(written).replace(microsecond=micros, tzinfo=UTC)
    return f"{written}{fraction}Z", time


def _authority(signed: cms.SignedData) -> str | None:
    """The subject of the certificate that the signature names, if it is here."""
    identifier = signed["signer_infos"][0]["sid"]
    for choice in signed["certificates"] or ():
        if choice.name == "certificate" and names(identifier, choice.chosen):
            certificate = load(choice.chosen.dump())
            return certificate.subject.rfc4514_string() if certificate else None
    return None


def names(identifier: cms.SignerIdentifier, certificate: cms.Certificate) -> bool:
    """Whether a signature names a certificate as the one that it is made with (RFC 5652, 5.3)."""
    if identifier.name == "subject_key_identifier":
        return bool(identifier.chosen.native == certificate.key_identifier)
    named = identifier.chosen
    return bool(
        named["issuer"].dump() == certificate.issuer.dump()
        and named["serial_number"].native == certificate.serial_number
    )
