// DER (X.690), as far as time-stamps need it.

import { Problem, refuse } from "../format/bytes.js";

/** The first values of a DER sequence, which must be of these tags. */
export function some(bytes, ...tags) {
  const found = [];
  for (const tag of tags) {
    const one = value(bytes);
    if (one.tag !== tag) throw new Problem("This is no time-stamp response (RFC 3161), or it was changed or cut.");
    found.push(one);
    bytes = bytes.subarray(one.end);
  }
  found.rest = bytes;
  return found;
}

/** The same, and nothing else follows. */
export function all(bytes, ...tags) {
  const found = some(bytes, ...tags);
  if (found.rest.length) refuse("A time-stamp response goes on after its end.");
  return found;
}

function value(bytes) {
  let [at, length] = [2, bytes[1] ?? 0x80];
  if (length >= 0x80) {
    const count = length & 0x7f;
    if (count < 1 || count > 3) refuse("A time-stamp response has a length that can't be read.");
    length = 0;
    for (; at < 2 + count; at++) length = length * 256 + bytes[at];
  }
  if (!(at + length <= bytes.length)) refuse("A time-stamp response was cut.");
  return { tag: bytes[0], inside: bytes.subarray(at, at + length), end: at + length };
}

/** All values, one after the other, each with its own bytes whole. */
export function children(bytes) {
  const found = [];
  for (let rest = bytes; rest.length; rest = rest.subarray(found.at(-1).end)) {
    const one = value(rest);
    found.push({ ...one, whole: rest.subarray(0, one.end) });
  }
  return found;
}
