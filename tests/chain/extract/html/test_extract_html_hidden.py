"""HTML that hides: what is hidden stands after what is seen, flagged, and nothing seen is lost."""

import pytest

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import extract, html
from html_reading import flags, marked, visible

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
@pytest.mark.parametrize("tag", ["span", "p", "div", "li", "section", "a"])
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
        ("body *{font-size:0}", "abc"),
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
        ("body .x{display:none}", "abc"),
        (".x:hover{display:none}", ""),
        (".x::before{display:none}", ""),
        ("[class]{display:none}", "abc"),
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
        (".x{display:none", "abc"),
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


@pytest.mark.parametrize(
    "piece", ["<style", "<style>{", "<!--", "<script", "@layer{", "a{", ".a.b{top:0}", "a:(", "a:'"]
)
def test_sheets_of_repeated_pieces_are_read(piece):
    assert visible(f"seen<style>{piece * 20_000}") == "seen"
    assert visible(f"<p style='{piece.replace(chr(39), '') * 20_000}'>seen") == "seen"
