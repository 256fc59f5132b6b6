// Step 5, `edition.json`: its shape, and what it says against what follows from the log and the note
// (docs/edition.md, section 3).

import { base64, isDigest, refuse, unbase64 } from "../format/bytes.js";
import { byCodePoint, decode, encode, isObject } from "../format/canonical.js";
import { DEEPEST } from "../format/entry.js";
import { isTime } from "../format/values.js";

const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
const isSaid = (value) => typeof value === "string" && value !== "";
const ascending = (list, key = (one) => one) => list.every((one, i) => i === 0 || compare(key(list[i - 1]), key(one)) < 0);
const compare = (one, other) => (typeof one === "number" ? one - other : byCodePoint(one, other));
const listOf = (value, may, key) => Array.isArray(value) && value.every(may) && (!key || ascending(value, key));
const areNames = (value) => listOf(value, (one) => typeof one === "string", (one) => one);
const COUNTS = ["entries", "disclosed", "partly", "withheld", "erased"];

/** Whether a value is base64 of 32 bytes. */
export function isFingerprint(value) {
  try {
    return typeof value === "string" && unbase64(value).length === 32;
  } catch {
    return false;
  }
}

const SHAPES = {
  v: (value) => value === 1,
  origin: isSaid,
  size: isCount,
  made: isTime,
  title: (value) => value === null || typeof value === "string",
  claims: (value) => listOf(value, isDigest, (one) => one),
  everywhere: (value) =>
    isObject(value, ["fields", "reason"]) && areNames(value.fields) && (value.fields.length ? isSaid(value.reason) : value.reason === null),
  counts: (value) => isObject(value, COUNTS) && Object.values(value).every(isCount),
  withheld: (value) => listOf(value, isWithheld, (one) => one.idx),
  absent: (value) => listOf(value, (one) => isObject(one, ["blake3", "reason"]) && isDigest(one.blake3) && isSaid(one.reason), (one) => one.blake3),
  earlier: (value) => listOf(value, isEarlier, (one) => one.made),
  policy: (value) => isObject(value),
  gate: (value) => listOf(value, isGate),
};

function isWithheld(one) {
  return (
    isObject(one, ["idx", "fields", "reason"]) && isCount(one.idx) && isSaid(one.reason) &&
    (one.fields === null || (areNames(one.fields) && one.fields.length > 0))
  );
}

function isEarlier(one) {
  return (
    isObject(one, ["made", "size", "root", "note"]) && isTime(one.made) && isCount(one.size) && one.size > 0 &&
    isFingerprint(one.root) && isFingerprint(one.note)
  );
}

function isGate(one) {
  if (!isObject(one, ["rule", "subject", "outcome", "detail"])) return false;
  const { rule, subject, outcome, detail } = one;
  return (
    isSaid(rule) && (subject === null || isDigest(subject)) && ["met", "overridden", "not-asked"].includes(outcome) &&
    (isSaid(detail) || (detail === null && outcome !== "overridden")) && (detail === null || outcome !== "met")
  );
}

export function readDescription(bytes) {
  if (bytes.at(-1) !== 10) refuse("edition.json ends in a newline, and this doesn't.");
  const said = decode(bytes.subarray(0, -1), DEEPEST);
  if (!isObject(said, Object.keys(SHAPES))) refuse("edition.json has other keys than it must have.");
  for (const [name, fits] of Object.entries(SHAPES)) if (!fits(said[name])) refuse(`\`${name}\` of edition.json is not of the form that it must be.`);
  return said;
}

export function checkDescription(said, note, register, report) {
  const problems = [
    ...differing(said, note, register),
    ...said.everywhere.fields.flatMap((name) => shown(name, register)),
    ...earlierProblems(said, register),
    ...gateProblems(said, register),
  ];
  for (const problem of problems) report.fail("edition", "edition.json", problem);
  if (!problems.length) report.hold("edition");
}

/** Whether a record is erased, withheld, partly disclosed or disclosed, but for `everywhere`. */
function standing(register, index, one, everywhere) {
  if (register.erased.has(index)) return "erased";
  const names = [...one.sealed].filter((name) => !everywhere.has(name));
  if (names.every((name) => one.disclosed.has(name))) return "disclosed";
  return names.some((name) => one.disclosed.has(name)) ? "partly" : "withheld";
}

export function countsOf(register, everywhere) {
  const counts = Object.fromEntries(COUNTS.map((name) => [name, 0]));
  counts.entries = register.size;
  for (const [index, one] of register.told()) counts[standing(register, index, one, everywhere)]++;
  return counts;
}

function withheldOf(register, everywhere) {
  const found = [];
  for (const [index, one] of register.told()) {
    const how = standing(register, index, one, everywhere);
    const lacking = [...one.sealed].filter((name) => !everywhere.has(name) && !one.disclosed.has(name));
    if (how === "withheld") found.push([index, null]);
    if (how === "partly") found.push([index, lacking.sort(byCodePoint)]);
  }
  return found;
}

function differing(said, note, register) {
  const everywhere = new Set(said.everywhere.fields);
  const claims = [...register.told("claim")].filter(([, one]) => one.values.statement !== undefined).map(([, one]) => one.id).sort();
  const expected = { size: register.size, claims, counts: countsOf(register, everywhere) };
  if (note) Object.assign(expected, { origin: note.origin, made: note.made });
  const newest = [...register.told("case")].filter(([index]) => !register.retracted.has(index)).at(-1)?.[1];
  if (newest?.values.title !== undefined) expected.title = newest.values.title;
  const wrong = Object.keys(expected).filter((name) => encode(said[name]) !== encode(expected[name]));
  const problems = wrong.map((name) => `\`${name}\` of edition.json is not what follows from the log and the note.`);
  const listed = said.withheld.map((one) => [one.idx, one.fields]);
  if (encode(listed) !== encode(withheldOf(register, everywhere))) problems.push("`withheld` of edition.json is not what the log withholds.");
  return problems;
}

function shown(name, register) {
  for (const [index, one] of register.told()) {
    if (one.disclosed.has(name)) return [`\`everywhere\` has ${name}, which entry ${index} discloses.`];
  }
  return [];
}

function* earlierProblems(said, register) {
  for (const [number, one] of said.earlier.entries()) {
    const root = register.tree.root(one.size);
    if (!root || base64(root) !== one.root) yield `The earlier edition of ${one.made} is no beginning of this log.`;
    if (one.made > said.made) yield "An earlier edition is said to be made after this one.";
    if (number && one.size < said.earlier[number - 1].size) yield "The sizes of the earlier editions fall.";
  }
}

function* gateProblems(said, register) {
  const subjects = new Set(said.gate.map((line) => line.subject));
  for (const id of subjects) if (id !== null && !register.indexes.has(id)) yield `\`gate\` names ${id}, which is not in this log.`;
  for (const claim of said.claims) if (!subjects.has(claim)) yield `No line of \`gate\` is about the published claim ${claim}.`;
}
