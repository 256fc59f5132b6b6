"""A passage in its context, and whether its words are those of the file."""

from resolved import Made

from evidence_datasette.document.context import differs, in_context


def test_text_between_parts_is_whole_where_it_is_near_and_cut_where_it_is_far():
    make = Made()
    text = "".join(f"{number} " for number in range(400))

    def part(start, end):
        around = {"before": text[max(0, start - 200) : start], "after": text[end : end + 200]}
        return {"start": start, "end": end, "exact": text[start:end]} | around

    for second in (60, 250, 330, 900):
        record = make.record(fragments=[part(50, 55), part(second, second + 5)])
        pieces = [piece["text"] for piece in in_context(record)]
        between = text[55:second]
        cut = f"{text[55:253]} […] {text[702:900]}"  # not within the numbers 88 and 202
        assert pieces[2] == (between if second < 500 else cut)
        assert pieces[0] == text[:50]
        assert pieces[-1].endswith("…")


def test_words_that_are_the_files_are_not_told_twice():
    make = Made()
    assert not differs(make.record())
    assert differs(make.record(text="other words"))
