// A ZIP (APPNOTE 6.3, with ZIP64 left out) of which nothing is unpacked but what is read.

import { Problem, refuse, text } from "../format/bytes.js";

const [END, ENTRY, LOCAL] = [0x06054b50, 0x02014b50, 0x04034b50];
const [STORED, DEFLATED] = [0, 8];
const MOST = 1_000_000;
const LARGEST = 4 * 2 ** 30;

export async function isZip(blob) {
  const start = new Uint8Array(await blob.slice(0, 4).arrayBuffer());
  return start[0] === 0x50 && start[1] === 0x4b && (start[2] === 3 || start[2] === 5);
}

/** The members of a ZIP, by path. */
export async function readZip(blob) {
  const directory = await central(blob);
  const [members, folders] = [new Map(), new Set()];
  let [at, whole] = [0, 0];
  for (let n = 0; n < directory.count; n++) {
    const view = new DataView(directory.bytes.buffer, directory.bytes.byteOffset + at);
    if (view.getUint32(0, true) !== ENTRY) refuse("The directory of this ZIP is damaged.");
    const name = view.getUint16(28, true);
    const length = 46 + name + view.getUint16(30, true) + view.getUint16(32, true);
    const path = text(directory.bytes.subarray(at + 46, at + 46 + name));
    const one = member(blob, path, view);
    at += length;
    whole += one.size;
    if (members.has(path) || folders.has(path)) one.sort = "second file of one name in a ZIP";
    if (one.sort !== "file" || !path.endsWith("/")) members.set(path, one);
    else if (one.size) refuse(`The folder ${path} of this ZIP has contents.`);
    else folders.add(path);
  }
  if (at !== directory.bytes.length) refuse("The directory of this ZIP has more in it than it says.");
  const filled = new Set([...members.keys()].flatMap((path) => [...above(path)]));
  for (const folder of folders) if (!filled.has(folder)) members.set(folder.slice(0, -1), { sort: "empty directory", size: 0 });
  if (whole > LARGEST) refuse("This ZIP would unpack to more than 4 GiB. Unpack it, and drop the folder.");
  return members;
}

/** The folders that a path is in, each with its slash. */
function* above(path) {
  for (let at = path.indexOf("/"); at >= 0; at = path.indexOf("/", at + 1)) yield path.slice(0, at + 1);
}

async function central(blob) {
  const tail = new Uint8Array(await blob.slice(Math.max(0, blob.size - 65_557)).arrayBuffer());
  const view = new DataView(tail.buffer);
  for (let at = tail.length - 22; at >= 0; at--) {
    if (view.getUint32(at, true) !== END || at + 22 + view.getUint16(at + 20, true) !== tail.length) continue;
    const [count, size, start] = [view.getUint16(at + 10, true), view.getUint32(at + 12, true), view.getUint32(at + 16, true)];
    if (count === 0xffff || start === 0xffffffff || count > MOST) refuse("This ZIP is too large for a browser. Unpack it, and drop the folder.");
    const bytes = new Uint8Array(await blob.slice(start, start + size).arrayBuffer());
    if (bytes.length !== size) refuse("The directory of this ZIP is cut short.");
    return { count, bytes };
  }
  return refuse("This is no ZIP that can be read: its end is missing.");
}

function member(blob, path, view) {
  const [flags, method] = [view.getUint16(8, true), view.getUint16(10, true)];
  const [packed, size, start] = [view.getUint32(20, true), view.getUint32(24, true), view.getUint32(42, true)];
  const mode = (view.getUint32(38, true) >>> 16) & 0xf000;
  const sort =
    mode !== 0 && mode !== 0x8000 && mode !== 0x4000 ? "link or device"
    : flags & 1 ? "encrypted file"
    : method !== STORED && method !== DEFLATED ? "file packed otherwise than by Deflate"
    : "file";
  return { sort, size, blob: () => unpacked(blob, path, { packed, size, start, method }) };
}

async function unpacked(blob, path, { packed, size, start, method }) {
  const head = new DataView(await blob.slice(start, start + 30).arrayBuffer());
  if (head.byteLength < 30 || head.getUint32(0, true) !== LOCAL) refuse(`${path} is damaged in its ZIP.`);
  const name = await blob.slice(start + 30, start + 30 + head.getUint16(26, true)).arrayBuffer();
  if (text(new Uint8Array(name)) !== path) refuse(`${path} has another name where it lies in its ZIP.`);
  const at = start + 30 + head.getUint16(26, true) + head.getUint16(28, true);
  const inside = blob.slice(at, at + packed);
  if (method === STORED) {
    if (packed !== size) refuse(`${path} has another size in its ZIP than it says.`);
    return inside;
  }
  const parts = [];
  let length = 0;
  try {
    const reader = inside.stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
    for (let one = await reader.read(); !one.done; one = await reader.read()) {
      length += one.value.length;
      if (length > size) break;
      parts.push(one.value);
    }
  } catch {
    throw new Problem(`${path} can't be unpacked: it is damaged in its ZIP.`);
  }
  if (length !== size) refuse(`${path} has another size in its ZIP than it says.`);
  return new Blob(parts);
}
