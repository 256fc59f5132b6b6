// The tree over the log (RFC 6962, RFC 9162), and the tiles that hold it (C2SP tlog-tiles).

import { bigEndian, joined, refuse } from "./bytes.js";
import { sha256 } from "./sha256.js";

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);
export const WIDTH = 256;

export const leafHash = (entry) => sha256(LEAF, entry);
const nodeHash = (left, right) => sha256(NODE, left, right);

/** Every complete subtree over leaf hashes (one after the other), each hashed once. */
export class Tree {
  constructor(leaves) {
    this.rows = [leaves];
    while (this.rows.at(-1).length >= 64) this.rows.push(above(this.rows.at(-1)));
  }

  hashes(level, first, count) {
    return this.rows[level].subarray(32 * first, 32 * (first + count));
  }

  /** The root over the first `size` leaves, or undefined where there are not so many, or none. */
  root(size) {
    if (!(size > 0 && 32 * size <= this.rows[0].length)) return undefined;
    return this.#range(0, size);
  }

  /** The hashes that prove leaf `index` of a tree of `size` leaves (RFC 9162, 2.1.3.1). */
  inclusion(index, size) {
    const proof = [];
    let [start, end] = [0, size];
    while (end - start > 1) {
      const middle = start + split(end - start);
      proof.push(index < middle ? this.#range(middle, end) : this.#range(start, middle));
      if (index < middle) end = middle;
      else start = middle;
    }
    return proof.reverse();
  }

  #range(start, end) {
    const size = end - start;
    if ((size & (size - 1)) === 0) return this.hashes(31 - Math.clz32(size), start / size, 1);
    const middle = start + split(size);
    return nodeHash(this.#range(start, middle), this.#range(middle, end));
  }
}

function above(row) {
  const out = new Uint8Array(32 * Math.floor(row.length / 64));
  for (let i = 0; i < out.length; i += 32) {
    out.set(nodeHash(row.subarray(2 * i, 2 * i + 32), row.subarray(2 * i + 32, 2 * i + 64)), i);
  }
  return out;
}

/** The largest power of two below a size of two or more. */
function split(size) {
  return 2 ** (31 - Math.clz32(size - 1));
}

/** The root that a proof of inclusion leads to (RFC 9162, 2.1.3.2). */
export function rootOf(leaf, index, size, proof) {
  let [at, last, hash] = [index, size - 1, leaf];
  for (const other of proof) {
    if (last === 0) refuse("A proof of inclusion has more hashes than its tree has levels.");
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(other, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else {
      hash = nodeHash(hash, other);
    }
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  if (last !== 0) refuse("A proof of inclusion lacks hashes.");
  return hash;
}

/** The tiles (level -1: bundles of entries) of trees of these sizes, by path. */
export function tilesOf(sizes) {
  const found = new Map();
  const put = (level, number, width) => {
    const part = width === WIDTH ? "" : `.p/${width}`;
    const path = `tile/${level < 0 ? "entries" : level}/${grouped(number)}${part}`;
    found.set(path, { level, number, width });
  };
  for (const [level, count] of rows(Math.max(0, ...sizes))) {
    for (let number = 0; number < Math.floor(count / WIDTH); number++) put(level, number, WIDTH);
  }
  for (const size of sizes) {
    for (const [level, count] of rows(size)) {
      const [number, width] = [Math.floor(count / WIDTH), count % WIDTH];
      const full = `tile/${level < 0 ? "entries" : level}/${grouped(number)}`;
      if (width && !found.has(full)) put(level, number, width);
    }
  }
  return found;
}

function rows(size) {
  const found = [[-1, size]];
  for (let level = 0, count = size; count; level++, count = Math.floor(count / WIDTH)) {
    found.push([level, count]);
  }
  return found;
}

function grouped(number) {
  const groups = [String(number % 1000).padStart(3, "0")];
  for (let rest = Math.floor(number / 1000); rest; rest = Math.floor(rest / 1000)) {
    groups.unshift(`x${String(rest % 1000).padStart(3, "0")}`);
  }
  return groups.join("/");
}

/** An entry bundle: each entry after its length in two bytes. */
export function bundle(entries) {
  return joined(...entries.flatMap((entry) => [bigEndian(entry.length, 2), entry]));
}

