"""Row 65: a directory or a ZIP that attacks whoever checks it."""

import errno
import os
import stat
import struct
import warnings
import zipfile

import pytest

from cases import CaseDir
from editions import found
from evidence_chain.edition.checking import asked

LOG = "data/log.jsonl"
CENTRAL = b"PK\1\2"
FLAGS, METHOD, SIZE = 8, 10, 24
"""Where flags, method and unpacked size stand in a central directory's record of a member."""


def check(path, key, *words, code=1):
    """Through the command line, as somebody does who got it by mail."""
    case = CaseDir(path.parent)
    return case.run("check", path, "--key", key.verifier, *words, code=code).output


STRANGE = {
    "a link to a file": lambda at: at.symlink_to("/etc/hostname"),
    "a link to a file of the edition": lambda at: at.symlink_to("edition.json"),
    "a link to a directory": lambda at: at.symlink_to("/etc"),
    "a link to nothing": lambda at: at.symlink_to("nowhere"),
    "a link to itself": lambda at: at.symlink_to(at.name),
    "a pipe": os.mkfifo,
    "a socket": lambda at: os.mknod(at, stat.S_IFSOCK | 0o600),
    "an empty directory": lambda at: at.mkdir(),
    "a second name of a file": lambda at: os.link(at.parent / "edition.json", at),
}


@pytest.mark.parametrize("what", STRANGE)
@pytest.mark.parametrize("name", ["README.txt", "more.txt"])
def test_row_65_what_is_no_file(edition, what, name):
    """In the place of a file, and beside the others; it is never opened."""
    place = edition.path / "data" / name
    place.unlink(missing_ok=True)
    STRANGE[what](place)
    result = edition.check()
    assert result.failed == {"layout"}
    assert name in result.details
    edition.check(everything=True)


def test_row_65_a_folder_that_is_a_link(edition, editions):
    folder = edition.path / "data" / "artifacts"
    folder.rename(edition.path.parent / "elsewhere")
    folder.symlink_to(edition.path.parent / "elsewhere")
    assert edition.check().failed == {"layout"}
    assert edition.check(everything=True).code == 1


NAMES = {
    "another case": "data/readme.txt",
    "a folder in another case": "data/Tile/0/000",
    "a device": "data/site/con.html",
    "a backslash": "data/site/a\\b",
    "a control code": "data/site/\x1b[2J",
    "a letter beyond ASCII": "data/site/\u202egpj.html",
    "a dot at its end": "data/site/page.",
    "a hidden file": "data/site/.htaccess",
    "a long name": "data/site/" + "a" * 200,
    "a nested ZIP": "data/site.zip",
}


def test_row_65_a_name_that_is_no_text(edition):
    name = os.fsencode(edition.path) + b"/data/site\xff"
    with open(name, "xb"):
        pass
    assert "data/site\\udcff" in check(edition.path, edition.key)
    assert "data/site\\udcff" in check(edition.path, edition.key, "--all", "--json")


def test_row_65_folders_too_deep_for_the_system(edition):
    """Nobody goes into what has too long a path already."""
    at = os.open(edition.path / "data", os.O_DIRECTORY)
    for _ in range(20):
        os.mkdir("d" * 250, dir_fd=at)
        before, at = at, os.open("d" * 250, os.O_DIRECTORY, dir_fd=at)
        os.close(before)
    os.close(at)
    assert edition.check().failed == {"layout"}


@pytest.mark.parametrize("name", ["data/checkpoints/newest", "data/timestamps/1-x.tsr"])
def test_row_65_what_has_no_size_in_its_name(edition, name):
    edition.write(name, b"x")
    edition.seal()
    assert edition.check(everything=True).failed >= {"layout"}


@pytest.mark.parametrize("what", NAMES)
def test_row_65_names(edition, what):
    """Signed, and refused: they would be other files, or none, on another system."""
    edition.write(NAMES[what], b"PK\3\4")
    edition.seal()
    assert edition.check().failed == {"layout"}
    assert "\x1b" not in check(edition.path, edition.key)


def test_row_65_more_files_than_allowed(edition):
    said = check(edition.path, edition.key, "--most-files", "5")
    assert "more than 5 files, so none was opened" in said
    for number in range(6):
        (edition.path / "data" / f"empty{number}" / "in" / "in").mkdir(parents=True)
    assert edition.check(files=24 + 5).failed == {"layout"}
    assert "so none was opened" in edition.check(files=24 + 5).details


def test_row_65_directories_within_directories(edition):
    deep = edition.path / "data" / "/".join("d" * 150)
    deep.mkdir(parents=True)
    assert edition.check().failed == {"layout"}


def test_row_65_a_log_of_lines_that_are_none(edition):
    """Something is kept of each line of a log, so that there may not be more than entries."""
    edition.write(LOG, b"\n" * 20_000)
    edition.seal()
    found = edition.check()
    assert found.failed == {"log"}
    assert "more lines than entries go into so many bytes" in found.details


def test_row_65_more_is_wrong_than_anybody_reads(edition, monkeypatch):
    monkeypatch.setattr(asked, "MOST", 5)
    edition.write(LOG, (b"x" * 200 + b"\n") * 2000)
    edition.seal()
    found = edition.check()
    assert found.failed == {"entry", "log"}
    assert "so no more were made" in found.details


def test_row_65_a_huge_checkpoint(edition):
    """Its publisher signed it; it is hashed, and no more than a note may have is ever held."""
    edition.write("data/checkpoints/1", b"\0" * ((64 << 10) + 1))
    edition.seal()
    found = edition.check()
    assert found.failed == {"tree-root", "database"}
    assert "evidence.db: it can't be read as a database: data/checkpoints/1" in found.details


def test_row_65_a_record_that_names_a_file_by_a_list(edition):
    """Titles of changed files are looked for in the log before anything in it is checked."""
    edition.append("evidence/quote", {"artifact": [], "text": "x"})
    name = next(one for one in edition.files if one.startswith("data/artifacts/"))
    edition.write(name, b"?" * len(edition.read(name)))
    assert edition.check().failed == {"payload"}


def test_row_65_a_huge_file_that_nobody_signed(edition):
    """It has holes for content, and is not read."""
    (edition.path / "data/site").mkdir()
    with (edition.path / "data/site/huge.html").open("wb") as file:
        file.truncate(1 << 36)
    assert edition.check().failed == {"manifest"}


@pytest.mark.parametrize("name", ["edition.note", "bagit.txt", "manifest-sha256.txt"])
def test_row_65_a_huge_tag_file(edition, name):
    with (edition.path / name).open("r+b") as file:
        file.truncate(1 << 36)
    assert edition.check().failed <= {"note", "manifest"}


def zipped(edition, path, top="", more=(), drop=(), how=zipfile.ZIP_DEFLATED):
    """The edition in a ZIP, with further members."""
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w", how) as archive:
        warnings.simplefilter("ignore")  # of names that stand there twice
        for name in edition.files:
            if name not in drop:
                archive.writestr(top + name, edition.read(name))
        for member, data in more:
            archive.writestr(member, data)
    return path


@pytest.mark.parametrize("top", ["", "harbour/"])
def test_a_zip_holds_that_holds_an_edition(edition, tmp_path, top):
    path = zipped(edition, tmp_path / "edition.zip", top)
    assert found(path, key=edition.key.verifier).code == 0
    assert "checks hold, 0 failed, 0 could not be made" in check(path, edition.key, code=0)


def member(name, mode=0):
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    return info


MEMBERS = {
    "a way out": ("../outside.txt", b"out"),
    "a way out from within": ("data/../../outside.txt", b"out"),
    "a folder outside": ("../outside/", b""),
    "an empty folder": ("data/site/", b""),
    "an absolute path": ("/tmp/outside.txt", b"out"),
    "a drive": ("C:/outside.txt", b"out"),
    "the same name twice": ("data/README.txt", b"other"),
    "the same name in another case": ("data/readme.txt", b"other"),
    "a link": (member("data/site/page.html", stat.S_IFLNK | 0o777), b"/etc/hostname"),
    "a device": (member("data/site/page.html", stat.S_IFCHR | 0o600), b""),
    "a ZIP within": ("data/site.zip", b"PK\3\4"),
    "a file that isn't listed": ("data/site/page.html", b"<p>"),
}


@pytest.mark.parametrize("what", MEMBERS)
def test_row_65_a_zip_with(edition, tmp_path, what):
    path = zipped(edition, tmp_path / "edition.zip", more=[MEMBERS[what]])
    result = found(path, key=edition.key.verifier)
    assert result.failed & {"layout", "manifest"}
    found(path, key=edition.key.verifier, everything=True)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["edition", "edition.zip"]


def patched(path, name, at, value):
    """Change the directory of a ZIP, in what it says of one member."""
    data = bytearray(path.read_bytes())
    start = data.index(CENTRAL)
    while data[start + 46 : start + 46 + len(name)] != name.encode():
        start = data.index(CENTRAL, start + 4)
    data[start + at : start + at + len(value)] = value
    path.write_bytes(data)


def test_row_65_a_zip_with_an_encrypted_file(edition, tmp_path):
    path = zipped(edition, tmp_path / "edition.zip")
    patched(path, LOG, FLAGS, b"\1")
    result = found(path, key=edition.key.verifier)
    assert result.failed == {"layout"}
    assert "encrypted" in result.details


@pytest.mark.parametrize("more", [-1, 1, 1000])
def test_row_65_a_zip_whose_file_has_another_size_than_it_says(edition, tmp_path, more):
    path = zipped(edition, tmp_path / "edition.zip")
    size = len(edition.read(LOG)) + more
    patched(path, LOG, SIZE, size.to_bytes(4, "little"))
    assert found(path, key=edition.key.verifier).failed & {"payload", "manifest"}
    assert found(path, key=edition.key.verifier, everything=True).code == 1


def test_row_65_a_zip_that_would_unpack_to_very_much(edition, tmp_path):
    path = zipped(edition, tmp_path / "edition.zip")
    for name in edition.files[:6]:
        patched(path, name, SIZE, (0xFFFFFFFE).to_bytes(4, "little"))
    assert "would unpack to more than 16 GiB" in " ".join(check(path, edition.key).split())


def test_row_65_a_zip_whose_list_of_files_has_no_end(edition, tmp_path):
    """It is in a file of holes, and nothing makes room for it."""
    path = zipped(edition, tmp_path / "edition.zip")
    size, end = 1 << 36, struct.Struct("<4s8xLLH")
    with path.open("r+b") as file:
        at = file.seek(size + 100)
        file.write(struct.pack("<4sQHHLLQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, size, 100))
        file.write(struct.pack("<4sLQL", b"PK\6\7", 0, at, 1))
        file.write(end.pack(b"PK\5\6", 0xFFFFFFFF, 0xFFFFFFFF, 0))
    assert "its list of files has more than 160 MiB" in " ".join(check(path, edition.key).split())


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_row_65_a_zip_that_is_packed_in_another_way(edition, tmp_path, how):
    path = zipped(edition, tmp_path / "edition.zip", how=how)
    result = found(path, key=edition.key.verifier)
    assert result.failed == {"layout"}
    assert "Deflate" in result.details


def test_row_65_a_zip_that_is_damaged(edition, tmp_path):
    path = zipped(edition, tmp_path / "edition.zip", how=zipfile.ZIP_STORED)
    data = path.read_bytes()
    step = max(1, len(data) // 60)
    for at in range(0, len(data), step):
        path.write_bytes(data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :])
        check(path, edition.key, "--all", code=(0, 1, 2))
    path.write_bytes(data[: len(data) // 2])
    assert "no edition" in check(path, edition.key, code=2)


def test_row_65_what_is_no_edition(edition, tmp_path):
    (tmp_path / "text").write_text("An edition, I swear")
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name, code in (("text", 2), ("gone", 2), ("pipe", 2), ("empty", 2)):
        check(tmp_path / name, edition.key, code=code)


@pytest.mark.parametrize("name", ["evidence.db", "log.jsonl", "edition.note"])
def test_a_machine_that_opens_no_more_files_says_nothing_of_the_edition(edition, monkeypatch, name):
    real = os.open

    def lacking(path, *given, **named):
        if os.path.basename(path) == name:
            raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))
        return real(path, *given, **named)

    monkeypatch.setattr(os, "open", lacking)
    result = edition.check()
    assert (result.code, result.failed) == (3, set())
    assert "Too many open files" in result.details
