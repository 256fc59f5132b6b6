"""The page of what happened to records names each of them in full, to be copied."""

from markup import Markup


def test_the_records_that_it_is_about_can_be_copied(invented, serve):
    minutes = invented.ids["minutes"]
    words = ("handover", "--to", "Quay Laboratory", "--what", "To be dated.", minutes)
    made = invented.json(*words)
    page = Markup(serve(invented).text(f"/evidence/-/record/{made['id']}"))
    digests = [one for one in page.all("code") if one["attrs"].get("class") == "digest"]
    named = {one["text"]: one["attrs"]["title"] for one in digests}
    assert named[minutes] == "id of the record"
