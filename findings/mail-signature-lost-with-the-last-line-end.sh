#!/usr/bin/env bash
# Signed e-mail (DKIM): a file that lost only its last line end is called changed by two verifiers.
#
# With:     dkimpy 1.1.8 (Python) and mailauth 4.13.3 (npm), run 2026-11-27
# Guess:    in the relaxed form white space at the end of lines counts for nothing, and a body
#           without a line end at its end is given one (RFC 6376, section 3.4.4). So a message that
#           was saved without it still has its signature, whatever its last line ends with.
# It does:  neither takes a space off the last line that has no end, and both put the end after it:
#           the digest of the body differs. dkimpy says that the signature is not valid, mailauth
#           that the hash of the body did not verify. Signatures of people end so ("-- "), and
#           mailboxes, editors and web pages cut the end of the last line off.
# Matters:  "the body is not the one that was signed" said of a genuine reply. Give the body its
#           line end before it is made comparable.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check dkimpy==1.1.8 cryptography==46.0.3
npm install --silent --no-fund --no-audit --prefix . mailauth@4.13.3

cat > sign.py <<'PYTHON'
"""Signs two messages, cuts off the last line end of each, and asks dkimpy before and after."""
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
der = key.public_key().public_bytes(
    serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
)
record = f"v=DKIM1; p={base64.b64encode(der).decode()}"
head = b"From: press@quillmar.example\r\nSubject: Answer\r\n\r\n"
mails = {}
for name, body in (("no space", b"We deny it.\r\n"), ("a space", b"We deny it. \r\n")):
    form = (b"relaxed", b"relaxed")
    sent = head + body
    signed = dkim.sign(sent, b"june", b"quillmar.example", private, canonicalize=form) + sent
    mails[f"{name}, as sent"] = signed
    mails[f"{name}, cut"] = signed.removesuffix(b"\r\n")
encoded = {name: base64.b64encode(mail).decode() for name, mail in mails.items()}
Path("mails.json").write_text(json.dumps([record, encoded]))
for name, mail in mails.items():
    print(f"{name}: dkimpy {dkim.verify(mail, dnsfunc=lambda *_, **__: record.encode())}")
PYTHON
cat > verify.mjs <<'NODE'
import { readFileSync } from "node:fs";
import { dkimVerify } from "mailauth/lib/dkim/verify.js";
const [record, mails] = JSON.parse(readFileSync("mails.json", "utf8"));
for (const [name, mail] of Object.entries(mails)) {
  const resolver = async () => [[record]];
  const { results } = await dkimVerify(Buffer.from(mail, "base64"), { resolver });
  const { result, comment } = results[0].status;
  console.log(`${name}: mailauth ${result}${comment ? `, ${comment}` : ""}`);
}
NODE
seen=$(venv/bin/python sign.py; node verify.mjs)
expected='no space, as sent: dkimpy True
no space, cut: dkimpy True
a space, as sent: dkimpy True
a space, cut: dkimpy False
no space, as sent: mailauth pass
no space, cut: mailauth pass
a space, as sent: mailauth pass
a space, cut: mailauth neutral, body hash did not verify'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
