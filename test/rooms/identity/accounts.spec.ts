import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openHouse, type House } from '../../support/house.js';
import { Newcomer } from './newcomer.js';

interface Account extends Record<string, unknown> {
  id: string;
  username: string;
  version: number;
  roles: string[];
}

describe('accounts', () => {
  let house: House;
  let number = 0;
  beforeAll(async () => {
    house = await openHouse({ modules: [] });
  }, 60_000);
  afterAll(() => house.close());

  const admin = () => house.as('system-admin');
  const security = () => house.as('security-admin');
  const draft = (more: object = {}) => ({
    username: `new.${(number += 1)}`,
    displayName: '张三',
    homeSubjectId: house.unit,
    password: 'Zhengzhou-2026',
    ...more,
  });
  const opened = async (more: object = {}): Promise<Account> => {
    const { status, body } = await admin().post<Account>('/accounts', draft(more));
    expect({ status, reasons: body['reasons'] }).toEqual({ status: 201, reasons: undefined });
    return body;
  };
  const withRoles = async (account: Account, roles: string[]): Promise<Account> => {
    const { body, status } = await security().put<Account>(
      `/accounts/${account.id}/roles`,
      { roles },
      { 'if-match': `"${account.version}"` },
    );
    expect(status).toBe(200);
    return body;
  };

  it('are opened without a role and with a first password that must be changed', async () => {
    const { status, body, headers } = await admin().post<Account>('/accounts', draft());
    expect(status).toBe(201);
    expect(headers.get('etag')).toBe('"1"');
    expect(body).toMatchObject({
      roles: [],
      status: 'ACTIVE',
      mustChangePassword: true,
      homeSubject: { id: house.unit },
    });
    expect(JSON.stringify(body)).not.toMatch(/hash|argon/i);
    const account = await withRoles(body, ['HR']);
    const person = await Newcomer.signIn(house, account.username, 'Zhengzhou-2026');
    expect(person.session).toMatchObject({ user: { mustChangePassword: true, roles: ['HR'] } });
    expect(await person.get('/auth/me')).toMatchObject({ status: 200, body: { mustChangePassword: true } });
    expect(await person.get('/settings')).toMatchObject({ status: 403, body: { code: 'PASSWORD_CHANGE_REQUIRED' } });
    const changed = await person.changePassword('Zhengzhou-2026', 'Kaifeng-2027');
    expect(changed.status).toBe(200);
    expect((await person.get('/settings')).status).toBe(200);
    expect(await person.get('/auth/me')).toMatchObject({ body: { mustChangePassword: false } });
  });

  it('have no password at all when none is given, until one is made', async () => {
    const account = await opened({ password: undefined });
    for (const guess of ['', ' ', 'password', '$none$']) {
      expect(
        (await house.anybody('POST', '/auth/login', { username: account.username, password: guess })).status,
      ).not.toBe(200);
    }
    const { status, body } = await admin().post<Account & { initialPassword: string }>(
      `/accounts/${account.id}/reset-password`,
    );
    expect(status).toBe(200);
    expect(body.initialPassword).toMatch(/^[^\s]{20}$/);
    const person = await Newcomer.signIn(house, account.username, body.initialPassword);
    expect(person.session).toMatchObject({ user: { mustChangePassword: true } });
    const stored = await house.db.rows<{ text: string | null }>('SELECT body_json AS text FROM idempotency_keys');
    expect(JSON.stringify(stored)).not.toContain(body.initialPassword);
  });

  it('have a user name of their own', async () => {
    const { username } = await opened();
    expect(await admin().post('/accounts', draft({ username }))).toMatchObject({
      status: 409,
      body: { code: 'USERNAME_TAKEN' },
    });
  });

  it.each<[object, number, string]>([
    [{ username: 'Zhang' }, 400, '/username'],
    [{ username: '张三' }, 400, '/username'],
    [{ displayName: '' }, 400, '/displayName'],
    [{ homeSubjectId: 5 }, 400, '/homeSubjectId'],
    [{ homeSubjectId: 'x' }, 404, ''],
    [{ roles: ['HR'] }, 400, '/roles'],
    [{ password: 5 }, 400, '/password'],
    [{ homeSubjectId: '01900000-0000-7000-8000-000000000000' }, 404, ''],
    [{ officerId: '01900000-0000-7000-8000-000000000000' }, 404, ''],
  ])('answer %p with %i', async (more, expected, pointer) => {
    const { status, body } = await admin().post('/accounts', draft(more));
    expect(status).toBe(expected);
    if (pointer) expect(body['errors']).toContainEqual(expect.objectContaining({ pointer }));
  });

  it.each<[string, string]>([
    ['Ab-1', 'PASSWORD_TOO_SHORT'],
    ['abcdefghij', 'PASSWORD_TOO_PLAIN'],
    ['abcdefghij1', 'PASSWORD_TOO_PLAIN'],
    ['xx-NEW.NAME-77', 'PASSWORD_HOLDS_USERNAME'],
  ])('refuse the password %s: %s', async (password, code) => {
    const { status, body } = await admin().post('/accounts', draft({ username: 'new.name', password }));
    expect(status).toBe(422);
    expect(body['reasons']).toContainEqual(expect.objectContaining({ code, zh: expect.any(String) }));
    expect(JSON.stringify(body)).not.toContain(password);
  });

  it('go by the policy of the day', async () => {
    await house.uow.run(() =>
      house.db.execute(`UPDATE settings SET value_json = '4' WHERE setting_key = 'auth.classes'`),
    );
    const { body } = await admin().post('/accounts', draft({ password: 'Zhengzhou2026' }));
    expect(body['reasons']).toEqual([
      expect.objectContaining({ code: 'PASSWORD_TOO_PLAIN', facts: { classes: 4, found: 3 } }),
    ]);
    await house.uow.run(() =>
      house.db.execute(`UPDATE settings SET value_json = '3' WHERE setting_key = 'auth.classes'`),
    );
    await opened({ password: 'Zhengzhou2026' });
  });

  it('are changed with the version that was read', async () => {
    const { id } = await opened();
    const change = (body: object, headers: Record<string, string>) =>
      admin().patch<Account>(`/accounts/${id}`, body, headers);
    expect((await change({ displayName: '李四' }, {})).status).toBe(428);
    expect((await change({ displayName: '李四' }, { 'if-match': 'x' })).status).toBe(400);
    const first = await change({ displayName: '李四', homeSubjectId: house.otherUnit }, { 'if-match': '"1"' });
    expect(first).toMatchObject({
      status: 200,
      body: { displayName: '李四', homeSubject: { id: house.otherUnit }, version: 2 },
    });
    expect(first.headers.get('etag')).toBe('"2"');
    expect(await change({ displayName: '王五' }, { 'if-match': '"1"' })).toMatchObject({
      status: 412,
      body: { currentVersion: 2 },
    });
    expect((await change({ username: 'other' }, { 'if-match': '"2"' })).status).toBe(400);
    expect((await change({ displayName: null }, { 'if-match': '"2"' })).status).toBe(400);
    const outside = { homeSubjectId: '01900000-0000-7000-8000-000000000000' };
    expect((await change(outside, { 'if-match': '"2"' })).status).toBe(404);
  });

  it('are out with the next request when they are disabled, and back when they are enabled', async () => {
    const account = await withRoles(await opened(), ['SUPERVISOR']);
    const person = await Newcomer.ready(house, account.username, 'Zhengzhou-2026', 'Kaifeng-2027');
    expect((await person.get('/settings')).status).toBe(200);
    const disabled = await admin().post<Account>(`/accounts/${account.id}/disable`);
    expect(disabled).toMatchObject({ status: 200, body: { status: 'DISABLED' } });
    expect((await person.get('/settings')).status).toBe(401);
    expect(
      await house.anybody('POST', '/auth/login', { username: account.username, password: 'Kaifeng-2027' }),
    ).toMatchObject({
      status: 401,
      body: { code: 'LOGIN_FAILED' },
    });
    expect(await admin().post(`/accounts/${account.id}/disable`)).toMatchObject({
      status: 409,
      body: { state: 'DISABLED' },
    });
    expect((await admin().post(`/accounts/${account.id}/enable`)).status).toBe(200);
    expect((await person.get('/settings')).status).toBe(401);
    expect((await Newcomer.signIn(house, account.username, 'Kaifeng-2027')).session).toBeDefined();
    expect(await admin().post(`/accounts/${account.id}/enable`)).toMatchObject({
      status: 409,
      body: { state: 'ACTIVE' },
    });
  });

  it('are out by their status alone, whatever their sessions say', async () => {
    const account = await withRoles(await opened(), ['SUPERVISOR']);
    const person = await Newcomer.ready(house, account.username, 'Zhengzhou-2026', 'Kaifeng-2027');
    await house.uow.run(() => house.db.execute(`UPDATE accounts SET status = 'DISABLED' WHERE id = ?`, [account.id]));
    expect((await person.get('/auth/me')).status).toBe(401);
  });

  it('lose their sessions when their roles change', async () => {
    const account = await withRoles(await opened(), ['HR']);
    const person = await Newcomer.ready(house, account.username, 'Zhengzhou-2026', 'Kaifeng-2027');
    const other = await Newcomer.signIn(house, account.username, 'Kaifeng-2027');
    const { body } = await security().get<Account>(`/accounts/${account.id}`);
    await withRoles(body, ['SUPERVISOR']);
    expect((await person.get('/auth/me')).status).toBe(401);
    expect((await other.get('/auth/me')).status).toBe(401);
    const again = await Newcomer.signIn(house, account.username, 'Kaifeng-2027');
    expect(await again.get('/auth/me')).toMatchObject({ body: { roles: ['SUPERVISOR'] } });
  });

  it.each([
    [['AUDITOR', 'HR']],
    [['SYSTEM_ADMIN', 'SECURITY_ADMIN']],
    [['SECURITY_ADMIN', 'OFFICER']],
    [['SYSTEM_ADMIN', 'AUDITOR', 'APPROVER']],
  ])('never hold %p together', async (roles) => {
    const account = await opened();
    const { status, body } = await security().put(`/accounts/${account.id}/roles`, { roles }, { 'if-match': '"1"' });
    expect(status).toBe(422);
    expect(body['reasons']).toEqual([expect.objectContaining({ code: 'ROLES_EXCLUDE_EACH_OTHER' })]);
  });

  it('take roles with a version, known ones, each once', async () => {
    const account = await opened();
    const put = (roles: unknown, headers: Record<string, string> = { 'if-match': '"1"' }) =>
      security().put(`/accounts/${account.id}/roles`, { roles }, headers);
    expect((await put(['HR'], {})).status).toBe(428);
    expect((await put(['HR'], { 'if-match': '"7"' })).status).toBe(412);
    for (const roles of [['KING'], ['HR', 'HR'], 'HR', null, undefined]) expect((await put(roles)).status).toBe(400);
    expect(await put(['HR', 'REVIEWER'])).toMatchObject({
      status: 200,
      body: { roles: ['HR', 'REVIEWER'], version: 2 },
    });
    expect(await put([], { 'if-match': '"2"' })).toMatchObject({ status: 200, body: { roles: [] } });
  });

  it('are never administered by their own holder', async () => {
    const own = admin().actor.accountId;
    for (const verb of ['disable', 'reset-password']) {
      expect(await admin().post(`/accounts/${own}/${verb}`)).toMatchObject({
        status: 422,
        body: { code: 'OWN_ACCOUNT' },
      });
    }
    const mine = security().actor.accountId;
    const { status } = await security().put(`/accounts/${mine}/roles`, { roles: ['AUDITOR'] }, { 'if-match': '"1"' });
    expect(status).toBe(422);
  });

  it('get another first password, which ends their sessions and their lock', async () => {
    const account = await withRoles(await opened(), ['HR']);
    const person = await Newcomer.ready(house, account.username, 'Zhengzhou-2026', 'Kaifeng-2027');
    const reset = (password: string) => admin().post(`/accounts/${account.id}/reset-password`, { password });
    for (const used of ['Kaifeng-2027', 'Zhengzhou-2026']) {
      expect((await reset(used)).body['reasons']).toEqual([expect.objectContaining({ code: 'PASSWORD_USED_BEFORE' })]);
    }
    expect((await reset('Luoyang-2028')).status).toBe(200);
    expect((await person.get('/auth/me')).status).toBe(401);
    expect((await Newcomer.signIn(house, account.username, 'Luoyang-2028')).session).toMatchObject({
      user: { mustChangePassword: true },
    });
  });

  it('are listed within the scope', async () => {
    const inside = await opened({ displayName: '名单_里' });
    const query = async (text: string) =>
      (await admin().get<{ items: Account[] }>(`/accounts?${text}`)).body.items.map(({ username }) => username);
    expect(await query(`q=${encodeURIComponent('名单_里')}`)).toEqual([inside.username]);
    expect(await query(`q=${encodeURIComponent('名单%')}`)).toEqual([]);
    expect(await query('role=AUDITOR')).toEqual(['auditor']);
    expect(await query(`homeSubjectId=${house.otherUnit}&role=HR`)).toEqual(['hr-2']);
    expect((await query('status=DISABLED')).length).toBeGreaterThan(0);
    expect(await query(`role=NONE&q=${encodeURIComponent('名单_里')}`)).toEqual([inside.username]);
    expect(await query('role=NONE&q=auditor')).toEqual([]);
    const lock = (until: number | null): Promise<unknown> =>
      house.uow.run(() =>
        house.db.execute('UPDATE accounts SET locked_until = ? WHERE id = ?', [
          until === null ? null : new Date(until),
          inside.id,
        ]),
      );
    const now = await house.clock.now();
    expect(await query('locked=true')).not.toContain(inside.username);
    await lock(now + 60_000);
    expect(await query('locked=true')).toContain(inside.username);
    expect(await query(`locked=false&q=${encodeURIComponent('名单_里')}`)).toEqual([]);
    await lock(now - 60_000);
    expect(await query('locked=true')).not.toContain(inside.username);
    expect((await admin().get('/accounts?status=GONE')).status).toBe(400);
    expect((await admin().get('/accounts/01900000-0000-7000-8000-000000000000')).status).toBe(404);
    await house.uow.run(() =>
      house.db.execute('UPDATE accounts SET home_subject_id = ? WHERE id = ?', [
        house.otherUnit,
        admin().actor.accountId,
      ]),
    );
    expect((await admin().get(`/accounts/${inside.id}`)).status).toBe(404);
    expect((await admin().post(`/accounts/${inside.id}/disable`)).status).toBe(404);
    expect((await admin().post('/accounts', draft())).status).toBe(404);
    await house.uow.run(() =>
      house.db.execute('UPDATE accounts SET home_subject_id = ? WHERE id = ?', [house.root, admin().actor.accountId]),
    );
  });

  it('belong to the system administrator, their roles to the security administrator', async () => {
    const { id } = await opened();
    const routes: readonly [string, string, readonly string[]][] = [
      ['GET', '/accounts', ['system-admin', 'security-admin']],
      ['GET', `/accounts/${id}`, ['system-admin', 'security-admin']],
      ['POST', '/accounts', ['system-admin']],
      ['PATCH', `/accounts/${id}`, ['system-admin']],
      ['POST', `/accounts/${id}/enable`, ['system-admin']],
      ['POST', `/accounts/${id}/reset-password`, ['system-admin']],
      ['PUT', `/accounts/${id}/roles`, ['security-admin']],
    ];
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
    for (const [method, path, allowed] of routes) {
      const able: string[] = [];
      for (const who of everybody) {
        const body = method === 'GET' ? undefined : { x: 1 };
        const headers = { authorization: `Bearer ${house.as(who).token}` };
        if ((await house.anybody(method, path, body, headers)).status !== 403) able.push(who);
      }
      expect([method, path, able]).toEqual([method, path, allowed]);
    }
  });

  it('leave no password in the audit trail', async () => {
    const rows = await house.db.rows<{ text: string }>(
      `SELECT CONCAT_WS(' ', verb, before_json, after_json) AS text FROM audit_entries WHERE target_type = 'account'`,
    );
    expect(rows.map(({ text }) => text).join('\n')).not.toMatch(/Zhengzhou|Kaifeng|Luoyang|argon/);
    expect(rows.length).toBeGreaterThan(20);
  });
});
