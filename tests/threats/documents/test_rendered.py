"""Row 38: a page that shows other words than its text layer has; and pictures that were changed."""

import json

import pytest

from adversary import Insider, flip, overwrite, verdict
from cases import make_empty_case
from evidence_chain.entry import Entry
from evidence_chain.extract.pages import ocr
from evidence_chain.rendering.reading import why_unreadable
from evidence_chain.text import make_selectors
from evidence_chain.verify.record import Opened
from evidence_chain.verify.report import Report
from evidence_db.verifying.documents import rendered
from pdfs import Pdf, line, lines, one_page, scanned, to_unicode

AROUND = b"The minutes of the board were read aloud and approved by all of them"
SAID = "We never knew about the recordings at all"


def lie(made, seen, said):
    """Add a page that shows one text and whose text layer has another, letter for letter."""
    codes = range(33, 33 + len(seen))
    names = b" ".join(b"/space" if char == " " else b"/" + char.encode() for char in seen)
    units = {code: b"%04X" % ord(char) for code, char in zip(codes, said, strict=True)}
    plain, cmap = made.font, made.stream(to_unicode(units))
    made.font = made.add(
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode %d 0 R"
        b"/Encoding<</Type/Encoding/Differences[33 %s]>>>>" % (cmap, names)
    )
    around = line(AROUND, y=720).replace(b"/F ", b"/P ")
    shown = b"BT /F 12 Tf 72 700 Td <%s> Tj ET\n" % bytes(codes).hex().encode()
    page = made.page(shown + around)
    fonts = b"/Font<</P %d 0 R" % plain
    made.objects[page - 1] = made.objects[page - 1].replace(b"/Font<<", fonts)
    made.font = plain


def quoted(case, data, text=SAID):
    """The answer to adding a quote of a PDF, of which the log is signed then."""
    artifact = case.id("add", "artifact", case.write("minutes.pdf", data))
    made = case.json("add", "quote", "--artifact", artifact, "--text", text)
    case.run("checkpoint")
    return made


def crop(case, made):
    """Where the picture of a passage is kept."""
    return case.kept(made["regions"][0]["crop"])


PAGES = {
    "honest": ("holds", "They always knew of the microphones", None, None),
    "elided": ("holds", SAID, None, "We never knew […] the recordings at all"),
    "other words": ("failed", "Nobody asked us and now", "We planned it in secret", None),
    "a word inside": (
        "not-checked",
        "Which we never have told the auditor",
        "Which we       have told the auditor",
        "Which we have told the auditor",
    ),
}
"""What comes of reading a page; what it shows, what its text layer says, what is quoted of it."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """A case with a passage of each page."""
    case, made = make_empty_case(tmp_path_factory.mktemp("pages")), Pdf()
    for _, seen, said, _ in PAGES.values():
        lie(made, seen, said or seen)
    case.write("minutes.pdf", made.data())
    evidence = [
        {"key": name, "kind": "quote", "document": "minutes", "text": quote or said or seen}
        for name, (_, seen, said, quote) in PAGES.items()
    ]
    items = {"documents": [{"key": "minutes", "file": "minutes.pdf"}], "evidence": evidence}
    case.ids = case.json("import", case.write("case.json", json.dumps(items)))["ids"]
    fields, insider = case.body("honest"), Insider(case)
    fields["regions"] = case.body("other words")["regions"]
    case.ids["another picture"] = insider.record("evidence/quote", fields)
    insider.sign()
    return case


@pytest.fixture(scope="module")
def read(pages):
    """What `verify --rendered` finds."""
    return pages.json("verify", "--rendered", code=1)["checks"]


def about(checks, id_):
    """What was found of one passage."""
    (found,) = [check for check in checks if check["subject"] == id_] or [{"outcome": "holds"}]
    return found


@pytest.mark.usefixtures("tesseract")
class TestRead:
    @pytest.mark.parametrize("name", PAGES)
    def test_row_38_a_page_that_shows_other_words_than_its_text(self, pages, read, name):
        outcome, seen, *_ = PAGES[name]
        found = about(read, pages.ids[name])
        assert found["outcome"] == outcome, found
        if outcome != "holds":
            assert found["check"] == "rendered"
            assert seen in found["detail"]
            assert ("look at the picture" in found["detail"]) == (outcome == "not-checked")

    def test_row_38_those_that_agree_are_counted(self, read):
        passages = ("rendered", "holds", "passages")
        held = next(c for c in read if (c["check"], c["outcome"], c["subject"]) == passages)[
            "count"
        ]
        assert held == [outcome for outcome, *_ in PAGES.values()].count("holds")

    def test_row_38_the_picture_of_another_passage(self, pages, read):
        found = [c for c in read if c["subject"] == pages.ids["another picture"]]
        assert {(c["check"], c["outcome"]) for c in found} == {
            ("extraction", "failed"),
            ("rendered", "failed"),
        }

    def test_row_38_a_scan(self, case):
        made = quoted(case, scanned().data(), "The city of Quillmar")
        assert "ocr" in made["notes"]
        assert not made["accepted"]
        assert case.json("verify", "--rendered")["outcome"] == "holds"

    def test_a_damaged_picture_is_not_read(self, pictured):
        case, made = pictured
        flip(crop(case, made))
        assert verdict(case, "--rendered", code=1)[:2] == (["crop"], {"rendered"})


def test_row_38_without_pictures_being_read_only_their_place_is_noticed(pages):
    report = pages.json("verify", code=1)
    failed = [c["subject"] for c in report["checks"] if c["outcome"] == "failed"]
    assert failed == [pages.ids["another picture"]]
    assert any("--rendered" in one for one in report["absent"])


@pytest.mark.parametrize(
    ("said", "seen", "outcome"),
    [
        (SAID, f"of the quay\n{SAID}.\nThe tender", "holds"),
        (SAID, SAID.replace("knew about", "knew a-\nbout"), "holds"),
        (SAID, SAID.upper(), "holds"),
        (SAID, SAID.replace("recordings", "recordlngs"), "holds"),
        (SAID, SAID.replace("never", "often"), "not-checked"),
        (SAID, SAID.replace("about", "nothing about"), "not-checked"),
        ("knew about the recordings", SAID, "not-checked"),
        ("knew about the recordings", "We never asked, and\nknew about the recordings", "holds"),
        ("It was signed on the 28 of May", "It was signed on the 23 of May", "not-checked"),
        ("There are ten doors to the hall", "There are two doors to the hall", "not-checked"),
        (SAID, " ".join(reversed(SAID.split())), "failed"),
        (SAID, "".join(f"{char} it was said that the " for char in SAID), "failed"),
        (SAID, "", "failed"),
        ("我们从来不知道录音的事", "码头\n我们从来不知道录音的事\n招标", "holds"),
        ("我们知道录音的事", "我们不知道录音的事", "not-checked"),
    ],
)
def test_row_38_what_counts_as_the_same(monkeypatch, said, seen, outcome):
    monkeypatch.setattr(rendered, "_read", lambda *_: seen)
    monkeypatch.setattr(ocr, "languages", lambda: ("eng", "chi_sim"))
    values = {"selector": make_selectors(said, [(0, len(said))]), "regions": [{"crop": "ab"}]}
    opened = Opened(0, "0" * 64, Entry("evidence/quote", {}, {}), {**values, "match": {}})
    rendered.check_rendered(None, opened, report := Report())
    assert report.outcome == outcome


@pytest.mark.parametrize(
    ("said", "languages", "strange"),
    [
        (SAID, ["eng"], ""),
        ("Größe und Höhe", ["eng"], ""),
        ("我们从来不知道录音的事", ["eng", "chi_sim"], ""),
        ("我们从来不知道录音的事", ["eng"], "Cjk"),
        ("نحن لا نعرف شيئا عن التسجيل", ["eng", "ara"], ""),
        ("بىز بۇ ئۈنئالغۇدىن خەۋەرسىز ئىدۇق", ["eng", "ara"], "Arabic"),
        ("بىز بۇ ئۈنئالغۇدىن خەۋەرسىز ئىدۇق", ["eng"], "Arabic"),
        ("हमें रिकॉर्डिंग का पता नहीं था", ["eng"], "Devanagari"),
        ("Мы ничего не знали о записях", ["eng"], "Cyrillic"),
        ("Sự thật là họ không biết", ["eng"], "Latin"),
        ("1,250.00", ["eng"], ""),
    ],
)
def test_row_38_a_script_that_there_is_no_data_for(monkeypatch, said, languages, strange):
    """What is right must not fail because the program can't read it: it isn't checked."""
    why = why_unreadable(said, languages)
    assert (strange in why) if strange else not why
    monkeypatch.setattr(rendered, "_read", lambda *_: said if not strange else "q3 VII ~")
    monkeypatch.setattr(ocr, "languages", lambda: tuple(languages))
    values = {"selector": make_selectors(said, [(0, len(said))]), "regions": [{"crop": "ab"}]}
    opened = Opened(0, "0" * 64, Entry("evidence/quote", {}, {}), {**values, "match": {}})
    rendered.check_rendered(None, opened, report := Report())
    assert report.outcome == ("not-checked" if strange else "holds")


@pytest.fixture
def pictured(case):
    """A case with a passage of a PDF, and the answer to adding it."""
    return case, quoted(case, one_page(line(SAID.encode())))


def test_a_picture_that_was_changed(pictured):
    case, made = pictured
    flip(crop(case, made))
    assert verdict(case, code=1)[:2] == (["crop"], set())


def test_a_picture_that_was_swapped(pictured):
    case, made = pictured
    other = quoted(case, one_page(line(b"Nobody asked us anything", y=500)), "Nobody asked us")
    overwrite(crop(case, made), crop(case, other).read_bytes())
    assert verdict(case, code=1)[:2] == (["crop"], set())


def test_row_32_a_picture_that_is_gone(pictured):
    case, made = pictured
    crop(case, made).unlink()
    assert verdict(case, code=3)[:2] == ([], {"crop"})
    assert verdict(case, "--rendered", code=3)[:2] == ([], {"crop", "rendered"})


def test_row_32_a_record_without_its_picture(pictured):
    case, made = pictured
    insider = Insider(case)
    insider.record("evidence/quote", case.body(made["id"]) | {"regions": []})
    insider.sign()
    found = verdict(case, "--rendered", code=3)
    assert found[:2] == ([], {"rendered"})
    assert "no picture" in found.details


@pytest.mark.parametrize("page", [2, 99])
def test_a_record_that_names_another_page(case, page):
    made = Pdf()
    made.page(lines(SAID.encode()))
    made.page(lines(b"Nobody asked us anything"))
    fields = case.body(quoted(case, made.data())["id"])
    assert fields["selector"][2]["value"] == "page=1"
    fields["selector"][2]["value"] = f"page={page}"
    insider = Insider(case)
    insider.record("evidence/quote", fields)
    insider.sign()
    found = verdict(case, code=1)
    assert found[:2] == (["extraction"], set())
    assert "it stands on page 1" in found.details


@pytest.mark.parametrize(("second", "failed"), [(2, []), (1, ["extraction"])])
def test_a_record_that_names_the_page_of_its_second_fragment_alone(case, second, failed):
    """The page of a fragment is compared with where that fragment stands, and no other."""
    made = Pdf()
    made.page(lines(SAID.encode()))
    made.page(lines(b"Nobody asked us anything"))
    fields = case.body(quoted(case, made.data(), "the recordings at all … Nobody asked us")["id"])
    *first, page, quote, position, other = fields["selector"]
    assert (page["value"], other["value"]) == ("page=1", "page=2")
    fields["selector"] = [*first, quote, position, other | {"value": f"page={second}"}]
    insider = Insider(case)
    insider.record("evidence/quote", fields)
    insider.sign()
    found = verdict(case, code=1 if failed else 0)
    assert found[:2] == (failed, set())
    assert ("it stands on page 2, and its record says page 1" in found.details) == bool(failed)
