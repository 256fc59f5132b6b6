"""Whether a picture carries a manifest of its provenance (C2PA 2.1), whose, and whether it holds.

The manifest is read by c2pa-python where that is installed (`pip install evidence-chain[c2pa]`);
else it is only told that it is there.
"""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING, Any

from evidence_chain.inspect.finding import Finding, listing
from evidence_chain.inspect.picture.segments import READERS

if TYPE_CHECKING:
    from collections.abc import Iterator

_LABEL = b"c2pa"
_PIECES = {"image/jpeg": "EB", "image/png": "caBX", "image/webp": "C2PA"}
NOT_READ = "whose it is and whether it holds was not checked: install evidence-chain[c2pa]"


def findings(data: bytes, media_type: str) -> Iterator[Finding]:
    """What is said of a manifest, if there is one."""
    reader, name = READERS.get(media_type), _PIECES.get(media_type)
    if reader is None:
        return
    held = [data[one.content : one.end] for one in reader(data) if one.name == name]
    if any(_LABEL in one[:200] for one in held):
        yield Finding("provenance", "C2PA", _told(data, media_type))


def _told(data: bytes, media_type: str) -> str:
    try:
        import c2pa
    except (ImportError, OSError):
        return NOT_READ
    try:
        said: dict[str, Any] = json.loads(c2pa.Reader(media_type, BytesIO(data)).json())
    except (c2pa.C2paError, ValueError) as error:
        return f"it can't be read ({str(error)[:200]})"
    manifest = said.get("manifests", {}).get(said.get("active_manifest"), {})
    signed = manifest.get("signature_info", {})
    state = said.get("validation_state") or "not told"
    failures = listing(str(one.get("code")) for one in said.get("validation_status") or ())
    return (
        f"by {signed.get('issuer', 'an unknown signer')} {signed.get('common_name', '')}, made "
        f"with {manifest.get('claim_generator', 'an unknown program')}; c2pa says: {state}"
        f"{f' ({failures})' if failures else ''}"
    )
