"""The gate is shut over what is withheld and was written; nothing is left of that."""

import json
import os

import pytest

from adversary import canonical
from editions import ALL_SHOWN, DAY
from evidence_db.publishing.writing import edition as writing
from leak_forms import zipped

RULES = """
withhold = ["evidence/quote[speaker=The harbour master].speaker"]
"""
SECRET = "Wilhelmina Vandersloot"


@pytest.fixture
def secret(invented):
    """A case with a withheld name that stands nowhere else."""
    said = ("--text", "The board took note of the tender.", "--speaker", SECRET)
    made = invented.id("add", "quote", "--artifact", invented.ids["minutes"], *said)
    invented.run("withhold", made, "--field", "speaker", "--reason", "To protect a source.")
    invented.ids["told"] = made
    invented.run("checkpoint")
    return invented


@pytest.fixture
def planting(monkeypatch):
    """Have something written into an edition that its maker knows nothing of."""
    search = writing.search_written

    def plant(path, data):
        def planted(needles, root, paths, *more):
            place = root / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes((place.read_bytes() if place.exists() else b"") + data)
            return search(needles, root, {*paths, path}, *more)

        monkeypatch.setattr(writing, "search_written", planted)

    return plant


def publish(case, *words, code=0):
    return case.run(
        "publish", case.home / "out", "--made", DAY.format(1), *ALL_SHOWN, *words, code=code
    )


def test_what_is_withheld_is_searched_for_and_the_gate_says_so(secret):
    said = " ".join(publish(secret).stdout.split())
    assert "Searched for 2 withheld values and 0 withheld files, in 48 forms." in said
    told = json.loads((secret.home / "out" / "data" / "edition.json").read_text())
    assert {"rule": "leaks", "subject": None, "outcome": "met", "detail": None} in told["gate"]
    assert SECRET not in said


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("data/verify.html", f"<!-- {SECRET} -->".encode()),
        ("data/README.txt", SECRET.upper().encode("utf-16-le")),
        ("data/evidence.db", SECRET.encode()),
        ("data/site/wilhelmina-vandersloot.html", b"nothing"),
        ("data/artifacts/00/" + "0" * 64, zipped("a.txt", SECRET.encode())),
        ("edition.note", canonical({"by": SECRET}).encode().hex().encode()),
    ],
)
def test_a_leak_shuts_the_gate_wherever_it_is(secret, planting, path, data):
    planting(path, data)
    said = " ".join(publish(secret, code=1).output.split())
    where = "the names of files" if b"nothing" in data else path
    assert "leaks: No withheld value stands in the edition." in said
    assert f"evidence/quote {secret.ids['told'][:8]}" in said
    assert f"of {where}" in said
    assert SECRET not in said
    assert list(secret.home.glob("*out*")) == [], "nothing is half there"
    assert not (secret.root / "editions.json").exists()


def test_the_value_is_told_to_whoever_asks(secret, planting):
    planting("data/README.txt", SECRET.encode())
    assert SECRET in publish(secret, "--show-values", code=1).output
    words = ("publish", secret.home / "out", "--made", DAY.format(1), *ALL_SHOWN)
    said = secret.json(*words, code=1)
    (leak,) = said["searched"]["leaks"]
    assert (leak["path"], leak["forms"]) == ("data/README.txt", ["UTF-8"])
    assert "value" not in leak
    assert said["gate"][-1]["outcome"] == "unmet"


def test_a_file_that_is_named_may_hold_it(secret):
    """And the edition says that it was named, not for which field."""
    (secret.root / "policy.toml").write_text(RULES)
    said = publish(secret, code=1).output
    assert "speaker" in said
    minutes = secret.ids["minutes"]
    secret.run("withhold", secret.ids["never"], "--field", "selector", "--reason", "It has it.")
    secret.run("withhold", secret.ids["twice"], "--field", "selector", "--reason", "It has it.")
    publish(secret, f"--despite={minutes}")
    told = json.loads((secret.home / "out" / "data" / "edition.json").read_text())
    named = [line for line in told["gate"] if line["rule"] == "leaks" and line["subject"]]
    assert [(line["subject"], line["outcome"]) for line in named] == [(minutes, "overridden")]


def test_any_file_can_be_searched(secret, tmp_path):
    draft = tmp_path / "draft" / "article.html"
    draft.parent.mkdir()
    draft.write_text("<p>Wilhelmina&nbsp;Vander&shy;sloot told us</p>")
    said = secret.json("leaks", tmp_path / "draft", code=1)
    assert [one["path"] for one in said["leaks"]] == [str(draft)]
    draft.write_text("<p>Somebody told us</p>")
    assert "Nothing that is withheld was found in 1 file." in secret.run("leaks", draft).stdout
    (tmp_path / "draft" / "locked.pdf").write_bytes(b"%PDF-1.4 /Encrypt 5 0 R")
    assert "Not searched inside" in secret.run("leaks", draft.parent, code=3).stdout
    assert "Name files" in secret.run("leaks", tmp_path / "none", code=2).output


def test_links_are_followed_and_what_is_no_file_is_no_clean_file(secret, tmp_path):
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "a.html").write_text("Wilhelmina Vandersloot")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "shared").symlink_to(tmp_path / "shared")
    (tmp_path / "shared" / "round").symlink_to(tmp_path / "site")
    (tmp_path / "draft").symlink_to(tmp_path / "shared" / "a.html")
    for path in ("site", "draft"):
        assert len(secret.json("leaks", tmp_path / path, code=1)["leaks"]) == 1
    os.mkfifo(tmp_path / "pipe")
    assert "no file" in secret.run("leaks", tmp_path / "pipe", code=2).output


def test_a_rule_of_leaks_is_never_overridden(secret):
    words = ("--override", "leaks", "--because", "It must be out")
    assert "can't be overridden" in publish(secret, *words, code=2).output


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("<dd>Nothing was left out of the log that is signed.</dd><hr><p>To check it: <a>", 0),
        ("<dd>Nothing was left out of the log that is signed.</dd><hr><p>To check it by night", 1),
        ("<p>It was signed. <b>To check it</b> by night", 1),
        ("<p><b>Wilhelmina</b> <i>Vandersloot</i>", 1),
        ("<dd>Nothing was left out of the log that is signed.</dd><hr><p>{}</p>", 1),
    ],
)
def test_words_of_ours_side_by_side_on_a_page_are_no_leak(secret, planting, page, code):
    words = ("--text", "The board took note", "--speaker", "Signed. To check it")
    by_night = ("--text", "The board took", "--speaker", "To check it by night")
    for said in (words, by_night):
        made = secret.id("add", "quote", "--artifact", secret.ids["minutes"], *said)
        secret.run("withhold", made, "--field", "speaker", "--reason", "To protect a source.")
    secret.run("checkpoint")
    planting("data/site/claim/more.html", page.format(SECRET).encode())
    publish(secret, code=code)


def test_a_name_before_a_full_stop_within_a_text_is_no_name_of_a_file(secret, planting):
    words = ("--text", "The board took note", "--speaker", "signed: T. Harrow, head of security")
    made = secret.id("add", "quote", "--artifact", secret.ids["minutes"], *words)
    secret.run("withhold", made, "--field", "speaker", "--reason", "To protect a source.")
    secret.run("checkpoint")
    planting("data/more.txt", b"It was signed. Then nothing.")
    publish(secret)
