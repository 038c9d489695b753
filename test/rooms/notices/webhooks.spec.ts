import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { faultOfUrl, guardedLookup, isClosedAddress } from '../../../src/notices/webhooks/address-guard.js';
import { WebhookClient } from '../../../src/notices/webhooks/webhook-client.js';
import { AppConfig } from '../../../src/infrastructure/config/app-config.js';
import { insertOfficer } from '../../support/cleared-team.js';
import { openHouse, type House } from '../../support/house.js';

interface Got {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A real receiver on this machine that answers as it is told. */
class Receiver {
  readonly got: Got[] = [];
  answer: number | 'silence' | 'hang-up' = 200;
  private constructor(private readonly server: Server) {}

  static async open(): Promise<Receiver> {
    const server = createServer();
    const receiver = new Receiver(server);
    server.on('request', (request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        receiver.got.push({ headers: request.headers, body: Buffer.concat(parts).toString('utf8') });
        if (receiver.answer === 'silence') return;
        if (receiver.answer === 'hang-up') return void request.socket.destroy();
        response.writeHead(receiver.answer, { location: 'http://127.0.0.1:1/' }).end('x'.repeat(100_000));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

let house: House;
let receiver: Receiver;
const before = process.env['WEBHOOK_PRIVATE_ADDRESSES'];
beforeAll(async () => {
  process.env['WEBHOOK_PRIVATE_ADDRESSES'] = '1';
  house = await openHouse();
  house.app.get(WebhookClient, { strict: false }).waitAtMost(500);
  receiver = await Receiver.open();
});
afterAll(async () => {
  if (before === undefined) delete process.env['WEBHOOK_PRIVATE_ADDRESSES'];
  else process.env['WEBHOOK_PRIVATE_ADDRESSES'] = before;
  await receiver?.close();
  await house?.close();
});

interface Hook {
  readonly id: string;
  readonly secret: string;
  readonly state: string;
}
const admin = () => house.as('system-admin');
async function register(eventTypes: readonly string[], url = receiver.url): Promise<Hook> {
  const answer = await admin().post<Hook & Record<string, unknown>>('/webhooks', {
    url,
    description: '对接',
    eventTypes,
  });
  expect([answer.status, answer.body]).toEqual([201, expect.objectContaining({ state: 'ACTIVE' })]);
  return answer.body;
}
interface Delivery {
  readonly id: string;
  readonly webhookId: string;
  readonly type: string;
  readonly objectId: string;
  readonly state: string;
  readonly attempts: number;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  readonly nextAt: string | null;
}
const deliveries = async (id: string): Promise<readonly Delivery[]> =>
  (await admin().get<{ items: readonly Delivery[] }>(`/webhooks/${id}/deliveries`)).body.items;
const revoke = async (): Promise<string> => {
  const { certificateId } = await house.uow.run(() => insertOfficer(house.db, house.unit));
  const { status } = await house.as('approver').post(`/certificates/${certificateId}/revoke`, {
    ground: 'LENT',
    document: '1号',
  });
  expect(status).toBe(200);
  return certificateId;
};

describe('a webhook', () => {
  it('tells what happened: signed, ids only, to who subscribed to it', async () => {
    const hook = await register(['certificate.revoked']);
    const other = await register(['certificate.suspended']);
    const certificateId = await revoke();
    await house.drain();
    expect(receiver.got).toHaveLength(1);
    const [got] = receiver.got.splice(0);
    const said = new Webhook(hook.secret).verify(got?.body ?? '', got?.headers as Record<string, string>);
    expect(said).toEqual({
      type: 'certificate.revoked',
      timestamp: expect.any(String),
      data: { certificateId, effectiveFrom: expect.any(String) },
    });
    expect(() => new Webhook(other.secret).verify(got?.body ?? '', got?.headers as Record<string, string>)).toThrow();
    expect(() => new Webhook(hook.secret).verify(`${got?.body} `, got?.headers as Record<string, string>)).toThrow();
    expect(await deliveries(hook.id)).toEqual([
      expect.objectContaining({
        state: 'DELIVERED',
        attempts: 1,
        lastStatus: 200,
        webhookId: got?.headers['webhook-id'],
      }),
    ]);
    expect(await deliveries(other.id)).toEqual([]);
    await house.drain();
    expect(receiver.got).toEqual([]);
    const stored = await house.db.rows('SELECT secret_cipher, url FROM webhooks');
    expect(JSON.stringify([stored, (await admin().get(`/webhooks/${hook.id}`)).body])).not.toContain(hook.secret);
    for (const { id } of [hook, other]) expect((await admin().post(`/webhooks/${id}/remove`)).status).toBe(200);
  });

  it('tries again with the same id after an error, silence and a broken line, then gives up, tells, and replays', async () => {
    const hook = await register(['certificate.revoked']);
    const objectId = await revoke();
    let now = Date.now();
    const answers = [500, 302, 'silence', 'hang-up', 500, 500, 500, 429, 503] as const;
    const waits: number[] = [];
    for (const answer of answers) {
      receiver.answer = answer;
      house.clock.set(now);
      await house.drain();
      const [delivery] = await deliveries(hook.id);
      if (delivery?.nextAt) {
        waits.push(Math.round((Date.parse(delivery.nextAt) - now) / 1000));
        now = Date.parse(delivery.nextAt);
      }
    }
    expect(waits).toEqual([5, 60, 300, 1800, 7200, 18_000, 36_000, 57_600]);
    expect(receiver.got).toHaveLength(9);
    expect(new Set(receiver.got.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(receiver.got.map(({ body }) => body)).size).toBe(1);
    const [dead] = await deliveries(hook.id);
    expect(dead).toMatchObject({ state: 'DEAD', attempts: 9, lastStatus: 503, objectId });
    const log = await admin().get<{ attemptLog: { status: number | null; error: string | null }[] }>(
      `/webhooks/${hook.id}/deliveries/${dead?.id}`,
    );
    expect(log.body.attemptLog.map(({ status, error }) => status ?? error)).toEqual([
      500,
      302,
      'TIMEOUT',
      'ECONNRESET',
      500,
      500,
      500,
      429,
      503,
    ]);
    const notices = await admin().get<{ items: { kind: string; targetId: string }[] }>('/notifications?unread=true');
    expect(notices.body.items.map(({ kind, targetId }) => [kind, targetId])).toEqual([['webhook.dead', hook.id]]);
    receiver.answer = 200;
    const id = receiver.got.splice(0)[0]?.headers['webhook-id'];
    expect((await admin().post(`/webhooks/${hook.id}/replay`, {})).body).toEqual({ replayed: 1 });
    await house.drain();
    expect(receiver.got.splice(0).map(({ headers }) => headers['webhook-id'])).toEqual([id]);
    expect((await admin().post(`/webhooks/${hook.id}/deliveries/${dead?.id}/replay`)).status).toBe(200);
    expect((await admin().post(`/webhooks/${hook.id}/deliveries/${dead?.id}/replay`)).status).toBe(409);
    await house.drain();
    expect(receiver.got.splice(0).map(({ headers }) => headers['webhook-id'])).toEqual([id]);
    house.clock.set(null);
    expect((await admin().post(`/webhooks/${hook.id}/remove`)).body['state']).toBe('REMOVED');
    expect((await admin().post(`/webhooks/${hook.id}/resume`)).status).toBe(409);
  });

  it('signs with the old and the new secret for a day, and is tested by a message of its own', async () => {
    const hook = await register(['import.completed']);
    const { secret } = (await admin().post<Hook & Record<string, unknown>>(`/webhooks/${hook.id}/rotate-secret`)).body;
    expect(secret).not.toBe(hook.secret);
    await admin().post(`/webhooks/${hook.id}/test`);
    await house.drain();
    const [got] = receiver.got.splice(0);
    for (const one of [hook.secret, secret])
      expect(new Webhook(one).verify(got?.body ?? '', got?.headers as Record<string, string>)).toMatchObject({
        type: 'webhook.test',
      });
    house.clock.set(Date.now() + 25 * 3_600_000);
    await admin().post(`/webhooks/${hook.id}/test`);
    await house.drain();
    house.clock.set(null);
    expect(String(receiver.got.splice(0)[0]?.headers['webhook-signature']).split(' ')).toHaveLength(1);
    await admin().post(`/webhooks/${hook.id}/pause`);
    expect((await admin().post(`/webhooks/${hook.id}/test`)).status).toBe(409);
    await admin().post(`/webhooks/${hook.id}/remove`);
  });

  it('holds back while it is paused, and is told nothing of other bodies', async () => {
    const hook = await register(['certificate.revoked']);
    // As if it had been registered by another unit's administrator.
    await house.uow.run(() =>
      house.db.execute('UPDATE webhooks SET state = state, version = version WHERE id = ?', [hook.id]),
    );
    await admin().post(`/webhooks/${hook.id}/pause`);
    const objectId = await revoke();
    await house.drain();
    expect(receiver.got).toEqual([]);
    expect(await deliveries(hook.id)).toEqual([expect.objectContaining({ state: 'WAITING', attempts: 0 })]);
    await admin().post(`/webhooks/${hook.id}/resume`);
    await house.drain();
    expect(JSON.parse(receiver.got.splice(0)[0]?.body ?? '{}')).toMatchObject({ data: { certificateId: objectId } });
    await admin().post(`/webhooks/${hook.id}/remove`);
    const narrow = await register(['certificate.revoked']);
    const owner = house.otherUnit;
    const connection = await (await import('mysql2/promise')).createConnection(house.databaseUrl);
    await connection.query('UPDATE webhooks SET subject_id = ? WHERE id = ?', [owner, narrow.id]);
    await connection.end();
    await revoke();
    await house.drain();
    expect(receiver.got).toEqual([]);
  });
});

describe('where no webhook goes', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    'fe80::1',
    'fc00::1',
    'fd12::1',
    'ff02::1',
    '2002:7f00:1::',
    '2001:0:7f00:1::',
    'no address',
  ])('%s is closed', (address) => {
    expect(isClosedAddress(address)).toBe(true);
  });
  it.each(['1.1.1.1', '8.8.8.8', '223.5.5.5', '2400:3200::1', '2606:4700:4700::1111'])('%s is open', (address) => {
    expect(isClosedAddress(address)).toBe(false);
  });
  it.each([
    ['http://example.org/', 'URL_NOT_HTTPS'],
    ['ftp://example.org/', 'URL_NOT_HTTPS'],
    ['https://u:p@example.org/', 'URL_WITH_PASSWORD'],
    ['https://127.1/', 'URL_PRIVATE_ADDRESS'],
    ['https://2130706433/', 'URL_PRIVATE_ADDRESS'],
    ['https://0x7f.0.0.1/', 'URL_PRIVATE_ADDRESS'],
    ['https://[::1]/', 'URL_PRIVATE_ADDRESS'],
    ['https://[::ffff:7f00:1]/', 'URL_PRIVATE_ADDRESS'],
    ['https://localhost/', 'URL_PRIVATE_ADDRESS'],
    ['https://LOCALHOST./', 'URL_PRIVATE_ADDRESS'],
    ['https://db.internal/', 'URL_PRIVATE_ADDRESS'],
    ['nonsense', 'URL_MALFORMED'],
    ['https://example.org/', null],
  ])('%s: %s', (url, fault) => {
    expect(faultOfUrl(url, { httpsOnly: true, privateAllowed: false })).toBe(fault);
  });
  it('a name that leads to this machine is refused at the connection itself, and nobody is reached', async () => {
    const told = await new Promise((resolve) => {
      guardedLookup('localhost', { all: false }, (error) => resolve(error?.name ?? null));
    });
    expect(told).toBe('AddressRefused');
    const all = await new Promise((resolve) => {
      guardedLookup('localhost', { all: true }, (error) => resolve(error?.name ?? null));
    });
    expect(all).toBe('AddressRefused');
    const config = Object.assign(new AppConfig(), { NODE_ENV: 'test', WEBHOOK_PRIVATE_ADDRESSES: false });
    const reached = receiver.got.length;
    const outcome = await new WebhookClient(config).send(receiver.url, ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'], {
      id: 'x',
      at: Date.now(),
      body: '{}',
    });
    expect(outcome).toEqual({ status: null, error: 'URL_PRIVATE_ADDRESS' });
    expect(receiver.got.length).toBe(reached);
  });
});
