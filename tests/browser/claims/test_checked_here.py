"""On a claim's page a reader's own browser checks what the server says."""

from playwright.sync_api import expect

from browser.test_accessibility import breaches


def test_a_claim_is_checked_on_its_page_without_the_servers_word(demo, read):
    reader = read(demo)
    page = reader.go("claim/quillmar-knew")
    page.get_by_role("button", name="Fetch the proofs").click()
    expect(page.locator("output .said")).to_contain_text("you gave no key")
    page.get_by_label("verifier key").fill(demo.case.vkey)
    page.get_by_role("button", name="Fetch the proofs").click()
    expect(page.locator("output .holds")).to_contain_text("signed by the key that you gave")
    expect(page.locator("output li").first).to_contain_text("supports")
    assert breaches(page) == []
    page.route("**/proofs/*", lambda route: route.fulfill(json=forged(route.fetch().json())))
    page.get_by_role("button", name="Fetch the proofs").click()
    expect(page.locator("output .failed")).to_contain_text("Something is wrong")


def forged(answer):
    """The server turns a proof's index."""
    answer["proofs"][0] = answer["proofs"][0].replace("\nindex ", "\nindex 1")
    return answer
