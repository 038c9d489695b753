import { Injectable } from '@nestjs/common';
import { Db, marks } from '../../infrastructure/database/db.js';
import { Problem } from '../../kernel/problem.js';
import { Settings } from '../../infrastructure/settings/settings.js';
import type { LegalDate } from '../../rules/calendar.js';
import { decideStock } from '../../rules/certificate-desk.rules.js';
import {
  counterKey,
  isScheme,
  numbersLeft,
  serialOf,
  writeNumber,
  type NumberContext,
  type NumberScheme,
} from '../../rules/numbering.rules.js';
import type { CertificateType } from '../../rules/duty-facts.js';
import type { Reason } from '../../rules/verdict.js';
import { groupBy } from '../collections.js';

/** One number that is wanted. */
export interface NumberAsk {
  readonly key: string;
  readonly type: CertificateType;
  readonly divisionCode: string;
}

export type Allotted = { readonly number: string } | { readonly reason: Reason };

interface Scheme {
  readonly scheme: NumberScheme;
  readonly pattern: string;
}

/** domain.md 2: makes numbers from the scheme in force. A serial is never given twice, and a number in the ledger is skipped. */
@Injectable()
export class NumberAllocator {
  constructor(
    private readonly db: Db,
    private readonly settings: Settings,
  ) {}

  /** @throws Problem 422 when no usable scheme is in force, or fewer numbers are left than wanted */
  async requireEnough(asks: readonly NumberAsk[], issuedOn: LegalDate): Promise<void> {
    const { scheme } = await this.scheme(issuedOn);
    const reasons: Reason[] = [];
    for (const [key, group] of this.byCounter(scheme, asks, issuedOn)) {
      const left = numbersLeft(scheme, await this.nextSerial(key, scheme));
      reasons.push(...decideStock(left, group.length).reasons);
    }
    if (reasons.length > 0)
      throw new Problem('refused', 'NUMBERS_SHORT', 'Not enough certificate numbers are left for this batch.', {
        reasons,
      });
  }

  /** Takes numbers from the locked counters, in the open unit. An ask that can't be met gets its reason. */
  async take(asks: readonly NumberAsk[], issuedOn: LegalDate): Promise<ReadonlyMap<string, Allotted>> {
    const allotted = new Map<string, Allotted>();
    if (asks.length === 0) return allotted;
    const chosen = await this.scheme(issuedOn);
    for (const [key, group] of this.byCounter(chosen.scheme, asks, issuedOn)) {
      await this.takeFrom(key, group, chosen, issuedOn, allotted);
    }
    return allotted;
  }

  private async takeFrom(
    counter: string,
    asks: readonly NumberAsk[],
    { scheme, pattern }: Scheme,
    issuedOn: LegalDate,
    allotted: Map<string, Allotted>,
  ): Promise<void> {
    await this.db.execute(
      'INSERT INTO certificate_number_counters (counter_key, next_serial) VALUES (?, ?) ON DUPLICATE KEY UPDATE next_serial = next_serial',
      [counter, serialOf(scheme)?.start ?? 0],
    );
    const row = await this.db.row<{ next_serial: number }>(
      'SELECT next_serial FROM certificate_number_counters WHERE counter_key = ? FOR UPDATE',
      [counter],
    );
    let serial = Math.max(Number(row?.next_serial ?? 0), serialOf(scheme)?.start ?? 0);
    let waiting = [...asks];
    while (waiting.length > 0) {
      const tried = waiting.map((ask, place) => ({
        ask,
        result: writeNumber(scheme, contextOf(ask, issuedOn), serial + place, pattern),
      }));
      serial += waiting.length;
      const taken = await this.taken(
        tried.flatMap(({ ask, result }) => (result.ok ? [[ask.type, result.number]] : [])),
      );
      waiting = [];
      for (const { ask, result } of tried) {
        if (!result.ok) allotted.set(ask.key, { reason: result.reason });
        else if (taken.has(`${ask.type}:${result.number}`)) waiting.push(ask);
        else allotted.set(ask.key, { number: result.number });
      }
    }
    await this.db.execute('UPDATE certificate_number_counters SET next_serial = ? WHERE counter_key = ?', [
      serial,
      counter,
    ]);
  }

  private async taken(numbers: readonly (readonly string[])[]): Promise<ReadonlySet<string>> {
    const rows = await this.db.rows<{ type: string; number: string }>(
      `SELECT type, number FROM certificate_numbers WHERE number IN (${marks(numbers)}) AND type IN (${marks(numbers)})`,
      [...numbers.map(([, number]) => number ?? ''), ...numbers.map(([type]) => type ?? '')],
    );
    return new Set(rows.map(({ type, number }) => `${type}:${number}`));
  }

  private byCounter(
    scheme: NumberScheme,
    asks: readonly NumberAsk[],
    issuedOn: LegalDate,
  ): readonly (readonly [string, NumberAsk[]])[] {
    const groups = groupBy(asks, (ask) => counterKey(scheme, contextOf(ask, issuedOn)));
    // Counter rows are locked in this order by everybody.
    return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  private async nextSerial(counter: string, scheme: NumberScheme): Promise<number> {
    const row = await this.db.row<{ next_serial: number }>(
      'SELECT next_serial FROM certificate_number_counters WHERE counter_key = ?',
      [counter],
    );
    return Math.max(Number(row?.next_serial ?? 0), serialOf(scheme)?.start ?? 0);
  }

  private async scheme(issuedOn: LegalDate): Promise<Scheme> {
    const values = await this.settings.on(issuedOn, ['cert.numberScheme', 'cert.noPattern']);
    const scheme = values.get('cert.numberScheme');
    const pattern = values.get('cert.noPattern');
    if (isScheme(scheme) && typeof pattern === 'string') return { scheme, pattern };
    throw new Problem(
      'refused',
      'NUMBER_SCHEME_INVALID',
      'Numbers are to be allocated here, but the setting cert.numberScheme holds no usable scheme.',
      { reasons: [{ code: 'NUMBER_SCHEME_INVALID', facts: { pattern: String(pattern) } }] },
    );
  }
}

/** Codes of the place from the division code of the body: 41 01 02. */
const contextOf = ({ type, divisionCode }: NumberAsk, issuedOn: LegalDate): NumberContext => ({
  type,
  issuedOn,
  codes: {
    PROVINCE: divisionCode.slice(0, 2),
    CITY: divisionCode.slice(2, 4),
    COUNTY: divisionCode.slice(4, 6),
  },
});
