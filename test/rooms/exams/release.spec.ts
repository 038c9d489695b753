import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import exceljs from 'exceljs';
import { ExamsModule } from '../../../src/exams/index.js';
import { ExamResultsImport } from '../../../src/exams/exam-results.import.js';
import { newId } from '../../../src/kernel/ids.js';
import { openHouse, type House } from '../../support/house.js';
import { holdExam, insertOfficers, type Person } from './people.js';

let house: House;
beforeAll(async () => {
  house = await openHouse({ modules: [ExamsModule] });
});
afterAll(() => house.close());

interface Candidate extends Person {
  readonly admissionNo: string;
}
let examId: string;
let candidates: Candidate[];

beforeEach(async () => {
  const { body } = await house.as('exam-officer').post<{ id: string }>('/exams', {
    title: '=考试',
    heldOn: '2026-06-20',
    papers: [{ subject: 'COMMON_LAW' }, { subject: 'SPECIAL_LAW', domain: 'URBAN_MANAGEMENT' }],
  });
  examId = body.id;
  const people = await insertOfficers(house, [{ name: '张三' }, { name: '李四' }, { name: '王五' }]);
  const registered = await house
    .as('exam-officer')
    .post<{ items: { officerId: string; admissionNo: string }[] }>(`/exams/${examId}/registrations`, {
      officerIds: people.map(({ id }) => id),
    });
  candidates = people.map((person, index) => ({
    ...person,
    admissionNo: registered.body.items[index]?.admissionNo ?? '',
  }));
});

const record = (who: string, scores: readonly (readonly [number, string, string])[], importId = newId()) =>
  house.uow.run(() =>
    house.app.get(ExamResultsImport).apply(
      { actor: house.as(who).actor, importId, parameters: { examId } },
      scores.map(([index, subject, score], row) => ({
        rowNumber: row + 2,
        values: {
          admissionNo: candidates[index]?.admissionNo ?? '',
          name: candidates[index]?.name ?? '',
          idNumber: candidates[index]?.idNumber ?? '',
          subject,
          score,
        },
      })),
    ),
  );
const anImport = (committedBy: string | null, status: string) =>
  house.uow.run(() =>
    house.db.insert('imports', {
      id: newId(),
      kind: 'EXAM_RESULTS',
      definition_version: 1,
      parameters_json: JSON.stringify({ examId }),
      status,
      started_by: house.as('exam-officer').actor.accountId,
      acting_by: house.as('exam-officer').actor.accountId,
      owner_subject_id: house.root,
      created_at: new Date(),
      committed_by: committedBy,
    }),
  );
const release = (who: string) => house.as(who).post(`/exams/${examId}/release`);
interface Results {
  items: { name: string; outcome: string; score: number | null; passed: boolean; paper: { subject: string } }[];
  nextCursor: string | null;
}

describe('a release', () => {
  it('makes the results final and tells it to the rooms to the right', async () => {
    await record('exam-officer', [
      [0, '公共', '85'],
      [1, '公共', '缺考'],
    ]);
    const { status, body, headers } = await release('approver');
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'RELEASED', commands: [], counts: { recorded: 2, missing: 4 } });
    expect(body['releasedAt']).not.toBeNull();
    expect(headers.get('etag')).toBe(`"${String(body['version'])}"`);
    const events = await house.db.rows<{ payload_json: string }>(
      `SELECT payload_json FROM outbox WHERE topic = 'exam.released'`,
    );
    expect(events.map(({ payload_json }) => JSON.parse(payload_json) as object)).toContainEqual({ examId });
    const [entry] = await house.db.rows<{ verb: string; actor_name: string }>(
      'SELECT verb, actor_name FROM audit_entries WHERE target_id = ? ORDER BY seq DESC LIMIT 1',
      [examId],
    );
    expect(entry).toEqual({ verb: 'exam.release', actor_name: 'approver' });
    const again = await release('approver');
    expect(again.status).toBe(409);
    expect(again.body).toMatchObject({ code: 'EXAM_RELEASED' });
    const late = await house
      .as('exam-officer')
      .post(`/exams/${examId}/registrations`, { officerIds: [candidates[0]?.id] });
    expect(late.status).toBe(409);
  });

  it('is never made by who recorded a result', async () => {
    await record('exam-officer', [[0, '公共', '85']]);
    const { status, body } = await release('exam-officer');
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'SEPARATION_OF_DUTIES', reasons: [{ code: 'RELEASE_BY_COMMITTER' }] });
    expect((await house.as('hr').get(`/exams/${examId}`)).body).toMatchObject({ status: 'OPEN' });
    expect((await release('exam-officer-2')).status).toBe(200);
  });

  it('is never made by who committed an import of it, even when others have overwritten every result', async () => {
    await anImport(house.as('exam-officer').actor.accountId, 'COMPLETED');
    await record('exam-officer-2', [[0, '公共', '85']]);
    for (const who of ['exam-officer', 'exam-officer-2']) expect((await release(who)).status).toBe(422);
    expect((await release('approver')).status).toBe(200);
  });

  it('needs results, and no import that is still at work', async () => {
    expect(await release('approver')).toMatchObject({ status: 409, body: { code: 'EXAM_WITHOUT_RESULTS' } });
    await record('exam-officer', [[0, '公共', '85']]);
    await anImport(house.as('exam-officer').actor.accountId, 'COMMITTING');
    expect(await release('approver')).toMatchObject({ status: 409, body: { code: 'IMPORT_IN_PROGRESS' } });
  });

  it('is made by exam officers and the approver, within their scope', async () => {
    await record('exam-officer', [[0, '公共', '85']]);
    for (const who of ['hr', 'reviewer', 'supervisor', 'auditor', 'system-admin', 'officer'])
      expect((await release(who)).status).toBe(403);
    expect((await house.as('approver').post(`/exams/${newId()}/release`)).status).toBe(404);
  });

  it('happens once when two people ask at the same moment', async () => {
    await record('exam-officer', [[0, '公共', '85']]);
    const answers = await Promise.all([release('approver'), release('exam-officer-2'), release('approver')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const [row] = await house.db.rows<{ events: number }>(
      `SELECT COUNT(*) AS events FROM outbox WHERE topic = 'exam.released' AND payload_json LIKE ?`,
      [`%${examId}%`],
    );
    expect(Number(row?.events)).toBe(1);
  });

  it('and an import at the same moment: all rows before it count, none after it', async () => {
    await record('exam-officer', [[0, '公共', '85']]);
    const [released, outcomes] = await Promise.all([release('approver'), record('exam-officer', [[1, '公共', '70']])]);
    expect(released.status).toBe(200);
    const counted = (released.body['counts'] as { recorded: number }).recorded;
    expect(counted).toBe(outcomes[0]?.state === 'CREATED' ? 2 : 1);
    const { body } = await house.as('hr').get<Results>(`/exams/${examId}/results`);
    expect(body.items).toHaveLength(counted);
  });

  it('opens the way to one resit of what was failed (BR-50)', async () => {
    const resit = (over: object) =>
      house
        .as('exam-officer')
        .post<{ id: string; resitOf: string; code: string; errors: { code: string }[] }>('/exams', {
          title: '补考',
          heldOn: '2026-07-20',
          papers: [{ subject: 'COMMON_LAW' }],
          resitOf: examId,
          ...over,
        });
    expect(await resit({})).toMatchObject({ status: 409, body: { code: 'EXAM_NOT_RELEASED' } });
    await record('exam-officer', [
      [0, '公共', '59'],
      [0, '城市管理', '90'],
      [1, '公共', '85'],
      [2, '公共', '缺考'],
    ]);
    expect((await release('approver')).status).toBe(200);
    expect(await resit({ resitOf: newId() })).toMatchObject({ status: 404 });
    const wrong = await resit({ heldOn: '2026-06-20', papers: [{ subject: 'SPECIAL_LAW', domain: 'FIRE' }] });
    expect(wrong.status).toBe(400);
    expect(wrong.body.errors.map(({ code }) => code)).toEqual(['PAPER_NOT_IN_ROUND', 'RESIT_TOO_EARLY']);

    const second = await resit({
      papers: [{ subject: 'COMMON_LAW' }, { subject: 'SPECIAL_LAW', domain: 'URBAN_MANAGEMENT' }],
    });
    expect([second.status, second.body.resitOf]).toEqual([201, examId]);
    expect(await resit({ resitOf: second.body.id })).toMatchObject({ status: 409, body: { code: 'RESIT_OF_A_RESIT' } });
    const enter = async (exam: string) => {
      const { body } = await house
        .as('exam-officer')
        .post<{ items: { status: string; reasons: { code: string }[] }[] }>(`/exams/${exam}/registrations`, {
          officerIds: candidates.map(({ id }) => id),
        });
      return body.items.map(({ status, reasons }) => [status, ...reasons.map(({ code }) => code)]);
    };
    expect(await enter(second.body.id)).toEqual([
      ['REGISTERED'],
      ['REFUSED', 'NOTHING_TO_RESIT'],
      ['REFUSED', 'NOTHING_TO_RESIT'],
    ]);
    const { body } = await house
      .as('hr')
      .get<{ items: { papers: { subject: string }[] }[] }>(`/exams/${second.body.id}/registrations`);
    expect(body.items.map(({ papers }) => papers.map(({ subject }) => subject))).toEqual([['COMMON_LAW']]);
    const third = await resit({ heldOn: '2026-08-20' });
    expect((await enter(third.body.id))[0]).toEqual(['REFUSED', 'RESITS_USED_UP']);
  });

  it('is waited for by an import that comes while it is under way', async () => {
    const letGo = await holdExam(house, examId, () =>
      house.db.execute(`UPDATE exams SET status = 'RELEASED' WHERE id = ?`, [examId]),
    );
    const importing = record('exam-officer', [[0, '公共', '85']]);
    await letGo();
    expect(await importing).toMatchObject([{ state: 'FAILED', problems: [{ code: 'EXAM_RELEASED' }] }]);
  });

  it('voids all papers of who cheated in one, and keeps what stood there in the audit trail', async () => {
    await record('exam-officer', [
      [0, '公共', '90'],
      [0, '专业', '违纪'],
      [1, '公共', '90'],
      [1, '专业', '95'],
    ]);
    expect((await release('approver')).body['counts']).toMatchObject({ recorded: 4, void: 2, passed: 2 });
    const { body } = await house.as('hr').get<Results>(`/exams/${examId}/results`);
    const of = (name: string) => body.items.filter((item) => item.name === name);
    expect(of('张三').map(({ outcome, score, passed }) => [outcome, score, passed])).toEqual([
      ['VOID', null, false],
      ['VOID', null, false],
    ]);
    expect(of('李四').map(({ score }) => score)).toEqual([90, 95]);
    const [entry] = await house.db.rows<{ before_json: string }>(
      `SELECT before_json FROM audit_entries WHERE target_id = ? AND verb = 'exam.release'`,
      [examId],
    );
    expect(JSON.parse(entry?.before_json ?? '{}')).toMatchObject({ voided: [{ outcome: 'SCORED', score: 90 }] });
  });
});

describe('the results', () => {
  it('are read page by page, and filtered', async () => {
    await record('exam-officer', [
      [0, '公共', '59.9'],
      [0, '专业', '60'],
      [1, '公共', '缺考'],
      [1, '专业', '90'],
      [2, '公共', '90'],
    ]);
    const all: Results['items'] = [];
    for (let cursor = ''; ;) {
      const { body } = await house
        .as('hr')
        .get<Results>(`/exams/${examId}/results?limit=2${cursor && `&cursor=${cursor}`}`);
      all.push(...body.items);
      if (body.nextCursor === null) break;
      cursor = body.nextCursor;
    }
    expect(all.map(({ name, paper, score }) => [name, paper.subject, score])).toEqual(
      expect.arrayContaining([
        ['张三', 'COMMON_LAW', 59.9],
        ['张三', 'SPECIAL_LAW', 60],
        ['李四', 'COMMON_LAW', null],
        ['李四', 'SPECIAL_LAW', 90],
        ['王五', 'COMMON_LAW', 90],
      ]),
    );
    expect(all).toHaveLength(5);
    const filtered = async (query: string) =>
      (await house.as('hr').get<Results>(`/exams/${examId}/results?${query}`)).body.items.length;
    expect(await filtered('outcome=ABSENT')).toBe(1);
    expect(await filtered('passed=true')).toBe(3);
    expect(await filtered('passed=false')).toBe(2);
    expect(await filtered(`admissionNo=${candidates[1]?.admissionNo ?? ''}`)).toBe(2);
    expect(await filtered(`officerId=${candidates[2]?.id ?? ''}`)).toBe(1);
    expect((await house.as('hr').get(`/exams/${examId}/results?passed=1`)).status).toBe(400);
    for (const { idNumber } of candidates) expect(JSON.stringify(all)).not.toContain(idNumber);
  });
});

describe('the sheet to be filled in', () => {
  const sheet = async (who = 'exam-officer') =>
    fetch(`${house.url}/api/v1/exams/${examId}/results-sheet.xlsx`, {
      headers: { authorization: `Bearer ${house.as(who).token}` },
    });

  it('holds one line per candidate and paper, numbers as text, formulas disarmed', async () => {
    const response = await sheet();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('spreadsheetml');
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="exam-\d+-results\.xlsx"$/);
    const file = join(mkdtempSync(join(tmpdir(), 'chizheng-sheet-')), 'sheet.xlsx');
    writeFileSync(file, Buffer.from(await response.arrayBuffer()));
    const workbook = new exceljs.Workbook();
    await workbook.xlsx.readFile(file);
    const worksheet = workbook.worksheets[0];
    const line = (row: number) => (worksheet?.getRow(row).values as unknown[]).slice(1);
    expect(line(1)).toEqual([
      '考试批次',
      '准考证号',
      '姓名',
      '身份证号',
      '单位',
      '科目',
      '专业领域',
      '成绩',
      '缺考标记',
      '违纪标记',
      '备注',
      '数据版本',
    ]);
    expect(worksheet?.actualRowCount).toBe(7);
    expect(line(2).slice(0, 6)).toEqual([
      "'=考试",
      candidates[0]?.admissionNo,
      '张三',
      candidates[0]?.idNumber,
      '城市管理局',
      '公共法律知识',
    ]);
    for (const column of [2, 4]) expect(worksheet?.getRow(2).getCell(column).numFmt).toBe('@');
  });

  it('is for exam officers only, and every download is audited', async () => {
    for (const who of ['hr', 'approver', 'reviewer', 'auditor']) expect((await sheet(who)).status).toBe(403);
    await (await sheet()).arrayBuffer();
    const entries = await house.db.rows<{ verb: string }>(
      `SELECT verb FROM audit_entries WHERE target_id = ? AND verb = 'exam.download-results-sheet'`,
      [examId],
    );
    expect(entries).toHaveLength(1);
  });
});
