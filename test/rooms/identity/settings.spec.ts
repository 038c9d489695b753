import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Settings } from '../../../src/infrastructure/settings/settings.js';
import { openHouse, type House } from '../../support/house.js';

interface Value {
  id: string;
  value: unknown;
  effectiveFrom: string;
  effectiveTo: string | null;
  state: string;
  approvedBy: string | null;
  createdBy: string | null;
}
interface Setting extends Record<string, unknown> {
  key: string;
  value: unknown;
  effectiveFrom: string;
  effectiveTo: string | null;
  version: number;
  upcoming: Value[];
  proposals: Value[];
  history: Value[];
}

const TODAY = '2026-06-15';

describe('settings', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse({ modules: [] });
  }, 60_000);
  beforeEach(() => house.clock.set(`${TODAY}T04:00:00Z`));
  afterAll(() => house.close());

  const read = async (key: string): Promise<Setting> => (await house.as('hr').get<Setting>(`/settings/${key}`)).body;
  const put = async (key: string, value: unknown, effectiveFrom = TODAY, more: object = {}, version?: number) =>
    house
      .as('system-admin')
      .put<Setting>(
        `/settings/${key}`,
        { value, effectiveFrom, reason: '区政府文件', ...more },
        { 'if-match': `"${version ?? (await read(key)).version}"` },
      );
  const on = (date: string, key: string) => house.app.get(Settings).number(date, key);

  it('are listed with their values of today', async () => {
    const keys: string[] = [];
    let cursor = '';
    for (;;) {
      const { status, body } = await house
        .as('hr')
        .get<{ items: Setting[]; nextCursor: string | null }>(`/settings?limit=50${cursor}`);
      expect(status).toBe(200);
      keys.push(...body.items.map(({ key }) => key));
      if (body.nextCursor === null) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    const all = await house.db.rows<{ k: string }>(
      'SELECT DISTINCT setting_key AS k FROM settings ORDER BY setting_key',
    );
    expect(keys).toEqual(all.map(({ k }) => k));
    const auth = await house.as('auditor').get<{ items: Setting[] }>('/settings?prefix=auth.min');
    expect(auth.body.items).toEqual([
      expect.objectContaining({
        key: 'auth.minLength',
        value: 10,
        effectiveFrom: '1900-01-01',
        needsApproval: false,
        proposals: [],
      }),
    ]);
  });

  it('are read with their version', async () => {
    const { status, body, headers } = await house.as('hr').get<Setting>('/settings/exam.passMark');
    expect(status).toBe(200);
    expect(headers.get('etag')).toBe(`"${body.version}"`);
    expect(body).toMatchObject({ key: 'exam.passMark', value: 60, needsApproval: true, history: [] });
    expect((await house.as('hr').get('/settings/no.such.key')).status).toBe(404);
    expect(
      (
        await house
          .as('system-admin')
          .put('/settings/no.such', { value: 1, effectiveFrom: TODAY, reason: 'x' }, { 'if-match': '"1"' })
      ).status,
    ).toBe(404);
  });

  it('get a new value by a row that closes the old one', async () => {
    const { status, body, headers } = await put('auth.minLength', 12, '2026-07-01');
    expect(status).toBe(200);
    expect(headers.get('etag')).toBe('"2"');
    expect(body).toMatchObject({
      value: 10,
      effectiveTo: '2026-07-01',
      upcoming: [
        {
          value: 12,
          effectiveFrom: '2026-07-01',
          effectiveTo: null,
          state: 'IN_FORCE',
          createdBy: house.as('system-admin').actor.accountId,
        },
      ],
    });
    // The row that was superseded is still there.
    expect(body.history).toEqual([expect.objectContaining({ value: 10, effectiveTo: null })]);
    expect([await on('2026-06-30', 'auth.minLength'), await on('2026-07-01', 'auth.minLength')]).toEqual([10, 12]);
    await put('auth.minLength', 11, '2026-06-20');
    await put('auth.minLength', 14, '2026-07-01');
    await put('auth.minLength', 16, '2026-08-01');
    const found = await Promise.all(
      ['2026-06-19', '2026-06-20', '2026-06-30', '2026-07-01', '2026-08-01'].map((day) => on(day, 'auth.minLength')),
    );
    expect(found).toEqual([10, 11, 11, 14, 16]);
    const overlaps = await house.db.rows(
      `SELECT a.id FROM settings a JOIN settings b ON b.setting_key = a.setting_key AND b.id > a.id
       WHERE a.superseded_at IS NULL AND b.superseded_at IS NULL AND a.approved_state = 'IN_FORCE' AND b.approved_state = 'IN_FORCE'
         AND a.effective_from < COALESCE(b.effective_to, '9999-12-31') AND b.effective_from < COALESCE(a.effective_to, '9999-12-31')`,
    );
    expect(overlaps).toEqual([]);
  });

  it('can hold from today, and never from yesterday', async () => {
    expect((await put('survey.minN', 6)).body.value).toBe(6);
    const { status, body } = await put('survey.minN', 7, '2026-06-14');
    expect(status).toBe(422);
    expect(body['reasons']).toEqual([expect.objectContaining({ code: 'SETTING_BACKDATED' })]);
    house.clock.set('2026-06-14T15:59:59Z');
    expect((await put('survey.minN', 7, '2026-06-14')).status).toBe(200);
  });

  it.each<[string, unknown]>([
    ['auth.minLength', '12'],
    ['auth.minLength', 12.5],
    ['auth.minLength', null],
    ['auth.minLength', [12]],
    ['review.enabled', 1],
    ['publish.targetDays', 5],
    ['publish.targetDays', 'five'],
    ['cert.remindDays', [1, '2']],
    ['cert.remindDays', {}],
    ['appraisal.weights', []],
    ['label.commonLaw', true],
  ])('refuse %s = %p as another type', async (key, value) => {
    const { status, body } = await put(key, value);
    expect(status).toBe(400);
    expect(body['errors']).toEqual([expect.objectContaining({ pointer: '/value', code: 'SETTING_TYPE' })]);
  });

  it.each<[string, unknown, string]>([
    ['act.minimumOfficers', 1, 'SETTING_OUT_OF_RANGE'],
    ['exam.passMark', 101, 'SETTING_OUT_OF_RANGE'],
    ['exam.passMark', -1, 'SETTING_OUT_OF_RANGE'],
    ['import.maxRows', 99_999, 'SETTING_OUT_OF_RANGE'],
    ['auth.minLength', 4, 'SETTING_OUT_OF_RANGE'],
    ['auth.classes', 5, 'SETTING_OUT_OF_RANGE'],
    ['survey.minN', -1, 'SETTING_OUT_OF_RANGE'],
    ['cert.numberMode', 'GUESSED', 'SETTING_NOT_A_CHOICE'],
    ['review.hoursGate', 'NEVER', 'SETTING_NOT_A_CHOICE'],
  ])('refuse %s = %p: %s', async (key, value, code) => {
    const { status, body } = await put(key, value);
    expect(status).toBe(422);
    expect(body['reasons']).toEqual([expect.objectContaining({ code })]);
  });

  it.each<[string, object]>([
    ['an unknown field', { scope: 'GLOBAL' }],
    ['30 February', { effectiveFrom: '2027-02-30' }],
    ['an instant', { effectiveFrom: '2027-02-01T00:00:00Z' }],
    ['no reason', { reason: undefined }],
    ['no value', { value: undefined }],
  ])('answer 400 to %s', async (_what, more) => {
    expect((await put('survey.minN', 6, TODAY, more)).status).toBe(400);
  });

  it('want the version', async () => {
    const body = { value: 8, effectiveFrom: TODAY, reason: 'x' };
    expect((await house.as('system-admin').put('/settings/survey.minN', body)).status).toBe(428);
    expect((await put('survey.minN', 8, TODAY, {}, 77)).status).toBe(412);
  });

  it('let one of two changes at once win', async () => {
    const { version } = await read('paper.dueDays');
    const answers = await Promise.all([31, 32, 33].map((value) => put('paper.dueDays', value, TODAY, {}, version)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  });

  describe('that move a legal threshold', () => {
    it('are proposed, and hold when the approver says so', async () => {
      const proposed = await put('act.minimumOfficers', 3, '2026-07-01');
      expect(proposed.body).toMatchObject({
        value: 2,
        effectiveTo: null,
        upcoming: [],
        proposals: [{ value: 3, effectiveFrom: '2026-07-01', state: 'PROPOSED' }],
      });
      expect(await on('2026-07-01', 'act.minimumOfficers')).toBe(2);
      expect(await put('act.minimumOfficers', 4, '2026-07-01')).toMatchObject({
        status: 409,
        body: { state: 'PROPOSED' },
      });
      const { status, body } = await house.as('approver').post<Setting>('/settings/act.minimumOfficers/approve', {});
      expect(status).toBe(200);
      expect(body).toMatchObject({
        proposals: [],
        upcoming: [
          {
            value: 3,
            state: 'IN_FORCE',
            approvedBy: house.as('approver').actor.accountId,
            createdBy: house.as('system-admin').actor.accountId,
          },
        ],
      });
      expect([await on('2026-06-30', 'act.minimumOfficers'), await on('2026-07-01', 'act.minimumOfficers')]).toEqual([
        2, 3,
      ]);
      expect(body.version).toBeGreaterThan(proposed.body.version);
      expect(await house.as('approver').post('/settings/act.minimumOfficers/approve')).toMatchObject({
        status: 409,
        body: { state: 'IN_FORCE' },
      });
      const told = await house.as('system-admin').get<{ items: { kind: string }[] }>('/notifications');
      expect(told.body.items.map(({ kind }) => kind)).toContain('setting.approve');
    });

    it('stay as they are when the approver refuses', async () => {
      await put('exam.passMark', 70);
      expect((await house.as('approver').post('/settings/exam.passMark/refuse', {})).status).toBe(400);
      const { status, body } = await house
        .as('approver')
        .post<Setting>('/settings/exam.passMark/refuse', { reason: '依据不足' });
      expect(status).toBe(200);
      expect(body).toMatchObject({
        value: 60,
        proposals: [],
        history: [expect.objectContaining({ value: 70, state: 'REFUSED' })],
      });
      expect((await put('exam.passMark', 65)).status).toBe(200);
      await house.as('approver').post('/settings/exam.passMark/refuse', { reason: 'x' });
    });

    it('are not approved by who proposed them', async () => {
      await put('hours.annual', 80);
      const own = house.as('approver').actor.accountId;
      await house.uow.run(() =>
        house.db.execute(
          `UPDATE settings SET created_by = ? WHERE setting_key = 'hours.annual' AND approved_state = 'PROPOSED'`,
          [own],
        ),
      );
      for (const [verb, body] of [
        ['approve', {}],
        ['refuse', { reason: 'x' }],
      ] as const) {
        const answer = await house.as('approver').post(`/settings/hours.annual/${verb}`, body);
        expect(answer.status).toBe(422);
        expect(answer.body['reasons']).toEqual([expect.objectContaining({ code: 'SETTING_OWN_PROPOSAL' })]);
      }
    });

    it('can not be approved once their day has passed', async () => {
      await put('suspend.maxDays', 200, '2026-06-20');
      house.clock.set('2026-06-21T04:00:00Z');
      const late = await house.as('approver').post('/settings/suspend.maxDays/approve', {});
      expect(late.status).toBe(422);
      expect(late.body['reasons']).toEqual([expect.objectContaining({ code: 'SETTING_BACKDATED' })]);
    });
  });

  it('are changed by the system administrator, approved by the approver, read by everybody but the officer', async () => {
    const everybody = [
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
      for (const who of everybody) if ((await send(who)).status !== 403) found.push(who);
      return found;
    };
    expect(await able((who) => house.as(who).put('/settings/survey.minN', { x: 1 }))).toEqual(['system-admin']);
    expect(await able((who) => house.as(who).post('/settings/survey.minN/approve', { x: 1 }))).toEqual(['approver']);
    expect(await able((who) => house.as(who).post('/settings/survey.minN/refuse', { x: 1 }))).toEqual(['approver']);
    expect(await able((who) => house.as(who).get('/settings'))).toEqual(everybody.slice(0, -1));
    expect(await able((who) => house.as(who).get('/settings/survey.minN'))).toEqual(everybody.slice(0, -1));
    expect(await able((who) => house.as(who).get('/dictionaries/domains'))).toEqual(everybody);
  });

  it('hold the dictionaries', async () => {
    const { body } = await house
      .as('officer')
      .get<{ items: { code: string; nameZh: string; nameEn: string }[] }>('/dictionaries/domains');
    expect(body.items).toContainEqual({ code: 'FIRE', nameZh: '消防', nameEn: 'Fire safety' });
    for (const name of ['posts', 'grounds'])
      expect((await house.as('hr').get(`/dictionaries/${name}`)).status).toBe(200);
    for (const name of ['nothing', 'a%25', '..'])
      expect((await house.as('hr').get(`/dictionaries/${name}`)).status).toBe(404);
    expect((await house.anybody('GET', '/dictionaries/domains')).status).toBe(401);
  });

  it('are changed under the eyes of the audit', async () => {
    const rows = await house.db.rows<{ verb: string }>(
      `SELECT DISTINCT verb FROM audit_entries WHERE target_type = 'setting' ORDER BY verb`,
    );
    expect(rows.map(({ verb }) => verb)).toEqual([
      'setting.approve',
      'setting.change',
      'setting.propose',
      'setting.refuse',
    ]);
  });
});
