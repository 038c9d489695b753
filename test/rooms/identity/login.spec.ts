import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Accounts } from '../../../src/identity/index.js';
import { SOURCE_LIMIT, SOURCE_WINDOW_MS } from '../../../src/identity/login-failures.js';
import { openHouse, type House } from '../../support/house.js';
import { Newcomer } from './newcomer.js';

const PASSWORD = 'Zhengzhou-2026';
const NOON = Date.parse('2026-06-15T04:00:00Z');

describe('signing in', () => {
  let house: House;
  let number = 0;
  beforeAll(async () => {
    house = await openHouse({ modules: [] });
  }, 60_000);
  beforeEach(async () => {
    house.clock.set(null);
    await house.uow.run(() => house.db.execute('DELETE FROM login_throttles'));
  });
  afterAll(() => house.close());

  const someone = async (): Promise<string> => {
    const username = `someone-${(number += 1)}`;
    const accounts = house.app.get(Accounts);
    await house.uow.run(() =>
      accounts.create(
        { username, displayName: username, password: PASSWORD, homeSubjectId: house.unit, roles: ['HR'] },
        Date.now(),
      ),
    );
    return username;
  };
  const login = (username: string, password: string) => house.anybody('POST', '/auth/login', { username, password });

  it('gives a token and a cookie that scripts do not see', async () => {
    const username = await someone();
    const { status, body, headers } = await login(username, PASSWORD);
    expect(status).toBe(200);
    expect(body).toMatchObject({ user: { username, roles: ['HR'], mustChangePassword: false } });
    expect(Date.parse(String(body['expiresAt']))).toBeGreaterThan(Date.now());
    const cookie = headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Strict/i);
    const me = await house.anybody('GET', '/auth/me', undefined, { cookie: cookie.split(';')[0] ?? '' });
    expect(me).toMatchObject({ status: 200, body: { username } });
    const stored = await house.db.rows<{ token_hash: string }>('SELECT token_hash FROM sessions');
    expect(JSON.stringify(stored)).not.toContain(String(body['token']));
  });

  it('asks for a new password when the present one is older than the setting allows (BR-132)', async () => {
    const username = await someone();
    const DAY = 86_400_000;
    const business = async (token: unknown): Promise<number> =>
      (await house.anybody('GET', '/settings', undefined, { authorization: `Bearer ${String(token)}` })).status;
    house.clock.set(Date.now() + 90 * DAY - 60_000);
    expect((await login(username, PASSWORD)).body).toMatchObject({ user: { mustChangePassword: false } });
    house.clock.set(Date.now() + 90 * DAY + 60_000);
    const { status, body } = await login(username, PASSWORD);
    expect([status, body]).toMatchObject([200, { user: { mustChangePassword: true } }]);
    expect(await business(body['token'])).toBe(403);
    const changed = await house.anybody(
      'POST',
      '/auth/change-password',
      { currentPassword: PASSWORD, newPassword: 'Another-one-27' },
      { authorization: `Bearer ${String(body['token'])}` },
    );
    expect(changed).toMatchObject({ status: 200, body: { user: { mustChangePassword: false } } });
    expect(await business(changed.body['token'])).toBe(200);
    expect((await login(username, 'Another-one-27')).body).toMatchObject({ user: { mustChangePassword: false } });
  });

  it('answers an unknown name, a wrong password, a disabled and a locked account alike', async () => {
    const [wrong, disabled, locked] = [await someone(), await someone(), await someone()];
    await house.uow.run(async () => {
      await house.db.execute(`UPDATE accounts SET status = 'DISABLED' WHERE username = ?`, [disabled]);
      await house.db.execute('UPDATE accounts SET locked_until = ? WHERE username = ?', [
        new Date(Date.now() + 60_000),
        locked,
      ]);
    });
    const answers = [
      await login('nobody-at-all', PASSWORD),
      await login(wrong, 'Wrong-2026-x'),
      await login(disabled, PASSWORD),
      await login(locked, PASSWORD),
    ];
    const seen = answers.map(({ status, body }) => ({
      status,
      code: body['code'],
      detail: body['detail'],
      title: body['title'],
    }));
    for (const answer of seen) expect(answer).toEqual(seen[0]);
    expect(seen[0]).toMatchObject({ status: 401, code: 'LOGIN_FAILED' });
  });

  it('is locked for a while after five wrong passwords in a row', async () => {
    const username = await someone();
    house.clock.set(NOON);
    for (let i = 0; i < 4; i++) await login(username, 'Wrong-2026-x');
    expect((await login(username, PASSWORD)).status).toBe(200);
    for (let i = 0; i < 5; i++) await login(username, 'Wrong-2026-x');
    expect((await login(username, PASSWORD)).status).toBe(401);
    house.clock.set(NOON + 30 * 60_000 - 1);
    expect((await login(username, PASSWORD)).status).toBe(401);
    house.clock.set(NOON + 30 * 60_000);
    expect((await login(username, PASSWORD)).status).toBe(200);
  });

  it('is not kept locked by guessing on while it is locked', async () => {
    const username = await someone();
    house.clock.set(NOON);
    for (let i = 0; i < 5; i++) await login(username, 'Wrong-2026-x');
    house.clock.set(NOON + 29 * 60_000);
    for (let i = 0; i < 6; i++) await login(username, 'Wrong-2026-x');
    house.clock.set(NOON + 30 * 60_000);
    expect((await login(username, PASSWORD)).status).toBe(200);
  });

  it('counts wrong passwords that come at once', async () => {
    const username = await someone();
    house.clock.set(NOON);
    await Promise.all([1, 2, 3, 4, 5].map(() => login(username, 'Wrong-2026-x')));
    expect((await login(username, PASSWORD)).status).toBe(401);
  });

  it('is held back by the source address, whatever names are tried, and let go after the window', async () => {
    const username = await someone();
    house.clock.set(NOON);
    await login('nobody-1', 'x');
    await house.uow.run(() => house.db.execute('UPDATE login_throttles SET failures = ?', [SOURCE_LIMIT - 1]));
    expect((await login('nobody-2', 'x')).status).toBe(401);
    const held = await login(username, PASSWORD);
    expect(held).toMatchObject({ status: 429, body: { code: 'LOGIN_THROTTLED' } });
    expect(Number(held.headers.get('retry-after'))).toBe(SOURCE_WINDOW_MS / 1000);
    const forged = await house.anybody(
      'POST',
      '/auth/login',
      { username, password: PASSWORD },
      { 'x-forwarded-for': '10.0.0.9' },
    );
    expect(forged.status).toBe(429);
    house.clock.set(NOON + SOURCE_WINDOW_MS + 1);
    expect((await login(username, PASSWORD)).status).toBe(200);
    await login('nobody-3', 'x');
    const row = await house.db.row<{ failures: number }>('SELECT failures FROM login_throttles');
    expect(row?.failures).toBe(1);
  });

  it('leaves entries in the audit trail', async () => {
    const username = await someone();
    await login(username, 'Wrong-2026-x');
    await login(username, PASSWORD);
    const rows = await house.db.rows<{ verb: string }>(
      `SELECT e.verb FROM audit_entries e JOIN accounts a ON a.id = e.target_id WHERE a.username = ? ORDER BY e.seq`,
      [username],
    );
    expect(rows.map(({ verb }) => verb)).toEqual(['session.refuse', 'session.start']);
  });

  it.each([['Basic abc'], ['Bearer'], ['Bearer short'], [`Bearer ${'x'.repeat(43)}`], [`bearer ${'x'.repeat(43)}`]])(
    'is not done by the header %s',
    async (authorization) => {
      expect((await house.anybody('GET', '/auth/me', undefined, { authorization })).status).toBe(401);
    },
  );

  describe('a session', () => {
    it('ends when nobody uses it for as long as the setting says', async () => {
      const username = await someone();
      const person = await Newcomer.signIn(house, username, PASSWORD);
      await house.uow.run(() =>
        house.db.execute(
          `UPDATE sessions SET expires_at = ? WHERE account_id = (SELECT id FROM accounts WHERE username = ?)`,
          [new Date(Date.now() - 1000), username],
        ),
      );
      expect((await person.get('/auth/me')).status).toBe(401);
    });
  });

  describe('a password', () => {
    it('is changed by who knows it; every other session ends', async () => {
      const username = await someone();
      const one = await Newcomer.signIn(house, username, PASSWORD);
      const two = await Newcomer.signIn(house, username, PASSWORD);
      const wrong = await one.changePassword('Wrong-2026-x', 'Kaifeng-2027');
      expect(wrong).toMatchObject({ status: 422, body: { code: 'PASSWORD_WRONG' } });
      const same = await one.changePassword(PASSWORD, PASSWORD);
      expect(same.body['reasons']).toEqual([expect.objectContaining({ code: 'PASSWORD_USED_BEFORE' })]);
      const short = await one.changePassword(PASSWORD, 'Ab1-');
      expect(short.body['reasons']).toEqual([expect.objectContaining({ code: 'PASSWORD_TOO_SHORT' })]);
      expect((await one.changePassword(PASSWORD, 'Kaifeng-2027')).status).toBe(200);
      expect((await one.get('/auth/me')).status).toBe(200);
      expect((await two.get('/auth/me')).status).toBe(401);
      expect((await login(username, PASSWORD)).status).toBe(401);
      expect((await login(username, 'Kaifeng-2027')).status).toBe(200);
      expect((await one.changePassword('Kaifeng-2027', PASSWORD)).body['reasons']).toEqual([
        expect.objectContaining({ code: 'PASSWORD_USED_BEFORE' }),
      ]);
    });

    it('comes back only after as many others as the setting says', async () => {
      const username = await someone();
      const person = await Newcomer.signIn(house, username, PASSWORD);
      let current = PASSWORD;
      for (let i = 1; i <= 4; i++) {
        expect((await person.changePassword(current, `Luoyang-${i}-xy`)).status).toBe(200);
        current = `Luoyang-${i}-xy`;
        expect((await person.changePassword(current, PASSWORD)).status).toBe(422);
      }
      expect((await person.changePassword(current, 'Luoyang-5-xy')).status).toBe(200);
      expect((await person.changePassword('Luoyang-5-xy', PASSWORD)).status).toBe(200);
    });

    it('guessed at inside locks like one guessed at the door', async () => {
      const username = await someone();
      const person = await Newcomer.signIn(house, username, PASSWORD);
      for (let i = 0; i < 5; i++) await person.changePassword('Wrong-2026-x', 'Kaifeng-2027');
      expect((await person.changePassword(PASSWORD, 'Kaifeng-2027')).status).toBe(422);
      expect((await login(username, PASSWORD)).status).toBe(401);
    });

    it('is no business of who is not signed in', async () => {
      const { status } = await house.anybody('POST', '/auth/change-password', {
        currentPassword: 'x',
        newPassword: 'y',
      });
      expect(status).toBe(401);
    });
  });
});
