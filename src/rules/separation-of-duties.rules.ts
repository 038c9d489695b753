import { judge, unless, type Verdict } from './verdict.js';

/** Nobody acts at two levels of one matter, decides on himself, or releases what he committed. BR-55, BR-58. */
export type SeparationCode = 'SAME_PERSON_TWO_LEVELS' | 'OWN_CASE' | 'RELEASE_BY_COMMITTER';

export interface StepActor {
  readonly step: string;
  readonly accountId: string;
}

/**
 * Takes who is about to act at a step, who acted before, and whom it concerns. Gives whether he may. The same step may be repeated
 * by the same person; acting at two different ones is refused.
 */
export function decideLevel(facts: {
  readonly step: string;
  readonly actor: { readonly accountId: string; readonly officerId: string | null };
  readonly earlier: readonly StepActor[];
  /** The officers whom the matter concerns. */
  readonly concerns: readonly string[];
}): Verdict<'SAME_PERSON_TWO_LEVELS' | 'OWN_CASE'> {
  const { actor, step } = facts;
  const other = facts.earlier.find((before) => before.accountId === actor.accountId && before.step !== step);
  return judge<'SAME_PERSON_TWO_LEVELS' | 'OWN_CASE'>(
    unless(other === undefined, 'SAME_PERSON_TWO_LEVELS', { earlierStep: other?.step ?? null, step }),
    unless(actor.officerId === null || !facts.concerns.includes(actor.officerId), 'OWN_CASE', { step }),
  );
}

/** Takes who wants to release results and who committed them. Gives whether he may. BR-55. */
export const decideRelease = (facts: {
  readonly accountId: string;
  readonly committedBy: readonly string[];
}): Verdict<'RELEASE_BY_COMMITTER'> =>
  judge(unless(!facts.committedBy.includes(facts.accountId), 'RELEASE_BY_COMMITTER'));
