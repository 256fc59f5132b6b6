"""`evidence verifier`: the page that checks editions in a browser, and by what it is known."""

import hashlib


def test_it_is_written_once_and_told_by_its_digest(invented):
    file = invented.home / "verify.html"
    told = invented.json("verifier", "-o", file)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    assert told == {"file": str(file), "sha256": digest}
    assert "is there already, and is left" in invented.run("verifier", "-o", file, code=2).output
    assert hashlib.sha256(file.read_bytes()).hexdigest() == digest
    assert digest in invented.run("--verbose", "--version").output
    printed = invented.run("verifier", "-o", "-").stdout_bytes
    assert printed == file.read_bytes()


def test_an_edition_holds_the_same_page_and_tells_its_digest(edition):
    page = edition.read("data/verify.html")
    assert hashlib.sha256(page).hexdigest() in edition.read("data/README.txt").decode()
