"""`verify.html` as somebody uses it who drops an edition on it."""

FILL = """([witnesses, key]) => {
    for (const one of document.querySelectorAll('input')) one.value = ''
    document.querySelector('#witnesses').value = witnesses
    document.querySelector('#key').value = key
    document.querySelector('#results').replaceChildren()
}"""


class Verifier:
    def __init__(self, page, address, also="blob:null/"):
        self.page, self.address, self.happened = page, address, []
        page.set_default_timeout(60_000)
        note = self.happened.append
        page.context.on("console", lambda said: note(said.text))
        page.context.on("weberror", lambda error: note(str(error.error)))
        page.context.on("dialog", lambda dialog: note(dialog.message))
        known = (address, "about:blank", also)
        page.context.on("request", lambda one: one.url.startswith(known) or note(one.url))

    def check(self, path, key=None, **files):
        """What came of checking what lies at a path: `holds`, `failed` or `not-checked`."""
        self.drop(path, key, **files)
        self.page.wait_for_selector("#outcome")
        return self.page.get_attribute("#outcome", "class").removeprefix("outcome ")

    def refused(self, path, key):
        """What is said of what can't be checked at all."""
        self.drop(path, key)
        return self.page.locator("#results [role=alert]").inner_text()

    def opened(self, edition, words):
        """What is shown of the claim with these words."""
        assert self.check(edition.path, edition.key.verifier) == "holds"
        claim = self.page.locator(".claim", has_text=words).first
        claim.locator("summary").first.click()
        claim.locator("article").first.wait_for()
        return claim.inner_text()

    def drop(self, path, key=None, **files):
        """Give the page what lies at a path, and have it checked."""
        if self.page.url != self.address:
            self.page.goto(self.address)
        self.page.evaluate(FILL, [files.pop("witness", ""), "" if key is None else str(key)])
        for name, file in files.items():
            self.page.set_input_files(f"#{name}", file)
        self.page.set_input_files("#folder" if path.is_dir() else "#files", path)
        self.page.click("#check")

    @property
    def findings(self):
        return self.page.locator(".findings li").all_inner_texts()

    @property
    def steps(self):
        return {int(one.partition("(step ")[2][0]) for one in self.findings if "FAILED" in one}
