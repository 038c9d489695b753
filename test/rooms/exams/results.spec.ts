import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ExamsModule } from '../../../src/exams/index.js';
import { ExamResultsImport } from '../../../src/exams/exam-results.import.js';
import type {
  ImportContext,
  ImportRow,
  ImportValues,
  RevertRow,
  RowOutcome,
} from '../../../src/kernel/import-definition.js';
import { newId } from '../../../src/kernel/ids.js';
import { openHouse, type House } from '../../support/house.js';
import { anIdNumber, insertOfficers, type Person } from './people.js';

let house: House;
let definition: ExamResultsImport;
beforeAll(async () => {
  house = await openHouse({ modules: [ExamsModule] });
  definition = house.app.get(ExamResultsImport);
});
afterAll(() => house.close());

interface Candidate extends Person {
  readonly admissionNo: string;
}

/** An exam of common law and two domains with three candidates: one domain, two domains, none that is offered. */
let examId: string;
let one: Candidate;
let two: Candidate;
let none: Candidate;

beforeEach(async () => {
  const created = await house.as('exam-officer').post<{ id: string }>('/exams', {
    title: '执法资格考试',
    heldOn: '2026-06-20',
    papers: [
      { subject: 'COMMON_LAW' },
      { subject: 'SPECIAL_LAW', domain: 'URBAN_MANAGEMENT' },
      { subject: 'SPECIAL_LAW', domain: 'AGRICULTURE' },
    ],
  });
  examId = created.body.id;
  const people = await insertOfficers(house, [
    { name: '张三', domains: ['URBAN_MANAGEMENT'] },
    { name: '买买提·艾力', domains: ['URBAN_MANAGEMENT', 'AGRICULTURE'] },
    { name: '李四', domains: ['FIRE'] },
  ]);
  const { body } = await house
    .as('exam-officer')
    .post<{ items: { officerId: string; admissionNo: string }[] }>(`/exams/${examId}/registrations`, {
      officerIds: people.map(({ id }) => id),
    });
  const candidates = people.map((person): Candidate => {
    const item = body.items.find(({ officerId }) => officerId === person.id);
    return { ...person, admissionNo: item?.admissionNo ?? '' };
  });
  [one, two, none] = candidates as [Candidate, Candidate, Candidate];
});

const context = (more: Partial<ImportContext> = {}): ImportContext => ({
  actor: house.as('exam-officer').actor,
  importId: newId(),
  parameters: { examId },
  ...more,
});
const line = (who: Candidate, values: Partial<ImportValues> = {}): ImportValues => ({
  exam: '执法资格考试',
  admissionNo: who.admissionNo,
  name: who.name,
  idNumber: who.idNumber,
  unit: '城市管理局',
  subject: '公共法律知识',
  domain: '',
  score: '85',
  absent: '',
  void: '',
  remark: '',
  ...(values as ImportValues),
});
const rowsOf = (values: readonly ImportValues[]): ImportRow[] =>
  values.map((each, index) => ({ rowNumber: index + 2, values: each }));
const examine = async (...values: readonly ImportValues[]) => {
  const { problems } = await definition.examine(context(), rowsOf(values));
  return values.map((_, index) => (problems.get(index + 2) ?? []).map(({ code, level }) => `${level} ${code}`));
};
const apply = (values: readonly ImportValues[], given = context()) =>
  house.uow.run(() => definition.apply(given, rowsOf(values)));
const states = (outcomes: readonly RowOutcome[]) => outcomes.map(({ state }) => state);
const recorded = () =>
  house.db.rows<{ outcome: string; score: string | null; passed: number; import_id: string; recorded_by: string }>(
    `SELECT x.outcome, x.score, x.passed, x.import_id, x.recorded_by FROM exam_results x
     JOIN exam_registrations r ON r.id = x.registration_id JOIN exam_papers p ON p.id = x.paper_id
     WHERE x.exam_id = ? ORDER BY r.admission_no, p.subject, p.domain`,
    [examId],
  );
const asRevert = (outcomes: readonly RowOutcome[]): RevertRow[] =>
  outcomes.map(({ rowNumber, state, targetId, before }) => ({
    rowNumber,
    state,
    targetId,
    // As it comes back from the engine's table.
    before: before === undefined ? null : (JSON.parse(JSON.stringify(before)) as unknown),
  }));

describe('the parameters of an import of results', () => {
  it('must name an open exam within the scope', async () => {
    await expect(definition.checkParameters(context())).resolves.toBeUndefined();
    for (const wrong of [newId(), '', 'x'])
      await expect(definition.checkParameters(context({ parameters: { examId: wrong } }))).rejects.toMatchObject({
        kind: 'not-found',
      });
    await expect(definition.checkParameters(context({ actor: house.as('hr-2').actor }))).rejects.toMatchObject({
      kind: 'not-found',
    });
    await apply([line(one)]);
    expect((await house.as('approver').post(`/exams/${examId}/release`)).status).toBe(200);
    await expect(definition.checkParameters(context())).rejects.toMatchObject({
      kind: 'conflict',
      code: 'EXAM_RELEASED',
    });
  });
});

describe('examining rows', () => {
  it('finds nothing in rows that fit, however subject and domain are named', async () => {
    expect(
      await examine(
        line(one),
        line(two, { subject: '公共' }),
        line(none, { subject: 'COMMON_LAW', domain: '消防' }),
        line(one, { subject: '专业' }),
        line(two, { subject: '专业法律知识', domain: '农业' }),
        line(two, { subject: 'SPECIAL_LAW', domain: 'URBAN_MANAGEMENT' }),
      ),
    ).toEqual([[], [], [], [], [], []]);
  });

  it('wants admission number, ID number and name of one registration (BR-140)', async () => {
    expect(
      await examine(
        line(one, { admissionNo: '2026999000001' }),
        line(one, { idNumber: anIdNumber() }),
        line(one, { name: '张叁' }),
        line(one, { idNumber: two.idNumber, name: two.name }),
        line(one, { admissionNo: two.admissionNo }),
        line(one, { idNumber: '', name: '' }),
      ),
    ).toEqual([
      ['ERROR ADMISSION_NO_UNKNOWN'],
      ['ERROR ID_MISMATCH'],
      ['ERROR NAME_MISMATCH'],
      ['ERROR ID_MISMATCH', 'ERROR NAME_MISMATCH'],
      ['ERROR ID_MISMATCH', 'ERROR NAME_MISMATCH'],
      ['ERROR ID_MISMATCH', 'ERROR NAME_MISMATCH'],
    ]);
  });

  it('takes names and ID numbers however they are typed', async () => {
    expect(
      await examine(
        line(one, { name: '张　三' }),
        line(two, { name: '买买提•艾力' }),
        line(none, { idNumber: ` ${none.idNumber.toLowerCase()} ` }),
      ),
    ).toEqual([[], [], []]);
  });

  it('knows the candidates of this exam only', async () => {
    const stranger = one;
    const other = await house
      .as('exam-officer')
      .post<{ id: string }>('/exams', { title: '另一场', heldOn: '2026-07-01', papers: [{ subject: 'COMMON_LAW' }] });
    const { problems } = await definition.examine(
      context({ parameters: { examId: other.body.id } }),
      rowsOf([line(stranger)]),
    );
    expect(problems.get(2)?.map(({ code }) => code)).toEqual(['ADMISSION_NO_UNKNOWN']);
  });

  it('names a paper that the candidate does not sit', async () => {
    expect(
      await examine(
        line(none, { subject: '专业' }),
        line(two, { subject: '专业' }),
        line(one, { subject: '专业', domain: '农业' }),
        line(one, { subject: '专业', domain: '月球' }),
        line(one, { subject: '英语' }),
      ),
    ).toEqual(Array.from({ length: 5 }, () => ['ERROR PAPER_UNKNOWN']));
  });

  it.each([
    ['59.9', '', '', []],
    ['100', '', '', []],
    ['0', '', '', []],
    ['85分', '', '', ['NOTE NORMALISED']],
    ['８５', '', '', ['NOTE NORMALISED']],
    ['085.0', '', '', ['NOTE NORMALISED']],
    ['100.1', '', '', ['ERROR SCORE_OUT_OF_RANGE']],
    ['101', '', '', ['ERROR SCORE_OUT_OF_RANGE']],
    ['-1', '', '', ['ERROR SCORE_OUT_OF_RANGE']],
    ['85.55', '', '', ['ERROR SCORE_MALFORMED']],
    ['合格', '', '', ['ERROR SCORE_MALFORMED']],
    ['1e2', '', '', ['ERROR SCORE_MALFORMED']],
    ['', '', '', ['ERROR SCORE_MISSING']],
    ['—', '', '', ['ERROR SCORE_MISSING']],
    ['', '否', '否', ['ERROR SCORE_MISSING']],
    ['缺考', '', '', []],
    ['', '是', '', []],
    ['', '缺考', '', []],
    ['85', '是', '', ['ERROR SCORE_AND_ABSENT']],
    ['0', '√', '', ['ERROR SCORE_AND_ABSENT']],
    ['违纪', '', '', []],
    ['作弊', '', '', []],
    ['', '', '是', []],
    ['85', '', '是', ['NOTE NORMALISED']],
    ['85', '', '也许', ['ERROR SCORE_MALFORMED']],
    ['85', '也许', '', ['ERROR SCORE_MALFORMED']],
  ])('reads the score %j with absent %j and void %j', async (score, absent, voided, expected) => {
    expect(await examine(line(one, { score, absent, void: voided }))).toEqual([expected]);
  });

  it('links two rows for one paper, also where they name it differently', async () => {
    const double = line(one, { subject: '专业' });
    const again = line(one, { subject: '专业', domain: '城市管理', score: '60' });
    expect(definition.naturalKey(double)).not.toBe(definition.naturalKey(again));
    expect(await examine(double, again, line(one))).toEqual([
      ['ERROR DUPLICATE_IN_FILE'],
      ['ERROR DUPLICATE_IN_FILE'],
      [],
    ]);
    const key = (values: Partial<ImportValues>) => definition.naturalKey(line(one, values));
    expect(key({ subject: '公共' })).toBe(key({ subject: '公共法律知识', domain: '城市管理' }));
    expect(key({ admissionNo: '' })).toBeNull();
    expect(key({ subject: '' })).toBeNull();
  });

  it('warns of a result that is recorded already and differs', async () => {
    await apply([line(one), line(two, { score: '缺考' })]);
    expect(await examine(line(one), line(one, { score: '86' }))).toEqual([
      ['ERROR DUPLICATE_IN_FILE'],
      ['WARNING ALREADY_RECORDED', 'ERROR DUPLICATE_IN_FILE'],
    ]);
    expect(await examine(line(one), line(two, { score: '70' }))).toEqual([[], ['WARNING ALREADY_RECORDED']]);
  });

  it('never tells an ID number', async () => {
    const stranger = anIdNumber();
    const { problems } = await definition.examine(context(), rowsOf([line(one, { idNumber: stranger, name: '某某' })]));
    const text = JSON.stringify([...problems]);
    expect(text).not.toContain(stranger);
    expect(text).not.toContain(one.idNumber);
    // The registered name is only told to who knows the ID number.
    expect(text).not.toContain(one.name);
  });
});

describe('applying rows', () => {
  it('records and grades: the mark is reached or not, at the tenth', async () => {
    const outcomes = await apply([
      line(one, { score: '59.9' }),
      line(one, { subject: '专业', score: '60' }),
      line(two, { score: '缺考' }),
      line(two, { subject: '专业', domain: '农业', score: '100' }),
      line(two, { subject: '专业', domain: '城市管理', score: '违纪' }),
    ]);
    expect(states(outcomes)).toEqual(Array.from({ length: 5 }, () => 'CREATED'));
    expect((await recorded()).map(({ outcome, score, passed }) => [outcome, score, passed])).toEqual([
      ['SCORED', '59.9', 0],
      ['SCORED', '60.0', 1],
      ['ABSENT', null, 0],
      ['SCORED', '100.0', 1],
      ['VOID', null, 0],
    ]);
    const { body } = await house.as('hr').get<{ counts: object }>(`/exams/${examId}`);
    expect(body.counts).toEqual({ registered: 3, papers: 6, recorded: 5, missing: 1, passed: 2, absent: 1, void: 1 });
  });

  it('decides again: rows with an error fail by themselves', async () => {
    const outcomes = await apply([line(one, { name: '别人' }), line(two)]);
    expect(states(outcomes)).toEqual(['FAILED', 'CREATED']);
    expect(outcomes[0]?.problems?.map(({ code }) => code)).toEqual(['NAME_MISMATCH']);
    expect(await recorded()).toHaveLength(1);
  });

  it('gives one outcome per row, in their order', async () => {
    const values = [line(two), line(one), line(none), line(one, { subject: '专业' })];
    const outcomes = await apply(values);
    expect(outcomes.map(({ rowNumber }) => rowNumber)).toEqual([2, 3, 4, 5]);
    expect(new Set(outcomes.map(({ targetId }) => targetId)).size).toBe(4);
  });

  it('leaves what is the same, changes what differs, and keeps what stood there before', async () => {
    const first = context();
    await apply([line(one), line(two)], first);
    const second = context({ actor: house.as('exam-officer-2').actor });
    const outcomes = await apply([line(one), line(two, { score: '42' })], second);
    expect(states(outcomes)).toEqual(['UNCHANGED', 'UPDATED']);
    expect(outcomes[1]?.before).toMatchObject({
      outcome: 'SCORED',
      score: 85,
      passed: true,
      importId: first.importId,
      recordedBy: first.actor.accountId,
    });
    const [unchanged, changed] = await recorded();
    expect(unchanged).toMatchObject({ score: '85.0', import_id: first.importId, recorded_by: first.actor.accountId });
    expect(changed).toMatchObject({
      score: '42.0',
      passed: 0,
      import_id: second.importId,
      recorded_by: second.actor.accountId,
    });
  });

  it('never lets two rows of one import overwrite each other', async () => {
    const given = context();
    await apply([line(one)], given);
    const outcomes = await apply([line(one, { score: '86' })], given);
    expect(outcomes[0]).toMatchObject({ state: 'FAILED', problems: [{ code: 'DUPLICATE_IN_FILE' }] });
    expect(states(await apply([line(one), line(one, { score: '86' })]))).toEqual(['FAILED', 'FAILED']);
    expect((await recorded())[0]).toMatchObject({ score: '85.0' });
  });

  it('of two imports at once: each result is written once, and one of them is overwritten with its image kept', async () => {
    const [a, b] = await Promise.all([
      apply([line(one, { score: '70' }), line(two, { score: '70' })]),
      apply([line(two, { score: '71' }), line(one, { score: '71' })]),
    ]);
    const all = [...states(a), ...states(b)].sort();
    expect(all).toEqual(['CREATED', 'CREATED', 'UPDATED', 'UPDATED']);
    expect(await recorded()).toHaveLength(2);
  });

  it('fails every row once the exam is released, also in the database itself', async () => {
    await apply([line(one)]);
    expect((await house.as('approver').post(`/exams/${examId}/release`)).status).toBe(200);
    const outcomes = await apply([line(one, { score: '99' }), line(two)]);
    expect(states(outcomes)).toEqual(['FAILED', 'FAILED']);
    expect(outcomes[0]?.problems?.[0]?.code).toBe('EXAM_RELEASED');
    expect(await recorded()).toHaveLength(1);
    const [registration] = await house.db.rows<{ id: string; officer_id: string }>(
      'SELECT id, officer_id FROM exam_registrations WHERE admission_no = ?',
      [two.admissionNo],
    );
    const [paper] = await house.db.rows<{ id: string }>('SELECT id FROM exam_papers WHERE exam_id = ? LIMIT 1', [
      examId,
    ]);
    await expect(
      house.uow.run(() =>
        house.db.insert('exam_results', {
          registration_id: registration?.id ?? '',
          paper_id: paper?.id ?? '',
          exam_id: examId,
          officer_id: registration?.officer_id ?? '',
          outcome: 'SCORED',
          score: 99,
          passed: true,
          recorded_at: new Date(),
          recorded_by: house.as('approver').actor.accountId,
        }),
      ),
    ).rejects.toThrow('final');
    await expect(
      house.uow.run(() => house.db.execute('UPDATE exam_results SET score = 1 WHERE exam_id = ?', [examId])),
    ).rejects.toThrow('final');
    await expect(
      house.uow.run(() => house.db.execute('DELETE FROM exam_results WHERE exam_id = ?', [examId])),
    ).rejects.toThrow('final');
  });

  it('is 404 outside the scope', async () => {
    await expect(apply([line(one)], context({ actor: house.as('hr-2').actor }))).rejects.toMatchObject({
      kind: 'not-found',
    });
  });
});

describe('reverting', () => {
  it('takes away what was created and puts back what was changed', async () => {
    const first = context();
    await apply([line(one)], first);
    const before = await recorded();
    const second = context({ actor: house.as('exam-officer-2').actor });
    const outcomes = await apply([line(one, { score: '12' }), line(two)], second);
    const dry = await definition.revert(second, asRevert(outcomes), true);
    expect(dry.size).toBe(0);
    expect(await recorded()).toHaveLength(2);
    const locked = await house.uow.run(() => definition.revert(second, asRevert(outcomes), false));
    expect(locked.size).toBe(0);
    expect(await recorded()).toEqual(before);
  });

  it('leaves what another import has changed since', async () => {
    const first = context();
    const outcomes = await apply([line(one), line(two)], first);
    await apply([line(one, { score: '1' })]);
    for (const dryRun of [true, false]) {
      const locked = await house.uow.run(() => definition.revert(first, asRevert(outcomes), dryRun));
      expect([...locked.keys()]).toEqual([2]);
    }
    expect((await recorded()).map(({ score }) => score)).toEqual(['1.0']);
  });

  it('is locked once the exam is released', async () => {
    const given = context();
    const outcomes = await apply([line(one), line(two)], given);
    expect((await house.as('approver').post(`/exams/${examId}/release`)).status).toBe(200);
    for (const dryRun of [true, false]) {
      const locked = await house.uow.run(() => definition.revert(given, asRevert(outcomes), dryRun));
      expect([...locked.values()].map(([problem]) => problem?.code)).toEqual(['EXAM_RELEASED', 'EXAM_RELEASED']);
    }
    expect(await recorded()).toHaveLength(2);
  });
});

describe('the sheet', () => {
  it('is prefilled with every candidate and paper', async () => {
    const rows: ImportValues[] = [];
    for await (const values of definition.prefill(context())) rows.push(values);
    expect(rows.map(({ admissionNo, subject, domain }) => [admissionNo, subject, domain])).toEqual([
      [one.admissionNo, '公共法律知识', ''],
      [one.admissionNo, '专业法律知识', '城市管理'],
      [two.admissionNo, '公共法律知识', ''],
      [two.admissionNo, '专业法律知识', '农业'],
      [two.admissionNo, '专业法律知识', '城市管理'],
      [none.admissionNo, '公共法律知识', ''],
    ]);
    expect(rows[0]).toMatchObject({ name: one.name, idNumber: one.idNumber, score: '' });
    // Filled in, it goes straight back in.
    const filled = rows.map((values) => ({ ...values, score: '77.5' }));
    expect(await examine(...filled)).toEqual(rows.map(() => []));
  });
});
