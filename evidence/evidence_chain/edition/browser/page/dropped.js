// The files that a reader drops or picks.

const MOST = 1_000_000;

/** Path and contents of all that was dropped; folders are read to their ends. */
export async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return picked(transfer.files);
  const found = [];
  const pending = entries.map((entry) => [entry.name, entry]);
  while (pending.length && found.length <= MOST) {
    const [path, entry] = pending.pop();
    if (entry.isFile) {
      found.push([path, await new Promise((done, failed) => entry.file(done, failed))]);
      continue;
    }
    const inside = await listed(entry);
    if (!inside.length) found.push([path, { sort: "empty directory", size: 0 }]);
    pending.push(...inside.map((one) => [`${path}/${one.name}`, one]));
  }
  return found;
}

async function listed(folder) {
  const reader = folder.createReader();
  const found = [];
  for (;;) {
    const more = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!more.length) return found;
    found.push(...more);
  }
}

/** The same of what was picked in a dialog. */
export function picked(files) {
  return [...files].map((file) => [file.webkitRelativePath || file.name, file]);
}
