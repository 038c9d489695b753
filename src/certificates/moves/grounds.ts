import { Injectable } from '@nestjs/common';
import { Settings } from '../../infrastructure/settings/settings.js';
import { inputInvalid } from '../../infrastructure/validation/validation.js';
import { legalDateOf } from '../../rules/calendar.js';

/** The ground that voids the passes as well (BR-83). */
export const FRAUD = 'FRAUD';

/** The grounds that may be named when a certificate is suspended or revoked: the dictionary of the day (BR-83). */
@Injectable()
export class Grounds {
  constructor(private readonly settings: Settings) {}

  /** @throws Problem 400 when the dictionary does not hold the code. */
  async require(ground: string, now: number): Promise<void> {
    const grounds = await this.settings.dictionary(legalDateOf(now) ?? '', 'grounds');
    if (grounds.some(({ code }) => code === ground)) return;
    throw inputInvalid([
      { pointer: '/ground', code: 'GROUND_UNKNOWN', detail: 'ground must be a code of GET /dictionaries/grounds' },
    ]);
  }
}
