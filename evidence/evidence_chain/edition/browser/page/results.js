// What is shown of a check: what came of it, its scope, and every finding.

import { hex } from "../format/bytes.js";
import { CHECKS } from "../checking/report.js";
import { element, plain, said } from "./build.js";

const OUTCOMES = {
  holds: ["Everything that was checked holds.", "No check failed, and none that you asked for is missing."],
  failed: ["Something is wrong.", "Don't rely on this copy. What failed is listed below; fetch the edition again, and ask its publisher."],
  "not-checked": ["Nothing is wrong, but not all could be checked.", "What is missing is listed below."],
};
const PROVES = [
  "That a statement is true.",
  "That everything there is was recorded, or that nobody chose what to record.",
  "That a record that is withheld is what its publisher says.",
  "When something was recorded, beyond what time-stamps tell.",
];
const WORDS = { holds: "holds", failed: "FAILED", "not-checked": "not checked" };

export function results(found, key) {
  const [head, rest] = OUTCOMES[found.outcome];
  return element(
    "section", { "aria-labelledby": "outcome" },
    element("h2", { id: "outcome", class: `outcome ${found.outcome}`, tabindex: "-1" }, head),
    element("p", {}, rest),
    identity(found, key),
    scope(found),
    found.findings.length ? findings(found) : null,
    held(found),
  );
}

/** What was checked, and whose key it is held against: large, for comparing letter by letter. */
function identity({ note, title, proved, held, findings: list }, key) {
  const lines = [];
  const intact = !list.some((one) => one.outcome === "failed" && ["note", "manifest", "payload"].includes(one.check));
  const signed = held["edition-signature"] > 0 || (proved && held.signature > 0);
  if (title) lines.push(said("p", title, { class: "title" }));
  if (note) lines.push(said("p", `The log ${note.origin}, ${note.size.toLocaleString("en")} ${note.size === 1 ? "entry" : "entries"}. Made ${note.made}, as its publisher says. ${intact ? `Digest, by which it is cited: ${hex(note.digest)}` : "What is here is not what its note is over, so its digest is not told."}`));
  if (proved) lines.push(said("p", `Entry ${proved.index} of the log ${proved.origin} (${proved.size} entries) is the ${proved.kind} ${proved.id}:`), ...values(proved.disclosed));
  return element("div", { class: "identity" }, ...lines, element("p", {}, !key ? "You gave no key, so nobody is known to have signed this." : signed ? "Signed by the key that you gave. Compare each letter with where you have it from:" : "That this key signed it was not found:"), key ? said("p", key, { class: "key" }) : null);
}

function values(disclosed) {
  return Object.entries(disclosed).map(([name, value]) => element("p", {}, element("b", {}, plain(name)), ": ", said("span", typeof value === "string" ? value : JSON.stringify(value))));
}

/** What was checked, what not, and what no check can show: always there. */
function scope({ absent, told, counted: counts }) {
  const list = (title, lines) => [element("h4", {}, title), element("ul", {}, ...lines.map((line) => said("li", line)))];
  const also = [...Object.entries(counts).map(([words, count]) => `${words}: ${count.toLocaleString("en")}`), ...told];
  return element(
    "aside", { class: "scope", "aria-label": "Scope of this check" },
    element("h3", {}, "What this check covers"),
    ...list("Not looked at", absent),
    ...(also.length ? list("Counted, and no fault", also) : []),
    ...list("What no check can show", PROVES),
  );
}

function findings({ findings: list, found }) {
  const lines = list.map((one) => element("li", { class: one.outcome }, element("b", {}, `${WORDS[one.outcome]} (step ${one.step}, ${one.check}) `), said("span", one.detail)));
  const more = found > list.length ? element("p", {}, `and ${found - list.length} more.`) : null;
  return element("div", {}, element("h3", {}, `Findings: ${found}`), element("ul", { class: "findings" }, ...lines), more);
}

function held({ held: all }) {
  const order = Object.keys(CHECKS).filter((name) => all[name]);
  const rows = order.map((name) => element("tr", {}, element("td", {}, String(CHECKS[name][0])), element("td", {}, CHECKS[name][1]), element("td", { class: "number" }, all[name].toLocaleString("en"))));
  const head = element("tr", {}, ...["Step", "What it means", "Holds"].map((words) => element("th", { scope: "col" }, words)));
  return element("details", {}, element("summary", {}, "Every check that holds"), element("div", { class: "wide", tabindex: "0", role: "region", "aria-label": "Checks that hold" }, element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows))));
}
