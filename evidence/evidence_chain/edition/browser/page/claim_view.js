// What is shown of a claim: its passages in their places, what became of each, and what to try.

import { element, plain, said } from "./build.js";

const RELATIONS = { supports: "Supports", contradicts: "Contradicts", qualifies: "Qualifies" };
const STATES = {
  stands: "The passage stands in the text of its file, at this place:",
  altered: "These are not the words of its file. They are recorded as altered; at this place the file has others:",
  nowhere: "It is recorded that this doesn't stand in its file.",
  absent: "The text that it stands in is not here, so whether it stands there was not checked.",
  failed: "A check of this record failed:",
  withheld: "This record is withheld. It is there, and its place in the log holds.",
  erased: "The contents of this record were erased. Its place in the log holds.",
  shown: "",
};

/** A claim, closed; `open` is asked for what speaks to it when it is opened. */
export function claimView(claim, { open, attempt }) {
  const statement = claim.statement === null ? "A claim whose statement is withheld" : claim.statement;
  const body = element("div", {});
  const details = element("details", { class: "claim" }, element("summary", {}, said("span", statement), note(claim)), body);
  details.addEventListener("toggle", async () => {
    if (!details.open || body.childNodes.length) return;
    body.append(element("p", {}, "Reading …"));
    const { links } = await open(claim.index);
    const shown = links.map((link) => linkView(link, attempt));
    body.replaceChildren(...(shown.length ? shown : [element("p", {}, "Nothing is linked to this claim.")]));
  });
  return details;
}

const note = ({ retracted, replaced }) => (retracted ? element("b", {}, " (retracted)") : replaced ? element("b", {}, " (replaced by another record)") : null);

function linkView({ link, relation, ends, record }, attempt) {
  const tries = element("div", { class: "tries" });
  const output = element("div", { "aria-live": "polite" });
  const add = (words, change) => tries.append(element("button", { type: "button", click: () => attempt(change, output) }, words));
  if (typeof record.text === "string" && record.text) add("Change one letter of this", { what: "letter", index: record.index });
  add(relation === "contradicts" ? "Take this contradiction away" : "Take this link away", { what: "link", index: link });
  if (record.file && record.file.absent === null) add("Swap the file", { what: "file", path: record.file.path });
  return element(
    "article", { class: `link ${ends || record.state === "altered" ? "doubtful" : relation}` },
    element("h4", {}, `${RELATIONS[relation]} it: ${record.kind.replace("evidence/", "")}, entry ${record.index}`, note(record)),
    ends ? element("p", { class: "state failed" }, `This counts no more: ${ends}.`) : null,
    record.text ? said("blockquote", record.text) : null,
    ...record.fields.map(([name, value]) => element("p", { class: "field" }, element("b", {}, plain(name)), ": ", said("span", value))),
    element("p", { class: `state ${record.state}` }, STATES[record.state]),
    ...record.wrong.map((words) => said("p", words, { class: "failed" })),
    ...(record.places ?? []).map(placeView),
    record.status ? element("p", { class: "field" }, `Recorded as ${record.status}${record.notes.length ? `, with a note: ${record.notes.map(plain).join(", ")}` : ""}.`) : null,
    record.reason ? said("p", `${record.lacking ? `Withheld here: ${record.lacking.join(", ")}. ` : ""}Reason: ${record.reason}`) : null,
    record.file?.absent ? said("p", `The file is not in this edition: ${record.file.absent}`) : null,
    tries, output,
  );
}

function placeView({ start, end, exact, before, after, page }) {
  const at = `Characters ${start.toLocaleString("en")} to ${end.toLocaleString("en")}${page ? `, page ${page}` : ""}`;
  return element("figure", {}, element("figcaption", {}, at), element("p", { class: "place", dir: "auto" }, plain(before), element("mark", {}, plain(exact)), plain(after)));
}
