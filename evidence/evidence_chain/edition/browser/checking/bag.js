// Step 3: the note's form, the manifests, and every file's SHA-256 (docs/edition.md, sections 1, 2).

import { Problem, hex, refuse, same, text, unhex, utf8 } from "../format/bytes.js";
import { LARGEST, readEdition, readNote } from "../format/note.js";
import { Sha256, sha256 } from "../format/sha256.js";
import { PIECE } from "../place/files.js";

const MANIFEST = "manifest-sha256.txt";
const TAG_MANIFEST = "tagmanifest-sha256.txt";
const TAGGED = ["bag-info.txt", "bagit.txt", "edition.note", MANIFEST];
const LARGEST_TAG = 64 << 20;
const DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
const AT_ONCE = 4;

/** Returns the note, as it was read and signed, and the listed SHA-256 of each file. */
export async function checkBag(place, there, report) {
  const tags = {};
  for (const name of [...TAGGED, TAG_MANIFEST]) {
    await report.attempt("manifest", name, async () => {
      tags[name] = await place.read(name, name === "edition.note" ? LARGEST : LARGEST_TAG);
    });
  }
  const bag = { listed: new Map() };
  await report.attempt("note", "edition.note", async () => {
    if (!tags["edition.note"]) return;
    const signed = readNote(tags["edition.note"]);
    if (signed.signatures.length !== 1) refuse(`The note of an edition has one signature, and this has ${signed.signatures.length}.`);
    Object.assign(bag, { signed, note: readEdition(signed.text) });
    report.hold("note");
  });
  if (Object.keys(tags).length === 5) checkTags(tags, there, bag, report);
  return bag;
}

function checkTags(tags, there, bag, report) {
  const payload = new Map([...there].filter(([path]) => path.startsWith("data/")));
  const wrong = [];
  try {
    bag.listed = readManifest(tags[MANIFEST]);
    const lost = [...bag.listed.keys()].filter((path) => !payload.has(path));
    const more = [...payload.keys()].filter((path) => !bag.listed.has(path));
    wrong.push(...lost.map((path) => `${path} is listed and not there.`));
    wrong.push(...more.map((path) => `${path} is there and not listed.`));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    wrong.push(error.message);
  }
  if (!same(tags["bagit.txt"], utf8(DECLARATION))) wrong.push("bagit.txt doesn't say what that of an edition says.");
  const digests = TAGGED.map((name) => [name, hex(sha256(tags[name]))]);
  if (!same(tags[TAG_MANIFEST], manifest(digests))) wrong.push(`${TAG_MANIFEST} doesn't list the digests of the other tag files.`);
  if (bag.note) {
    if (!same(bag.note.manifest, sha256(tags[MANIFEST]))) wrong.push("The edition's note is over another manifest than this.");
    const bytes = [...payload.values()].reduce((sum, size) => sum + size, 0);
    const information = `Bagging-Date: ${bag.note.made.slice(0, 10)}\nPayload-Oxum: ${bytes}.${payload.size}\n`;
    if (!same(tags["bag-info.txt"], utf8(information))) wrong.push("bag-info.txt doesn't have the edition's date, bytes and files.");
  }
  for (const problem of wrong.slice(0, 20)) report.fail("manifest", "bag", problem);
  if (!wrong.length) report.hold("manifest", 5);
}

function manifest(digests) {
  return utf8(digests.map(([path, digest]) => `${digest}  ${path}\n`).join(""));
}

function readManifest(bytes) {
  const lines = text(bytes).split("\n");
  if (lines.pop() !== "") refuse("A manifest ends in a newline, and this doesn't.");
  const found = [];
  for (const [number, line] of lines.entries()) {
    const parts = /^([0-9a-f]{64}) {2}([A-Za-z0-9._/-]+)$/.exec(line);
    if (!parts) refuse(`Line ${number + 1} of a manifest is none.`);
    if (number && found.at(-1)[0] >= parts[2]) refuse("The lines of a manifest ascend by path, and these don't.");
    found.push([parts[2], parts[1]]);
  }
  return new Map(found);
}

/** Compares every file's SHA-256. Returns the paths of the files that have it. */
export async function checkPayload(place, there, bag, report, progress) {
  const paths = [...bag.listed.keys()].filter((path) => there.has(path));
  const right = new Set();
  let [next, done] = [0, 0];
  const work = async () => {
    while (next < paths.length) {
      const path = paths[next++];
      await report.attempt("payload", path, async () => {
        if (!same(await digestOf(place, path), unhex(bag.listed.get(path)))) refuse(`${path}: its content is not what was signed.`);
        right.add(path);
      });
      progress("files", ++done, paths.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  report.hold("payload", right.size);
  return right;
}

/** By the browser's own SHA-256 where a file fits one piece, else by ours, piece by piece. */
async function digestOf(place, path) {
  if (place.size(path) <= PIECE && globalThis.crypto?.subtle) {
    return new Uint8Array(await crypto.subtle.digest("SHA-256", await place.read(path, PIECE)));
  }
  const state = new Sha256();
  for await (const piece of place.pieces(path)) state.update(piece);
  return state.digest();
}
