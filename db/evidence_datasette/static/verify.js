// Shows the checks of a verification as they end. Without this the button leads to a page of them.
"use strict";

const WORDS = { "holds": "✓ holds", "failed": "✗ failed", "not-checked": "? not checked" };
const COUNTED = { "holds": "hold", "failed": "failed", "not-checked": "not checked" };
const LEADS = { "holds": "", "failed": "This does not hold: ", "not-checked": "This could not be checked: " };

function element(name, text, kind) {
  const made = document.createElement(name);
  made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

/** One check as a line of the list; while it goes on only a failure is certain. */
function line(check) {
  const made = document.createElement("li");
  const settled = check.ended || check.outcome === "failed";
  const outcome = settled ? check.outcome : "under-way";
  made.append(element("span", settled ? WORDS[outcome] : "… under way", `outcome ${outcome}`), " ");
  made.append(element("b", check.check), " ");
  const counts = Object.entries(COUNTED).filter(([name]) => check[name]);
  made.append(element("span", counts.map(([name, word]) => `${check[name].toLocaleString("en")} ${check[name] === 1 && name === "holds" ? "holds" : word}`).join(", "), "counts"));
  made.append(element("p", (settled ? LEADS[outcome] : "") + check.meaning));
  if (check.findings.length) {
    const list = element("ul", "", "findings");
    list.append(...check.findings.map((one) => element("li", one.detail)));
    made.append(list);
  }
  return made;
}

class Verification {
  constructor(place) {
    this.said = place.querySelector("[role=status]");
    this.list = place.querySelector(".checks");
    this.home = place.querySelector(".home");
    this.before = place.querySelector(".before");
    this.checks = new Map();
  }

  say(text, outcome = "") {
    this.said.className = `said ${outcome}`;
    this.said.textContent = text;
  }

  take(event) {
    if (event.check) this.place(event);
    else if (event.at) this.say(`Checking ${event.at}: ${event.done.toLocaleString("en")} of ${event.total.toLocaleString("en")}.`);
    else if (event.command) this.tell(event.command);
    else if (event.stopped) this.say(event.stopped, "not-checked");
    else if (event.said) this.say(event.said, event.outcome);
    return Boolean(event.stopped || event.said);
  }

  /** The command that does the same elsewhere. */
  tell(command) {
    this.home.querySelector("code").textContent = command;
    this.home.hidden = false;
  }

  /** Put a check where it stands in the order of the steps, in place of what was there of it. */
  place(check) {
    const made = line(check);
    made.dataset.step = check.step;
    const old = this.checks.get(check.check);
    if (old) old.replaceWith(made);
    else {
      const after = [...this.list.children].find((one) => Number(one.dataset.step) > check.step);
      this.list.insertBefore(made, after || null);
    }
    this.checks.set(check.check, made);
  }

  /** Read events until the last; false if the server left off before it. */
  async read(response) {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    let told = false;
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return told;
      const lines = (rest + value).split("\n");
      rest = lines.pop();
      for (const text of lines) told = this.take(JSON.parse(text)) || told;
    }
  }

  async run(address) {
    this.list.replaceChildren();
    this.say("Verifying.");
    try {
      const response = await fetch(address, { credentials: "same-origin" });
      if (!response.ok) this.say(`The server did not verify it (${response.status}).`, "not-checked");
      else if (!(await this.read(response))) this.say("The verification broke off.", "not-checked");
      else this.before.hidden = false;
    } catch {
      this.say("The server can't be reached, or broke off.", "not-checked");
    }
  }
}

for (const place of document.querySelectorAll(".verify")) {
  const form = place.querySelector("form");
  const button = form.querySelector("button");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    const asked = new URLSearchParams(new FormData(form));
    await new Verification(place).run(`${place.dataset.stream}?${asked}`);
    button.removeAttribute("aria-disabled");
  });
}
