import { Injectable, Module } from '@nestjs/common';
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Db, marks } from '../../../src/infrastructure/database/db.js';
import { connectionParts } from '../../../src/infrastructure/database/engine.js';
import { Importable } from '../../../src/infrastructure/discovery/marks.js';
import { ImportsModule } from '../../../src/imports/index.js';
import type {
  Examination,
  ImportColumn,
  ImportContext,
  ImportDefinition,
  ImportRow,
  ImportValues,
  RevertLock,
  RevertRow,
  RowOutcome,
  RowPlan,
} from '../../../src/kernel/import-definition.js';
import { openHouse, type House } from '../../support/house.js';
import { committed, csv, show, upload } from './support.js';

/** The whole of a sixth kind, as the README describes it: nothing of the engine is touched. */
@Importable()
@Injectable()
class SealsImport implements ImportDefinition {
  readonly kind = 'SEALS';
  readonly version = 1;
  readonly permission = 'import.officer-roster';
  readonly parameters = [];
  readonly title = '印章登记表';
  readonly columns: readonly ImportColumn[] = [
    { field: 'number', headings: ['印章编号', '编号'], cell: 'text', required: true },
    { field: 'keeper', headings: ['保管人'], cell: 'name', required: true },
  ];

  constructor(private readonly db: Db) {}

  naturalKey({ number }: ImportValues): string | null {
    return number || null;
  }

  async checkParameters(): Promise<void> {
    // There are none.
  }

  async examine(_context: ImportContext, rows: readonly ImportRow[]): Promise<Examination> {
    const known = await this.known(rows);
    return { problems: new Map(), plans: new Map(rows.map((row) => [row.rowNumber, planOf(row, known)])) };
  }

  async apply(_context: ImportContext, rows: readonly ImportRow[]): Promise<readonly RowOutcome[]> {
    const known = await this.known(rows, 'FOR UPDATE');
    const outcomes: RowOutcome[] = [];
    for (const row of rows) {
      const { state, changes } = planOf(row, known);
      const { number = '', keeper = '' } = row.values;
      if (state !== 'UNCHANGED')
        await this.db.execute(
          'INSERT INTO seals_of_test (number, keeper) VALUES (?, ?) ON DUPLICATE KEY UPDATE keeper = VALUES(keeper)',
          [number, keeper],
        );
      const before = known.get(number) ?? null;
      outcomes.push({ rowNumber: row.rowNumber, state, targetId: number, before, ...(changes ? { changes } : {}) });
    }
    return outcomes;
  }

  async revert(
    _context: ImportContext,
    rows: readonly RevertRow[],
    dryRun: boolean,
  ): Promise<ReadonlyMap<number, readonly RevertLock[]>> {
    for (const { targetId, before } of dryRun ? [] : rows) {
      if (typeof before === 'string')
        await this.db.execute('UPDATE seals_of_test SET keeper = ? WHERE number = ?', [before, targetId]);
      else await this.db.execute('DELETE FROM seals_of_test WHERE number = ?', [targetId]);
    }
    return new Map();
  }

  private async known(rows: readonly ImportRow[], locking = ''): Promise<ReadonlyMap<string, string>> {
    const numbers = rows.map(({ values }) => values['number'] ?? '');
    const found = await this.db.rows<{ number: string; keeper: string }>(
      `SELECT number, keeper FROM seals_of_test WHERE number IN (${marks(numbers)}) ${locking}`,
      numbers,
    );
    return new Map(found.map(({ number, keeper }) => [number, keeper]));
  }
}

/** Preview and commit ask here. */
function planOf({ values }: ImportRow, known: ReadonlyMap<string, string>): RowPlan {
  const { number = '', keeper = '' } = values;
  const before = known.get(number);
  if (before === undefined) return { state: 'CREATED' };
  if (before === keeper) return { state: 'UNCHANGED', targetId: number };
  return { state: 'UPDATED', targetId: number, changes: [{ column: 'keeper', before, after: keeper }] };
}

@Module({ providers: [SealsImport] })
class SealsModule {}

let house: House;
beforeAll(async () => {
  house = await openHouse({ modules: [SealsModule, ImportsModule] });
  const connection = await createConnection(connectionParts(house.databaseUrl));
  await connection.query('CREATE TABLE seals_of_test (number VARCHAR(40) PRIMARY KEY, keeper VARCHAR(100) NOT NULL)');
  await connection.end();
}, 60_000);
afterAll(() => house?.close());

it('a kind of its own goes from template to receipt and back without a line in the engine', async () => {
  const hr = house.as('hr');
  const send = async (...rows: string[][]) => {
    const text = csv([['编号', '保管人'], ...rows]);
    const answer = await upload(hr, text, { kind: 'SEALS', parameters: {} });
    expect(answer.status).toBe(202);
    await house.drain();
    return show(hr, answer.body.id);
  };
  expect((await hr.get('/import-templates/SEALS.xlsx')).status).toBe(200);
  const first = await send(['S1', '张三'], ['S2', '李四'], ['合计', '']);
  expect(first).toMatchObject({ status: 'VALIDATED', counts: { valid: 2, ignored: 1 } });
  await committed(house, first.id);
  const second = await send(['S1', '王五'], ['S2', '李四'], ['S3', '赵六'], ['S3', '钱七']);
  const { body } = await hr.get(`/imports/${second.id}/consequences`);
  expect(body).toMatchObject({ rows: { created: 0, updated: 1, unchanged: 1, failed: 2 } });
  const done = await committed(house, second.id);
  expect(done).toMatchObject({
    counts: { updated: 1, unchanged: 1, invalid: 2 },
    account: { rowsIn: 4, accepted: 2, duplicate: 2 },
  });
  expect((await hr.post(`/imports/${second.id}/revert`)).body).toMatchObject({ reverted: 1, lockedRows: 0 });
  expect(await house.db.rows('SELECT number, keeper FROM seals_of_test ORDER BY number')).toEqual([
    { number: 'S1', keeper: '张三' },
    { number: 'S2', keeper: '李四' },
  ]);
});
