"""HTML: all that is seen as it is seen, and what is hidden after it, flagged."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_chain.extract import extract, html
from evidence_chain.text import Status, match
from html_reading import flags, marked, visible


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("one <b>bo</b>ld <i> word</i>", "one bold word"),
        ("<p>one\n  two<p>three", "one two\nthree"),
        ("<div>a</div><div>b</div>c", "a\nb\nc"),
        ("<div>a<div><div>b</div>c</div>d</div>e", "a\nb\nc\nd\ne"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<ul><li>a<li>b</ul>c", "a\nb\nc"),
        ("<dl><dt>a<dd>b<dt>c</dl>", "a\nb\nc"),
        ("<table><tr><td>a<td>b<tr><th>c</table>d", "a\tb\nc\nd"),
        ("<pre>\n a\n   b</pre>c", " a\n   b\nc"),
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
        ("<body>a<body lang=en>b", "ab"),
        ("<details open><summary>a</summary>b</details>", "a\nb"),
    ],
)
def test_text_as_it_is_laid_out(markup, text):
    assert visible(markup) == text


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
        ("<meta charset=utf-16><p>Größe".encode(), "utf-8", "Größe"),
        (f"<!--{'-' * 1100}--><meta charset=koi8-r><p>Все".encode("koi8-r"), "koi8-r", "Все"),
        ("<!-- <meta charset=gbk> --><meta charset=koi8-r>Все".encode("koi8-r"), "koi8-r", "Все"),
        ("<meta name=x content='charset=gbk'><p>Größe".encode(), "utf-8", "Größe"),
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
        (b"<meta charset=windows-1253>abc\xd2", "windows-1253"),
        (b"\xef\xbb\xbfabc\xff\xff", "utf-8"),
    ],
)
def test_what_is_replaced_is_recorded(data, charset):
    text, options = html.decode(data)
    assert options["charset"] == charset
    assert options["replaced"] == text.count("\ufffd") > 0


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("<p>Größe".encode("cp1252"), "no charset is named; read as windows-1252"),
        ("<meta charset=ascii><p>Größe".encode(), "it says ascii and is not; read as utf-8"),
        ("<meta charset=ascii><p>Größe".encode("cp1252"), "read as windows-1252"),
        ("<meta charset=utf-8><p>Все".encode("koi8-r"), "it says utf-8 and is not"),
    ],
)
def test_a_charset_that_is_a_guess(data, said):
    """A browser may show other letters, so a person must look, as in an e-mail."""
    text, _, marks = html.extract(io.BytesIO(data))
    (guess,) = [one for one in marks if one.kind == "guessed"]
    assert (guess.start, guess.end) == (0, len(text))
    assert said in guess.detail


@pytest.mark.parametrize(
    "data",
    [
        b"<p>plain",
        "<p>Größe".encode(),
        "<meta charset=koi8-r><p>Все".encode("koi8-r"),
        "<meta charset=utf-8><p>Größe und Höhe, Äpfel".encode() + b"\xff",
    ],
)
def test_a_charset_that_is_none(data):
    assert not [one for one in html.extract(io.BytesIO(data)).marks if one.kind == "guessed"]


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
    assert options["parser"].startswith("turbohtml 1.")


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
    assert flags(markup, "a b") == {"hidden"}
    assert marked(markup, "hidden") == [("A map\nA door", "text in place of a picture")]


@pytest.mark.parametrize(
    "opening", ["<div>", "<b><p>", "<table><tr><td>", "<ul><li>", "<span>", "<svg><text>"]
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
