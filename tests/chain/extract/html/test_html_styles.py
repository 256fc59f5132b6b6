"""HTML by style: all that can hide a text is marked, what can't be judged too, and nothing else."""

import pytest

from evidence_chain.extract import html
from html_reading import flags, marked, visible

WORDS = "the firm knew of it"


def styled(style, before=""):
    return f"<!doctype html>{before}<p>seen</p><p style='{style}'>{WORDS}</p>"


@pytest.mark.parametrize(
    "style",
    [
        "filter:opacity(0)",
        "filter:grayscale(1) opacity(2%)",
        "color:hsl(120 10% 99%)",
        "color:hwb(0 100% 0%)",
        "color:lab(100% 0 0)",
        "color:oklch(1 0 0)",
        "color:rgb(0 0 0 / 3%)",
        "color:rgba(0,0,0,.04)",
        "color:color(srgb 1 1 1)",
        "color:banana; color:#fefefe; color:nonsense",
        "display:none; display:banana",
        "-webkit-text-fill-color:transparent",
        "color:black; -webkit-text-fill-color:white",
        "background:#000; color:#0a0a0a",
        "background:linear-gradient(#222, #252525); color:#232323",
        "position:absolute; inset:-5000px auto auto 0",
        "position:fixed; inset-inline-start:-300vw",
        "position:absolute; left:calc(-1 * 9999px)",
        "margin:0 0 0 -9999px",
        "text-indent:calc(100% * -20)",
        "clip-path:polygon(0 0, 0 0, 0 0)",
        "clip-path:polygon(50% 50%, 50% 50%, 50% 50%, 50% 50%)",
        "clip-path:circle(0)",
        "clip-path:inset(0 100% 0 0)",
        "-webkit-clip-path:inset(50% 50%)",
        "scale:0",
        "scale:0 1",
        "transform:scale3d(0, 1, 1)",
        "transform:matrix(0, 0, 0, 1, 0, 0)",
        "transform:rotateX(90deg)",
        "transform:rotate3d(0, 1, 0, 90deg)",
        "rotate:y 90deg",
        "rotate:x .25turn",
        "transform:skewX(90deg)",
        "translate:-9999px",
        "translate:0 -500vh",
        "transform:translate3d(-9999px, 0, 0)",
        "mask:linear-gradient(transparent, transparent)",
        "-webkit-mask-image:linear-gradient(#0000, rgba(1,1,1,0))",
        "zoom:0.01",
        "zoom:0",
        "font-size:.01em",
        "font:1px/1 serif",
        "overflow:hidden; max-block-size:0",
        "overflow:clip; inline-size:0",
        "height:0; overflow:auto",
        "-webkit-text-security:disc",
        "opacity:calc(0.01 * 2)",
        "animation:gone 1s forwards",
        "display:var(--none, none)",
        "display:var(--n); --n:none",
        "color:var(--a); --a:var(--b); --b:#fff",
        "all:initial; display:none",
        "display:table-column",
        "content:url(a.png)",
        "font-size-adjust:0",
        "line-height:0; overflow:hidden",
    ],
)
def test_what_hides(style):
    frames = "<style>@keyframes gone { to { opacity: 0 } }</style>"
    markup = styled(style, frames)
    assert visible(markup) == "seen"
    assert flags(markup, WORDS) == {"hidden"}
    assert flags(markup, "seen") == set()


@pytest.mark.parametrize(
    "style",
    [
        "filter:blur(9px)",
        "filter:url(#f)",
        "filter:contrast(0)",
        "mask:url(m.png)",
        "mix-blend-mode:screen",
        "clip-path:path('M0 0')",
        "clip-path:inset(0 0 60% 0)",
        "transform:scaleX(-1)",
        "transform:rotate(180deg)",
        "rotate:.5turn",
        "transform:something(1)",
        "color:color-mix(in oklch, snow, ivory)",
        "color:#fefefe; color:nonsense(1)",
        "color:#fff; background-image:url(dark.png)",
        "letter-spacing:-1em",
        "word-spacing:-.3em",
        "display:var(--x); --x:var(--x)",
        "position:fixed; right:100%",
        "position:absolute; right:110%",
        "position:fixed; top:100vh",
        "width:15px; overflow:hidden; white-space:nowrap",
        "position:absolute; top:-90px",
        "position:relative; left:-600px",
        "margin-left:-600px",
        "translate:-600px",
        "padding-left:100vw; overflow:hidden",
        "height:3px; overflow:hidden",
        "height:20px; padding-top:40px; overflow:hidden",
        "contain:strict",
        "aspect-ratio:999; width:10px; overflow:hidden",
        "transform:perspective(100px) translateZ(200px)",
        "transform-origin:0 -2000px; transform:rotate(90deg)",
        "box-shadow:inset 0 0 0 99px #000",
        "offset:path('M-900 0')",
        "animation:gone 1s infinite",
    ],
)
def test_what_cannot_be_judged_needs_a_person(style):
    frames = "<style>@keyframes gone { to { opacity: 0 } }</style>"
    markup = styled(style, frames)
    assert visible(markup) == f"seen\n{WORDS}"
    assert flags(markup, WORDS) == {"hidden"}
    assert marked(markup, "hidden")[0][1].startswith("possibly hidden: ")
    assert flags(markup, "seen") == set()


@pytest.mark.parametrize(
    "style",
    [
        "filter:drop-shadow(0 0 2px #000) brightness(1.1)",
        "color:hsl(0 0% 40%)",
        "color:oklch(.4 .1 20)",
        "color:var(--unknown)",
        "color:var(--unknown, navy)",
        "color:transparent; -webkit-text-fill-color:#111",
        "color:transparent; background:linear-gradient(red, blue); -webkit-background-clip:text",
        "background:linear-gradient(#000, #111); color:#fff",
        "background:#123 url(x.png); color:#fff",
        "clip-path:inset(0)",
        "clip-path:polygon(0 0, 100% 0, 100% 100%, 0 100%)",
        "clip-path:circle(60%)",
        "scale:.9",
        "rotate:-4deg",
        "transform:rotate(-90deg)",
        "transform:translateY(-50%) scale(1.1)",
        "transform:rotateX(0) perspective(5px)",
        "translate:10px 10px",
        "mask:none",
        "zoom:1.5",
        "overflow:hidden; max-width:60ch; height:2em",
        "width:calc(100% - 20px); overflow:hidden",
        "animation:appear 1s forwards; opacity:0",
        "animation:spin 2s infinite",
        "content-visibility:auto",
        "all:unset",
        "display:revert",
        "opacity:nonsense",
        "mix-blend-mode:multiply",
        "transform:translate(-50%, -50%); position:absolute; left:50%; top:50%",
        "margin:-1em 0 0 -20px",
        "position:absolute; top:-10px; left:-1em",
        "box-shadow:inset 0 1px 0 #fff",
        "transform:translateZ(0)",
        "contain:content",
        "overflow:hidden; line-height:1.5; height:24px",
    ],
)
def test_what_shows(style):
    frames = "<style>@keyframes appear{to{opacity:1}} @keyframes spin{to{rotate:1turn}}</style>"
    assert flags(styled(style, frames), WORDS) == set()


SHEETS = {
    "[data-m]{display:none}": True,
    "[class^='x-']{display:none}": True,
    "p:not(.k){display:none}": True,
    ":is(.x-a, #none){display:none}": True,
    ":where(p).x-a{display:none}": True,
    "div > p + p{display:none}": True,
    "div p:nth-of-type(2){display:none}": True,
    "p:last-child{display:none}": True,
    "p:has(b){display:none}": True,
    "p:has(i){display:none}": False,
    "div{ & > [data-m] { display: none } }": True,
    "div{ .x-a { display: none } }": True,
    "div{ .other { display: none } }": False,
    "@media (min-width: 30em) { .x-a { display: none } }": True,
    "@media (width >= 600px) and (hover: hover) { .x-a { display: none } }": True,
    "@media not print { .x-a { display: none } }": True,
    "@media print, (orientation: portrait) { .x-a { display: none } }": False,
    "@media (max-width: 600px) { .x-a { display: none } }": False,
    "@media (prefers-color-scheme: dark) { .x-a { display: none } }": False,
    "@layer a, b; @layer b { .x-a { display: none } } @layer a { .x-a { display: block } }": True,
    "@layer a { .x-a { display: none } } .x-a { display: block }": False,
    "@layer a { .x-a { display: none !important } } .x-a { display: block !important }": True,
    ":root { --d: none } .x-a { display: var(--d) }": True,
    ".x-a { --d: block } :root { --d: none } .x-a { display: var(--d) }": False,
    "#one { display: block } .x-a { display: none }": False,
    "p.x-a:hover { display: none } .x-a:not(:hover) { opacity: 0 }": True,
    ".x-a, p:nonsense { display: none }": True,
    "@supports (display: grid) { .x-a { display: none } }": True,
    "@supports not (nothing: 0) { .x-a { display: none } }": True,
    "@container (min-width: 1px) { .x-a { display: none } }": True,
    "@font-face { display: none } .other::before { display: none }": False,
    "div { display: grid; grid-template-rows: 0fr } .x-a { overflow: hidden }": True,
    "div { display: grid; grid-template-rows: 1fr } .x-a { overflow: hidden }": False,
    ".\\78-a { display: none }": True,
    "p:where(p, ::before) { display: none }": True,
    "p:defined { display: none }": True,
    "@property --d { syntax: '*'; inherits: false; initial-value: none } "
    ".x-a { display: var(--d) }": True,
    "html { font-size: 1px } .x-a { font-size: 1rem }": True,
    "html { font-size: 10px } .x-a { font-size: 1.6rem }": False,
}


@pytest.mark.parametrize("sheet", SHEETS)
def test_sheets_with_real_selectors(sheet):
    markup = (
        f"<!doctype html><style>{sheet}</style><div><p class=k>seen</p>"
        f"<p id=one class='x-a k2' data-m><b>{WORDS}</b></p></div>"
    )
    assert flags(markup, WORDS) == ({"hidden"} if SHEETS[sheet] else set())


def test_classes_are_compared_as_the_kind_of_page_asks():
    page = f"<style>.A{{display:none}}</style><p class=a>{WORDS}"
    assert flags(page, WORDS) == {"hidden"}
    assert flags(f"<!doctype html>{page}", WORDS) == set()


INSET = "position:absolute;inset:0;background:red"
OVER = "<div style='position:absolute;inset:0;background:{}'></div>"


@pytest.mark.parametrize(
    ("markup", "covered"),
    [
        (f"<div style='position:relative'><p>{WORDS}{OVER.format('#fff')}</div>", True),
        (f"<p>{WORDS}{OVER.format('linear-gradient(red, blue)')}", True),
        (f"<style>p::after{{content:'';{INSET}}}</style><p>{WORDS}", True),
        (f"<div style='position:relative'><p>{WORDS}{OVER.format('#0003')}</div>", False),
        (f"<p>{WORDS}</p><div style='position:relative'>a{OVER.format('#fff')}</div>", False),
        (f"<div style='position:relative'>{OVER.format('#fff')}<p>{WORDS}</div>", False),
    ],
)
def test_what_lies_over_text(markup, covered):
    assert flags(markup, WORDS) == ({"hidden"} if covered else set())


def test_sheets_that_cannot_be_read_leave_nothing_unmarked():
    page = f"<style>{'a:is(' * 200}</style><p>{WORDS}"
    assert flags(page, WORDS) == {"hidden"}


@pytest.mark.parametrize(
    "drawing",
    [
        "<text display=none>{}</text>",
        "<g visibility=hidden><text>{}</text></g>",
        "<text fill=none>{}</text>",
        "<text fill=white fill-opacity=.01>{}</text>",
        "<g opacity=0><text>{}</text></g>",
        "<text font-size=0>{}</text>",
        "<text transform='scale(0)'>{}</text>",
        "<text x=-900 y=20>{}</text>",
        "<defs><text>{}</text></defs>",
        "<symbol><text>{}</text></symbol>",
        "<clipPath><text>{}</text></clipPath>",
        "<text mask='url(#m)'>{}</text>",
        "<text x='90 80 70 60'>{}</text>",
        "<text y=20 fill=#fff>{}</text>",
        "<text y=-20>{}</text>",
        "<text y=400>{}</text>",
        "<text x=600 y=20>{}</text>",
        "<text>{}</text>",
        "<text y=20 textLength=1>{}</text>",
        "<text y=20 stroke=white stroke-width=20>{}</text>",
        "<text y=20 systemLanguage=xx>{}</text>",
        "<tspan>{}</tspan>",
        "{}",
        "<foreignObject><p>{}</p></foreignObject>",
    ],
)
def test_drawings_that_hide(drawing):
    markup = f"<p>seen</p><svg width=500 height=40>{drawing.format(WORDS)}</svg>"
    assert flags(markup, WORDS) == {"hidden"}
    assert flags(markup, "seen") == set()


@pytest.mark.parametrize(
    "drawing",
    [
        "<text x=5 y=20>{}</text>",
        "<g fill=#333 opacity=.9><text y=20>{}</text></g>",
        "<text y=20 fill=none stroke=black>{}</text>",
        "<foreignObject width=200 height=40><p>{}</p></foreignObject>",
        "<g transform='translate(4 300)'><text y=-20>{}</text></g>",
        "<text x=5 y=20>{}<title>x</title></text>",
    ],
)
def test_drawings_that_show(drawing):
    assert flags(f"<svg width=500 height=40>{drawing.format(WORDS)}</svg>", WORDS) == set()


@pytest.mark.parametrize(
    "markup",
    [
        "<details><summary>seen</summary>{}</details>",
        "<details><summary>seen</summary><p>{}</details>",
        "<select><option>seen<option>{}</select>",
        "<p>seen<select><option label=other>{}</select>",
        "<select><option>{}<option selected>seen</select>",
        "<p>seen<object data=a.pdf>{}</object>",
        "<p>seen<progress>{}</progress>",
        "<p>seen<meter>{}</meter>",
        "<p>seen<object type=text/html>{}</object>",
        "<p>seen<textarea style='height:0'>{}</textarea>",
        "<p>seen<ruby>x<rp>{}</rp></ruby>",
        "<p>seen<math><mtext mathcolor=white>{}</mtext></math>",
        "<p>seen<math><mtext mathsize=0>{}</mtext></math>",
        "<p>seen<math><semantics><mi>x</mi><annotation>{}</annotation></semantics></math>",
    ],
)
def test_elements_that_do_not_show_what_is_in_them(markup):
    markup = markup.format(WORDS)
    assert visible(markup).startswith("seen")
    assert flags(markup, WORDS) == {"hidden"}


@pytest.mark.parametrize(
    "markup",
    [
        "<details open><summary>a</summary>{}</details>",
        "<details><summary>{}</summary>a</details>",
        "<select multiple><option>a<option>{}</select>",
        "<select size=3><option>a<option>{}</select>",
        "<object>{}</object>",
        "<p><input value='a'>{}",
    ],
)
def test_elements_that_show_what_is_in_them(markup):
    assert flags(markup.format(WORDS), WORDS) == set()


def test_what_lies_elsewhere_is_counted(tmp_path):
    from evidence_chain.extract import extract

    page = tmp_path / "page.html"
    page.write_text(
        "<link rel=stylesheet href=a.css><style>@import 'b.css';</style><script>x</script>"
        "<script type='application/json'>{}</script><p>seen"
    )
    options = extract(page, "text/html").extractor["options"]
    assert (options["style_sheets_not_read"], options["scripts_not_read"]) == (2, 1)
    assert html.visible("<p>seen")[1] == 0
