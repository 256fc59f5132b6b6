// Signatures as `ssh-keygen -Y sign` makes them with an Ed25519 key (OpenSSH, PROTOCOL.sshsig), and the
// file of allowed signers that says whose a key is (ssh-keygen(1), ALLOWED SIGNERS).

import { Unchecked, base64, bigEndian, joined, refuse, same, text, unbase64, utf8 } from "../format/bytes.js";
import { holds } from "../format/note.js";

const BEGIN = "-----BEGIN SSH SIGNATURE-----\n";
const END = "-----END SSH SIGNATURE-----\n";
const MAGIC = utf8("SSHSIG");
const ED25519 = "ssh-ed25519";

class Reader {
  constructor(bytes) {
    this.bytes = bytes;
  }

  take(length) {
    if (length > this.bytes.length) refuse("This SSH signature ends too early.");
    const taken = this.bytes.slice(0, length);
    this.bytes = this.bytes.subarray(length);
    return taken;
  }

  number() {
    return new DataView(this.take(4).buffer).getUint32(0);
  }

  string() {
    return this.take(this.number());
  }

  name() {
    const name = text(this.string());
    if (!/^[ -~]*$/.test(name)) refuse("This SSH signature has something else where a name belongs.");
    return name;
  }

  end() {
    if (this.bytes.length) refuse("This SSH signature goes on after its end.");
  }
}

/** Reads an armored signature to the byte, so that one signature has one spelling. */
export function readSignature(armored) {
  if (typeof armored !== "string") refuse("Its signature is no text.");
  if (armored.length > 65_536) refuse("An SSH signature may have 65,536 characters, and this has more.");
  const body = armored.slice(BEGIN.length, -END.length);
  const bytes = unbase64(body.replaceAll("\n", ""));
  const lines = base64(bytes).match(/.{1,70}/g) ?? [];
  if (armored !== BEGIN + lines.map((line) => `${line}\n`).join("") + END) {
    refuse("This SSH signature is not written as ssh-keygen writes one.");
  }
  const reader = new Reader(bytes);
  if (!same(reader.take(6), MAGIC) || reader.number() !== 1) refuse("This is no SSH signature of version 1.");
  const found = { key: reader.string(), namespace: reader.name(), reserved: reader.string(), hash: reader.name(), signature: reader.string() };
  reader.end();
  if (!found.namespace || found.reserved.length) refuse("This SSH signature names no purpose, or something that is not known.");
  if (!["sha256", "sha512"].includes(found.hash)) refuse("An SSH signature is over SHA-256 or SHA-512, and this is not.");
  return found;
}

/** Checks that the key in a signature signed `message` for `namespace`. */
export async function checkSignature(found, message, namespace) {
  if (found.namespace !== namespace) refuse(`It was signed for "${found.namespace}", not for "${namespace}".`);
  const [key, signature] = [new Reader(found.key), new Reader(found.signature)];
  const [type, made] = [key.name(), signature.name()];
  if (type !== ED25519) throw new Unchecked(`It is signed with a key of type ${type}, which is not known to this page.`);
  if (made !== type) refuse("Its signature is of another type than its key.");
  const [point, bytes] = [key.string(), signature.string()];
  key.end();
  signature.end();
  if (!globalThis.crypto?.subtle) throw new Unchecked("This browser has no WebCrypto here.");
  const digest = await crypto.subtle.digest(found.hash === "sha256" ? "SHA-256" : "SHA-512", message);
  const parts = [utf8(namespace), new Uint8Array(0), utf8(found.hash), new Uint8Array(digest)];
  const signed = joined(MAGIC, ...parts.flatMap((part) => [bigEndian(part.length, 4), part]));
  if (!(await holds(point, bytes, signed))) refuse("Its signature does not hold: what was signed differs from what is here.");
}

/** The lines of a file of allowed signers that this page understands, and how many it doesn't. */
export function readSigners(file) {
  const signers = [];
  let unread = 0;
  for (const line of file.split("\n").map((one) => one.replace(/^[ \t\r]+|[ \t\r]+$/g, ""))) {
    if (!line || line.startsWith("#")) continue;
    const parts = /^(?:"([^"]*)"|([^\s"]+))[ \t]+(?:([^\s",=]+="[^"\\]*"(?:,[^\s",=]+="[^"\\]*")*)[ \t]+)?ssh-ed25519[ \t]+(\S+)/.exec(line);
    const options = parts && readOptions(parts[3] ?? "");
    if (options) signers.push({ principals: parts[1] ?? parts[2], key: parts[4], ...options });
    else unread++;
  }
  return { signers, unread };
}

function readOptions(spelt) {
  const found = { after: -Infinity, before: Infinity };
  const names = new Set();
  for (const [, name, value] of spelt.matchAll(/([^\s",=]+)="([^"]*)"/g)) {
    const key = name.toLowerCase();
    if (names.has(key)) return null;
    names.add(key);
    if (key === "namespaces") found.namespaces = value;
    else if (key === "valid-after" && isDay(value)) found.after = timeOf(value);
    else if (key === "valid-before" && isDay(value)) found.before = timeOf(value);
    else return null;
  }
  return found;
}

/** A time in UTC that the calendar has; one of the machine's own time zone isn't known here. */
const isDay = (value) => /^\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?(?:Z|UTC)$/i.test(value);

function timeOf(value) {
  const [year, month, day, hour, minute, second] = value.replace(/\D+$/, "").match(/^(\d{4})(\d\d)(\d\d)(\d\d)?(\d\d)?(\d\d)?/).slice(1);
  return Date.UTC(year, month - 1, day, hour ?? 0, minute ?? 0, second ?? 0);
}

/** The principals whose key this is, for a purpose and at a time. */
export function whose(key, signers, namespace, time) {
  const fits = (one) =>
    one.key === base64(key) && (one.namespaces === undefined || inList(namespace, one.namespaces)) && one.after <= time && time <= one.before;
  const somebody = (list) => list.split(",").some((one) => one && !one.startsWith("!"));
  return signers.filter(fits).map((one) => one.principals).filter(somebody);
}

/** Whether a list of patterns admits a text: some pattern matches, and none with a `!`. */
export function inList(words, patterns) {
  let admitted = false;
  for (const one of patterns.split(",")) {
    const spelt = one.replace(/^!/, "").replace(/[.+^${}()|[\]\\]/g, "\\$&").replace(/\*+/g, ".*").replaceAll("?", ".");
    if (!new RegExp(`^${spelt}$`, "su").test(words)) continue;
    if (one.startsWith("!")) return false;
    admitted = true;
  }
  return admitted;
}
