import { Injectable } from '@nestjs/common';
import { Problem } from '../../kernel/problem.js';
import { Settings } from '../../infrastructure/settings/settings.js';
import type { LegalDate } from '../../rules/calendar.js';
import { validityOf } from '../../rules/certificate.rules.js';
import type { LockedApplication } from '../applications/application-locks.js';
import { NumberAllocator } from '../numbers/number-allocator.js';
import { Bodies } from './bodies.js';

export type NumberMode = 'ALLOCATED' | 'BACKFILL';

/** What a batch is issued by: validity and way of numbering, from the settings of its day. */
@Injectable()
export class BatchTerms {
  constructor(
    private readonly settings: Settings,
    private readonly bodies: Bodies,
    private readonly numbers: NumberAllocator,
  ) {}

  /** BR-61. @throws Problem 422 VALIDITY_INVERTED */
  async validity(
    validFrom: LegalDate,
    validTo: LegalDate | null,
  ): Promise<{ readonly validFrom: LegalDate; readonly validTo: LegalDate }> {
    const check = validityOf(validFrom, validTo, await this.settings.number(validFrom, 'cert.validYears'));
    if (check.ok) return { validFrom: check.validFrom, validTo: check.validTo };
    throw new Problem('refused', check.code, 'Let the validity end after it begins.', {
      reasons: [{ code: check.code, facts: check.facts }],
    });
  }

  /** BR-60: the mode of the day of issue. */
  async numberMode(today: LegalDate): Promise<NumberMode> {
    const mode = await this.settings.text(today, 'cert.numberMode');
    if (mode !== 'ALLOCATED' && mode !== 'BACKFILL') throw new Error('the setting cert.numberMode names no mode');
    return mode;
  }

  /** The whole batch is refused when numbers would run out. @throws Problem 422 */
  async requireNumbers(applications: readonly LockedApplication[], today: LegalDate): Promise<void> {
    if (applications.length > 0) await this.numbers.requireEnough(await this.bodies.numberAsks(applications), today);
  }
}
