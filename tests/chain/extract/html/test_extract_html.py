"""HTML: all that is seen as it is seen, and what is hidden after it, flagged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import extract, html
from evidence_chain.extract.html import css as _css
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


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("one <b>bo</b>ld <i> word</i>", "one bold word"),
        ("<p>one\n  two<p>three", "one two\nthree"),
        ("<div>a</div><div>b</div>c", "a\nb\nc"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<ul><li>a<li>b</ul>c", "a\nb\nc"),
        ("<dl><dt>a<dd>b<dt>c</dl>", "a\nb\nc"),
        ("<table><tr><td>a<td>b<tr><th>c</table>d", "a\tb\nc\nd"),
        ("<pre>\n a\n   b</pre>c", " a\n   b\nc".replace(" a", "\n a", 1)),
        ("<h1>T</h1>text", "T\ntext"),
        ("a&nbsp;b &lt;c&gt; &#x4E2D;&eacute;", "a\u00a0b <c> 中é"),
        ("<span>a</span><span>b</span>", "ab"),
        ("<span style='display: block'>a</span><span>b</span>", "a\nb"),
        ("<div style='display:inline'>a</div><div style='display:inline'>b</div>", "ab"),
        ("<title>T</title><style>x</style><script>'<p>x'</script>y", "T\ny"),
        ("<head><meta charset=utf-8><title>T</title></head><body>y</body>", "T\ny"),
        ("<head>stray</head>", "stray"),
        ("a<noscript>x</noscript><template>x</template><iframe>x</iframe>b", "ab"),
        ("<img alt=x title=y>a", "a"),
        ("<svg><title>x</title><text>a</text></svg>", "a"),
        ("a < b & c <1>", "a < b & c <1>"),
        ("a<!-- x -->b<![if x]>c<![foo[y]]>d<?php x ?>e", "abcde"),
        ("<textarea> a\n b</textarea>", " a\n b"),
        ("<button>a</button>b", "a\nb"),
        ("</p>a</div></b>b", "ab"),
        ("a</p>b</br>c", "a\nb\nc"),
        ("<p>a</body></html>b", "ab"),
        ("<body>a<body hidden>b", "ab"),
        ("<details><summary>a</summary>b</details>", "a\nb"),
    ],
)
def test_text_as_it_is_laid_out(markup, text):
    assert visible(markup) == text


HIDING = [
    "visibility:hidden; display:inherit",
    "opacity:0",
    "opacity: .01",
    "opacity:0%",
    "font-size:0",
    "font-size: 0px",
    "font-size:1px",
    "font:0/0 a",
    "color:transparent",
    "color:#0000",
    "color:rgba(1,2,3,0)",
    "color:#fff",
    "color:white; background:#FEFEFE",
    "color:#123; background-color:rgb(17, 34, 51)",
    "position:absolute; left:-9999px",
    "position:fixed; top:-200%",
    "position:absolute; right:-100em",
    "text-indent:-9999px",
    "text-indent:100%; overflow:hidden",
    "margin-left:-5000px",
    "transform:translateX(-9999px)",
    "transform:scale(0)",
    "position:absolute; clip:rect(0,0,0,0)",
    "position:absolute; clip: rect(1px 1px 1px 1px)",
    "clip-path:inset(50%)",
    "clip-path: inset(100%)",
    "height:0; overflow:hidden",
    "max-height:0; overflow-y:hidden",
    "width:1px; height:1px; overflow:hidden",
    "content-visibility:hidden",
    "disp\\6c ay:none",
    "/* color:red */display/**/:none",
    "background:url(a;b); display:none",
]


@pytest.mark.parametrize(
    "hide",
    [
        "hidden",
        "hidden=until-found",
        "HIDDEN=''",
        "style='display:none'",
        "style='color:red; DISPLAY : None !important'",
        "style='visibility:hidden'",
        "style='visibility: collapse'",
        "style='display:none' style='display:block'",
    ],
)
@pytest.mark.parametrize("tag", ["span", "p", "div", "li", "td", "section", "a"])
def test_hidden_text_stands_after_what_is_seen_and_is_flagged(tag, hide):
    check_hidden(f"seen<{tag} {hide}>not <b>this</b></{tag}> text")


@pytest.mark.parametrize("style", HIDING)
def test_styles_that_hide(style):
    check_hidden(f"seen<span style='{style}'>not <b>this</b></span> text")


def check_hidden(markup):
    text, hidden = html.visible(markup)
    assert text.split() == ["seen", "text"]
    assert hidden == len("notthis")
    whole, marks = html.draw(markup)
    assert whole.startswith(f"{text}\n")
    assert " ".join(whole.removeprefix(text).split()) == "not this"
    assert {one.kind for one in marks} == {"hidden"}
    assert flags(markup, "seen") == set()
    assert flags(markup, whole.removeprefix(text).strip()) == {"hidden"}


SHOWING = [
    "opacity:.5",
    "opacity:1",
    "font-size:8px",
    "font-size:smaller",
    "color:#eee; background:#111 none",
    "color:#fff; background:linear-gradient(red, blue)",
    "color:#fff; background:url(dark.png)",
    "color:#fff; background:rebeccapurple",
    "color:var(--ink)",
    "left:-9999px",
    "position:absolute; left:-20px",
    "text-indent:-2em",
    "height:0",
    "height:20px; overflow:hidden",
    "clip:rect(0,0,0,0)",
    "clip-path:inset(5%)",
    "transform:scale(0.5)",
    "transform:translate(-50%, -50%)",
    "display:banana",
    "color",
    ":::;;",
]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p hidden>x<p>seen", "seen"),
        ("<ul><li hidden>x<li>seen</ul>", "seen"),
        ("<table><tr hidden><td>x<tr><td>seen</table>", "seen"),
        ("<table><tr><td hidden>x<td>seen</table>", "seen"),
        ("<table><tbody hidden><tr><td>x<tbody><tr><td>seen</table>", "seen"),
        ("<select><option hidden>x<option>seen</select>", "seen"),
        ("<div hidden>x<b>x</div>seen", "seen"),
        ("<div hidden><p>x</div>seen", "seen"),
        ("<div hidden/>x</div>seen", "seen"),
        ("<br hidden>seen<img hidden>", "seen"),
        ("<b hidden>x</b>seen", "seen"),
        ("<div style='visibility:hidden'>x<i style='visibility:visible'>seen</i>x</div>", "seen"),
        ("<div hidden style='display:block'>seen</div>", "seen"),
        ("<div style='background:url(display:none)'>seen</div>", "seen"),
        ("<div style='display:block' style='display:none'>seen</div>", "seen"),
        *((f"<div style='{style}'>seen</div>", "seen") for style in SHOWING),
        ("<div style='font-size:0'>x<i style='font-size:12pt'>seen</i>x</div>", "seen"),
        ("<div style='color:#fff'>x<i style='color:black'>seen</i>x</div>", "seen"),
        ("<div style='background:#000'><p style='color:#fff'>seen</div>", "seen"),
        ("<table><tr><td bgcolor=black><font color=white>seen</font></table>", "seen"),
        ("<table background=a.png><tr><td style='color:#fff'>seen</table>", "seen"),
        ("<body text=white><a href=b>seen</a>", "seen"),
        ("<mark style='background:black;color:white'>seen</mark>", "seen"),
        ("<p popover>x</p><dialog>x</dialog><dialog open>seen</dialog>", "seen"),
        ("<div aria-hidden=true>seen</div>", "seen"),
        ("<a hidden>x<table><td>x</a>x</table>x</a>seen", "seen"),
    ],
)
def test_what_is_seen_is_never_lost(markup, text):
    assert visible(markup) == text


@pytest.mark.parametrize(
    "markup",
    [
        "<b><div hidden>x</b>x</div>",
        "<div hidden><table><tr><td>x</div>x</table></div>",
        "<p hidden><span>x</span></b>x</p>",
        "<div style='display:none'><i style='visibility:visible;display:block'>x</i></div>",
        "<div hidden><ul><li>x<li>x</ul>x</div>",
        "<div hidden><p>x<p>x</div>",
    ],
)
def test_what_is_hidden_stays_hidden(markup):
    assert visible(f"a{markup}b").split() == ["a", "b"] or visible(f"a{markup}b") == "ab"


@pytest.mark.parametrize(
    ("data", "charset", "text"),
    [
        ("<p>Größe".encode(), "utf-8", "Größe"),
        ("\ufeff<meta charset=gbk><p>Größe".encode(), "utf-8", "Größe"),
        ("\ufeff<p>摄像".encode("utf-16-le"), "utf-16-le", "摄像"),
        ("\ufeff<p>摄像".encode("utf-16-be"), "utf-16-be", "摄像"),
        ("<meta charset='GB2312'><p>摄像".encode("gb18030"), "gb18030", "摄像"),
        (
            "<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>Все".encode(
                "cp1251"
            ),
            "windows-1251",
            "Все",
        ),
        ("<?xml version='1.0' encoding='koi8-r'?><p>Все".encode("koi8-r"), "koi8-r", "Все"),
        (b"<meta charset=iso-8859-1>\x93Gr\xf6\xdfe\x94", "windows-1252", "“Größe”"),
        (b"\x93Gr\xf6\xdfe\x94", "windows-1252", "“Größe”"),
        ("<meta charset=utf-16><p>Größe".encode(), "utf-8", "Größe"),
        ("<meta charset=ascii><p>Größe".encode(), "utf-8", "Größe"),
        (b"<meta charset=unicode_escape>\\u0041", "utf-8", "\\u0041"),
    ],
)
def test_charsets(data, charset, text):
    markup, options = html.decode(data)
    assert options == {"charset": charset, "replaced": 0}
    assert visible(markup).strip() == text


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (b"<meta charset=gbk>abc\xff\xff", "gb18030"),
        (b"<meta charset=utf-8>abc\xff\xff", "utf-8"),
        (b"abc\x81\xff\x81", "windows-1252"),
        (b"\xef\xbb\xbfabc\xff\xff", "utf-8"),
    ],
)
def test_what_is_replaced_is_recorded(data, charset):
    text, options = html.decode(data)
    assert options["charset"] == charset
    assert options["replaced"] == text.count("\ufffd") > 0


def test_through_the_guard(tmp_path):
    path = tmp_path / "page.html"
    path.write_text("<!doctype html><p>They <b>did</b> know<span hidden>not</span>.")
    stream = extract(path, "text/html")
    assert stream.text == "They did know.\nnot"
    assert stream.extractor["name"] == "evidence-chain/html"
    assert [mark.kind for mark in stream.marked([(15, 18)])] == ["hidden"]
    assert [mark.kind for mark in stream.marked([(0, 14)])] == ["hidden"]
    options = stream.extractor["options"]
    assert (options["charset"], options["replaced"]) == ("utf-8", 0)
    assert options["parser"].startswith("html.parser 3.")


def test_a_page_that_hides_everything_has_hidden_text_only(tmp_path):
    path = tmp_path / "page.html"
    path.write_text("<body hidden>nothing is seen")
    stream = extract(path, "text/html")
    assert stream.text == "nothing is seen"
    assert stream.marks[-1] == (0, 15, "hidden", "hidden attribute")
    path.write_text("<img src=a.png>")
    with pytest.raises(ExtractionError, match="holds no text"):
        extract(path, "text/html")


def test_a_sentence_with_hidden_words_reads_as_it_is_seen_and_is_flagged():
    markup = "<p>The firm <span style=display:none>did not</span> knew of it.<p>So it said."
    assert html.draw(markup)[0] == "The firm knew of it.\nSo it said.\ndid not"
    assert flags(markup, "The firm knew") == {"hidden"}
    assert flags(markup, "knew of it.") == set()
    assert flags(markup, "did not") == {"hidden"}
    assert flags(markup, "So it said.") == set()


@pytest.mark.parametrize(
    ("sheet", "hidden"),
    [
        (".x{display:none}", "abc"),
        ("p .y, .x { color: red; display : none ! important }", "abc"),
        ("#one{visibility:hidden}", "a"),
        ("b{opacity:0}", "b"),
        ("*{font-size:0}", "abc"),
        ("i.x{display:none}", "ac"),
        ("i.x.z{display:none}", "c"),
        (".z.x{display:none}", "c"),
        (".x{display:none} i{display:block}", "abc"),
        (".x{display:none} #one{display:inline}", "bc"),
        (".x{display:none} .x{display:inline}", ""),
        (".x{display:none} .z{display:inline}", "ab"),
        (".z{display:inline} .x{display:none}", "abc"),
        (".x{display:none!important} #one{display:inline}", "abc"),
        ("p .x{display:none}", ""),
        (".x:hover{display:none}", ""),
        (".x::before{display:none}", ""),
        ("[class]{display:none}", ""),
        ("/* .x{display:none} */", ""),
        ("<!-- .x{display:none} -->", "abc"),
        ("a::after{content:'}'} .x{display:none}", "abc"),
        ("@import 'a.css'; .x{display:none}", "abc"),
        ("@media print{.x{display:none}}", ""),
        ("@media (max-width:600px){.x{display:none}} b{display:none}", "b"),
        ("@media screen{.x{display:none}}", "abc"),
        ("@supports (display:grid){@layer a{.x{display:none}}}", "abc"),
        ("@font-face{display:none} .x{display:none}", "abc"),
        (".\\78{display:none}", "abc"),
        (".x{color:white;background:white}", "abc"),
        (".x{display:none", ""),
        ("}}{{;;}", ""),
    ],
)
def test_simple_style_sheets(sheet, hidden):
    body = "seen<i id=one class='q x'>a</i><b class=x>b</b><i class='x  z'>c</i>"
    markup = f"{body}<style>{sheet}</style>"
    assert "".join(held for held, _ in marked(markup, "hidden")).replace("\n", "") == hidden
    assert visible(markup).startswith("seen")


@pytest.mark.parametrize(
    "markup",
    [
        "<style media=print>p{display:none}</style><p>seen",
        "<!-- <style>p{display:none}</style> --><p>seen",
        "<script>'<style>p{display:none}</style>'</script><p>seen",
        "<style>p{display:none}</style><p style='display:block'>seen",
        "<style>p{display:none}</style><style>p{display:block}</style><p>seen",
    ],
)
def test_sheets_that_hide_nothing(markup):
    assert html.draw(markup) == ("seen", [])


@pytest.mark.parametrize(
    "markup",
    [
        "<style media='screen'>p{display:none}</style>a<p>x",
        "<style media=all>p{display:none}</style>a<p>x",
        "<STYLE TYPE='text/css'>P{DISPLAY:NONE}</STYLE>a<p>x",
        "a<p>x<style>p{display:none!important}</style><p style='display:block'>x",
        "a<p>x<style>p{display:none}",
    ],
)
def test_sheets_that_hide(markup):
    assert visible(markup).strip() == "a"


def test_changes_are_marked_where_they_stand():
    markup = "It cost <del datetime=2031-03-04>10 <b>or</b></del> <ins>12</ins> <s>Euro</s>, <i \
        style='text-decoration: red line-through'>so</i>"
    assert visible(markup) == "It cost 10 or 12 Euro, so"
    assert marked(markup, "deleted") == [("10 or", "2031-03-04"), ("Euro", ""), ("so", "")]
    assert marked(markup, "inserted") == [("12", "")]
    assert flags(markup, "It cost") == set()
    assert marked("a<del>b<i hidden>c</i></del>", "deleted") == [("b", ""), ("c", "")]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("10<sup>2</sup> m", "10² m"),
        ("10<sup>-12</sup>", "10⁻¹²"),
        ("10<sup>\u22122</sup>", "10⁻²"),
        ("x<sup>n</sup>", "xⁿ"),
        ("x<sup> <b>2</b> </sup>y", "x ² y"),
        ("H<sub>2</sub>O, CO<sub>2</sub>", "H₂O, CO₂"),
        ("10<sub>2</sub>", "10₂"),
        ("the 1<sup>st</sup> of M<sup>lle</sup>", "the 1st of Mlle"),
        ("10<sup>2x</sup>", "10\u20092x"),
        ("10<sup>a<sup>2</sup></sup>", "10\u2009a²"),
        ("<sup>2</sup>", "²"),
        ("10<sup></sup>2", "102"),
        ("word<sup>[1]</sup> next", "word next"),
        ("word<sup>1</sup> next", "word¹ next"),
        ("word.<sup>1</sup> Next", "word. Next"),
        ("word <sup>*</sup>next", "word next"),
        ("word<a href='#n1'><sup>1</sup></a> next", "word next"),
        ("word<sup><a href='/p#n1'>1</a></sup> next", "word next"),
        ("word<sup id=c class=r><a href='#c'><i>[</i>note 1<i>]</i></a></sup>, next", "word, next"),
        ("did <sup>[not]</sup> know", "did [not] know"),
        ("did <sup><a href='#a'>not</a></sup> know", "did not know"),
        ("<a href='#top'>up</a> 10<sup>2</sup>", "up 10²"),
        ("<sup>[1]</sup>word", "word"),
        ("see <sup>a long remark that was set high in the line, with 2 numbers</sup>",
         "see a long remark that was set high in the line, with 2 numbers"),
    ],
)  # fmt: skip
def test_what_is_raised_or_lowered(markup, text):
    assert visible(markup) == text


def test_a_power_is_no_number_and_a_note_breaks_no_sentence():
    text = html.draw("They paid 10<sup>2</sup> marks<sup>[1]</sup> for it.")[0]
    assert match("They paid 10² marks for it.", text).status == Status.VERBATIM
    assert match("They paid 102 marks for it.", text).status == Status.ALTERED
    markup = "marks<sup>[1]</sup> and<sup>[2]</sup> <ruby>漢<rp>(</rp><rt>かん</rt></ruby>字"
    assert html.draw(markup)[0] == "marks and 漢字\n[1]\n[2]\n(かん"
    assert [detail for _, detail in marked(markup, "part")] == ["note mark", "reading aid"]


def test_marks_within_what_is_raised_move_with_it():
    markup = "10<sup><del>2x</del></sup> a<sup>[<del>1</del>]</sup> <del>b</del>"
    assert marked(markup, "deleted") == [("2x", ""), ("b", "")]


@pytest.mark.parametrize(
    ("markup", "text", "fields"),
    [
        ("a<input value='b c'>d", "a b c d", ["b c"]),
        ("<input type=SUBMIT value=Send>", "Send", ["Send"]),
        ("a<input type=hidden value=b><input type=password value=c>", "a", []),
        ("a<input type=checkbox value=b><input placeholder=c title=d>", "a", []),
        ("a<input hidden value=b><template><input value=c></template>", "a", []),
    ],
)
def test_what_is_filled_into_forms(markup, text, fields):
    assert html.draw(markup)[0] == text
    assert [held for held, _ in marked(markup, "form-field")] == fields


def test_what_stands_for_pictures_comes_after_all_that_is_seen():
    markup = "a <img alt='A map' title=x> b<img alt=''><img hidden alt=y> <area alt='A door'>"
    assert html.draw(markup)[0] == "a b\nA map\nA door"
    assert flags(markup, "a b") == set()
    assert marked(markup, "hidden") == [("A map\nA door", "text in place of a picture")]


@pytest.mark.parametrize(
    "opening", ["<div>", "<b><p>", "<table><tr><td>", "<ul><li>", "<span>", "<svg>"]
)
def test_deep_nesting_is_read(opening):
    closing = "</div></b></ul></table></span>" * 1000
    assert visible(opening * 10_000 + "found" + closing) == "found"


@pytest.mark.parametrize(
    "opening",
    ["<del>", "<sup>", "<div hidden>", "<i style='color:#fff'>", "<ruby><rt>", "<i class=a>"],
)
def test_deep_nesting_of_what_is_looked_at(opening):
    markup = "<style>.a{opacity:0}</style>" + opening * 20_000 + "found" + "</i></sup></del>" * 9
    assert html.draw(markup)[0] == "found"


@pytest.mark.parametrize(
    "piece", ["<style", "<style>{", "<!--", "<script", "@layer{", "a{", ".a.b{top:0}", "a:(", "a:'"]
)
def test_sheets_of_repeated_pieces_are_read(piece):
    markup = f"<style>{piece * 20_000}"
    assert _css.Sheet(_css.style_elements(piece * 20_000 + markup)).declared("a", "", "") == {}
    assert _css.declarations(piece * 20_000) == {}


def test_two_hundred_thousand_nested_elements(tmp_path):
    path = tmp_path / "page.html"
    path.write_text("<div>" * 200_000 + "found")
    assert extract(path, "text/html").text == "found"


TAGS = st.sampled_from(
    [
        *("<p>", "</p>", "<b>", "</b>", "<div hidden>", "<div>", "</div>", "<ul>", "<li>", "</ul>"),
        *("<table>", "<tr>", "<td>", "</td>", "</table>", "<select>", "<option>", "<svg>"),
        *(
            "</svg>",
            "<title>",
            "</title>",
            "<textarea>",
            "<pre>",
            "</pre>",
            "<script>",
            "</script>",
        ),
        *("<!--", "-->", "<![x[", "]]>", "<?", "<", ">", "<a href=", "'", '"', "= ", "<br>"),
        *("<sup>", "</sup>", "<del>", "</del>", "<i style='color:#fff'>", "</i>", "<rt>", "2"),
        *("<style>", "</style>", "p{display:none}", "<a href=#x>", "<input value=x>", "[1]"),
        *("&", "&amp", "&#x0;", "&#xD800;", "word", " ", "\n"),
    ]
)


@given(st.lists(TAGS, max_size=40).map("".join))
def test_no_markup_stops_it(markup):
    text, marks = html.draw(markup)
    assert all(0 <= one.start <= one.end <= len(text) for one in marks)
    assert text.startswith(visible(markup))
    text.encode()


@given(st.lists(st.sampled_from(["<b>", "</b>", "<i>", "<p>", "</p>", "<div>", "</div>", "<td>"])))
def test_every_visible_word_is_there_in_order(tags):
    words = [f"w{n}" for n in range(len(tags))]
    markup = "".join(f"{tag} {word} " for tag, word in zip(tags, words, strict=True))
    assert visible(markup).split() == words


WORDS = st.text(st.characters(categories=("L", "Nd")), min_size=1, max_size=8)


@given(st.lists(st.lists(WORDS, min_size=1, max_size=5), min_size=1, max_size=6), st.data())
def test_any_paragraphs_come_back_in_order_and_slices_are_found(paragraphs, data):
    markup = "".join(f"<p>{' '.join(words)}</p><p hidden>{words[0]}</p>" for words in paragraphs)
    text = html.draw(markup)[0]
    seen = "\n".join(map(" ".join, paragraphs))
    assert text == "\n".join([seen, *(words[0] for words in paragraphs)])
    words = seen.split(" ")
    first = data.draw(st.integers(0, len(words) - 1))
    quote = " ".join(words[first : data.draw(st.integers(first + 1, len(words)))])
    assert match(quote, text).status == Status.VERBATIM
