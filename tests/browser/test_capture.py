"""Pages of the web as `evidence capture` gets and preserves them: one run for all of them."""

import gzip
import json
import os
from io import BytesIO
from zipfile import ZipFile

import pytest
from cryptography import x509
from PIL import Image
from warcio.archiveiterator import ArchiveIterator

from browser.served import CHROMIUM
from cases import make_empty_case
from evidence_chain.capture.browser import running
from evidence_chain.capture.limits import Limits
from web_pages import SESSION, certificate_chain, site

PATHS = (
    *("old", "shadow", "frames", "wall", "endless", "changing", "asking", "login", "echo"),
    *("policy", "worker", "none"),
)


class Captured:
    """A case with all pages, and what the command answered of each."""

    def __init__(self, case, answer, servers):
        self.case, self.failures = case, answer["failures"]
        self.plain, self.secure = servers
        self.pages = {one["asked"].rpartition("/")[2]: one for one in answer["captured"]}

    def told(self, page):
        return " ".join(self.pages[page]["told"])

    def missing(self, page):
        listed = self.pages[page]["missing"]
        return {one["url"].rpartition("/")[2]: one["why"] for one in listed}

    def file(self, id_):
        return self.case.preserved(id_).read_bytes()

    def kept(self, page):
        copy = self.case.home / f"{page}.wacz"
        copy.write_bytes(self.file(self.pages[page]["id"]))
        return copy

    def package(self, page):
        return ZipFile(BytesIO(self.file(self.pages[page]["id"])))

    def records(self, page):
        with self.package(page).open("archive/data.warc.gz") as file:
            return [
                (one.rec_type, one.rec_headers, one.http_headers, one.content_stream().read())
                for one in ArchiveIterator(file)
            ]

    def part(self, page, scheme):
        (found,) = [one["id"] for one in self.pages[page]["parts"] if scheme in one["file"]]
        return self.file(found)


@pytest.fixture(scope="module")
def captured(tmp_path_factory):
    if not CHROMIUM.exists():
        reason = "Chromium is not installed; apt-get install chromium."
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    home = tmp_path_factory.mktemp("captured")
    chain = home / "chain.pem"
    chain.write_bytes(certificate_chain())
    case = make_empty_case(home)
    with site() as plain, site(chain) as secure, pytest.MonkeyPatch.context() as patched:
        patched.setattr(running, "LIMITS", Limits(screens=8))
        urls = [f"{plain.address}/{path}" for path in PATHS] + [f"{secure.address}/secure"]
        asking = ("--also-archive", "--archive", plain.address, "--untrusted")
        yield Captured(case, case.json("capture", *asking, *urls), (plain, secure))


def test_all_are_got_and_the_case_verifies(captured):
    assert captured.failures == []
    assert set(captured.pages) == {*PATHS, "secure"}
    captured.case.run("checkpoint")
    assert "0 failed" in captured.case.run("verify", "--all-digests").stdout


def test_readers_find_nothing_wrong_with_the_packages(captured):
    assert captured.pages["frames"]["notes"] == []
    for page in captured.pages.values():
        assert all("made by a program" in one or "another status" in one for one in page["notes"])
    held = captured.case.json("add", "artifact", captured.kept("old"))
    assert [one["pages"][0][0] for one in held if one["pages"]] == [
        f"{captured.plain.address}/news"
    ]


def test_redirects_address_time_and_agent_are_told(captured):
    page = captured.pages["old"]
    steps = [one["url"].rpartition("/")[2] for one in page["redirects"]]
    assert (steps, page["status"], page["address"]) == (["old", "older"], 200, "127.0.0.1")
    assert page["url"] == f"{captured.plain.address}/news"
    record = captured.case.body(page["id"])
    assert (record["url"], record["retrieved_at"]) == (page["asked"], page["at"])
    assert record["more"]["final_url"] == page["url"]
    assert "Chrome/" in record["more"]["user_agent"]
    addresses = {
        kept["WARC-IP-Address"] for kind, kept, *_ in captured.records("old") if kind == "response"
    }
    assert addresses == {"127.0.0.1"}


def test_a_passage_is_quoted_by_the_address(captured):
    words = "Vardo was never told where the microphones would stand."
    answer = captured.case.json("quote", captured.pages["old"]["asked"], words, "-s", "Vardo")
    assert answer["status"] == "verbatim"
    assert captured.pages["old"]["unread"] is None


def test_what_is_not_taken_is_named(captured):
    assert captured.missing("old") == {
        "gone.png": "the server answered 404",
        "film.mp4": "video and sound are not taken",
    }
    assert captured.missing("policy") == {"script.js": "the page's own policy blocks it (CSP)"}
    assert captured.pages["none"]["status"] == 404


def test_pictures_below_the_window_are_loaded(captured):
    assert any("/lazy.png" in str(one["WARC-Target-URI"]) for _, one, *_ in captured.records("old"))


def test_the_picture_shows_the_whole_page_and_the_pdf_is_one(captured):
    assert Image.open(BytesIO(captured.part("old", "urn:view:"))).size[1] > 4000
    assert captured.part("old", "urn:pdf:").startswith(b"%PDF")
    assert captured.case.body(captured.pages["old"]["parts"][0]["id"])["media_type"] == "image/png"


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("shadow", "The board had heard in the minutes."),
        ("frames", "The annex names forty microphones."),
        ("endless", "Item 40"),
    ],
)
def test_what_scripts_and_frames_put_in_is_quoted(captured, page, words):
    answer = captured.case.json("quote", captured.pages[page]["id"], words, "-s", "Board")
    assert answer["status"] == "verbatim"
    made_here = page != "frames"
    assert ("converted" in json.dumps(answer)) == made_here
    assert ("Scripts or the browser put in" in captured.told(page)) == made_here
    assert ("Frames are kept" in captured.told(page)) == (page == "frames")


def test_a_wall_before_the_page_is_told_and_nothing_is_clicked(captured):
    assert "May we set cookies?" in captured.told("wall")
    assert not any(
        b"Behind the wall" in body
        for kind, *_, body in captured.records("wall")
        if kind == "conversion"
    )
    assert "lies over" not in captured.told("old")


def test_a_page_without_end_ends(captured):
    assert "It has no end here: it was scrolled 8 windows far" in captured.told("endless")
    assert "no end" not in captured.told("old")


def test_a_page_that_changes_while_it_is_read_is_told(captured):
    said = captured.told("changing")
    assert "gone: “The price is 40 crowns”; new: “The price is 90 crowns”" in said
    assert "changed" not in captured.told("old")


def test_boxes_windows_and_bodies_of_requests_are_told(captured):
    said = captured.told("asking")
    assert "A box with the words “Sign up!”, which was dismissed." in said
    assert "A window that the page opened, which was shut." in said
    assert "A request with a body, which is not kept." in said
    assert not any(b"hunter2" in body for *_, body in captured.records("asking"))


def test_no_login_ends_in_the_archive(captured):
    with_cookie = [headers["Cookie"] for path, headers in captured.plain.asked if path == "/member"]
    assert with_cookie == [f"sid={SESSION}"]
    with captured.package("login") as package:
        whole = b"".join(map(package.read, package.namelist()))
        whole += gzip.decompress(package.read("archive/data.warc.gz"))
    assert SESSION.encode() not in whole
    assert captured.pages["login"]["headersLeftOut"] == ["cookie", "set-cookie"]
    assert "cookie" not in captured.told("login")


def test_a_cookie_that_the_page_shows_is_told(captured):
    assert "The value of a cookie stands in the page or an address, too" in captured.told("echo")


def test_pages_know_nothing_of_each_other(captured):
    cookies = [headers["Cookie"] for path, headers in captured.plain.asked if path == "/echo"]
    assert cookies == [None]


def test_no_service_worker_answers(captured):
    workers = [headers["Service-Worker"] for _, headers in captured.plain.asked]
    assert not any(workers)


def test_certificates_are_a_part_and_a_bad_one_is_told(captured):
    chain = x509.load_pem_x509_certificates(captured.part("secure", "urn:certificates:"))
    assert chain[0].subject.rfc4514_string() == "CN=news.example"
    assert "certificate is not valid for this browser (net::ERR_CERT_" in captured.told("secure")
    assert "not valid" not in captured.told("old")


def test_another_archive_keeps_a_copy(captured):
    asked = captured.pages["shadow"]["asked"]
    copy = f"{captured.plain.address}/web/20310402093000/{asked}"
    assert captured.pages["shadow"]["copy"] == copy
    assert captured.case.body(captured.pages["shadow"]["id"])["more"]["archive_copy"] == copy


def test_what_can_not_be_got_is_told(captured, tmp_path):
    paths = (captured.secure.address + "/secure", captured.plain.address + "/file")
    hanging = captured.plain.address + "/hanging"
    limits = Limits(seconds=2, killed=8)
    found = list(
        running.capture(
            [*paths, hanging, captured.plain.address + "/member"], tmp_path, limits=limits
        )
    )
    why = [one.failed for one in found]
    assert "ERR_CERT_" in why[0]
    assert "Download is starting" in why[1]
    assert why[2]
    assert why[3] == ""
