import { Injectable } from '@nestjs/common';
import { EligibilityQueries, PassesQueries, type PersonFacts } from '../exams/index.js';
import { Settings } from '../infrastructure/settings/settings.js';
import { TrainingHours } from '../training/index.js';
import { legalDateOf, startOfDay } from '../rules/calendar.js';
import type { IssuanceFacts, IssuanceSettings } from '../rules/issuance.rules.js';
import { lastFullYear } from '../rules/training-credit.rules.js';

/** What this room and those to its left know of a person; certificates and applications are not theirs to know. */
export type ReadinessFacts = PersonFacts &
  Omit<
    IssuanceFacts,
    keyof PersonFacts | 'type' | 'certificateType' | 'domains' | 'certificates' | 'hasOpenApplication'
  >;

export interface ReadinessQuestion {
  /** The moment of the application, an instant. */
  readonly instant: number;
  /** The body that applies; left out: each one's own unit. */
  readonly subjectId?: string;
  /** The domains applied for; they change nothing here, because every pass and every class is in the answer. */
  readonly domains?: readonly string[];
}

/** Facts to the rule of issue, for many people at once. The caller has looked at the scope and holds the locks it needs. */
@Injectable()
export class Readiness {
  constructor(
    private readonly eligibility: EligibilityQueries,
    private readonly passes: PassesQueries,
    private readonly training: TrainingHours,
    private readonly settingsDesk: Settings,
  ) {}

  /** By officer id; who is unknown is not in it. */
  async of(
    officerIds: readonly string[],
    { instant, subjectId }: ReadinessQuestion,
  ): Promise<ReadonlyMap<string, ReadinessFacts>> {
    const on = legalDateOf(instant) ?? '';
    const people = await this.eligibility.of(officerIds, {
      at: instant,
      ...(subjectId === undefined ? {} : { subjectId }),
    });
    const known = [...people.keys()];
    const passes = await this.passes.of(known);
    const training = await this.training.forIssue(known, on, lastFullYear(on));
    return new Map(
      [...people].map(([id, person]) => [
        id,
        {
          ...person,
          training: training.get(id)?.prePost ?? { prePostHours: 0, commonLawHours: 0, specialLawHours: {} },
          hoursLastYear: training.get(id)?.hoursOfYear ?? null,
          passes: (passes.get(id) ?? []).map(({ subject, domain, passedOn }) => ({ subject, domain, passedOn })),
          // Nothing of this is recorded yet; an absent record stops nothing (rules/conditions.ts).
          hasPhoto: null,
          hasUnitOpinion: null,
          hasVoidNotice: null,
        },
      ]),
    );
  }

  /** Everything that the rule of issue reads from the settings, as of a legal date. */
  async settings(on: string): Promise<IssuanceSettings> {
    const values = await this.settingsDesk.on(on, [
      'exam.passValidYears',
      'exam.exemptCommon',
      'cert.renewalTest',
      'cert.renewBeforeDays',
      'hours.annual',
      'hours.prePost',
      'cert.allowBoth',
    ]);
    return {
      ...(await this.eligibility.settings(startOfDay(on) ?? Number.NaN)),
      passValidYears: Number(values.get('exam.passValidYears')),
      exemptCommon: values.get('exam.exemptCommon') === true,
      renewalTest: values.get('cert.renewalTest') === true,
      renewBeforeDays: Number(values.get('cert.renewBeforeDays')),
      annualHours: Number(values.get('hours.annual')),
      prePostHours: Number(values.get('hours.prePost')),
      allowBoth: values.get('cert.allowBoth') === true,
    };
  }
}
