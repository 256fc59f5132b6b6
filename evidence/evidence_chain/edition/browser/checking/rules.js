// Step 4, over the whole log: ids, references, circles, amendments (docs/format.md, section 4), and
// what gives away what (docs/edition.md, section 11).

import { gather, isDigest } from "../format/bytes.js";
import { isObject } from "../format/canonical.js";
import { isEvidence } from "../format/values.js";
import { named } from "./register.js";

const NEVER = new Set([
  "recorded_at", "recorded_by", "blake3", "sha256", "size", "media_type", "artifact", "text", "selector",
  "extractor", "extracted", "match", "regions", "slug", "statement",
]);
const isDocument = (kind) => kind === "artifact" || kind === "original";
const speaks = (from, to) => (isEvidence(from) || from === "claim") && to === "claim";
const bothEvidence = (from, to) => isEvidence(from) && isEvidence(to);
const FITTING = {
  supports: speaks, contradicts: speaks, qualifies: speaks,
  "derives-from": (from, to) => (from === "artifact" || isEvidence(from)) && isDocument(to),
  preserves: (from, to) => from === "artifact" && to === "original",
  translates: bothEvidence, answers: bothEvidence,
  replaces: (from, to) => from === to && from !== "key",
};
const OF = {
  review: (kind) => kind === "claim" || isEvidence(kind),
  amendment: (kind) => isDocument(kind) || isEvidence(kind),
  retraction: (kind) => kind !== "key",
  erasure: (kind) => kind !== "key",
};

export function checkRules(register, report) {
  const seen = new Set();
  for (const [index, one] of register.told()) {
    const problems = [...referenceProblems(register, index, one), ...amendmentProblems(register, one)];
    if (seen.has(one.id)) problems.push("its id is that of an earlier entry.");
    seen.add(one.id);
    for (const problem of problems) report.fail("rules", one.id, `${named(index, one)}: ${problem}`);
    if (!problems.length) report.hold("rules");
  }
  const circle = findCircle(register);
  if (circle) report.fail("rules", "log", `Support goes in a circle, over entry ${circle}.`);
}

function referenceProblems(register, index, one) {
  const problems = [];
  const places = {};
  const name = (key, id) => {
    const place = (places[key] = register.find(id));
    if (!place) problems.push(`\`${key}\` names an id that is not in the log.`);
    else if (place.index >= index) problems.push(`\`${key}\` names an entry that is not earlier.`);
  };
  for (const key of ["from", "to"]) if (Object.hasOwn(one.open, key)) name(key, one.open[key]);
  if (isEvidence(one.kind) && isDigest(one.values.artifact)) {
    name("artifact", one.values.artifact);
    if (places.artifact && places.artifact.kind !== "artifact") problems.push(`\`artifact\` names a record of kind ${places.artifact.kind}.`);
  }
  const { from, to } = places;
  if (Object.hasOwn(OF, one.kind) && to && !OF[one.kind](to.kind)) problems.push(`no ${one.kind} is of a record of kind ${to.kind}.`);
  if (one.kind === "link" && one.open.from === one.open.to) problems.push("a link joins two records, and this goes from one to itself.");
  else if (one.kind === "link" && from && to && !FITTING[one.open.relation](from.kind, to.kind)) {
    problems.push(`no link "${one.open.relation}" goes from ${from.kind} to ${to.kind}.`);
  }
  for (const id of one.kind === "custody" ? [].concat(one.values.subjects ?? []) : []) {
    const place = isDigest(id) ? register.find(id) : undefined;
    if (!place || place.index >= index) problems.push("`subjects` names an id that is not that of an earlier entry.");
  }
  return problems;
}

function amendmentProblems(register, one) {
  const changes = one.kind === "amendment" ? one.values.changes : undefined;
  const target = isObject(changes ?? null) ? register.find(one.open.to) : undefined;
  if (!target) return [];
  return Object.keys(changes).sort().flatMap((name) => {
    if (NEVER.has(name)) return [`it changes \`${name}\`, which no amendment may.`];
    if (!target.sealed.has(name)) return [`it changes \`${name}\`, which that record hasn't.`];
    if (!target.disclosed.has(name)) return [`it discloses a change of \`${name}\`, which is withheld in that record.`];
    const bare = target.kind === "original" && name === "title" && typeof changes[name] !== "string";
    return bare ? ["it takes the title of an original away."] : [];
  });
}

/** An entry of a circle of support among claims, or undefined. */
function findCircle(register) {
  const after = new Map();
  for (const [, one] of register.told("link")) {
    const [from, to] = [register.find(one.open.from), register.find(one.open.to)];
    if (one.open.relation !== "supports" || from?.kind !== "claim" || !to) continue;
    gather(after, from.index, to.index);
  }
  const done = new Set();
  for (const start of after.keys()) {
    const onPath = new Set();
    const stack = [[start, false]];
    while (stack.length) {
      const [node, leaving] = stack.pop();
      if (leaving) {
        onPath.delete(node);
        done.add(node);
      } else if (onPath.has(node)) {
        return node;
      } else if (!done.has(node)) {
        onPath.add(node);
        stack.push([node, true]);
        for (const next of after.get(node) ?? []) stack.push([next, false]);
      }
    }
  }
  return undefined;
}

export function checkDisclosure(register, report) {
  for (const [index, one] of register.told()) {
    const problems = [...givingAway(register, index, one)];
    for (const problem of problems) report.fail("disclosure", one.id, `${named(index, one)}: ${problem}`);
    if (!problems.length) report.hold("disclosure");
  }
}

function* givingAway(register, index, one) {
  if (register.erased.has(index) && one.disclosed.size) yield "it was erased, and is disclosed.";
  if (one.kind === "artifact" && !one.disclosed.has("blake3")) {
    for (const name of ["sha256", "size", "media_type", "filename", "name"]) {
      if (one.disclosed.has(name)) yield `it discloses \`${name}\` of a file that is withheld.`;
    }
  }
  if (one.kind === "review" && (one.values.signature ?? null) !== null && !one.disclosed.has("reviewer")) {
    yield "it discloses the signature of a reviewer who is withheld.";
  }
  if (!isEvidence(one.kind)) return;
  if (isDigest(one.values.artifact)) {
    const file = register.find(one.values.artifact);
    if (file && !file.disclosed.has("blake3")) yield "it names a file that is withheld.";
    return;
  }
  if (one.placed) yield "it discloses a selector, and not the file that it is of.";
  if (one.values.extracted) yield "it discloses `extracted`, and not the file that it is of.";
  if (one.crops.length) yield "it discloses a crop, and not the file that it is of.";
}
