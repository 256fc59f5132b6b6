// Words that are selected on the picture of a document's page: an unseen text lies over it, word
// by word where each is seen, and what is selected is looked for as a slice of the document's text.

import { ask, pick } from "./pick.js";

const sheet = document.querySelector(".sheet[data-words]");
const said = document.querySelector(".words-of-page");
const TRIES = 4;
const WAYS = "Select words on the picture, too: with the mouse; by touching the first and then the last; or by keys: ";
const MOVES = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: "up", ArrowDown: "down", Home: "first", End: "last" };

const pause = (milliseconds) => new Promise((done) => { setTimeout(done, milliseconds); });

// The words of the page, asked for again while the server is at work on them.
async function words() {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await fetch(sheet.dataset.words);
    if (answer.status !== 503 || attempt === TRIES) return answer.json();
    await pause(1000);
  }
}

// A word over its place: its letters are stretched to the width that they have on the picture.
function placed(word, page, pen) {
  const one = document.createElement("span");
  const [left, top, right, bottom] = word.box;
  const height = 100 * Math.max(1, bottom - top) / page.width;
  const width = 100 * Math.max(1, right - left) / page.width;
  one.textContent = word.text.replace("\ufffe", "-");
  one.dataset.at = word.at;
  one.tabIndex = -1;
  one.style.left = `${100 * left / page.width}%`;
  one.style.top = `${100 * top / page.height}%`;
  one.style.fontSize = `${height}cqw`;
  const drawn = pen.measureText(one.textContent).width / 100 * height;
  if (drawn > 0) one.style.transform = `scaleX(${width / drawn})`;
  return one;
}

function layer(found) {
  const { width, height } = sheet.querySelector("svg").viewBox.baseVal;
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = "100px sans-serif";
  const words = document.createElement("div");
  words.className = "words";
  words.setAttribute("role", "group");
  words.setAttribute("aria-label", "The words on the picture, to be selected");
  for (const word of found) words.append(placed(word, { width, height }, pen), " ");
  words.firstElementChild.tabIndex = 0;
  return words;
}

// The slice of the document's text that a selection has, in code points: whole words, from the
// first of which a letter is selected to the last.
function slice(range, words) {
  const touched = [...words.children].filter((one) => range.intersectsNode(one));
  const within = (one, container, offset, length, otherwise) => {
    if (!one.contains(container)) return otherwise;
    if (container === one.firstChild) return [...container.data.slice(0, offset)].length;
    return offset ? length : 0;
  };
  const ends = touched.map((one) => {
    const length = [...one.textContent].length;
    const from = within(one, range.startContainer, range.startOffset, length, 0);
    const to = within(one, range.endContainer, range.endOffset, length, length);
    return from < to ? [Number(one.dataset.at), Number(one.dataset.at) + length] : null;
  }).filter(Boolean);
  return ends.length ? { at: ends[0][0], end: ends.at(-1)[1] } : null;
}

// The word that a key leads to: the next in the text, or the nearest in the line above or below.
function next(from, move, words) {
  const all = [...words.children];
  if (move === "first") return all[0];
  if (move === "last") return all.at(-1);
  if (typeof move === "number") return all[all.indexOf(from) + move] || from;
  const here = from.getBoundingClientRect();
  const below = move === "down";
  const far = (box) => (below ? box.top - here.bottom : here.top - box.bottom) + here.height / 2;
  const across = (box) => Math.abs((box.left + box.right - here.left - here.right) / 2);
  let [nearest, least] = [from, Infinity];
  for (const one of all) {
    const box = one.getBoundingClientRect();
    const cost = 4 * far(box) + across(box);
    if (far(box) >= 0 && cost < least) [nearest, least] = [one, cost];
  }
  return nearest;
}

let anchor = null; // the word from which more is selected
function press(event, words) {
  const here = event.target.closest(".words span");
  const move = MOVES[event.key];
  if (!here || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Enter") {
    getSelection().selectAllChildren(here);
  } else if (move !== undefined) {
    const there = next(here, move, words);
    here.tabIndex = -1;
    there.tabIndex = 0;
    there.focus();
    anchor = event.shiftKey ? anchor || here : null;
    if (anchor) select(anchor, there);
    else getSelection().removeAllRanges();
  } else return;
  event.preventDefault();
}

// A touch takes a word, the next all from there to another; that after it begins anew.
function touch(event) {
  const here = event.target.closest(".words span");
  if (event.pointerType !== "touch" || !here) return;
  select(anchor || here, here);
  anchor = anchor ? null : here;
}

// The word nearest to a point of the window; in another line it is farther.
function nearest(x, y, words) {
  let [found, least] = [null, Infinity];
  for (const one of words.children) {
    const box = one.getBoundingClientRect();
    const across = Math.max(box.left - x, 0, x - box.right);
    const cost = across + 4 * Math.max(box.top - y, 0, y - box.bottom);
    if (cost < least) [found, least] = [one, cost];
  }
  return found;
}

// A mouse selects whole words, either way, wherever it begins: on a word, beside one, or on the
// outline of a passage, which leads to its record if it is clicked. What the browser would select
// by itself begins between letters, and nowhere at all on an outline.
function follow(words) {
  let held = null; // where the button was pressed, and on which word
  let moved = false;
  sheet.addEventListener("mousedown", (event) => {
    moved = false;
    if (event.button || event.ctrlKey || event.metaKey || !event.target.closest(".words, svg a")) return;
    event.preventDefault();
    const word = nearest(event.clientX, event.clientY, words);
    word.focus({ preventScroll: true }); // else the window scrolls to what has the focus now
    getSelection().removeAllRanges();
    if (event.detail === 2 && event.target.closest(".words span")) select(word, word);
    held = { word, x: event.clientX, y: event.clientY };
  });
  document.addEventListener("mousemove", ({ clientX, clientY, buttons }) => {
    if (!held) return;
    if (!(buttons & 1)) {
      held = null; // it was let go outside of the window
      return;
    }
    if (!moved && Math.hypot(clientX - held.x, clientY - held.y) < 3) return;
    moved = true;
    const there = nearest(clientX, clientY, words);
    select(held.word, there);
    if (clientY < 0 || clientY > innerHeight) there.scrollIntoView({ block: "nearest" });
  });
  document.addEventListener("mouseup", () => { held = null; });
  sheet.addEventListener("click", (event) => { if (moved) event.preventDefault(); });
}

function select(from, to) {
  const forward = !(from.compareDocumentPosition(to) & Node.DOCUMENT_POSITION_PRECEDING);
  const [first, last] = forward ? [from, to] : [to, from];
  getSelection().setBaseAndExtent(first.firstChild, 0, last.firstChild, last.firstChild.length);
}

function explain() {
  const keys = (...names) => names.flatMap((name) => [Object.assign(document.createElement("kbd"), { textContent: name }), " "]);
  said.replaceChildren(WAYS, ...keys("Tab"), "to the words, ", ...keys("←", "→", "↑", "↓"), "from word to word, with ", ...keys("Shift"), "to select, ", ...keys("Enter"), "for one word.");
}

function watch(words) {
  let waiting = 0;
  follow(words);
  words.addEventListener("click", touch);
  words.addEventListener("keydown", (event) => press(event, words));
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    if (selection.isCollapsed || !words.contains(selection.anchorNode)) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const found = selection.rangeCount ? slice(selection.getRangeAt(0), words) : null;
      if (found) ask(found);
    }, 250);
  });
}

async function begin() {
  let answer = { error: "The words on this picture could not be had. Select them in the text." };
  try {
    answer = await words();
  } catch { /* said below */ }
  said.hidden = false;
  if (answer.error || !answer.words.length) {
    said.textContent = answer.error || "No words that could be selected stand on this picture.";
    return;
  }
  const over = layer(answer.words);
  sheet.querySelector("svg").before(over);
  sheet.classList.add("has-words");
  watch(over);
  explain();
}

if (pick && sheet) {
  const seen = new IntersectionObserver(([one]) => {
    if (!one.isIntersecting) return;
    seen.disconnect();
    begin();
  }, { rootMargin: "200px" });
  seen.observe(sheet);
}
