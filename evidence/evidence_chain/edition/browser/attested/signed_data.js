// Whether a time-stamp token is signed by the certificate in it that it names (RFC 5652, 5.4). Whose that
// certificate is, and whether to believe it, no page can check.

import { hex, refuse, same } from "../format/bytes.js";
import { children } from "./der.js";

const HASHES = { "608648016503040201": "SHA-256", "608648016503040202": "SHA-384", "608648016503040203": "SHA-512" };
const SIGNING = { "2a8648ce3d040302": "SHA-256", "2a8648ce3d040303": "SHA-384", "2a8648ce3d040304": "SHA-512", "2a864886f70d01010b": "SHA-256", "2a864886f70d01010c": "SHA-384", "2a864886f70d01010d": "SHA-512" };
const CURVES = { "2a8648ce3d030107": ["P-256", 32], "2b81040022": ["P-384", 48], "2b81040023": ["P-521", 66] };
const [EC, RSA, DIGEST] = ["2a8648ce3d0201", "2a864886f70d010101", "2a864886f70d010904"];

/** `signed` is SignedData, `content` what it is over. False where its algorithms aren't known here. */
export async function checkSigned(signed, content) {
  const parts = children(signed.inside);
  const [, sid, digest, attributes, signing, signature] = children(children(parts.at(-1).inside)[0].inside);
  const [hash, algorithm] = [HASHES[oid(digest)], HASHES[oid(digest)] && (SIGNING[oid(signing)] ?? HASHES[oid(digest)])];
  const key = named(parts.find((one) => one.tag === 0xa0), sid);
  if (!hash || !key || attributes.tag !== 0xa0 || !globalThis.crypto?.subtle) return false;
  const told = children(attributes.inside).map((one) => children(one.inside)).find(([type]) => hex(type.inside) === DIGEST);
  if (!told || !same(children(told[1].inside)[0].inside, new Uint8Array(await crypto.subtle.digest(hash, content)))) refuse("A time-stamp is signed over something else than it says.");
  const message = attributes.whole.slice();
  message[0] = 0x31;
  const [type, curve] = children(children(key.inside)[0].inside).map((one) => hex(one.inside));
  const [name, size] = CURVES[curve] ?? [];
  const ways = { [EC]: { name: "ECDSA", namedCurve: name, hash: algorithm }, [RSA]: { name: "RSASSA-PKCS1-v1_5", hash: algorithm } };
  const way = ways[type];
  if (!way || (type === EC && !name)) return false;
  const known = await crypto.subtle.importKey("spki", key.whole, way, false, ["verify"]);
  const bytes = type === EC ? raw(signature.inside, size) : signature.inside;
  if (!(await crypto.subtle.verify(way, known, bytes, message))) refuse("The signature of a time-stamp does not hold.");
  return true;
}

const oid = (algorithm) => hex(children(algorithm.inside)[0].inside);

/** The public key of the certificate with this issuer and serial number. */
function named(certificates, sid) {
  const [issuer, serial] = sid.tag === 0x30 ? children(sid.inside) : [];
  for (const one of certificates && issuer ? children(certificates.inside) : []) {
    const fields = children(children(one.inside)[0].inside).filter((field) => field.tag !== 0xa0);
    if (same(fields[0].whole, serial.whole) && same(fields[2].whole, issuer.whole)) return fields[5];
  }
  return null;
}

/** An ECDSA signature as two numbers of the curve's size, as browsers want it. */
function raw(der, size) {
  const out = new Uint8Array(2 * size);
  children(children(der)[0].inside).forEach(({ inside }, i) => {
    const digits = inside.subarray(Math.max(0, inside.length - size));
    out.set(digits, (i + 1) * size - digits.length);
  });
  return out;
}
