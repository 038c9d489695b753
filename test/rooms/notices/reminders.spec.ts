import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../src/kernel/ids.js';
import { RaiseReminders } from '../../../src/notices/reminders/raise-reminders.js';
import { nearest } from '../../../src/notices/reminders/recipients.queries.js';
import { clockStage, expiryStage } from '../../../src/rules/reminder.rules.js';
import { insertCertificate, insertOfficer, LONG_AGO } from '../../support/cleared-team.js';
import { openHouse, type House } from '../../support/house.js';

const TODAY = '2026-03-02';

describe('the stage of a clock', () => {
  it.each([
    ['2026-08-29', '180', 1],
    ['2026-08-30', null, 1],
    ['2026-05-31', '90', 1],
    ['2026-06-01', '180', 1],
    ['2026-04-01', '30', 2],
    ['2026-04-02', '90', 1],
    ['2026-03-09', '7', 3],
    ['2026-03-10', '30', 2],
    ['2026-03-02', '7', 3],
    ['2026-03-01', null, 1],
  ])('of a card valid to %s is %s', (validTo, stage, level) => {
    const found = expiryStage(validTo, TODAY, [180, 90, 30, 7]);
    expect([found?.stage ?? null, found?.level ?? 1]).toEqual([stage, level]);
  });
  it('is the smallest day not yet passed, whatever order and rubbish the setting holds', () => {
    expect(expiryStage('2026-03-12', TODAY, [7, 180, 30, 30, -1, 1.5])?.stage).toBe('30');
    expect(expiryStage('2026-03-12', TODAY, [])).toBeNull();
  });
  it('turns amber on its day and red the day after the last', () => {
    expect(
      ['2026-03-03', '2026-03-04', '2026-03-06', '2026-03-07'].map(
        (day) => clockStage('2026-03-04', '2026-03-06', day)?.stage,
      ),
    ).toEqual([undefined, 'AMBER', 'AMBER', 'RED']);
  });
});

describe('who is told', () => {
  it('is of each role who stands nearest above', () => {
    const holders = [
      { id: 'district', role: 'HR', path: '/d/' },
      { id: 'unit', role: 'HR', path: '/d/u/' },
      { id: 'unit-too', role: 'HR', path: '/d/u/' },
      { id: 'other', role: 'HR', path: '/d/v/' },
    ] as const;
    expect(nearest(holders, 'HR', '/d/u/x/')).toEqual(['unit', 'unit-too']);
    expect(nearest(holders, 'HR', '/d/w/')).toEqual(['district']);
    expect(nearest(holders, 'APPROVER', '/d/u/')).toEqual([]);
  });
});

describe('reminders', () => {
  let house: House;
  const people = new Map<string, string>();
  beforeAll(async () => {
    house = await openHouse();
    house.clock.set(`${TODAY}T10:00:00+08:00`);
  });
  afterAll(async () => {
    await house?.close();
  });

  const sweep = () => house.app.get(RaiseReminders, { strict: false }).sweep();

  async function holder(name: string, validTo: string, subjectId = house.unit): Promise<string> {
    return house.uow.run(async () => {
      const { id } = await insertOfficer(house.db, subjectId);
      const soon = newId();
      await insertCertificate(house.db, {
        id: soon,
        officerId: id,
        subjectId,
        number: `20${Math.random().toString().slice(2, 11)}`,
        domains: [],
        type: 'SUPERVISION',
        validTo,
      });
      people.set(name, id);
      return soon;
    });
  }

  interface Line {
    readonly kind: string;
    readonly targetId: string;
    readonly link: string;
    readonly textZh: string;
    readonly textEn: string;
  }
  async function inbox(who: string): Promise<readonly Line[]> {
    const { body } = await house.as(who).get<{ items: readonly Line[] }>('/notifications?limit=200');
    return body.items;
  }
  const about = async (who: string, targetId: string) =>
    (await inbox(who)).filter((line) => line.targetId === targetId).length;

  it('go up: the unit, then the clerk, then head and supervisors; once for each stage', async () => {
    const [far, near, last, later] = [
      await holder('far', '2026-05-30'),
      await holder('near', '2026-03-30'),
      await holder('last', '2026-03-08'),
      await holder('later', '2027-12-31'),
    ];
    await sweep();
    const told = async (target: string) =>
      Object.fromEntries(
        await Promise.all(
          ['hr', 'hr-1', 'hr-2', 'reviewer', 'approver', 'supervisor'].map(
            async (who) => [who, await about(who, target)] as const,
          ),
        ),
      );
    const nobody = { hr: 0, 'hr-1': 0, 'hr-2': 0, reviewer: 0, approver: 0, supervisor: 0 };
    expect(await told(far)).toEqual({ ...nobody, 'hr-1': 1 });
    expect(await told(near)).toEqual({ ...nobody, 'hr-1': 1, reviewer: 1 });
    expect(await told(last)).toEqual({ ...nobody, 'hr-1': 1, reviewer: 1, approver: 1, supervisor: 1 });
    expect(await told(later)).toEqual(nobody);
    const line = (await inbox('hr-1')).find(({ targetId }) => targetId === near);
    expect(line).toMatchObject({
      kind: 'certificate.expiry',
      link: `/certificates/${near}`,
      textZh: '请办理换证：一张执法证件于 2026-03-30 到期，还有 28 天。',
      textEn: 'Renew in time: a certificate expires on 2026-03-30, in 28 days.',
    });
    expect(JSON.stringify(await inbox('hr-1'))).not.toMatch(/测试员|410\*/);
    expect(await sweep()).toBe(0);
    house.clock.set('2026-03-25T10:00:00+08:00');
    await sweep();
    expect(await about('hr-1', near)).toBe(2);
    expect(await about('approver', near)).toBe(1);
    const open = await house.as('hr').get<{ items: { stage: string }[] }>(`/reminders?targetId=${near}&state=OPEN`);
    expect(open.body.items.map(({ stage }) => stage)).toEqual(['7']);
    house.clock.set(`${TODAY}T10:00:00+08:00`);
  });

  it('are raised once by any number of workers at once', async () => {
    const targets: string[] = [];
    for (let i = 0; i < 20; i++) targets.push(await holder(`crowd ${i}`, '2026-04-20'));
    await Promise.all([sweep(), sweep(), sweep(), sweep()]);
    const rows = await house.db.rows<{ target_id: string; n: number }>(
      `SELECT target_id, COUNT(*) AS n FROM notifications WHERE target_id IN (${targets.map(() => '?').join()}) GROUP BY target_id`,
      targets,
    );
    expect(rows.map(({ n }) => Number(n))).toEqual(targets.map(() => 1));
  });

  it('catch up after a standstill with one, not with four', async () => {
    const target = await holder('standstill', '2026-09-30');
    house.clock.set('2026-09-25T10:00:00+08:00');
    await sweep();
    expect(await about('hr-1', target)).toBe(1);
    house.clock.set(`${TODAY}T10:00:00+08:00`);
  });

  it('close when the clock runs no more, and leave out who has left or renews already', async () => {
    const [left, renews] = [await holder('left', '2026-03-25'), await holder('renews', '2026-03-26')];
    const cardCase = newId();
    await house.uow.run(async () => {
      await house.db.insert('officer_departures', {
        id: newId(),
        officer_id: people.get('left') ?? '',
        cause: 'RETIRED',
        effective_from: new Date('2026-03-01T00:00:00Z'),
        recorded_at: new Date('2026-03-01T00:00:00Z'),
      });
      await house.db.insert('certificate_applications', {
        id: newId(),
        application_no: newId().slice(0, 30),
        type: 'RENEW',
        certificate_type: 'SUPERVISION',
        officer_id: people.get('renews') ?? '',
        subject_id: house.unit,
        domains_json: '[]',
        state: 'SUBMITTED',
        open_slot: `${people.get('renews')}:S`,
        facts_json: '{}',
        submitted_by: newId(),
        submitted_at: new Date('2026-02-10T02:00:00Z'),
      });
      await house.db.insert('card_cases', {
        id: cardCase,
        officer_id: people.get('left') ?? '',
        certificate_id: left,
        cause: 'LEFT_SERVICE',
        due_on: '2026-02-27',
        opened_at: LONG_AGO,
      });
    });
    await sweep();
    expect([await about('hr-1', left), await about('hr-1', renews)]).toEqual([0, 0]);
    // The card is overdue: everybody hears of it.
    expect(
      await Promise.all(['hr-1', 'reviewer', 'approver', 'supervisor'].map((who) => about(who, cardCase))),
    ).toEqual([1, 1, 1, 1]);
    // The application has waited for its ten working days.
    const clocks = (await inbox('reviewer')).filter(({ kind }) => kind === 'application.clock');
    expect(clocks).toHaveLength(1);
    await house.uow.run(() =>
      house.db.execute('UPDATE card_cases SET closed_at = ? WHERE id = ?', [
        new Date('2026-03-02T02:00:00Z'),
        cardCase,
      ]),
    );
    await sweep();
    const closed = await house
      .as('hr')
      .get<{ items: { closedAt: string | null }[] }>(`/reminders?targetId=${cardCase}`);
    expect(closed.body.items.map(({ closedAt }) => closedAt !== null)).toEqual([true]);
  });

  it('stay within the scope, and can be counted, filtered and marked read', async () => {
    const target = await holder('other', '2026-03-20', house.otherUnit);
    await sweep();
    const list = await house.as('hr-1').get<{ items: { subjectId: string }[] }>('/reminders?limit=200');
    expect(new Set(list.body.items.map(({ subjectId }) => subjectId))).toEqual(new Set([house.unit]));
    expect([await about('hr-2', target), await about('hr-1', target)]).toEqual([1, 0]);
    const summary = await house.as('hr-2').get<{ unread: number; byKind: object[] }>('/notifications/summary');
    expect(summary.body).toEqual({ unread: 1, byKind: [{ kind: 'certificate.expiry', unread: 1 }] });
    const newest = await house
      .as('hr-1')
      .get<{ items: { id: string }[]; nextCursor: string }>('/notifications?order=NEWEST&limit=2');
    const second = await house
      .as('hr-1')
      .get<{ items: { id: string }[] }>(`/notifications?order=NEWEST&limit=2&cursor=${newest.body.nextCursor}`);
    const ids = [...newest.body.items, ...second.body.items].map(({ id }) => id);
    expect(ids).toEqual([...ids].sort().reverse());
    expect(new Set(ids).size).toBe(4);
    const wrong = await house.as('hr-2').post('/notifications/read-all', { kind: 'import.finished' });
    expect(wrong.body).toEqual({ marked: 0 });
    expect((await house.as('hr-2').post('/notifications/read-all', {})).body).toEqual({ marked: 1 });
    expect((await house.as('hr-2').get('/notifications/summary')).body['unread']).toBe(0);
    expect(Number((await house.as('hr-1').get('/notifications/summary')).body['unread'])).toBeGreaterThan(3);
  });
});
