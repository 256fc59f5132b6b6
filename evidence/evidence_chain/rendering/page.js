"use strict";
// What of a page is laid out, where, and what it looks like without its letters. Runs in a world of
// its own: nothing of the page can change it. Pieces are runs of text in the order of the page.
var shown = (() => {
  const pieces = [];
  const SKIPPED = new Set(["SCRIPT", "STYLE", "TEMPLATE", "NOSCRIPT", "HEAD", "TITLE"]);
  const FIELDS = new Set(["INPUT", "TEXTAREA", "SELECT"]);
  const INLINE = /^(inline|contents|ruby)/;

  function blockOf(element) {
    let one = element;
    while (one && INLINE.test(getComputedStyle(one).display)) {
      one = one.parentElement || (one.getRootNode() && one.getRootNode().host);
    }
    return one;
  }

  function scan() {
    let block = null, broken = false;
    const add = (piece, element) => {
      const own = blockOf(element);
      piece.apart = broken || own !== block;
      block = own;
      broken = false;
      pieces.push(piece);
    };
    const put = (element, where) => {
      const style = getComputedStyle(element, where);
      if (/^(none|normal)$/.test(style.content) || style.display === "none") return;
      add({ element, made: true, text: made(style.content) }, element);
    };
    const walk = (node) => {
      if (node.nodeType === 3) {
        const box = rectOf(node);
        if (box.length) add({ node, text: node.data, aside: isAside(node), out: isOut(node), upright: isUpright(node) }, node.parentElement || node.getRootNode().host);
        return;
      }
      if (node.nodeType !== 1 || SKIPPED.has(node.tagName)) return;
      if (node.tagName === "BR") { broken = true; return; }
      if (FIELDS.has(node.tagName)) {
        const hidden = node.type === "hidden" || node.type === "password";
        if (!hidden && node.tagName !== "SELECT") add({ element: node, field: true, text: node.value || "" }, node);
      }
      put(node, "::before");
      const within = node.shadowRoot || node;
      const children = node.tagName === "SLOT" && node.assignedNodes().length ? node.assignedNodes() : within.childNodes;
      for (const child of children) walk(child);
      put(node, "::after");
    };
    walk(document.documentElement);
    return pieces.map(({ text, apart, aside, out, made, field, upright }) => [text, !!apart, !!aside, !!out, made ? "made" : field ? "field" : upright ? "upright" : ""]);
  }

  // The strings of a `content`; what isn't one, such as a counter, as a letter that no word has.
  function made(content) {
    const alternative = content.replace(/"(?:[^"\\]|\\.)*"/g, (s) => s.replace(/\//g, "\u0001")).split("/")[0];
    return alternative.replace(/"((?:[^"\\]|\\.)*)"|(?:open|close)-quote|no-(?:open|close)-quote|url\([^)]*\)|[a-z-]+\([^)]*\)/g,
      (whole, string) => string !== undefined ? string.replace(/\u0001/g, "/").replace(/\\(.)/g, "$1")
        : /^counters?\(/.test(whole) ? "\uffff" : "");
  }

  function rectOf(node) {
    const range = document.createRange();
    range.selectNodeContents(node);
    return range.getClientRects();
  }

  function isUpright(node) {
    return !!node.parentElement && getComputedStyle(node.parentElement).writingMode !== "horizontal-tb";
  }

  function isAside(node) {
    const one = node.parentElement && node.parentElement.closest("rt,rp,sup,sub,[role=doc-noteref]");
    if (!one) return false;
    return one.tagName === "RT" || one.tagName === "RP" ? "reading" : "raised";
  }

  // Whether it is laid out for programs that read aloud, by the usual means; only for finding.
  function isOut(node) {
    let one = node.parentElement;
    if (one && one.checkVisibility && !one.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return true;
    for (let depth = 0; one && depth < 4; one = one.parentElement, depth += 1) {
      const style = getComputedStyle(one), box = one.getBoundingClientRect();
      if (style.position !== "static" && (box.width <= 2 || box.height <= 2 || box.right <= 0 || box.bottom + scrollY <= 0 || style.clipPath !== "none" || style.clip !== "auto")) return true;
      if ((box.width <= 2 || box.height <= 2) && style.overflow !== "visible") return true;
    }
    return false;
  }

  // The box of each code point of a piece from one to another, in the window.
  function boxes(at, from, to) {
    const { node } = pieces[at];
    if (!node) return null;
    const range = document.createRange(), found = [];
    let unit = 0, point = 0;
    for (const letter of node.data) {
      if (point >= to) break;
      if (point >= from) {
        range.setStart(node, unit);
        range.setEnd(node, unit + letter.length);
        const box = [...range.getClientRects()].findLast((one) => one.width && one.height); // a soft hyphen's comes first
        found.push(box ? [box.left, box.top, box.right, box.bottom] : null);
      }
      unit += letter.length;
      point += 1;
    }
    return found;
  }

  // Bring a letter into the window, as far as a reader can scroll there.
  function reach(at, point) {
    const { node, element } = pieces[at];
    const letters = node ? [...node.data] : [];
    const range = document.createRange();
    const place = () => {
      if (!node) return element.getBoundingClientRect();
      const unit = letters.slice(0, point).join("").length;
      range.setStart(node, unit);
      range.setEnd(node, unit + letters[point].length);
      return range.getBoundingClientRect();
    };
    for (let one = node ? node.parentElement : element; one && one !== document.documentElement && one !== document.body; one = one.parentElement) {
      const style = getComputedStyle(one), box = one.getBoundingClientRect(), own = place();
      if (/auto|scroll/.test(style.overflowY) && (own.bottom > box.bottom || own.top < box.top)) one.scrollTop += own.top - box.top - box.height / 3;
      if (/auto|scroll/.test(style.overflowX) && (own.right > box.right || own.left < box.left)) one.scrollLeft += own.left - box.left - box.width / 3;
    }
    const fixed = /hidden|clip/;
    const root = getComputedStyle(document.documentElement), body = getComputedStyle(document.body || document.documentElement);
    const said = (name) => root[name] === "visible" ? body[name] : root[name];
    const own = place();
    window.scrollBy({
      top: fixed.test(said("overflowY")) ? 0 : own.top - innerHeight / 3,
      left: fixed.test(said("overflowX")) || (own.right <= innerWidth && own.left >= 0) ? 0 : own.left - innerWidth / 3,
      behavior: "instant",
    });
  }

  // The words of other pieces that lie in the window: piece, text, box.
  function words(without) {
    const found = [], left = new Set(without);
    pieces.forEach(({ node, text }, at) => {
      if (!node || left.has(at) || !text.trim()) return;
      const within = [...rectOf(node)].some((one) => one.bottom > 0 && one.top < innerHeight && one.right > 0 && one.left < innerWidth);
      if (!within || found.length > 5000) return;
      const range = document.createRange();
      for (const word of node.data.matchAll(/\S+/gu)) {
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].length);
        for (const box of range.getClientRects()) {
          if (box.width && box.bottom > 0 && box.top < innerHeight) found.push([at, word[0], [box.left, box.top, box.right, box.bottom]]);
        }
      }
    });
    return found;
  }

  // Take the ink of some pieces' letters away, and give it back.
  const NAME = "evidence-ink", CHANGED = [];
  let sheet = null;

  function bare(wanted) {
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(`::highlight(${NAME}) { color: transparent; fill: transparent; stroke: transparent; -webkit-text-fill-color: transparent; -webkit-text-stroke-color: transparent; text-shadow: none; background-color: transparent; text-decoration: none; }`);
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    }
    const nodes = wanted.map((at) => pieces[at].node).filter((node) => node);
    const ranges = nodes.map((node) => new StaticRange({ startContainer: node, startOffset: 0, endContainer: node, endOffset: node.length }));
    CSS.highlights.set(NAME, new Highlight(...ranges));
    for (const node of nodes) bareOtherwise(node);
  }

  // Letters that are cut out of a background, and those of drawings and shadow trees.
  function bareOtherwise(node) {
    const change = (element, name, value) => {
      if (!element.style) return;
      CHANGED.push([element, name, element.style.getPropertyValue(name), element.style.getPropertyPriority(name)]);
      element.style.setProperty(name, value, "important");
    };
    const parent = node.parentElement;
    if (!parent) return;
    if (parent.namespaceURI === "http://www.w3.org/2000/svg") {
      for (const name of ["fill", "stroke"]) change(parent, name, "transparent");
    } else if (node.getRootNode() !== document) {
      for (const name of ["-webkit-text-fill-color", "-webkit-text-stroke-color"]) change(parent, name, "transparent");
    }
    for (let one = parent; one; one = one.parentElement) {
      if (/text/.test(getComputedStyle(one).webkitBackgroundClip)) change(one, "background", "none");
    }
  }

  function whole() {
    CSS.highlights.delete(NAME);
    for (const [element, name, value, priority] of CHANGED.splice(0).reverse()) element.style.setProperty(name, value, priority);
  }

  return { scan, boxes, reach, words, bare, whole };
})();
