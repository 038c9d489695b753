import { Injectable, Module } from '@nestjs/common';
import { createConnection } from 'mysql2/promise';
import { Db, marks } from '../../../src/infrastructure/database/db.js';
import { Importable } from '../../../src/infrastructure/discovery/marks.js';
import { connectionParts } from '../../../src/infrastructure/database/engine.js';
import { writeWorkbook, type XlsxColumn, type XlsxValue } from '../../../src/infrastructure/files/index.js';
import { ImportsModule } from '../../../src/imports/index.js';
import type {
  Consequence,
  DamagedRow,
  Examination,
  ImportColumn,
  ImportContext,
  ImportDefinition,
  ImportRow,
  ImportValues,
  RepairOffer,
  RevertRow,
  RowOutcome,
  RowPlan,
  RowProblem,
} from '../../../src/kernel/import-definition.js';
import { Problem } from '../../../src/kernel/problem.js';
import { idCheckDigit } from '../../../src/rules/codes/id-number.js';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { openHouse, type Answer, type House, type Person } from '../../support/house.js';

const columns: readonly ImportColumn[] = [
  { field: 'number', headings: ['编号', '号码'], cell: 'text', required: true },
  { field: 'name', headings: ['姓名', '名字'], cell: 'name', required: true },
  { field: 'idNumber', headings: ['身份证号', '公民身份号码'], cell: 'id-number', required: true, sensitive: true },
  { field: 'phone', headings: ['联系电话'], cell: 'text', required: false, sensitive: true },
  {
    field: 'category',
    headings: ['类别'],
    cell: 'text',
    required: false,
    options: [
      { code: 'GOOD', zh: '好的', aliases: ['优'] },
      { code: 'FAIR', zh: '一般' },
    ],
  },
  { field: 'score', headings: ['成绩'], cell: 'score', required: false },
  { field: 'since', headings: ['起始日期'], cell: 'date', required: false },
  { field: 'remark', headings: ['备注'], cell: 'text', required: false, maxLength: 20 },
];

/** Faults that a test puts into the definition. */
export class Faults {
  /** Called before each apply, with the number of the call. */
  beforeApply: ((call: number, context: ImportContext) => Promise<void>) | null = null;
  /** Called after each apply, before its unit commits. */
  afterApply: ((call: number) => Promise<void>) | null = null;
  calls = 0;
  examined = 0;
  readonly actors = new Set<string>();
}

export const faults = new Faults();

/** A kind of import for the tests of the engine: fills the scratch table `people_of_test`. */
@Importable()
@Injectable()
export class PeopleImport implements ImportDefinition {
  readonly kind = 'OFFICER_ROSTER';
  readonly version = 3;
  readonly permission = 'import.officer-roster';
  readonly parameters = ['list'];
  readonly columns = columns;
  readonly title = '测试名单';
  readonly effects = { FULL_MARKS: { zh: '满分', en: 'full marks' } };

  constructor(private readonly db: Db) {}

  naturalKey(values: ImportValues): string | null {
    return values['number'] || null;
  }

  async checkParameters({ parameters }: ImportContext): Promise<void> {
    if (parameters['list'] === 'closed') throw new Problem('conflict', 'LIST_CLOSED', 'The list is closed.');
    if (parameters['list'] === 'unknown') throw new Problem('not-found', 'NOT_FOUND', 'There is no such list.');
  }

  async examine(context: ImportContext, rows: readonly ImportRow[]): Promise<Examination> {
    faults.examined += 1;
    faults.actors.add(context.actor.username);
    const found = new Map<number, RowProblem[]>();
    for (const { rowNumber, values } of rows) {
      if (values['name'] === '无此人') {
        found.set(rowNumber, [
          { column: 'name', code: 'OFFICER_UNKNOWN', level: 'ERROR', detail: '没有这个人。请核对姓名。' },
        ]);
      }
      if (values['remark'] === '提醒') {
        found.set(rowNumber, [{ column: 'remark', code: 'ALREADY_RECORDED', level: 'WARNING', detail: '请留意。' }]);
      }
    }
    const known = await this.known(rows, '');
    return { problems: found, plans: new Map(rows.map((row) => [row.rowNumber, planOf(row, known)])) };
  }

  private async known(rows: readonly ImportRow[], locking: string): Promise<ReadonlyMap<string, Known>> {
    const numbers = rows.map(({ values }) => values['number'] ?? '');
    const known = await this.db.rows<Known>(
      `SELECT number, name, score FROM people_of_test WHERE number IN (${marks(numbers)}) ${locking}`,
      numbers,
    );
    return new Map(known.map((row) => [row.number, row]));
  }

  async apply(context: ImportContext, rows: readonly ImportRow[]): Promise<readonly RowOutcome[]> {
    faults.calls += 1;
    await faults.beforeApply?.(faults.calls, context);
    const byNumber = await this.known(rows, 'FOR UPDATE');
    const outcomes: RowOutcome[] = [];
    const fresh: { number: string; name: string; score: string; written: number }[] = [];
    for (const row of rows) {
      const { rowNumber, values } = row;
      const { state } = planOf(row, byNumber);
      const number = values['number'] ?? '';
      const [name, score] = [values['name'] ?? '', values['score'] ?? ''];
      const before = byNumber.get(number);
      if (values['remark'] === '拒绝') {
        outcomes.push({
          rowNumber,
          state: 'FAILED',
          targetId: null,
          problems: [{ column: 'remark', code: 'REFUSED_LATE', level: 'ERROR', detail: '提交时被拒绝。' }],
        });
      } else if (!before) {
        fresh.push({ number, name, score, written: 1 });
        outcomes.push({ rowNumber, state: 'CREATED', targetId: number });
      } else if (state === 'UNCHANGED') {
        outcomes.push({ rowNumber, state: 'UNCHANGED', targetId: number });
      } else {
        await this.db.execute('UPDATE people_of_test SET name = ?, score = ?, written = written + 1 WHERE number = ?', [
          name,
          score,
          number,
        ]);
        outcomes.push({
          rowNumber,
          state: 'UPDATED',
          targetId: number,
          before: { name: before.name, score: before.score },
        });
      }
    }
    await this.db.insert('people_of_test', fresh);
    await faults.afterApply?.(faults.calls);
    return outcomes.reverse();
  }

  async revert(
    _context: ImportContext,
    rows: readonly RevertRow[],
    dryRun: boolean,
  ): Promise<ReadonlyMap<number, readonly RowProblem[]>> {
    const locked = new Map<number, RowProblem[]>();
    for (const { rowNumber, state, targetId, before } of rows) {
      const row = await this.db.row<{ locked: number }>('SELECT locked FROM people_of_test WHERE number = ?', [
        targetId,
      ]);
      if (row?.locked === 1) {
        locked.set(rowNumber, [{ column: null, code: 'IN_USE', level: 'ERROR', detail: '已有后续业务。' }]);
      } else if (!dryRun && state === 'CREATED') {
        await this.db.execute('DELETE FROM people_of_test WHERE number = ?', [targetId]);
      } else if (!dryRun) {
        const { name, score } = before as { name: string; score: string };
        await this.db.execute('UPDATE people_of_test SET name = ?, score = ? WHERE number = ?', [
          name,
          score,
          targetId,
        ]);
      }
    }
    return locked;
  }

  async consequences(): Promise<readonly Consequence[]> {
    return [{ code: 'TOUCHED', zh: '涉及', en: 'touched', count: 7, of: 'PERSON' }];
  }

  /** One person is known: number N000001. */
  async repairs(_context: ImportContext, { raw }: DamagedRow): Promise<readonly RepairOffer[]> {
    const known = idOf(1);
    if (raw['number'] !== 'N000001' || !(raw['idNumber'] ?? '').startsWith(known.slice(0, 15))) return [];
    return [
      {
        column: 'idNumber',
        value: known,
        because: ['编号', '身份证号前 15 位'],
        person: { name: '张三', unitName: '某局' },
      },
    ];
  }

  async *prefill({ parameters }: ImportContext): AsyncGenerator<ImportValues> {
    yield { number: '000001', name: '预填', idNumber: idOf(1), category: 'GOOD', remark: parameters['list'] ?? '' };
  }
}

interface Known {
  readonly number: string;
  readonly name: string;
  readonly score: string;
}

function planOf({ values }: ImportRow, known: ReadonlyMap<string, Known>): RowPlan {
  const before = known.get(values['number'] ?? '');
  const effects = values['score'] === '100' ? ['FULL_MARKS'] : [];
  if (!before) return { state: 'CREATED', effects };
  const changes = (['name', 'score'] as const)
    .filter((column) => before[column] !== (values[column] ?? ''))
    .map((column) => ({ column, before: before[column], after: values[column] ?? '' }));
  return { state: changes.length > 0 ? 'UPDATED' : 'UNCHANGED', targetId: before.number, changes, effects };
}

@Module({ providers: [PeopleImport] })
export class PeopleModule {}

export async function openImports(): Promise<House> {
  const house = await openHouse({ modules: [PeopleModule, ImportsModule] });
  const connection = await createConnection(connectionParts(house.databaseUrl));
  await connection.query(
    `CREATE TABLE people_of_test (number VARCHAR(40) NOT NULL PRIMARY KEY, name VARCHAR(100) NOT NULL, score VARCHAR(20) NOT NULL,
       written INT NOT NULL, locked INT NOT NULL DEFAULT 0)`,
  );
  await connection.end();
  return house;
}

export function idOf(n: number): string {
  const first17 = `41010519${String(70 + (n % 20)).padStart(2, '0')}0${1 + (n % 9)}1${n % 10}${String(n % 1000).padStart(3, '0')}`;
  return first17 + idCheckDigit(first17);
}

export const HEADER = ['编号', '姓名', '身份证号', '成绩', '备注'];

/** Sound rows, numbered from `from`. */
export const people = (count: number, from = 1): string[][] =>
  Array.from({ length: count }, (_, index) => {
    const n = from + index;
    return [`N${String(n).padStart(6, '0')}`, `张三${'甲乙丙丁'[n % 4]}`, idOf(n), String(n % 100), ''];
  });

export const csv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.join(',')).join('\r\n') + '\r\n';

export async function workbook(
  sheets: readonly {
    name: string;
    columns: readonly XlsxColumn[];
    rows: readonly (readonly XlsxValue[])[];
    hidden?: boolean;
  }[],
): Promise<Buffer> {
  const out = new PassThrough();
  const bytes = buffer(out);
  await writeWorkbook(out, { sheets });
  return bytes;
}

export const textColumns = (headers: readonly string[]): XlsxColumn[] =>
  headers.map((header) => ({ header, text: true }));

export interface UploadOptions {
  readonly name?: string;
  readonly kind?: string;
  readonly parameters?: unknown;
  readonly headers?: Record<string, string>;
  readonly fileFirst?: boolean;
}

export function form(content: string | Buffer, options: UploadOptions = {}): FormData {
  const data = new FormData();
  const file = (): void =>
    data.append(
      'file',
      new Blob([typeof content === 'string' ? content : new Uint8Array(content)]),
      options.name ?? 'people.csv',
    );
  if (options.fileFirst) file();
  data.append('kind', options.kind ?? 'OFFICER_ROSTER');
  data.append('parameters', JSON.stringify(options.parameters ?? { list: 'a' }));
  if (!options.fileFirst) file();
  return data;
}

export const upload = (who: Person, content: string | Buffer, options: UploadOptions = {}): Promise<Answer<Accepted>> =>
  who.post<Accepted>('/imports', form(content, options), options.headers);

export interface Accepted {
  readonly id: string;
  readonly status: string;
  readonly round: number;
  readonly duplicateOf: string | null;
}

export interface Shown {
  readonly id: string;
  readonly status: string;
  readonly counts: Record<string, number>;
  readonly round: number;
  readonly version: number;
  readonly problem: { code: string; detail: string } | null;
  readonly [other: string]: unknown;
}

export async function show(who: Person, id: string): Promise<Shown> {
  const { status, body } = await who.get<Shown>(`/imports/${id}`);
  if (status !== 200) throw new Error(`GET /imports/${id} answered ${status}`);
  return body;
}

/** Uploads and lets the worker go as far as it can. */
export async function uploaded(house: House, content: string | Buffer, options: UploadOptions = {}): Promise<Shown> {
  const answer = await upload(house.as('hr'), content, options);
  if (answer.status !== 202) throw new Error(`POST /imports answered ${answer.status} ${JSON.stringify(answer.body)}`);
  await house.drain();
  return show(house.as('hr'), answer.body.id);
}

export async function committed(house: House, id: string, policy = 'VALID_ROWS_ONLY'): Promise<Shown> {
  const answer = await house.as('hr').post(`/imports/${id}/commit`, { policy });
  if (answer.status !== 202) throw new Error(`commit answered ${answer.status} ${JSON.stringify(answer.body)}`);
  await house.drain();
  return show(house.as('hr'), id);
}

export const sumOf = (counts: Record<string, number>): number =>
  Object.entries(counts).reduce((sum, [name, value]) => (name === 'total' ? sum : sum + value), 0);

export const stored = async (house: House): Promise<number> =>
  Number((await house.db.row<{ n: number }>('SELECT COUNT(*) AS n FROM people_of_test'))?.n);
