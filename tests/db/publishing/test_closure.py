"""What goes with what is withheld, for kinds of record that no command makes yet, too."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_db.publishing.withholding.closure import DRAWN, Known, closure

RECORDED = {"recorded_at", "recorded_by"}
EVERYWHERE = {"recorded_by": "Ours"}
SEALED = {
    "artifact": ["blake3", "sha256", "size", "media_type", "filename", "title"],
    "original": ["title", "url"],
    "claim": ["slug", "statement", "note"],
    "link": ["note"],
    "amendment": ["changes", "reason"],
    "custody": ["actor", "action", "subjects", "note"],
    "review": ["reviewer", "note", "size", "root", "signature"],
}
PASSAGE = [*(DRAWN - {"crops", "sender", "message_id"}), "text", "speaker", "date"]


def known(index, kind, **more):
    sealed = frozenset([*SEALED.get(kind, PASSAGE), *RECORDED])
    return Known(index, f"{index:064x}", kind, sealed, **more)


CASE = [
    known(0, "artifact", blake3="aa" * 32, media_type="message/rfc822"),
    known(1, "artifact", blake3="bb" * 32, media_type="text/plain"),
    known(2, "link", relation="derives-from", from_=1, to=0),
    known(3, "artifact", blake3="bb" * 32, media_type="text/plain"),
    known(4, "evidence/quote", artifact=3),
    known(5, "evidence/translation", artifact=6),
    known(6, "artifact", blake3="cc" * 32, media_type="text/plain"),
    known(7, "link", relation="translates", from_=5, to=4),
    known(8, "amendment", to=4, changes=frozenset({"speaker"})),
    known(9, "custody", subjects=(0, 4)),
    known(10, "claim"),
    known(11, "review", to=10),
    known(12, "original"),
    known(13, "link", relation="preserves", from_=6, to=12),
    known(14, "amendment", to=12, changes=frozenset({"title"})),
]


def withheld(decided, named=()):
    asked = {index: dict.fromkeys(names, "Why") for index, names in decided.items()}
    return closure(CASE, asked, EVERYWHERE, named)


def everything(index):
    return set(CASE[index].sealed) - {"recorded_by"}


def names(found):
    return {index: set(fields) for index, fields in found.items()}


def test_all_records_of_a_file_go_and_what_it_was_unpacked_from():
    found = names(withheld({1: ["blake3"]}))
    assert {0, 1, 3} <= {index for index in found if found[index] == everything(index)}
    assert found[4] >= DRAWN & CASE[4].sealed
    assert "text" not in found[4]
    assert found[5] == everything(5)


def test_a_review_without_its_reviewer_has_no_signature():
    assert names(withheld({11: ["reviewer"]})) == {11: {"reviewer", "signature"}}


def test_custody_of_a_record_that_is_withheld_whole():
    assert 9 not in withheld({4: ["speaker"]})
    assert names(withheld({4: everything(4)}))[9] == {"actor", "subjects", "note"}
    kept = withheld({4: everything(4)}, {(9, "actor"), (9, "subjects"), (9, "note")})
    assert 9 not in kept


def test_a_translation_takes_its_file_and_that_the_original_it_preserves():
    found = names(withheld({4: ["text"]}))
    assert found[6] == everything(6)
    assert found[12] == {"title", "url"}
    assert found[14] == {"changes", "reason"}


def test_each_says_with_what_it_goes():
    found = withheld({1: ["sha256"]})
    assert found[1]["sha256"].of is None
    assert {
        cause.of for index, fields in found.items() if index != 1 for cause in fields.values()
    } == {1}
    assert {cause.reason for fields in found.values() for cause in fields.values()} == {"Why"}


@pytest.mark.parametrize("name", ["size", "media_type", "filename", "title"])
def test_what_is_no_digest_is_no_file(name):
    assert names(withheld({1: [name]})) == {1: {name}}


DECIDED = st.dictionaries(
    st.integers(0, len(CASE) - 1),
    st.sets(st.sampled_from(sorted({n for one in CASE for n in one.sealed})), min_size=1),
)
NAMED = st.sets(st.tuples(st.integers(0, len(CASE) - 1), st.sampled_from(["title", "blake3"])))


@given(DECIDED, DECIDED, NAMED)
def test_it_is_a_closure(one, other, named):
    """More decided is more withheld; what goes along takes nothing further along."""
    found = names(withheld(one, named))
    assert names(withheld(found, named)) == found
    both = {index: {*one.get(index, ()), *other.get(index, ())} for index in {**one, **other}}
    more = names(withheld(both, named))
    assert all(fields <= more[index] for index, fields in found.items())
    for index, fields in one.items():
        assert fields & everything(index) <= found.get(index, set())
