// Signed notes, verifier keys and checkpoints (C2SP signed-note, tlog-checkpoint), and the note of
// an edition. A note that was read proves nothing yet: `verify` says whose signatures hold.

import { Problem, Unchecked, hex, refuse, text, unbase64, utf8 } from "./bytes.js";
import { sha256 } from "./sha256.js";
import { isTime } from "./values.js";

const ED25519 = 1;
export const COSIGNATURE = 4;
const NAME = /^[^\p{White_Space}+\x00-\x1f]+$/u;
const LAST_SECOND = 253402300799; // of the year 9999
const CONTROL = /[\x00-\x09\x0b-\x1f]/;
const DECIMAL = /^(?:0|[1-9][0-9]{0,18})$/;
export const LARGEST = 64 << 10;
export const FIRST_LINE = "evidence-chain edition v1";

function checkName(name) {
  if (!NAME.test(name) || !name.isWellFormed()) {
    refuse(`The key name ${JSON.stringify(name)} is empty, or has white space, "+" or control characters.`);
  }
}

/** A verifier key, `NAME+KEYID+BASE64`: of a log, or of a witness with `COSIGNATURE`. */
export function readKey(spelt, type = ED25519) {
  const parts = /^([^+]*)\+([0-9a-f]{8})\+(.+)$/su.exec(spelt);
  if (!parts) {
    refuse('A verifier key has a name, an id of eight hex digits and a key, with "+" between them.');
  }
  const [, name, id, encoded] = parts;
  checkName(name);
  const key = unbase64(encoded);
  if (key[0] !== type) {
    if (type === COSIGNATURE && key[0] !== ED25519) throw new Unchecked(`The key of ${name} is of a type that is not known here.`);
    refuse(`The key of ${name} is of another type than ${type === ED25519 ? "that of a log" : "that of a witness"}.`);
  }
  if (key.length !== 33) refuse(`The key of ${name} has not 32 bytes.`);
  const expected = hex(sha256(utf8(`${name}\n`), key).subarray(0, 4));
  if (expected !== id) refuse(`The id of the key of ${name} is not that of its key: a letter is wrong somewhere.`);
  return { name, id, key: key.subarray(1), spelt };
}

/** The key that a reader pasted; a mistake in it is theirs, and says nothing of the edition. */
export function givenKey(spelt) {
  try {
    return readKey(spelt.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, ""));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Problem(`The key that you gave can't be read: ${error.message} Copy the whole of it again. Nothing was checked.`);
  }
}

/** Whether a signature over bytes is of an Ed25519 key (RFC 8032), as the browser says. */
export async function holds(key, signature, message) {
  if (!globalThis.crypto?.subtle) {
    throw new Unchecked("This browser has no WebCrypto here: open the page from a disk, or over HTTPS.");
  }
  let known = null;
  try {
    known = await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
  } catch (error) {
    if (error.name === "NotSupportedError") throw new Unchecked("This browser doesn't know Ed25519: take a newer one.");
    return false;
  }
  return crypto.subtle.verify("Ed25519", known, signature, message);
}

/** Reads a note to the byte: its text, and its signatures, none of them checked. */
export function readNote(bytes) {
  if (bytes.length > 1_000_000) refuse("A note may have 1,000,000 bytes, and this has more.");
  const plain = text(bytes);
  const blank = plain.lastIndexOf("\n\n");
  if (blank < 0 || !plain.endsWith("\n") || plain.endsWith("\n\n")) {
    refuse("A note is a text, one blank line and the signatures, and ends in a newline. This is not.");
  }
  const said = plain.slice(0, blank + 1);
  const lines = plain.slice(blank + 2, -1).split("\n");
  if (CONTROL.test(said)) refuse("A note holds no control characters but newlines.");
  if (lines.length > 100) refuse("A note has at most 100 signatures.");
  return { text: said, signatures: lines.map(readSignature) };
}

function readSignature(line) {
  const [dash, name, encoded, ...more] = line.split(" ");
  if (dash !== "—" || encoded === undefined || more.length) {
    refuse(`The line ${JSON.stringify(line.slice(0, 80))} stands among the signatures of a note and is none.`);
  }
  checkName(name);
  const data = unbase64(encoded);
  if (data.length < 5) refuse(`The signature line of ${name} is cut short.`);
  return { name, id: hex(data.subarray(0, 4)), signature: data.subarray(4) };
}

/** Those of `keys` whose signature on a note holds; one that is there and doesn't is a problem. */
export async function verify(note, keys) {
  const holding = [];
  const message = utf8(note.text);
  for (const key of keys) {
    const claimed = note.signatures.filter((one) => one.name === key.name && one.id === key.id);
    for (const one of claimed) {
      if (!(await holds(key.key, one.signature, message))) {
        refuse(`the signature under the name of ${key.name} (key id ${key.id}) does not hold: the note was changed, or ${key.name} did not sign it.`);
      }
    }
    if (claimed.length) holding.push(key);
  }
  return holding;
}

function digest(spelt) {
  const bytes = unbase64(spelt);
  if (bytes.length !== 32) refuse("A digest in a note has 32 bytes, and this has not.");
  return bytes;
}

/** The text of a checkpoint: origin, size and root, and no line more. */
export function readCheckpoint(said) {
  const [origin, size, root, ...rest] = said.split("\n");
  if (rest.length !== 1 || rest[0] !== "") refuse("A checkpoint is three lines: origin, size and root.");
  checkName(origin);
  if (!DECIMAL.test(size) || BigInt(size) >= 2n ** 63n) refuse("The size of a checkpoint is no plain decimal number below 2**63.");
  return { origin, size: Number(size), root: digest(root) };
}

/** The text of an edition's note, which has six lines (docs/edition.md, section 2). */
export function readEdition(said) {
  const lines = said.split("\n");
  if (lines.length !== 7 || lines[0] !== FIRST_LINE || lines[6] !== "") {
    refuse(`The note of an edition has six lines, of which the first is "${FIRST_LINE}". This has not.`);
  }
  const [, origin, size, root, manifest, made] = lines;
  checkName(origin);
  if (!DECIMAL.test(size) || size === "0" || !isTime(made)) refuse("The note of an edition says no size, or no time.");
  return { origin, size: Number(size), root: digest(root), manifest: digest(manifest), made, digest: sha256(utf8(said)) };
}

/** When a witness cosigned a checkpoint, in seconds; undefined where it did not. */
export async function cosignedAt(note, witness) {
  let earliest;
  for (const line of note.signatures) {
    if (line.name !== witness.name || line.id !== witness.id) continue;
    if (line.signature.length !== 72) refuse(`The line of the witness ${witness.name} has not 72 bytes.`);
    const time = Number(new DataView(line.signature.slice(0, 8).buffer).getBigUint64(0));
    const message = utf8(`cosignature/v1\ntime ${time}\n${note.text}`);
    if (!(await holds(witness.key, line.signature.subarray(8), message))) {
      refuse(`The cosignature of the witness ${witness.name} does not hold.`);
    }
    if (!time || time > LAST_SECOND) refuse(`The witness ${witness.name} signed for no time that a calendar has.`);
    earliest = Math.min(time, earliest ?? time);
  }
  return earliest;
}

