"""Commands that are killed, by what they make in the directory `home`."""

import json

TEXT = "Nobody told us about the microphones on the quay."


def mail(home):
    """A mail, so that a text stream is preserved beside the file."""
    path = home / "answer.eml"
    path.write_text(f"From: a@b.example\nTo: c@d.example\nSubject: Re\n\n{TEXT}\n")
    return "add", "response-email", path


def two_files(home):
    for name in ("one", "two"):
        (home / f"{name}.txt").write_text(f"{name}: {TEXT}")
    return "add", "artifact", home / "one.txt", home / "two.txt"


def case_file(home):
    """A case file with three pages, a passage of each, a claim and links."""
    for number in range(3):
        (home / f"{number}.html").write_text(f"<p>{number}: {TEXT}</p>")
    content = {
        "documents": [{"key": f"D{n}", "file": f"{n}.html"} for n in range(3)],
        "originals": [{"key": "O", "title": "A letter"}],
        "evidence": [
            {
                "key": f"E{n}",
                "kind": "quote",
                "document": f"D{n}",
                "text": TEXT,
                "derives_from": "O",
            }
            for n in range(3)
        ],
        "claims": [{"key": "C", "slug": "told", "statement": "Nobody was told"}],
        "links": [{"from": f"E{n}", "to": "C", "relation": "supports"} for n in range(3)],
    }
    path = home / "case.json"
    path.write_text(json.dumps(content))
    return "import", path
