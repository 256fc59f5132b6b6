// BLAKE3 (the paper of its authors, sections 2.1 to 2.6): plain, and in its derive-key mode.
// Some twenty times slower than a native one: for entries, values and text, not for large files.

import { utf8 } from "./bytes.js";

const IV = Uint32Array.of(
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
);
const [CHUNK_START, CHUNK_END, PARENT, ROOT, CONTEXT, KEY_MATERIAL] = [1, 2, 4, 8, 32, 64];
const CHUNK = 1024;

// The order of the sixteen message words in each of the seven rounds.
const ORDER = (() => {
  const permuted = [2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8];
  const rounds = [permuted.map((_, i) => i)];
  while (rounds.length < 7) rounds.push(permuted.map((i) => rounds.at(-1)[i]));
  return Uint8Array.from(rounds.flat());
})();

const state = new Uint32Array(16);

function mix(a, b, c, d, x, y) {
  const s = state;
  s[a] = s[a] + s[b] + x;
  let t = s[d] ^ s[a];
  s[d] = (t >>> 16) | (t << 16);
  s[c] = s[c] + s[d];
  t = s[b] ^ s[c];
  s[b] = (t >>> 12) | (t << 20);
  s[a] = s[a] + s[b] + y;
  t = s[d] ^ s[a];
  s[d] = (t >>> 8) | (t << 24);
  s[c] = s[c] + s[d];
  t = s[b] ^ s[c];
  s[b] = (t >>> 7) | (t << 25);
}

/** Compress 16 words into a chaining value, which is written to `out` (8 words). */
function compress(chaining, words, counter, length, flags, out) {
  state.set(chaining);
  state.set(IV.subarray(0, 4), 8);
  state[12] = counter;
  state[13] = counter / 2 ** 32;
  state[14] = length;
  state[15] = flags;
  for (let at = 0; at < 112; at += 16) {
    const m = (i) => words[ORDER[at + i]];
    mix(0, 4, 8, 12, m(0), m(1));
    mix(1, 5, 9, 13, m(2), m(3));
    mix(2, 6, 10, 14, m(4), m(5));
    mix(3, 7, 11, 15, m(6), m(7));
    mix(0, 5, 10, 15, m(8), m(9));
    mix(1, 6, 11, 12, m(10), m(11));
    mix(2, 7, 8, 13, m(12), m(13));
    mix(3, 4, 9, 14, m(14), m(15));
  }
  for (let i = 0; i < 8; i++) out[i] = state[i] ^ state[i + 8];
  return out;
}

const words = new Uint32Array(16);

function load(bytes, start, end) {
  words.fill(0);
  for (let i = start; i < end; i++) words[(i - start) >> 2] |= bytes[i] << (8 * ((i - start) & 3));
}

/** The chaining value of a chunk; of the only chunk, with `root`, the digest. */
function chunk(key, bytes, start, end, counter, flags, root) {
  let value = key;
  let at = start;
  do {
    const stop = Math.min(at + 64, end);
    load(bytes, at, stop);
    const last = stop === end;
    const with_ = flags | (at === start ? CHUNK_START : 0) | (last ? CHUNK_END | root : 0);
    value = compress(value, words, counter, stop - at, with_, new Uint32Array(8));
    at = stop;
  } while (at < end);
  return value;
}

function parent(key, left, right, flags) {
  words.set(left);
  words.set(right, 8);
  return compress(key, words, 0, 64, flags | PARENT, new Uint32Array(8));
}

/** The chaining value over bytes from `start` to `end`: a tree whose left part is a power of two. */
function subtree(key, bytes, start, end, flags, root) {
  if (end - start <= CHUNK) return chunk(key, bytes, start, end, start / CHUNK, flags, root);
  const chunks = Math.ceil((end - start) / CHUNK);
  const middle = start + CHUNK * 2 ** (31 - Math.clz32(chunks - 1));
  const left = subtree(key, bytes, start, middle, flags, 0);
  return parent(key, left, subtree(key, bytes, middle, end, flags, 0), flags | root);
}

function bytesOf(value) {
  const out = new DataView(new ArrayBuffer(32));
  value.forEach((word, i) => out.setUint32(4 * i, word, true));
  return new Uint8Array(out.buffer);
}

/** BLAKE3 of bytes, 32 bytes. */
export function blake3(bytes) {
  return bytesOf(subtree(IV, bytes, 0, bytes.length, 0, ROOT));
}

/** A function that gives BLAKE3 in derive-key mode under this context, 32 bytes. */
export function deriving(context) {
  const named = utf8(context);
  const key = subtree(IV, named, 0, named.length, CONTEXT, ROOT);
  return (bytes) => bytesOf(subtree(key, bytes, 0, bytes.length, KEY_MATERIAL, ROOT));
}
