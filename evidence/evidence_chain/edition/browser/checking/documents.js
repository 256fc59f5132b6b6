// Step 4, files: the preserved files that must be there, and the passages in their text.

import { Problem, gather, hex, refuse, text } from "../format/bytes.js";
import { blake3 } from "../format/blake3.js";
import { isObject } from "../format/canonical.js";
import { isEvidence } from "../format/values.js";
import { NOWHERE, named } from "./register.js";

const LARGEST_HASHED = 64 << 20;
const CONTEXT = 32;
export const pathOf = (digest) => `data/artifacts/${digest.slice(0, 2)}/${digest}`;

/** What names each file that disclosed fields name: file, stream or crop, by BLAKE3. */
function filesNamed(register) {
  const found = new Map();
  const put = (digest, what) => typeof digest === "string" && !found.has(digest) && found.set(digest, what);
  for (const [, one] of register.told("artifact")) put(one.values.blake3, "file");
  for (const [, one] of register.told()) {
    if (!isEvidence(one.kind)) continue;
    put(one.values.extracted, "stream");
    for (const crop of one.crops) put(crop, "crop");
  }
  return found;
}

/**
 * Returns the BLAKE3 of the files that are intact. A file is known by the SHA-256 that the manifest
 * and its record share; BLAKE3, slow here, is computed where no record says a SHA-256.
 */
export async function checkFiles(register, place, there, right, bag, absent, report, progress) {
  const expected = filesNamed(register);
  const paths = new Set([...expected.keys()].map(pathOf));
  for (const path of there.keys()) {
    if (path.startsWith("data/artifacts/") && !paths.has(path)) report.fail("file", path, `${path}: no disclosed field names this file.`);
  }
  for (const digest of absent) {
    if (!expected.has(digest)) report.fail("edition", digest, `\`absent\` has ${digest}, which no disclosed field names.`);
    if (there.has(pathOf(digest))) report.fail("edition", digest, `\`absent\` has ${digest}, and the file is here.`);
  }
  const bySha256 = checkRecords(register, there, right, bag, report);
  const intact = new Set();
  let done = 0;
  for (const [digest, what] of expected) {
    const path = pathOf(digest);
    progress("preserved files", ++done, expected.size);
    if (!there.has(path)) {
      if (absent.has(digest)) report.count("files that are not here");
      else report.fail(what, path, `${path}: it is missing, and \`absent\` doesn't say so.`);
    } else if (bySha256.has(digest)) {
      report.hold(what);
      intact.add(digest);
    } else if (there.get(path) > LARGEST_HASHED) {
      report.miss(what, path, `${path}: it is too large for its BLAKE3 to be computed in a browser.`);
    } else {
      await report.attempt(what, path, async () => {
        if (hex(blake3(await place.read(path, LARGEST_HASHED))) !== digest) refuse(`${path}: its content is not what was preserved.`);
        report.hold(what);
        intact.add(digest);
      });
    }
  }
  return intact;
}

/**
 * Size and SHA-256 that a record says its file has. Returns the BLAKE3 of those that are held to a SHA-256
 * by every record of that file, so that no later record can vouch for another file than the first names.
 */
function checkRecords(register, there, right, bag, report) {
  const [found, without] = [new Set(), new Set()];
  for (const [index, one] of register.told("artifact")) {
    const { blake3: digest, size, sha256 } = one.values;
    const path = typeof digest === "string" ? pathOf(digest) : "";
    if (!there.has(path)) continue;
    if (size !== undefined && size !== there.get(path)) report.fail("file", one.id, `${named(index, one)}: its file has another size.`);
    if (sha256 === undefined) without.add(digest);
    else if (sha256 !== bag.listed.get(path)) {
      report.fail("file-sha256", one.id, `${named(index, one)}: its file has another SHA-256.`);
    } else if (right.has(path) && !register.distrusted.has(index)) {
      report.hold("file-sha256");
      found.add(digest);
    }
  }
  return new Set([...found].filter((digest) => !without.has(digest)));
}

/** Every passage whose text is here, against that text. */
export async function checkPassages(register, place, intact, report, progress) {
  const streams = new Map();
  for (const [index, one] of register.told()) {
    const stream = isEvidence(one.kind) ? one.values.extracted : undefined;
    if (!isEvidence(one.kind)) continue;
    if (one.nowhere) report.fail("passage", one.id, `${named(index, one)}: it is recorded as found, but not where it stands.`);
    if (!stream) report.count("passages whose text is not here", one.placed ? 1 : 0);
    else if (register.distrusted.has(index)) report.miss("passage", one.id, `${named(index, one)}: its values can't be trusted.`);
    else if (!intact.has(stream)) report.count("passages whose text is not here");
    else gather(streams, stream, index);
  }
  let done = 0;
  for (const [digest, indexes] of streams) {
    await report.attempt("passage", pathOf(digest), async () => {
      const stream = new Stream(text(await place.read(pathOf(digest), LARGEST_HASHED)));
      for (const index of indexes) {
        const { body } = await register.line(index);
        checkPassage(named(index, register.facts[index]), register.facts[index].id, body, stream, report);
      }
    });
    progress("passages", ++done, streams.size);
  }
}

function checkPassage(name, id, body, stream, report) {
  try {
    const fragments = readSelectors(body.selector ?? []);
    const status = isObject(body.match ?? null) ? body.match.status : undefined;
    const whole = ["text", "selector", "extracted", "match"].every((field) => Object.hasOwn(body, field));
    if (whole && !fragments.length && !NOWHERE.includes(status)) refuse("it is recorded as found, but not where it stands.");
    for (const one of fragments) checkSlices(one, stream);
    report.hold("passage");
    if (!whole) {
      report.count("passages of which a part is withheld");
    } else if (status === "verbatim") {
      const same = fragments.length === 1 && fragments[0].exact === body.text;
      if (same) report.hold("match");
      else report.fail("match", id, `${name}: it is recorded as verbatim, and the words are others.`);
    } else if (status !== "altered") {
      report.count(`passages recorded as ${status}, of which the rules are not known to this page`);
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    report.fail("passage", id, `${name}: ${error.message}`);
  }
}

function checkSlices({ start, end, exact, prefix, suffix }, stream) {
  const before = start - length(prefix);
  const right = stream.slice(start, end) === exact && before >= 0 && stream.slice(before, start) === prefix && stream.slice(end, end + length(suffix)) === suffix;
  if (!right) refuse(`the text at ${start}–${end} is not the passage with what is said to stand beside it.`);
}

/** The fragments that a selector names, in order (docs/format.md, section 7). */
export function readSelectors(selectors) {
  const listed = Array.isArray(selectors) ? selectors : refuse("its selector is no list.");
  listed.forEach(checkSelector);
  const found = [];
  for (let at = 0; at < listed.length; ) {
    const [quoted, positioned, paged] = listed.slice(at, at + 3);
    if (quoted.type !== "TextQuoteSelector" || positioned?.type !== "TextPositionSelector") {
      refuse("its selector is no quote followed by its position.");
    }
    const isPaged = paged?.type === "FragmentSelector";
    const { start, end } = positioned;
    if (end - start !== length(quoted.exact) || start < (found.at(-1)?.end ?? 0)) refuse("its positions are not those of its words, or overlap.");
    found.push({ ...quoted, start, end, page: isPaged && paged.value.startsWith("page=") ? paged.value.slice(5) : null });
    at += isPaged ? 3 : 2;
  }
  return found;
}

function checkSelector(one) {
  const isText = (value) => typeof value === "string";
  const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
  const right =
    isObject(one, ["type", "exact", "prefix", "suffix"]) && one.type === "TextQuoteSelector"
      ? [one.exact, one.prefix, one.suffix].every(isText) && Math.max(length(one.prefix), length(one.suffix)) <= CONTEXT
    : isObject(one, ["type", "start", "end"]) && one.type === "TextPositionSelector"
      ? isCount(one.start) && isCount(one.end) && one.start < one.end
    : isObject(one, ["type", "conformsTo", "value"]) && one.type === "FragmentSelector"
      ? isText(one.conformsTo) && isText(one.value) && (/^page=[1-9][0-9]{0,8}$/.test(one.value) || isTime(one.value))
    : false;
  if (!right) refuse("its selector has a part that the format doesn't know.");
}

/** Whether it is a stretch of a recording, as W3C Media Fragments say it: `t=12.5,15`. */
function isTime(value) {
  const seconds = "((?:0|[1-9][0-9]{0,12})(?:\\.[0-9]{0,2}[1-9])?)";
  const found = value.match(new RegExp(`^t=${seconds},${seconds}$`));
  return found !== null && Number(found[1]) < Number(found[2]);
}

/** The number of code points. */
function length(words) {
  let count = words.length;
  for (let i = 0; i < words.length; i++) if ((words.charCodeAt(i) & 0xfc00) === 0xdc00) count--;
  return count;
}

/** A text that is cut by code points, with a note of where every 4096th begins. */
export class Stream {
  constructor(words) {
    this.words = words;
    this.marks = [0];
    for (let i = 0, count = 0; i < words.length; i++) {
      if ((words.charCodeAt(i) & 0xfc00) === 0xdc00) continue;
      if (count && count % 4096 === 0) this.marks.push(i);
      count++;
    }
  }

  slice(start, end) {
    return this.words.slice(this.#unit(start), this.#unit(end));
  }

  #unit(point) {
    let at = this.marks[Math.floor(point / 4096)] ?? this.words.length;
    for (let left = point % 4096; left > 0 && at < this.words.length; left--) {
      at += (this.words.charCodeAt(at) & 0xfc00) === 0xd800 ? 2 : 1;
    }
    return at;
  }
}
