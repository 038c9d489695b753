import { canonicalJson, sha256 } from '../infrastructure/crypto/canonical.js';
import type { DutyFacts, DutyRequest, OfficerFact } from '../rules/duty-facts.js';

/** The facts of a decision as they are kept: plain JSON with sorted keys, so that equal facts have equal bytes. */
export interface StoredFacts {
  readonly json: string;
  readonly hash: string;
}

/** Keeps what the request at hand rests on, even where the facts hold more people. */
export function storeFacts(facts: DutyFacts, request: DutyRequest): StoredFacts {
  const keys = new Set(request.members.map(({ key }) => key));
  const people = new Map<string, OfficerFact>();
  const named: Record<string, string> = {};
  for (const [key, officer] of facts.officers) {
    if (!keys.has(key)) continue;
    people.set(officer.id, officer);
    named[key] = officer.id;
  }
  const json = canonicalJson({ ...facts, officers: people, named });
  return { json, hash: sha256(json) };
}

/** The facts as they were. @throws Error when the stored text is not what was stored */
export function restoreFacts({ json, hash }: StoredFacts): DutyFacts {
  if (sha256(json) !== hash) throw new Error('stored facts were altered');
  const stored = JSON.parse(json) as Omit<DutyFacts, 'officers'> & {
    readonly officers: Record<string, OfficerFact>;
    readonly named: Record<string, string>;
  };
  const { named, officers, ...facts } = stored;
  const members = Object.entries(named).flatMap(([key, id]): [string, OfficerFact][] => {
    const officer = officers[id];
    return officer ? [[key, officer]] : [];
  });
  return { ...facts, officers: new Map(members) };
}
