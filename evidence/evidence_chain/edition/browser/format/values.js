// What the values of a record's fields may be (docs/format.md, sections 4 and 7).

import { isDigest } from "./bytes.js";
import { get, isObject } from "./canonical.js";

export const isEvidence = (kind) => /^evidence\/[a-z0-9]+(-[a-z0-9]+)*$/.test(kind);
const isText = (value) => typeof value === "string";
const isSize = (value) => Number.isSafeInteger(value) && value >= 0;
const maybe = (may) => (value) => value === null || may(value);
const listOf = (may) => (value) => Array.isArray(value) && value.every(may);

/** Whether a value is a moment as the format writes it, and in the calendar. */
export function isTime(value) {
  const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
  if (typeof value !== "string" || !form.test(value) || value.startsWith("0000")) return false;
  const moment = new Date(value);
  return !Number.isNaN(+moment) && moment.toISOString().replace(".000Z", "Z") === value;
}

function isMatch(value) {
  if (!isObject(value) || !isText(get(value, "status"))) return false;
  return maybe(listOf(isText))(get(value, "notes") ?? null);
}

function isRegion(value) {
  return isObject(value) && maybe(isDigest)(get(value, "crop") ?? null);
}

const ACTIONS = ["received", "transferred", "examined", "verified", "exported", "published"];
const maybeText = maybe(isText);
const COMMON = { recorded_at: isTime, recorded_by: isText };
const EVIDENCE = {
  artifact: maybe(isDigest),
  text: maybeText,
  selector: maybe(listOf((value) => isObject(value))),
  extracted: maybe(isDigest),
  extractor: maybe((value) => isObject(value)),
  match: maybe(isMatch),
  regions: maybe(listOf(isRegion)),
};
const FIELDS = {
  artifact: { blake3: isDigest, sha256: isDigest, size: isSize, media_type: isText },
  original: { title: isText },
  claim: { slug: isText, statement: isText },
  case: { title: maybeText },
  retraction: { reason: maybeText },
  erasure: { reason: maybeText },
  key: { reason: maybeText },
  amendment: { changes: (value) => isObject(value), reason: maybeText },
  review: { reviewer: isText, note: maybeText, size: isSize, root: isText, signature: maybeText },
  custody: { actor: isText, action: (value) => ACTIONS.includes(value), subjects: listOf(isDigest), note: maybeText },
};

/** What is wrong with a record's fields, as far as they are disclosed. */
export function fieldProblems(entry, values) {
  const problems = [];
  for (const name of Object.keys(COMMON)) {
    if (!Object.hasOwn(entry.sealed, name)) problems.push(`Every entry seals ${name}, and this one doesn't.`);
  }
  const own = isEvidence(entry.kind) ? EVIDENCE : (get(FIELDS, entry.kind) ?? {});
  for (const [name, may] of Object.entries({ ...COMMON, ...own })) {
    if (Object.hasOwn(values, name) && !may(values[name])) {
      problems.push(`\`${name}\` is of another form than it must be.`);
    }
  }
  return problems;
}
