#!/usr/bin/env bash
# Signed e-mail (DKIM): of two valid keys, each verifier can't read the one that the other can.
#
# With:     dkimpy 1.1.8 (Python) and mailauth 4.13.3 (npm), run 2026-11-27
# Guess:    what RFC 6376, section 3.6.1, allows in a key record is read by both: a list of
#           services (s=email:tlsrpt), and the bare RSAPublicKey that its text names as the form
#           of p=, beside the SubjectPublicKeyInfo of its examples.
# It does:  dkimpy compares s= as a whole, takes a list for an unknown service, and then says that
#           the type of the key is unknown. mailauth says so of the bare key. One and the same
#           message, signed with one and the same key, holds or doesn't by the tool.
# Matters:  "the signature is not valid" said of a genuine reply makes its sender a liar. Read
#           the record yourself, hand over the key alone, and tell "can't say" from "is false".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check dkimpy==1.1.8 cryptography==46.0.3
npm install --silent --no-fund --no-audit --prefix . mailauth@4.13.3

cat > sign.py <<'PYTHON'
"""Signs a message, writes it down with the key in several records, and asks dkimpy of each."""
import base64
import json
from pathlib import Path

import dkim
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

key = rsa.generate_private_key(65537, 2048)
private = key.private_bytes(
    serialization.Encoding.PEM,
    serialization.PrivateFormat.TraditionalOpenSSL,
    serialization.NoEncryption(),
)


def public(form):
    der = key.public_key().public_bytes(serialization.Encoding.DER, form)
    return base64.b64encode(der).decode()


whole = public(serialization.PublicFormat.SubjectPublicKeyInfo)
bare = public(serialization.PublicFormat.PKCS1)
records = {
    "one service": f"v=DKIM1; s=email; p={whole}",
    "two services": f"v=DKIM1; s=email:tlsrpt; p={whole}",
    "bare key": f"v=DKIM1; s=email; p={bare}",
}
message = b"From: press@quillmar.example\r\nSubject: Answer\r\n\r\nWe were never told.\r\n"
signed = dkim.sign(message, b"june", b"quillmar.example", private) + message
Path("mail.json").write_text(json.dumps([base64.b64encode(signed).decode(), records]))
for name, record in records.items():
    try:
        answer = dkim.DKIM(signed).verify(dnsfunc=lambda *_, **__: record.encode())
    except dkim.DKIMException as error:
        answer = type(error).__name__
    print(f"{name}: dkimpy {answer}")
PYTHON
cat > verify.mjs <<'NODE'
import { readFileSync } from "node:fs";
import { dkimVerify } from "mailauth/lib/dkim/verify.js";
const [mail, records] = JSON.parse(readFileSync("mail.json", "utf8"));
for (const [name, record] of Object.entries(records)) {
  const resolver = async () => [[record]];
  const { results } = await dkimVerify(Buffer.from(mail, "base64"), { resolver });
  const { result, comment } = results[0].status;
  console.log(`${name}: mailauth ${result}${comment ? `, ${comment}` : ""}`);
}
NODE
seen=$(venv/bin/python sign.py; node verify.mjs)
expected='one service: dkimpy True
two services: dkimpy UnknownKeyTypeError
bare key: dkimpy True
one service: mailauth pass
two services: mailauth pass
bare key: mailauth neutral, unknown key type'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
