import { createHash } from 'node:crypto';
import { createConnection, type Connection } from 'mysql2/promise';
import type { RowDataPacket } from 'mysql2';
import type { DifferenceCode } from '../../checker/differences.js';
import { canonicalJson } from '../../src/infrastructure/crypto/canonical.js';
import { connectionParts } from '../../src/infrastructure/database/engine.js';
import { newId } from '../../src/kernel/ids.js';
import { checkDigit } from '../../src/rules/numbering.rules.js';
import type { CertifiedWorld } from './certified-world.js';

/** A fault in one certificate: what was done, and by which of its differences it has to be found. */
export interface Planted {
  readonly kind: string;
  readonly certificateId: string;
  readonly certificateNo: string;
  readonly expected: readonly DifferenceCode[];
  /** Other certificates, numbers and applications that the fault touches: what is said of them is no false alarm. */
  readonly touched: readonly string[];
}

interface Victim extends RowDataPacket {
  readonly id: string;
  readonly number: string;
  readonly officer_id: string;
  readonly subject_id: string;
  readonly application_id: string;
  readonly batch_id: string;
  readonly previous_certificate_id: string | null;
}

/** Writes past everything that protects the tables; only ever on a database that is thrown away. */
class Forger {
  constructor(readonly connection: Connection) {}

  async run(sql: string, ...parameters: unknown[]): Promise<void> {
    await this.connection.query(sql, parameters);
  }

  async one<Row extends RowDataPacket>(sql: string, ...parameters: unknown[]): Promise<Row> {
    const [rows] = await this.connection.query<Row[]>(sql, parameters);
    const [row] = rows;
    if (!row) throw new Error('a victim is not there');
    return row;
  }

  /** A forger who knows the form: columns, content and digest fit each other afterwards. */
  async rewrite(id: string, columns: Record<string, string | null>, content: Record<string, unknown>): Promise<void> {
    const row = await this.one<RowDataPacket & { content_json: string }>(
      'SELECT content_json FROM certificates WHERE id = ?',
      id,
    );
    const json = canonicalJson({ ...(JSON.parse(row.content_json) as Record<string, unknown>), ...content });
    const all = { ...columns, content_json: json, content_hash: createHash('sha256').update(json).digest('hex') };
    await this.run('UPDATE certificates SET ? WHERE id = ?', all, id);
  }

  /** Copies a row with some columns changed. */
  async copy(table: string, key: string, id: string, changes: Record<string, unknown>): Promise<void> {
    const row = await this.one<RowDataPacket>(`SELECT * FROM ${table} WHERE ${key} = ?`, id);
    await this.run(`INSERT INTO ${table} SET ?`, { ...row, ...changes });
  }
}

type Plant = (forger: Forger, victim: Victim, world: CertifiedWorld) => Promise<readonly string[] | void>;

interface Kind {
  readonly among: 'plain' | 'revoked' | 'suspended' | 'exchanged' | 'alone';
  readonly expected: readonly DifferenceCode[];
  readonly plant: Plant;
}

const EARLY = '2026-02-01 00:00:00.000';
const known = { effective_from: EARLY, recorded_at: EARLY };

/** A second certificate like the first, valid, with number, moves and ledger of its own. */
async function twin(forger: Forger, victim: Victim, number: string): Promise<string> {
  const id = newId();
  const changes = { id, number, public_code: id.slice(-10).toUpperCase() };
  await forger.copy('certificates', 'id', victim.id, changes);
  await forger.rewrite(id, {}, { id, number, publicCode: changes.public_code });
  await forger.copy('certificate_states', 'certificate_id', victim.id, { certificate_id: id });
  for (const command of ['reserve', 'activate']) {
    await forger.run(
      `INSERT INTO certificate_moves (id, certificate_id, command, state_after, effective_from, recorded_at)
       SELECT ?, ?, command, state_after, effective_from, recorded_at FROM certificate_moves
       WHERE certificate_id = ? AND command = ?`,
      newId(),
      id,
      victim.id,
      command,
    );
  }
  if (number !== victim.number)
    await forger.copy('certificate_numbers', 'certificate_id', victim.id, { number, certificate_id: id });
  return id;
}

const otherNumber = (number: string, head = '19'): string => {
  const body = head + number.slice(2, -1);
  return body + (checkDigit(body) ?? '0');
};

/** Gives a certificate another number wherever the number stands, except in the audit trail. */
async function renumber(forger: Forger, victim: Victim, number: string): Promise<readonly string[]> {
  await forger.run('UPDATE certificate_numbers SET number = ? WHERE certificate_id = ?', number, victim.id);
  await forger.rewrite(victim.id, { number }, { number });
  return [number];
}

const hindrance =
  (table: string, cause: string): Plant =>
  async (forger, { officer_id }) => {
    await forger.run(`INSERT INTO ${table} SET ?`, { id: newId(), officer_id, cause, ...known });
  };

export const KINDS: Readonly<Record<string, Kind>> = {
  'content altered': {
    among: 'plain',
    expected: ['CONTENT_HASH'],
    plant: (f, v) =>
      f.run(
        `UPDATE certificates SET content_json = REPLACE(content_json, 'CIVIL_SERVANT', 'CIVIL_SERVENT') WHERE id = ?`,
        v.id,
      ),
  },
  'digest altered': {
    among: 'plain',
    expected: ['CONTENT_HASH'],
    plant: (f, v) => f.run(`UPDATE certificates SET content_hash = REVERSE(content_hash) WHERE id = ?`, v.id),
  },
  'column altered': {
    among: 'plain',
    expected: ['CONTENT_DIFFERS'],
    plant: (f, v) => f.run(`UPDATE certificates SET holder_name = '李四' WHERE id = ?`, v.id),
  },
  'domains widened': {
    among: 'plain',
    expected: ['EXAM_MISSING', 'APPLICATION_DIFFERS'],
    plant: (f, v) => {
      const domains = ['URBAN_MANAGEMENT', 'MARKET_REGULATION'];
      return f.rewrite(v.id, { domains_json: JSON.stringify(domains) }, { domains });
    },
  },
  'validity prolonged': {
    among: 'plain',
    expected: ['VALIDITY_DIFFERS'],
    plant: (f, v) => f.rewrite(v.id, { valid_to: '2036-03-04' }, { validTo: '2036-03-04' }),
  },
  'validity inverted': {
    among: 'plain',
    expected: ['VALIDITY_INVERTED'],
    plant: (f, v) => f.rewrite(v.id, { valid_to: '2026-03-05' }, { validTo: '2026-03-05' }),
  },
  'check digit wrong': {
    among: 'plain',
    expected: ['NUMBER_CHECK_DIGIT'],
    plant: (f, v) => renumber(f, v, v.number.slice(0, -1) + String((Number(v.number.slice(-1)) + 1) % 10)),
  },
  'number of another scheme': {
    among: 'plain',
    expected: ['NUMBER_SCHEME'],
    plant: (f, v) => renumber(f, v, otherNumber(v.number, '18')),
  },
  'number of another form': {
    among: 'plain',
    expected: ['NUMBER_PATTERN'],
    plant: (f, v) => renumber(f, v, `A${v.number.slice(1)}`),
  },
  'serial beyond the counter': {
    among: 'plain',
    expected: ['NUMBER_BEYOND_COUNTER'],
    plant: (f, v) => {
      const body = `169${v.number.slice(3, -1)}`;
      return renumber(f, v, body + (checkDigit(body) ?? ''));
    },
  },
  'number used twice': {
    among: 'plain',
    expected: ['NUMBER_TWICE', 'LEDGER_DIFFERS'],
    plant: async (f, v) => [await twin(f, v, v.number)],
  },
  'ledger row gone': {
    among: 'plain',
    expected: ['LEDGER_MISSING'],
    plant: (f, v) => f.run('DELETE FROM certificate_numbers WHERE certificate_id = ?', v.id),
  },
  'ledger says void': {
    among: 'plain',
    expected: ['LEDGER_DIFFERS'],
    plant: (f, v) =>
      f.run(`UPDATE certificate_numbers SET state = 'VOID', reason = 'x' WHERE certificate_id = ?`, v.id),
  },
  'ledger leads elsewhere': {
    among: 'plain',
    expected: ['LEDGER_DIFFERS'],
    plant: (f, v) => f.run('UPDATE certificate_numbers SET certificate_id = ? WHERE certificate_id = ?', newId(), v.id),
  },
  'ledger of another origin': {
    among: 'plain',
    expected: ['NUMBER_ORIGIN'],
    plant: (f, v) => f.run(`UPDATE certificate_numbers SET origin = 'BACKFILL' WHERE certificate_id = ?`, v.id),
  },
  'revocation undone in the state': {
    among: 'revoked',
    expected: ['STATE_DIFFERS'],
    plant: (f, v) =>
      f.run(
        `UPDATE certificate_states SET status = 'VALID', live_slot = ? WHERE certificate_id = ?`,
        `${v.officer_id}:ENFORCEMENT`,
        v.id,
      ),
  },
  'revocation gone with its move': {
    among: 'revoked',
    expected: ['MOVE_MISSING'],
    plant: async (f, v) => {
      await f.run(`DELETE FROM certificate_moves WHERE certificate_id = ? AND command = 'revoke'`, v.id);
      const slot = `${v.officer_id}:ENFORCEMENT`;
      await f.run(`UPDATE certificate_states SET status = 'VALID', live_slot = ? WHERE certificate_id = ?`, slot, v.id);
    },
  },
  'revived after its end': {
    among: 'revoked',
    expected: ['MOVE_NOT_ALLOWED'],
    plant: async (f, v) => {
      const at = '2026-03-20 00:00:00.000';
      const move = { id: newId(), certificate_id: v.id, command: 'activate', state_after: 'VALID' };
      await f.run('INSERT INTO certificate_moves SET ?', { ...move, effective_from: at, recorded_at: at });
      const slot = `${v.officer_id}:ENFORCEMENT`;
      await f.run(`UPDATE certificate_states SET status = 'VALID', live_slot = ? WHERE certificate_id = ?`, slot, v.id);
    },
  },
  'revoked without a ground': {
    among: 'revoked',
    expected: ['MOVE_GROUND_MISSING'],
    plant: (f, v) =>
      f.run(`UPDATE certificate_moves SET ground = NULL WHERE certificate_id = ? AND command = 'revoke'`, v.id),
  },
  'move leads elsewhere': {
    among: 'revoked',
    expected: ['MOVE_STATE_DIFFERS'],
    plant: async (f, v) => {
      await f.run(
        `UPDATE certificate_moves SET state_after = 'CANCELLED' WHERE certificate_id = ? AND command = 'revoke'`,
        v.id,
      );
      await f.run(`UPDATE certificate_states SET status = 'CANCELLED' WHERE certificate_id = ?`, v.id);
    },
  },
  'moves gone': {
    among: 'plain',
    expected: ['MOVE_LOST'],
    plant: (f, v) => f.run('DELETE FROM certificate_moves WHERE certificate_id = ?', v.id),
  },
  'state row gone': {
    among: 'plain',
    expected: ['STATE_MISSING'],
    plant: (f, v) => f.run('DELETE FROM certificate_states WHERE certificate_id = ?', v.id),
  },
  'live slot gone': {
    among: 'plain',
    expected: ['LIVE_SLOT_DIFFERS'],
    plant: (f, v) => f.run('UPDATE certificate_states SET live_slot = NULL WHERE certificate_id = ?', v.id),
  },
  'expired before its day': {
    among: 'plain',
    expected: ['MOVE_TIME_WRONG'],
    plant: async (f, v) => {
      const at = '2026-04-01 00:00:00.000';
      const move = { id: newId(), certificate_id: v.id, command: 'expire', state_after: 'EXPIRED' };
      await f.run('INSERT INTO certificate_moves SET ?', { ...move, effective_from: at, recorded_at: at });
      await f.run(`UPDATE certificate_states SET status = 'EXPIRED', live_slot = NULL WHERE certificate_id = ?`, v.id);
    },
  },
  'issue without an audit entry': {
    among: 'plain',
    expected: ['AUDIT_MISSING'],
    plant: (f, v) => f.run(`DELETE FROM audit_entries WHERE target_type = 'certificate' AND target_id = ?`, v.id),
  },
  'audit entry of another number': {
    among: 'plain',
    expected: ['AUDIT_DIFFERS'],
    plant: (f, v) =>
      f.run(
        `UPDATE audit_entries SET after_json = REPLACE(after_json, ?, '16999999999')
         WHERE target_type = 'certificate' AND target_id = ?`,
        v.number,
        v.id,
      ),
  },
  'certificate gone': {
    among: 'plain',
    expected: ['CERTIFICATE_LOST'],
    plant: async (f, v) => {
      await f.run('DELETE FROM certificate_moves WHERE certificate_id = ?', v.id);
      await f.run('DELETE FROM certificate_states WHERE certificate_id = ?', v.id);
      await f.run('DELETE FROM certificates WHERE id = ?', v.id);
    },
  },
  'exam not passed': {
    among: 'plain',
    expected: ['EXAM_MISSING'],
    plant: (f, v) => f.run(`UPDATE exam_results SET score = 59.5 WHERE officer_id = ? LIMIT 1`, v.officer_id),
  },
  'exam result gone': {
    among: 'plain',
    expected: ['EXAM_MISSING'],
    plant: (f, v) => f.run('DELETE FROM exam_results WHERE officer_id = ? LIMIT 1', v.officer_id),
  },
  'pass voided before': {
    among: 'plain',
    expected: ['EXAM_MISSING'],
    plant: (f, v) =>
      f.run(
        `INSERT INTO exam_pass_voids (officer_id, paper_id, source_type, source_id, recorded_at, recorded_by)
         SELECT officer_id, paper_id, 'order', ?, ?, recorded_by FROM exam_results WHERE officer_id = ? LIMIT 1`,
        newId(),
        EARLY,
        v.officer_id,
      ),
  },
  'training too short': {
    among: 'plain',
    expected: ['TRAINING_MISSING'],
    plant: (f, v) => f.run('UPDATE training_enrolments SET hours_confirmed = 10 WHERE officer_id = ?', v.officer_id),
  },
  'not assigned then': {
    among: 'plain',
    expected: ['NOT_ASSIGNED'],
    plant: (f, v) => f.run('UPDATE officer_assignments SET effective_to = ? WHERE officer_id = ?', EARLY, v.officer_id),
  },
  'contract staff': {
    among: 'plain',
    expected: ['STAFF_BARRED'],
    plant: (f, v) =>
      f.run(`UPDATE officer_assignments SET staff_category = 'CONTRACT' WHERE officer_id = ?`, v.officer_id),
  },
  'not on establishment': {
    among: 'plain',
    expected: ['NOT_ON_ESTABLISHMENT'],
    plant: (f, v) => f.run(`UPDATE officer_assignments SET on_establishment = 0 WHERE officer_id = ?`, v.officer_id),
  },
  'left before': { among: 'plain', expected: ['LEFT_SERVICE'], plant: hindrance('officer_departures', 'RETIRED') },
  'off post then': { among: 'plain', expected: ['OFF_POST'], plant: hindrance('officer_off_post_orders', 'OTHER') },
  'barred then': {
    among: 'plain',
    expected: ['BARRED_PERIOD'],
    plant: (f, { officer_id }) =>
      f.run('INSERT INTO qualification_bars SET ?', {
        id: newId(),
        officer_id,
        ground: 'DISQUALIFIED',
        source_type: 'order',
        source_id: newId(),
        barred_from: '2026-02-01',
        barred_to: '2028-01-31',
        recorded_at: EARLY,
      }),
  },
  'under age': {
    among: 'plain',
    expected: ['AGE_BELOW_18'],
    plant: (f, v) => f.run(`UPDATE officers SET birth_date = '2008-03-03' WHERE id = ?`, v.officer_id),
  },
  'application for somebody else': {
    among: 'plain',
    expected: ['APPLICATION_DIFFERS'],
    plant: (f, v, { revoked }) =>
      f.run(
        'UPDATE certificate_applications SET officer_id = (SELECT officer_id FROM certificates WHERE id = ?) WHERE id = ?',
        revoked[0],
        v.application_id,
      ),
  },
  'application gone': {
    among: 'plain',
    expected: ['APPLICATION_MISSING'],
    plant: (f, v) => f.run('DELETE FROM certificate_applications WHERE id = ?', v.application_id),
  },
  'never approved': {
    among: 'plain',
    expected: ['APPROVAL_MISSING'],
    plant: (f, v) =>
      f.run(
        `DELETE FROM certificate_application_steps WHERE application_id = ? AND step = 'DISTRICT_APPROVAL'`,
        v.application_id,
      ),
  },
  'one person at two levels': {
    among: 'plain',
    expected: ['APPROVAL_NOT_SEPARATE'],
    plant: (f, v) =>
      f.run(
        `UPDATE certificate_application_steps s JOIN certificate_applications a ON a.id = s.application_id
         SET s.actor_id = a.submitted_by WHERE s.application_id = ? AND s.step = 'DISTRICT_APPROVAL'`,
        v.application_id,
      ),
  },
  'approved afterwards': {
    among: 'plain',
    expected: ['APPROVAL_TOO_LATE'],
    plant: (f, v) =>
      f.run(
        `UPDATE certificate_application_steps SET decided_at = '2026-09-01' WHERE application_id = ? AND step = 'DISTRICT_APPROVAL'`,
        v.application_id,
      ),
  },
  'item of the batch differs': {
    among: 'plain',
    expected: ['ITEM_DIFFERS'],
    plant: (f, v) =>
      f.run(`UPDATE certificate_batch_items SET status = 'REFUSED' WHERE application_id = ?`, v.application_id),
  },
  'two live cards': {
    among: 'plain',
    expected: ['TWO_LIVE'],
    plant: async (f, v) => {
      const number = otherNumber(v.number);
      return [await twin(f, v, number), number];
    },
  },
  'chain leads to somebody else': {
    among: 'exchanged',
    expected: ['CHAIN_BROKEN'],
    plant: async (f, v, { revoked }) => {
      const other = revoked[1] ?? '';
      await f.rewrite(v.id, { previous_certificate_id: other }, { previousCertificateId: other });
      return [v.previous_certificate_id ?? ''];
    },
  },
  'chain cut': {
    among: 'exchanged',
    expected: ['CHAIN_MISSING'],
    plant: (f, v) => f.rewrite(v.id, { previous_certificate_id: null }, { previousCertificateId: null }),
  },
  'old card still valid': {
    among: 'exchanged',
    expected: ['CHAIN_STATE', 'TWO_LIVE'],
    plant: async (f, v) => {
      const old = v.previous_certificate_id;
      await f.run(`DELETE FROM certificate_moves WHERE certificate_id = ? AND command = 'replace'`, old);
      const slot = `${v.officer_id}:ENFORCEMENT`;
      await f.run(`UPDATE certificate_states SET status = 'VALID', live_slot = ? WHERE certificate_id = ?`, slot, old);
      return [old ?? ''];
    },
  },
  'replaced by nothing': {
    among: 'plain',
    expected: ['SUCCESSOR_MISSING'],
    plant: async (f, v) => {
      const at = '2026-03-20 00:00:00.000';
      const move = { id: newId(), certificate_id: v.id, command: 'replace', state_after: 'REPLACED' };
      await f.run('INSERT INTO certificate_moves SET ?', { ...move, effective_from: at, recorded_at: at });
      await f.run(`UPDATE certificate_states SET status = 'REPLACED', live_slot = NULL WHERE certificate_id = ?`, v.id);
    },
  },
  'suspension gone': {
    among: 'suspended',
    expected: ['SUSPENSION_LOST'],
    plant: (f, v) => f.run('DELETE FROM certificate_suspensions WHERE certificate_id = ?', v.id),
  },
  'suspension ended in silence': {
    among: 'suspended',
    expected: ['SUSPENSION_WRONG'],
    plant: (f, v) =>
      f.run(
        `UPDATE certificate_suspensions SET superseded_at = '2026-03-21' WHERE certificate_id = ? AND superseded_at IS NULL AND effective_to IS NULL`,
        v.id,
      ),
  },
  'body not confirmed then': {
    among: 'alone',
    expected: ['BODY_NOT_CONFIRMED'],
    plant: (f, v) => f.run('DELETE FROM subject_status_periods WHERE subject_id = ?', v.subject_id),
  },
  'delegation never published': {
    among: 'alone',
    expected: ['DELEGATION_MISSING'],
    plant: (f, v) =>
      f.run(
        `DELETE p FROM delegation_publications p JOIN delegations d ON d.id = p.delegation_id WHERE d.delegatee_id = ? AND p.side = 'DELEGATEE'`,
        v.subject_id,
      ),
  },
  'delegation over by then': {
    among: 'alone',
    expected: ['DELEGATION_MISSING'],
    plant: (f, v) => f.run(`UPDATE delegations SET valid_to = '2026-02-28' WHERE delegatee_id = ?`, v.subject_id),
  },
};

/** How many of one sort of certificate a number of faults needs. */
export const neededEach = (faults: number): number => {
  const per = Math.ceil(faults / Object.keys(KINDS).length);
  const most = Math.max(
    ...(['revoked', 'suspended', 'exchanged', 'alone'] as const).map(
      (among) => Object.values(KINDS).filter((kind) => kind.among === among).length,
    ),
  );
  // Two that others refer to stay sound.
  return per * most + 2;
};

/** Plants faults of every kind in turn, each in a certificate of its own. */
export async function plantFaults(databaseUrl: string, world: CertifiedWorld, count: number): Promise<Planted[]> {
  const connection = await createConnection({ ...connectionParts(databaseUrl), timezone: 'Z', dateStrings: true });
  try {
    await disarm(connection);
    const forger = new Forger(connection);
    const left = { ...world, revoked: world.revoked.slice(2) };
    const pools = Object.fromEntries(
      (['plain', 'revoked', 'suspended', 'exchanged', 'alone'] as const).map((name) => [
        name,
        spread(left[name], name),
      ]),
    );
    const planted: Planted[] = [];
    const kinds = Object.entries(KINDS);
    for (let i = 0; planted.length < count; i++) {
      const chosen = kinds[i % kinds.length];
      if (!chosen) throw new Error('no kind of fault');
      const [kind, { among, expected, plant }] = chosen;
      const id = pools[among]?.pop();
      if (!id) throw new Error(`not enough certificates for ${kind}`);
      const victim = await forger.one<Victim>(
        `SELECT id, number, officer_id, subject_id, application_id, batch_id, previous_certificate_id FROM certificates WHERE id = ?`,
        id,
      );
      const touched = (await plant(forger, victim, world)) ?? [];
      const previous = victim.previous_certificate_id === null ? [] : [victim.previous_certificate_id];
      planted.push({
        kind,
        certificateId: id,
        certificateNo: victim.number,
        expected,
        touched: [...touched, ...previous, victim.application_id],
      });
    }
    return planted;
  } finally {
    await connection.end();
  }
}

/** Victims from the whole register, not its beginning. */
const spread = (ids: readonly string[], name: string): string[] =>
  name === 'plain' ? ids.filter((_, i) => i % Math.max(1, Math.floor(ids.length / 4000)) === 0) : [...ids];

/** Takes away what keeps these faults from happening: triggers, unique keys, foreign keys. */
async function disarm(connection: Connection): Promise<void> {
  const [triggers] = await connection.query<(RowDataPacket & { name: string })[]>(
    'SELECT trigger_name AS name FROM information_schema.triggers WHERE trigger_schema = DATABASE()',
  );
  for (const { name } of triggers) await connection.query(`DROP TRIGGER ${name}`);
  await connection.query('SET SESSION foreign_key_checks = 0');
  await connection.query('ALTER TABLE certificates DROP KEY uq_certificates_number');
  await connection.query('ALTER TABLE certificate_states DROP KEY uq_certificate_states_live');
  for (const [table, check] of [
    ['certificate_states', 'ck_certificate_states_live'],
    ['exam_results', 'ck_exam_results_passed'],
  ] as const)
    await connection.query(`ALTER TABLE ${table} DROP CONSTRAINT ${check}`);
}
