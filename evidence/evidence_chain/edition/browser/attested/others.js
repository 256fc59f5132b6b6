// Step 6: what others attest: time-stamps (RFC 3161), as far as a page can, and cosignatures.

import { Problem, refuse, same, utf8 } from "../format/bytes.js";
import { all, some } from "./der.js";
import { checkSigned } from "./signed_data.js";
import { COSIGNATURE, cosignedAt, readKey } from "../format/note.js";
import { sha256 } from "../format/sha256.js";

const LARGEST = 1 << 20;
const [INTEGER, OCTETS, OID, GENERALIZED, SEQUENCE, TAGGED] = [0x02, 0x04, 0x06, 0x18, 0x30, 0xa0];
const SHA256 = Uint8Array.of(0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1);

/** Size, number and path of each time-stamp, in their order. */
export function tokens(there) {
  const found = [...there.keys()].map((path) => /^data\/timestamps\/([1-9][0-9]*)-([1-9][0-9]*)\.tsr$/.exec(path)).filter(Boolean);
  return found.map(([path, size, number]) => [Number(size), Number(number), path]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

/** That each is over its checkpoint. Who stamped it is not checked by a page, and is told so. */
export async function checkStamps(place, there, stored, report) {
  const last = new Map();
  for (const [size, number, path] of tokens(there)) {
    await report.attempt("timestamp", path, async () => {
      const before = last.get(size) ?? 0;
      last.set(size, number);
      if (number !== before + 1) refuse(`${path}: the time-stamps before it are not here.`);
      if (!stored.has(size)) refuse(`${path}: there is no checkpoint of that size.`);
      const stamp = readStamp(await place.read(path, LARGEST));
      if (!same(stamp.imprint, sha256(utf8(stored.get(size).note.text)))) refuse(`${path} is not over this checkpoint.`);
      const held = await within(stamp);
      report.tell(`time-stamp that says ${stamp.time}, over ${size} entries: ${held ? "its signature holds" : "its signature is not looked at"}; whose it is, no page can check`);
    });
  }
}

/** Whether its signature was checked; what can't be read of it is a problem. */
async function within({ signed, content }) {
  try {
    return await checkSigned(signed, content);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem("The signature of a time-stamp can't be read.");
  }
}

/** The imprint and the time in a granted response. */
function readStamp(bytes) {
  const [answer] = all(bytes, SEQUENCE);
  const [status, token] = all(answer.inside, SEQUENCE, SEQUENCE);
  const [granted] = some(status.inside, INTEGER);
  if (granted.inside.length !== 1 || granted.inside[0] > 1) refuse("An authority granted no time-stamp.");
  const [, content] = all(token.inside, OID, TAGGED);
  const [signed] = all(content.inside, SEQUENCE);
  const [, , wrapped] = some(signed.inside, INTEGER, 0x31, SEQUENCE);
  const [, inner] = all(wrapped.inside, OID, TAGGED);
  const [octets] = all(inner.inside, OCTETS);
  const [info] = all(octets.inside, SEQUENCE);
  const [, , imprint, , time] = some(info.inside, INTEGER, OID, SEQUENCE, INTEGER, GENERALIZED);
  const [algorithm, digest] = all(imprint.inside, SEQUENCE, OCTETS);
  if (!same(some(algorithm.inside, OID)[0].inside, SHA256)) refuse("A time-stamp is over another digest than SHA-256.");
  const said = String.fromCharCode(...time.inside).match(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d(?:\.\d+)?)Z$/);
  if (!said) refuse("A time-stamp says no time.");
  const [, year, month, day, hour, minute, second] = said;
  return { signed, content: octets.inside, imprint: digest.inside, time: `${year}-${month}-${day}T${hour}:${minute}:${second}Z` };
}

export async function checkWitness(spelt, stored, report) {
  await report.attempt("cosignature", spelt, async () => {
    const key = readKey(spelt, COSIGNATURE);
    let times = 0;
    for (const [size, { note }] of stored) {
      await report.attempt("cosignature", `checkpoint ${size}`, async () => {
        const time = await cosignedAt(note, key);
        if (time === undefined) return;
        times++;
        report.hold("cosignature");
        report.tell(`checkpoint of ${size} entries, seen by ${key.name} at ${new Date(time * 1000).toISOString()}`);
      });
    }
    if (!times) report.miss("cosignature", key.name, `The witness ${key.name} cosigned no checkpoint here.`);
  });
}
