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
const BLOCKS_AT_ONCE = 100;

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
    const sum = STATES.reduce((all, state) => all + counts[state], 0);
    if (staged !== total || sum !== total || (await this.hasSilentBlock(importId))) {
      throw new Error('the rows of an import do not add up');
    }
    return counts;
  }

  /** True when a block has more lines than there are words on the rows of its span. Asked span by span: a join would go through all rows for each. */
  private async hasSilentBlock(importId: string): Promise<boolean> {
    const blocks = await this.lines.blocks(importId);
    for (let start = 0; start < blocks.length; start += BLOCKS_AT_ONCE) {
      const part = blocks.slice(start, start + BLOCKS_AT_ONCE);
      const counted = await this.db.rows<{ n: number }>(
        part
          .map(() => 'SELECT COUNT(*) AS n FROM import_results WHERE import_id = ? AND row_no BETWEEN ? AND ?')
          .join(' UNION ALL '),
        part.flatMap(({ first_row, last_row }) => [importId, first_row, last_row]),
      );
      if (part.some(({ row_count }, index) => Number(counted[index]?.n ?? 0) < row_count)) return true;
    }
    return false;
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
