import { Injectable } from '@nestjs/common';
import { Problem } from '../../kernel/problem.js';
import { Settings } from '../../infrastructure/settings/settings.js';
import { effectiveInstant } from '../../infrastructure/validation/effective.js';
import { legalDateOf } from '../../rules/calendar.js';
import { decideSuspension, defaultPlannedEnd } from '../../rules/certificate.rules.js';
import { Grounds } from './grounds.js';

/** Ground and planned end of a suspension, by the settings of the day on which it begins (BR-80). */
@Injectable()
export class SuspensionTerms {
  constructor(
    private readonly settings: Settings,
    private readonly grounds: Grounds,
  ) {}

  /** @throws Problem 400 unknown ground; 422 the planned end is not after the beginning, or too long after it */
  async agree(
    ground: string,
    effectiveFrom: string | undefined,
    plannedTo: string | undefined,
    now: number,
  ): Promise<{ readonly from: number; readonly planned: number }> {
    await this.grounds.require(ground, now);
    const from = effectiveInstant(effectiveFrom, now);
    const begins = legalDateOf(from) ?? '';
    const usual = await this.settings.number(begins, 'suspend.defaultDays');
    const most = await this.settings.number(begins, 'suspend.maxDays');
    const end = plannedTo ?? defaultPlannedEnd(begins, usual);
    const planned = effectiveInstant(end, now);
    const verdict = decideSuspension({ begins, plannedTo: legalDateOf(planned) }, most);
    if (!verdict.allowed) {
      const [first] = verdict.reasons;
      throw new Problem(
        'refused',
        first?.code ?? 'SUSPENSION_REFUSED',
        'Plan another end for the suspension.',
        verdict,
      );
    }
    return { from, planned };
  }
}
