import { Problem } from '../kernel/problem.js';
import type { Verdict } from '../rules/verdict.js';

/** Goes on where the law book says yes. @throws Problem 422 with every reason where it says no */
export function refuseUnlessAllowed(verdict: Verdict, detail: string): void {
  if (verdict.allowed) return;
  throw new Problem('refused', verdict.reasons[0]?.code ?? 'REFUSED', detail, { reasons: verdict.reasons });
}

/** The state is in the way of this verb; the answer names the state that was found. */
export const wrongState = (code: string, state: string): Problem =>
  new Problem('conflict', code, `This can not be done in the state ${state}.`, { extensions: { state } });
