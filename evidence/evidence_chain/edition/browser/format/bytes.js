// Bytes and their spellings. Each spelling has one form here; every other is refused.

/** What is wrong with what is checked, in words for its reader. */
export class Problem extends Error {}

/** What can't be checked here, and why: neither right nor wrong. */
export class Unchecked extends Error {}

export function refuse(words) {
  throw new Problem(words);
}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** UTF-8 of a string that holds no lone surrogate. */
export function utf8(text) {
  if (!text.isWellFormed()) refuse("A text has half of a character (a lone surrogate).");
  return encoder.encode(text);
}

export function text(bytes) {
  try {
    return decoder.decode(bytes);
  } catch {
    return refuse("This is no UTF-8 text.");
  }
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

export function hex(bytes) {
  let out = "";
  for (const byte of bytes) out += HEX[byte];
  return out;
}

export function unhex(digits) {
  const out = new Uint8Array(digits.length / 2);
  for (let i = 0; i < out.length; i++) out[i] = parseInt(digits.substr(2 * i, 2), 16);
  return out;
}

/** Whether a value is 64 lower-case hex digits, as digests and ids are. */
export function isDigest(value) {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
}

export function base64(bytes) {
  let binary = "";
  for (let i = 0; i < bytes.length; i += 8192) {
    binary += String.fromCharCode(...bytes.subarray(i, i + 8192));
  }
  return btoa(binary);
}

/** The bytes of canonical base64 with padding (RFC 4648, section 4). */
export function unbase64(spelt) {
  let binary = null;
  try {
    binary = atob(spelt);
  } catch {
    refuse("This is not base64. Copy the whole of it.");
  }
  const bytes = Uint8Array.from(binary, (one) => one.charCodeAt(0));
  if (base64(bytes) !== spelt) refuse("This base64 is spelt otherwise than its bytes are written.");
  return bytes;
}

export function joined(...parts) {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

export function same(one, other) {
  if (one === undefined || other === undefined || one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}

/** Adds a value to the list that a map has under a key. */
export function gather(map, key, value) {
  if (map.has(key)) map.get(key).push(value);
  else map.set(key, [value]);
}

/** A number in `size` bytes, big-endian. */
export function bigEndian(number, size) {
  const out = new Uint8Array(size);
  for (let i = size - 1; i >= 0; i--) {
    out[i] = number % 256;
    number = Math.floor(number / 256);
  }
  return out;
}
