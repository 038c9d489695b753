import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readSpreadsheet } from '../../src/infrastructure/files/spreadsheet-process.js';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { creditCode, idNumber } from '../support/codes.js';
import { eventually, startProduct, type Client, type Product, type Reply } from '../support/product.js';

interface Item {
  readonly officerId: string;
  readonly status: string;
  readonly applicationId?: string;
  readonly reasons: readonly { code: string }[];
}
interface ImportView {
  readonly id: string;
  readonly status: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly problem?: unknown;
}

/** The whole line, over HTTP, as the people of a district would walk it. Each step rests on the one before. */
describe('the main job', () => {
  let product: Product;
  const people: Record<string, Client> = {};
  const p = (name: string): Client => {
    const found = people[name];
    if (!found) throw new Error(`${name} has not signed in`);
    return found;
  };
  const ok = <T = Record<string, unknown>>(reply: Reply<T>, ...statuses: number[]): T => {
    if (!(statuses.length === 0 ? [200, 201] : statuses).includes(reply.status)) {
      throw new Error(`answered ${reply.status}: ${JSON.stringify(reply.body).slice(0, 1500)}`);
    }
    return reply.body;
  };
  const importDone = (who: Client, id: string): Promise<ImportView> =>
    eventually(
      async () => ok(await who.get<ImportView>(`/imports/${id}`)),
      ({ status }) =>
        ['VALIDATED', 'NEEDS_MAPPING', 'COMPLETED', 'PARTIALLY_COMPLETED', 'FAILED', 'CANCELLED'].includes(status),
    );

  const run = Date.now() % 90_000;
  let bureau = '';
  let team = '';
  let officers: string[] = [];
  let certificates: { id: string; officerId: string; certificateNo: string }[] = [];
  const MATTER = `E2E-${run}`;
  const COUNT = 60;

  beforeAll(async () => {
    product = await startProduct({ apis: 2 });
    for (const name of ['hr', 'hr-2', 'exam-officer', 'reviewer', 'approver', 'supervisor', 'auditor'])
      people[name] = await product.signIn(name);
  }, 120_000);
  afterAll(() => product.stop());

  it('1 registers and confirms bodies, gives powers, and walks a delegation to the end', async () => {
    const body = (name: string, kind: string, serial: number) => ({
      name,
      uscc: creditCode(serial, kind === 'ADMIN_ORGAN' ? '11' : '12'),
      kind,
      divisionCode: '410102',
      legalBases: [{ title: '河南省行政执法条例', article: '第十三条', rank: 'LOCAL_REGULATION' }],
    });
    const organ = ok(await p('reviewer').post('/subjects', body('端到端城管局', 'ADMIN_ORGAN', 9_000_000 + run)), 201);
    bureau = String(organ['id']);
    const entrusted = ok(
      await p('reviewer').post('/subjects', body('端到端执法大队', 'DELEGATED_ORG', 8_000_000 + run)),
      201,
    );
    team = String(entrusted['id']);
    const confirmation = {
      approvalDocument: '中政〔2026〕1号',
      announcementReference: 'http://example.test/1',
      announcedOn: '2024-01-01',
      effectiveFrom: '2024-01-01',
    };
    expect((await p('reviewer').post(`/subjects/${bureau}/confirm`, confirmation)).status).toBe(403);
    for (const id of [bureau, team]) ok(await p('approver').post(`/subjects/${id}/confirm`, confirmation));
    ok(
      await p('reviewer').post('/matters', {
        code: MATTER,
        name: '占道经营检查',
        actType: 'INSPECTION',
        domain: 'URBAN_MANAGEMENT',
      }),
      201,
    );
    ok(
      await p('reviewer').post(`/subjects/${bureau}/powers`, {
        matterCode: MATTER,
        jurisdictionCode: '410102',
        legalBasis: { title: '河南省城市管理条例', article: '第十条', rank: 'LOCAL_REGULATION' },
        validFrom: '2024-01-01',
      }),
      201,
    );
    const delegation = ok(
      await p('reviewer').post('/delegations', {
        delegatorId: bureau,
        delegateeId: team,
        matterCodes: [MATTER],
        jurisdictionCode: '410102',
        authority: '日常检查',
        documentNo: `E2E委〔${run}〕`,
        legalBasis: { title: '行政处罚法', article: '第二十条', rank: 'LAW' },
        validFrom: '2026-01-01',
        validTo: '2027-12-31',
      }),
      201,
    );
    const path = `/delegations/${String(delegation['id'])}`;
    ok(await p('reviewer').post(`${path}/sign`, { signedOn: '2026-01-01' }));
    ok(
      await p('reviewer').post(`${path}/publish`, {
        delegatorPublication: { reference: 'http://example.test/2', publishedOn: '2026-01-02' },
        delegateePublication: { reference: 'http://example.test/3', publishedOn: '2026-01-02' },
      }),
    );
    ok(await p('reviewer').post(`${path}/supervisions`, { summary: '现场检查一次' }), 200, 201);
    ok(await p('hr').post(`${path}/reports`, { summary: '季度报告' }), 200, 201);
    const read = await p('reviewer').get(path);
    expect(read.status).toBe(200);
    expect(read.headers.get('etag')).toMatch(/^"\d+"$/);
  });

  it('2 takes a roster with faulty rows: each is refused with row, column, code and cure; the good ones are committed', async () => {
    const heading = '序号,单位名称,姓名,性别,身份证号,学历,人员类别,是否在编,是否在岗,执法岗位,执法领域,任职起始日期';
    const line = (i: number, more: Partial<Record<'name' | 'id' | 'kind' | 'unit', string>> = {}): string => {
      const id = more.id ?? idNumber(run * 3 + i);
      const sex = Number(id[16]) % 2 === 1 ? '男' : '女';
      return [
        i,
        more.unit ?? '端到端城管局',
        more.name ?? `端测${i}`,
        sex,
        id,
        '本科',
        more.kind ?? '公务员',
        '是',
        '是',
        '行政执法岗',
        '城市管理',
        '2025-01-01',
      ].join(',');
    };
    const rows = Array.from({ length: COUNT }, (_, i) => line(i));
    const faulty = [
      line(900, { id: '410102199001010013' }),
      line(901, { unit: '没有这个单位' }),
      line(902, { kind: '协管员' }),
      line(903, { name: '' }),
      line(904, { id: '4.10102E+17' }),
    ];
    const csv = ['端到端城管局2026年人员花名册', heading, ...rows, ...faulty, '合计,,65'].join('\r\n');
    const accepted = await p('hr').upload('OFFICER_ROSTER', {}, '花名册.csv', `\ufeff${csv}`);
    expect(accepted.status).toBe(202);
    const id = String(accepted.body['id']);
    const validated = await importDone(p('hr'), id);
    expect(validated).toMatchObject({ status: 'VALIDATED', counts: { invalid: faulty.length } });
    const bad = ok(
      await p('hr').get<{
        items: { rowNumber: number; problems: { code: string; column: string; detail: string }[] }[];
      }>(`/imports/${id}/rows?state=INVALID`),
    );
    expect(bad.items.map(({ problems }) => problems.find(Boolean)?.code).sort()).toEqual(
      [
        'AUXILIARY_NOT_AN_OFFICER',
        'ID_CHECK_DIGIT',
        'ID_STORED_AS_NUMBER',
        'REQUIRED_MISSING',
        'SUBJECT_UNKNOWN',
      ].sort(),
    );
    for (const { rowNumber, problems } of bad.items) {
      expect(rowNumber).toBeGreaterThan(COUNT + 2);
      expect(problems[0]?.detail).toMatch(/\p{Script=Han}/u);
    }
    ok(await p('hr').post(`/imports/${id}/commit`, { policy: 'VALID_ROWS_ONLY' }), 202);
    const done = await importDone(p('hr'), id);
    expect(done).toMatchObject({ status: 'PARTIALLY_COMPLETED', counts: { created: COUNT } });
    const workbook = await p('hr').get(`/imports/${id}/error-workbook`);
    expect(workbook.status).toBe(200);
    const folder = mkdtempSync(join(tmpdir(), 'chizheng-e2e-file-'));
    writeFileSync(join(folder, 'errors.xlsx'), workbook.bytes);
    let found = 0;
    for await (const event of readSpreadsheet(join(folder, 'errors.xlsx'), { fileName: 'errors.xlsx' })) {
      if (event.type === 'rows')
        found += event.rows.filter(({ cells }) =>
          cells.some(({ text }) => text.includes('没有这个单位') || text === '端测900'),
        ).length;
    }
    rmSync(folder, { recursive: true });
    expect(found).toBe(2);
    const listed = ok(
      await p('hr').get<{ items: { id: string; idNumber?: string }[] }>(`/officers?subjectId=${bureau}&limit=200`),
    );
    officers = listed.items.map((officer) => officer.id);
    expect(officers).toHaveLength(COUNT);
    expect(JSON.stringify(listed)).not.toContain(idNumber(run * 3));
  });

  it('3 plans a training class, enrols, records attendance, closes it: hours are confirmed', async () => {
    for (const [subject, domain, hours, startsOn, endsOn] of [
      ['COMMON_LAW', undefined, 24, '2026-05-11', '2026-05-13'],
      ['SPECIAL_LAW', 'URBAN_MANAGEMENT', 24, '2026-05-18', '2026-05-20'],
    ] as const) {
      const plan = ok(
        await p('hr').post('/training-plans', {
          year: 2026,
          type: 'PRE_POST',
          title: '岗前培训',
          subject,
          domain,
          hours,
        }),
        201,
      );
      const cls = ok(
        await p('hr').post(`/training-plans/${String(plan['id'])}/classes`, {
          title: '第一期',
          startsOn,
          endsOn,
          place: '党校',
          hours,
        }),
        201,
      );
      const path = `/training-classes/${String(cls['id'])}`;
      ok(await p('hr').post(`${path}/enrolments`, { officerIds: officers }));
      ok(
        await p('hr').post(`${path}/attendance`, {
          records: officers.map((officerId, i) => ({ officerId, hours: i === COUNT - 1 ? 2 : hours })),
        }),
      );
      ok(await p('hr').post(`${path}/close`));
      expect((await p('hr').post(`${path}/close`)).status).toBe(409);
    }
    const hours = ok(await p('hr').get(`/officers/${officers[0]}/training-hours?year=2026`));
    expect(JSON.stringify(hours)).toContain('48');
  });

  it('4 holds an exam: registers, hands out the results sheet, takes the results, and another person releases them', async () => {
    const exam = ok(
      await p('exam-officer').post('/exams', {
        title: '2026年行政执法资格考试',
        heldOn: '2026-06-20',
        papers: [{ subject: 'COMMON_LAW' }, { subject: 'SPECIAL_LAW', domain: 'URBAN_MANAGEMENT' }],
      }),
      201,
    );
    const id = String(exam['id']);
    const registered = ok(
      await p('exam-officer').post<{ items: Item[] }>(`/exams/${id}/registrations`, {
        officerIds: [...officers, 'nobody'],
      }),
    );
    expect(registered.items.filter(({ status }) => status === 'REGISTERED')).toHaveLength(COUNT);
    expect(registered.items.at(-1)).toMatchObject({ status: 'REFUSED', reasons: [{ code: 'OFFICER_UNKNOWN' }] });
    const sheet = await p('exam-officer').get(`/exams/${id}/results-sheet.xlsx`);
    expect(sheet.status).toBe(200);
    const filled = await fillResults(sheet.bytes, (i) => (i >= (COUNT - 2) * 2 ? '59.5' : '88'));
    const upload = await p('exam-officer').upload('EXAM_RESULTS', { examId: id }, '成绩.csv', filled);
    expect(upload.status).toBe(202);
    const importId = String(upload.body['id']);
    expect(await importDone(p('exam-officer'), importId)).toMatchObject({
      status: 'VALIDATED',
      counts: { invalid: 0 },
    });
    ok(await p('exam-officer').post(`/imports/${importId}/commit`, { policy: 'VALID_ROWS_ONLY' }), 202);
    expect(await importDone(p('exam-officer'), importId)).toMatchObject({
      status: 'COMPLETED',
      counts: { created: COUNT * 2 },
    });
    expect((await p('exam-officer').post(`/exams/${id}/release`)).status).toBe(422);
    ok(await p('approver').post(`/exams/${id}/release`));
    const readiness = ok(await p('hr').get(`/officers/${officers[0]}/readiness`));
    expect(readiness).toMatchObject({ ready: true });
  });

  it('5 applies, reviews, approves and issues: numbers are unique, nobody acts twice', async () => {
    const applied = ok(
      await p('hr').post<{ items: Item[] }>('/certificate-applications', {
        type: 'FIRST',
        certificateType: 'ENFORCEMENT',
        subjectId: bureau,
        domains: ['URBAN_MANAGEMENT'],
        officerIds: officers,
      }),
    );
    const submitted = applied.items.filter(({ status }) => status === 'SUBMITTED');
    expect(submitted).toHaveLength(COUNT - 2);
    const refused = applied.items.filter(({ status }) => status === 'REFUSED');
    expect(refused.every(({ reasons }) => reasons.length > 0)).toBe(true);
    const ids = submitted.map(({ applicationId }) => applicationId ?? '');
    const decide = async (who: string) =>
      ok(
        await p(who).post<{ items: { status: string; reasons: unknown[] }[] }>('/certificate-applications/decide', {
          applicationIds: ids,
          decision: 'APPROVE',
          opinion: '符合条件',
        }),
      );
    const early = await decide('approver');
    expect(early.items.every(({ reasons }) => reasons.length > 0)).toBe(true);
    expect((await decide('reviewer')).items.every(({ reasons }) => reasons.length === 0)).toBe(true);
    expect((await decide('reviewer')).items.every(({ reasons }) => reasons.length > 0)).toBe(true);
    expect((await decide('approver')).items.every(({ reasons }) => reasons.length === 0)).toBe(true);
    const batch = await p('approver').post(
      '/certificate-batches',
      { applicationIds: ids, validFrom: '2026-07-01' },
      { headers: { 'idempotency-key': `batch-${run}` } },
    );
    expect(batch.status).toBe(202);
    expect(batch.headers.get('location')).toContain('/certificate-batches/');
    const again = await p('approver').post(
      '/certificate-batches',
      { applicationIds: ids, validFrom: '2026-07-01' },
      { headers: { 'idempotency-key': `batch-${run}` } },
    );
    expect(again.body['id']).toBe(batch.body['id']);
    interface Batch {
      status: string;
      items: { certificateId: string; certificateNo: string; applicationId: string; status: string }[];
    }
    const done = await eventually(
      async () => ok(await p('approver').get<Batch>(`/certificate-batches/${String(batch.body['id'])}`)),
      ({ status }) => status !== 'ISSUING',
    );
    expect(done.status).toBe('COMPLETED');
    const numbers = done.items.map(({ certificateNo }) => certificateNo);
    expect(new Set(numbers).size).toBe(COUNT - 2);
    expect(numbers.every((number) => /^\d{11}$/.test(number))).toBe(true);
    const holder = new Map(submitted.map(({ applicationId, officerId }) => [applicationId, officerId]));
    certificates = done.items.map(({ certificateId, certificateNo, applicationId }) => ({
      id: certificateId,
      certificateNo,
      officerId: holder.get(applicationId) ?? '',
    }));
  });

  const question = (members: readonly unknown[], more: Record<string, unknown> = {}) => ({
    subjectId: bureau,
    matterCode: MATTER,
    divisionCode: '410102',
    from: '2026-12-01T08:00:00+08:00',
    to: '2026-12-01T18:00:00+08:00',
    members,
    ...more,
  });
  let deploymentId = '';

  it('6 checks a team, gets a yes or every reason for the no, deploys it and starts it', async () => {
    const [first, second] = certificates;
    const uncertified = officers.find((id) => !certificates.some(({ officerId }) => officerId === id)) ?? '';
    const no = ok(
      await p('supervisor').post(
        '/duty/checks',
        question([{ certificateNo: first?.certificateNo }, { officerId: uncertified }]),
      ),
    );
    expect(no).toMatchObject({ cleared: false });
    expect(JSON.stringify(no)).toContain('CERTIFICATE_MISSING');
    const members = [{ certificateNo: first?.certificateNo }, { officerId: second?.officerId }];
    const yes = ok(await p('supervisor').post('/duty/checks', question(members)));
    expect(yes).toMatchObject({ cleared: true, via: { kind: 'OWN_POWER' } });
    const deployed = ok(
      await p('supervisor').post('/duty/deployments', { title: '夜市检查', ...question(members) }),
      201,
    );
    deploymentId = String(deployed['id']);
    expect(deployed['status']).toBe('PLANNED');
    const started = ok(await p('supervisor').post(`/duty/deployments/${deploymentId}/start`));
    expect(started['status']).toBe('ACTIVE');
  });

  it('7 revokes a certificate: the deployment is recalled in the same transaction, seen by the other process at once', async () => {
    const [first] = certificates;
    ok(
      await p('approver').post(`/certificates/${first?.id}/revoke`, { ground: 'LENT', document: '中司撤〔2026〕1号' }),
      200,
      204,
    );
    const seen = ok(await p('supervisor').get(`/duty/deployments/${deploymentId}`, { api: 1 }));
    expect(seen).toMatchObject({ status: 'RECALLED', recall: { cause: 'certificate.revoke' } });
    expect(JSON.stringify(seen['recall'])).toContain('CERTIFICATE_REVOKED');
    expect(
      (await p('approver').post(`/certificates/${first?.id}/suspend`, { ground: 'OTHER', document: 'x' })).status,
    ).toBe(409);
    const [recorded] = await product.rows<{ n: number }>(
      `SELECT COUNT(*) AS n FROM audit_entries WHERE verb = 'deployment.recall' AND target_id = ?`,
      [deploymentId],
    );
    expect(Number(recorded?.n)).toBe(1);
  });

  it('8 loads existing certificates of an authority that takes the system up', async () => {
    const without = officers.filter((id) => !certificates.some(({ officerId }) => officerId === id));
    const rows = [];
    for (const [i, id] of without.entries()) {
      const officer = ok(await p('hr').get(`/officers/${id}`));
      const revealed = ok(await p('hr').post(`/officers/${id}/reveal-id-number`, { reason: '旧证补录' }));
      rows.push(
        [
          revealed['idNumber'],
          officer['name'],
          '行政执法证',
          `1699${String(run).padStart(5, '0')}${String(i).padStart(2, '0')}`,
          '2023-01-01',
          '2023-01-01',
          '2027-12-31',
          '城市管理',
        ].join(','),
      );
    }
    const csv = ['身份证号,姓名,证件类型,证号,发证日期,有效期起,有效期止,执法领域', ...rows].join('\n');
    expect((await p('hr').upload('EXISTING_CERTIFICATES', {}, '旧证.csv', csv)).status).toBe(403);
    const upload = await p('approver').upload('EXISTING_CERTIFICATES', {}, '旧证.csv', csv);
    expect(upload.status).toBe(202);
    const id = String(upload.body['id']);
    const validated = await importDone(p('approver'), id);
    expect(validated).toMatchObject({ status: 'VALIDATED', counts: { invalid: 0 } });
    ok(await p('approver').post(`/imports/${id}/commit`, { policy: 'ALL_OR_NOTHING' }), 202);
    expect(await importDone(p('approver'), id)).toMatchObject({
      status: 'COMPLETED',
      counts: { created: without.length },
    });
    const check = ok(await p('supervisor').post('/duty/checks', question(without.map((officerId) => ({ officerId })))));
    expect(check).toMatchObject({ cleared: true });
  });

  it('leaves a chain that verifies and no ID number in clear', async () => {
    const verified = ok(await p('auditor').post('/audit/verify'), 200, 201);
    expect(verified).toMatchObject({ ok: true });
    const columns = await product.rows<{ t: string; c: string }>(
      `SELECT table_name AS t, column_name AS c FROM information_schema.columns
       WHERE table_schema = DATABASE() AND data_type IN ('varchar', 'char', 'text', 'mediumtext', 'longtext')`,
    );
    expect(columns.length).toBeGreaterThan(200);
    const canaries = [idNumber(run * 3), idNumber(run * 3 + 5)];
    for (const { t, c } of columns) {
      for (const canary of canaries) {
        const hits = await product.rows(`SELECT 1 FROM \`${t}\` WHERE \`${c}\` LIKE ? LIMIT 1`, [`%${canary}%`]);
        expect([t, c, hits.length]).toEqual([t, c, 0]);
      }
    }
  });
});

/** Fills the column 成绩 of the downloaded sheet and gives it back as CSV. */
async function fillResults(workbook: Buffer, score: (index: number) => string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'chizheng-e2e-sheet-'));
  try {
    writeFileSync(join(folder, 'sheet.xlsx'), workbook);
    const lines: string[] = [];
    let scoreColumn = -1;
    for await (const event of readSpreadsheet(join(folder, 'sheet.xlsx'), { fileName: 'sheet.xlsx' })) {
      if (event.type !== 'rows') continue;
      for (const { cells } of event.rows) {
        const width = Math.max(...cells.map(({ column }) => column), scoreColumn + 1);
        const texts = Array.from({ length: width }, (_, i) => cells.find(({ column }) => column === i + 1)?.text ?? '');
        if (scoreColumn < 0) scoreColumn = texts.indexOf('成绩');
        else texts[scoreColumn] = score(lines.length - 1);
        lines.push(texts.join(','));
      }
    }
    return lines.join('\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}
