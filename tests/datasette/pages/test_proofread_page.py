"""An article is proofread for whoever runs the server, and is not kept."""

import re
from pathlib import Path

import pytest

from evidence_datasette.pages import proofread

STRANGER = {"host": "evidence.example", "x-forwarded-for": "203.0.113.9"}
HERE = "/evidence/-/proofread"
RIGHT = "“We were never told about the recordings,” said the harbour master."
WRONG = "“We were told about the recordings,” said the harbour master."


def post(site, body, code=200, to=HERE, **headers):
    """Send an article as the page's script does."""
    page = site.ask(HERE)
    found = re.search(r'data-token="([^"]*)"', page.text)
    own = {
        "content-type": "application/octet-stream",
        "x-article-name": "draft.txt",
        "x-csrftoken": found[1],
        "host": "localhost",
    }
    cookies = dict(page.cookies)
    call = site.datasette.client.post(
        to, content=body, headers=own | headers, cookies=cookies or {"other": "1"}
    )
    response = site.loop.run_until_complete(call)
    assert response.status_code == code, response.text[:2000]
    return response


def test_a_quotation_that_stands_and_one_that_differs(site):
    text = post(site, f"{RIGHT}\n\n{WRONG}\n".encode()).text
    assert "Stands in a record" in text
    assert "negation: the article has nothing, and “never” stands there" in text


def test_what_is_sent_is_escaped_and_kept_nowhere(site):
    answer = post(site, f"<b>{WRONG}</b> Kept nowhere. <script>x()</script>".encode())
    assert "<script>x()" not in answer.text
    assert "no-store" in answer.headers["cache-control"]
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "Kept nowhere." in answer.text
    files = [path for path in site.case.root.rglob("*") if path.is_file()]
    assert not any(b"Kept nowhere." in path.read_bytes() for path in files)
    assert "Kept nowhere." not in site.text(HERE)


def test_strangers_are_refused(site):
    assert "only for those who run it" in site.ask(HERE, code=403, headers=STRANGER).text


def test_json_is_that_of_the_command_line(site, tmp_path):
    draft = tmp_path / "draft.txt"
    draft.write_text(WRONG)
    (sent,) = post(site, WRONG.encode(), to=f"{HERE}.json").json()["articles"]
    (told,) = site.case.json("proofread", draft, "--claims", code=1)["articles"]
    assert sent | {"article": ""} == told | {"article": ""}
    assert site.json(f"{HERE}.json") == {"articles": []}


@pytest.mark.parametrize(
    "headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://other.example"}]
)
def test_another_site_can_send_nothing(site, headers):
    text = post(site, RIGHT.encode(), code=403, **headers).text
    assert "Stands in a record" not in text


def test_too_much_is_refused(site, monkeypatch):
    monkeypatch.setattr(proofread, "LARGEST", 10)
    assert "MB" in post(site, RIGHT.encode(), code=413).text


def test_what_is_no_article_is_told(site):
    text = post(site, b"%PDF-1.7 nothing", code=400).text
    assert "application/pdf, which is not read here" in text


def test_pasted_text_needs_no_script(site):
    page = site.ask(HERE)
    token = re.search(r'name="csrftoken" value="([^"]*)"', page.text)[1]
    call = site.datasette.client.post(
        HERE,
        data={"csrftoken": token, "article": WRONG},
        headers={"host": "localhost"},
        cookies=dict(page.cookies) or {"other": "1"},
    )
    response = site.loop.run_until_complete(call)
    assert response.status_code == 200
    assert "Differs" in response.text


def test_a_form_of_many_fields_is_refused(site):
    many = "&".join(f"article={number}" for number in range(50)).encode()
    form = {"content-type": "application/x-www-form-urlencoded"}
    for to in (HERE, f"{HERE}.json"):
        assert "not what the form" in post(site, many, 400, to=to, **form).text


def test_an_article_that_is_sent_as_a_form_is_no_empty_article(site):
    form = {"content-type": "application/x-www-form-urlencoded"}
    for body in (WRONG.encode(), b""):
        assert "not what the form" in post(site, body, 400, to=f"{HERE}.json", **form).text
    assert post(site, b"article=", 200, to=f"{HERE}.json", **form).json()["articles"]


def test_other_pages_still_take_nothing(site):
    call = site.datasette.client.post("/evidence/-/claims", content=b"x")
    assert site.loop.run_until_complete(call).status_code in (403, 405)


def test_nothing_of_it_is_logged(site, caplog):
    caplog.set_level(0)
    post(site, WRONG.encode())
    assert "told about the recordings" not in caplog.text
    assert Path(proofread.__file__).name not in caplog.text


@pytest.mark.parametrize("to", [HERE, f"{HERE}.json"])
def test_a_form_in_parts_is_answered_clearly(site, to):
    parts = {"content-type": "multipart/form-data; boundary=x"}
    body = f"--x\r\ncontent-disposition: form-data; name=article\r\n\r\n{WRONG}\r\n--x--\r\n"
    answer = post(site, body.encode(), 415, to=to, **parts)
    assert "not what the form here sends" in answer.text
    assert "Differs" not in answer.text
    post(site, body.encode(), 403, to=to, origin="https://other.example", **parts)


def test_no_other_page_takes_a_form_in_parts(site):
    call = site.datasette.client.post(
        "/evidence/-/claims", content=b"", headers={"content-type": "multipart/form-data"}
    )
    assert site.loop.run_until_complete(call).status_code in (403, 405)
