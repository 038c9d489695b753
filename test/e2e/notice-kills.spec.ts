import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createConnection, type Connection } from 'mysql2/promise';
import { connectionParts } from '../../src/infrastructure/database/engine.js';
import { newId } from '../../src/kernel/ids.js';
import { insertOfficers } from '../support/exam-sheets.js';
import { startProduct, type Client, type Product } from '../support/product.js';

const REMINDERS = Number(process.env['REMINDERS'] ?? 1000);
const KILLS = Number(process.env['KILLS'] ?? 3);
const MINUTE = 60_000;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until something is so. */
async function until(holds: () => Promise<boolean>, what: string, everyMs = 100): Promise<void> {
  for (const end = Date.now() + 4 * MINUTE; !(await holds()); await sleep(everyMs)) {
    if (Date.now() > end) throw new Error(`never: ${what}`);
  }
}

let product: Product;
let connection: Connection;
const before = process.env['WEBHOOK_PRIVATE_ADDRESSES'];

beforeAll(async () => {
  process.env['WEBHOOK_PRIVATE_ADDRESSES'] = '1';
  product = await startProduct();
  connection = await createConnection({ ...connectionParts(product.databaseUrl), timezone: 'Z' });
}, 5 * MINUTE);
afterAll(async () => {
  if (before === undefined) delete process.env['WEBHOOK_PRIVATE_ADDRESSES'];
  else process.env['WEBHOOK_PRIVATE_ADDRESSES'] = before;
  await connection?.end();
  await product?.stop();
}, MINUTE);

const count = async (sql: string, parameters: readonly unknown[] = []): Promise<number> =>
  Number((await product.rows<{ n: number }>(sql, parameters))[0]?.n ?? 0);

/** Certificates that end in sixty days: the unit's HR is to be told of each, once. In one transaction, so that no sweep sees a part. */
async function insertExpiring(subjectId: string): Promise<void> {
  const officers = await insertOfficers(connection, product, subjectId, REMINDERS);
  const holders = officers.map((officer) => ({ ...officer, certificateId: newId() }));
  const soon = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
  const rows = holders.map(({ id, certificateId }, i) => [
    ...[
      certificateId,
      'SUPERVISION',
      `99${String(i).padStart(9, '0')}`,
      id,
      subjectId,
      'x',
      'x',
      '[]',
      '2021-01-01',
      soon,
    ],
    ...['LEGACY', `K${String(i).padStart(9, '0')}`, '{}', '0'.repeat(64), 'test', new Date('2021-01-01T00:00:00Z')],
  ]);
  await connection.beginTransaction();
  await connection.query(
    `INSERT INTO certificates (id, type, number, officer_id, subject_id, holder_name, subject_name, domains_json, valid_from, valid_to,
       origin, public_code, content_json, content_hash, rules_version, recorded_at) VALUES ?`,
    [rows],
  );
  await connection.query('INSERT INTO certificate_states (certificate_id, status, live_slot) VALUES ?', [
    holders.map(({ id, certificateId }) => [certificateId, 'VALID', `${id}:SUPERVISION`]),
  ]);
  await connection.commit();
}

const OURS = `target_id IN (SELECT id FROM certificates WHERE number LIKE '99%' AND type = 'SUPERVISION')`;

describe('a worker that is killed while it tells', () => {
  it(
    'tells each of a thousand reminders once',
    async () => {
      const hr = await product.signIn('hr-2');
      const me = await hr.get<{ id: string; homeSubject: { id: string } }>('/auth/me');
      await insertExpiring(me.body.homeSubject.id);
      const done = (): Promise<number> => count(`SELECT COUNT(*) AS n FROM reminders WHERE ${OURS}`);
      let midway = 0;
      for (let kill = 0; kill < KILLS; kill++) {
        const target = Math.floor((REMINDERS * (kill + 1)) / (KILLS + 2));
        // The next worker begins at its start; so the first begins by a kill too.
        await until(async () => kill === 0 || (await done()) >= target, `${target} reminders`, 5);
        const found = await done();
        if (found > 0 && found < REMINDERS) midway += 1;
        await product.killWorker();
      }
      await until(async () => (await done()) >= REMINDERS, 'all reminders');
      const told = await product.rows<{ account_id: string; target_id: string; n: number }>(
        `SELECT account_id, target_id, COUNT(*) AS n FROM notifications WHERE kind = 'certificate.expiry' AND ${OURS} GROUP BY account_id, target_id`,
      );
      const doubled = told.filter(({ n }) => Number(n) !== 1).length;
      process.stdout.write(
        `reminders: ${REMINDERS}, worker killed ${KILLS} times (${midway} midway): ${told.length} in the inbox, ${doubled} doubled, ${REMINDERS - told.length} missing\n`,
      );
      expect(new Set(told.map(({ account_id }) => account_id))).toEqual(new Set([me.body.id]));
      expect([told.length, doubled]).toEqual([REMINDERS, 0]);
      expect(await count(`SELECT COUNT(*) AS n FROM reminders WHERE ${OURS}`)).toBe(REMINDERS);
      expect(
        await count(
          `SELECT COUNT(*) AS n FROM reminder_recipients t JOIN reminders r ON r.id = t.reminder_id JOIN notifications x ON x.id = t.notification_id WHERE r.${OURS}`,
        ),
      ).toBe(REMINDERS);
      const inbox = await hr.get<{ unread: number }>('/notifications/summary');
      expect(inbox.body.unread).toBeGreaterThanOrEqual(REMINDERS);
    },
    8 * MINUTE,
  );

  it(
    'sends a webhook again with the same id when nobody saw how the attempt ended',
    async () => {
      const admin: Client = await product.signIn('system-admin');
      const ids: string[] = [];
      const kills: Promise<void>[] = [];
      const server: Server = createServer((request, response) => {
        request.resume();
        request.on('end', () => {
          ids.push(String(request.headers['webhook-id']));
          // The message is here; the worker dies before it hears so.
          if (kills.length === 0) kills.push(product.killWorker().finally(() => response.destroy()));
          else response.writeHead(204).end();
        });
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      const hook = await admin.post<{ id: string }>('/webhooks', {
        url,
        description: 'x',
        eventTypes: ['certificate.revoked'],
      });
      expect(hook.status).toBe(201);
      expect((await admin.post(`/webhooks/${hook.body.id}/test`)).status).toBe(200);
      const first = async () =>
        (
          await admin.get<{ items: { id: string; state: string; attempts: number }[] }>(
            `/webhooks/${hook.body.id}/deliveries`,
          )
        ).body.items[0];
      await until(async () => (await first())?.state === 'DELIVERED', 'the delivery');
      await Promise.all(kills);
      const delivery = await first();
      const log = await admin.get<{ attemptLog: { status: number | null; milliseconds: number | null }[] }>(
        `/webhooks/${hook.body.id}/deliveries/${delivery?.id}`,
      );
      expect(log.body.attemptLog.map(({ status }) => status)).toEqual([null, 204]);
      expect([ids.length, new Set(ids).size, delivery?.attempts]).toEqual([2, 1, 2]);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    5 * MINUTE,
  );
});
