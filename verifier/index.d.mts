export type Colour = 'GREEN' | 'AMBER' | 'RED' | 'GREY';
export type Verdict =
  'USABLE' | 'NOT_USABLE' | 'NOT_YET_VALID' | 'SUSPENDED' | 'EXPIRED' | 'LOST' | 'REVOKED' | 'CANCELLED' | 'REPLACED';
export type Age = 'FRESH' | 'STALE' | 'OVER' | 'CLOCK';

export interface RosterEntry {
  readonly code: string;
  readonly number: string;
  readonly type: string;
  readonly name: string;
  readonly unit: string;
  readonly post: string;
  readonly domains: readonly string[];
  readonly validFrom: string;
  readonly validTo: string;
  readonly verdicts: readonly (readonly [from: number, verdict: Verdict])[];
  readonly photo?: string;
}

interface Dated {
  readonly version: 1;
  readonly issuedAt: number;
  readonly freshUntil: number;
  readonly validUntil: number;
}
export interface Roster extends Dated {
  readonly kind: 'roster';
  readonly serial: number;
  readonly title: string;
  readonly entries: readonly RosterEntry[];
}
export interface StatusList extends Dated {
  readonly kind: 'status-list';
  readonly items: readonly (readonly [code: string, verdict: Verdict])[];
}

export interface Result {
  readonly colour: Colour;
  readonly verdict: Verdict | null;
  readonly reason: string;
  readonly age: Age;
  readonly entry: RosterEntry | null;
}

export type Keys = ReadonlyMap<string, unknown>;
export const CLOCK_DRIFT: number;
export class VerifierError extends Error {
  readonly code: string;
}
/** All three as bytes: 65 (04, x, y), any, and 64 (r, s). */
export type Sm2Check = (
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
) => boolean | Promise<boolean>;
export function openKeys(given: string | object, options?: { readonly sm2?: Sm2Check | undefined }): Promise<Keys>;
export function openDocument(text: string, keys: Keys): Promise<Roster | StatusList>;
export function codeHash(code: string): Promise<string>;
export function readCode(text: string): string | null;
export function openLiveCode(
  token: string,
  keys: Keys,
): Promise<{ code: string; issuedAt: number; expiresAt: number; nonce: string }>;
export function createVerifier(parts: {
  keys: Keys;
  roster: Roster | StatusList;
  statusList?: Roster | StatusList | null;
}): {
  age(now: number): Age;
  check(text: string, now?: number): Promise<Result>;
};
