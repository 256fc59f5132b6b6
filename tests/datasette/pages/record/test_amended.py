"""Corrections on the pages: shown with who made them, the old value one click away."""

import pytest


@pytest.fixture(scope="module")
def shown(template, tmp_path_factory):
    case = template.copy_to(tmp_path_factory.mktemp("amended") / "case")
    amend = ("--reason", "Misheard <b>twice</b>")
    case.ids["speaker"] = case.id("amend", case.ids["never"], "--speaker", "Ada Wren", *amend)
    case.run("amend", case.ids["minutes"], "--title", "Minutes of May", *amend)
    case.run("checkpoint")
    return case


def details(page):
    return [tag for tag, name, value in page.attributes if (name, value) == ("class", "amended")]


def test_a_record_says_what_is_right_and_what_was_there(site):
    page = site.page(f"/evidence/-/record/{site.case.ids['never']}")
    assert "speaker amended" in page.text
    assert "by tester" in page.text
    assert "Before, it was The harbour master. Why: Misheard <b>twice</b>" in page.text
    assert details(page) == ["details"]
    assert "b" not in page.tags[page.tags.index("details") : page.tags.index("details") + 9]


def test_a_claim_says_it_of_passages_and_files(site):
    page = site.page("/evidence/-/claim/board-knew")
    assert "Ada Wren" in page.text
    assert "Before, it was The harbour master." in page.text
    assert "Minutes of May" in page.text
    assert "Before, it was The minutes." in page.text


def test_a_document_is_called_as_it_is_now(site):
    page = site.page(f"/evidence/-/document/{site.case.ids['minutes']}")
    assert "Minutes of May" in page.text
    assert "Before, it was The minutes." in page.text


def test_an_amendment_has_a_page_that_leads_to_what_it_amends(site):
    page = site.page(f"/evidence/-/record/{site.case.ids['speaker']}")
    assert "Amends" in page.text
    assert any(site.case.ids["never"] in link for link in page.links)


def test_json_is_that_of_the_command_line(site):
    never = site.case.ids["never"]
    answer = site.json(f"/evidence/-/record/{never}.json")
    shown = site.case.json("show", never)
    assert {name: answer[name] for name in shown} == shown


def test_the_case_has_a_page_of_its_own_entry(site):
    page = site.page("/evidence/-/record/@0")
    assert "Harbour" in page.text
    site.page("/evidence/-/log/0")
