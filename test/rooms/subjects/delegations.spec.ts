import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SubjectsModule } from '../../../src/subjects/index.js';
import { openHouse, type House } from '../../support/house.js';
import { aBody, aMatter, aPower, BASIS } from './fixtures.js';

interface Suspension {
  effectiveFrom: string;
  effectiveTo: string | null;
  recordedAt: string;
  supersededAt: string | null;
}
interface Delegation extends Record<string, unknown> {
  id: string;
  stage: string;
  state: string;
  version: number;
  commands: string[];
  warnings: { code: string }[];
  suspensions: Suspension[];
  formerSuspensions: Suspension[];
}

const PUBLICATIONS = {
  delegatorPublication: { reference: '区政府网', publishedOn: '2026-01-10' },
  delegateePublication: { reference: '中心公告栏', publishedOn: '2026-01-11' },
};
const TODAY = '2026-06-15T02:00:00Z';

describe('delegations', () => {
  let house: House;
  let matterCode: string;
  let number = 0;
  beforeAll(async () => {
    house = await openHouse({ modules: [SubjectsModule] });
    matterCode = await aMatter(house);
    await aPower(house, house.unit, matterCode);
  }, 60_000);
  beforeEach(() => house.clock.set(TODAY));
  afterAll(() => house.close());

  const letter = (more: object = {}) => ({
    delegatorId: house.unit,
    delegateeId: house.otherUnit,
    matterCodes: [matterCode],
    jurisdictionCode: '410102',
    authority: '对占道经营的警告和罚款',
    documentNo: `委〔2026〕${(number += 1)}号`,
    legalBasis: BASIS,
    validFrom: '2026-01-15',
    validTo: '2027-12-31',
    ...more,
  });
  const create = (more: object = {}) => house.as('reviewer').post<Delegation>('/delegations', letter(more));
  const entered = async (more: object = {}): Promise<Delegation> => {
    const { status, body } = await create(more);
    expect({ status, reasons: body['reasons'] }).toEqual({ status: 201, reasons: undefined });
    return body;
  };
  const verb = (who: string, id: string, name: string, body: object = {}) =>
    house.as(who).post<Delegation>(`/delegations/${id}/${name}`, body);
  const published = async (more: object = {}): Promise<Delegation> => {
    const { id } = await entered({ signedOn: '2026-01-05', ...more });
    const { status, body } = await verb('reviewer', id, 'publish', PUBLICATIONS);
    expect(status).toBe(200);
    return body;
  };
  const read = async (id: string) => (await house.as('hr').get<Delegation>(`/delegations/${id}`)).body;

  it('goes from draft to effect', async () => {
    house.announced.changes.length = 0;
    const created = await create();
    expect(created.status).toBe(201);
    expect(created.headers.get('etag')).toBe('"1"');
    const { id } = created.body;
    expect(created.body).toMatchObject({
      stage: 'DRAFT',
      state: 'DRAFT',
      signedOn: null,
      signedRecordedAt: null,
      matterCodes: [matterCode],
      matters: [{ code: matterCode, actType: 'PENALTY' }],
      delegator: { id: house.unit },
      delegatee: { id: house.otherUnit },
      legalBasis: BASIS,
      commands: ['sign'],
    });
    expect(house.announced.changes).toEqual([]);
    const signed = await verb('reviewer', id, 'sign', { signedOn: '2026-01-05' });
    expect(signed.status).toBe(200);
    expect(signed.body).toMatchObject({ stage: 'SIGNED', state: 'SIGNED', signedOn: '2026-01-05', version: 2 });
    expect(signed.body['signedRecordedAt']).toBe('2026-06-15T02:00:00.000Z');
    const { body, status, headers } = await verb('reviewer', id, 'publish', PUBLICATIONS);
    expect(status).toBe(200);
    expect(headers.get('etag')).toBe('"3"');
    expect(body).toMatchObject({ stage: 'PUBLISHED', state: 'EFFECTIVE', commands: ['revoke', 'suspend'] });
    expect(body['publications']).toEqual([
      expect.objectContaining({ side: 'DELEGATOR', reference: '区政府网', publishedOn: '2026-01-10' }),
      expect.objectContaining({ side: 'DELEGATEE', reference: '中心公告栏', publishedOn: '2026-01-11' }),
    ]);
    expect(house.announced.changes).toEqual([
      { whom: { delegationId: id }, cause: 'delegation.sign' },
      { whom: { delegationId: id }, cause: 'delegation.publish' },
    ]);
    expect(await read(id)).toEqual(body);
  });

  it('is signed at once when the day of the signature is given', async () => {
    expect(await entered({ signedOn: '2026-01-05' })).toMatchObject({
      stage: 'SIGNED',
      commands: ['publish', 'revoke', 'suspend'],
    });
  });

  describe('every stage × verb', () => {
    const BODIES: Readonly<Record<string, readonly [who: string, body: object]>> = {
      sign: ['reviewer', { signedOn: '2026-01-05' }],
      publish: ['reviewer', PUBLICATIONS],
      suspend: ['approver', { reason: '整改' }],
      resume: ['approver', {}],
      revoke: ['approver', { reason: '收回' }],
      supervisions: ['reviewer', { summary: '现场检查' }],
      reports: ['hr-2', { summary: '季度报告' }],
    };
    const PATHS: Readonly<Record<string, readonly string[]>> = {
      DRAFT: [],
      SIGNED: ['sign'],
      PUBLISHED: ['sign', 'publish'],
      SUSPENDED: ['sign', 'publish', 'suspend'],
      REVOKED: ['sign', 'revoke'],
    };
    const TAKES: Readonly<Record<string, readonly string[]>> = {
      DRAFT: ['sign'],
      SIGNED: ['publish', 'suspend', 'revoke', 'supervisions', 'reports'],
      PUBLISHED: ['suspend', 'revoke', 'supervisions', 'reports'],
      SUSPENDED: ['resume', 'revoke', 'supervisions', 'reports'],
      REVOKED: ['supervisions', 'reports'],
    };
    const cases = Object.keys(PATHS).flatMap((state) => Object.keys(BODIES).map((name) => [state, name] as const));

    it.each(cases)('%s: %s', async (state, name) => {
      const { id } = await entered();
      for (const step of PATHS[state] ?? []) {
        const [who, body] = BODIES[step] as [string, object];
        expect((await verb(who, id, step, body)).status).toBe(200);
      }
      const before = await read(id);
      const [who, body] = BODIES[name] as [string, object];
      const answer = await verb(who, id, name, body);
      if (TAKES[state]?.includes(name)) {
        expect(answer.status).toBe(['supervisions', 'reports'].includes(name) ? 201 : 200);
        expect((await read(id)).version).toBe(before.version + 1);
      } else {
        expect(answer.status).toBe(409);
        expect(answer.body['code']).toBe('DELEGATION_STATE');
        const found: Record<string, string> = { PUBLISHED: name === 'resume' ? 'EFFECTIVE' : 'PUBLISHED' };
        const stage = state === 'SUSPENDED' && name !== 'suspend' ? 'PUBLISHED' : state;
        expect(answer.body['state']).toBe(found[state] ?? stage);
        expect(await read(id)).toEqual(before);
      }
    });
  });

  describe('two times', () => {
    it('closes a suspension by a row that takes its place', async () => {
      const { id } = await published();
      house.clock.set('2026-06-20T02:00:00Z');
      const suspended = await verb('approver', id, 'suspend', { reason: '整改', effectiveFrom: '2026-06-01' });
      expect(suspended.body).toMatchObject({ state: 'SUSPENDED', stage: 'PUBLISHED', commands: ['revoke', 'resume'] });
      const early = await verb('approver', id, 'resume', { effectiveFrom: '2026-05-31' });
      expect(early.status).toBe(422);
      expect(early.body['reasons']).toEqual([expect.objectContaining({ code: 'RESUMED_BEFORE_SUSPENSION' })]);
      house.clock.set('2026-06-25T02:00:00Z');
      const { body } = await verb('approver', id, 'resume', { effectiveFrom: '2026-06-10' });
      expect(body.state).toBe('EFFECTIVE');
      expect(body.suspensions).toEqual([
        expect.objectContaining({
          effectiveFrom: '2026-05-31T16:00:00.000Z',
          effectiveTo: '2026-06-09T16:00:00.000Z',
          recordedAt: '2026-06-25T02:00:00.000Z',
          supersededAt: null,
        }),
      ]);
      expect(body.formerSuspensions).toEqual([
        expect.objectContaining({
          effectiveTo: null,
          recordedAt: '2026-06-20T02:00:00.000Z',
          supersededAt: '2026-06-25T02:00:00.000Z',
        }),
      ]);
      const second = await verb('approver', id, 'suspend', { reason: '再次' });
      expect(second.body.suspensions).toHaveLength(2);
    });

    it('knows a suspension and a revocation of the future', async () => {
      const { id } = await published();
      const suspended = await verb('approver', id, 'suspend', { reason: 'x', effectiveFrom: '2026-09-01' });
      expect(suspended.body.state).toBe('EFFECTIVE');
      expect(await verb('approver', id, 'suspend', { reason: 'x' })).toMatchObject({
        status: 409,
        body: { state: 'SUSPENDED' },
      });
      const revoked = await verb('approver', id, 'revoke', { reason: 'y', effectiveFrom: '2026-12-01T00:00:00+08:00' });
      expect(revoked.body).toMatchObject({ stage: 'REVOKED', state: 'EFFECTIVE', commands: [] });
      expect(revoked.body['revocation']).toMatchObject({ reason: 'y', effectiveFrom: '2026-11-30T16:00:00.000Z' });
      house.clock.set('2026-10-01T00:00:00Z');
      expect((await read(id)).state).toBe('SUSPENDED');
      house.clock.set('2026-12-02T00:00:00Z');
      expect((await read(id)).state).toBe('REVOKED');
    });

    it('expires at the end of its last day', async () => {
      const { id } = await published({ validTo: '2026-06-30' });
      house.clock.set('2026-06-30T15:59:59Z');
      expect((await read(id)).state).toBe('EFFECTIVE');
      house.clock.set('2026-06-30T16:00:00Z');
      expect(await read(id)).toMatchObject({ state: 'EXPIRED', stage: 'PUBLISHED', warnings: [] });
    });

    it('announces every verb', async () => {
      const { id } = await published();
      house.announced.changes.length = 0;
      await verb('approver', id, 'suspend', { reason: 'x' });
      await verb('approver', id, 'resume');
      await verb('approver', id, 'revoke', { reason: 'x' });
      expect(house.announced.changes).toEqual(
        ['suspend', 'resume', 'revoke'].map((name) => ({ whom: { delegationId: id }, cause: `delegation.${name}` })),
      );
    });

    it('lets one of two revocations at once win', async () => {
      const { id } = await published();
      const answers = await Promise.all([1, 2, 3].map(() => verb('approver', id, 'revoke', { reason: 'x' })));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    });
  });

  describe('the law book refuses', () => {
    const refusal = async (more: object): Promise<unknown> => {
      const { status, body } = await create(more);
      expect(status).toBe(422);
      return (body['reasons'] as { code: string }[]).map(({ code }) => code);
    };

    it('coercive measures', async () => {
      const coercive = await aMatter(house, 'COERCIVE_MEASURE');
      await aPower(house, house.unit, coercive);
      expect(await refusal({ matterCodes: [matterCode, coercive] })).toEqual(['ACT_NOT_DELEGABLE']);
    });

    it('licences to a body that is no organ', async () => {
      const licence = await aMatter(house, 'LICENSE');
      await aPower(house, house.unit, licence);
      expect(await refusal({ matterCodes: [licence] })).toEqual(['LICENSE_NEEDS_ORGAN']);
      const organ = await aBody(house, 'ADMIN_ORGAN');
      await entered({ matterCodes: [licence], delegateeId: organ });
    });

    it('what the delegator holds by delegation only', async () => {
      const middle = await aBody(house, 'ADMIN_ORGAN');
      await entered({ delegateeId: middle, signedOn: '2026-01-05' });
      expect(await refusal({ delegatorId: middle })).toEqual(['DELEGATOR_LACKS_POWER']);
      const entrusted = await aBody(house, 'DELEGATED_ORG');
      expect(await refusal({ delegatorId: entrusted })).toEqual(['DELEGATOR_LACKS_POWER']);
    });

    it('a delegation to itself and a term the wrong way round', async () => {
      expect(await refusal({ delegateeId: house.unit })).toContain('DELEGATION_TO_ITSELF');
      expect(await refusal({ validTo: '2026-01-14' })).toEqual(['DELEGATION_TERM_INVERTED']);
    });

    it('to sign a draft that has become unlawful', async () => {
      const organ = await aBody(house, 'ADMIN_ORGAN');
      const matter = await aMatter(house);
      const power = await aPower(house, organ, matter);
      const { id } = await entered({ delegatorId: organ, matterCodes: [matter] });
      await house.as('reviewer').post(`/subjects/${organ}/powers/${power}/end`, { validTo: '2020-01-01', reason: 'x' });
      await house.uow.run(() =>
        house.db.execute('UPDATE subject_powers SET superseded_at = ? WHERE subject_id = ?', [new Date(TODAY), organ]),
      );
      const back = { delegatorId: house.unit, delegateeId: organ, matterCodes: [matter], signedOn: '2026-01-05' };
      await aPower(house, house.unit, matter);
      await entered(back);
      const { status, body } = await verb('reviewer', id, 'sign', { signedOn: '2026-01-06' });
      expect(status).toBe(422);
      expect(body['reasons']).toEqual([expect.objectContaining({ code: 'DELEGATOR_LACKS_POWER' })]);
    });

    it('a record of what has not happened yet', async () => {
      const { id } = await entered({ signedOn: '2026-01-05' });
      const { status, body } = await verb('reviewer', id, 'supervisions', { summary: 'x', happenedOn: '2026-06-16' });
      expect(status).toBe(422);
      expect(body['reasons']).toEqual([expect.objectContaining({ code: 'RECORD_IN_FUTURE' })]);
    });
  });

  it('warns of what has to be minded', async () => {
    const { id, warnings } = await entered({
      signedOn: '2026-01-05',
      validFrom: '2025-01-15',
      validTo: '2028-01-31',
      delegatorId: await aBody(house),
    });
    expect(warnings.map(({ code }) => code).sort()).toEqual([
      'DELEGATEE_OFFICERS_FEW',
      'DELEGATION_FILED_LATE',
      'DELEGATION_TERM_TOO_LONG',
      'DELEGATOR_POWER_NOT_RECORDED',
      'SUPERVISION_OVERDUE',
    ]);
    expect(warnings[0]).toMatchObject({ zh: expect.any(String), en: expect.any(String) });
    await verb('reviewer', id, 'supervisions', { summary: '现场检查' });
    expect((await read(id)).warnings.map(({ code }) => code)).not.toContain('SUPERVISION_OVERDUE');
    house.clock.set('2027-06-15T15:59:59Z');
    expect((await read(id)).warnings.map(({ code }) => code)).not.toContain('SUPERVISION_OVERDUE');
    house.clock.set('2027-06-15T16:00:00Z');
    expect((await read(id)).warnings.map(({ code }) => code)).toContain('SUPERVISION_OVERDUE');
    house.clock.set('2027-11-10T00:00:00Z');
    expect((await read(id)).warnings.map(({ code }) => code)).toContain('DELEGATION_EXPIRES_SOON');
  });

  it('counts the working days for filing', async () => {
    // The tenth working day after 4 February 2026 is the 25th: Spring Festival from 15 to 23, make-up day on the 14th.
    house.clock.set('2026-02-25T02:00:00Z');
    const codes = (await entered({ signedOn: '2026-02-04' })).warnings.map(({ code }) => code);
    expect(codes).not.toContain('DELEGATION_FILED_LATE');
    house.clock.set('2026-02-26T02:00:00Z');
    expect((await entered({ signedOn: '2026-02-04' })).warnings.map(({ code }) => code)).toContain(
      'DELEGATION_FILED_LATE',
    );
  });

  it('keeps supervision records and reports', async () => {
    const { id } = await entered({ signedOn: '2026-01-05' });
    const supervision = await verb('reviewer', id, 'supervisions', {
      happenedOn: '2026-05-01',
      summary: '检查',
      findings: '无',
    });
    const report = await verb('hr-2', id, 'reports', { summary: '季度报告' });
    expect(supervision.body).toMatchObject({
      kind: 'SUPERVISION',
      happenedOn: '2026-05-01',
      findings: '无',
      delegationId: id,
    });
    expect(report.body).toMatchObject({ kind: 'REPORT', happenedOn: '2026-06-15', findings: null });
    expect((await read(id))['records']).toEqual([supervision.body, report.body]);
  });

  it('has one document number per delegator', async () => {
    const { documentNo } = (await entered()) as unknown as { documentNo: string };
    expect(await create({ documentNo })).toMatchObject({ status: 409, body: { code: 'DOCUMENT_NO_TAKEN' } });
    await entered({ documentNo, delegatorId: await aBody(house) });
  });

  describe('who may', () => {
    it('depends on the role', async () => {
      const { id } = await entered();
      const all = [
        'hr',
        'exam-officer',
        'reviewer',
        'approver',
        'supervisor',
        'auditor',
        'system-admin',
        'security-admin',
        'officer',
      ];
      const able = async (send: (who: string) => Promise<{ status: number }>) => {
        const found: string[] = [];
        for (const who of all) if ((await send(who)).status !== 403) found.push(who);
        return found;
      };
      for (const name of ['sign', 'publish', 'supervisions']) {
        expect(await able((who) => verb(who, id, name, { x: 1 }))).toEqual(['reviewer']);
      }
      for (const name of ['suspend', 'resume', 'revoke']) {
        expect(await able((who) => verb(who, id, name, { x: 1 }))).toEqual(['approver']);
      }
      expect(await able((who) => verb(who, id, 'reports', { x: 1 }))).toEqual(['hr']);
      expect(await able((who) => house.as(who).post('/delegations', {}))).toEqual(['reviewer']);
      const business = ['hr', 'exam-officer', 'reviewer', 'approver', 'supervisor'];
      expect(await able((who) => house.as(who).get('/delegations'))).toEqual(business);
      expect(await able((who) => house.as(who).get(`/delegations/${id}`))).toEqual(business);
    });

    it('depends on the scope: reading one party, acting both, reporting the delegatee', async () => {
      const { id } = await entered({ signedOn: '2026-01-05' });
      expect((await house.as('hr-1').get(`/delegations/${id}`)).status).toBe(200);
      expect((await house.as('hr-2').get(`/delegations/${id}`)).status).toBe(200);
      expect((await verb('hr-1', id, 'reports', { summary: 'x' })).status).toBe(404);
      expect((await verb('hr-2', id, 'reports', { summary: 'x' })).status).toBe(201);
      const other = await entered({ delegateeId: await aBody(house, 'DELEGATED_ORG'), signedOn: '2026-01-05' });
      expect((await house.as('hr-2').get(`/delegations/${other.id}`)).status).toBe(404);
      expect((await verb('hr-2', other.id, 'reports', { summary: 'x' })).status).toBe(404);
      const list = await house
        .as('supervisor-2')
        .get<{ items: { delegatee: { id: string } }[] }>('/delegations?limit=200');
      expect(new Set(list.body.items.map(({ delegatee }) => delegatee.id))).toEqual(new Set([house.otherUnit]));
      await house.uow.run(() =>
        house.db.execute(`UPDATE account_roles SET role = 'REVIEWER' WHERE account_id = ?`, [
          house.as('supervisor-2').actor.accountId,
        ]),
      );
      expect((await verb('supervisor-2', id, 'publish', PUBLICATIONS)).status).toBe(404);
      expect((await house.as('supervisor-2').post('/delegations', letter())).status).toBe(404);
      await house.uow.run(() =>
        house.db.execute(`UPDATE account_roles SET role = 'SUPERVISOR' WHERE account_id = ?`, [
          house.as('supervisor-2').actor.accountId,
        ]),
      );
      expect((await verb('approver', '01900000-0000-7000-8000-000000000000', 'revoke', { reason: 'x' })).status).toBe(
        404,
      );
    });
  });

  it('is found by its parties, matter and state, over pages', async () => {
    const delegatorId = await aBody(house);
    const draft = await entered({ delegatorId });
    const signed = await entered({ delegatorId, signedOn: '2026-01-05' });
    const other = await entered({
      delegatorId,
      delegateeId: await aBody(house, 'DELEGATED_ORGAN'),
      signedOn: '2026-01-05',
    });
    await verb('reviewer', other.id, 'publish', PUBLICATIONS);
    const ids = async (query: string) =>
      (
        await house.as('hr').get<{ items: Delegation[] }>(`/delegations?delegatorId=${delegatorId}&${query}`)
      ).body.items.map(({ id }) => id);
    expect(await ids('')).toEqual([draft.id, signed.id, other.id]);
    expect(await ids(`delegateeId=${house.otherUnit}`)).toEqual([draft.id, signed.id]);
    expect(await ids('state=DRAFT')).toEqual([draft.id]);
    expect(await ids('state=EFFECTIVE')).toEqual([other.id]);
    expect(await ids('matterCode=NONE')).toEqual([]);
    expect(await ids(`matterCode=${matterCode}`)).toHaveLength(3);
    type Page = { items: Delegation[]; nextCursor: string | null };
    const one = await house.as('hr').get<Page>(`/delegations?delegatorId=${delegatorId}&limit=2`);
    expect(one.body.items.map(({ id }) => id)).toEqual([draft.id, signed.id]);
    const two = await house
      .as('hr')
      .get<Page>(`/delegations?delegatorId=${delegatorId}&limit=2&cursor=${one.body.nextCursor}`);
    expect(two.body).toMatchObject({ items: [{ id: other.id }], nextCursor: null });
    const exact = await house.as('hr').get<Page>(`/delegations?delegatorId=${delegatorId}&limit=3`);
    expect(exact.body.nextCursor).toBeNull();
    expect((await house.as('hr').get('/delegations?state=GONE')).status).toBe(400);
    expect((await house.as('hr').get('/delegations?sort=up')).status).toBe(400);
  });

  it.each<[object, number]>([
    [{ matterCodes: [] }, 400],
    [{ matterCodes: ['A', 'A'] }, 400],
    [{ matterCodes: 'A' }, 400],
    [{ matterCodes: ['NO-SUCH-MATTER'] }, 404],
    [{ delegatorId: 7 }, 400],
    [{ delegatorId: '7' }, 404],
    [{ delegateeId: '01900000-0000-7000-8000-000000000000' }, 404],
    [{ validTo: '2027-02-29' }, 400],
    [{ validTo: undefined }, 400],
    [{ signedOn: '2026-02-30' }, 400],
    [{ authority: '' }, 400],
    [{ legalBasis: { ...BASIS, rank: 'CUSTOM' } }, 400],
    [{ state: 'SIGNED' }, 400],
  ])('answers %p with %i', async (more, status) => {
    expect((await create(more)).status).toBe(status);
  });

  it('answers 400 to a publication without a date', async () => {
    const { id } = await entered({ signedOn: '2026-01-05' });
    const { status } = await verb('reviewer', id, 'publish', {
      ...PUBLICATIONS,
      delegateePublication: { reference: 'x' },
    });
    expect(status).toBe(400);
  });
});
