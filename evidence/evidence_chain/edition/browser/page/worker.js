// The worker: everything is computed here, so that the page stays at hand.

import { Problem } from "../format/bytes.js";
import { check } from "../checking/run.js";
import { checkProof, isProof } from "../checking/single.js";
import { Files, withoutTop } from "../place/files.js";
import { isZip, readZip } from "../place/zip.js";
import { claim, claimsOf } from "./claims.js";
import { changed } from "./tampering.js";

const SHOWN = 200;
let kept = null;

const ANSWERS = {
  check: async ({ files, wanted }, progress) => {
    const [only] = files.length === 1 ? files : [];
    if (only && isProof(new Uint8Array(await only[1].slice(0, 64).arrayBuffer()))) {
      return told(await checkProof(new Uint8Array(await only[1].arrayBuffer()), wanted));
    }
    const members = only && (await isZip(only[1])) ? await readZip(only[1]) : new Map(files);
    kept = await check(new Files(withoutTop(members)), wanted, progress);
    return told(kept);
  },
  claim: ({ index }) => claim(kept, index),
  change: async ({ change, wanted }, progress) => told(await check(await changed(kept, change), { ...wanted, everything: true }, progress)),
};

/** A result as it is sent to the page, which shows so many findings and no more. */
function told({ report, note, said, register, proved }) {
  return {
    outcome: report.outcome, held: report.held, counted: report.counted, told: report.told, absent: report.absent, proved,
    findings: report.findings.slice(0, SHOWN), found: report.findings.length,
    note: note && { origin: note.origin, size: note.size, made: note.made, digest: note.digest },
    title: said?.title ?? null,
    claims: register ? claimsOf({ register }) : [],
  };
}

/** Answers what the page asks, one after the other; progress is told ten times a second at most. */
export function work() {
  let last = 0;
  self.onmessage = async ({ data }) => {
    const progress = (what, done, all) => {
      const now = performance.now();
      if (now - last < 100) return;
      last = now;
      self.postMessage({ id: data.id, progress: { what, done, all } });
    };
    try {
      self.postMessage({ id: data.id, answer: await ANSWERS[data.ask](data, progress) });
    } catch (error) {
      self.postMessage({ id: data.id, problem: words(error) });
    }
  };
}

function words(error) {
  if (error instanceof Problem) return error.message;
  if (error.name === "NotReadableError") return "A file can't be read any more: it was changed or moved since you chose it. Choose it again.";
  return `This page failed, and checked nothing: ${error.message}`;
}
