"""Somebody who records in a browser: the link, the cookies, and forms filled in as they stand."""

import re
from dataclasses import dataclass, field

HERE = {"host": "localhost", "origin": "http://localhost", "sec-fetch-site": "same-origin"}


@dataclass
class Recorder:
    """A browser of one person, on a site that records."""

    site: object
    link: str
    cookies: dict = field(default_factory=lambda: {"other": "1"})

    def get(self, path, code=200):
        response = self.site.ask(path, code, headers=HERE, cookies=self.cookies)
        self.cookies |= dict(response.cookies)
        return response

    def send(self, path, code=303, headers=HERE, **fields):
        call = self.site.datasette.client.post(
            path, data=fields, headers=headers, cookies=self.cookies, follow_redirects=False
        )
        response = self.site.loop.run_until_complete(call)
        assert response.status_code == code, response.text[:2000]
        self.cookies |= dict(response.cookies)
        return response

    def csrf(self):
        """What Datasette 0.65 wants in a form, from a page that has one for everybody here."""
        return field_of(self.get("/evidence/-/proofread").text, "csrftoken")

    def begin(self, name="Ines Vael", code=303, **more):
        csrf = field_of(self.get(self.link).text, "csrftoken")
        return self.send(self.link, code, csrftoken=csrf, name=name, **more)

    def fill(self, page, action, code=303, headers=HERE, **given):
        """Send a form of a page, with its hidden fields as they are there."""
        html = self.get(page).text
        form = re.search(rf'<form[^>]*action="([^"]*/{action}/[^"]*)".*?</form>', html, re.DOTALL)
        hidden = {
            name: field_of(form[0], name)
            for name in re.findall(r'type="hidden" name="(\w+)"', form[0])
        }
        return self.send(form[1], code, headers, **hidden | given)


def field_of(html, name):
    return re.search(rf'name="{name}"(?: value="([^"]*)")?', html)[1] or ""
