"""OpenDocument texts: what is seen in its order, and what was deleted, hidden or put beside it."""

import pytest

from package_files import packed

SPACES = (
    " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in {
            **{"office": "office", "text": "text", "table": "table", "style": "style"},
            **{"draw": "drawing", "fo": "xsl-fo-compatible", "svg": "svg-compatible"},
        }.items()
    )
    + ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
)
STYLES = (
    '<style:style style:name="H" style:family="text"><style:text-properties '
    'text:display="none"/></style:style>'
    '<style:style style:name="W" style:family="text"><style:text-properties '
    'fo:color="#ffffff"/></style:style>'
    '<style:style style:name="X" style:family="text"><style:text-properties '
    'style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="Up" style:family="text"><style:text-properties '
    'style:text-position="super 58%"/></style:style>'
    '<style:style style:name="Dark" style:family="table-cell"><style:table-cell-properties '
    'fo:background-color="#000000"/></style:style>'
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" '
    'style:num-format="1" style:num-suffix=")"/></text:list-style>'
    '<text:list-style style:name="Not"><text:list-level-style-number text:level="1" '
    'style:num-format="1" style:num-prefix="Untrue: "/></text:list-style>'
)
LOOKS = {
    "style:text-scale='1%'": "style:text-scale='90%'",
    "fo:letter-spacing='-20pt'": "fo:letter-spacing='-0.2pt'",
    "style:text-position='2000% 100%'": "style:text-position='0% 100%'",
    "text:display='condition'": "text:display='true'",
    "loext:opacity='0%' fo:color='#112233'": (
        "style:use-window-font-color='true' loext:opacity='0%'"
    ),
}
PLACES = {
    "fo:margin-left='-90cm' fo:margin-right='90cm'": "fo:margin-left='2cm' fo:margin-right='0cm'",
    "fo:text-indent='-90cm'": "fo:text-indent='-0.6cm'",
    "fo:line-height='0.01cm'": "fo:line-height='115%'",
}
FRAMES = {
    "svg:width='0cm' svg:height='4cm'": "svg:width='4cm'",
    "svg:y='-90cm' svg:width='4cm'": "svg:y='-9cm' svg:width='4cm'",
    "svg:x='-90cm' svg:y='1cm' svg:width='4cm'": "svg:x='2cm' svg:y='1cm' svg:width='4cm'",
}
CHANGES = (
    '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info>'
    "<dc:creator xmlns:dc='d'>Ilse Maran</dc:creator></office:change-info>"
    "<text:p>never</text:p></text:deletion></text:changed-region>"
    '<text:changed-region text:id="c2"><text:insertion><office:change-info>'
    "<dc:creator xmlns:dc='d'>Jo Tannen</dc:creator></office:change-info></text:insertion>"
    "</text:changed-region></text:tracked-changes>"
)


def odt(body, changes="", manifest="<m/>", styles=""):
    content = (
        f'<office:document-content {SPACES} office:version="1.3"><office:automatic-styles>'
        f"{STYLES}{styles}"
        f"</office:automatic-styles><office:body><office:text>{changes}{body}</office:text>"
        "</office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    return packed({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def span(style, words):
    return f'<text:span text:style-name="{style}">{words}</text:span>'


@pytest.fixture
def locate(person):
    def run(body, text, code=0, **more):
        person.file("draft.odt", odt(body, **more))
        found = person.json("locate", "draft.odt", "--text", text, code=code)
        assert found["media_type"] == "application/vnd.oasis.opendocument.text"
        return found

    return run


def kinds(found):
    return {one["kind"] for one in found["marks"]}


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<text:p>They <text:s text:c='3'/>knew\n  of it.</text:p>", "They    knew of it."),
        ("<text:p>One<text:tab/>two<text:line-break/>three</text:p>", "One\ttwo\nthree"),
        (f"<text:p>10{span('Up', '2')} metres</text:p>", "10² metres"),
        (
            "<text:list text:style-name='L'><text:list-item><text:p>first</text:p></text:list-item>"
            "<text:list-item><text:p>second</text:p></text:list-item></text:list>",
            "1) first\n2) second",
        ),
        (
            "<table:table><table:table-row><table:table-cell><text:p>Firm</text:p>"
            "</table:table-cell><table:table-cell table:style-name='Dark'>"
            f"<text:p>{span('W', '40')}</text:p></table:table-cell></table:table-row>"
            "<table:table-row><table:table-cell><text:p>Next</text:p></table:table-cell>"
            "</table:table-row></table:table>",
            "Firm\t40\nNext",
        ),
        (
            "<text:p>With<text:note><text:note-citation>1</text:note-citation><text:note-body>"
            "<text:p>A note.</text:p></text:note-body></text:note> a note</text:p>",
            "With a note",
        ),
    ],
)
def test_what_is_seen_stands_as_it_is_seen(locate, body, text):
    found = locate(body, text)
    assert (found["status"], found["accepted"], found["marks"]) == ("verbatim", True, [])


@pytest.mark.parametrize(
    ("hides", "shows", "style", "body"),
    [
        *((*one, "<style:style style:name='S' style:family='text'><style:text-properties {}/>"
           "</style:style>", f"<text:p>{span('S', 'We knew')}</text:p>") for one in LOOKS.items()),
        *((*one, "<style:style style:name='S' style:family='paragraph'><style:paragraph-properties"
           " {}/></style:style>", "<text:p text:style-name='S'>We knew</text:p>")
          for one in PLACES.items()),
        *((*one, "", "<text:p><draw:frame {}><draw:text-box><text:p>We knew</text:p>"
           "</draw:text-box></draw:frame></text:p>") for one in FRAMES.items()),
        ("style:row-height='0.01cm'", "style:row-height='1cm'",
         "<style:style style:name='S' style:family='table-row'><style:table-row-properties {}/>"
         "</style:style>", "<table:table><table:table-row table:style-name='S'><table:table-cell>"
         "<text:p>We knew</text:p></table:table-cell></table:table-row></table:table>"),
    ],
)  # fmt: skip
def test_looks_and_places_at_which_nothing_is_seen(locate, hides, shows, style, body):
    def asked(how, code):
        return locate(body.replace("{}", how), "We knew", code, styles=style.replace("{}", how))

    assert "hidden" in kinds(asked(hides, 1))
    assert "hidden" not in kinds(asked(shows, 0))


@pytest.mark.parametrize(
    "put_in",
    [
        "<draw:frame text:anchor-type='as-char'><draw:image/></draw:frame>",
        "<draw:control draw:control='c1'/>",
        "<text:hidden-paragraph text:is-hidden='true'/>",
    ],
)
def test_what_stands_between_words_without_being_one(locate, put_in):
    assert kinds(locate(f"<text:p>We were {put_in}told.</text:p>", "We were told.", 1))
    frame = "<draw:frame text:anchor-type='paragraph'><draw:image/></draw:frame>"
    locate(f"<text:p>{frame}We were told.</text:p>", "We were told.")


COVERED = "<table:table><table:table-row><table:covered-table-cell><text:p>never told</text:p>"
COVERED += "</table:covered-table-cell></table:table-row></table:table>"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (f"<text:p>x {span('H', 'never told')}</text:p>", "hidden"),
        (f"<text:p>x {span('W', 'never told')}</text:p>", "hidden"),
        ("<text:p>x<text:hidden-text text:string-value='never told'/></text:p>", "hidden"),
        ("<text:section text:display='none'><text:p>never told</text:p></text:section>", "hidden"),
        (COVERED, "hidden"),
        (f"<text:p>x {span('X', 'never told')}</text:p>", "deleted"),
        ("<text:p><text:date>never told</text:date></text:p>", "unsure"),
        (
            "<text:list text:style-name='Not'><text:list-item><text:p>never told</text:p>"
            "</text:list-item></text:list>",
            "unsure",
        ),
    ],
)
def test_what_is_not_seen_so_needs_a_person(locate, body, kind):
    found = locate(body, "never told", code=1)
    assert (found["status"], kinds(found)) == ("verbatim", {kind})


def test_tracked_changes(locate):
    body = '<text:p>They <text:change text:change-id="c1"/> knew <text:change-start '
    body += 'text:change-id="c2"/>of it<text:change-end text:change-id="c2"/>.</text:p>'
    before = locate(body, "They never knew", code=1, changes=CHANGES)
    assert [(one["kind"], one["detail"]) for one in before["marks"]] == [("deleted", "Ilse Maran")]
    assert kinds(locate(body, "They knew", code=1, changes=CHANGES)) == {"deleted"}
    after = locate(body, "of it", code=1, changes=CHANGES)
    assert [(one["kind"], one["detail"]) for one in after["marks"]] == [("inserted", "Jo Tannen")]


def test_notes_and_comments_are_told_as_such(locate):
    body = "<text:p>x<office:annotation><text:p>They knew</text:p></office:annotation> y</text:p>"
    found = locate(body, "They knew")
    assert [(one["kind"], one["detail"]) for one in found["marks"]] == [("part", "comment")]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (odt("<text:p/>", manifest="<encryption-data/>"), "under a password"),
        (odt("<text:span>" * 6000), "nested"),
        (odt(" " * (60 << 20)), "expands to more than"),
    ],
)
def test_hostile_texts_are_refused(person, content, says):
    person.file("a.odt", content)
    assert says in person.run("locate", "a.odt", "--text", "x", code=3).output
