"""Who may record in a browser, and from where; and that nothing writes without being asked to."""

import re

import pytest
from browsing import PAGES
from datasette import Request
from recorder import HERE, Recorder

from evidence_datasette.answering import compat
from evidence_datasette.asking import desk
from evidence_datasette.serving import served

CLAIM = "/evidence/-/claim/quay-is-wired"
REVIEW = "/evidence/-/review/@1"
ANSWER = {"verdict": "approved", "note": "Read all of it."}
OTHER = {"origin": "https://other.example", "sec-fetch-site": "cross-site"}


def entries(site):
    with site.case.connected() as connection:
        return connection.execute("SELECT count(*) FROM entry").fetchone()[0]


def test_without_being_asked_to_record_not_one_route_writes(site):
    before = site.case.database.read_bytes()
    paths = [f"/evidence/-/{page}" for page in PAGES]
    paths += [f"/evidence/-/{page}" for page in ("review/@1", "quote/@1", "begin/x", "pick/@1")]
    paths += ["/evidence/-/verify", "/evidence/-/status", "/evidence/-/file/@1"]
    for path in paths:
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            call = site.datasette.client.request(
                method, path, data=ANSWER if method == "POST" else None, headers=HERE
            )
            code = site.loop.run_until_complete(call).status_code
            assert code in (403, 404, 405), (method, path, code)
    assert site.case.database.read_bytes() == before
    routes = [str(pattern) for pattern, _ in site.datasette._routes()]
    assert not [one for one in routes if re.search("begin|review|quote", one)]
    assert 'action="/evidence/-/review' not in site.text(CLAIM)


def test_the_link_works_once_and_its_secret_stays_in_it(visitor, caplog):
    caplog.set_level(0)
    secret = visitor.link.rpartition("/")[2]
    opened = visitor.get(visitor.link)
    assert opened.headers["referrer-policy"] == "no-referrer"
    assert "no-store" in opened.headers["cache-control"]
    assert "frame-ancestors 'none'" in opened.headers["content-security-policy"]
    assert secret not in opened.text
    begun = visitor.begin()
    assert secret not in str(begun.headers)
    (cookie,) = [one for one in begun.headers.get_list("set-cookie") if desk.COOKIE in one]
    assert "httponly" in cookie.lower()
    assert "samesite=strict" in cookie.lower()
    assert "Recording as <bdi>Ines Vael</bdi>" in visitor.get(CLAIM).text
    another = Recorder(visitor.site, visitor.link)
    assert "used already" in another.get(visitor.link, 403).text
    assert "Recording as" not in another.get(CLAIM).text
    ours = [one.getMessage() for one in caplog.records if "http" not in one.name]
    assert not [said for said in ours if secret in said]


@pytest.mark.parametrize("name", ["", "   ", "x" * 200, "Ines\u202eVael"])
def test_a_name_that_can_stand_in_no_record_does_not_use_the_link_up(visitor, name):
    assert "Give your name" in visitor.begin(name, 400).text
    visitor.begin()


def test_who_did_not_come_by_the_link_records_nothing(recorder):
    size = entries(recorder.site)
    stranger = Recorder(recorder.site, "")
    assert "review" not in stranger.get(CLAIM).text.partition("<main")[2].partition("</main>")[0]
    recorder.cookies[desk.COOKIE] = "guessed"
    for one in (stranger, recorder):
        said = one.send(REVIEW, 403, csrftoken=one.csrf(), **ANSWER).text
        assert "Only who came by the link" in said
    assert entries(recorder.site) == size


@pytest.mark.parametrize(
    "changed",
    [
        OTHER,
        {"origin": "http://localhost:3000", "sec-fetch-site": "same-site"},
        {"origin": "null", "sec-fetch-site": "cross-site"},
        {"origin": "https://other.example"},
        {"origin": "", "sec-fetch-site": ""},
        {"sec-fetch-site": "none"},
    ],
)
def test_what_another_site_sends_is_refused(recorder, changed):
    size = entries(recorder.site)
    headers = {name: value for name, value in {**HERE, **changed}.items() if value}
    if changed == {"origin": "https://other.example"}:
        del headers["sec-fetch-site"]
    recorder.fill(CLAIM, "review", 403, headers, **ANSWER)
    assert entries(recorder.site) == size


def test_a_form_in_parts_is_refused_though_nobody_asked_for_its_token(recorder):
    size = entries(recorder.site)
    parts = HERE | {"content-type": "multipart/form-data; boundary=x"}
    call = recorder.site.datasette.client.post(
        REVIEW, content=b"--x--", headers=parts, cookies=recorder.cookies
    )
    response = recorder.site.loop.run_until_complete(call)
    assert response.status_code == 400
    assert "not what the form here sends" in response.text
    assert entries(recorder.site) == size


def test_a_form_of_no_session_is_refused(recorder):
    size = entries(recorder.site)
    for token in ("", "guessed"):
        said = recorder.fill(CLAIM, "review", 403, token=token, **ANSWER)
        assert "not of your session" in said.text
    assert entries(recorder.site) == size


def test_over_a_network_one_has_to_be_logged_in_too(recorder):
    for headers in ({"host": "evidence.example"}, {"x-forwarded-for": "203.0.113.9"}):
        away = HERE | headers
        away["origin"] = f"http://{away['host']}"
        text = recorder.send(REVIEW, 403, away, csrftoken=recorder.csrf(), **ANSWER).text
        assert "Only who came by the link" in text
    assert not compat.has_login()


@pytest.mark.parametrize(
    ("scheme", "actor", "comes"),
    [("https", {"id": "ines"}, True), ("http", {"id": "ines"}, False), ("https", None, False)],
)
def test_from_elsewhere_only_who_logged_in_over_https_may_come(scheme, actor, comes):
    request = Request.fake("/evidence/-/claims", scheme=scheme)
    request.scope["actor"] = actor
    assert desk.may_come(request) is comes


def test_after_twelve_hours_one_records_no_more(recorder, monkeypatch):
    later = desk.time.monotonic() + desk.SECONDS + 1
    monkeypatch.setattr(desk.time, "monotonic", lambda: later)
    said = recorder.send(REVIEW, 403, csrftoken=recorder.csrf(), **ANSWER).text
    assert "Only who came by the link" in said


def test_what_one_sees_who_records_is_kept_for_nobody_else(recorder):
    assert "review/" in recorder.get(CLAIM).text
    assert 'action="/evidence/-/review' not in recorder.site.text(CLAIM)


def test_another_server_knows_nothing_of_the_link(recorder):
    other = served(recorder.site.case.database)
    assert desk.desk_of(other) is None


def test_the_command_refuses_where_nobody_logs_in(invented):
    said = invented.run("serve", "--record", "--host", "0.0.0.0", "--port", "0", code=2)
    assert "nobody logs in here" in said.stderr
