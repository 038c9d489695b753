import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SMTPServer } from 'smtp-server';
import { Notifications } from '../../../src/identity/index.js';
import { newId } from '../../../src/kernel/ids.js';
import { openHouse, type House } from '../../support/house.js';

const letters: { readonly to: readonly string[]; readonly text: string }[] = [];
let mode: 'take' | 'refuse' | 'cut' = 'take';
let server: SMTPServer;
let house: House;
const before = { SMTP_URL: process.env['SMTP_URL'], MAIL_FROM: process.env['MAIL_FROM'] };

beforeAll(async () => {
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) =>
      username === 'chizheng' && password === 'geheim' ? done(null, { user: username }) : done(new Error('no')),
    onRcptTo: (_address, _session, done) =>
      mode === 'refuse' ? done(Object.assign(new Error('try later'), { responseCode: 451 })) : done(),
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const text = Buffer.concat(parts).toString('utf8');
        letters.push({ to: session.envelope.rcptTo.map(({ address }) => address), text });
        // The letter is there, and nobody says so.
        if (mode === 'cut') for (const connection of server.connections) connection.close();
        else done();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  process.env['SMTP_URL'] = `smtp://chizheng:geheim@127.0.0.1:${port}`;
  process.env['MAIL_FROM'] = 'chizheng@example.org';
  house = await openHouse();
});
afterAll(async () => {
  for (const [key, value] of Object.entries(before)) {
    if (value === undefined) delete process.env[key];
    else process.env[key] = value;
  }
  await house?.close();
  await new Promise<void>((resolve) => server.close(resolve));
});

const admin = () => house.as('system-admin');
const mails = async (): Promise<readonly Record<string, unknown>[]> =>
  (await admin().get<{ items: Record<string, unknown>[] }>('/mails')).body.items;
async function tell(who: string, lines: number, kind = 'certificate.expiry'): Promise<void> {
  await house.uow.run(async () =>
    house.app.get(Notifications, { strict: false }).tell(
      Array.from({ length: lines }, () => ({
        accountId: house.as(who).actor.accountId,
        kind,
        targetType: 'certificate',
        targetId: newId(),
        summary: '王小明 410183199001010011',
      })),
      await house.clock.now(),
    ),
  );
}
const address = (who: string, body: object) =>
  admin().post(`/accounts/${house.as(who).actor.accountId}/mail-address`, body);
/** Quoted-printable, as the letter comes. */
const plain = (raw: string): string =>
  Buffer.from(
    raw.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');
let now = Date.parse('2026-03-02T02:00:00Z');
const anHourLater = (): void => house.clock.set((now += 3_700_000));

describe('mails', () => {
  it('gather what is unread into one letter without personal data, once', async () => {
    anHourLater();
    await tell('hr', 2);
    anHourLater();
    expect((await admin().get('/mails/status')).body).toEqual({ configured: true });
    expect((await address('hr', { address: 'hr@example.org' })).body['addressMasked']).toBe('h***@example.org');
    anHourLater();
    await tell('hr', 3);
    await tell('hr', 1, 'deployment.recalled');
    await tell('reviewer', 1);
    await house.drain();
    await house.drain();
    expect(letters).toHaveLength(1);
    const [letter] = letters.splice(0);
    const text = plain(letter?.text ?? '');
    expect(letter?.to).toEqual(['hr@example.org']);
    expect(text).toContain('您有 4 条未读提醒');
    expect(text).toContain('- 证件到期: 3');
    expect(text).toContain('- recalled deployments: 1');
    expect(letter?.text + text).not.toMatch(/王小明|410183/);
    expect(await mails()).toEqual([
      expect.objectContaining({ username: 'hr', notices: 4, state: 'SENT', attempts: 1 }),
    ]);
    const stored = await house.db.rows('SELECT address_cipher FROM account_mail_addresses');
    expect(JSON.stringify(stored)).not.toContain('hr@example.org');
    // Not more than one an hour.
    await tell('hr', 1);
    await house.drain();
    expect(letters).toEqual([]);
    anHourLater();
    await house.drain();
    expect(letters.splice(0)).toHaveLength(1);
  });

  it('try again what the server certainly did not take', async () => {
    anHourLater();
    mode = 'refuse';
    await tell('hr', 1);
    await house.drain();
    expect((await mails()).at(-1)).toMatchObject({ state: 'WAITING', attempts: 1, lastError: 'SMTP_451' });
    mode = 'take';
    house.clock.set((now += 61_000));
    await house.drain();
    expect((await mails()).at(-1)).toMatchObject({ state: 'SENT', attempts: 2 });
    expect(letters.splice(0)).toHaveLength(1);
  });

  it('never send twice by themselves: a letter that was cut off, or whose sender died, is UNCERTAIN', async () => {
    anHourLater();
    mode = 'cut';
    await tell('hr', 1);
    await house.drain();
    expect(letters.splice(0)).toHaveLength(1);
    expect((await mails()).at(-1)).toMatchObject({ state: 'UNCERTAIN', allowedVerbs: ['resend'] });
    mode = 'take';
    anHourLater();
    await house.drain();
    expect(letters).toEqual([]);
    // A worker that died between the two commits leaves SENDING.
    const last = (await mails()).at(-1);
    await house.uow.run(() =>
      house.db.execute(`UPDATE mails SET state = 'SENDING', lease_until = ? WHERE id = ?`, [
        new Date(now - 1),
        String(last?.['id']),
      ]),
    );
    await house.drain();
    expect((await mails()).at(-1)).toMatchObject({ state: 'UNCERTAIN', lastError: 'WORKER_LOST' });
    expect(letters).toEqual([]);
    expect((await admin().post(`/mails/${String(last?.['id'])}/resend`)).status).toBe(200);
    expect((await admin().post(`/mails/${String(last?.['id'])}/resend`)).status).toBe(409);
    await house.drain();
    expect(letters.splice(0)).toHaveLength(1);
  });

  it('go nowhere when the address was taken away, and to nobody who is disabled', async () => {
    anHourLater();
    expect((await address('hr', {})).body['addressMasked']).toBeNull();
    await tell('hr', 1);
    await house.drain();
    expect(letters).toEqual([]);
    expect((await address('hr', { address: 'not an address' })).status).toBe(400);
  });
});
