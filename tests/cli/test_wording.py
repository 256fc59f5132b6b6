"""What commands say of one thing or of several, once each, with one full stop and in columns."""

import re

import pytest
from PIL import Image, ImageDraw, ImageFont

WORDS = "The harbour board knew of the recordings"


def test_a_title_that_ends_with_a_full_stop_gets_no_second(tender):
    file = tender.json("list", "artifact")[0]["id"]
    quoted = tender.id("add", "quote", "--artifact", file, "--text", "We buy cameras.")
    told = tender.out("retract", quoted, "--reason", "misread", "--yes")
    assert told.strip().endswith("We buy cameras.")


def test_a_quiet_checkpoint_is_one_word(tender):
    note = tender.json("checkpoint")["note"]
    assert tender.out("checkpoint", "--quiet").split() == [note.splitlines()[2]]


def test_the_rules_of_the_policy_stand_in_columns(case):
    told = case.out("policy")
    rows = re.findall("^  ([a-z-]+) +(?=[A-Z`])", told.partition("What the gate asks:")[2], re.M)
    starts = {len(one) for one in re.findall("(?m)^  [a-z-]+ +(?=[A-Z`])", told)}
    assert len(rows) > 10
    assert len(starts) == 1


@pytest.mark.parametrize("how", ["there", "new"])
def test_a_case_that_cannot_be_made_leaves_nothing(person, monkeypatch, how):
    """Neither where its directory is new, nor where somebody made it before."""
    root = person.home / "above" / "wrong"
    if how == "there":
        root.mkdir(parents=True)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "nobody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
    monkeypatch.setenv("AWS_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
    words = ("--origin", "newsroom.example/far", "--files", "s3://nowhere/at-all")
    person.run("init", root, *words, code=4)
    assert root.exists() == (how == "there")
    assert [*person.home.rglob("*")] == ([root.parent, root] if how == "there" else [])


@pytest.mark.usefixtures("tesseract")
def test_a_remark_without_a_detail_is_told_once(case):
    picture = Image.new("L", (1400, 120), 255)
    ImageDraw.Draw(picture).text((20, 30), WORDS, 0, ImageFont.load_default(48))
    picture.save(case.home / "scan.png")
    told = case.out("quote", "scan.png", WORDS).splitlines()
    assert [line for line in told if "ocr" in line] == ["Notes: ocr."]
