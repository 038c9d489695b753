import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type {
  ImportContext,
  ImportRow,
  RevertRow,
  RowOutcome,
  RowProblem,
} from '../../../src/kernel/import-definition.js';
import { newId } from '../../../src/kernel/ids.js';
import { Problem } from '../../../src/kernel/problem.js';
import { OfficersModule } from '../../../src/officers/index.js';
import { TrainingHoursImport } from '../../../src/training/training-hours.import.js';
import { TrainingModule } from '../../../src/training/index.js';
import { openHouse, type House } from '../../support/house.js';
import { anIdNumber, everyText, registered } from '../officers/people.js';

jest.setTimeout(120_000);
let house: House;
let definition: TrainingHoursImport;
beforeAll(async () => {
  house = await openHouse({ modules: [OfficersModule, TrainingModule] });
  definition = house.app.get(TrainingHoursImport);
});
afterAll(() => house.close());
beforeEach(() => house.clock.set('2026-03-20T02:00:00.000Z'));

const aClass = async (more: Record<string, unknown> = {}): Promise<string> => {
  const plan = { year: 2026, type: 'PRE_POST', title: '岗前培训', subject: 'COMMON_LAW', hours: 40 };
  const { body } = await house.as('hr').post<{ id: string }>('/training-plans', plan);
  const given = { title: '第一期', startsOn: '2026-03-02', endsOn: '2026-03-06', place: '党校', hours: 40, ...more };
  return (await house.as('hr').post<{ id: string }>(`/training-plans/${body.id}/classes`, given)).body.id;
};
const person = async (more: Record<string, unknown> = {}) => {
  const idNumber = anIdNumber();
  return { ...(await registered(house, { name: '郭靖', ...more, idNumber })), plain: idNumber };
};
const context = (trainingClassId: string, who = 'hr'): ImportContext => ({
  actor: house.as(who).actor,
  importId: newId(),
  parameters: { trainingClassId },
});
const row = (rowNumber: number, idNumber: string, more: Record<string, string> = {}): ImportRow => ({
  rowNumber,
  values: { idNumber, name: '郭靖', className: '第一期', hours: '8', ...more },
});
const apply = (given: ImportContext, rows: readonly ImportRow[]) => house.uow.run(() => definition.apply(given, rows));
const revert = (given: ImportContext, outcomes: readonly RowOutcome[], dryRun = false) => {
  const rows = outcomes.map(({ rowNumber, state, targetId, before }) => ({
    rowNumber,
    state,
    targetId,
    before: before ?? null,
  }));
  return house.uow.run(() => definition.revert(given, JSON.parse(JSON.stringify(rows)) as RevertRow[], dryRun));
};
const codes = (problems: readonly RowProblem[] | undefined) =>
  (problems ?? []).map(({ column, code, level }) => `${column} ${code}${level === 'ERROR' ? '' : ` ${level}`}`);
const attended = async (classId: string): Promise<Record<string, string | null>> =>
  Object.fromEntries(
    (
      await house.db.rows<{ officer_id: string; hours_attended: string | null }>(
        'SELECT officer_id, hours_attended FROM training_enrolments WHERE class_id = ?',
        [classId],
      )
    ).map(({ officer_id, hours_attended }) => [officer_id, hours_attended]),
  );

it('enrols and records, corrects, leaves alone, and takes back', async () => {
  const classId = await aClass();
  const [one, two, three] = [await person(), await person(), await person()];
  await house.as('hr').post(`/training-classes/${classId}/enrolments`, { officerIds: [two.id, three.id] });
  await house.as('hr').post(`/training-classes/${classId}/attendance`, {
    records: [
      { officerId: two.id, hours: 4 },
      { officerId: three.id, hours: 8 },
    ],
  });
  const given = context(classId);
  const rows = [row(2, one.plain, { hours: '40.0学时' }), row(3, two.plain.toLowerCase()), row(4, three.plain)];
  const examined = await definition.examine(given, rows);
  // Hours that somebody entered in person are never replaced in silence.
  expect([...examined.problems].map(([n, problems]) => [n, codes(problems)])).toEqual([
    [3, ['hours ALREADY_RECORDED WARNING']],
  ]);
  expect([...examined.plans].map(([n, { state, changes = [] }]) => [n, state, changes])).toEqual([
    [2, 'CREATED', []],
    [3, 'UPDATED', [{ column: 'hours', before: '4', after: '8' }]],
    [4, 'UNCHANGED', []],
  ]);
  const outcomes = await apply(given, rows);
  expect(outcomes.map(({ state, targetId }) => [state, targetId])).toEqual([
    ['CREATED', one.id],
    ['UPDATED', two.id],
    ['UNCHANGED', three.id],
  ]);
  expect(await attended(classId)).toEqual({ [one.id]: '40.0', [two.id]: '8.0', [three.id]: '8.0' });
  expect(await revert(given, outcomes, true)).toEqual(new Map());
  expect(await revert(given, outcomes)).toEqual(new Map());
  expect(await attended(classId)).toEqual({ [two.id]: '4.0', [three.id]: '8.0' });
  expect(await everyText(house)).not.toContain(one.plain);
});

it('keeps what was changed since, and everything once the class is closed', async () => {
  const classId = await aClass();
  const [one, two] = [await person(), await person()];
  const given = context(classId);
  const outcomes = await apply(given, [row(2, one.plain), row(3, two.plain)]);
  await house.as('hr').post(`/training-classes/${classId}/attendance`, { records: [{ officerId: one.id, hours: 3 }] });
  const locked = await revert(given, outcomes, true);
  expect([...locked].map(([rowNumber, problems]) => [rowNumber, codes(problems)])).toEqual([
    [2, ['null CHANGED_SINCE']],
  ]);
  await house.as('hr').post(`/training-classes/${classId}/close`);
  const all = await revert(given, outcomes);
  expect([...all].map(([rowNumber, problems]) => [rowNumber, codes(problems)])).toEqual([
    [2, ['null CLASS_CLOSED']],
    [3, ['null CLASS_CLOSED']],
  ]);
  expect(Object.keys(await attended(classId))).toHaveLength(2);
});

it('asks for an open class within the scope', async () => {
  const classId = await aClass();
  const check = async (id: string, who = 'hr') =>
    definition.checkParameters(context(id, who)).then(
      () => null,
      (error: unknown) => (error instanceof Problem ? [error.kind, error.code, error.more.extensions] : error),
    );
  expect(await check(classId)).toBeNull();
  expect(await check(classId, 'hr-1')).toEqual(['not-found', 'NOT_FOUND', undefined]);
  expect(await check('')).toEqual(['not-found', 'NOT_FOUND', undefined]);
  await house.as('hr').post(`/training-classes/${classId}/close`);
  expect(await check(classId)).toEqual(['conflict', 'CLASS_CLOSED', { state: 'CLOSED' }]);
  const { plain } = await person();
  expect(
    (await apply(context(classId), [row(2, plain)])).map(({ state, problems }) => [state, codes(problems)]),
  ).toEqual([['FAILED', ['null CLASS_CLOSED']]]);
});

describe('a row', () => {
  it.each<[string, Record<string, string>]>([
    ['idNumber REQUIRED_MISSING', { idNumber: '' }],
    ['name REQUIRED_MISSING', { name: '' }],
    ['hours REQUIRED_MISSING', { hours: ' ' }],
    ['idNumber ID_CHECK_DIGIT', { idNumber: '410102199001010013' }],
    ['idNumber ID_STORED_AS_NUMBER', { idNumber: '1.10101E+17' }],
    ['idNumber OFFICER_UNKNOWN', { idNumber: '11010519491231002X' }],
    ['name NAME_MISMATCH', { name: '黄蓉' }],
    ['hours HOURS_MALFORMED', { hours: '-1' }],
    ['hours HOURS_MALFORMED', { hours: '一天' }],
    ['hours HOURS_MALFORMED', { hours: '7.25' }],
    ['hours HOURS_OUT_OF_RANGE', { hours: '1000' }],
    ['hours HOURS_CAPPED NOTE', { hours: '41' }],
    ['className CLASS_MISMATCH WARNING', { className: '第二期' }],
  ])('has %s', async (expected, values) => {
    const given = context(await aClass());
    const rows = [row(5, (await person()).plain, values)];
    expect(codes((await definition.examine(given, rows)).problems.get(5))).toEqual([expected]);
    const state = /NOTE|WARNING/.test(expected) ? 'CREATED' : 'FAILED';
    expect((await apply(given, rows)).map((outcome) => outcome.state)).toEqual([state]);
  });

  it('of an officer outside the scope is unknown, of one who had left is refused, beyond the seats too', async () => {
    const { body: plan } = await house.as('hr-2').post<{ id: string }>('/training-plans', {
      year: 2026,
      type: 'PRE_POST',
      title: '培训',
      subject: 'COMMON_LAW',
      hours: 40,
    });
    const { body: training } = await house.as('hr-2').post<{ id: string }>(`/training-plans/${plan.id}/classes`, {
      title: '第一期',
      startsOn: '2026-03-02',
      endsOn: '2026-03-06',
      place: '党校',
      hours: 40,
      capacity: 1,
    });
    const elsewhere = await person();
    const left = await person({ subjectId: house.otherUnit });
    await house.as('hr').post(`/officers/${left.id}/leave`, { cause: 'RETIRED', effectiveFrom: '2026-02-01' });
    const [first, second] = [
      await person({ subjectId: house.otherUnit }),
      await person({ subjectId: house.otherUnit }),
    ];
    const given = context(training.id, 'hr-2');
    const rows = [
      row(2, elsewhere.plain),
      row(3, left.plain),
      row(4, first.plain),
      row(5, second.plain),
      row(6, first.plain),
    ];
    const { problems } = await definition.examine(given, rows);
    expect([2, 3, 4, 5, 6].map((rowNumber) => codes(problems.get(rowNumber)))).toEqual([
      ['idNumber OFFICER_UNKNOWN'],
      ['idNumber LEFT_SERVICE'],
      [],
      ['idNumber CLASS_FULL'],
      ['idNumber DUPLICATE_IN_FILE', 'idNumber CLASS_FULL'],
    ]);
    expect((await apply(given, rows)).map(({ state }) => state)).toEqual([
      'FAILED',
      'FAILED',
      'CREATED',
      'FAILED',
      'FAILED',
    ]);
  });
});
