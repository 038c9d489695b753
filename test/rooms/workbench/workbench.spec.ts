import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../src/kernel/ids.js';
import { OfficersModule } from '../../../src/officers/index.js';
import { WorkbenchModule } from '../../../src/workbench/index.js';
import { insertCertificate, insertOfficer } from '../../support/cleared-team.js';
import { openHouse, type House, type PersonName } from '../../support/house.js';

interface Todo {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly state: string | null;
}
interface Page {
  readonly items: readonly Todo[];
  readonly nextCursor: string | null;
}
interface Desk {
  readonly figures: readonly { readonly key: string; readonly count: number; readonly of: number | null }[];
  readonly expiry: readonly { readonly month: string; readonly count: number; readonly lastDay: string }[];
  readonly coverage: readonly { readonly subjectId: string; readonly officers: number; readonly certified: number }[];
}

const NOW = '2026-11-23T04:00:00Z';

let house: House;
let serial = 0;
beforeAll(async () => {
  house = await openHouse({ modules: [OfficersModule, WorkbenchModule] });
  house.clock.set(NOW);
});
afterAll(() => house?.close());

const officer = (subjectId: string): Promise<string> =>
  house.uow.run(async () => (await insertOfficer(house.db, subjectId)).id);

/** An application as the desk left it, handed in a minute after the one before. */
async function application(subjectId: string, state: string, submittedBy = newId()): Promise<string> {
  const officerId = await officer(subjectId);
  const id = newId();
  serial += 1;
  const open = !['ISSUED', 'RETURNED', 'REJECTED'].includes(state);
  await house.uow.run(() =>
    house.db.insert('certificate_applications', {
      id,
      application_no: `W-${serial}`,
      type: 'FIRST',
      certificate_type: 'ENFORCEMENT',
      officer_id: officerId,
      subject_id: subjectId,
      domains_json: '[]',
      state,
      open_slot: open ? `${officerId}:ENFORCEMENT` : null,
      facts_json: '{}',
      submitted_by: submittedBy,
      submitted_at: new Date(Date.parse('2026-11-01T00:00:00Z') + serial * 60_000),
    }),
  );
  return id;
}

const todos = async (who: PersonName, query = ''): Promise<Page> => {
  const answer = await house.as(who).get<Page>(`/workbench/todos${query}`);
  expect(answer.status).toBe(200);
  return answer.body;
};
const desk = async (who: PersonName): Promise<Desk> => (await house.as(who).get<Desk>('/workbench')).body;
const figure = (shown: Desk, key: string) => shown.figures.find((one) => one.key === key);

describe('to-dos', () => {
  it('wait for the step of the role, oldest first, and for nobody else', async () => {
    const here = await application(house.unit, 'SUBMITTED');
    const there = await application(house.otherUnit, 'SUBMITTED');
    const reviewed = await application(house.unit, 'DISTRICT_REVIEWED');
    const approved = await application(house.unit, 'APPROVED');
    expect((await todos('reviewer')).items.map(({ id }) => id)).toEqual([here, there]);
    expect((await todos('approver')).items.map(({ id, kind }) => [id, kind])).toEqual([
      [reviewed, 'APPLICATION_APPROVAL'],
      [approved, 'APPLICATION_ISSUE'],
    ]);
    for (const who of ['exam-officer', 'auditor', 'system-admin', 'officer', 'supervisor'] as const) {
      expect((await todos(who)).items).toEqual([]);
    }
    const counts = await house
      .as('approver')
      .get<{ items: { kind: string; count: number }[] }>('/workbench/todos/counts');
    expect(counts.body.items.filter(({ count }) => count > 0)).toEqual([
      { kind: 'APPLICATION_APPROVAL', count: 1 },
      { kind: 'APPLICATION_ISSUE', count: 1 },
    ]);
  });

  it('show a returned application to who handed it in, within the own scope, until a new one is there', async () => {
    const [row] = await house.db.rows<{ id: string }>(`SELECT id FROM accounts WHERE username = 'hr-1'`);
    const mine = await application(house.unit, 'RETURNED', row?.id);
    await application(house.unit, 'RETURNED');
    expect((await todos('hr-1')).items.map(({ id, kind }) => [id, kind])).toEqual([[mine, 'APPLICATION_RETURNED']]);
    expect((await todos('hr-2')).items).toEqual([]);
    expect((await todos('hr-1', '?box=STARTED')).items.map(({ id }) => id)).toEqual([mine]);
    expect((await todos('hr-2', '?box=STARTED')).items).toEqual([]);
  });

  it('show publications to who prepares and to a second person who checks', async () => {
    const accountOf = async (name: string): Promise<string> =>
      (await house.db.row<{ id: string }>('SELECT id FROM accounts WHERE username = ?', [name]))?.id ?? '';
    const publication = async (state: string, preparedBy: string | null): Promise<string> => {
      const officerId = await officer(house.otherUnit);
      const certificate = await house.db.row<{ id: string }>('SELECT id FROM certificates WHERE officer_id = ?', [
        officerId,
      ]);
      const id = newId();
      await house.uow.run(() =>
        house.db.insert('publications', {
          id,
          certificate_id: certificate?.id ?? '',
          officer_id: officerId,
          subject_id: house.otherUnit,
          cause: 'ISSUED',
          state,
          pending_slot: certificate?.id ?? '',
          since_on: '2026-11-01',
          amber_on: '2026-11-10',
          target_on: '2026-11-15',
          limit_on: '2026-11-20',
          prepared_by: preparedBy,
          opened_at: new Date('2026-10-01T00:00:00Z'),
        }),
      );
      return id;
    };
    const due = await publication('DUE', null);
    const byReviewer = await publication('PREPARED', await accountOf('reviewer'));
    const byAnother = await publication('PREPARED', await accountOf('hr-2'));
    const seenBy = async (who: PersonName, kind: string): Promise<readonly string[]> =>
      (await todos(who, `?kind=${kind}`)).items.map(({ id }) => id);
    expect(await seenBy('hr-2', 'PUBLICATION_PREPARE')).toEqual([due]);
    expect(await seenBy('hr-1', 'PUBLICATION_PREPARE')).toEqual([]);
    expect(await seenBy('hr-2', 'PUBLICATION_CHECK')).toEqual([]);
    expect(await seenBy('reviewer', 'PUBLICATION_CHECK')).toEqual([byAnother]);
    expect((await seenBy('approver', 'PUBLICATION_CHECK')).toSorted()).toEqual([byReviewer, byAnother].toSorted());
    await house.uow.run(() =>
      house.db.execute(`UPDATE publications SET state = 'LAPSED', pending_slot = NULL WHERE pending_slot IS NOT NULL`),
    );
  });

  it('come page by page without a gap or a double', async () => {
    for (let i = 0; i < 5; i++) await application(house.unit, 'SUBMITTED');
    const whole = (await todos('reviewer')).items.map(({ id }) => id);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Page = await todos('reviewer', `?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(whole);
    expect(whole).toHaveLength(7);
    expect((await todos('reviewer', '?cursor=Zm9yZWlnbg')).items).toEqual([]);
  });
});

describe('figures', () => {
  it('count what lies in the scope, and only what the role does', async () => {
    const district = await desk('reviewer');
    expect(figure(district, 'applicationsToReview')?.count).toBe(7);
    expect(figure(district, 'applicationsToApprove')).toBeUndefined();
    expect(figure(await desk('hr-2'), 'applicationsReturned')?.count).toBe(0);
    expect(figure(await desk('hr-1'), 'applicationsReturned')?.count).toBe(2);
    const admin = await desk('system-admin');
    expect(admin.figures.map(({ key }) => key)).toEqual(['accountsActive', 'accountsLocked', 'accountsDisabled']);
    expect((await desk('security-admin')).figures.map(({ key }) => key)).toContain('accountsWithoutRole');
    expect([admin.expiry, admin.coverage]).toEqual([[], []]);
    expect((await desk('officer')).figures).toEqual([]);
  });

  it('put each ending certificate into its month, within the scope', async () => {
    const officerId = await officer(house.otherUnit);
    await house.uow.run(() =>
      insertCertificate(house.db, {
        id: newId(),
        officerId,
        subjectId: house.otherUnit,
        number: '16999900001',
        domains: ['URBAN_MANAGEMENT'],
        type: 'SUPERVISION',
        validTo: '2027-02-28',
      }),
    );
    const month = (shown: Desk) => shown.expiry.find((one) => one.month === '2027-02');
    expect(month(await desk('hr-2'))).toMatchObject({ count: 1, lastDay: '2027-02-28' });
    expect(month(await desk('hr-1'))?.count).toBe(0);
    expect((await desk('hr-1')).expiry).toHaveLength(12);
    expect((await desk('hr-1')).coverage.map(({ subjectId }) => subjectId)).toEqual([house.unit]);
  });

  it('take an officer without a certificate in force for one without', async () => {
    const before = await desk('hr-1');
    const id = await officer(house.unit);
    await house.uow.run(() =>
      house.db.execute(
        `UPDATE certificate_states SET status = 'REVOKED', live_slot = NULL WHERE certificate_id IN
        (SELECT c.id FROM certificates c WHERE c.officer_id = ?)`,
        [id],
      ),
    );
    const after = await desk('hr-1');
    const [was, is] = [before, after].map((shown) => figure(shown, 'officersWithoutCertificate'));
    expect([is?.count, is?.of]).toEqual([(was?.count ?? 0) + 1, (was?.of ?? 0) + 1]);
    const listed = async (query: string): Promise<readonly string[]> =>
      (await house.as('hr-1').get<{ items: { id: string }[] }>(`/officers?limit=200&${query}`)).body.items.map(
        (one) => one.id,
      );
    const missing = await listed('state=IN_SERVICE&certificate=MISSING');
    expect([missing.length, missing.includes(id)]).toEqual([is?.count, true]);
    expect((await listed('state=IN_SERVICE')).length).toBe(is?.of);
    const held = await listed('state=IN_SERVICE&certificate=HELD');
    expect(held.length + missing.length).toBe(is?.of);
    expect((await house.as('hr-1').get('/officers?certificate=LOST')).status).toBe(400);
    const bodies = [before, after].map((shown) => shown.coverage[0]);
    expect(bodies[1]?.certified).toBe(bodies[0]?.certified);
    expect(bodies[1]?.officers).toBe((bodies[0]?.officers ?? 0) + 1);
  });
});
