import { Injectable } from '@nestjs/common';
import { Settings } from '../infrastructure/settings/settings.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { OfficerDirectory } from '../officers/index.js';
import { legalDateOf, yearOf } from '../rules/calendar.js';
import { sum, TrainingHours } from './training-hours.queries.js';
import type { TrainingHoursView } from './training.view.js';

/** The hours of one officer in one year, class by class. */
@Injectable()
export class ShowTrainingHours {
  constructor(
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly directory: OfficerDirectory,
    private readonly hours: TrainingHours,
  ) {}

  /** @throws Problem 404 */
  async execute(actor: Actor, officerId: string, year: number | undefined): Promise<TrainingHoursView> {
    const officer = await this.directory.one(actor, officerId);
    const asked = year ?? yearOf(legalDateOf(await this.clock.now()) ?? '');
    const end = `${asked}-12-31`;
    const target = await this.settings.number(end, 'hours.annual');
    const all = (await this.hours.credited([officer.id], end)).get(officer.id) ?? [];
    const inYear = all.filter(({ endsOn }) => yearOf(endsOn) === asked);
    const hours = sum(inYear);
    return {
      officerId: officer.id,
      year: asked,
      hours,
      confirmedHours: sum(inYear.map(({ confirmed }) => ({ hours: confirmed }))),
      target,
      remaining: Math.max(0, Math.round((target - hours) * 100) / 100),
      commonLawHours: sum(inYear.filter(({ subject }) => subject === 'COMMON_LAW')),
      specialLawHours: sum(inYear.filter(({ subject }) => subject === 'SPECIAL_LAW')),
      prePostHours: sum(inYear.filter(({ type }) => type === 'PRE_POST')),
      classes: inYear.map(({ hours: credited, ...one }) => ({ ...one, credited })),
    };
  }
}
