// Every check by name, its step in docs/edition.md, section 9, and what it means when it holds.

import { Problem, Unchecked } from "../format/bytes.js";

export const CHECKS = {
  layout: [2, "Files and names are those that an edition has, and nothing else is there."],
  note: [3, "The note of the edition is one, and fits the edition's files and log."],
  manifest: [3, "The bag's tag files are written as they must be and fit each other."],
  payload: [3, "A file has the SHA-256 that the manifest lists."],
  entry: [4, "An entry follows the format, and has the digest that is its id."],
  log: [4, "The log is made of lines, from the first to the last."],
  "tree-root": [4, "The log has the root that a checkpoint signs."],
  seen: [4, "What you saw before is a beginning of this log."],
  rules: [4, "The entry keeps the rules of the log."],
  commitment: [4, "The values shown are those that the entry commits to."],
  disclosure: [4, "What is disclosed gives away nothing that has to be withheld with it."],
  file: [4, "A preserved file is the one that its record names."],
  "file-sha256": [4, "A preserved file has the SHA-256 that its record says."],
  stream: [4, "A preserved text has its digest."],
  crop: [4, "The preserved picture of a passage has its digest."],
  passage: [4, "The passage stands in the text where its record says."],
  match: [4, "What is recorded as verbatim is the same to the letter."],
  tile: [5, "The tiles are those of the log."],
  checkpoint: [5, "The checkpoints that must be there are, and are those of the log."],
  proof: [5, "Each published claim has its proof, and the proof holds."],
  edition: [5, "What edition.json says is what the log says."],
  succession: [6, "Each change of keys follows from the one before."],
  "edition-signature": [6, "The edition is signed by the key in force."],
  signature: [6, "A checkpoint is signed by the keys in force, and by no other of the log."],
  review: [6, "A review is of what it says, and its signature holds."],
  timestamp: [6, "A time-stamp is over its checkpoint."],
  cosignature: [6, "A witness that you named signed the checkpoint."],
};

/** What held, failed or could not be checked; what is counted changes no outcome. */
export class Report {
  constructor() {
    this.held = {};
    this.findings = [];
    this.counted = {};
    this.told = [];
    this.absent = [];
  }

  hold(check, count = 1) {
    if (count) this.held[check] = (this.held[check] ?? 0) + count;
  }

  fail(check, subject, detail) {
    this.findings.push({ check, step: CHECKS[check][0], outcome: "failed", subject, detail });
  }

  miss(check, subject, detail) {
    this.findings.push({ check, step: CHECKS[check][0], outcome: "not-checked", subject, detail });
  }

  count(told, number = 1) {
    if (number) this.counted[told] = (this.counted[told] ?? 0) + number;
  }

  /** Something that a reader should know, and that is no fault. */
  tell(words) {
    this.told.push(words);
  }

  /** Does what `step` does; what is wrong there is a finding, and so is what can't be checked. */
  async attempt(check, subject, step) {
    try {
      return await step();
    } catch (error) {
      if (error instanceof Problem) this.fail(check, subject, error.message);
      else if (error instanceof Unchecked) this.miss(check, subject, error.message);
      else throw error;
      return undefined;
    }
  }

  get hasFailed() {
    return this.findings.some((one) => one.outcome === "failed");
  }

  /** `failed`, `not-checked` or `holds`: the last only if some checks held and none is missing. */
  get outcome() {
    if (this.hasFailed) return "failed";
    return this.findings.length || !Object.keys(this.held).length ? "not-checked" : "holds";
  }
}
