"""The page that tells what is left to do."""


def test_it_says_what_the_command_says(site):
    told = site.case.json("status", code=1)
    shown = site.json("/evidence/-/status.json")
    assert {key: shown[key] for key in told} == told
    words = site.page("/evidence/-/status").text
    for task in told["tasks"]:
        assert task["command"] in words
    assert 'href="/evidence/-/status"' in site.text("/evidence/-/claims")


def test_one_claim_alone(site):
    words = site.page("/evidence/-/status?claim=quay-is-wired").text
    assert "Only for the claim quay-is-wired" in words
    site.ask("/evidence/-/status?claim=nothing-like-it", code=404)
