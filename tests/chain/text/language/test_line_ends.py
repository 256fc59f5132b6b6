"""Line ends, hyphens and accents of which only the sentence tells what they are."""

import pytest

from evidence_chain.text import match
from evidence_chain.text.language.folds import agree, fold


@pytest.mark.parametrize(
    ("stream", "typed"),
    [
        ("โรงเรียนซื้อโคมไฟ\nจากร้านค้าในเมือง", "โรงเรียนซื้อโคมไฟจากร้านค้าในเมือง"),
        ("โรงเรียนซื้อโคมไฟ\nจากร้านค้าในเมือง", "โรงเรียนซื้อโคมไฟ จากร้านค้าในเมือง"),
        ("โรงเรียนซื้อโคมไฟ  \r\n  จากร้านค้า", "โรงเรียนซื้อโคมไฟจากร้านค้า"),
        ("ໂຮງຮຽນຊື້ໂຄມໄຟ\nຈາກຮ້ານຄ້າ", "ໂຮງຮຽນຊື້ໂຄມໄຟຈາກຮ້ານຄ້າ"),
        ("សាលារៀនបានទិញ\nចង្កៀងពីហាង", "សាលារៀនបានទិញចង្កៀងពីហាង"),
        ("ကျောင်းသည် မီးအိမ်\nများကို ဝယ်ခဲ့သည်။", "ကျောင်းသည် မီးအိမ်များကို ဝယ်ခဲ့သည်။"),
        ("སློབ་གྲྭས་སྒྲོན་\nམེ་ཉོས།", "སློབ་གྲྭས་སྒྲོན་མེ་ཉོས།"),
        ("ꦒꦸꦫꦸꦏꦸ\nꦠꦸꦏꦸ", "ꦒꦸꦫꦸꦏꦸꦠꦸꦏꦸ"),
        ("ᦑᦺᦟᦹᧉ\nᦵᦙᦲᧂ", "ᦑᦺᦟᦹᧉᦵᦙᦲᧂ"),
        ("ꆈꌠꁱ\nꂷꉙꅉ", "ꆈꌠꁱꂷꉙꅉ"),
        ("학교가 가게에서 등을 샀\n다고 적었다.", "학교가 가게에서 등을 샀다고 적었다."),
        ("학교가 가게에서\n등을 샀다고 적었다.", "학교가 가게에서 등을 샀다고 적었다."),
        ("학교가 2031\n년에 등을 샀다고 적었다.", "학교가 2031년에 등을 샀다고 적었다."),
        ("Professor Mu¨ller wrote it.", "Professor Müller wrote it."),
        ("The A ˚ngstrom hall is full.", "The Ångstrom hall is full."),
        ("The A ˚ ngstrom hall is full.", "The Ångstrom hall is full."),
        ("Professor M¨uller wrote it.", "Professor Müller wrote it."),
        ("Andre´ and Jose´ wrote it.", "André and José wrote it."),
        ("Andr´e and Jos´e wrote it.", "André and José wrote it."),
        ("The A˚ ngstro¨m hall is full.", "The Ångström hall is full."),
        ("They met Franc¸ois in May.", "They met François in May."),
        ("They met Fran¸cois in May.", "They met François in May."),
        ("They met Sˇkoda in May.", "They met Škoda in May."),
        ("They met Nun˜ez in May.", "They met Nuñez in May."),
        ("They don´t know l´homme.", "They don't know l'homme."),
        ("Andre´ and Jose´ wrote it.", "Andre´ and Jose´ wrote it."),
    ],
)
def test_the_same(stream, typed):
    found = match(typed, f"Before that.\n\n{stream}\n\nAfter that.")
    assert found.status in ("verbatim", "normalised"), found.difference
    assert found.accepted, found.notes


@pytest.mark.parametrize(
    ("stream", "typed"),
    [
        ("โรงเรียนซื้อ โคมไฟจากร้านค้า", "โรงเรียนซื้อโคมไฟจากร้านค้า"),
        ("학교가 가게에서 등을 샀 다고 적었다.", "학교가 가게에서 등을 샀다고 적었다."),
        ("The school bought\nlamps for it.", "The schoolbought lamps for it."),
        ("The school bought\nlamps for it.", "The school boughtlamps for it."),
        ("Professor Muller wrote it.", "Professor Müller wrote it."),
        ("Professor Mu¨ller wrote it.", "Professor Muller wrote it."),
        ("Professor Mu¨ller wrote it.", "Professor Múller wrote it."),
        ("The schoo\uffffl bought it.", "The school bought it."),
        ("Professor Mu¨ller wrote it.", "Professor Mu"),
    ],
)
def test_not_the_same(stream, typed):
    assert match(typed, stream).status == "altered"


@pytest.mark.parametrize(
    ("stream", "typed", "unsure"),
    [
        ("The head re-\nsigned the letter.", "The head resigned the letter.", True),
        ("The head re-\nsigned the letter.", "The head re-signed the letter.", True),
        ("The head re\ufffesigned the letter.", "The head resigned the letter.", True),
        ("They re-\ncovered the lamps.", "They recovered the lamps.", True),
        ("They re-\ncovered it, and recovered all.", "They recovered it, and", False),
        ("They re-\ncovered it, re-covered, recovered.", "They recovered it,", True),
        ("They re-\nported the lamps.", "They reported the lamps.", False),
        ("They bought the lan-\nterns.", "They bought the lanterns.", False),
        ("The head resigned the letter.", "The head resigned the letter.", False),
    ],
)
def test_a_hyphen_that_changes_the_word(stream, typed, unsure):
    found = match(typed, stream)
    assert found.status in ("verbatim", "normalised")
    assert found.notes == (["hyphen-unsure"] if unsure else [])
    assert found.accepted is not unsure


def test_open_white_space_is_a_space_or_nothing():
    whole = fold("학교가\n등을").text
    assert agree("학교가 등을", whole) == len(whole)
    assert agree("학교가등을", whole) == len(whole)
    assert agree("학교가  등을", whole) is None
    assert agree(whole, "학교가등을") == len("학교가등을")


def test_a_passage_does_not_end_before_the_accent_of_its_last_letter():
    assert match("They met Zoe", "They met Zoe¨ there.").notes == ["partial-word"]
