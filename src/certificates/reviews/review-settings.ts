import { Injectable } from '@nestjs/common';
import { Settings } from '../../infrastructure/settings/settings.js';
import { reviewPeriodOf, type ReviewSettings } from '../../rules/review.rules.js';

const KEYS = [
  'hours.annual',
  'hours.proRata',
  'review.hoursGate',
  'review.newCardMonths',
  'review.testAfterYears',
  'review.idleMonths',
  'eligibility.bars',
] as const;

/** What the annual review reads from the settings. A review is sorted by those of the day on which it was opened. */
@Injectable()
export class ReviewSettingsDesk {
  constructor(private readonly settings: Settings) {}

  async on(date: string): Promise<ReviewSettings> {
    const values = await this.settings.on(date, KEYS);
    return {
      annualHours: Number(values.get('hours.annual')),
      proRata: values.get('hours.proRata') === true,
      hoursBlock: values.get('review.hoursGate') !== 'WARN',
      newCardMonths: Number(values.get('review.newCardMonths')),
      testAfterYears: Number(values.get('review.testAfterYears')),
      idleMonths: Number(values.get('review.idleMonths')),
      bars: values.get('eligibility.bars'),
    };
  }

  /** Whether clearances look at the review on this day. */
  isEnabled(date: string): Promise<boolean> {
    return this.settings.flag(date, 'review.enabled');
  }

  /** The first and last day of the review of this year; null when the setting can't be read. */
  async period(date: string, reviewedYear: number): Promise<{ readonly from: string; readonly to: string } | null> {
    return reviewPeriodOf((await this.settings.on(date, ['review.period'])).get('review.period'), reviewedYear);
  }
}
