// All steps over one edition, in their order (docs/edition.md, section 9), and what a claim rests on.

import { Problem } from "../format/bytes.js";
import { givenKey } from "../format/note.js";
import { checkReviews } from "../attested/reviews.js";
import { checkCheckpoints as checkSignatures, checkNote, succession } from "../attested/keys.js";
import { checkStamps, checkWitness, tokens } from "../attested/others.js";
import { checkBag, checkPayload } from "./bag.js";
import { checkCheckpoints, checkProofs, checkRoots, checkSeen, checkTiles, readCheckpoints } from "./compared.js";
import { checkDescription, countsOf, readDescription } from "./described.js";
import { checkFiles, checkPassages } from "./documents.js";
import { checkLayout, isLeftBehind } from "./layout.js";
import { readLog } from "./register.js";
import { Report } from "./report.js";
import { checkDisclosure, checkRules } from "./rules.js";

const LARGEST = 64 << 20;
const OTHERS = "the files are not those that were signed";
const STRAYS = "files are there that nobody signed; those that were signed are as they were. Remove the others and check again";
const PARTS = ["bagit.txt", "edition.note", "manifest-sha256.txt", "data/log.jsonl"];

/**
 * Checks an edition.
 *
 * `wanted` has what its reader brings: `key`, `seen` (name → bytes), `signers`, `witnesses`, and
 * `everything`, to go on after a failure in step 2 or 3.
 */
export async function check(place, wanted, progress = () => {}) {
  const report = new Report();
  const result = { report, place };
  const given = wanted.key ? givenKey(wanted.key) : undefined;
  if (!PARTS.some((path) => place.has(path))) throw new Problem("This is no edition: it has neither edition.note nor bagit.txt. Choose the folder that holds edition.note, or a ZIP of it. Nothing was checked.");
  const there = checkLayout(place, report);
  const strays = report.findings.every((one) => isLeftBehind(one.subject));
  if (report.hasFailed && !strays && !wanted.everything) return ended(result);
  const bag = await checkBag(place, there, report);
  result.note = bag.note;
  const failed = () => report.findings.some((one) => one.outcome === "failed" && one.check !== "layout");
  if (failed() && !wanted.everything) return ended(result);
  const right = await checkPayload(place, there, bag, report, progress);
  if (report.hasFailed && !wanted.everything) return ended(result, failed() ? OTHERS : STRAYS);
  await report.attempt("log", "data/log.jsonl", () => within({ result, there, bag, right, given, wanted, progress }));
  tellAbsent(there, wanted, report);
  return result;
}

function ended(result, why = OTHERS) {
  result.report.absent.push(`the log and all else, since ${why}`);
  return result;
}

/** Steps 4 to 6. */
async function within({ result, there, bag, right, given, wanted, progress }) {
  const { place, report } = result;
  const register = (result.register = await readLog(place, report, progress));
  const said = (result.said = await report.attempt("edition", "edition.json", async () => readDescription(await place.read("data/edition.json", LARGEST))));
  const origin = bag.note?.origin ?? said?.origin ?? "";
  checkRules(register, report);
  checkDisclosure(register, report);
  const absent = new Set((said?.absent ?? []).map((one) => one.blake3));
  const intact = await checkFiles(register, place, there, right, bag, absent, report, progress);
  await checkPassages(register, place, intact, report, progress);
  const stored = await readCheckpoints(place, there, origin, report);
  checkRoots(register, stored, bag.note, report);
  await checkSeen(wanted.seen ?? [], register, bag.note, said, report);
  await checkTiles(place, there, register, [...stored.keys()], report, progress);
  await checkProofs(place, there, register, stored.get(register.size) ? new TextDecoder().decode(stored.get(register.size).bytes) : "", report, progress);
  if (said) {
    const stamped = tokens(there).map(([size]) => size);
    await checkCheckpoints(place, stored, register, said, stamped, report);
    checkDescription(said, bag.note, register, report);
  }
  const known = succession(register, origin, [...stored.keys()], given, report);
  await checkNote(bag.signed, bag.note?.size, known, report);
  await checkSignatures(stored, known, report);
  await checkReviews(register, wanted.signers, report);
  await checkStamps(place, there, stored, report);
  for (const witness of wanted.witnesses ?? []) await checkWitness(witness, stored, report);
  count(register, said, report);
}

/** What is withheld or erased, or was overridden, which changes no outcome. */
function count(register, said, report) {
  const counts = countsOf(register, new Set(said?.everywhere.fields ?? []));
  report.count("records of which fields are withheld", counts.partly);
  report.count("records that are withheld", counts.withheld);
  report.count("records that were erased", counts.erased);
  for (const [index, one] of register.told("claim")) {
    if (register.retracted.has(index) && one.values.statement !== undefined) report.count("published claims that were retracted");
  }
  for (const name of said?.everywhere.fields ?? []) report.tell(`field that is withheld in every record: ${name}`);
  for (const line of said?.gate ?? []) if (line.outcome === "overridden") report.count(`times that the publisher overrode the rule: ${line.rule}`);
}

function tellAbsent(there, wanted, report) {
  const { absent } = report;
  absent.push("evidence.db, the same again as a database", "whether the texts are what the files say, by drawing them anew");
  absent.push("the BLAKE3 of the preserved files: they are compared by SHA-256, which their records have, too");
  absent.push("README.txt, verify.html and datasette-metadata.json: signed, and the publisher's word");
  if ([...there.keys()].some((path) => path.startsWith("data/site/"))) absent.push("the pages of site/: signed, and the publisher's word");
  if (tokens(there).length) absent.push("the authorities of the time-stamps");
  if (!wanted.seen?.length) absent.push("what you saw before of this log, since you gave nothing");
  if (!wanted.witnesses?.length) absent.push("witnesses, since you named none");
  if (wanted.signers === undefined) absent.push("whose the signatures under reviews are, since you gave no allowed signers");
}

