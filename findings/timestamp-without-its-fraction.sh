#!/usr/bin/env bash
# Time-stamps (RFC 3161): the part of the second is lost, the accuracy within it is kept.
#
# With:     rfc3161-client 1.0.9 with rfc3161ng 2.1.3 beside it (Python), OpenSSL; run 2026-11-27
# Guess:    the time of a token, which may have a fraction of a second (section 2.4.2), is read
#           whole, as the accuracy beside it is.
# It does:  rfc3161-client cuts the fraction off but keeps the accuracy. Of a token for .552 s,
#           good to 1 millisecond, it says :00 s, good to 1 millisecond. rfc3161ng keeps it.
# Matters:  such an interval doesn't hold the instant that the authority vouched for, and which of
#           two documents came first can no longer be said. Read genTime from the token itself.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check rfc3161-client==1.0.9 rfc3161ng==2.1.3

cat > authority.cnf <<'CONF'
[req]
distinguished_name = name
x509_extensions = extensions
prompt = no
[name]
CN = Demo time-stamping authority
[extensions]
extendedKeyUsage = critical,timeStamping
[authority]
serial = serial
signer_cert = authority.pem
signer_key = authority.key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
accuracy = millisecs:1
clock_precision_digits = 3
CONF
openssl req -x509 -newkey rsa:2048 -nodes -keyout authority.key -out authority.pem -days 2 \
  -config authority.cnf 2> /dev/null
echo 01 > serial
echo evidence > file
openssl ts -query -data file -sha256 -cert -out query 2> /dev/null
for _ in 1 2 3 4 5; do # until the clock doesn't show a whole second, which has no fraction
  openssl ts -reply -config authority.cnf -section authority -queryfile query \
    -out reply 2> /dev/null
  openssl ts -reply -in reply -text | grep -q 'Time stamp:.*\.[0-9]' && break
done

seen=$(venv/bin/python -W ignore - <<'PYTHON'
from pathlib import Path

import rfc3161ng
from rfc3161_client import decode_timestamp_response

reply = Path("reply").read_bytes()
read = decode_timestamp_response(reply).tst_info
whole = rfc3161ng.get_timestamp(rfc3161ng.decode_timestamp_response(reply).time_stamp_token)
print("accuracy, rfc3161-client:", read.accuracy.millis, "ms")
print("seconds agree:", read.gen_time.replace(tzinfo=None) == whole.replace(microsecond=0))
print("fraction, rfc3161ng:", "there" if whole.microsecond else "none")
print("fraction, rfc3161-client:", "there" if read.gen_time.microsecond else "none")
PYTHON
)
expected='accuracy, rfc3161-client: 1 ms
seconds agree: True
fraction, rfc3161ng: there
fraction, rfc3161-client: none'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
