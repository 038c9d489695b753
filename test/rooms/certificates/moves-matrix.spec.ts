import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../src/kernel/ids.js';
import type { Role } from '../../../src/kernel/permissions.js';
import type { House, PersonName } from '../../support/house.js';
import { allocateHere, DOMAIN, insertCard, insertOfficer, insertOfficers, openCertificatesHouse } from './support.js';

/**
 * Every state × verb × role over HTTP, against tables that are written down here once more (BR-56, BR-58, BR-67): only their moves
 * work, for those who may, and nothing else changes anything.
 */
const PEOPLE: Readonly<Record<Role, PersonName>> = {
  HR: 'hr',
  EXAM_OFFICER: 'exam-officer',
  REVIEWER: 'reviewer',
  APPROVER: 'approver',
  SUPERVISOR: 'supervisor',
  AUDITOR: 'auditor',
  SYSTEM_ADMIN: 'system-admin',
  SECURITY_ADMIN: 'security-admin',
  OFFICER: 'officer',
};
const ROLES = Object.keys(PEOPLE) as Role[];

let house: House;
beforeAll(async () => {
  house = await openCertificatesHouse();
  house.clock.set('2026-03-02T02:00:00Z');
  await allocateHere(house);
});
afterAll(() => house?.close());

const STATES = ['RESERVED', 'VALID', 'SUSPENDED', 'EXPIRED', 'LOST', 'REVOKED', 'CANCELLED', 'REPLACED'] as const;
type State = (typeof STATES)[number];
const VERBS: Readonly<
  Record<string, { from: readonly State[]; to: State; by: readonly Role[]; body: Record<string, unknown> }>
> = {
  suspend: {
    from: ['VALID'],
    to: 'SUSPENDED',
    by: ['APPROVER'],
    body: { ground: 'OTHER', document: '决定1号' },
  },
  lift: { from: ['SUSPENDED'], to: 'VALID', by: ['APPROVER'], body: { document: '决定2号' } },
  revoke: {
    from: ['VALID', 'SUSPENDED'],
    to: 'REVOKED',
    by: ['APPROVER'],
    body: { ground: 'LENT', document: '决定3号' },
  },
  cancel: {
    from: ['RESERVED', 'VALID', 'SUSPENDED'],
    to: 'CANCELLED',
    by: ['APPROVER'],
    body: { cause: 'RETIRED', cardReturned: true },
  },
  'report-loss': { from: ['VALID', 'SUSPENDED'], to: 'LOST', by: ['HR'], body: {} },
};

/** A card of a person of its own, in a state. */
async function cardIn(state: State): Promise<string> {
  const officerId = await insertOfficer(house);
  if (state !== 'SUSPENDED') return insertCard(house, officerId, { state });
  const id = await insertCard(house, officerId, { state: 'VALID' });
  await house.uow.run(() =>
    house.db.insert('certificate_suspensions', {
      id: newId(),
      certificate_id: id,
      ground: 'OTHER',
      document: '决定0号',
      effective_from: new Date('2026-02-01T00:00:00Z'),
      recorded_at: new Date('2026-02-01T00:00:00Z'),
    }),
  );
  return id;
}

/** Everything of a card that a verb may change. */
const everything = async (id: string): Promise<string> =>
  JSON.stringify([
    await house.db.rows('SELECT status, live_slot, version FROM certificate_states WHERE certificate_id = ?', [id]),
    await house.db.rows('SELECT id, state_after FROM certificate_moves WHERE certificate_id = ? ORDER BY id', [id]),
    await house.db.rows('SELECT id, superseded_at FROM certificate_suspensions WHERE certificate_id = ? ORDER BY id', [
      id,
    ]),
  ]);

describe('certificates', () => {
  it('move by the table and in no other way, whoever asks', async () => {
    const wrong: string[] = [];
    let cells = 0;
    for (const state of STATES) {
      let id = await cardIn(state);
      for (const [verb, { from, to, by, body }] of Object.entries(VERBS)) {
        for (const role of ROLES) {
          const before = await everything(id);
          const answer = await house.as(PEOPLE[role]).post(`/certificates/${id}/${verb}`, body);
          const may = by.includes(role);
          const wanted = !may ? 403 : from.includes(state) ? 200 : 409;
          const seen = (await house.as('approver').get(`/certificates/${id}`)).body['state'];
          const isRight =
            answer.status === wanted &&
            (wanted === 200 ? seen === to : (await everything(id)) === before && seen === state);
          if (!isRight) wrong.push(`${state} ${verb} ${role}: ${answer.status}, then ${String(seen)}`);
          cells += 1;
          if (answer.status < 300) id = await cardIn(state);
        }
      }
    }
    process.stdout.write(`moves of certificates: ${cells} cells\n`);
    expect(wrong).toEqual([]);
    expect(cells).toBe(8 * 5 * 9);
  }, 300_000);
});

const APPLICATION_STATES = [
  'SUBMITTED',
  'DISTRICT_REVIEWED',
  'APPROVED',
  'IN_BATCH',
  'ISSUED',
  'RETURNED',
  'REJECTED',
] as const;
type ApplicationState = (typeof APPLICATION_STATES)[number];
const OPEN: readonly ApplicationState[] = ['SUBMITTED', 'DISTRICT_REVIEWED', 'APPROVED', 'IN_BATCH'];

/** An application of a person of its own, handed in by somebody else. */
async function applicationIn(state: ApplicationState): Promise<string> {
  const [officerId] = await insertOfficers(house, 1);
  const id = newId();
  const at = new Date('2026-02-20T00:00:00Z');
  await house.uow.run(async () => {
    await house.db.insert('certificate_applications', {
      id,
      application_no: `SL-${id.slice(-12)}`,
      type: 'FIRST',
      certificate_type: 'ENFORCEMENT',
      officer_id: officerId ?? '',
      subject_id: house.unit,
      domains_json: JSON.stringify([DOMAIN]),
      state,
      open_slot: OPEN.includes(state) ? `${officerId}:ENFORCEMENT` : null,
      facts_json: '{}',
      submitted_by: house.as('hr-1').actor.accountId,
      submitted_at: at,
    });
    await house.db.insert('certificate_application_steps', {
      id: newId(),
      application_id: id,
      step: 'SUBMISSION',
      decision: 'SUBMIT',
      opinion: '',
      actor_id: house.as('hr-1').actor.accountId,
      decided_at: at,
    });
  });
  return id;
}

const stateOf = async (id: string): Promise<string | undefined> =>
  (await house.db.row<{ state: string }>('SELECT state FROM certificate_applications WHERE id = ?', [id]))?.state;

/** What each level may do, and where it leads. */
const DECISIONS: Readonly<Record<string, Readonly<Partial<Record<Role, Partial<Record<ApplicationState, string>>>>>>> =
  {
    APPROVE: { REVIEWER: { SUBMITTED: 'DISTRICT_REVIEWED' }, APPROVER: { DISTRICT_REVIEWED: 'APPROVED' } },
    RETURN: { REVIEWER: { SUBMITTED: 'RETURNED' }, APPROVER: { DISTRICT_REVIEWED: 'RETURNED' } },
    REJECT: { REVIEWER: { SUBMITTED: 'REJECTED' }, APPROVER: { DISTRICT_REVIEWED: 'REJECTED' } },
  };

describe('applications and batches', () => {
  it('are decided at the level whose turn it is, and by nobody else', async () => {
    const wrong: string[] = [];
    let cells = 0;
    for (const state of APPLICATION_STATES) {
      let id = await applicationIn(state);
      for (const [decision, levels] of Object.entries(DECISIONS)) {
        for (const role of ROLES) {
          const order = { applicationIds: [id], decision, opinion: '意见' };
          const answer = await house.as(PEOPLE[role]).post('/certificate-applications/decide', order);
          const level = levels[role];
          const wanted = level?.[state] ?? state;
          const found = await stateOf(id);
          if (answer.status !== (level ? 200 : 403) || found !== wanted)
            wrong.push(`${state} ${decision} ${role}: ${answer.status}, then ${String(found)}`);
          cells += 1;
          if (found !== state) id = await applicationIn(state);
        }
      }
    }
    process.stdout.write(`decisions on applications: ${cells} cells\n`);
    expect(wrong).toEqual([]);
    expect(cells).toBe(7 * 3 * 9);
  }, 300_000);

  it('only what is approved comes into a batch, and only by who may issue', async () => {
    const wrong: string[] = [];
    let cells = 0;
    for (const state of APPLICATION_STATES) {
      let id = await applicationIn(state);
      for (const role of ROLES) {
        const order = { applicationIds: [id], validFrom: '2026-03-05' };
        const answer = await house.as(PEOPLE[role]).post('/certificate-batches', order);
        const may = role === 'APPROVER';
        const found = await stateOf(id);
        const wanted = may && state === 'APPROVED' ? 'IN_BATCH' : state;
        if (answer.status !== (may ? 202 : 403) || found !== wanted)
          wrong.push(`${state} into a batch by ${role}: ${answer.status}, then ${String(found)}`);
        cells += 1;
        if (found !== state) id = await applicationIn(state);
      }
    }
    process.stdout.write(`applications into batches: ${cells} cells\n`);
    expect(wrong).toEqual([]);
    expect(cells).toBe(7 * 9);
  }, 300_000);
});
