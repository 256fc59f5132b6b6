"""HTML: all that is seen, nothing that is hidden."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import extract, html


def visible(markup):
    return html.visible(markup)[0]


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
def test_hidden_text_is_left_out_and_counted(tag, hide):
    markup = f"seen<{tag} {hide}>not <b>this</b></{tag}> text"
    text, hidden = html.visible(markup)
    assert text.split() == ["seen", "text"]
    assert hidden == len("notthis")


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
    assert stream.text == "They did know."
    assert stream.extractor["name"] == "evidence-chain/html"
    options = stream.extractor["options"]
    assert (options["charset"], options["replaced"], options["hidden"]) == ("utf-8", 0, 3)
    assert options["parser"].startswith("html.parser 3.")


def test_a_page_that_hides_everything_has_no_text(tmp_path):
    path = tmp_path / "page.html"
    path.write_text("<body hidden>nothing is seen")
    with pytest.raises(ExtractionError, match="holds no text"):
        extract(path, "text/html")


@pytest.mark.parametrize(
    "opening", ["<div>", "<b><p>", "<table><tr><td>", "<ul><li>", "<span>", "<svg>"]
)
def test_deep_nesting_is_read(opening):
    closing = "</div></b></ul></table></span>" * 1000
    assert visible(opening * 10_000 + "found" + closing) == "found"


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
        *("&", "&amp", "&#x0;", "&#xD800;", "word", " ", "\n"),
    ]
)


@given(st.lists(TAGS, max_size=40).map("".join))
def test_no_markup_stops_it(markup):
    text, hidden = html.visible(markup)
    assert hidden >= 0
    text.encode()


@given(st.lists(st.sampled_from(["<b>", "</b>", "<i>", "<p>", "</p>", "<div>", "</div>", "<td>"])))
def test_every_visible_word_is_there_in_order(tags):
    words = [f"w{n}" for n in range(len(tags))]
    markup = "".join(f"{tag} {word} " for tag, word in zip(tags, words, strict=True))
    assert visible(markup).split() == words
