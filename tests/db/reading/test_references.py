"""What a reference names: one record of the wanted kind, or a message that says what else."""

import pytest

from evidence_chain.errors import InputError
from evidence_db.case import Case
from evidence_db.reading.records import Record
from evidence_db.reading.references import choose, find_record

CLAIM = Record(1, "ab12" * 16, "claim", {"slug": "knew"})
QUOTE = Record(2, "ab13" * 16, "evidence/quote", {"text": "We knew."})
FILE = Record(3, "ab14" * 16, "artifact", {"filename": "minutes.txt"})


def message(*args):
    with pytest.raises(InputError) as caught:
        choose(*args)
    return str(caught.value)


def test_the_one_record_of_the_wanted_kind_is_chosen():
    assert choose([CLAIM, QUOTE, FILE], "ab", "claim") is CLAIM
    assert choose([CLAIM, QUOTE, FILE], "ab", "evidence") is QUOTE
    assert choose([FILE, FILE], "ab") is FILE


def test_several_are_listed():
    said = message([CLAIM, QUOTE], "ab")
    assert said.startswith("'ab' names several records: claim ab12ab12 knew; evidence/quote")
    assert said.endswith("Give more of the id.")


@pytest.mark.parametrize(
    ("wanted", "needed"),
    [("claim", "a claim"), ("artifact", "an artifact"), ("evidence", "evidence")],
)
def test_one_of_another_kind_is_named(wanted, needed):
    other = QUOTE if wanted != "evidence" else FILE
    said = message([other], "ab", wanted)
    assert said.startswith(f"'ab' names {other.kind} ab1")
    assert said.endswith(f"but {needed} is needed here.")


def test_nothing_is_said_with_what_to_do():
    assert message([], "ab") == "Nothing in this case is called 'ab'."
    assert message([], "ab", "claim", " Look.") == "Nothing in this case is called 'ab'. Look."


def test_pages_and_commands_say_the_same(template):
    case = Case.open(template.root)
    with case.reader() as reader:
        for reference, wanted in (("board-knew", "artifact"), (template.ids["minutes"], "claim")):
            said = []
            for files in (None, case.files):
                with pytest.raises(InputError) as caught:
                    find_record(reader, reference, wanted, files=files)
                said.append(str(caught.value))
            assert said[0] == said[1]
        with pytest.raises(InputError, match="`evidence list` shows ids"):
            find_record(reader, "nothing-like-it", files=case.files)


def test_an_entry_by_its_place(template):
    case = Case.open(template.root)
    with case.reader() as reader:
        assert find_record(reader, "@0") == reader.record(0)
        with pytest.raises(InputError, match="Nothing in this case is called '@999'"):
            find_record(reader, "@999", files=case.files)


def test_a_path_names_a_file_only_where_paths_are_meant(template):
    case, path = Case.open(template.root), str(template.home / "minutes.txt")
    with case.reader() as reader:
        assert find_record(reader, path, files=case.files).id == template.ids["minutes"]
        with pytest.raises(InputError, match="Nothing in this case"):
            find_record(reader, path)
