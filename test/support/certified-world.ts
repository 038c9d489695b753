import { randomBytes } from 'node:crypto';
import { newId } from '../../src/kernel/ids.js';
import { insertSubject, type House } from './house.js';

/** Numbers of this world: 16, eight digits, a check digit. */
export const SCHEME = [
  { kind: 'CONST', value: '16' },
  { kind: 'SERIAL', width: 8, start: 1 },
  { kind: 'CHECK' },
] as const;
export const DOMAIN = 'URBAN_MANAGEMENT';
const LONG_AGO = new Date('2024-01-01T00:00:00Z');
const APPLIED = Date.parse('2026-03-02T02:00:00Z');

/** Certificates issued by the product itself, and what became of some of them. */
export interface CertifiedWorld {
  readonly plain: readonly string[];
  readonly revoked: readonly string[];
  readonly suspended: readonly string[];
  /** Cards that follow another one (exchanged), which is REPLACED. */
  readonly exchanged: readonly string[];
  /** Cards of people in a delegated body that has no other. */
  readonly alone: readonly string[];
  readonly certificates: number;
}

export interface WorldSize {
  readonly certificates: number;
  /** How many of each kind of fate. */
  readonly each: number;
}

/** The clock of the house goes on by a second: no two verbs at one moment. */
class Time {
  private at = APPLIED;
  constructor(private readonly house: House) {}
  next(ms = 1000): void {
    this.at += ms;
    this.house.clock.set(this.at);
  }
}

export async function certifiedWorld(house: House, { certificates, each }: WorldSize): Promise<CertifiedWorld> {
  const time = new Time(house);
  time.next();
  await allocate(house);
  const bodies: string[] = [];
  for (let i = 0; i < each; i++) bodies.push(await delegatedBody(house, i));
  const plainCount = certificates - 5 * each;
  const officers = await qualifiedOfficers(house, Array<string>(plainCount + 3 * each).fill(house.unit));
  const lonely = await qualifiedOfficers(house, bodies);
  const first = await issue(house, time, officers, house.unit);
  const alone: string[] = [];
  const applications: string[] = [];
  for (const [i, body] of bodies.entries()) applications.push(...(await approve(house, time, [lonely[i] ?? ''], body)));
  alone.push(...(await issueBatch(house, time, applications)));
  const [plain, rest] = [first.slice(0, plainCount), first.slice(plainCount)];
  const [revoked, suspended, old] = [rest.slice(0, each), rest.slice(each, 2 * each), rest.slice(2 * each)];
  for (const id of revoked) await verb(house, time, id, 'revoke', { ground: 'LENT', document: '决定1号' });
  for (const id of suspended) await verb(house, time, id, 'suspend', { ground: 'OTHER', document: '决定2号' });
  // Every second one is lifted again, and a second suspension follows.
  for (const [i, id] of suspended.entries()) {
    if (i % 2 === 0) continue;
    await verb(house, time, id, 'lift', { document: '决定3号' });
    await verb(house, time, id, 'suspend', { ground: 'OTHER', document: '决定4号' });
  }
  const holders = officers.slice(plainCount + 2 * each);
  const exchanged = await issueBatch(house, time, await approve(house, time, holders, house.unit, 'EXCHANGE'));
  if (old.length !== exchanged.length) throw new Error('not every card was exchanged');
  return { plain, revoked, suspended, exchanged, alone, certificates: first.length + alone.length + exchanged.length };
}

/** Numbers are made here, by the scheme. */
export async function allocate(house: House): Promise<void> {
  for (const [key, value] of [
    ['cert.numberMode', 'ALLOCATED'],
    ['cert.numberScheme', SCHEME],
  ] as const) {
    await house.uow.run(() =>
      house.db.execute('UPDATE settings SET value_json = ? WHERE setting_key = ?', [JSON.stringify(value), key]),
    );
  }
}

/** A body that acts by a delegation of the district, in effect since 2024. */
async function delegatedBody(house: House, n: number): Promise<string> {
  return house.uow.run(async () => {
    const parent = await house.db.row<{ path: string }>('SELECT path FROM subjects WHERE id = ?', [house.root]);
    const { id } = await insertSubject(house.db, {
      name: `受委托单位${n}`,
      kind: 'DELEGATED_ORG',
      parent: { id: house.root, path: parent?.path ?? '/' },
      uscc: `12410102T${String(n).padStart(7, '0')}XA`,
    });
    const delegation = newId();
    await house.db.insert('delegations', {
      id: delegation,
      delegator_id: house.root,
      delegatee_id: id,
      jurisdiction_code: '410102',
      authority: '行政处罚',
      document_no: `委托〔${n}〕号`,
      basis_title: '条例',
      basis_article: '第十条',
      basis_rank: 'LOCAL_REGULATION',
      valid_from: '2024-02-01',
      valid_to: '2026-12-31',
      signed_on: '2024-01-15',
      signed_recorded_at: LONG_AGO,
      stage: 'PUBLISHED',
      created_at: LONG_AGO,
    });
    await house.db.insert(
      'delegation_publications',
      ['DELEGATOR', 'DELEGATEE'].map((side) => ({
        id: newId(),
        delegation_id: delegation,
        side,
        reference: '公告',
        published_on: '2024-01-20',
        recorded_at: LONG_AGO,
      })),
    );
    return id;
  });
}

/**
 * People who have learned and passed everything by a day, each in a body. Written by SQL: how they got there is not the matter here.
 * Give a day for tests that run by the real clock.
 */
export async function qualifiedOfficers(
  house: House,
  bodies: readonly string[],
  learned = new Date('2026-01-10T00:00:00Z'),
): Promise<string[]> {
  const made: string[] = [];
  for (let start = 0; start < bodies.length; start += 5000)
    made.push(...(await somePeople(house, bodies.slice(start, start + 5000), learned)));
  return made;
}

async function somePeople(house: House, bodies: readonly string[], learned: Date): Promise<string[]> {
  const day = (days: number): string => new Date(learned.getTime() + days * 86_400_000).toISOString().slice(0, 10);
  const people = bodies.map((subjectId) => ({ id: newId(), subjectId }));
  const by = house.as('exam-officer').actor.accountId;
  await house.uow.run(async () => {
    await house.db.insert(
      'officers',
      people.map(({ id, subjectId }, place) => ({
        id,
        name: `张${place + 1}`,
        id_number_cipher: 'none',
        id_number_index: randomBytes(32).toString('hex'),
        id_number_masked: '410***********0012',
        gender: 'MALE',
        birth_date: '1990-02-28',
        education: '大学',
        post_title: '行政执法岗',
        domains_json: JSON.stringify([DOMAIN]),
        staff_category: 'CIVIL_SERVANT',
        on_establishment: true,
        subject_id: subjectId,
        created_at: LONG_AGO,
      })),
    );
    await house.db.insert(
      'officer_assignments',
      people.map(({ id, subjectId }) => ({
        id: newId(),
        officer_id: id,
        subject_id: subjectId,
        post_title: '行政执法岗',
        staff_category: 'CIVIL_SERVANT',
        on_establishment: true,
        effective_from: LONG_AGO,
        recorded_at: LONG_AGO,
      })),
    );
    for (const [subject, domain, starts, ends] of [
      ['COMMON_LAW', null, day(-9), day(-5)],
      ['SPECIAL_LAW', DOMAIN, day(-5), day(0)],
    ] as const) {
      const [planId, classId] = [newId(), newId()];
      const plan = {
        id: planId,
        plan_year: learned.getUTCFullYear(),
        type: 'PRE_POST',
        title: '岗前培训',
        subject,
        domain,
        hours: 32,
      };
      await house.db.insert('training_plans', { ...plan, owner_subject_id: house.root, created_at: learned });
      await house.db.insert('training_classes', {
        id: classId,
        plan_id: planId,
        title: '班',
        starts_on: starts,
        ends_on: ends,
        place: '党校',
        hours: 32,
        status: 'CLOSED',
        owner_subject_id: house.root,
        created_at: learned,
        closed_at: learned,
      });
      await house.db.insert(
        'training_enrolments',
        people.map(({ id }) => ({
          class_id: classId,
          officer_id: id,
          hours_attended: 32,
          hours_confirmed: 32,
          enrolled_at: learned,
          confirmed_at: learned,
        })),
      );
    }
    const examId = newId();
    const exam = { id: examId, title: '考试', held_on: day(1), status: 'OPEN', owner_subject_id: house.root };
    await house.db.insert('exams', { ...exam, created_at: learned });
    const papers = [
      { id: newId(), exam_id: examId, subject: 'COMMON_LAW', domain: '', pass_mark: 60 },
      { id: newId(), exam_id: examId, subject: 'SPECIAL_LAW', domain: DOMAIN, pass_mark: 60 },
    ];
    await house.db.insert('exam_papers', papers);
    const registrations = people.map(({ id }) => ({ id: newId(), officerId: id }));
    await house.db.insert(
      'exam_registrations',
      registrations.map(({ id, officerId }) => ({
        id,
        exam_id: examId,
        officer_id: officerId,
        admission_no: randomBytes(8).toString('hex'),
        registered_at: learned,
      })),
    );
    await house.db.insert(
      'exam_results',
      registrations.flatMap(({ id, officerId }) =>
        papers.map((paper) => ({
          registration_id: id,
          paper_id: paper.id,
          exam_id: examId,
          officer_id: officerId,
          outcome: 'SCORED',
          score: 80,
          passed: true,
          recorded_at: learned,
          recorded_by: by,
        })),
      ),
    );
    const released = new Date(learned.getTime() + 2 * 86_400_000);
    await house.db.execute(`UPDATE exams SET status = 'RELEASED', released_at = ? WHERE id = ?`, [released, examId]);
  });
  return people.map(({ id }) => id);
}

interface Submitted extends Record<string, unknown> {
  readonly items: { officerId: string; applicationId?: string; reasons: { code: string }[] }[];
}

/** Applications that have passed both steps, by the verbs of the product. */
export async function approve(
  house: House,
  time: { next(): void } | null,
  officerIds: readonly string[],
  subjectId: string,
  type = 'FIRST',
): Promise<string[]> {
  const ids: string[] = [];
  for (let start = 0; start < officerIds.length; start += 1000) {
    time?.next();
    const submitted = await house.as('hr').post<Submitted>('/certificate-applications', {
      type,
      certificateType: 'ENFORCEMENT',
      subjectId,
      domains: [DOMAIN],
      officerIds: officerIds.slice(start, start + 1000),
    });
    const some = submitted.body.items.map(({ applicationId, reasons }) => {
      if (!applicationId) throw new Error(`refused: ${reasons.map(({ code }) => code).join(', ')}`);
      return applicationId;
    });
    for (const who of ['reviewer', 'approver'] as const) {
      time?.next();
      const order = { applicationIds: some, decision: 'APPROVE', opinion: '同意' };
      const decided = await house.as(who).post('/certificate-applications/decide', order);
      if (decided.status !== 200) throw new Error(`not decided: ${decided.status} ${JSON.stringify(decided.body)}`);
    }
    ids.push(...some);
  }
  return ids;
}

const issue = async (house: House, time: Time, officerIds: readonly string[], subjectId: string): Promise<string[]> =>
  issueBatch(house, time, await approve(house, time, officerIds, subjectId));

/** Batches of at most 10,000, issued to their end. Gives the certificates in the order of the applications. */
async function issueBatch(house: House, time: Time, applicationIds: readonly string[]): Promise<string[]> {
  const certificates = new Map<string, string>();
  for (let start = 0; start < applicationIds.length; start += 10_000) {
    time.next();
    const opened = await house.as('approver').post('/certificate-batches', {
      applicationIds: applicationIds.slice(start, start + 10_000),
      validFrom: '2026-03-05',
    });
    if (opened.status >= 300) throw new Error(`no batch: ${JSON.stringify(opened.body)}`);
    time.next();
    await house.drain();
    const items = await house.db.rows<{ application_id: string; status: string; certificate_id: string | null }>(
      'SELECT application_id, status, certificate_id FROM certificate_batch_items WHERE batch_id = ?',
      [String(opened.body['id'])],
    );
    for (const { application_id, status, certificate_id } of items) {
      if (status !== 'ISSUED') throw new Error(`an item is ${status}`);
      certificates.set(application_id, certificate_id ?? '');
    }
  }
  return applicationIds.map((id) => certificates.get(id) ?? '');
}

async function verb(house: House, time: Time, id: string, name: string, body: Record<string, unknown>): Promise<void> {
  time.next();
  const answer = await house.as('approver').post(`/certificates/${id}/${name}`, body);
  if (answer.status !== 200) throw new Error(`${name}: ${answer.status} ${JSON.stringify(answer.body)}`);
}
