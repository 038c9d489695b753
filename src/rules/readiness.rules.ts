import type { Condition } from './conditions.js';
import { issuanceConditions, type IssuanceCode, type IssuanceFacts, type IssuanceSettings } from './issuance.rules.js';
import { explain } from './refusal-texts.js';
import { NOT_RECORDED, READINESS_TEXTS } from './texts/readiness.texts.js';
import type { Reason } from './verdict.js';

/** One line of the readiness page: a condition, what is known, the rule, and the way to meet it. */
export interface ReadinessLine {
  readonly code: IssuanceCode;
  readonly title: { readonly zh: string; readonly en: string };
  readonly met: boolean;
  /** False where nothing is recorded and nobody can enter it yet: such a line warns and stops nothing. */
  readonly blocking: boolean;
  readonly facts: Reason['facts'];
  readonly evidence: { readonly zh: string; readonly en: string };
  readonly basis: string;
  /** Null where the condition is met. */
  readonly howTo: { readonly zh: string; readonly en: string } | null;
}

/** Takes judged conditions. Gives them as people read them. */
export function readinessLines(conditions: readonly Condition<IssuanceCode>[]): ReadinessLine[] {
  return conditions.map(({ code, state, facts }) => {
    const { title, evidence } = READINESS_TEXTS[code];
    const { basis, zh, en } = explain({ code, facts });
    const found = { zh: evidence.zh(facts), en: evidence.en(facts) };
    return {
      code,
      title,
      met: state === 'MET',
      blocking: state !== 'NOT_RECORDED',
      facts,
      evidence: state === 'NOT_RECORDED' ? NOT_RECORDED : found,
      basis,
      howTo: state === 'MET' ? null : { zh, en },
    };
  });
}

/** Takes a person, unit and everything recorded. Gives every condition for a first certificate as lines. */
export const readinessOf = (facts: IssuanceFacts, settings: IssuanceSettings): ReadinessLine[] =>
  readinessLines(issuanceConditions({ ...facts, type: 'FIRST' }, settings));
