// Step 4, line by line: entries, ids and commitments; and what is kept of them.

import { Problem, hex, isDigest, joined, refuse } from "../format/bytes.js";
import { blake3 } from "../format/blake3.js";
import { LONGEST_LINE, broken, readEntry, readLine } from "../format/entry.js";
import { Tree, leafHash } from "../format/merkle.js";
import { isObject } from "../format/canonical.js";
import { fieldProblems, isEvidence } from "../format/values.js";

const LOG = "data/log.jsonl";
const WINDOW = 1 << 20;
const KEPT = {
  artifact: ["blake3", "sha256", "size", "media_type"],
  claim: ["statement"],
  case: ["title"],
  amendment: ["changes"],
  custody: ["subjects"],
  review: ["reviewer", "note", "size", "root", "signature", "recorded_at"],
};
const OF_EVIDENCE = ["artifact", "extracted"];
export const NOWHERE = ["missing", "invalid", "unverifiable"];

/** All lines of the log that could be read; values that one check needs are read again for it. */
class Register {
  constructor(place) {
    this.place = place;
    this.offsets = [0];
    this.facts = [];
    this.indexes = new Map();
    this.distrusted = new Set();
    this.erased = new Set();
    this.retracted = new Set();
  }

  get size() {
    return this.facts.length;
  }

  /** Index and facts of each line that could be read, of these kinds if any are given. */
  *told(...kinds) {
    for (const [index, one] of this.facts.entries()) {
      if (one && (!kinds.length || kinds.includes(one.kind))) yield [index, one];
    }
  }

  find(id) {
    const index = this.indexes.get(id);
    return index === undefined ? undefined : { index, ...this.facts[index] };
  }

  /** The line of an entry, with all that is disclosed of it; neighbours are read with it. */
  async line(index) {
    const [start, end] = [this.offsets[index], this.offsets[index + 1] - 1];
    if (!(this.window?.start <= start && end <= this.window.start + this.window.bytes.length)) {
      const blob = await this.place.open(LOG);
      const piece = blob.slice(start, Math.max(end, start + WINDOW));
      this.window = { start, bytes: new Uint8Array(await piece.arrayBuffer()) };
    }
    return readLine(this.window.bytes.subarray(start - this.window.start, end - this.window.start));
  }
}

/** What people call a record: kind, short id and place in the log. */
export const named = (index, one) => `${one.kind} ${one.id.slice(0, 8)} (entry ${index})`;

export async function readLog(place, report, progress) {
  const register = new Register(place);
  let leaves = new Uint8Array(1 << 16);
  const whole = place.size(LOG);
  for await (const bytes of lines(place)) {
    if (32 * (register.size + 1) > leaves.length) leaves = joined(leaves, new Uint8Array(leaves.length));
    leaves.set(readOne(register, bytes, report), 32 * (register.size - 1));
    register.offsets.push(register.offsets.at(-1) + bytes.length + 1);
    if (register.size % 256 === 0) progress("records", register.offsets.at(-1), whole);
  }
  register.tree = new Tree(leaves.subarray(0, 32 * register.size));
  for (const [, one] of register.told("erasure", "retraction")) {
    const index = register.indexes.get(one.open.to);
    if (index !== undefined) (one.kind === "erasure" ? register.erased : register.retracted).add(index);
  }
  progress("records", whole, whole);
  return register;
}

/** The lines of the log, without their newlines, in pieces that end where a line does. */
async function* lines(place) {
  let rest = new Uint8Array(0);
  for await (const piece of place.pieces(LOG)) {
    let bytes = rest.length ? joined(rest, piece) : piece;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10)) {
      if (end >= LONGEST_LINE) break;
      yield bytes.subarray(0, end);
      bytes = bytes.subarray(end + 1);
    }
    if (bytes.length >= LONGEST_LINE) refuse("A line of log.jsonl has more than 16 MiB.");
    rest = bytes;
  }
  if (rest.length) refuse("The last line of log.jsonl doesn't end: something is cut off.");
}

function readOne(register, bytes, report) {
  const index = register.size;
  let line = null;
  try {
    line = readLine(bytes);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    report.fail("entry", `line ${index}`, `Line ${index} of log.jsonl: ${error.message}`);
    register.facts.push(null);
    return new Uint8Array(32);
  }
  const id = hex(blake3(line.entry));
  let entry = null;
  try {
    entry = readEntry(line.entry);
    report.hold("entry");
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    report.fail("entry", id, `Entry ${index}: ${error.message}`);
  }
  if (entry && !checkDisclosed(index, id, entry, line, report)) register.distrusted.add(index);
  register.facts.push(entry && facts(id, entry, line));
  if (entry && !register.indexes.has(id)) register.indexes.set(id, index);
  return leafHash(line.entry);
}

/** The disclosed values are those committed to, and may be what they are; whether the first is so. */
export function checkDisclosed(index, id, entry, line, report) {
  const name = named(index, { kind: entry.kind, id });
  const wrong = broken(entry, line.body, line.salts).sort();
  if (wrong.length) report.fail("commitment", id, `${name}: not what was committed to: ${wrong.join(", ")}.`);
  else if (Object.keys(line.body).length) report.hold("commitment");
  for (const problem of fieldProblems(entry, line.body)) report.fail("rules", id, `${name}: ${problem}`);
  if (line.body.match?.status === "altered") report.count("passages recorded as altered: their file has other words");
  return !wrong.length;
}

function facts(id, entry, { body }) {
  const names = ["recorded_by", ...(isEvidence(entry.kind) ? OF_EVIDENCE : (KEPT[entry.kind] ?? []))];
  const values = Object.fromEntries(names.filter((name) => Object.hasOwn(body, name)).map((name) => [name, body[name]]));
  const kept = {
    id, kind: entry.kind, open: entry.open, values,
    sealed: new Set(Object.keys(entry.sealed)),
    disclosed: new Set(Object.keys(body)),
  };
  if (isEvidence(entry.kind)) {
    kept.crops = cropsOf(body);
    kept.placed = (body.selector ?? null) !== null || Boolean(body.text && isDigest(body.artifact));
    kept.nowhere = isNowhere(body);
  }
  return kept;
}

/** Whether a passage is said to stand in a file, and neither where nor in which text. */
function isNowhere({ match, selector, extracted }) {
  const status = isObject(match ?? null) ? match.status : undefined;
  const isPlaced = extracted || selector === undefined || selector?.length;
  return status !== undefined && !NOWHERE.includes(status) && !isPlaced;
}

/** The digests of the pictures of a passage that are disclosed. */
function cropsOf({ regions, crops }) {
  const listed = (value) => (Array.isArray(value) ? value : []);
  return [...listed(regions).map((one) => one?.crop), ...listed(crops)].filter(isDigest);
}
