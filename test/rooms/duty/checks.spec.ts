import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DutyModule } from '../../../src/duty/index.js';
import { newId } from '../../../src/kernel/ids.js';
import { insertCertificate, insertOfficer, insertTeam, LONG_AGO, type Team } from '../../support/cleared-team.js';
import { openHouse, type House } from '../../support/house.js';

interface Decision {
  readonly checkId?: string;
  readonly cleared: boolean;
  readonly subjectReasons: readonly { code: string; zh: string; en: string; basis: string }[];
  readonly teamReasons: readonly { code: string }[];
  readonly members: readonly {
    officerId: string;
    certificateNo: string;
    cleared: boolean;
    reasons: { code: string }[];
    warnings: { code: string }[];
  }[];
  readonly via: { kind: string; id: string } | null;
  readonly decidedAt: string;
}
const codes = (reasons: readonly { code: string }[]): string[] => reasons.map(({ code }) => code).sort();

describe('a duty check', () => {
  let house: House;
  let team: Team;
  beforeAll(async () => {
    house = await openHouse({ modules: [DutyModule] });
  });
  afterAll(() => house.close());
  beforeEach(async () => {
    team = await insertTeam(house);
  });

  const check = async (question: unknown, who: 'supervisor' | 'hr-1' | 'hr-2' = 'supervisor') => {
    const answer = await house.as(who).post('/duty/checks', question);
    return { status: answer.status, body: answer.body as unknown as Decision };
  };
  const first = (decision: Decision): string[] => codes(decision.members[0]?.reasons ?? []);
  const add = (table: string, row: Record<string, string | number | Date | null>): Promise<void> =>
    house.uow.run(() => house.db.insert(table, { id: newId(), recorded_at: LONG_AGO, ...row }));

  it('clears a fit team, says by which power, and keeps the evidence', async () => {
    const { status, body } = await check(team.question());
    expect(status).toBe(200);
    expect(body).toMatchObject({ cleared: true, subjectReasons: [], teamReasons: [], via: { kind: 'OWN_POWER' } });
    expect(body.members.map(({ certificateNo }) => certificateNo)).toEqual(
      team.officers.slice(0, 2).map(({ certificateNo }) => certificateNo),
    );
    const kept = await house.as('supervisor').get(`/duty/checks/${body.checkId}`);
    expect(kept.body).toMatchObject({ id: body.checkId, cleared: true, request: { matterCode: team.matterCode } });
  });

  it('keeps nothing with record: false', async () => {
    const { body } = await check(team.question({ record: false }));
    expect(body.checkId).toBeUndefined();
    const [{ n }] = (await house.db.rows<{ n: number }>('SELECT COUNT(*) AS n FROM duty_checks WHERE matter_code = ?', [
      team.matterCode,
    ])) as [{ n: number }];
    expect(Number(n)).toBe(0);
  });

  it('takes certificate numbers in any width and letter case', async () => {
    const members = team.officers.map(({ certificateNo }) => ({ certificateNo: certificateNo.replaceAll('1', '１') }));
    const { body } = await check(team.question({ members }));
    expect(body.cleared).toBe(true);
    expect(body.members.map(({ officerId }) => officerId)).toEqual(team.officers.map(({ id }) => id));
  });

  it('does not let a holder out of sight hide the one in sight, when two types have the same number', async () => {
    const own = team.officers[0]!;
    const number = `17${own.certificateNo.slice(2)}`;
    const stranger = await house.uow.run(async () => {
      const { id } = await insertOfficer(house.db, house.otherUnit);
      const card = { number, domains: [] };
      await insertCertificate(house.db, {
        ...card,
        id: newId(),
        officerId: own.id,
        subjectId: house.unit,
        type: 'SUPERVISION',
      });
      await insertCertificate(house.db, {
        ...card,
        id: newId(),
        officerId: id,
        subjectId: house.otherUnit,
        type: 'MINISTRY',
      });
      return id;
    });
    const question = team.question({ members: [{ certificateNo: number }] });
    expect((await check(question)).body.members[0]?.officerId).toBe(stranger);
    expect((await check(question, 'hr-1')).body.members[0]?.officerId).toBe(own.id);
  });

  it('takes a number that was only reserved for no certificate', async () => {
    const officer = team.officers[0]!;
    const number = `18${officer.certificateNo.slice(2)}`;
    const certificateId = newId();
    await house.uow.run(async () => {
      await house.db.insert('certificates', {
        id: certificateId,
        type: 'SUPERVISION',
        number,
        officer_id: officer.id,
        subject_id: house.unit,
        holder_name: 'x',
        subject_name: 'x',
        domains_json: '[]',
        valid_from: '2021-01-01',
        valid_to: '2029-12-31',
        origin: 'ALLOCATED',
        public_code: number.slice(-12),
        content_json: '{}',
        content_hash: '0'.repeat(64),
        rules_version: 'x',
        recorded_at: LONG_AGO,
      });
    });
    const move = (command: string): Promise<void> =>
      add('certificate_moves', {
        certificate_id: certificateId,
        command,
        state_after: command === 'reserve' ? 'RESERVED' : 'VALID',
        effective_from: LONG_AGO,
      });
    await move('reserve');
    const question = team.question({ members: [{ certificateNo: number }] });
    expect((await check(question)).body.members[0]?.officerId).toBeNull();
    await move('activate');
    expect((await check(question)).body.members[0]?.officerId).toBe(officer.id);
  });

  it('adds up the hours of all classes of last year exactly', async () => {
    const officer = team.officers[0]!;
    const take = async (hours: readonly string[]): Promise<void> => {
      const plan = newId();
      await house.db.insert('training_plans', {
        id: plan,
        plan_year: 2026,
        type: 'ROTATION',
        title: 'x',
        subject: 'COMMON_LAW',
        hours: '60',
        owner_subject_id: house.root,
        created_at: LONG_AGO,
      });
      for (const confirmed of hours) {
        const cls = newId();
        await house.db.insert('training_classes', {
          id: cls,
          plan_id: plan,
          title: 'x',
          starts_on: '2026-05-01',
          ends_on: '2026-05-08',
          place: 'x',
          hours: '60',
          status: 'CLOSED',
          owner_subject_id: house.root,
          created_at: LONG_AGO,
        });
        await house.db.insert('training_enrolments', {
          class_id: cls,
          officer_id: officer.id,
          hours_confirmed: confirmed,
          enrolled_at: LONG_AGO,
          confirmed_at: LONG_AGO,
        });
      }
    };
    const warned = async (): Promise<string[]> =>
      codes((await check(team.question())).body.members[0]?.warnings ?? []).filter((code) => code.includes('HOURS'));
    await house.uow.run(() => take(['19.7', '20.1', '20.1']));
    expect(await warned()).toHaveLength(1);
    await house.uow.run(() => take(['0.1']));
    expect(await warned()).toEqual([]);
  });

  /** Each row changes one fact of the first officer (or the body) in the database and names what the answer must then say. */
  const DEFECTS: readonly (readonly [string, (team: Team) => Promise<void>, string])[] = [
    [
      'left service',
      (t) => add('officer_departures', { officer_id: t.officers[0]!.id, cause: 'RESIGNED', effective_from: LONG_AGO }),
      'LEFT_SERVICE',
    ],
    [
      'is off post',
      (t) =>
        add('officer_off_post_orders', {
          officer_id: t.officers[0]!.id,
          cause: 'OTHER',
          effective_from: LONG_AGO,
          effective_to: null,
        }),
      'OFF_POST',
    ],
    [
      'certificate suspended, planned end passed',
      (t) =>
        add('certificate_suspensions', {
          certificate_id: t.officers[0]!.certificateId,
          ground: 'OTHER',
          document: 'x',
          effective_from: LONG_AGO,
          effective_to: null,
          planned_to: new Date('2022-01-01T00:00:00Z'),
        }),
      'CERTIFICATE_SUSPENDED',
    ],
    ...(['LOST', 'REVOKED', 'CANCELLED', 'REPLACED'] as const).map(
      (state) =>
        [
          `certificate ${state}`,
          (t: Team) =>
            add('certificate_moves', {
              certificate_id: t.officers[0]!.certificateId,
              command: { LOST: 'reportLoss', REVOKED: 'revoke', CANCELLED: 'cancel', REPLACED: 'replace' }[state],
              state_after: state,
              effective_from: LONG_AGO,
            }),
          `CERTIFICATE_${state}`,
        ] as const,
    ),
    [
      'assignment has another staff category as well',
      (t) =>
        add('officer_assignments', {
          officer_id: t.officers[0]!.id,
          subject_id: t.subjectId,
          post_title: 'x',
          staff_category: 'CONTRACT',
          on_establishment: 0,
          effective_from: LONG_AGO,
          effective_to: null,
        }),
      'STAFF_CATEGORY_BARRED',
    ],
    [
      'assignment superseded',
      (t) =>
        house.uow
          .run(() =>
            house.db.execute('UPDATE officer_assignments SET superseded_at = ? WHERE id = ?', [
              LONG_AGO,
              t.officers[0]!.assignmentId,
            ]),
          )
          .then(() => undefined),
      'NOT_ASSIGNED_TO_SUBJECT',
    ],
  ];
  it.each(DEFECTS)('refuses a member who %s', async (_name, damage, code) => {
    await damage(team);
    const { body } = await check(team.question());
    expect(body.cleared).toBe(false);
    expect(first(body)).toEqual([code]);
    expect(codes(body.teamReasons)).toEqual(['MEMBER_NOT_CLEARED', 'TEAM_TOO_SMALL']);
  });

  it('sees domains, other bodies, supervision cards, validity dates', async () => {
    const { db, uow } = house;
    const [wrongDomain, ofOther, supervision, expired] = await uow.run(async () => [
      await insertOfficer(db, house.unit, ['AGRICULTURE']),
      await insertOfficer(db, house.otherUnit),
      await insertOfficer(db, house.unit),
      await insertOfficer(db, house.unit),
    ]);
    await uow.run(async () => {
      for (const officer of [supervision, expired]) {
        await db.insert('certificate_moves', {
          id: newId(),
          certificate_id: officer.certificateId,
          command: 'cancel',
          state_after: 'CANCELLED',
          effective_from: LONG_AGO,
          recorded_at: LONG_AGO,
        });
        await db.execute(
          `UPDATE certificate_states SET status = 'CANCELLED', live_slot = NULL WHERE certificate_id = ?`,
          [officer.certificateId],
        );
      }
      await insertCertificate(db, {
        id: newId(),
        officerId: supervision.id,
        subjectId: house.unit,
        number: 'S1',
        domains: ['URBAN_MANAGEMENT'],
        type: 'SUPERVISION',
      });
      await insertCertificate(db, {
        id: newId(),
        officerId: expired.id,
        subjectId: house.unit,
        number: `E${expired.certificateNo}`,
        domains: ['URBAN_MANAGEMENT'],
        validTo: '2027-02-28',
      });
    });
    const { body } = await check(
      team.question({ members: [wrongDomain, ofOther, supervision, expired].map(({ id }) => ({ officerId: id })) }),
    );
    expect(body.members.map(({ reasons }) => codes(reasons))).toEqual([
      ['DOMAIN_NOT_COVERED'],
      ['CERTIFICATE_OTHER_SUBJECT', 'NOT_ASSIGNED_TO_SUBJECT'],
      ['CERTIFICATE_CANCELLED'],
      // Fewest reasons win; of equals the latest validTo: the cancelled one to 2029.
      ['CERTIFICATE_CANCELLED'],
    ]);
  });

  it('judges the body: suspended, without power, wrong area', async () => {
    const { body: area } = await check(team.question({ divisionCode: '410103' }));
    expect(codes(area.subjectReasons)).toEqual(['POWER_AREA']);
    const { body: missing } = await check(team.question({ subjectId: house.root }));
    expect(codes(missing.subjectReasons)).toEqual(['POWER_MISSING']);
    expect(missing.subjectReasons[0]).toMatchObject({
      zh: expect.stringMatching(/\p{Script=Han}/u),
      en: expect.stringMatching(/[a-z]/),
      basis: expect.any(String),
    });
  });

  it('walks the chain of a delegation', async () => {
    const delegationId = newId();
    await house.uow.run(async () => {
      const { db } = house;
      await db.insert('delegations', {
        id: delegationId,
        delegator_id: house.unit,
        delegatee_id: house.otherUnit,
        jurisdiction_code: '410102',
        authority: '检查',
        document_no: team.matterCode,
        basis_title: 'x',
        basis_article: 'x',
        basis_rank: 'LAW',
        valid_from: '2026-01-01',
        valid_to: '2027-12-31',
        signed_on: '2026-01-01',
        signed_recorded_at: LONG_AGO,
        stage: 'SIGNED',
        created_at: LONG_AGO,
      });
      await db.insert('delegation_matters', { delegation_id: delegationId, matter_code: team.matterCode });
    });
    const staff = await house.uow.run(async () => [
      await insertOfficer(house.db, house.otherUnit),
      await insertOfficer(house.db, house.otherUnit),
    ]);
    const question = team.question({ subjectId: house.otherUnit, members: staff.map(({ id }) => ({ officerId: id })) });
    expect(codes((await check(question)).body.subjectReasons)).toEqual(['DELEGATION_NOT_PUBLISHED']);
    for (const side of ['DELEGATOR', 'DELEGATEE']) {
      await add('delegation_publications', {
        delegation_id: delegationId,
        side,
        reference: 'x',
        published_on: '2026-02-01',
      });
    }
    expect((await check(question)).body).toMatchObject({
      cleared: true,
      via: { kind: 'DELEGATION', id: delegationId },
    });
    await add('delegation_suspensions', {
      delegation_id: delegationId,
      reason: 'x',
      effective_from: LONG_AGO,
      effective_to: null,
    });
    await add('delegation_revocations', { delegation_id: delegationId, reason: 'x', effective_from: LONG_AGO });
    expect(codes((await check(question)).body.subjectReasons)).toEqual(['DELEGATION_REVOKED', 'DELEGATION_SUSPENDED']);
  });

  it('answers by what was known at a moment', async () => {
    const { decidedAt } = (await check(team.question())).body;
    await new Promise((resolve) => setTimeout(resolve, 5));
    const [{ now }] = (await house.db.rows<{ now: Date }>('SELECT UTC_TIMESTAMP(3) AS now')) as [{ now: Date }];
    await add('officer_departures', {
      officer_id: team.officers[0]!.id,
      cause: 'RESIGNED',
      effective_from: LONG_AGO,
      recorded_at: new Date(now.getTime() + 1),
    });
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect((await check(team.question())).body.cleared).toBe(false);
    expect((await check(team.question({ knownAt: decidedAt }))).body.cleared).toBe(true);
    expect(
      (await check(team.question({ knownAt: '2020-06-01T00:00:00Z' }))).body.members.map(({ reasons }) =>
        codes(reasons),
      ),
    ).toEqual([['OFFICER_UNKNOWN'], ['OFFICER_UNKNOWN']]);
    expect((await check(team.question({ knownAt: '2999-01-01T00:00:00Z' }))).status).toBe(400);
  });

  it('is decided again from its stored facts, and from today', async () => {
    const { checkId } = (await check(team.question())).body;
    await add('officer_departures', { officer_id: team.officers[0]!.id, cause: 'RESIGNED', effective_from: LONG_AGO });
    const { status, body } = await house.as('supervisor').post(`/duty/checks/${checkId}/replay`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      reproduced: true,
      original: { cleared: true },
      fromStoredFacts: { cleared: true },
      fromTodaysKnowledge: { cleared: false },
    });
  });

  it('can never be rewritten', async () => {
    const { checkId } = (await check(team.question())).body;
    await expect(
      house.uow.run(() => house.db.execute('UPDATE duty_checks SET cleared = 0 WHERE id = ?', [checkId!])),
    ).rejects.toThrow(/append-only|denied/);
    await expect(
      house.uow.run(() => house.db.execute('DELETE FROM duty_checks WHERE id = ?', [checkId!])),
    ).rejects.toThrow(/append-only|denied/);
  });

  it('shows nobody outside the asker’s scope', async () => {
    expect((await check(team.question(), 'hr-2')).status).toBe(404);
    const { body } = await check(
      {
        ...team.question(),
        subjectId: house.otherUnit,
        members: [{ officerId: team.officers[0]!.id }, { officerId: 'nobody' }],
      },
      'hr-2',
    );
    expect(body.members.map(({ reasons }) => codes(reasons))).toEqual([['OFFICER_UNKNOWN'], ['OFFICER_UNKNOWN']]);
    const mine = (await check(team.question(), 'hr-1')).body;
    expect(mine.cleared).toBe(true);
    const foreign = await house.as('hr-2').get(`/duty/checks/${mine.checkId}`);
    const absent = await house.as('hr-2').get(`/duty/checks/${newId()}`);
    expect([foreign.status, foreign.body['code'], foreign.body['detail']]).toEqual([
      absent.status,
      absent.body['code'],
      absent.body['detail'],
    ]);
    expect(foreign.status).toBe(404);
  });

  it('gives 1,000 members the reasons that 1,000 requests would give', async () => {
    const people = await house.uow.run(async () => {
      const made = [];
      for (let i = 0; i < 60; i++)
        made.push(
          await insertOfficer(
            house.db,
            i % 3 === 0 ? house.otherUnit : house.unit,
            i % 4 === 0 ? ['WATER'] : ['URBAN_MANAGEMENT'],
          ),
        );
      return made;
    });
    const members = Array.from({ length: 1000 }, (_, i) => ({ officerId: i < 60 ? people[i]!.id : `nobody-${i}` }));
    const { body } = await check(team.question({ members, record: false }));
    expect(body.members).toHaveLength(1000);
    for (let i = 0; i < 60; i += 7) {
      const single = (await check(team.question({ members: [members[i]], record: false }))).body;
      expect(codes(body.members[i]!.reasons)).toEqual(codes(single.members[0]!.reasons));
    }
    expect(first({ ...body, members: body.members.slice(999) })).toEqual(['OFFICER_UNKNOWN']);
  });

  const BAD: readonly (readonly [string, Record<string, unknown>, string])[] = [
    ['an unknown field', { colour: 1 }, '/colour'],
    ['from ≥ to', { from: '2027-03-01T08:00:00Z', to: '2027-03-01T08:00:00Z' }, '/to'],
    ['only from', { to: undefined }, '/to'],
    ['at besides from', { at: '2027-03-01T08:00:00Z' }, '/at'],
    ['an instant without offset', { from: '2027-03-01T08:00:00' }, '/from'],
    ['30 February', { from: '2027-02-30T08:00:00Z' }, '/from'],
    ['1,001 members', { members: Array.from({ length: 1001 }, () => ({ officerId: 'x' })) }, '/members'],
    ['no members', { members: [] }, '/members'],
    ['a member named twice over', { members: [{ officerId: 'a', certificateNo: 'b' }] }, '/members/0'],
    ['a number as id', { members: [{ officerId: 7 }] }, '/members/0/officerId'],
    ['an object as matter', { matterCode: { $ne: 1 } }, '/matterCode'],
    ['text as record', { record: 'false' }, '/record'],
  ];
  it.each(BAD)('answers 400 for %s', async (_name, fault, pointer) => {
    const { status, body } = await check(team.question(fault));
    expect(status).toBe(400);
    expect((body as unknown as { errors: { pointer: string }[] }).errors.map((error) => error.pointer)).toContain(
      pointer,
    );
  });

  it('answers 404 for an unknown matter or body', async () => {
    expect((await check(team.question({ matterCode: 'NOPE' }))).status).toBe(404);
    expect((await check(team.question({ subjectId: 'nope' }))).status).toBe(404);
  });

  it('is not for those who only read', async () => {
    expect((await house.as('reviewer').post('/duty/checks', team.question())).status).toBe(403);
    expect((await house.anybody('POST', '/duty/checks', team.question())).status).toBe(401);
  });
});
