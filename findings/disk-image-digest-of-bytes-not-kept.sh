#!/usr/bin/env bash
# Disk images (E01): the digest stored in an image is of bytes that the image doesn't hold.
#
# With:     ewf-tools and libewf2 20140813-1+b1 (Debian 12), run 2026-11-27
# Guess:    a raw image whose size isn't a multiple of 512 bytes, such as the dump of a card's
#           memory, is refused, or padded, or kept to its last byte.
# It does:  ewfacquire says SUCCESS and stores the digest of all 1,000 bytes, but a medium of one
#           sector. The last 488 bytes are gone, and its own ewfverify fails ever after.
# Matters:  the image was right for minutes only; found years later, the mismatch looks like
#           tampering. Verify an image at once after acquiring it, and keep the raw file until then.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
version=20140813-1+b1
apt-get -o APT::Sandbox::User=root download -qq \
  "ewf-tools=$version" "libewf2=$version" libbfio1=20170123-6 > /dev/null
for package in ./*.deb; do dpkg -x "$package" tools; done
LD_LIBRARY_PATH=$(find "$folder/tools" -name 'libewf.so*' -printf '%h\n' -quit)
export LD_LIBRARY_PATH PATH="$folder/tools/usr/bin:$PATH"

head -c 1000 < <(yes 'evidence') > card.bin
seen=$(
  echo "file: $(stat -c %s card.bin) bytes, MD5 $(md5sum < card.bin | cut -c -32)"
  ewfacquire -u -t card card.bin 2>&1 | sed -n 's/^ewfacquire: /ewfacquire: /p'
  ewfinfo card.E01 | sed -nE 's/^\s*(Media size|MD5):\s+/image: \1 /p'
  { ewfverify card.E01 2>&1 || true; } \
    | sed -nE 's/^MD5 hash calculated.*:\s+/verified: MD5 /p; /^ewfverify: /p'
  ewfexport -u -f raw -t out card.E01 > export.log 2>&1
  echo "taken out again: $(stat -c %s out.raw) bytes"
)
expected='file: 1000 bytes, MD5 fc7cd706a7ab8c855c77c7067bf299cb
ewfacquire: SUCCESS
image: Media size 512 B (512 bytes)
image: MD5 fc7cd706a7ab8c855c77c7067bf299cb
verified: MD5 0658af11bcda45dcdec0c06d5f4200c8
ewfverify: FAILURE
taken out again: 512 bytes'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
