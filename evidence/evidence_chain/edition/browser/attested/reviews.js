// Step 6, reviews: of what they are, of which state, by whom, and whether something came after
// (docs/edition.md, section 10).

import { base64, gather, refuse, utf8 } from "../format/bytes.js";
import { encode } from "../format/canonical.js";
import { isEvidence } from "../format/values.js";
import { isFingerprint } from "../checking/described.js";
import { named } from "../checking/register.js";
import { checkSignature, inList, readSignature, readSigners, whose } from "./sshsig.js";

const NAMESPACE = "evidence-chain-review@v1";
const SIGNED = ["note", "reviewer", "root", "size"];
const MOST = 5_000_000;

export async function checkReviews(register, allowed, report) {
  const signers = allowed === undefined ? undefined : readSigners(allowed);
  if (signers?.unread) report.count("lines of the allowed signers that this page doesn't know", signers.unread);
  const about = open(register);
  const budget = { left: MOST };
  for (const [index, one] of register.told("review")) {
    await report.attempt("review", one.id, async () => {
      const before = report.findings.length;
      checkState(register, index, one);
      await checkSigned(one, signers?.signers, report);
      if (report.findings.length !== before) return;
      report.hold("review");
      report.count(`reviews ${by(register, index, one, tellStale(register, index, one, about, budget, report))}`);
    });
  }
}

function checkState(register, index, one) {
  const { size, root } = one.values;
  const name = named(index, one);
  if (root !== undefined && !isFingerprint(root)) refuse(`${name}: its root is no base64 of 32 bytes.`);
  if (!Number.isSafeInteger(size)) return;
  const subject = register.indexes.get(one.open.to);
  if (size > index || (subject !== undefined && subject >= size)) refuse(`${name}: it is of a log of ${size} entries, which doesn't fit what it is of.`);
  const there = register.tree.root(size);
  if (root !== undefined && (!there || base64(there) !== root)) refuse(`${name}: the log of ${size} entries had another root than it says.`);
}

async function checkSigned(one, signers, report) {
  const { signature, reviewer, recorded_at: time } = one.values;
  if ((signature ?? null) === null) {
    report.count(signature === null ? "reviews without a signature" : "reviews whose signature is withheld");
    return;
  }
  const found = readSignature(signature);
  if (typeof reviewer === "string" && !isPrincipal(reviewer)) refuse("A review is signed by a name that no file of allowed signers can have.");
  if (!SIGNED.every((name) => Object.hasOwn(one.values, name))) {
    report.count("signed reviews of which a part is withheld");
    return;
  }
  const values = Object.fromEntries(SIGNED.map((name) => [name, one.values[name]]));
  await checkSignature(found, utf8(encode({ ...values, to: one.open.to, verdict: one.open.verdict })), NAMESPACE);
  if (!signers || time === undefined) {
    report.count("signed reviews whose signer was not asked for");
    return;
  }
  const principals = whose(found.key, signers, NAMESPACE, Date.parse(time));
  if (principals.some((list) => inList(reviewer, list))) report.tell(`a review signed by ${reviewer}`);
  else if (principals.length) refuse(`A review says that it is by ${reviewer}, and is signed with the key of ${principals.join(", ")}.`);
  else report.count("reviews signed by an unknown person");
}

/** Without white space as Unicode and Python have it, which is not quite what JavaScript has. */
function isPrincipal(name) {
  return name !== "" && !/[\p{White_Space}\u001c-\u001f,*?!]/u.test(name);
}

/** The indexes of the entries about each entry, and of the links from it. */
function open(register) {
  const [to, from] = [new Map(), new Map()];
  const put = (map, id, index) => {
    const at = register.indexes.get(id);
    if (at !== undefined) gather(map, at, index);
  };
  for (const [index, one] of register.told()) {
    put(to, one.open.to, index);
    put(from, one.open.from, index);
  }
  return { to, from };
}

/** What a claim rests on in the log of the first `size` entries, by index, with the links. */
function chainOf(register, about, start, size) {
  const artifacts = (found) => {
    for (const index of [...found]) {
      const one = register.facts[index];
      const file = one && isEvidence(one.kind) ? register.indexes.get(one.values.artifact) : undefined;
      if (file !== undefined) found.add(file);
    }
    return found;
  };
  if (register.facts[start].kind !== "claim") return artifacts(new Set([start]));
  const leading = artifacts(reach(register, new Set([start]), about.to, size, (relation) => relation !== "replaces"));
  return reach(register, leading, about.from, size, (relation) => relation === "derives-from" || relation === "preserves");
}

function reach(register, found, links, size, admits) {
  const todo = [...found];
  while (todo.length) {
    for (const index of links.get(todo.pop()) ?? []) {
      const link = register.facts[index];
      if (index >= size || link.kind !== "link" || !admits(link.open.relation)) continue;
      for (const one of [index, register.indexes.get(link.open.from), register.indexes.get(link.open.to)]) {
        if (one === undefined || found.has(one)) continue;
        found.add(one);
        todo.push(one);
      }
    }
  }
  return found;
}

/** Whether the reviewer recorded something of what they looked at, as far as that is disclosed. */
function by(register, index, one, chain) {
  const names = new Set([...chain].map((at) => (register.distrusted.has(at) ? undefined : register.facts[at].values.recorded_by)));
  const { reviewer } = register.distrusted.has(index) ? {} : one.values;
  if (reviewer !== undefined && names.has(reviewer)) return "by a person who recorded something of what they looked at";
  if (reviewer === undefined || !names.size || names.has(undefined)) return "of which it is not checked whether other people made them";
  return "by other people than those who recorded what they looked at";
}

/** Tells what came after a review; returns the chain that it is of, as far as that is known. */
function tellStale(register, index, one, about, budget, report) {
  const { size } = one.values;
  if (!Number.isSafeInteger(size)) {
    report.count("reviews of which it can't be told whether something came after");
    return [];
  }
  const subject = register.indexes.get(one.open.to);
  const later = new Set();
  const chain = subject === undefined || budget.left <= 0 ? [] : chainOf(register, about, subject, size);
  if (budget.left <= 0) {
    report.miss("review", one.id, `${named(index, one)}: whether something came after it is not looked at, there are too many.`);
    return [];
  }
  budget.left -= chain.size ?? 0;
  for (const member of chain) {
    for (const at of about.to.get(member) ?? []) if (at >= size && at !== index && disturbs(register.facts[at])) later.add(at);
  }
  for (const at of about.to.get(index) ?? []) if (ends(register.facts[at])) later.add(at);
  const listed = [...later].sort((a, b) => a - b).join(", ");
  if (listed) report.tell(`the review in entry ${index} is stale: ${later.size === 1 ? "entry" : "entries"} ${listed} came after it`);
  return chain;
}

const disturbs = ({ kind, open: said }) => (kind === "review" ? said.verdict === "rejected" : ["link", "retraction", "amendment", "erasure"].includes(kind));
const ends = ({ kind, open: said }) => kind === "retraction" || said.relation === "replaces";
