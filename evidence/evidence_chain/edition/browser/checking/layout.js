// Step 2: which files an edition has, and how they may be called (docs/edition.md, section 1).

import { isPart } from "../place/files.js";

const TAGS = ["bag-info.txt", "bagit.txt", "edition.note", "manifest-sha256.txt", "tagmanifest-sha256.txt"];
const ALWAYS = [
  ...TAGS,
  ...["log.jsonl", "evidence.db", "edition.json", "checkpoint", "README.txt", "verify.html", "datasette-metadata.json"].map((name) => `data/${name}`),
];
const FURTHER = new RegExp(
  "^data/(?:checkpoints/[1-9][0-9]*|timestamps/[1-9][0-9]*-[1-9][0-9]*\\.tsr" +
    "|tile/(?:entries|[0-9]|[1-9][0-9])/(?:x[0-9]{3}/)*[0-9]{3}(?:\\.p/[1-9][0-9]{0,2})?" +
    "|artifacts/([0-9a-f]{2})/\\1[0-9a-f]{62}|proofs/[0-9a-f]{64}\\.tlog-proof|site/[^]+)$",
);
const DEVICE = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?$/i;
const LEFT_BEHIND =
  /^(?:\.DS_Store|\._.*|\.Spotlight-V100|\.Trashes|\.fseventsd|\.TemporaryItems|\.localized|\.AppleDouble|__MACOSX|\.directory|Thumbs\.db|ehthumbs(?:_vista)?\.db|desktop\.ini|\$RECYCLE\.BIN|System Volume Information|lost\+found|@eaDir|Icon\r)$/i;
const MOST = 1_000_000;

export const isLeftBehind = (path) => path.split("/").some((part) => LEFT_BEHIND.test(part));

/** Returns all plain files that are there, but what an operating system left behind. */
export function checkLayout(place, report) {
  const found = [...place.walk()];
  if (found.length > MOST) {
    report.fail("layout", "files", "There are more than 1,000,000 files, so none was opened.");
    return new Map();
  }
  let wrong = 0;
  const tell = (path, problem) => {
    if (++wrong <= 100) report.fail("layout", path, `${path}: ${problem}`);
  };
  for (const one of found) {
    const problem = misplaced(one);
    if (problem) tell(one.path, problem);
  }
  const paths = new Set(found.map((one) => one.path));
  for (const path of clashing(paths)) tell(path, "another name differs from it in case alone.");
  for (const path of ALWAYS) if (!paths.has(path)) tell(path, "it is missing, and no edition is without it.");
  for (const folder of ["data/checkpoints/", "data/tile/"]) {
    if (!found.some((one) => one.path.startsWith(folder))) tell(folder, "it is missing or empty, and no edition is without it.");
  }
  if (!wrong) report.hold("layout", found.length);
  const plain = found.filter((one) => one.sort === "file" && !isLeftBehind(one.path));
  return new Map(plain.map((one) => [one.path, one.size]));
}

function misplaced({ path, sort }) {
  if (isLeftBehind(path)) {
    return "an operating system or file manager left it, and it is no part of what was signed. Remove it and check again.";
  }
  if (sort !== "file") return `what is there is no plain file (${sort}), and an edition has those alone.`;
  if (path.length > 200) return "its path has more than 200 bytes.";
  for (const part of path.split("/")) {
    if (!isPart(part)) return "its name has characters, or points at an end, that no name in an edition has.";
    if (DEVICE.test(part)) return "it is named as a device of Windows.";
  }
  return ALWAYS.includes(path) || FURTHER.test(path) ? null : "no edition has such a file.";
}

/** Paths, and folders of paths, that equal others but for case. */
function clashing(paths) {
  const every = new Set();
  for (const path of paths) {
    for (let at = path.indexOf("/"); at > 0; at = path.indexOf("/", at + 1)) every.add(path.slice(0, at));
    every.add(path);
  }
  const first = new Map();
  const found = [];
  for (const path of every) {
    const lower = path.toLowerCase();
    if (first.has(lower)) found.push(first.get(lower), path);
    else first.set(lower, path);
  }
  return [...new Set(found)].sort();
}
