// Step 5: checkpoints, tiles and proofs, against the log; and what the reader saw before.

import { base64, hex, refuse, same, text, utf8 } from "../format/bytes.js";
import { encode } from "../format/canonical.js";
import { WIDTH, bundle, tilesOf } from "../format/merkle.js";
import { FIRST_LINE, LARGEST, readCheckpoint, readEdition, readNote } from "../format/note.js";

const LARGEST_TILE = WIDTH * (2 + 65_535);

/** The checkpoints by size, each strictly read; their signatures are checked in step 6. */
export async function readCheckpoints(place, there, origin, report) {
  const stored = new Map();
  for (const path of there.keys()) {
    const size = /^data\/checkpoints\/([1-9][0-9]*)$/.exec(path)?.[1];
    if (size === undefined) continue;
    await report.attempt("tree-root", path, async () => {
      const bytes = await place.read(path, LARGEST);
      const note = readNote(bytes);
      const said = readCheckpoint(note.text);
      if (said.origin !== origin) refuse(`${path} is a checkpoint of the log ${said.origin}.`);
      if (String(said.size) !== size) refuse(`${path} is a checkpoint of ${said.size} entries.`);
      stored.set(said.size, { bytes, note, root: said.root });
    });
  }
  return stored;
}

export function checkRoots(register, stored, note, report) {
  const all = [...stored].map(([size, one]) => [`the checkpoint of ${size} entries`, size, one.root]);
  if (note) {
    all.push(["the edition's note", note.size, note.root]);
    if (note.size !== register.size) report.fail("tree-root", "note", `The note is over ${note.size} entries; log.jsonl has ${register.size}.`);
  }
  for (const [name, size, root] of all) {
    if (same(register.tree.root(size), root)) report.hold("tree-root");
    else report.fail("tree-root", name, `The log, up to where ${name} ends, is not the one that it signs.`);
  }
}

export async function checkCheckpoints(place, stored, register, said, stamped, report) {
  const needed = new Set([register.size, ...said.earlier.map((one) => one.size), ...stamped]);
  const lacking = [...needed].filter((size) => !stored.has(size));
  for (const size of lacking) report.fail("checkpoint", `checkpoints/${size}`, `There is no checkpoint of ${size} entries, which must be here.`);
  await report.attempt("checkpoint", "data/checkpoint", async () => {
    const newest = await place.read("data/checkpoint", LARGEST);
    if (!same(newest, stored.get(register.size)?.bytes)) refuse("data/checkpoint is not the newest of checkpoints/.");
    if (!lacking.length) report.hold("checkpoint", stored.size);
  });
}

export async function checkTiles(place, there, register, sizes, report, progress) {
  const tiles = tilesOf(sizes.filter((size) => size <= register.size));
  const expected = new Map([...tiles].map(([path, tile]) => [`data/${path}`, tile]));
  const found = [...there.keys()].filter((path) => path.startsWith("data/tile/"));
  for (const path of found) if (!expected.has(path)) report.fail("tile", path, `${path} is no tile of a checkpoint that is here.`);
  let done = 0;
  for (const [path, tile] of expected) {
    await report.attempt("tile", path, async () => {
      if (!there.has(path)) refuse(`${path} is missing.`);
      if (!same(await place.read(path, LARGEST_TILE), await bytesOf(tile, register))) refuse(`${path} differs from the log.`);
      report.hold("tile");
    });
    progress("tiles", ++done, expected.size);
  }
}

async function bytesOf({ level, number, width }, register) {
  if (level >= 0) return register.tree.hashes(8 * level, number * WIDTH, width);
  const entries = [];
  for (let i = 0; i < width; i++) entries.push((await register.line(number * WIDTH + i)).entry);
  return bundle(entries);
}

export async function checkProofs(place, there, register, newest, report, progress) {
  const claims = [...register.told("claim")].filter(([, one]) => one.values.statement !== undefined);
  const expected = new Map(claims.map(([index, one]) => [`data/proofs/${one.id}.tlog-proof`, index]));
  for (const path of there.keys()) {
    if (path.startsWith("data/proofs/") && !expected.has(path)) report.fail("proof", path, `${path} is a proof of what is no published claim.`);
  }
  let done = 0;
  for (const [path, index] of expected) {
    await report.attempt("proof", path, async () => {
      if (!there.has(path)) refuse(`${path} is missing.`);
      const lines = [
        "c2sp.org/tlog-proof@v1", `extra ${base64(await lineBytes(register, index))}`, `index ${index}`,
        ...register.tree.inclusion(index, register.size).map(base64), "",
      ];
      const proof = utf8(`${lines.join("\n")}\n${newest}`);
      if (!same(await place.read(path, 64 << 20), proof)) refuse(`${path} is not the proof that follows from the log.`);
      report.hold("proof");
    });
    progress("proofs", ++done, expected.size);
  }
}

async function lineBytes(register, index) {
  const { entry, body, salts } = await register.line(index);
  const line = Object.keys(body).length ? { body, entry: text(entry), salts } : { entry: text(entry) };
  return utf8(encode(line));
}

/** What the reader saw before, a checkpoint or an edition's note, is a beginning of this log. */
export async function checkSeen(seen, register, note, said, report) {
  for (const [name, bytes] of seen) {
    await report.attempt("seen", name, async () => {
      const { text: words } = readNote(bytes);
      const one = words.startsWith(FIRST_LINE) ? readEdition(words) : readCheckpoint(words);
      if (note && one.origin !== note.origin) refuse(`${name} is of the log ${one.origin}.`);
      if (!same(register.tree.root(one.size), one.root)) refuse(`This log doesn't go on from what ${name} says.`);
      const known = said?.earlier.some((other) => other.note === (one.digest && base64(one.digest)));
      if (one.digest && !known && hex(one.digest) !== (note && hex(note.digest))) refuse(`This edition doesn't name ${name} among the earlier ones.`);
      report.hold("seen");
    });
  }
}
