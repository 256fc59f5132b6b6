// On a page of Datasette: fetches the proofs of a claim and of what speaks to it, and checks them in the
// browser, by the key that the reader pastes. The server's word is needed for nothing that is shown here.

import { Problem, utf8 } from "../format/bytes.js";
import { checkProof } from "../checking/single.js";
import { element, said } from "./build.js";

const RELATIONS = ["supports", "contradicts", "qualifies"];

function start() {
  const form = document.querySelector("form.check-here");
  if (!form) return;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const output = form.querySelector("output");
    output.replaceChildren("Fetching and checking \u2026");
    try {
      output.replaceChildren(...(await shown(form)));
    } catch (error) {
      output.replaceChildren(element("p", { class: "said failed" }, error.message));
    }
  });
}

async function shown(form) {
  const answer = await fetch(form.dataset.proofs);
  if (!answer.ok) throw new Problem(`The server answered ${answer.status} and no proofs.`);
  const { proofs, uncovered } = await answer.json();
  const key = form.querySelector("input").value.trim();
  const checked = [];
  for (const one of proofs) checked.push(await checkProof(utf8(one), { key }));
  return summary(checked, uncovered, form.dataset.id);
}

function summary(checked, uncovered, id) {
  const failed = checked.flatMap(({ report }) => report.findings.filter((one) => one.outcome === "failed"));
  const records = new Map(checked.filter((one) => one.proved).map(({ proved }) => [proved.id, proved]));
  const states = new Set([...records.values()].map((one) => `${one.origin}\n${one.size}\n${one.root}`));
  if (failed.length) return [element("p", { class: "said failed" }, "Something is wrong:"), ...failed.slice(0, 20).map((one) => said("p", one.detail))];
  if (!records.has(id)) return [element("p", { class: "said failed" }, "The server gave no proof of this claim.")];
  if (states.size > 1) return [element("p", { class: "said failed" }, "The proofs are of several states of the log.")];
  const signed = checked.every(({ report }) => report.outcome === "holds");
  const { origin, size, disclosed } = records.get(id);
  const head = signed
    ? `Holds: ${records.size} records stand in the log ${origin} of ${size} entries, signed by the key that you gave, and say what they commit to.`
    : `The ${records.size} records stand in one log, and say what they commit to. Who signed it is not checked: you gave no key.`;
  return [
    element("p", { class: `said ${signed ? "holds" : "not-checked"}` }, head),
    said("blockquote", disclosed.statement ?? "(the statement is withheld)"),
    element("ul", {}, ...lines(records, id)),
    element("p", { class: "about" }, `Not checked here: the files and their text, and whether a link was left out; an edition tells.${uncovered ? ` No checkpoint covers ${uncovered} of the records yet.` : ""}`),
  ];
}

/** What speaks to the claim, out of the proofs, with what of it counts no more. */
function* lines(records, id) {
  const ended = new Map();
  for (const { kind, open } of records.values()) {
    if (kind === "retraction") ended.set(open.to, "retracted");
    else if (open.relation === "replaces") ended.set(open.to, "replaced");
  }
  if (ended.has(id)) yield element("li", {}, element("b", {}, `This claim was ${ended.get(id)}.`));
  for (const { id: link, open } of records.values()) {
    if (open.to !== id || !RELATIONS.includes(open.relation)) continue;
    const from = records.get(open.from);
    const words = from?.disclosed.text ?? from?.disclosed.statement ?? "(withheld, or not covered yet)";
    const end = ended.get(link) ?? ended.get(open.from);
    const marks = [end && `${end}: it counts no more`, from?.disclosed.match?.status === "altered" && "altered: its file has other words"].filter(Boolean);
    yield element("li", {}, `${open.relation}: `, said("q", words), marks.length ? element("b", {}, ` (${marks.join("; ")})`) : null);
  }
}

start();
