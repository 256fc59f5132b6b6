"""Packages as they are written, read back by our own readers and by warcio, without a browser."""

import gzip
import hashlib
import json
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from evidence_chain.capture import Certificate, Exchange, Missing, Visit
from evidence_chain.capture.package import key, package
from evidence_chain.extract import wacz

AT = datetime(2031, 4, 2, 9, 30, 15, 250_000, tzinfo=UTC)
SITE = "https://vardo.example"
SECRET = "t0p-s3cr3t-0f-a-reporter"
_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C",)), max_size=20)
_NAMES = st.sampled_from(
    ("Content-Type", "Content-Encoding", "Transfer-Encoding", "Content-Length", "X-Note", "Vary")
)
_SECRETS = st.sampled_from(("Cookie", "set-cookie", "AUTHORIZATION", "Proxy-Authorization"))
_HEADERS = st.lists(st.tuples(_NAMES, _WORDS) | st.tuples(_SECRETS, st.just(SECRET)), max_size=5)
_EXCHANGES = st.builds(
    Exchange,
    url=st.integers(0, 5).map(lambda n: f"{SITE}/part/{n}?b=2&a={n}"),
    at=st.just(AT),
    status=st.integers(200, 599).filter(lambda status: status != 206),  # which is a part
    reason=_WORDS,
    asked=_HEADERS,
    answered=_HEADERS,
    body=st.none() | st.binary(max_size=200),
    method=st.sampled_from(("GET", "POST")),
    address=st.sampled_from(("", "192.0.2.7", "2001:db8::7")),
)


def visit(*exchanges, **more):
    page = Exchange(
        f"{SITE}/news",
        AT,
        200,
        "OK",
        [("Cookie", f"sid={SECRET}")],
        [("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Content-Length", "7")],
        b"<title>News</title><p>We were never told.</p>",
        address="192.0.2.7",
    )
    told = {"asked": f"{SITE}/old", "url": page.url, "at": AT, "title": "News"} | more
    return Visit(exchanges=[page, *exchanges], **told)


def read(content):
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def records(files):
    archive = ArchiveIterator(BytesIO(files["archive/data.warc.gz"]), check_digests="raise")
    return [(one.rec_headers, one.http_headers, one.content_stream().read()) for one in archive]


@given(st.lists(_EXCHANGES, max_size=6))
def test_what_is_written_is_read_back(exchanges):
    files = read(package(visit(*exchanges)))
    answers = [one for one in records(files) if one[0]["WARC-Type"] == "response"]
    assert [(one["WARC-Target-URI"], body) for one, _, body in answers[1:]] == [
        (one.url, one.body or b"") for one in exchanges
    ]
    assert [one["WARC-IP-Address"] or "" for one, *_ in answers[1:]] == [
        one.address for one in exchanges
    ]
    drawn = wacz.extract(BytesIO(package(visit(*exchanges))))
    assert "We were never told." in drawn.text
    assert not {"hash_mismatch", "unlisted", "digest_mismatch", "damaged", "partial"} & {
        *drawn.options
    }


@given(st.lists(_EXCHANGES, max_size=6))
def test_no_cookie_and_no_credential_is_written(exchanges):
    files = read(package(visit(*exchanges)))
    assert SECRET.encode() not in gzip.decompress(files["archive/data.warc.gz"])
    assert SECRET.encode() not in b"".join(files.values())


@given(st.lists(_EXCHANGES, max_size=6))
def test_each_line_of_the_index_leads_to_its_record(exchanges):
    files = read(package(visit(*exchanges, picture=b"\x89PNG", pdf=b"%PDF")))
    lines = files["indexes/index.cdx"].splitlines()
    assert lines == sorted(lines)
    for line in lines:
        sort, stamp, told = line.decode().split(" ", 2)
        told = json.loads(told)
        assert (sort, stamp) == (key(told["url"]), "20310402093015")
        start = int(told["offset"])
        piece = files["archive/data.warc.gz"][start : start + int(told["length"])]
        (record,) = ArchiveIterator(BytesIO(piece))
        assert record.rec_headers["WARC-Target-URI"] == told["url"]
        assert record.rec_headers["WARC-Payload-Digest"] == told["digest"]
    wanted = 3 + sum(one.method == "GET" for one in exchanges)
    assert len(lines) == wanted


def test_the_description_has_the_digest_of_every_file():
    files = read(package(visit()))
    listed = json.loads(files["datapackage.json"])["resources"]
    assert {one["path"] for one in listed} == {
        *("archive/data.warc.gz", "indexes/index.cdx", "pages/pages.jsonl")
    }
    for one in listed:
        content = files[one["path"]]
        assert one["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert one["bytes"] == len(content)
    digest = json.loads(files["datapackage-digest.json"])["hash"]
    assert digest == f"sha256:{hashlib.sha256(files['datapackage.json']).hexdigest()}"
    head, page = map(json.loads, files["pages/pages.jsonl"].splitlines())
    assert head["format"] == "json-pages-1.0"
    assert (page["url"], page["ts"]) == (f"{SITE}/news", "2031-04-02T09:30:15Z")


def test_headers_of_the_bytes_as_sent_are_kept_under_another_name():
    answers = [one for one in records(read(package(visit()))) if one[0]["WARC-Type"] == "response"]
    (_, http, body) = answers[0]
    assert http.get_header("X-Archive-Orig-Content-Encoding") == "gzip"
    assert http.get_header("X-Archive-Orig-Content-Length") == "7"
    assert http.get_header("Content-Encoding") is None
    assert http.get_header("Content-Length") == str(len(body))


def test_what_is_missing_and_was_made_here_is_in_the_archive():
    lacking = Missing(f"{SITE}/film.mp4", "video and sound are not taken")
    more = {
        "missing": [lacking],
        "told": ["It goes on."],
        "certificates": [Certificate(SITE, b"-----BEGIN CERTIFICATE-----\n")],
        "picture": b"\x89PNG",
        "document": "<p>Put in by a script.</p>",
    }
    found = {
        one["WARC-Type"]: (one, body) for one, _, body in records(read(package(visit(**more))))
    }
    told = json.loads(found["metadata"][1])
    assert told["missing"] == [{"url": lacking.url, "why": lacking.why}]
    assert told["told"] == ["It goes on."]
    assert told["headersLeftOut"] == ["cookie"]
    assert found["conversion"][1] == b"<p>Put in by a script.</p>"
    drawn = wacz.extract(BytesIO(package(visit(**more))))
    assert drawn.options["converted"] == [f"{SITE}/news: a conversion"]


@pytest.mark.parametrize("lacking", [{"at": None}, {"url": ""}])
def test_nothing_is_packaged_of_a_visit_that_got_nothing(lacking):
    with pytest.raises(ValueError, match="got nothing"):
        package(visit(**lacking))


@pytest.mark.parametrize(
    ("url", "sorted_as"),
    [
        ("https://www.Vardo.example/News?b=2&a=1", "example,vardo)/news?a=1&b=2"),
        ("http://192.0.2.7:8080", "192.0.2.7:8080)/"),
        ("http://vardo.example:80/x y", "example,vardo)/xy"),
        ("urn:pdf:https://vardo.example/", "urn:pdf:https://vardo.example/"),
        ("http://[broken", "http://[broken"),
    ],
)
def test_addresses_are_sorted_by_their_hosts(url, sorted_as):
    assert key(url) == sorted_as
