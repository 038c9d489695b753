import type { Reason, Verdict } from './verdict.js';

/** One condition, judged: every condition of a decision is listed, also those that are met. */
export interface Condition<Code extends string = string> {
  /** The code that is given when the condition is not met. */
  readonly code: Code;
  /** NOT_RECORDED: nothing is known and nobody can enter it yet; it is shown as a warning and stops nothing. */
  readonly state: 'MET' | 'NOT_MET' | 'NOT_RECORDED';
  readonly facts: Reason['facts'];
}

/** Takes whether a condition holds (null: not recorded). Gives the condition, judged. */
export const condition = <Code extends string>(
  holds: boolean | null,
  code: Code,
  facts: Reason['facts'] = {},
): Condition<Code> => ({
  code,
  state: holds === null ? 'NOT_RECORDED' : holds ? 'MET' : 'NOT_MET',
  facts,
});

/** Takes judged conditions. Gives yes, or every condition that is not met as a reason. */
export function verdictOf<Code extends string>(conditions: readonly Condition<Code>[]): Verdict<Code> {
  const reasons = conditions.filter(({ state }) => state === 'NOT_MET').map(({ code, facts }) => ({ code, facts }));
  return reasons.length === 0 ? { allowed: true, reasons: [] } : { allowed: false, reasons };
}

/** A verdict together with what should be known, or mended later, but stops nothing. */
export interface Ruling<Refusal extends string, Warning extends string> {
  readonly verdict: Verdict<Refusal>;
  readonly warnings: readonly Reason<Warning>[];
}
