// Where an edition lies: files that a reader dropped on the page, read piece by piece.

import { Problem, refuse } from "../format/bytes.js";

export const PIECE = 4 << 20;

/** The files of an edition, by their paths in it. What the browser can't show is not seen here. */
export class Files {
  /** `members`: path → Blob, or `{sort, size, blob()}` of what is unpacked as it is read. */
  constructor(members) {
    this.members = members;
  }

  /** Path, sort and size of all that is there. */
  *walk() {
    for (const [path, one] of this.members) yield { path, sort: one.sort ?? "file", size: one.size };
  }

  has(path) {
    return this.members.has(path);
  }

  size(path) {
    return this.members.get(path)?.size ?? 0;
  }

  /** A file as a Blob, which holds none of it in memory, unless it comes out of a ZIP. */
  async open(path) {
    const one = this.members.get(path);
    if (one === undefined) refuse(`${path} is not there.`);
    return one instanceof Blob ? one : one.blob();
  }

  /** All of a file that has `most` bytes or fewer. */
  async read(path, most) {
    if (this.size(path) > most) {
      refuse(`${path} has more than ${most.toLocaleString("en")} bytes, which is more than it may have.`);
    }
    return bytesOf(await this.open(path), path);
  }

  /** The pieces of a file, one after the other. */
  async *pieces(path, piece = PIECE) {
    const blob = await this.open(path);
    for (let at = 0; at < blob.size; at += piece) yield await bytesOf(blob.slice(at, at + piece), path);
  }

  /** The same files with others in the place of some: what happens if somebody changed them. */
  changed(others) {
    return new Files(new Map([...this.members, ...others]));
  }
}

async function bytesOf(blob, path) {
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch {
    throw new Problem(`${path} can't be read: was it changed or moved since you chose it?`);
  }
}

/** Whether a part of a path may be called so (docs/edition.md, section 1). */
export const isPart = (part) => /^[A-Za-z0-9_-](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?$/.test(part);

/** What was dropped, with the folder taken off that everything lies in. */
export function withoutTop(members) {
  const paths = [...members.keys()];
  if (!paths.length || members.has("bagit.txt")) return members;
  const top = `${paths[0].split("/")[0]}/`;
  if (!isPart(top.slice(0, -1)) || !paths.every((path) => path.startsWith(top))) return members;
  return new Map([...members].map(([path, one]) => [path.slice(top.length), one]));
}
