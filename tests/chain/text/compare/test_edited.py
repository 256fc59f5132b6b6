"""Quotes from which the writer left words out, or into which brackets were put."""

import pytest

from evidence_chain.text import match
from evidence_chain.text.compare.editorial import MAX_MARKS
from evidence_chain.text.compare.elision import MAX_GAP

STREAM = (
    "The supplier said in March that its cameras must not be used against worshippers. "
    "We told the city about every camera, and about the 41 doors that they watch, before the "
    "contract was signed. They had asked of of the doors […] and of the gates [in the east]. "
    "“We never hid anything,” the director said ████ to us. He has left the firm.\n"
    "这些摄像机没有拍摄。\n"
)


def passages(found, stream=STREAM):
    return [stream[start:end] for start, end in found.fragments]


@pytest.mark.parametrize(
    "ellipsis",
    ["…", "...", ". . .", "[...]", "[…]", "(…)", "(...)", "[ … ]", "……", "[..]", "<…>", "［…］"],
)
def test_every_ellipsis_is_read(ellipsis):
    found = match(f"We told the city {ellipsis} before the contract was signed", STREAM)
    assert found.status == "elided"
    assert passages(found) == ["We told the city", "before the contract was signed"]
    assert found.omitted == ["about every camera, and about the 41 doors that they watch,"]
    assert found.notes == ["omits-number"]
    assert found.occurrences == 1


@pytest.mark.parametrize(
    ("quote", "omitted"),
    [
        ("The supplier said … that its cameras must not be used", ["in March"]),
        ("The supplier said … its cameras … be used against worshippers.", None),
        ("“We told the city … about the 41 doors …”", ["about every camera, and"]),
        ("… We told the city about every camera", []),
        ("He has left the firm […]", []),
        ("We told the city … about the 41 doors. …", None),
        ("We told the city. [...] They had asked", None),
    ],
)
def test_what_is_left_out_is_listed(quote, omitted):
    found = match(quote, STREAM)
    assert found.status == "elided"
    if omitted is None:
        assert found.notes
        assert not found.accepted
    else:
        assert found.omitted == omitted
        assert found.accepted


@pytest.mark.parametrize(
    ("quote", "note"),
    [
        ("its cameras must … be used against worshippers", "omits-negation"),
        ("about every camera … that they watch", "omits-number"),
        ("They had asked of of the doors [...] of the gates", "source-ellipsis"),
        ("the director said … to us", "omits-redaction"),
        ("We … told … about … 41 … contract … signed", "fragmentary"),
        ("supplier … in March that its cameras must not", "fragmentary"),
        ("… be used against worshippers", "negation-before"),
    ],
)
def test_an_elision_that_a_person_must_look_at(quote, note):
    found = match(quote, STREAM)
    assert found.status == "elided"
    assert note in found.notes
    assert not found.accepted


@pytest.mark.parametrize(
    "quote",
    [
        "before the contract was signed … We told the city",
        "We told the town … before the contract was signed",
        "We told the city … fore the contract was signed",
        "We told the cit … before the contract was signed",
        "We told the city … before The contract was signed",
        "We told the city … ? … before the contract was signed",
        "We told the city about every … every camera, and about",
        "We told the city **** before the contract was signed",
        "We told the city ████ before the contract was signed",
        "We told the city .. before the contract was signed",
        "We told the city, before the contract was signed",
    ],
)
def test_no_elision(quote):
    assert match(quote, STREAM).status == "altered"


def test_what_stands_too_far_apart_is_no_elision():
    near = "They said so. " + "Word " * (MAX_GAP // 5 - 10) + "And that was all."
    far = "They said so. " + "Word " * (MAX_GAP // 5 + 10) + "And that was all."
    assert match("They said so … And that was all", near).status == "elided"
    found = match("They said so … And that was all", far)
    assert found.status == "altered"
    assert found.kinds == ["spliced"]


def test_the_shortest_of_several_chains_is_taken():
    stream = "We knew it. We knew it then, and we told them. And we told them."
    found = match("We knew it … we told them", stream)
    assert found.fragments == [(12, 22), (33, 45)]
    assert found.occurrences == 1
    assert "ambiguous" not in found.notes


def test_a_later_place_of_a_short_fragment_is_found():
    stream = "We met a man. " + "It rained. " * 160 + "It was a day on which they came."
    found = match("We met … a … on which they came", stream)
    assert found.status == "elided"


def test_several_chains_are_ambiguous_until_one_is_meant():
    stream = "We knew it and told them so. We knew it but told them so."
    quote = "We knew it … told them so"
    found = match(quote, stream)
    assert found.occurrences == 2
    assert found.notes == ["ambiguous", "short"]
    meant = match(quote, stream, near=(29, 56))
    assert meant.fragments == [(29, 39), (44, 56)]
    assert meant.accepted


def test_an_ellipsis_of_the_stream_is_none_of_the_writer():
    found = match("They had asked of of the doors [...] and of the gates", STREAM)
    assert found.status == "normalised"
    found = match("They had asked … of the doors [...] and of the gates", STREAM)
    assert found.status == "elided"
    assert passages(found) == ["They had asked", "of the doors […] and of the gates"]
    assert found.omitted == ["of"]


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("We told the [Selmport] city about", "We told the city about"),
        ("asked of of [sic] the doors", "asked of of the doors"),
        ("asked of of[sic] the doors", "asked of of the doors"),
        ("asked of of [sic!], the doors", None),
        ("[w]e told the city about every camera", "We told the city about every camera"),
        ("“We told the [Selmport] city”", "We told the city"),
        ("[Later] They had asked of of the doors", "They had asked of of the doors"),
        ("before the contract was signed [Mr Maran].", "before the contract was signed."),
        ("We told the city [of Selmport] about every camera [there], and", None),
        ("We told the 〔Selmport〕 city", "We told the city"),
    ],
)
def test_bracketed(quote, found):
    result = match(quote, STREAM)
    if found is None:
        assert not result.accepted or result.inserted == ["[of Selmport]", "[there]"]
        return
    assert result.status == "bracketed"
    assert passages(result) == [found]
    assert len(result.inserted) == 1
    assert result.accepted


@pytest.mark.parametrize(
    ("quote", "note"),
    [
        ("We [never] told the city", "bracket-negates"),
        ("We told the [two] city", "bracket-number"),
        ("We told the city about [in 2031] every camera", "bracket-number"),
        ("We told the [in]city about", "bracket-in-word"),
        ("told the city about [no] every camera", "bracket-negates"),
        ("told the city about [nоt] every camera", "bracket-negates"),
        ("told the city about [n o t] every camera", "bracket-negates"),
        ("told the city [refused to have] about every camera", "bracket-negates"),
        ("told the city [is a lie that it] about every camera", "inserted-words"),
        ("told the city [allegedly] about every camera", "inserted-words"),
        ("told the city [Allegedly] about every camera", "inserted-words"),
        ("told the city [unlawful] about every camera", "inserted-words"),
        ("told the city [Unlawful] about every camera", "inserted-words"),
        ("told the city [un] about every camera", "inserted-words"),
        ("about the 41 [k] doors", "inserted-words"),
        ("about the 41 [BN] doors", "inserted-words"),
        ("这些摄像机[拒绝]没有拍摄", "bracket-negates"),
    ],
)
def test_a_bracket_that_a_person_must_look_at(quote, note):
    found = match(quote, STREAM)
    assert found.status == "bracketed"
    assert note in found.notes
    assert not found.accepted


@pytest.mark.parametrize(
    ("quote", "typed", "there"),
    [
        ("cameras must [always] be used against", "[always]", "not"),
        ("We told the [mayor] about every camera", "[mayor]", "city"),
        ("[It] had asked of of the doors", "[It]", ""),
        ("They had asked of of the doors [of a house]", "[of a house]", ""),
        ("We told the city … [Lamps] that they watch", "[Lamps]", ""),
    ],
)
def test_a_bracket_in_the_place_of_words_vouches_for_nothing(quote, typed, there):
    found = match(quote, STREAM)
    assert found.status == "altered"
    assert found.kinds == ["bracket-replaces-words"]
    steps = [step for step in found.difference if step.kind]
    assert [(step.typed, step.found) for step in steps] == [(typed, there)]
    assert ("omits-negation" in found.notes) == (there == "not")


@pytest.mark.parametrize(
    ("quote", "status"),
    [
        ("of the gates [in the east]", "verbatim"),
        ("of [all] the gates [in the east]", "bracketed"),
        ("of the gates in the east", "altered"),
        ("of the gates [in the west]", "altered"),
        ("of the [gates] in the east", "altered"),
        ("[They] had asked", "altered"),
        ("told the city [████] about every camera", "altered"),
    ],
)
def test_brackets_of_the_stream_are_no_insertions(quote, status):
    assert match(quote, STREAM).status == status


def test_elided_and_bracketed():
    found = match("The supplier said … that its [Selmport] cameras must not be used", STREAM)
    assert found.status == "elided"
    assert found.inserted == ["[Selmport]"]
    assert found.omitted == ["in March"]
    assert found.accepted


@pytest.mark.parametrize("quote", ["[...]", "…", "[****]", "[] … []", "(…)"])
def test_marks_alone_are_no_quote(quote):
    assert match(quote, STREAM).status == "invalid"


def test_too_many_marks_are_not_read():
    quote = " … ".join(["We told"] * (MAX_MARKS + 2))
    assert match(quote, STREAM).status in ("altered", "missing")


@pytest.mark.parametrize(
    ("quote", "stream", "omitted", "notes"),
    [
        ("这些摄像机……没有拍摄", "这些摄像机在门口没有拍摄。", ["在门口"], []),
        ("这些摄像机。。。没有拍摄", "这些摄像机在门口没有拍摄。", ["在门口"], []),
        ("这些摄像机……拍摄门口", "这些摄像机没有拍摄门口。", ["没有"], ["omits-negation"]),
        ("这些摄像机……门口", "这些摄像机拍摄二十个门口。", ["拍摄二十个"], ["omits-number"]),
        ("このカメラは…設置された", "このカメラは門に設置された。", ["門に"], []),
        ("الكاميرات … المدينة", "الكاميرات لم تراقب المدينة", ["لم تراقب"], ["omits-negation"]),
        (
            "Камеры на мосту <…> двери",
            "Камеры на мосту снимают не двери",
            ["снимают не"],
            ["omits-negation"],
        ),
        (
            "Die Kameras der Stadt [...] Türen",
            "Die Kameras der Stadt filmen keine von den Türen",
            None,
            ["omits-negation"],
        ),
        (
            "les caméras de la ville (…) les portes",
            "les caméras de la ville filment les portes",
            ["filment"],
            [],
        ),
        ("กล้อง … ประตู", "กล้องไม่ได้ถ่ายประตู", ["ไม่ได้ถ่าย"], ["omits-negation"]),
    ],
)
def test_elisions_in_every_script(quote, stream, omitted, notes):
    found = match(quote, stream)
    assert found.status == "elided"
    assert omitted in (None, found.omitted)
    assert [note for note in found.notes if note != "fragmentary"] == notes


def test_an_elision_over_the_line_ends_of_a_page():
    stream = "The com\ufffe\r\npany declined to com-\nment on the re-\neducation camps."
    found = match("The company declined … on the re-education camps", stream)
    assert found.status == "elided"
    assert found.accepted


@pytest.mark.parametrize(
    ("left_out", "note"),
    [
        ("was unable", "omits-negation"),
        ("was unwilling", "omits-negation"),
        ("had refused", "omits-negation"),
        ("had failed", "omits-negation"),
        ("denied having", "omits-negation"),
        ("did n.o.t want", "omits-negation"),
        ("did nоt want", "omits-negation"),
        ("拒绝", "omits-negation"),
        ("否认", "omits-negation"),
        ("zero of the doors", "omits-number"),
        ("a third of the doors", "omits-number"),
        ("half the doors", "omits-number"),
        ("double the doors", "omits-number"),
        ("三", "omits-number"),
    ],
)
def test_what_may_turn_the_sense_is_not_left_out_without_a_word(left_out, note):
    found = match(
        "The firm then … to watch the gates", f"The firm then {left_out} to watch the gates"
    )
    assert found.status == "elided"
    assert note in found.notes
    assert not found.accepted
