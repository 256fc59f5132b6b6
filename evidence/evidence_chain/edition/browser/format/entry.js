// Entries and the seals on their fields (docs/format.md, sections 3 and 4), and the lines of
// log.jsonl that hold them (docs/edition.md, section 4).

import { bigEndian, hex, isDigest, joined, refuse, unhex, utf8 } from "./bytes.js";
import { deriving } from "./blake3.js";
import { decode, encode, get, isObject, sameNames } from "./canonical.js";
import { isEvidence } from "./values.js";

export const LONGEST_LINE = 16 << 20;
const LONGEST_ENTRY = 65_535;
export const DEEPEST = 64;
export const RELATIONS = ["supports", "contradicts", "qualifies", "derives-from", "preserves", "translates", "answers", "replaces"];
const VERDICTS = ["approved", "rejected"];
const OPEN = {
  artifact: [], original: [], claim: [], case: [], custody: [],
  link: ["from", "to", "relation"],
  retraction: ["to"], erasure: ["to"], amendment: ["to"],
  review: ["to", "verdict"],
  key: ["previous", "vkey"],
};
const commitment = deriving("evidence-chain 2026-11-21 v1 field commitment");

/** Reads a line of log.jsonl without its newline, strictly. */
export function readLine(bytes) {
  const value = decode(bytes, DEEPEST);
  const names = ["entry", "body", "salts"];
  if (!isObject(value, ["entry"]) && !isObject(value, names)) {
    refuse("A line of log.jsonl has `entry`, and `body` and `salts` or neither.");
  }
  const { entry, body = {}, salts = {} } = value;
  if (typeof entry !== "string" || !isObject(body) || !isObject(salts)) {
    refuse("`entry` is a string; `body` and `salts` are objects.");
  }
  if (!sameNames(Object.keys(body), Object.keys(salts)) || Object.hasOwn(value, "body") !== Object.keys(body).length > 0) {
    refuse("`body` and `salts` have the same names, at least one.");
  }
  return { entry: utf8(entry), body, salts };
}

/** Parses an entry strictly (sections 1 and 4). */
export function readEntry(bytes) {
  if (bytes.length > LONGEST_ENTRY) refuse(`An entry has ${LONGEST_ENTRY} bytes at most, and this has more.`);
  const value = decode(bytes);
  if (!isObject(value, ["kind", "open", "sealed", "v"])) refuse("An entry has the keys kind, open, sealed and v, and no others.");
  if (value.v !== 1) refuse("This entry is of another version than 1.");
  checkOpen(value.kind, value.open);
  if (!isObject(value.sealed) || !Object.values(value.sealed).every(isDigest)) {
    refuse("`sealed` holds one commitment of 64 hex digits for each field.");
  }
  return { kind: value.kind, open: value.open, sealed: value.sealed };
}

function checkOpen(kind, open) {
  const names = typeof kind === "string" ? (get(OPEN, kind) ?? (isEvidence(kind) ? [] : undefined)) : undefined;
  if (names === undefined) refuse(`The kind ${JSON.stringify(kind)} is unknown to this version of the format.`);
  if (!isObject(open, names)) refuse(`An entry of kind ${kind} has ${names.join(", ") || "nothing"} in \`open\`.`);
  for (const [name, value] of Object.entries(open)) {
    const may =
      name === "relation" ? RELATIONS.includes(value)
      : name === "verdict" ? VERDICTS.includes(value)
      : kind === "key" ? typeof value === "string"
      : isDigest(value);
    if (!may) refuse(`\`${name}\` in \`open\` is none that this version of the format knows.`);
  }
}

/** The names of the disclosed fields that are not what the entry commits to. */
export function broken(entry, body, salts) {
  return Object.keys(body).filter((name) => {
    if (!isDigest(salts[name])) return true;
    const [named, value] = [utf8(name), utf8(encode(body[name], DEEPEST))];
    const sealed = commitment(joined(
      unhex(salts[name]), bigEndian(named.length, 8), named, bigEndian(value.length, 8), value,
    ));
    return get(entry.sealed, name) !== hex(sealed);
  });
}
