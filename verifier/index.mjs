/**
 * The reference verifier. It rests on nothing but WebCrypto (Node 20, browsers): no server, no package, no clock of its own.
 * Deployments that sign with SM2, which WebCrypto does not have, are verified with a function that the caller brings along.
 * What it reads is described in docs/offline-verification.md.
 *
 * GREEN  the card may be used now: a fresh, signed roster says so
 * AMBER  it could be used when the roster was signed, but the roster is older than it should be: confirm it by network or phone
 * RED    it may not be used
 * GREY   nothing is known here: not in the roster, no readable code, or the roster is too old to say anything
 *
 * Whatever can't be read, is not signed by a trusted key, or is out of date never becomes GREEN.
 */
const FORMAT = 'chizheng-signed/1';
const ALGORITHMS = new Set(['Ed25519', 'SM2']);
const CODE_CONTEXT = 'chizheng-code/1\n';
const LIVE_CONTEXT = 'chizheng-live/1\n';
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Clocks of phones are off by so many seconds and no more. */
export const CLOCK_DRIFT = 120;
const LIVE_SECONDS = 60;
const VERDICTS = new Set([
  'USABLE',
  'NOT_USABLE',
  'NOT_YET_VALID',
  'SUSPENDED',
  'EXPIRED',
  'LOST',
  'REVOKED',
  'CANCELLED',
  'REPLACED',
]);
/** These stay as they are whatever happens later. */
const FINAL = new Set(['LOST', 'REVOKED', 'CANCELLED', 'REPLACED']);

/** Why a document is refused; `code` is one of FORM, KEY_UNKNOWN, KEY_REVOKED, KEY_RETIRED, SIGNATURE, CONTENT. */
export class VerifierError extends Error {
  constructor(code, message) {
    super(message);
    this.name = 'VerifierError';
    this.code = code;
  }
}

const refuse = (code, message) => {
  throw new VerifierError(code, message);
};
const utf8 = new TextEncoder();
const isSecond = (value) => Number.isSafeInteger(value) && value >= 0;
const isText = (value) => typeof value === 'string';

/** Base64url without padding, and only its one true spelling. */
function bytesOf(text, what) {
  if (!isText(text) || !/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1)
    refuse('FORM', `${what} is no base64url`);
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
  if (textOf(bytes) !== text) refuse('FORM', `${what} is not written in its one form`);
  return bytes;
}

const textOf = (bytes) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * Takes the answer of GET /api/v1/public/signing-keys (text or object). Gives the keys by id.
 * Fetch it over a connection that you trust, and again whenever there is a network: it also names the keys to be refused.
 * @param sm2 (publicKey, message, signature) => whether it is good; all of them bytes. Without it a key of SM2 is an unknown one.
 */
export async function openKeys(given, { sm2 } = {}) {
  const { items } = typeof given === 'string' ? JSON.parse(given) : given;
  if (!Array.isArray(items)) refuse('FORM', 'there is no list of keys');
  const keys = new Map();
  for (const { keyId, algorithm, publicKey, status, retiredAt } of items) {
    const verify = await verifierOf(algorithm, publicKey, sm2);
    if (verify === null) continue;
    const retired = retiredAt === null || retiredAt === undefined ? null : Date.parse(retiredAt) / 1000;
    keys.set(keyId, { algorithm, verify, status, retiredAt: retired });
  }
  return keys;
}

/** How signatures of a key are verified; null for an algorithm that can't be, here. */
async function verifierOf(algorithm, publicKey, sm2) {
  if (algorithm === 'Ed25519') {
    const name = { name: 'Ed25519' };
    const key = await crypto.subtle.importKey('raw', bytesOf(publicKey, 'a key'), name, false, ['verify']);
    return (message, signature) => crypto.subtle.verify(name, key, signature, message);
  }
  if (algorithm !== 'SM2' || sm2 === undefined) return null;
  const key = bytesOf(publicKey, 'a key');
  if (key.length !== 65 || key[0] !== 4) refuse('FORM', 'a key is no point of SM2');
  return async (message, signature) => signature.length === 64 && (await sm2(key, message, signature)) === true;
}

/** Gives the key with which something of this second may have been signed. @throws VerifierError */
function trustedKey(keys, keyId) {
  const known = keys.get(keyId);
  if (!known) refuse('KEY_UNKNOWN', 'signed with a key that is not known here');
  if (known.status !== 'ACTIVE' && known.status !== 'RETIRED') refuse('KEY_REVOKED', 'signed with a revoked key');
  return known;
}

function refuseLater(known, issuedAt) {
  if (known.status === 'ACTIVE') return;
  if (known.retiredAt === null || !(issuedAt <= known.retiredAt))
    refuse('KEY_RETIRED', 'signed with a key after it was retired');
}

/**
 * Opens a signed roster or status list.
 * @returns its payload, frozen in meaning: every signed byte was looked at
 * @throws VerifierError
 */
export async function openDocument(text, keys) {
  let envelope;
  try {
    envelope = JSON.parse(text);
  } catch {
    refuse('FORM', 'this is no signed document');
  }
  if (typeof envelope !== 'object' || envelope === null) refuse('FORM', 'this is no signed document');
  const { format, algorithm, keyId, payload, signature, ...others } = envelope;
  if (format !== FORMAT || !ALGORITHMS.has(algorithm) || !isText(keyId) || Object.keys(others).length > 0)
    refuse('FORM', 'this is no signed document of a known form');
  const known = trustedKey(keys, keyId);
  const bytes = bytesOf(payload, 'the payload');
  const message = joined(utf8.encode(`${FORMAT}\n${keyId}\n`), bytes);
  if (known.algorithm !== algorithm) refuse('FORM', 'the key is one of another algorithm');
  const isSigned = await known.verify(message, bytesOf(signature, 'the signature'));
  if (!isSigned) refuse('SIGNATURE', 'the signature does not fit: the document was altered');
  const content = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  refuseLater(known, content.issuedAt);
  checkContent(content);
  return content;
}

/** A signed document that says what this version does not understand is no document. */
function checkContent(content) {
  const { kind, version, issuedAt, freshUntil, validUntil } = content;
  if (version !== 1 || ![issuedAt, freshUntil, validUntil].every(isSecond))
    refuse('CONTENT', 'unknown version or times');
  if (!(issuedAt < freshUntil && freshUntil <= validUntil)) refuse('CONTENT', 'its times contradict each other');
  if (kind === 'roster') {
    if (!Array.isArray(content.entries)) refuse('CONTENT', 'a roster without entries');
    for (const { code, number, verdicts } of content.entries) {
      if (!isText(code) || !isText(number) || !Array.isArray(verdicts)) refuse('CONTENT', 'an entry that is none');
      if (!verdicts.every(([from, verdict]) => isSecond(from) && VERDICTS.has(verdict)))
        refuse('CONTENT', 'an entry with an unknown verdict');
    }
  } else if (kind === 'status-list') {
    if (!Array.isArray(content.items)) refuse('CONTENT', 'a status list without items');
    if (!content.items.every(([code, verdict]) => isText(code) && VERDICTS.has(verdict)))
      refuse('CONTENT', 'a status list with an unknown verdict');
  } else refuse('CONTENT', 'neither roster nor status list');
}

/** Takes a code as it stands in the stored form. Gives what identifies it in documents. */
export async function codeHash(code) {
  const digest = await crypto.subtle.digest('SHA-256', utf8.encode(CODE_CONTEXT + code));
  return textOf(new Uint8Array(digest).subarray(0, 16));
}

/** The code in what was scanned or typed (a code, or an address that ends with one); null when there is none. */
export function readCode(text) {
  const bare = (text.trim().split(/[?#]/)[0] ?? '').replace(/\/+$/, '').split('/').at(-1) ?? '';
  const code = bare.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  return code.length === 10 && [...code].every((char) => ALPHABET.includes(char)) ? code : null;
}

/** Reads a live code. @returns its content @throws VerifierError when it is not signed by a trusted key */
export async function openLiveCode(token, keys) {
  if (!token.startsWith('L1.')) refuse('FORM', 'this is no live code');
  const bytes = bytesOf(token.slice(3), 'the live code');
  if (bytes.length !== 97) refuse('FORM', 'a live code has 97 bytes');
  const payload = bytes.subarray(0, 33);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const hex = (from, to) => [...bytes.subarray(from, to)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const known = trustedKey(keys, hex(1, 9));
  const message = joined(utf8.encode(LIVE_CONTEXT), payload);
  if (!(await known.verify(message, bytes.subarray(33))))
    refuse('SIGNATURE', 'the signature of the live code does not fit');
  const issuedAt = view.getUint32(9);
  const lifetime = view.getUint16(13);
  if (bytes[0] !== 1 || lifetime > LIVE_SECONDS) refuse('CONTENT', 'a live code of an unknown version');
  refuseLater(known, issuedAt);
  const code = readCode(String.fromCharCode(...bytes.subarray(23, 33)));
  if (code === null) refuse('CONTENT', 'a live code without a code');
  return { code, issuedAt, expiresAt: issuedAt + lifetime, nonce: hex(15, 23) };
}

/**
 * Puts a verifier together from what was taken along.
 * @param keys of `openKeys` @param roster, statusList of `openDocument`; the list may be left out
 */
export function createVerifier({ keys, roster, statusList = null }) {
  if (roster?.kind !== 'roster') refuse('CONTENT', 'a verifier needs a roster');
  if (statusList !== null && statusList.kind !== 'status-list') refuse('CONTENT', 'this is no status list');
  const byCode = new Map(roster.entries.map((entry) => [entry.code, entry]));
  const byNumber = new Map();
  for (const entry of roster.entries) byNumber.set(entry.number, [...(byNumber.get(entry.number) ?? []), entry]);
  const listed = new Map(statusList?.items ?? []);
  const shown = new Map();

  /** How old the roster is at a second: FRESH, STALE, OVER, or CLOCK where it lies in the future. */
  const ageAt = (now) => {
    if (!Number.isFinite(now) || now < roster.issuedAt - CLOCK_DRIFT) return 'CLOCK';
    return now < roster.freshUntil ? 'FRESH' : now < roster.validUntil ? 'STALE' : 'OVER';
  };

  const judged = (hash, entry, now) => {
    const age = ageAt(now);
    const about = { age, entry: entry ?? null };
    // What a newer list says counts; of an older one only what nothing can undo.
    const told = listed.get(hash);
    if (told !== undefined && told !== 'USABLE' && (statusList.issuedAt >= roster.issuedAt || FINAL.has(told)))
      return { colour: 'RED', verdict: told, reason: 'STATUS_LIST', ...about };
    if (!entry) return { colour: 'GREY', verdict: null, reason: 'NOT_IN_ROSTER', ...about };
    const verdict = verdictAt(entry, Math.max(now, roster.issuedAt));
    if (verdict === null) return { colour: 'GREY', verdict: null, reason: 'NO_VERDICT', ...about };
    if (verdict !== 'USABLE') return { colour: 'RED', verdict, reason: 'ROSTER', ...about };
    if (age === 'FRESH') return { colour: 'GREEN', verdict, reason: 'ROSTER', ...about };
    if (age === 'OVER') return { colour: 'GREY', verdict: null, reason: 'ROSTER_TOO_OLD', ...about };
    return { colour: 'AMBER', verdict, reason: age === 'CLOCK' ? 'CLOCK_IS_WRONG' : 'ROSTER_STALE', ...about };
  };

  const checkLive = async (token, now) => {
    const none = { verdict: null, age: ageAt(now), entry: null };
    let live;
    try {
      live = await openLiveCode(token, keys);
    } catch (error) {
      if (!(error instanceof VerifierError)) throw error;
      const isUnknown = error.code === 'KEY_UNKNOWN';
      return { colour: isUnknown ? 'GREY' : 'RED', reason: isUnknown ? 'KEY_UNKNOWN' : 'LIVE_CODE_FORGED', ...none };
    }
    if (!(now >= live.issuedAt - CLOCK_DRIFT && now < live.expiresAt + CLOCK_DRIFT))
      return { colour: 'RED', reason: 'LIVE_CODE_OVER', ...none };
    // Within the drift of clocks a code could be shown twice: its minute runs from when it was first seen here.
    const first = shown.get(live.nonce) ?? now;
    shown.set(live.nonce, first);
    if (Math.abs(now - first) >= LIVE_SECONDS) return { colour: 'RED', reason: 'LIVE_CODE_USED', ...none };
    const hash = await codeHash(live.code);
    const result = judged(hash, byCode.get(hash), now);
    // Signed a moment ago, but there is neither name nor portrait to compare with.
    if (result.reason === 'NOT_IN_ROSTER') return { ...result, colour: 'AMBER', reason: 'LIVE_CODE_ONLY' };
    return result;
  };

  return {
    age: ageAt,
    /**
     * @param text a code, an address, a live code, or the number of a certificate
     * @param now epoch seconds
     */
    async check(text, now = Date.now() / 1000) {
      const bare = (text.trim().split(/[?#]/)[0] ?? '').split('/').at(-1) ?? '';
      if (bare.startsWith('L1.')) return checkLive(bare, now);
      const numbered = byNumber.get(bare) ?? [];
      if (numbered.length > 0) {
        // Two types may share a number: the usable one counts, as it does with a network.
        const results = numbered.map((entry) => judged(entry.code, entry, now));
        return results.find(({ verdict }) => verdict === 'USABLE') ?? results[0];
      }
      const code = readCode(text);
      if (code === null) return { colour: 'GREY', verdict: null, reason: 'NO_CODE', age: ageAt(now), entry: null };
      const hash = await codeHash(code);
      return judged(hash, byCode.get(hash), now);
    },
  };
}

function verdictAt({ verdicts }, now) {
  let found = null;
  for (const [from, verdict] of verdicts) if (from <= now) found = verdict;
  return found;
}
