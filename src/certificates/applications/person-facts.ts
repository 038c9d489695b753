import type { IssuanceFacts, IssuanceSettings } from '../../rules/readiness.rules.js';

/** What is known about the person and the unit; the rest of the facts belongs to the application. */
export type PersonFacts = Omit<
  IssuanceFacts,
  'at' | 'type' | 'certificateType' | 'domains' | 'certificates' | 'hasOpenApplication'
>;

/** Where the facts of readiness come from. */
export abstract class PersonFactsSource {
  abstract of(
    officerIds: readonly string[],
    at: { readonly subjectId: string; readonly domains: readonly string[]; readonly instant: number },
  ): Promise<ReadonlyMap<string, PersonFacts>>;

  abstract settings(date: string): Promise<IssuanceSettings>;
}
