import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BatchSweeper } from '../../../src/certificates/batches/batch-sweeper.js';
import { BatchWorker } from '../../../src/certificates/batches/batch-worker.js';
import { allocate, approve, qualifiedOfficers } from '../../support/certified-world.js';
import { differencesIn } from '../../support/checker.js';
import { countingProxy, type CountingProxy, type CutAt } from '../../support/counting-proxy.js';
import { openHouse, type House } from '../../support/house.js';

/**
 * Every statement of issuing, suspending and revoking, with the database gone at that very statement: what was acknowledged is there,
 * what was begun is finished or given up within 60 s, and nothing is half made.
 */
let proxy: CountingProxy;
let house: House;
let direct: string;
let at = Date.parse('2026-03-02T02:00:00Z');
const later = (ms: number): void => house.clock.set((at += ms));

beforeAll(async () => {
  const server = process.env['TEST_DATABASE_URL'] ?? '';
  proxy = await countingProxy(server);
  process.env['TEST_DATABASE_URL'] = proxy.url;
  house = await openHouse();
  process.env['TEST_DATABASE_URL'] = server;
  const own = new URL(server);
  own.pathname = new URL(house.databaseUrl).pathname;
  direct = own.toString();
  later(1000);
  await allocate(house);
});
afterAll(async () => {
  proxy?.restore();
  await house?.close();
  await proxy?.close();
});

/** What became of a certificate's state and of the rows beside it. */
const standing = async (id: string) =>
  (
    await house.db.rows<{ status: string; moves: number; suspensions: number; entries: number }>(
      `SELECT st.status,
         (SELECT COUNT(*) FROM certificate_moves m WHERE m.certificate_id = st.certificate_id AND m.command = 'revoke') AS moves,
         (SELECT COUNT(*) FROM certificate_suspensions u WHERE u.certificate_id = st.certificate_id) AS suspensions,
         (SELECT COUNT(*) FROM audit_entries e WHERE e.target_type = 'certificate' AND e.target_id = st.certificate_id
            AND e.verb IN ('certificate.revoke', 'certificate.suspend')) AS entries
       FROM certificate_states st WHERE st.certificate_id = ?`,
      [id],
    )
  )[0];

const differences = () => differencesIn(direct, '2027-01-01 00:00:00.000');

/** Applications that only wait for their certificates. */
const approvedOnes = async (count: number): Promise<string[]> => {
  const people = await qualifiedOfficers(house, Array<string>(count).fill(house.unit));
  return approve(house, { next: () => later(1000) }, people, house.unit);
};

const openBatch = async (applicationIds: readonly string[]): Promise<string> => {
  later(1000);
  const opened = await house.as('approver').post('/certificate-batches', { applicationIds, validFrom: '2026-03-05' });
  expect(opened.status).toBe(202);
  later(1000);
  return String(opened.body['id']);
};

const issued = async (batchId: string): Promise<string[]> => {
  const rows = await house.db.rows<{ certificate_id: string }>(
    `SELECT certificate_id FROM certificate_batch_items WHERE batch_id = ? AND status = 'ISSUED'`,
    [batchId],
  );
  return rows.map(({ certificate_id }) => certificate_id);
};

const isCommit = (statement: string): boolean => /^\W*COMMIT/i.test(statement);

/** `npm run faults -- kill-points` takes every statement; here it is every third, and every COMMIT. */
const EVERY = Number(process.env['EVERY'] ?? 3);

/** Cuts at statements before the server gets them, and at each COMMIT also after the server has done it. */
async function atEveryPoint(act: (n: number, when: CutAt) => Promise<boolean>): Promise<number> {
  let points = 1;
  // A run without a cut shows the statements.
  expect(await act(0, 'before')).toBe(false);
  const commits = proxy.seen.flatMap((statement, i) => (isCommit(statement) ? [i + 1] : []));
  expect(commits.length).toBeGreaterThan(0);
  for (let n = 1; ; n++) {
    if (n % EVERY !== 0 && !commits.includes(n)) continue;
    if (!(await act(n, 'before'))) return points;
    points += 1;
    if (!isCommit(proxy.seen.at(-1) ?? '')) continue;
    await act(n, 'after');
    points += 1;
  }
}

describe('with the database cut off at every statement', () => {
  it('issuing: begun is finished, whatever was lost', async () => {
    const worker = house.app.get(BatchWorker);
    const sweeper = house.app.get(BatchSweeper);
    const applications = await approvedOnes(150);
    const points = await atEveryPoint(async (n, when) => {
      const batchId = await openBatch(applications.splice(0, 1));
      proxy.arm(n, when);
      await worker.advance(batchId).catch(() => false);
      const isReached = proxy.isCut;
      proxy.restore();
      // The lease runs out after 30 s; the reconciler looks every 5 s.
      later(40_000);
      await sweeper.sweep();
      const batch = await house.db.row<{ status: string }>('SELECT status FROM certificate_batches WHERE id = ?', [
        batchId,
      ]);
      expect({ n, when, status: batch?.status, issued: (await issued(batchId)).length }).toEqual({
        n,
        when,
        status: 'COMPLETED',
        issued: 1,
      });
      return isReached;
    });
    expect(points).toBeGreaterThan(120 / EVERY / 2);
    expect(await differences()).toEqual([]);
    process.stdout.write(`kill points: issuing ${points}\n`);
  }, 600_000);

  for (const [verb, body, done] of [
    ['suspend', { ground: 'OTHER', document: '决定1号' }, { status: 'VALID', moves: 0, suspensions: 1, entries: 1 }],
    ['revoke', { ground: 'LENT', document: '决定2号' }, { status: 'REVOKED', moves: 1, suspensions: 0, entries: 1 }],
  ] as const) {
    it(`${verb}: acknowledged is there, anything else is there whole or not at all`, async () => {
      const untouched = { status: 'VALID', moves: 0, suspensions: 0, entries: 0 };
      const batchId = await openBatch(await approvedOnes(70));
      await house.app.get(BatchWorker).advance(batchId);
      const cards = await issued(batchId);
      let [acknowledged, kept] = [0, 0];
      const points = await atEveryPoint(async (n, when) => {
        const id = cards.pop();
        if (!id) throw new Error('more statements than certificates');
        later(1000);
        proxy.arm(n, when);
        const answer = await house.as('approver').post(`/certificates/${id}/${verb}`, body);
        const isReached = proxy.isCut;
        proxy.restore();
        const found = await standing(id);
        const isThere = found?.entries === 1;
        expect({ n, when, found }).toEqual({ n, when, found: isThere ? done : untouched });
        if (answer.status === 200) expect(isThere).toBe(true);
        else expect([500, 503]).toContain(answer.status);
        acknowledged += answer.status === 200 ? 1 : 0;
        kept += isThere ? 1 : 0;
        return isReached;
      });
      expect(points).toBeGreaterThan(20 / EVERY);
      expect(kept).toBeGreaterThanOrEqual(acknowledged);
      expect(await differences()).toEqual([]);
      process.stdout.write(`kill points: ${verb} ${points}, ${acknowledged} acknowledged, ${kept} there\n`);
    }, 600_000);
  }
});
