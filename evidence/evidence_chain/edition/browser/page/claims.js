// What is shown of a claim: its statement, the passages in their places, and what became of each check.

import { isDigest, text } from "../format/bytes.js";
import { isEvidence } from "../format/values.js";
import { Stream, pathOf, readSelectors } from "../checking/documents.js";
import { isObject } from "../format/canonical.js";

const SPEAKS = ["supports", "contradicts", "qualifies"];
const AROUND = 200;
const LARGEST_SHOWN = 64 << 20;
const SHOWN = ["speaker", "speaker_role", "sender", "subject", "date", "publisher", "title", "clause", "language"];

/** The claims of an edition that was read: index, id and statement. */
export function claimsOf({ register }) {
  const claims = [...(register?.told("claim") ?? [])];
  return claims.map(([index, one]) => ({ index, id: one.id, statement: one.values.statement ?? null, ...ended(register, index) }));
}

function ended(register, index) {
  const replaced = [...register.told("link")].some(([at, one]) => one.open.relation === "replaces" && register.indexes.get(one.open.to) === index && !register.retracted.has(at));
  return { retracted: register.retracted.has(index), replaced };
}

/** What speaks to a claim: each link, with the record that it comes from. */
export async function claim(result, index) {
  const { register } = result;
  const id = register.facts[index].id;
  const links = [...register.told("link")].filter(([, one]) => one.open.to === id && SPEAKS.includes(one.open.relation));
  const found = [];
  for (const [at, link] of links) {
    const from = register.indexes.get(link.open.from);
    const about = await record(result, from);
    found.push({ link: at, relation: link.open.relation, record: about, ends: whyEnded(register, at, index, about) });
  }
  return { index, links: found };
}

/** Why a link counts no more, or null. */
function whyEnded(register, link, claimed, about) {
  const { retracted, replaced } = ended(register, link);
  if (retracted || replaced) return `the link was ${retracted ? "retracted" : "replaced"}`;
  if (about.retracted || about.replaced) return `what it links was ${about.retracted ? "retracted" : "replaced"}`;
  const claim = ended(register, claimed);
  return claim.retracted || claim.replaced ? `the claim was ${claim.retracted ? "retracted" : "replaced"}` : null;
}

async function record(result, index) {
  const { register, said, report } = result;
  const one = register.facts[index];
  const { body } = await register.line(index);
  const about = { index, id: one.id, kind: one.kind, ...ended(register, index), fields: [] };
  about.wrong = report.findings.filter((finding) => finding.subject === one.id).map((finding) => finding.detail);
  for (const name of SHOWN) if (typeof body[name] === "string") about.fields.push([name, body[name]]);
  if (register.erased.has(index)) return { ...about, state: "erased" };
  const withheld = said?.withheld.find((other) => other.idx === index);
  if (withheld?.fields === null) return { ...about, state: "withheld", reason: withheld.reason };
  if (withheld) Object.assign(about, { lacking: withheld.fields, reason: withheld.reason });
  if (!isEvidence(one.kind)) return { ...about, state: "shown", text: body.statement ?? "" };
  return { ...about, ...(await passage(result, one, body)) };
}

async function passage(result, one, body) {
  const { register, place, said, report } = result;
  const status = isObject(body.match ?? null) ? body.match.status : undefined;
  const notes = isObject(body.match ?? null) && Array.isArray(body.match.notes) ? body.match.notes : [];
  const shown = { text: body.text ?? null, status, notes, file: fileOf(register, body, said) };
  const stream = one.values.extracted;
  if (!isDigest(stream) || !place.has(pathOf(stream)) || place.size(pathOf(stream)) > LARGEST_SHOWN) return { ...shown, state: "absent" };
  if (report.findings.some((finding) => finding.subject === one.id || finding.subject === pathOf(stream))) return { ...shown, state: "failed" };
  const words = new Stream(text(await place.read(pathOf(stream), LARGEST_SHOWN)));
  const places = readSelectors(body.selector ?? []).map(({ start, end, exact, page }) => ({
    start, end, exact, page,
    before: words.slice(Math.max(0, start - AROUND), start),
    after: words.slice(end, end + AROUND),
  }));
  return { ...shown, places, state: !places.length ? "nowhere" : status === "altered" ? "altered" : "stands" };
}

/** What is known of the file that a passage stands in. */
function fileOf(register, body, said) {
  const file = isDigest(body.artifact) ? register.find(body.artifact) : undefined;
  const digest = file?.values.blake3;
  if (!digest) return null;
  const reason = said?.absent.find((one) => one.blake3 === digest)?.reason ?? null;
  return { index: file.index, path: pathOf(digest), media_type: file.values.media_type ?? null, absent: reason };
}
