import { Injectable } from '@nestjs/common';
import { Db } from '../infrastructure/database/db.js';
import { StagedLines } from './rows/staged-lines.js';

const STATES = [
  'valid',
  'warning',
  'invalid',
  'ignored',
  'created',
  'updated',
  'unchanged',
  'skipped',
  'failed',
  'reverted',
] as const;
export type CountOf = (typeof STATES)[number];

/** One number for each state of a row, and the staged lines. After the examination they add up to `total`. */
export type Counts = Readonly<Record<CountOf | 'total', number>>;

/** Every staged line in exactly one of them: rowsIn = accepted + rejected + ignored + duplicate + unexamined. */
export interface Account {
  readonly rowsIn: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly ignored: number;
  readonly duplicate: number;
  readonly unexamined: number;
}

const REJECTED = ['INVALID', 'FAILED'];
const DUPLICATE = 'DUPLICATE_IN_FILE';

@Injectable()
export class ImportCounts {
  constructor(
    private readonly db: Db,
    private readonly lines: StagedLines,
  ) {}

  /** From the staged lines and the word on each of them. */
  async account(importId: string): Promise<Account> {
    const rowsIn = await this.lines.count(importId);
    const rows = await this.db.rows<{ state: string; duplicate: number; n: number }>(
      `SELECT state, COALESCE(cause = ?, 0) AS duplicate, COUNT(*) AS n FROM import_results WHERE import_id = ? GROUP BY state, duplicate`,
      [DUPLICATE, importId],
    );
    const sum = (which: (row: (typeof rows)[number]) => boolean): number =>
      rows.filter(which).reduce((all, { n }) => all + Number(n), 0);
    const isRejected = ({ state }: { state: string }): boolean => REJECTED.includes(state);
    const isDuplicate = (row: (typeof rows)[number]): boolean => isRejected(row) && Number(row.duplicate) === 1;
    return {
      rowsIn,
      accepted: sum((row) => !isRejected(row) && row.state !== 'IGNORED'),
      rejected: sum((row) => isRejected(row) && !isDuplicate(row)),
      ignored: sum(({ state }) => state === 'IGNORED'),
      duplicate: sum(isDuplicate),
      unexamined: rowsIn - sum(() => true),
    };
  }

  /** From the rows themselves, never from a running total. */
  async of(importId: string, total: number): Promise<Counts> {
    const rows = await this.db.rows<{ state: string; n: number }>(
      'SELECT state, COUNT(*) AS n FROM import_results WHERE import_id = ? GROUP BY state',
      [importId],
    );
    return countsFrom(rows, total);
  }

  /** The conservation equation (R18): every staged line is in exactly one state. @throws Error */
  async refuseLoss(importId: string, total: number): Promise<Counts> {
    const counts = await this.of(importId, total);
    const staged = await this.lines.count(importId);
    const short = await this.db.row<{ n: number }>(
      `SELECT COUNT(*) AS n FROM import_blocks b WHERE b.import_id = ? AND b.row_count > (
         SELECT COUNT(*) FROM import_results s WHERE s.import_id = b.import_id AND s.row_no BETWEEN b.first_row AND b.last_row)`,
      [importId],
    );
    const sum = STATES.reduce((all, state) => all + counts[state], 0);
    if (staged !== total || sum !== total || Number(short?.n) !== 0) {
      throw new Error('the rows of an import do not add up');
    }
    return counts;
  }
}

export function countsFrom(rows: readonly { readonly state: string; readonly n: number }[], total: number): Counts {
  const by = new Map(rows.map(({ state, n }) => [state.toLowerCase(), Number(n)]));
  return {
    total,
    ...(Object.fromEntries(STATES.map((state) => [state, by.get(state) ?? 0])) as Record<CountOf, number>),
  };
}

export const written = ({ created, updated, unchanged, skipped }: Counts): number =>
  created + updated + unchanged + skipped;
