import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createConnection, type Connection } from 'mysql2/promise';
import { connectionParts } from '../../src/infrastructure/database/engine.js';
import { newId } from '../../src/kernel/ids.js';
import { creditCode } from '../support/codes.js';
import { startProduct, type Client, type Product, type Reply } from '../support/product.js';

/** Races of each kind; `npm run faults -- races` runs 1,000. */
const RACES = Number(process.env['RACES'] ?? 60);
const LANES = 10;
const PAST = new Date('2024-01-01T00:00:00Z');
const KINDS = ['revoke', 'suspend', 'leave', 'transfer', 'delegation revoked', 'body suspended'] as const;
type Kind = (typeof KINDS)[number];

/** One small world of its own: a body with an officer and a certificate, by own power or by delegation. */
interface World {
  readonly subjectId: string;
  readonly officerId: string;
  readonly certificateId: string;
  readonly delegationId: string | null;
}

interface Stage {
  readonly product: Product;
  readonly connection: Connection;
  readonly supervisor: Client;
  readonly approver: Client;
  readonly hr: Client;
  readonly matter: string;
  readonly root: { id: string; path: string };
  readonly delegator: string;
  /** Without its locks the product runs into its own last guards, which answer 500: such a race was not lost. */
  readonly lockless: boolean;
}

async function setStage(product: Product, lockless = false): Promise<Stage> {
  const connection = await createConnection({ ...connectionParts(product.databaseUrl), timezone: 'Z' });
  const supervisor = await product.signIn('supervisor');
  const me = await supervisor.get<{ homeSubject: { id: string } }>('/auth/me');
  const [row] = await product.rows<{ id: string; path: string }>('SELECT id, path FROM subjects WHERE id = ?', [
    me.body.homeSubject.id,
  ]);
  if (!row) throw new Error('no root');
  const matter = `RACE-${randomBytes(3).toString('hex').toUpperCase()}`;
  await insert(
    connection,
    'matters',
    ['id', 'code', 'name', 'act_type', 'domain', 'created_at'],
    [[newId(), matter, '确认', 'CONFIRMATION', 'WATER', PAST]],
  );
  const stage = {
    product,
    connection,
    supervisor,
    approver: await product.signIn('approver'),
    hr: await product.signIn('hr'),
    matter,
    root: row,
    delegator: '',
    lockless,
  };
  const [delegator] = await insertBodies(stage, 1);
  if (delegator === undefined) throw new Error('no delegator');
  await insertPowers(stage, [delegator]);
  return { ...stage, delegator };
}

const insert = async (connection: Connection, table: string, columns: string[], rows: unknown[][]): Promise<void> => {
  await connection.query(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ?`, [rows]);
};

let serial = 4_000_000 + (Date.now() % 2_000_000);

async function insertBodies(stage: Stage, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId());
  await insert(
    stage.connection,
    'subjects',
    ['id', 'name', 'uscc', 'active_uscc', 'kind', 'division_code', 'parent_id', 'path', 'created_at'],
    ids.map((id) => {
      const uscc = creditCode((serial += 1));
      return [
        id,
        `竞态单位${serial}`,
        uscc,
        uscc,
        'ADMIN_ORGAN',
        '410102',
        stage.root.id,
        `${stage.root.path}${id}/`,
        PAST,
      ];
    }),
  );
  await insert(
    stage.connection,
    'subject_status_periods',
    ['id', 'subject_id', 'status', 'effective_from', 'recorded_at'],
    ids.map((id) => [newId(), id, 'CONFIRMED', PAST, PAST]),
  );
  return ids;
}

const insertPowers = (stage: Stage, subjects: readonly string[]): Promise<void> =>
  insert(
    stage.connection,
    'subject_powers',
    [
      'id',
      'subject_id',
      'matter_code',
      'jurisdiction_code',
      'basis_title',
      'basis_article',
      'basis_rank',
      'valid_from',
      'recorded_at',
    ],
    subjects.map((id) => [newId(), id, stage.matter, '410102', 'x', 'x', 'LAW', '2024-01-01', PAST]),
  );

async function insertWorlds(stage: Stage, kind: Kind, count: number): Promise<World[]> {
  const bodies = await insertBodies(stage, count);
  const delegations = kind === 'delegation revoked' ? bodies.map(() => newId()) : [];
  if (delegations.length > 0) {
    await insert(
      stage.connection,
      'delegations',
      [
        'id',
        'delegator_id',
        'delegatee_id',
        'jurisdiction_code',
        'authority',
        'document_no',
        'basis_title',
        'basis_article',
        'basis_rank',
        'valid_from',
        'valid_to',
        'signed_on',
        'signed_recorded_at',
        'stage',
        'created_at',
      ],
      delegations.map((id, i) => [
        id,
        stage.delegator,
        bodies[i],
        '410102',
        'x',
        id,
        'x',
        'x',
        'LAW',
        '2024-01-01',
        '2030-12-31',
        '2024-01-01',
        PAST,
        'PUBLISHED',
        PAST,
      ]),
    );
    await insert(
      stage.connection,
      'delegation_matters',
      ['delegation_id', 'matter_code'],
      delegations.map((id) => [id, stage.matter]),
    );
    await insert(
      stage.connection,
      'delegation_publications',
      ['id', 'delegation_id', 'side', 'reference', 'published_on', 'recorded_at'],
      delegations.flatMap((id) => [
        [newId(), id, 'DELEGATOR', 'x', '2024-01-01', PAST],
        [newId(), id, 'DELEGATEE', 'x', '2024-01-01', PAST],
      ]),
    );
  } else await insertPowers(stage, bodies);
  const officers = bodies.map(() => newId());
  await insert(
    stage.connection,
    'officers',
    [
      'id',
      'name',
      'id_number_cipher',
      'id_number_index',
      'id_number_masked',
      'gender',
      'birth_date',
      'post_title',
      'domains_json',
      'staff_category',
      'on_establishment',
      'subject_id',
      'created_at',
    ],
    officers.map((id, i) => [
      id,
      '竞态员',
      'none',
      randomBytes(32).toString('hex'),
      '410***********0012',
      'MALE',
      '1990-01-01',
      'x',
      '["WATER"]',
      'CIVIL_SERVANT',
      1,
      bodies[i],
      PAST,
    ]),
  );
  await insert(
    stage.connection,
    'officer_assignments',
    [
      'id',
      'officer_id',
      'subject_id',
      'post_title',
      'staff_category',
      'on_establishment',
      'effective_from',
      'recorded_at',
    ],
    officers.map((id, i) => [newId(), id, bodies[i], 'x', 'CIVIL_SERVANT', 1, PAST, PAST]),
  );
  const certificates = officers.map(() => newId());
  await insert(
    stage.connection,
    'certificates',
    [
      'id',
      'type',
      'number',
      'officer_id',
      'subject_id',
      'holder_name',
      'subject_name',
      'domains_json',
      'valid_from',
      'valid_to',
      'origin',
      'public_code',
      'content_json',
      'content_hash',
      'rules_version',
      'recorded_at',
    ],
    certificates.map((id, i) => [
      id,
      'ENFORCEMENT',
      `R${(serial += 1)}`,
      officers[i],
      bodies[i],
      'x',
      'x',
      '["WATER"]',
      '2024-01-01',
      '2030-12-31',
      'LEGACY',
      randomBytes(6).toString('hex').toUpperCase(),
      '{}',
      '0'.repeat(64),
      'x',
      PAST,
    ]),
  );
  await insert(
    stage.connection,
    'certificate_states',
    ['certificate_id', 'status', 'live_slot'],
    certificates.map((id, i) => [id, 'VALID', `${officers[i]}:ENFORCEMENT`]),
  );
  await insert(
    stage.connection,
    'certificate_moves',
    ['id', 'certificate_id', 'command', 'state_after', 'effective_from', 'recorded_at'],
    certificates.map((id) => [newId(), id, 'activate', 'VALID', PAST, PAST]),
  );
  return bodies.map((subjectId, i) => ({
    subjectId,
    officerId: officers[i] ?? '',
    certificateId: certificates[i] ?? '',
    delegationId: delegations[i] ?? null,
  }));
}

/** The act that ends the clearance, sent to the second process. */
function end(stage: Stage, kind: Kind, world: World): Promise<Reply> {
  const at = { api: 1 };
  switch (kind) {
    case 'revoke':
      return stage.approver.post(`/certificates/${world.certificateId}/revoke`, { ground: 'LENT', document: 'x' }, at);
    case 'suspend':
      return stage.approver.post(
        `/certificates/${world.certificateId}/suspend`,
        { ground: 'OTHER', document: 'x' },
        at,
      );
    case 'leave':
      return stage.hr.post(`/officers/${world.officerId}/leave`, { cause: 'RESIGNED' }, at);
    case 'transfer':
      return stage.hr.post(`/officers/${world.officerId}/transfer`, { subjectId: stage.delegator, postTitle: 'x' }, at);
    case 'delegation revoked':
      return stage.approver.post(`/delegations/${world.delegationId}/revoke`, { reason: 'x' }, at);
    case 'body suspended':
      return stage.approver.post(`/subjects/${world.subjectId}/suspend`, { reason: 'x', document: 'x' }, at);
  }
}

interface Outcome {
  wrong: number;
  refused: number;
  recalled: number;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function race(stage: Stage, kind: Kind, world: World, start: boolean, outcome: Outcome): Promise<void> {
  const question = {
    title: 'race',
    subjectId: world.subjectId,
    matterCode: stage.matter,
    from: new Date(Date.now() + 3_600_000).toISOString(),
    to: new Date(Date.now() + 7_200_000).toISOString(),
    members: [{ officerId: world.officerId }],
  };
  const create = (): Promise<Reply> => stage.supervisor.post('/duty/deployments', question);
  let deploy: () => Promise<Reply> = create;
  if (start) {
    const planned = await create();
    if (planned.status !== 201)
      throw new Error(`a fit team was refused: ${JSON.stringify(planned.body).slice(0, 800)}`);
    deploy = () => stage.supervisor.post(`/duty/deployments/${String(planned.body['id'])}/start`);
  }
  const [deployed, ended] = await Promise.all([
    pause(Math.random() * 3).then(deploy),
    pause(Math.random() * 3).then(() => end(stage, kind, world)),
  ]);
  const guarded = stage.lockless ? [500] : [];
  if (![200, 201, 204, ...guarded].includes(ended.status))
    throw new Error(`${kind} answered ${ended.status}: ${JSON.stringify(ended.body).slice(0, 800)}`);
  if (![200, 201, 409, 422, ...guarded].includes(deployed.status))
    throw new Error(`the deployment answered ${deployed.status}: ${JSON.stringify(deployed.body).slice(0, 800)}`);
  if (deployed.status === 500 || ended.status === 500) return;
  const [row] = await stage.product.rows<{ status: string }>('SELECT status FROM deployments WHERE subject_id = ?', [
    world.subjectId,
  ]);
  if (row === undefined) outcome.refused += 1;
  else if (row.status === 'RECALLED') outcome.recalled += 1;
  else outcome.wrong += 1;
}

async function races(stage: Stage, kind: Kind, count: number): Promise<Outcome> {
  const outcome: Outcome = { wrong: 0, refused: 0, recalled: 0 };
  const worlds = await insertWorlds(stage, kind, count);
  const waiting = worlds.map((world, i) => ({ world, start: i % 2 === 1 }));
  await Promise.all(
    Array.from({ length: LANES }, async () => {
      for (let next = waiting.pop(); next; next = waiting.pop())
        await race(stage, kind, next.world, next.start, outcome);
    }),
  );
  return outcome;
}

const LOCKLESS = [{ file: 'src/duty/duty-locks.js', from: /LOCK IN SHARE MODE|FOR UPDATE/, to: '' }];

describe('of an act that ends a clearance and a deployment at the same moment, on two processes', () => {
  describe('as built', () => {
    let product: Product;
    let stage: Stage;
    beforeAll(async () => {
      product = await startProduct({ apis: 2, worker: false });
      stage = await setStage(product, false);
    }, 180_000);
    afterAll(async () => {
      await stage.connection.end();
      await product.stop();
    });

    it.each(KINDS)(
      '%s: the deployment is refused or recalled, never cleared',
      async (kind) => {
        const outcome = await races(stage, kind, RACES);
        process.stdout.write(
          `races: ${kind}: ${RACES} run, ${outcome.wrong} wrong, ${outcome.refused} refused, ${outcome.recalled} recalled\n`,
        );
        expect(outcome).toMatchObject({ wrong: 0 });
        expect(outcome.refused + outcome.recalled).toBe(RACES);
      },
      1_800_000,
    );
  });

  describe('with the locks removed', () => {
    let product: Product;
    let stage: Stage;
    beforeAll(async () => {
      product = await startProduct({ apis: 2, worker: false, mutate: LOCKLESS });
      stage = await setStage(product, true);
    }, 180_000);
    afterAll(async () => {
      await stage.connection.end();
      await product.stop();
    });

    it('the same races find wrong clearances', async () => {
      let wrong = 0;
      for (const kind of KINDS) {
        const outcome = await races(stage, kind, RACES);
        process.stdout.write(`races without locks: ${kind}: ${RACES} run, ${outcome.wrong} wrong\n`);
        wrong += outcome.wrong;
      }
      expect(wrong).toBeGreaterThan(0);
    }, 1_800_000);
  });
});
