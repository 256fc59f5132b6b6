#!/usr/bin/env bash
# A bucket on one's own server: a time limit that is given makes the environment's permission void.
#
# With:     obstore 0.12.1 (Python), run 2026-11-28
# Guess:    `client_options={"timeout": "60s"}` sets one thing, and what the environment says
#           (AWS_ALLOW_HTTP=true) goes on to count, as AWS_ENDPOINT_URL and the keys do.
# It does:  with any client option at all, AWS_ALLOW_HTTP counts no more: each request ends as
#           "builder error" before anything is sent. Keys and address are still the environment's.
# Matters:  a program that works with Amazon can't reach an archive's own server any more, and says
#           nothing of why. Give no client options, or allow HTTP in them, too.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check obstore==0.12.1

export AWS_ACCESS_KEY_ID=invented AWS_SECRET_ACCESS_KEY=invented AWS_REGION=us-east-1
export AWS_ALLOW_HTTP=true AWS_ENDPOINT_URL=http://127.0.0.1:9  # where nobody answers

seen=$(venv/bin/python - <<'PYTHON'
import obstore

for given in ({}, {"timeout": "60s"}, {"timeout": "60s", "allow_http": True}):
    store = obstore.store.from_url(
        "s3://bucket", client_options=given or None, retry_config={"max_retries": 0}
    )
    try:
        obstore.get(store, "file")
    except obstore.exceptions.GenericError as error:
        print(given, "not sent" if "builder error" in str(error) else "sent, and refused")
PYTHON
)
expected=$(cat <<'TEXT'
{} sent, and refused
{'timeout': '60s'} not sent
{'timeout': '60s', 'allow_http': True} sent, and refused
TEXT
)
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
