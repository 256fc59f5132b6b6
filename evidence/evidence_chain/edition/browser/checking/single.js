// A proof that travels alone: one entry, and the signed checkpoint that it leads to (C2SP tlog-proof).

import { base64, hex, refuse, same, text, unbase64, utf8 } from "../format/bytes.js";
import { blake3 } from "../format/blake3.js";
import { readEntry, readLine } from "../format/entry.js";
import { leafHash, rootOf } from "../format/merkle.js";
import { givenKey, readCheckpoint, readNote, verify } from "../format/note.js";
import { checkDisclosed } from "./register.js";
import { Report } from "./report.js";

const HEADER = "c2sp.org/tlog-proof@v1";

/** Checks one proof; `result.proved` is what it is of, if all of it holds but a key that nobody gave. */
export async function checkProof(bytes, wanted) {
  const report = new Report();
  const result = { report };
  const key = wanted.key ? givenKey(wanted.key) : undefined;
  await report.attempt("proof", "proof", async () => {
    const { extra, index, hashes, note } = readProof(bytes);
    const line = readLine(extra);
    const signed = readNote(utf8(note));
    const checkpoint = readCheckpoint(signed.text);
    const entry = readEntry(line.entry);
    if (!(index < checkpoint.size)) refuse("A proof is of an entry that its checkpoint doesn't have.");
    if (!same(rootOf(leafHash(line.entry), index, checkpoint.size, hashes), checkpoint.root)) {
      refuse("The hashes of this proof don't lead to its checkpoint: the entry doesn't stand in that log.");
    }
    report.hold("proof");
    report.hold("entry");
    const id = hex(blake3(line.entry));
    checkDisclosed(index, id, entry, line, report);
    await checkSigner(signed, checkpoint, key, report);
    if (!report.hasFailed) {
      result.proved = { ...checkpoint, root: base64(checkpoint.root), index, id, kind: entry.kind, open: entry.open, disclosed: line.body };
    }
  });
  report.absent.push("the files and passages that it speaks of", "the rest of the log: whether the record was retracted, replaced or spoken against since");
  return result;
}

async function checkSigner(signed, checkpoint, key, report) {
  if (!key) {
    report.miss("signature", "checkpoint", "Nobody gave the verifier key, so who signed the checkpoint is unknown.");
    return;
  }
  await report.attempt("signature", "checkpoint", async () => {
    if (key.name !== checkpoint.origin) refuse(`The proof is of the log ${checkpoint.origin}, and the key is that of ${key.name}.`);
    if (!(await verify(signed, [key])).length) refuse(`No signature by ${key.name} (key id ${key.id}) is on the checkpoint.`);
    report.hold("signature");
  });
}

export function isProof(bytes) {
  return same(bytes.subarray(0, HEADER.length), utf8(HEADER));
}

function readProof(bytes) {
  const words = text(bytes);
  const blank = words.indexOf("\n\n");
  const [header, extra, index, ...hashes] = words.slice(0, Math.max(blank, 0)).split("\n");
  if (header !== HEADER || !extra?.startsWith("extra ") || !/^index (?:0|[1-9][0-9]{0,15})$/.test(index ?? "")) {
    refuse("This is no proof of an entry that says what it carries, and its index.");
  }
  const parts = hashes.map(unbase64);
  if (parts.length > 63 || parts.some((one) => one.length !== 32)) refuse("A proof has at most 63 hashes of 32 bytes each.");
  return { extra: unbase64(extra.slice(6)), index: Number(index.slice(6)), hashes: parts, note: words.slice(blank + 2) };
}
