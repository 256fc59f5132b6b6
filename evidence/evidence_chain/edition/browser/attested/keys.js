// Step 6: which key signs a log at which size, and whether it did (docs/edition.md, section 8).

import { Problem } from "../format/bytes.js";
import { readKey, verify } from "../format/note.js";

/**
 * The keys that the log had, one after the other. Without a key from the reader, or with one that is
 * none of the log's, nobody is known to have signed anything: then there are no keys.
 */
export function succession(register, origin, sizes, given, report) {
  const changes = [...register.told("key")].map(([index, one]) => ({ index, ...one.open }));
  const known = [];
  const problems = [];
  for (const [number, { index, previous, vkey }] of changes.entries()) {
    if (!known.length) known.push(previous);
    for (const key of [previous, vkey]) problems.push(...malformed(key, origin).map((words) => [index, words]));
    if (previous !== known.at(-1)) problems.push([index, "it doesn't name the key that was in force before it."]);
    if (known.includes(vkey)) problems.push([index, "its key was a key of this log before."]);
    known.push(vkey);
    const until = changes[number + 1]?.index ?? Infinity;
    if (!sizes.some((size) => index < size && size <= until)) problems.push([index, "no checkpoint covers it before the next change of keys."]);
  }
  for (const [index, words] of problems) report.fail("succession", `entry ${index}`, `The change of keys in entry ${index}: ${words}`);
  if (problems.length) return { keys: [], changes };
  report.hold("succession", changes.length);
  if (!given) return { keys: [], changes };
  const spelt = changes.length ? known : [given.spelt];
  if (given.name !== origin || !spelt.includes(given.spelt)) {
    report.fail("edition-signature", "edition.note", `The key that you gave, ${given.spelt}, is none of this log's.`);
    return { keys: [], changes, refused: true };
  }
  return { keys: spelt.map((one) => readKey(one)), changes };
}

function malformed(spelt, origin) {
  try {
    const key = readKey(spelt);
    return key.name === origin ? [] : [`its key is that of ${key.name}.`];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return [error.message];
  }
}

const inForce = ({ keys, changes }, size) => keys[changes.filter((one) => one.index < size).length];

export async function checkNote(signed, size, known, report) {
  if (known.refused || !signed) return;
  await checkSigned("edition-signature", "edition.note", "The note of the edition", signed, [inForce(known, size)], known, report);
}

export async function checkCheckpoints(stored, known, report) {
  if (known.refused) return;
  for (const [size, { note }] of stored) {
    const before = Math.max(0, ...[...stored.keys()].filter((other) => other < size));
    const [older, newest] = [inForce(known, before), inForce(known, size)];
    const signers = older === newest ? [newest] : [older, newest];
    const name = `The checkpoint of ${size.toLocaleString("en")} entries`;
    await checkSigned("signature", `checkpoint ${size}`, name, note, signers, known, report);
  }
}

/** A note is signed by each of these keys once, and by no other of the log's. */
async function checkSigned(check, subject, name, note, signers, known, report) {
  if (signers.includes(undefined)) {
    report.miss(check, subject, `${name}: nobody gave the key, so who signed it is unknown.`);
    return;
  }
  await report.attempt(check, subject, async () => {
    const holding = await verify(note, signers);
    const lacking = signers.find((key) => !holding.includes(key));
    const own = note.signatures.filter((one) => known.keys.some((key) => key.name === one.name && key.id === one.id));
    if (lacking) report.fail(check, subject, `${name} has no signature by ${lacking.name} (key id ${lacking.id}), the key in force.`);
    else if (own.length !== signers.length) report.fail(check, subject, `${name} has ${own.length} signatures by keys of this log, not ${signers.length}.`);
    else report.hold(check);
  });
}
