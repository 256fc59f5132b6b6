"""What is withheld is found in every form, by both engines; and nothing else is."""

import base64
import bz2
import gzip
import lzma
import random
import sqlite3
import textwrap
import urllib.parse
import zlib
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_db.publishing.leaks import scanning
from evidence_db.publishing.leaks.engines import AhoCorasick, Hyperscan
from evidence_db.publishing.leaks.needles.disclosed import Disclosed, Said
from evidence_db.publishing.leaks.needles.needles import Needles
from evidence_db.publishing.leaks.report import Searched
from evidence_db.publishing.leaks.scanning import Search, search
from evidence_db.publishing.withholding.values import WithheldFile, WithheldValue
from leak_forms import CHARSETS, digested, escaped, jpeg, written, zipped

NAMES = (
    "Ada Lindqvist",
    "Zoë Müller-Groß",
    "Иван Петров",
    "Γιώργος Παππάς",
    "王小明",
    "田中さくら",
    "홍길동전",
    "the “Tin Whistle”",
    "Łukasz Żak, Łódź",
)
ENGINES = (Hyperscan, AhoCorasick)


def needles_for(*values, field="statement", disclosed=()):
    said = [Said("elsewhere", field, value) for value in disclosed]
    needles = Needles(Disclosed(said, ["ab" * 32], "newsroom.example/harbour"))
    for index, value in enumerate(values):
        needles.add_value(WithheldValue(index, f"{index:064x}", "claim", field, value, True))
    return needles


def found_in(tmp_path, files, needles, make=Hyperscan):
    """What is found, by the names of files, which are in no file's bytes."""
    tmp_path.mkdir(exist_ok=True)
    paths = {f"{number:04}": name for number, name in enumerate(files)}
    for path, name in paths.items():
        (tmp_path / path).write_bytes(files[name])
    found = search(tmp_path, list(paths), Search(needles, make), workers=1)
    return {paths.get(hit.path, hit.path): hit for hit in found.hits}, found


def planted(data):
    return b'{"note": "before it ' + data + b' and after it"}\n'


@pytest.mark.parametrize("make", ENGINES)
@pytest.mark.parametrize("name", NAMES)
def test_a_value_is_found_in_every_form(tmp_path, name, make):
    files = {form: planted(data) for form, data in written(name)}
    hits, _ = found_in(tmp_path, files, needles_for(name), make)
    assert files.keys() - hits.keys() == set()


@pytest.mark.parametrize("make", ENGINES)
@pytest.mark.parametrize(
    "made",
    [
        lambda text: text.encode(),
        lambda text: f"{text}\n".encode(),
        lambda text: text.encode("utf-16-le"),
        lambda text: f"{text}\n".encode("utf-16-be"),
        lambda text: f'"{text}"'.encode(),
    ],
)
def test_a_digest_without_salt_is_found(tmp_path, made, make):
    """Of a value, too, that is too short to be searched for."""
    files = {form: planted(data) for form, data in digested(made("yes"))}
    needles = needles_for("yes")
    hits, _ = found_in(tmp_path, files, needles, make)
    assert files.keys() == hits.keys()
    assert [one.why for one in needles.skipped] == [
        "it is too short to search for but by its digests"
    ]


@pytest.mark.parametrize("ended", [b"\n", b"\r\n"])
def test_a_file_is_found_by_its_digests_and_its_content(tmp_path, ended):
    content = ended.join(b"Line %d of what nobody may see." % n for n in range(40)) + ended
    needles = needles_for()
    needles.add_file(WithheldFile("00" * 32, "secret.txt", 3, True), content)
    plain = content.replace(b"\r\n", b"\n")
    files = {form: planted(data) for form, data in digested(plain)}
    files |= {f"{form} CR LF": data for form, data in digested(plain.replace(b"\n", b"\r\n"))}
    files |= {"attached": zipped("a.txt", content), "printed": plain.upper()}
    hits, _ = found_in(tmp_path, files, needles)
    assert files.keys() == hits.keys()


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
def test_what_is_packed_is_found_up_to_where_it_is_damaged(tmp_path, pack):
    packed = pack(NAMES[0].encode() + b" " + random.Random(9).randbytes(9000))
    files = {"sum": packed[:-4] + b"\xff" * 9, "middle": packed[:4000] + b"\xff" * 5000}
    hits, _ = found_in(tmp_path, files, needles_for(NAMES[0]))
    assert hits.keys() == files.keys()


@pytest.mark.parametrize("end", ["\n", "\\n", "\\r\\n", "\\\\n", "\n> "])
def test_base64_is_found_over_lines_wherever_it_is_quoted(tmp_path, end):
    lines = textwrap.wrap(base64.b64encode(NAMES[1].encode()).decode(), 9)
    files = {"quoted": end.join(lines).encode()}
    assert found_in(tmp_path, files, needles_for(NAMES[1]))[0].keys() == files.keys()


def test_a_hit_in_base64_is_told_where_its_run_begins(tmp_path):
    run, other = base64.b64encode(NAMES[1].encode()), base64.b64encode(b"Nothing at all")
    before = b" ".join((other, b"0" * 64, other, b"word", other[3:])) + b" "
    hits, _ = found_in(tmp_path, {"one": before + run + b" " + other}, needles_for(NAMES[1]))
    assert hits["one"].offset == len(before)


def test_a_picture_is_found_in_what_holds_it(tmp_path):
    picture, needles = random.Random(7).randbytes(5000), needles_for()
    needles.add_file(WithheldFile("00" * 32, "secret.jpg", 3, True), picture)
    files = dict(escaped(picture))
    assert found_in(tmp_path, files, needles)[0].keys() == files.keys()


def test_the_signature_of_a_withheld_mail_is_found(tmp_path):
    held = random.Random(8).randbytes(32)
    forms = dict(digested(b""))
    signature = forms["sha256 base64"].decode()
    mail = f"DKIM-Signature: v=1; a=x;\r\n bh={signature[:20]}\r\n {signature[20:]}; b=AA\r\n\r\nHi"
    needles = needles_for()
    needles.add_file(WithheldFile("00" * 32, "mail.eml", 3, True), mail.encode())
    files = {"hex": forms["sha256 hex"], "base64": forms["sha256 base64"], "other": held}
    assert found_in(tmp_path, files, needles)[0].keys() == {"hex", "base64"}


def test_names_of_files_are_searched_and_slugs_of_names(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "secret-plan-of-the-quay.html").write_text("nothing")
    needles = needles_for("Secret plan_of the Quay.pdf", field="filename")
    found = search(tmp_path, ["data/secret-plan-of-the-quay.html"], Search(needles), workers=1)
    assert [hit.path for hit in found.hits] == ["the names of files"]
    assert found.hits[0].target.what == "the value as a slug"


@pytest.mark.parametrize("name", ["Jörg_Müller.txt", "Jo\u0308rg-Müller", "Jorg.Muller@x.example"])
def test_names_of_several_words_are_found_as_files_and_addresses_write_them(tmp_path, name):
    files = {"it": name.encode()}
    assert found_in(tmp_path, files, needles_for("Jörg Müller"))[0].keys() == files.keys()


@pytest.mark.parametrize("make", ENGINES)
@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Nguyễn Thế Hiền", "Nguyê\u0303n Thê\u0301 Hiê\u0300n"),
        ("Nguyễn Thế Hiền", "NGUYÊ\u0303N THÊ\u0301 HIÊ\u0300N"),
        ("Trần Thị Mỵ Phượng", "Trâ\u0300n Thi\u0323 My\u0323 Phươ\u0323ng"),
        ("박근혁", "바\u11a8그\u11ab혀\u11a8"),
    ],
)
def test_letters_that_are_composed_in_part_are_found(tmp_path, name, written, make):
    files = {charset: written.encode(charset) for charset in ("utf-8", "utf-16-le", "utf-16-be")}
    assert found_in(tmp_path, files, needles_for(name), make)[0].keys() == files.keys()


def test_names_of_fields_that_users_made_are_searched_for(tmp_path):
    needles = needles_for({"Ada Lindqvist": True, "of": [{"her telephone": 1}]}, field="more")
    files = {"a": b"Said Ada Lindqvist.", "b": b"It is Her Telephone"}
    assert found_in(tmp_path, files, needles)[0].keys() == files.keys()


def test_a_long_value_is_found_whole_and_over_pages_of_a_database(tmp_path):
    text = " ".join(f"Sentence {n} of it is on a page of its own." for n in range(400))
    hits, _ = found_in(
        tmp_path / "one",
        {
            "whole": text.encode(),
            "begun": text[:9000].encode(),
            "jpeg": jpeg(text.encode()[:60000]),
        },
        needles_for(text),
    )
    assert hits.keys() == {"whole", "jpeg"}
    path = tmp_path / "rows.db"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE row(text)")
        database.executemany("INSERT INTO row VALUES (?)", [(text,), ("x" * 9000,)])
    middle = text[4000:4090]
    for start in range(3000, 9000, 60):
        needle = text[start : start + 90]
        assert found_in(tmp_path / "two", {"db": path.read_bytes()}, needles_for(needle))[0], middle


def test_large_files_are_searched_in_pieces_by_several_workers(tmp_path, monkeypatch):
    monkeypatch.setattr(scanning, "PIECE", 1 << 17)
    noise = b"Nothing to be seen here, and no name of anybody. " * 9000
    name = NAMES[0].encode()
    for number, at in enumerate(range(0, len(noise), len(noise) // 7)):
        (tmp_path / f"{number}.bin").write_bytes(noise[:at] + name + noise[at:])
    (tmp_path / "packed.zip").write_bytes(zipped("a", random.Random(1).randbytes(1 << 18) + name))
    paths = [path.name for path in tmp_path.iterdir()]
    found = search(tmp_path, paths, Search(needles_for(NAMES[0])), workers=2)
    assert {hit.path for hit in found.hits} == set(paths)
    for hit in found.hits:
        if hit.path.endswith(".bin"):
            data = (tmp_path / hit.path).read_bytes()
            assert data[hit.offset :].startswith(name)


def test_a_name_is_found_where_two_parts_meet_that_are_read_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr(scanning, "_AT_ONCE", 1 << 10)
    name = NAMES[0].encode()
    files = {at: b"-" * at + name + b"-" * 5000 for at in (1015, 1024, 4090)}
    hits, _ = found_in(tmp_path, files, needles_for(NAMES[0]))
    assert {at: hit.offset for at, hit in hits.items()} == {at: at for at in files}


@pytest.mark.parametrize(
    "value",
    [
        *("verbatim", "evidence/response-email", "contradicts", "recorded_by", ""),
        *(True, None, 20310405, "ab" * 32, [], {}, "2031-05-04", "Said openly"),
    ],
)
def test_what_tells_nothing_is_not_searched_for(tmp_path, value):
    needles = needles_for(value, disclosed=["said OPENLY", "2031-05-04T10:00:00Z"])
    assert (needles.parts, needles.bytes) == ({}, [])


def test_values_in_the_name_of_the_log_are_told_as_not_searched_for():
    needles = needles_for("Harbour")
    assert needles.parts == {}
    assert "name of the log" in needles.skipped[0].why


def test_a_text_that_begins_as_another_is_not_found(tmp_path):
    shared = "Dear Sir or Madam, we write to you about the cameras that were put up in our street. "
    secret = (
        shared * 2 + "It was my brother who fitted them, and he was told to keep quiet about it."
    )
    files = {"other": (shared * 2 + "Who paid for them, and when were they bought?").encode()}
    assert found_in(tmp_path, files, needles_for(secret))[0] == {}


def test_undoing_text_damages_nothing_that_is_packed(tmp_path):
    packed = b"<b>!!" + b"!!!u!" * 5 + b"~>"  # without what looks like a tag no ASCII 85
    data = b"%PDF-1.4\nstream\n" + packed + b"\nendstream"
    _, found = found_in(tmp_path, {"it": data}, needles_for(NAMES[0]))
    assert found.unopened == {}


@pytest.mark.parametrize("group", [b"%41!!", b"&amp;", b"=41!!"])
def test_what_looks_like_an_escape_in_ascii_85_keeps_no_stream_unread(tmp_path, group):
    packed = group + b"!uuuu" * 4  # with one letter gone, a group begins with u, which none does
    data = b"%PDF-1.4\nstream\n" + packed + b"~>endstream"
    assert base64.a85decode(packed)
    _, found = found_in(tmp_path, {"it": data}, needles_for(NAMES[0]))
    assert found.unopened == {}


@pytest.mark.parametrize("wrapped", [bytes, base64.b64encode, urllib.parse.quote_from_bytes])
def test_a_stream_that_is_no_ascii_85_is_told(tmp_path, wrapped):
    wrong = b"%PDF-1.4\nstream\n" + b"uuuuuuuuuuuu" * 8 + b"~>endstream"
    data = wrapped(wrong)
    data = data.encode() if isinstance(data, str) else data
    _, found = found_in(tmp_path, {"it": b"A report: " + data}, needles_for(NAMES[0]))
    assert [*found.unopened["0000"]] == ["a stream of a PDF is no ASCII 85"]


def test_what_can_not_be_opened_is_told(tmp_path, monkeypatch):
    locked = bytearray(zipped("a.txt", b"-" * 100))
    locked[6] |= 1
    bomb = zipped("b.txt", bytes(1 << 20))
    monkeypatch.setattr("evidence_db.publishing.leaks.forms.packed.LARGEST", 1 << 16)
    files = {"locked": bytes(locked), "bomb": bomb, "pdf": b"%PDF-1.4 /Encrypt 5 0 R"}
    files |= {"bz2": bz2.compress(b"a"), "xz": lzma.compress(b"a")}
    files |= {"br": b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n"}
    needles = needles_for(NAMES[0])
    _, found = found_in(tmp_path, files, needles)
    said = Searched.of(needles, found, (), (), {}).sentences()
    assert sum("Not searched inside" in one for one in said) == 6


@settings(max_examples=40, deadline=None, derandomize=True)
@given(data=st.data())
def test_any_value_in_any_form_is_found_anywhere(data, tmp_path_factory):
    letters = st.characters(codec="utf-8", categories=("L",))
    word = st.text(letters, min_size=6, max_size=30)
    value = data.draw(
        st.one_of(st.lists(word, min_size=1, max_size=3).map(" ".join), st.sampled_from(NAMES))
    )
    charset = data.draw(st.sampled_from(CHARSETS))
    forms = dict(escaped(value.encode(charset, "ignore")))
    whole = value.encode(charset, "ignore").decode(charset, "ignore") == value
    name = data.draw(st.sampled_from(sorted(forms)))
    before, after = (data.draw(st.binary(max_size=40)) for _ in range(2))
    file = before + b" " + forms[name] + b" " + after
    needles = needles_for(value)
    if whole and needles.parts:
        tmp_path = tmp_path_factory.mktemp("any")
        both = [found_in(tmp_path, {"one": file}, needles, make)[0] for make in ENGINES]
        assert both[0], (charset, name)
        assert both[0] == both[1]


def test_a_run_that_is_hex_and_base64_at_once_is_read_as_both(tmp_path):
    files = {"it": b" " + "홍길동전".encode("utf-16-le").hex().upper().encode() + b" "}
    assert found_in(tmp_path, files, needles_for("홍길동전"))[0].keys() == files.keys()


def test_the_same_run_is_found_and_told_in_each_file(tmp_path):
    """Those in which nothing was are not decoded again; those that can't be opened are."""
    name = base64.b64encode(b"--" + NAMES[0].encode() + b"--")
    refused = base64.b64encode(b"It is: " + bz2.compress(b"a"))
    nothing = base64.b64encode(b"Nothing at all, twice.")
    files = {number: b" ".join((nothing, name, refused)) for number in range(3)}
    hits, found = found_in(tmp_path, files, needles_for(NAMES[0]))
    assert hits.keys() == files.keys()
    assert len(found.unopened) == 3


@pytest.mark.parametrize("letters", ["ssssss", "㍿の秘密"])
def test_a_name_is_found_that_is_written_with_fewer_letters(tmp_path, letters):
    """One sign may stand for several letters, so what is shorter than a name may be all of it."""
    value = {"ssssss": "ssssss", "㍿の秘密": "株式会社の秘密"}[letters]
    files = {"same": letters.encode(), "utf-16": b"\xff" * 9 + letters.encode("utf-16-le")}
    if value == "ssssss":
        files = {"sharp": b"\xfe\xff" + "ßßß".encode("cp1252") + b"\xff\xfe"}
    assert found_in(tmp_path, files, needles_for(value))[0].keys() == files.keys()


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Ada Lindqvist", "Lindqvist, Ada"),
        ("Zoë M. Müller-Groß", "MÜLLER-GROSS, Zoë M."),
        ("Иван Петров", "Петров, Иван"),
    ],
)
def test_names_are_found_as_registers_have_them(tmp_path, name, written):
    hits, _ = found_in(tmp_path, {"it": written.encode()}, needles_for(name))
    assert hits["it"].target.what == "the name, the last one first"
    assert needles_for("It was paid, and twice, on the quay").targets[0].what == "the value"
