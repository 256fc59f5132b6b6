// Words that are selected in a document's text, or typed: the server tells how they match, and by
// which command they are recorded. Without this script the page is as it was.

export const pick = document.getElementById("pick");
const stream = document.querySelector(".stream");

// The characters of a part of the text: those that are shown as a code point count as one.
function characters(range) {
  const part = range.cloneContents();
  for (const one of part.querySelectorAll(".invisible")) {
    one.replaceWith(String.fromCodePoint(parseInt(one.textContent.slice(2), 16) || 63));
  }
  return [...part.textContent].length;
}

// Where a selection begins and ends in the text, in code points; nothing if it isn't in it.
function slice(range) {
  const pieces = [...stream.querySelectorAll("[data-at]")].filter((one) => range.intersectsNode(one));
  if (!pieces.length) return null;
  const place = (piece, container, offset, whole) => {
    const before = document.createRange();
    before.selectNodeContents(piece);
    if (piece.contains(container)) before.setEnd(container, offset);
    else if (!whole) before.collapse(true);
    return Number(piece.dataset.at) + characters(before);
  };
  const start = place(pieces[0], range.startContainer, range.startOffset, false);
  const end = place(pieces.at(-1), range.endContainer, range.endOffset, true);
  return start < end ? { at: start, end } : null;
}

function line(tag, text, name) {
  const one = document.createElement(tag);
  one.textContent = text;
  one.dir = "auto";
  if (name) one.className = name;
  return one;
}

function overlapping(records) {
  const said = line("p", "Records that overlap: ");
  records.forEach((one, number) => {
    const link = line("a", `entry ${one.index}`);
    link.href = pick.dataset.record + one.id;
    said.append(number ? ", " : "", link, ` (${one.status || "comparison withheld"}${one.ended ? ", no longer counts" : ""})`);
  });
  return said;
}

function tell(answer) {
  const told = pick.querySelector(".told");
  const command = pick.querySelector(".line");
  const record = pick.querySelector("form.record");
  const lines = [];
  if (answer.error) lines.push(line("p", answer.error, "caution"));
  if (answer.shown) lines.push(line("blockquote", answer.shown));
  if (answer.status) lines.push(line("p", `Match: ${answer.status}`, "match"));
  for (const one of answer.said || []) lines.push(line("p", one, answer.stands ? "" : "caution"));
  if (answer.needs_person) {
    lines.push(line("p", "A person has to look at it before it is published.", "caution"));
  }
  if (answer.occurrences > 1) lines.push(line("p", `It stands there ${answer.occurrences} times; this one begins at ${answer.at}.`));
  if (answer.overlaps?.length) lines.push(overlapping(answer.overlaps));
  told.replaceChildren(...lines);
  command.hidden = !answer.command;
  command.querySelector("code").textContent = answer.command || "";
  if (record) {
    record.hidden = !answer.stands;
    record.elements.text.value = answer.stands ? answer.text : "";
    record.elements.at.value = answer.occurrences > 1 ? answer.at : "";
  }
}

let asked = 0;
// Has the server look for words, or a slice of the text, and shows what it tells.
export async function ask(query) {
  const mine = ++asked;
  const picked = pick.querySelector(".picked");
  let answer = { error: "The server did not answer. Try again." };
  try {
    const address = `${pick.dataset.pick}?${new URLSearchParams({ ...query, stream: pick.dataset.stream })}`;
    answer = await (await fetch(address)).json();
  } catch { /* said below */ }
  if (mine !== asked) return;
  tell(answer);
  picked.hidden = false;
  pick.classList.add("is-open");
}

function close() {
  asked += 1;
  pick.querySelector(".picked").hidden = true;
  pick.classList.remove("is-open");
  document.getElementById("pick-words").focus({ preventScroll: true });
}

async function copy(button) {
  const command = pick.querySelector(".command");
  try {
    await navigator.clipboard.writeText(command.textContent);
    button.textContent = "Copied";
  } catch {
    getSelection().selectAllChildren(command);
    button.textContent = "Selected";
  }
  setTimeout(() => { button.textContent = "Copy"; }, 2000);
}

if (pick && stream) {
  pick.hidden = false;
  let waiting = 0;
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    if (selection.isCollapsed || !stream.contains(selection.anchorNode)) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const found = selection.rangeCount ? slice(selection.getRangeAt(0)) : null;
      if (found) ask(found);
    }, 250);
  });
  pick.querySelector("form.find").addEventListener("submit", async (event) => {
    event.preventDefault();
    await ask({ text: document.getElementById("pick-words").value });
    pick.querySelector(".picked").focus({ preventScroll: true });
  });
  pick.querySelector(".close button").addEventListener("click", close);
  pick.querySelector(".line button").addEventListener("click", (event) => copy(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && pick.classList.contains("is-open")) close();
  });
}
