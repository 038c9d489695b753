import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type {
  ImportContext,
  ImportRow,
  RevertRow,
  RowOutcome,
  RowProblem,
} from '../../../src/kernel/import-definition.js';
import { newId } from '../../../src/kernel/ids.js';
import { OfficerRosterImport } from '../../../src/officers/officer-roster.import.js';
import { OfficersModule } from '../../../src/officers/index.js';
import { insertSubject, openHouse, type House } from '../../support/house.js';
import { anIdNumber, everyText, registered, type Officer } from './people.js';

jest.setTimeout(120_000);
let house: House;
let roster: OfficerRosterImport;
beforeAll(async () => {
  house = await openHouse({ modules: [OfficersModule] });
  roster = house.app.get(OfficerRosterImport);
});
afterAll(() => house.close());
beforeEach(() => {
  house.clock.set('2026-03-10T02:00:00.000Z');
  house.announced.changes.length = 0;
});

const context = (who = 'hr', importId = newId()): ImportContext => ({
  actor: house.as(who).actor,
  importId,
  parameters: {},
});
const row = (rowNumber: number, more: Record<string, string> = {}): ImportRow => ({
  rowNumber,
  values: {
    subjectName: '城市管理局',
    name: '赵敏',
    idNumber: anIdNumber(),
    education: '大学本科',
    staffCategory: '公务员',
    onEstablishment: '是',
    onPost: '是',
    postTitle: '行政执法岗',
    domains: '城市管理、市场监管',
    ...more,
  },
});
const examine = async (rows: readonly ImportRow[], who = 'hr') => (await roster.examine(context(who), rows)).problems;
const apply = (rows: readonly ImportRow[], given = context()) => house.uow.run(() => roster.apply(given, rows));
const revert = (outcomes: readonly RowOutcome[], dryRun = false, given = context()) => {
  // Through JSON, as the engine keeps it.
  const rows = outcomes.map(({ rowNumber, state, targetId, before }) => ({
    rowNumber,
    state,
    targetId,
    before: before ?? null,
  }));
  return house.uow.run(() => roster.revert(given, JSON.parse(JSON.stringify(rows)) as RevertRow[], dryRun));
};
const codes = (problems: readonly RowProblem[] | undefined) =>
  (problems ?? []).map(({ column, code, level }) => `${column} ${code}${level === 'ERROR' ? '' : ` ${level}`}`);
const read = async (id: string | null) =>
  (await house.as('hr').get<Officer & Record<string, unknown>>(`/officers/${id}`)).body;

describe('a new person', () => {
  it('is registered with the assignment from the sheet, or from the commit on', async () => {
    const rows = [
      row(2, { assignedFrom: '2024.3.1', phone: '13812345678', gender: '男', birthDate: '' }),
      row(3, { subjectName: '', uscc: '12410102mb2b00020r', staffCategory: '参公', onEstablishment: '否' }),
      row(4, { onPost: '否', domains: 'FIRE，城市管理' }),
    ];
    expect(await examine(rows)).toEqual(new Map());
    const outcomes = await apply(rows);
    expect(outcomes.map(({ rowNumber, state }) => [rowNumber, state])).toEqual([
      [2, 'CREATED'],
      [3, 'CREATED'],
      [4, 'CREATED'],
    ]);
    expect(await read(outcomes[0]?.targetId ?? null)).toMatchObject({
      name: '赵敏',
      phone: '138****5678',
      education: '大学本科',
      domains: ['URBAN_MANAGEMENT', 'MARKET_REGULATION'],
      assignments: [{ effectiveFrom: '2024-02-29T16:00:00.000Z' }],
    });
    expect(await read(outcomes[1]?.targetId ?? null)).toMatchObject({
      subjectId: house.otherUnit,
      staffCategory: 'REF_CIVIL_SERVANT',
      onEstablishment: false,
      assignments: [{ effectiveFrom: '2026-03-10T02:00:00.000Z' }],
    });
    expect(await read(outcomes[2]?.targetId ?? null)).toMatchObject({
      state: 'OFF_POST',
      domains: ['FIRE', 'URBAN_MANAGEMENT'],
    });
  });

  it.each<[string, Record<string, string>]>([
    ['idNumber REQUIRED_MISSING', { idNumber: '' }],
    ['name REQUIRED_MISSING', { name: ' ' }],
    ['staffCategory REQUIRED_MISSING', { staffCategory: '' }],
    ['onPost REQUIRED_MISSING', { onPost: '' }],
    ['subjectName REQUIRED_MISSING', { subjectName: '' }],
    ['idNumber ID_CHECK_DIGIT', { idNumber: '410102199001010013' }],
    ['idNumber ID_STORED_AS_NUMBER', { idNumber: '110101199003071000' }],
    ['idNumber ID_MALFORMED', { idNumber: '410102900101001' }],
    ['idNumber ID_BIRTH_DATE', { idNumber: '410104200202290012' }],
    ['gender ID_MISMATCH', { gender: '女' }],
    ['gender ID_MISMATCH', { gender: '?' }],
    ['birthDate ID_MISMATCH', { birthDate: '1949-10-01' }],
    ['birthDate DATE_MALFORMED', { birthDate: '5月1日' }],
    ['assignedFrom DATE_MALFORMED', { assignedFrom: '去年' }],
    ['subjectName SUBJECT_UNKNOWN', { subjectName: '不存在局' }],
    ['uscc SUBJECT_UNKNOWN', { uscc: '91350100M000100Y43' }],
    ['subjectName SUBJECT_UNKNOWN', { uscc: '12410102MB2B00020R' }],
    ['staffCategory STAFF_CATEGORY_UNKNOWN', { staffCategory: '皇帝' }],
    ['staffCategory AUXILIARY_NOT_AN_OFFICER', { staffCategory: '协管员' }],
    ['staffCategory AUXILIARY_NOT_AN_OFFICER', { staffCategory: '网格员' }],
    ['staffCategory AUXILIARY_NOT_AN_OFFICER', { staffCategory: '辅助人员' }],
    ['onEstablishment YES_NO_MALFORMED', { onEstablishment: '也许' }],
    ['domains DOMAIN_UNKNOWN', { domains: '航天' }],
    ['postTitle TEXT_TOO_LONG', { postTitle: '岗'.repeat(101) }],
    ['phone PHONE_MALFORMED WARNING', { phone: '打我' }],
  ])('has %s', async (expected, values) => {
    const problems = await examine([row(7, values)]);
    expect(codes(problems.get(7))).toEqual([expected]);
    const given = values['idNumber'] ?? '';
    if (given !== '') expect(JSON.stringify([...problems])).not.toContain(given);
    if (expected.endsWith('WARNING')) return;
    expect((await apply([row(7, values)])).map(({ state, targetId }) => [state, targetId])).toEqual([['FAILED', null]]);
  });

  it.each([
    '劳务派遣',
    '借调',
    '临时工',
    '公益岗',
    '退休返聘',
    '合同工',
    '工勤',
    'PUBLIC_INSTITUTION',
    '事业编制',
    '行政编制',
    '事 业 编',
  ])('may be of the category %s', async (staffCategory) => {
    expect(await examine([row(2, { staffCategory })])).toEqual(new Map());
  });

  it('is asked for the credit code where a name is ambiguous, and finds only units of the scope', async () => {
    const root = house.as('hr').actor;
    await house.uow.run(async () => {
      for (const uscc of ['91350100M000100Y43', '9144030071526726XG'])
        await insertSubject(house.db, {
          name: '中队（一）',
          uscc,
          parent: { id: root.homeSubjectId, path: root.homeSubjectPath },
        });
    });
    expect(codes((await examine([row(2, { subjectName: '中队(一)' })])).get(2))).toEqual([
      'subjectName SUBJECT_UNKNOWN',
    ]);
    expect(await examine([row(2, { subjectName: '中队 (一)', uscc: '91350100M000100Y43' })])).toEqual(new Map());
    expect(codes((await examine([row(2)], 'hr-2')).get(2))).toEqual(['subjectName SUBJECT_UNKNOWN']);
    expect(await examine([row(2, { subjectName: '农业服务中心' })], 'hr-2')).toEqual(new Map());
  });

  it('stands once in a file', async () => {
    const idNumber = anIdNumber();
    const outcomes = await apply([row(2, { idNumber }), row(3, { idNumber: idNumber.toLowerCase() })]);
    expect(outcomes.map(({ state, problems }) => [state, codes(problems)])).toEqual([
      ['CREATED', []],
      ['FAILED', ['idNumber DUPLICATE_IN_FILE']],
    ]);
    expect(roster.naturalKey(row(2, { idNumber: ' １１010519491231002x' }).values)).toBe('11010519491231002X');
    expect(roster.naturalKey({})).toBeNull();
  });
});

describe('a known person', () => {
  const known = async (more: Record<string, unknown> = {}) => {
    const idNumber = anIdNumber();
    const officer = await registered(house, {
      name: '赵敏',
      idNumber,
      education: '大学本科',
      domains: ['URBAN_MANAGEMENT', 'MARKET_REGULATION'],
      ...more,
    });
    return { officer, idNumber };
  };

  it('stays as it is when the sheet says the same', async () => {
    const { officer, idNumber } = await known({ phone: '13812345678' });
    const same = [row(2, { idNumber, phone: '13812345678' })];
    expect(codes((await examine(same)).get(2))).toEqual(['idNumber ALREADY_RECORDED NOTE']);
    expect(await apply(same)).toMatchObject([{ state: 'UNCHANGED', targetId: officer.id }]);
    expect((await read(officer.id)).version).toBe(1);
  });

  it('is brought up to date with a preview, and taken back again', async () => {
    const { officer, idNumber } = await known({ phone: '13812345678' });
    const rows = [
      row(2, {
        idNumber,
        education: '研究生',
        phone: '13987654321',
        staffCategory: '劳务派遣',
        onEstablishment: '否',
        onPost: '否',
      }),
    ];
    const preview = (await examine(rows)).get(2);
    expect(preview?.[0]?.detail).toBe('此人已登记，将更新：学历、人员类别(编制性质)、是否在编、联系电话、是否在岗。');
    const outcomes = await apply(rows);
    expect(outcomes).toMatchObject([{ state: 'UPDATED', targetId: officer.id }]);
    expect(JSON.stringify(outcomes)).not.toContain('13812345678');
    expect(await read(officer.id)).toMatchObject({
      education: '研究生',
      phone: '139****4321',
      staffCategory: 'DISPATCHED_LABOUR',
      onEstablishment: false,
      state: 'OFF_POST',
      version: 2,
    });
    expect(house.announced.changes).toEqual([{ whom: { officerIds: [officer.id] }, cause: 'officer.roster' }]);
    expect(await revert(outcomes, true)).toEqual(new Map());
    expect((await read(officer.id)).version).toBe(2);
    house.clock.set('2026-03-11T02:00:00.000Z');
    expect(await revert(outcomes)).toEqual(new Map());
    expect(await read(officer.id)).toMatchObject({
      education: '大学本科',
      phone: '138****5678',
      staffCategory: 'CIVIL_SERVANT',
      onEstablishment: true,
      state: 'ON_DUTY',
      version: 3,
    });
    expect(house.announced.changes.map(({ cause }) => cause)).toEqual(['officer.roster', 'officer.roster-revert']);
  });

  it('keeps what somebody changed after the import', async () => {
    const { officer, idNumber } = await known();
    const outcomes = await apply([row(2, { idNumber, education: '大专' })]);
    await house.as('hr').post(`/officers/${officer.id}/off-post`, { cause: 'OTHER' });
    expect(codes((await revert(outcomes)).get(2))).toEqual(['null CHANGED_SINCE']);
    expect(await read(officer.id)).toMatchObject({ education: '大专', version: 3 });
  });

  it.each<[string, string, (officer: Officer) => Promise<unknown> | undefined, Record<string, string>]>([
    ['under another name', 'name NAME_MISMATCH', () => undefined, { name: '周芷若' }],
    ['at another unit of the scope', 'subjectName ALREADY_RECORDED', () => undefined, { subjectName: '农业服务中心' }],
    [
      'who has left',
      'idNumber ALREADY_RECORDED',
      ({ id }) => house.as('hr').post(`/officers/${id}/leave`, { cause: 'RETIRED' }),
      {},
    ],
  ])('%s is an error', async (_what, expected, before, values) => {
    const { officer, idNumber } = await known();
    await before(officer);
    const rows = [row(2, { idNumber, ...values })];
    expect(codes((await examine(rows)).get(2))).toEqual([expected]);
    expect(await apply(rows)).toMatchObject([{ state: 'FAILED', targetId: null }]);
  });

  it('is not put back on post by a sheet', async () => {
    const { officer, idNumber } = await known();
    await house.as('hr').post(`/officers/${officer.id}/off-post`, { cause: 'UNDER_INVESTIGATION' });
    const rows = [row(2, { idNumber, education: '大专' })];
    expect(codes((await examine(rows)).get(2))).toEqual(['onPost OFF_POST WARNING', 'idNumber ALREADY_RECORDED NOTE']);
    expect(await apply(rows)).toMatchObject([{ state: 'UPDATED' }]);
    expect(await read(officer.id)).toMatchObject({ state: 'OFF_POST', education: '大专' });
  });

  it('of a unit outside the scope is an error that tells nothing', async () => {
    const { officer, idNumber } = await known({ name: '灭绝' });
    const rows = [row(2, { idNumber, subjectName: '农业服务中心' })];
    const problems = await examine(rows, 'hr-2');
    expect(codes(problems.get(2))).toEqual(['idNumber ALREADY_RECORDED']);
    expect(JSON.stringify([...problems])).not.toMatch(new RegExp(`灭绝|城市管理局|${officer.id}`));
    expect(await apply(rows, context('hr-2'))).toMatchObject([{ state: 'FAILED', targetId: null }]);
  });
});

describe('taking a roster back', () => {
  it('removes those it created, and nobody on whom something rests', async () => {
    const given = context();
    const outcomes = await apply([row(2), row(3), row(4, { onPost: '否' }), row(5)], given);
    const [first, second, third, fourth] = outcomes.map(({ targetId }) => targetId ?? '');
    await house.as('hr').patch(`/officers/${second}`, { education: '高中' }, { 'if-match': '"1"' });
    await house.uow.run(() =>
      house.db.execute('UPDATE accounts SET officer_id = ? WHERE username = ?', [fourth ?? '', 'officer']),
    );
    const locked = await revert(outcomes, true, given);
    expect([...locked].map(([rowNumber, problems]) => [rowNumber, codes(problems)])).toEqual([
      [3, ['null CHANGED_SINCE']],
      [5, ['null IN_USE']],
    ]);
    expect((await house.as('hr').get(`/officers/${first}`)).status).toBe(200);
    expect(await revert(outcomes, false, given)).toEqual(locked);
    for (const [id, status] of [
      [first, 404],
      [second, 200],
      [third, 404],
      [fourth, 200],
    ] as const)
      expect((await house.as('hr').get(`/officers/${id}`)).status).toBe(status);
    expect(await revert(outcomes, false, given)).toEqual(locked);
    const left = await house.db.rows(
      'SELECT a.id FROM officer_assignments a LEFT JOIN officers o ON o.id = a.officer_id WHERE o.id IS NULL',
    );
    expect(left).toEqual([]);
  });
});

describe('a large roster', () => {
  it('of 10,000 people commits quickly, and again as unchanged', async () => {
    const rows = Array.from({ length: 10_000 }, (_, i) =>
      row(i + 2, { idNumber: anIdNumber('MALE', `19${70 + Math.floor(i / 4000)}0${1 + (Math.floor(i / 500) % 9)}01`) }),
    );
    const distinct = new Set(rows.map(({ values }) => values['idNumber']));
    expect(distinct.size).toBe(10_000);
    const given = context();
    const started = Date.now();
    const states = new Map<string, number>();
    const chunks = (all: readonly ImportRow[]) =>
      Array.from({ length: all.length / 1000 }, (_, i) => all.slice(i * 1000, i * 1000 + 1000));
    const count = async (all: readonly ImportRow[]) => {
      states.clear();
      for (const part of chunks(all))
        for (const { state } of await apply(part, given)) states.set(state, (states.get(state) ?? 0) + 1);
      return Object.fromEntries(states);
    };
    expect(await count(rows)).toEqual({ CREATED: 10_000 });
    const created = Date.now() - started;
    expect(created).toBeLessThan(45_000);
    expect(await count(rows)).toEqual({ UNCHANGED: 10_000 });
    const updatesFrom = Date.now();
    expect(
      await count(rows.map(({ rowNumber, values }) => ({ rowNumber, values: { ...values, onEstablishment: '否' } }))),
    ).toEqual({
      UPDATED: 10_000,
    });
    process.stdout.write(`roster: created in ${created} ms, updated in ${Date.now() - updatesFrom} ms\n`);
    const texts = await everyText(house);
    for (const { values } of [rows[0], rows[9999]] as ImportRow[]) expect(texts).not.toContain(values['idNumber']);
  });
});
