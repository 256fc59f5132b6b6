// Canonical JSON (RFC 8785) over the profile of docs/format.md, section 1: no floats, integers
// below 2**53, no lone surrogates, and one spelling of each value.

import { refuse, text } from "./bytes.js";

const DEEPEST = 100;

/** `JCS(value)` as a string. */
export function encode(value, depth = DEEPEST) {
  switch (typeof value) {
    case "string":
      if (!value.isWellFormed()) refuse("A text has half of a character (a lone surrogate).");
      return JSON.stringify(value);
    case "boolean":
      return String(value);
    case "number":
      if (!Number.isSafeInteger(value)) refuse("A number is no integer below 2**53.");
      return String(value);
  }
  if (value === null) return "null";
  if (depth === 0) refuse("This value is nested more deeply than may be.");
  if (Array.isArray(value)) return `[${value.map((one) => encode(one, depth - 1)).join(",")}]`;
  const named = (name) => `${encode(name)}:${encode(value[name], depth - 1)}`;
  return `{${Object.keys(value).sort().map(named).join(",")}}`;
}

/** The value of canonical JSON in bytes; every other spelling of it is refused. */
export function decode(bytes, depth = DEEPEST) {
  const spelt = text(bytes);
  let value = null;
  try {
    value = JSON.parse(spelt);
  } catch {
    refuse("This is not JSON.");
  }
  if (encode(value, depth) !== spelt) refuse("This JSON is not canonical (RFC 8785).");
  return value;
}

/** Whether a value is an object, with exactly these names if they are given. */
export function isObject(value, names) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return false;
  return names === undefined || sameNames(Object.keys(value), names);
}

export function sameNames(one, other) {
  return one.length === other.length && other.every((name) => one.includes(name));
}

/** The value of a name that an object has itself, else undefined. */
export function get(object, name) {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Sorts strings by their code points, which is the order of their UTF-8 bytes. */
export function byCodePoint(one, other) {
  const [left, right] = [Array.from(one), Array.from(other)];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = left[i].codePointAt(0) - right[i].codePointAt(0);
    if (difference) return difference;
  }
  return left.length - right.length;
}
