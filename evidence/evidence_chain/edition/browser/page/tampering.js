// What would happen if somebody changed an edition: the change is made to what the page has read, not to
// the files, and the edition is checked again with it.

import { text, utf8 } from "../format/bytes.js";
import { encode } from "../format/canonical.js";

const LOG = "data/log.jsonl";

/** The files as they would be after a change: of a `letter`, without a `link`, or with another `file`. */
export async function changed({ place, register }, { what, index, path }) {
  if (what === "file") {
    const bytes = await place.read(path, Infinity);
    const other = bytes.slice();
    other[0] ^= 1;
    return place.changed([[path, new Blob([other])]]);
  }
  const log = await place.open(LOG);
  const [start, end] = [register.offsets[index], register.offsets[index + 1]];
  const instead = what === "link" ? [] : [utf8(encode(await withOtherLetter(register, index))), "\n"];
  return place.changed([[LOG, new Blob([log.slice(0, start), ...instead, log.slice(end)])]]);
}

async function withOtherLetter(register, index) {
  const { entry, body, salts } = await register.line(index);
  const name = typeof body.text === "string" ? "text" : "statement";
  const letters = Array.from(body[name]);
  const at = Math.max(0, letters.findIndex((one) => /\p{L}/u.test(one)));
  letters[at] = letters[at] === "x" ? "y" : "x";
  return { body: { ...body, [name]: letters.join("") }, entry: text(entry), salts };
}
