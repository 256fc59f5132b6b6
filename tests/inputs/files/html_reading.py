"""HTML as the tests read it: what is seen, and what is marked."""

from evidence_chain.extract import html
from evidence_chain.text import Status, match


def visible(markup):
    return html.visible(markup)[0]


def marked(markup, kind):
    """What is marked so, and the details."""
    text, marks = html.draw(markup)
    return [
        (text[one.start : one.end], one.detail)
        for one in marks
        if one.kind == kind and one.end > one.start
    ]


def flags(markup, quote):
    """The kinds of marks on a quote that stands there verbatim."""
    text, marks = html.draw(markup)
    found = match(quote, text)
    assert found.status == Status.VERBATIM
    start, end = found.fragments[0]
    return {one.kind for one in marks if one.start < end and start < one.end}


def needs_person(markup, quote):
    """Whether a passage of a page can't be accepted as it is: altered, unseen or struck out."""
    text, marks = html.draw(markup)
    found = match(quote, text)
    if found.status not in (Status.VERBATIM, Status.NORMALISED):
        return True
    (start, end), *_ = found.fragments
    return any(m.kind in ("hidden", "deleted") and m.start < end and start < m.end for m in marks)
