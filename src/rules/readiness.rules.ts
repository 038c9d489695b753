import type { Condition } from './conditions.js';
import type { ApplicantCode } from './issuance.rules.js';
import { explain } from './refusal-texts.js';
import { NOT_RECORDED, READINESS_TEXTS } from './texts/readiness.texts.js';
import type { Reason } from './verdict.js';

/** One line of the readiness page: a condition, what is known, the rule, and the way to meet it. */
export interface ReadinessLine {
  readonly code: ApplicantCode;
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
export function readinessLines(conditions: readonly Condition<ApplicantCode>[]): ReadinessLine[] {
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

/** Takes the lines of an application. Gives whether it would be taken: nothing that blocks is unmet. */
export const isReady = (lines: readonly ReadinessLine[]): boolean =>
  lines.every(({ met, blocking }) => met || !blocking);
