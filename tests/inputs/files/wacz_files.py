"""Packaged web archives as tests make them: WARCs, and the digests of what is in the package."""

import gzip
import hashlib
import io
import json
import zipfile

from warc_files import PDF, URL, http, record

ONE = record(http(b"<p>one"))
FIRST = gzip.compress(ONE, mtime=0)
SECOND = record(http(b"<p>two")) + record(http(PDF), url=f"{URL}.pdf")
FILES = {"archive/b.warc": SECOND, "archive/a.warc.gz": FIRST, "pages/pages.jsonl": b"{}\n"}


def told(path, content):
    return {"path": path, "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}


def packed(files):
    """A ZIP of these files, in their order; those of one name may be several."""
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as archive:
        for name, content in files.items() if isinstance(files, dict) else files:
            archive.writestr(zipfile.ZipInfo(name, (2031, 6, 16, 10, 12, 44)), content)
    return found.getvalue()


def manifest(resources):
    return json.dumps({"profile": "data-package", "resources": resources}).encode()


def package(files, told_of=None, sign=None, listed=told):
    """A package of these files, that says of itself what it would say if it held `told_of`.

    `sign` makes the signature of the digest of its list of files.
    """
    listing = manifest([listed(*one) for one in (files if told_of is None else told_of).items()])
    digest = told("datapackage.json", listing)
    signed = {"signedData": sign(digest["hash"])} if sign else {}
    described = {
        "datapackage.json": listing,
        "datapackage-digest.json": json.dumps(digest | signed).encode(),
    }
    return packed(files | described)
