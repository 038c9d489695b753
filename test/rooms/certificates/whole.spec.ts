import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../src/kernel/ids.js';
import { idCheckDigit } from '../../../src/rules/codes/id-number.js';
import { openHouse, type House } from '../../support/house.js';
import {
  allocateHere,
  approved,
  batchOf,
  cardOf,
  DOMAIN,
  nextNumber,
  openBatch,
  setSetting,
  submit,
} from './support.js';

/** The whole application: readiness from training and exams, numbers by file through the engine, recall by duty. */
let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.close());

let serial = 100;
const idNumber = (): string => {
  const first = `41010219900101${String((serial += 1)).padStart(3, '0')}`;
  return `${first}${idCheckDigit(first)}`;
};
const register = async (id: string): Promise<string> => {
  const answer = await house.as('hr').post('/officers', {
    name: '王五',
    idNumber: id,
    staffCategory: 'CIVIL_SERVANT',
    onEstablishment: true,
    education: '大学本科',
    subjectId: house.unit,
    postTitle: '行政执法岗',
    domains: [DOMAIN],
    assignedFrom: '2024-01-01',
  });
  if (answer.status !== 201) throw new Error(`not registered: ${JSON.stringify(answer.body)}`);
  return String(answer.body['id']);
};

/** Trained in both kinds of law and passed, entered by SQL. */
const qualify = (officerIds: readonly string[]): Promise<void> =>
  house.uow.run(async () => {
    const at = new Date('2026-01-10T00:00:00Z');
    for (const [subject, domain] of [
      ['COMMON_LAW', null],
      ['SPECIAL_LAW', DOMAIN],
    ] as const) {
      const [planId, classId] = [newId(), newId()];
      await house.db.insert('training_plans', {
        id: planId,
        plan_year: 2026,
        type: 'PRE_POST',
        title: '岗前培训',
        subject,
        domain,
        hours: 32,
        owner_subject_id: house.root,
        created_at: at,
      });
      await house.db.insert('training_classes', {
        id: classId,
        plan_id: planId,
        title: '班',
        starts_on: subject === 'COMMON_LAW' ? '2026-01-01' : '2026-01-06',
        ends_on: subject === 'COMMON_LAW' ? '2026-01-05' : '2026-01-10',
        place: '党校',
        hours: 32,
        status: 'CLOSED',
        owner_subject_id: house.root,
        created_at: at,
        closed_at: at,
      });
      await house.db.insert(
        'training_enrolments',
        officerIds.map((officer_id) => ({
          class_id: classId,
          officer_id,
          hours_attended: 32,
          hours_confirmed: 32,
          enrolled_at: at,
          confirmed_at: at,
        })),
      );
    }
    const examId = newId();
    await house.db.insert('exams', {
      id: examId,
      title: '考试',
      held_on: '2026-01-20',
      status: 'OPEN',
      owner_subject_id: house.root,
      created_at: at,
    });
    const papers = [
      { id: newId(), exam_id: examId, subject: 'COMMON_LAW', domain: '', pass_mark: 60 },
      { id: newId(), exam_id: examId, subject: 'SPECIAL_LAW', domain: DOMAIN, pass_mark: 60 },
    ];
    await house.db.insert('exam_papers', papers);
    for (const officer_id of officerIds) {
      const registrationId = newId();
      await house.db.insert('exam_registrations', {
        id: registrationId,
        exam_id: examId,
        officer_id,
        admission_no: registrationId.slice(-12),
        registered_at: at,
      });
      await house.db.insert(
        'exam_results',
        papers.map(({ id }) => ({
          registration_id: registrationId,
          paper_id: id,
          exam_id: examId,
          officer_id,
          outcome: 'SCORED',
          score: 80,
          passed: true,
          recorded_at: at,
          recorded_by: house.as('exam-officer').actor.accountId,
        })),
      );
    }
    await house.db.execute(`UPDATE exams SET status = 'RELEASED', released_at = ? WHERE id = ?`, [at, examId]);
  });

const upload = async (kind: string, csv: string) => {
  const data = new FormData();
  data.append('kind', kind);
  data.append('parameters', '{}');
  data.append('file', new Blob([csv], { type: 'text/csv' }), 'cards.csv');
  const received = await house.as('approver').post('/imports', data);
  expect(received.status).toBe(202);
  await house.drain();
  const path = `/imports/${String(received.body['id'])}`;
  expect((await house.as('approver').get(path)).body['status']).toBe('VALIDATED');
  expect((await house.as('approver').post(`${path}/commit`, { policy: 'VALID_ROWS_ONLY' })).status).toBe(202);
  await house.drain();
  return path;
};

describe('with the rooms around it', () => {
  it('who is not ready is told all that is missing; who is gets the card, and duty knows it', async () => {
    await allocateHere(house);
    const officerId = await register(idNumber());
    const early = await submit(house, [officerId]);
    expect(early.body.items[0]?.reasons.map(({ code }) => code)).toEqual(
      expect.arrayContaining([
        'TRAINING_COMMON_LAW_MISSING',
        'TRAINING_SPECIAL_LAW_MISSING',
        'EXAM_COMMON_LAW_NOT_PASSED',
        'EXAM_SPECIAL_LAW_NOT_PASSED',
      ]),
    );
    await qualify([officerId]);
    const opened = await openBatch(house, await approved(house, [officerId]), { validFrom: '2026-02-01' });
    await house.drain();
    const [item] = (await batchOf(house, opened.body.id)).items;
    expect(item?.status).toBe('ISSUED');
    const id = item?.certificateId ?? '';
    await house
      .as('reviewer')
      .post('/matters', { code: 'M1', name: '城市管理处罚', actType: 'CONFIRMATION', domain: DOMAIN });
    const check = async () =>
      (
        await house.as('supervisor').post<{ members: { reasons: { code: string }[] }[] }>('/duty/checks', {
          subjectId: house.unit,
          matterCode: 'M1',
          at: new Date(Date.now() + 60_000).toISOString(),
          members: [{ officerId }],
          record: false,
        })
      ).body.members[0]?.reasons.map(({ code }) => code);
    expect(await check()).toEqual([]);
    await house.as('approver').post(`/certificates/${id}/suspend`, { ground: 'OTHER', document: '决定1号' });
    expect(await check()).toEqual(['CERTIFICATE_SUSPENDED']);
    await house.as('approver').post(`/certificates/${id}/lift`, { document: '决定2号' });
    expect(await check()).toEqual([]);
    await house.as('approver').post(`/certificates/${id}/revoke`, { ground: 'LENT', document: '决定3号' });
    expect(await check()).toEqual(['CERTIFICATE_REVOKED']);
  });

  it('numbers that came back by file make the cards valid; taking the import back ends them', async () => {
    await setSetting(house, 'cert.numberMode', 'BACKFILL');
    const people = [idNumber(), idNumber()];
    const officerIds = [await register(people[0] ?? ''), await register(people[1] ?? '')];
    await qualify(officerIds);
    const opened = await openBatch(house, await approved(house, officerIds), { validFrom: '2026-02-01' });
    const row = (id: string): string => `${id},王五,行政执法证,${nextNumber()},2026-02-01,2026年2月1日,2031-01-31,1`;
    const csv = ['身份证号,姓名,证件类型,证号,发证日期,有效期起,有效期止,批次', ...people.map(row)].join('\n');
    const path = await upload('CERTIFICATE_BACKFILL', csv);
    const done = await house.as('approver').get<{ status: string; counts: Record<string, number> }>(path);
    expect(done.body).toMatchObject({ status: 'COMPLETED', counts: { created: 2 } });
    const batch = await batchOf(house, opened.body.id);
    expect(batch.status).toBe('COMPLETED');
    const card = await cardOf(house, batch.items[0]?.certificateId ?? '');
    expect(card).toMatchObject({ state: 'VALID', validFrom: '2026-02-01', origin: 'BACKFILL' });
    expect((await house.as('approver').post(`${path}/revert?dryRun=true`)).status).toBe(200);
    expect((await cardOf(house, card.id)).state).toBe('VALID');
    expect((await house.as('approver').post(`${path}/revert`)).status).toBeLessThan(300);
    await house.drain();
    expect((await cardOf(house, card.id)).state).toBe('CANCELLED');
  });

  it('existing cards by file: the sheet says what is wrong with each row; HR may not', async () => {
    const person = idNumber();
    await register(person);
    const csv = [
      '身份证号,姓名,证件类型,证号,有效期起,有效期止,单位,执法领域',
      `${person},王五,行政执法证,${nextNumber()},2024-01-01,2028-12-31,城市管理局,城市管理、农业`,
      `${idNumber()},赵六,行政执法证,${nextNumber()},2024-01-01,2028-12-31,,`,
    ].join('\n');
    const data = new FormData();
    data.append('kind', 'EXISTING_CERTIFICATES');
    data.append('file', new Blob([csv], { type: 'text/csv' }), 'cards.csv');
    expect((await house.as('hr').post('/imports', data)).status).toBe(403);
    const path = await upload('EXISTING_CERTIFICATES', csv);
    expect((await house.as('approver').get(path)).body).toMatchObject({
      status: 'PARTIALLY_COMPLETED',
      counts: { created: 1, invalid: 1 },
    });
  });
});
