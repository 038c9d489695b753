import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WatchPublications } from '../../../src/publication/index.js';
import { insertOfficer, type TestOfficer } from '../../support/cleared-team.js';
import { openHouse, type House } from '../../support/house.js';

let house: House;
beforeAll(async () => {
  house = await openHouse();
  house.clock.set('2026-03-02T10:00:00+08:00');
});
afterAll(async () => {
  await house?.close();
});

interface Publication {
  readonly id: string;
  readonly officerId: string;
  readonly cause: string;
  readonly state: string;
  readonly shownNow: boolean;
  readonly endedCause: string | null;
  readonly clock: { colour: string; sinceOn: string; amberOn: string; targetOn: string; limitOn: string } | null;
  readonly allowedVerbs: readonly string[];
}
interface Items<T> {
  readonly items: readonly T[];
}
type Done = Items<{ status: string; reasons: readonly { code: string }[] }>;

async function newHolder(): Promise<TestOfficer> {
  return house.uow.run(async () => {
    const officer = await insertOfficer(house.db, house.unit);
    await house.db.insert('certificate_numbers', {
      type: 'ENFORCEMENT',
      number: officer.certificateNo,
      state: 'ISSUED',
      origin: 'LEGACY',
      certificate_id: officer.certificateId,
      recorded_at: new Date('2021-01-01T00:00:00Z'),
    });
    return officer;
  });
}

const sweep = () => house.app.get(WatchPublications, { strict: false }).sweep();

async function recordsOf(officerId: string): Promise<readonly Publication[]> {
  const { body } = await house.as('reviewer').get<Items<Publication>>(`/publications?officerId=${officerId}`);
  return body.items;
}
async function newest(officerId: string): Promise<Publication> {
  const found = (await recordsOf(officerId)).at(-1);
  if (!found) throw new Error('no publication');
  return found;
}

/** The public's answer; the brake on look-ups is let go before each. */
async function shown(subjectId = house.unit): Promise<readonly Record<string, unknown>[]> {
  await house.uow.run(() => house.db.execute('DELETE FROM public_lookup_throttles WHERE lookups > ?', [0]));
  const { status, body } = await house.anybody('GET', `/public/officers?subjectId=${subjectId}&limit=200`);
  expect(status).toBe(200);
  return (body as unknown as Items<Record<string, unknown>>).items;
}
const isShown = async (officer: TestOfficer): Promise<boolean> =>
  (await shown()).some(({ certificateNo }) => certificateNo === officer.certificateNo);

const prepare = (who: string, ids: readonly string[]) =>
  house.as(who).post<Done>('/publications/prepare', { publicationIds: ids });
const check = (who: string, ids: readonly string[], decision = 'PUBLISH', more: Record<string, unknown> = {}) =>
  house.as(who).post<Done>('/publications/check', {
    publicationIds: ids,
    decision,
    privacyChecked: true,
    secrecyChecked: true,
    note: '已审查',
    ...more,
  });

async function publish(officer: TestOfficer): Promise<Publication> {
  await sweep();
  const { id } = await newest(officer.id);
  expect((await prepare('hr-1', [id])).body.items).toEqual([{ publicationId: id, status: 'PREPARED', reasons: [] }]);
  expect((await check('reviewer', [id])).body.items).toEqual([{ publicationId: id, status: 'PUBLISHED', reasons: [] }]);
  return newest(officer.id);
}

describe('the publication of an officer', () => {
  it('is due when the certificate is issued, with its three days by the holiday table', async () => {
    const officer = await newHolder();
    await house.uow.run(() =>
      house.db.insert('certificate_moves', {
        id: officer.assignmentId,
        certificate_id: officer.certificateId,
        command: 'activate',
        state_after: 'VALID',
        effective_from: new Date('2026-02-13T02:00:00Z'),
        recorded_at: new Date('2026-02-13T02:00:00Z'),
      }),
    );
    await sweep();
    const record = await newest(officer.id);
    expect([record.state, record.cause, record.shownNow, record.allowedVerbs]).toEqual([
      'DUE',
      'ISSUED',
      false,
      ['prepare'],
    ]);
    // 2026-02-13 + 5 wd = 2026-02-27 (domain.md 8.4), over the Spring Festival.
    expect(record.clock).toMatchObject({ sinceOn: '2026-02-13', targetOn: '2026-02-27', colour: 'RED' });
    expect(record.clock?.amberOn).toBe('2026-02-26');
    // 28 February is worked on.
    expect(record.clock?.limitOn).toBe('2026-03-19');
    expect(await isShown(officer)).toBe(false);
    await sweep();
    expect(await recordsOf(officer.id)).toHaveLength(1);
    for (const [colour, n] of [
      ['RED', 1],
      ['GREEN', 0],
    ] as const) {
      const list = await house
        .as('reviewer')
        .get<Items<Publication>>(`/publications?officerId=${officer.id}&clock=${colour}`);
      expect([colour, list.body.items.length]).toEqual([colour, n]);
    }
  });

  it('shows the public nine fields and the state, and nothing else', async () => {
    const officer = await newHolder();
    await publish(officer);
    const mine = (await shown()).find(({ certificateNo }) => certificateNo === officer.certificateNo);
    expect(mine).toEqual({
      name: '测试员',
      unit: '测试单位',
      certificateNo: officer.certificateNo,
      post: '执法员',
      domains: ['城市管理'],
      area: '410102',
      issuer: null,
      validFrom: '2021-01-01',
      validTo: '2029-12-31',
      status: 'VALID',
    });
    const units = await house.anybody('GET', '/public/officer-units');
    expect((units.body as unknown as Items<{ id: string }>).items.map(({ id }) => id)).toEqual([house.unit]);
    const named = await house.anybody(
      'GET',
      `/public/officers?subjectId=${house.unit}&name=${encodeURIComponent('测试')}`,
    );
    expect(named.body['items']).toEqual([]);
  });

  it('takes two persons, both checks and a reason, also in the database', async () => {
    const officer = await newHolder();
    await sweep();
    const { id } = await newest(officer.id);
    const codes = async (answer: Promise<{ body: Done }>) =>
      (await answer).body.items.flatMap(({ reasons }) => reasons.map(({ code }) => code));
    expect(await codes(check('approver', [id]))).toContain('PUBLICATION_STATE');
    expect((await prepare('reviewer', [id])).body.items[0]?.status).toBe('PREPARED');
    expect(await codes(check('reviewer', [id]))).toEqual(['SAME_PERSON_TWO_LEVELS']);
    expect((await newest(officer.id)).allowedVerbs).toEqual([]);
    expect(await codes(check('approver', [id], 'PUBLISH', { privacyChecked: false }))).toEqual(['PRIVACY_NOT_CHECKED']);
    expect(await codes(check('approver', [id], 'PUBLISH', { secrecyChecked: false }))).toEqual(['SECRECY_NOT_CHECKED']);
    expect((await check('approver', [id], 'RETURN', { note: ' ' })).status).toBe(400);
    expect(await isShown(officer)).toBe(false);
    const row = await house.db.row<{ prepared_by: string }>('SELECT prepared_by FROM publications WHERE id = ?', [id]);
    await expect(
      house.uow.run(() =>
        house.db.execute(
          `UPDATE publications SET state = 'PUBLISHED', pending_slot = NULL, public_slot = certificate_id, checked_by = ? WHERE id = ?`,
          [row?.prepared_by ?? '', id],
        ),
      ),
    ).rejects.toThrow(/ck_publications_two_persons/);
    expect((await check('approver', [id], 'RETURN')).body.items[0]?.status).toBe('DUE');
    expect((await house.as('hr-2').get(`/publications/${id}`)).status).toBe(404);
    expect(await codes(prepare('hr-2', [id]))).toEqual(['PUBLICATION_UNKNOWN']);
  });

  it('never shows who is not valid any more, also when no sweeper has run', async () => {
    const at = { effectiveFrom: '2026-03-01', document: '1号' };
    const ends: readonly (readonly [string, (officer: TestOfficer) => Promise<unknown>])[] = [
      [
        'SUSPENDED',
        (o) => house.as('approver').post(`/certificates/${o.certificateId}/suspend`, { ground: 'OTHER', ...at }),
      ],
      [
        'REVOKED',
        (o) => house.as('approver').post(`/certificates/${o.certificateId}/revoke`, { ground: 'LENT', ...at }),
      ],
      [
        'LOST',
        (o) => house.as('hr').post(`/certificates/${o.certificateId}/report-loss`, { effectiveFrom: '2026-03-01' }),
      ],
      [
        'LEFT',
        (o) => house.as('hr').post(`/officers/${o.id}/leave`, { cause: 'RESIGNED', effectiveFrom: '2026-03-01' }),
      ],
      [
        'OFF_POST',
        (o) => house.as('hr').post(`/officers/${o.id}/off-post`, { cause: 'OTHER', effectiveFrom: '2026-03-01' }),
      ],
      [
        'TRANSFERRED',
        (o) =>
          house.as('hr').post(`/officers/${o.id}/transfer`, {
            subjectId: house.otherUnit,
            postTitle: '执法员',
            effectiveFrom: '2026-03-01',
          }),
      ],
      [
        'BARRED',
        (o) =>
          house.uow.run(() =>
            house.db.insert('qualification_bars', {
              id: o.assignmentId,
              officer_id: o.id,
              ground: 'DISQUALIFIED',
              source_type: 'test',
              source_id: o.id,
              barred_from: '2026-03-01',
              recorded_at: new Date('2026-03-01T00:00:00Z'),
            }),
          ),
      ],
    ];
    for (const [what, end] of ends) {
      const officer = await newHolder();
      await publish(officer);
      expect([what, await isShown(officer)]).toEqual([what, true]);
      const answer = (await end(officer)) as { status?: number } | undefined;
      expect([what, answer?.status ?? 200]).toEqual([what, 200]);
      expect([what, await isShown(officer)]).toEqual([what, false]);
      expect([what, (await newest(officer.id)).shownNow]).toEqual([what, false]);
    }
    const expiring = await newHolder();
    await publish(expiring);
    house.clock.set('2030-01-01T00:00:00+08:00');
    expect(await isShown(expiring)).toBe(false);
    house.clock.set('2029-12-31T23:59:59+08:00');
    expect(await isShown(expiring)).toBe(true);
    house.clock.set('2026-03-02T10:00:00+08:00');
    await house.as('approver').post(`/subjects/${house.unit}/suspend`, { reason: 'x', ...at });
    expect(await shown()).toEqual([]);
    await house
      .as('approver')
      .post(`/subjects/${house.unit}/restore`, { document: '2号', effectiveFrom: '2026-03-01T12:00:00+08:00' });
    expect(await isShown(expiring)).toBe(true);
  });

  it('is taken down the same day, and due again when the suspension is lifted', async () => {
    const officer = await newHolder();
    await publish(officer);
    await house.as('approver').post(`/certificates/${officer.certificateId}/suspend`, {
      ground: 'OTHER',
      document: '1号',
      effectiveFrom: '2026-03-01',
    });
    await house.drain();
    expect(await newest(officer.id)).toMatchObject({ state: 'TAKEN_DOWN', endedCause: 'SUSPENDED', allowedVerbs: [] });
    await house.as('approver').post(`/certificates/${officer.certificateId}/lift`, { document: '2号' });
    await house.drain();
    expect(await newest(officer.id)).toMatchObject({ state: 'DUE', cause: 'BACK', clock: { sinceOn: '2026-03-02' } });
    expect(await isShown(officer)).toBe(false);
  });

  it('opens anew where post or area changed; the old content stays until the new one was checked', async () => {
    const officer = await newHolder();
    const first = await publish(officer);
    await house.uow.run(() => house.db.execute(`UPDATE officers SET post_title = '中队长' WHERE id = ?`, [officer.id]));
    await sweep();
    await sweep();
    expect((await recordsOf(officer.id)).map(({ state, cause }) => [state, cause])).toEqual([
      ['PUBLISHED', 'ISSUED'],
      ['DUE', 'CHANGED'],
    ]);
    const posts = async () =>
      (await shown()).filter(({ certificateNo }) => certificateNo === officer.certificateNo).map(({ post }) => post);
    expect(await posts()).toEqual(['执法员']);
    await publish(officer);
    expect(await posts()).toEqual(['中队长']);
    expect((await recordsOf(officer.id)).find(({ id }) => id === first.id)?.state).toBe('REPLACED');
  });

  it('can be withheld by decision, and is not opened again by itself', async () => {
    const officer = await newHolder();
    const { id } = await publish(officer);
    const answer = await house.as('approver').post(`/publications/${id}/withhold`, { reason: '涉密' });
    expect([answer.status, answer.body['state']]).toEqual([200, 'WITHHELD']);
    expect(await isShown(officer)).toBe(false);
    await sweep();
    expect((await recordsOf(officer.id)).map(({ state }) => state)).toEqual(['WITHHELD']);
    expect((await house.as('approver').post(`/publications/${id}/withhold`, { reason: '再次' })).status).toBe(409);
  });
});
