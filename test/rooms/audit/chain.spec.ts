import { appendFileSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createConnection, type Connection } from 'mysql2/promise';
import { AuditTrail, VerifyChain } from '../../../src/audit/index.js';
import { entryHash } from '../../../src/audit/audit-chain.js';
import { SealChain } from '../../../src/audit/seal-chain.js';
import { connectionParts } from '../../../src/infrastructure/database/engine.js';
import { openHouse, type House } from '../../support/house.js';

const ENTRIES = 40;
const TABLES = ['audit_entries', 'audit_head', 'audit_checkpoints'];

describe('the audit chain', () => {
  let house: House;
  let owner: Connection;
  let witnessFile: string;
  let witnessText: string;

  beforeAll(async () => {
    house = await openHouse({ modules: [] });
    owner = await createConnection({ ...connectionParts(house.databaseUrl), multipleStatements: true, timezone: 'Z' });
    witnessFile = join(house.dataDir, 'witness', 'checkpoints.jsonl');
    const trail = house.app.get(AuditTrail);
    const seal = house.app.get(SealChain);
    for (let i = 1; i <= ENTRIES; i++) {
      await house.uow.run(async () => {
        const actor = i % 3 === 0 ? null : house.as('reviewer').actor;
        const detail =
          i % 2 === 0 ? {} : { before: { 名称: `第${i}号 😀` }, after: { i }, reasons: [{ code: 'X', facts: { i } }] };
        trail.record(actor, 'thing.change', { type: 'thing', id: `t-${i}` }, detail);
      });
      if (i % 10 === 0) await seal.sweep();
    }
    witnessText = readFileSync(witnessFile, 'utf8');
    // The last line of defence is taken away: what remains is the chain itself.
    const [triggers] = await owner.query(
      'SELECT trigger_name AS t FROM information_schema.triggers WHERE trigger_schema = DATABASE()',
    );
    for (const { t } of triggers as { t: string }[]) {
      if (t.startsWith('tr_audit')) await owner.query(`DROP TRIGGER ${t}`);
    }
    for (const table of TABLES) await owner.query(`CREATE TABLE kept_${table} AS SELECT * FROM ${table}`);
  }, 120_000);
  afterAll(async () => {
    await owner.end();
    await house.close();
  });
  beforeEach(async () => {
    for (const table of TABLES) {
      await owner.query(`DELETE FROM ${table}`);
      await owner.query(`INSERT INTO ${table} SELECT * FROM kept_${table}`);
    }
    writeFileSync(witnessFile, witnessText);
  });

  const verify = () => house.app.get(VerifyChain).execute();

  it('verifies as it was written', async () => {
    expect(await verify()).toEqual({ entries: ENTRIES, ok: true });
    expect(
      witnessText
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { seq: number }).seq),
    ).toEqual([10, 20, 30, 40]);
  });

  const FLIPS: Readonly<Record<string, string>> = {
    id: `'01900000-0000-7000-8000-000000000000'`,
    recorded_at: 'DATE_ADD(recorded_at, INTERVAL 1000 MICROSECOND)',
    actor_id: `IF(actor_id IS NULL, '', NULL)`,
    actor_name: `CONCAT(actor_name, ' ')`,
    acting_subject_id: `IF(acting_subject_id IS NULL, 'x', NULL)`,
    verb: `'thing.changed'`,
    target_type: `'thinf'`,
    target_id: `CONCAT(target_id, '0')`,
    before_json: `IF(before_json IS NULL, '', REPLACE(before_json, '😀', '😁'))`,
    after_json: `IF(after_json IS NULL, 'null', NULL)`,
    reasons_json: `IF(reasons_json IS NULL, '[]', NULL)`,
    request_id: `'r'`,
    ip_address: `'127.0.0.1'`,
    previous_hash: `REPEAT('a', 64)`,
    entry_hash: `REPEAT('b', 64)`,
  };
  const flips = [1, 7, 20, 21, ENTRIES].flatMap((seq) => Object.keys(FLIPS).map((column) => [column, seq] as const));

  it('has a flip for every column but the number', async () => {
    const [columns] = await owner.query(
      `SELECT column_name AS c FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'audit_entries'`,
    );
    expect((columns as { c: string }[]).map(({ c }) => c).sort()).toEqual([...Object.keys(FLIPS), 'seq'].sort());
  });

  it.each(flips)('sees %s changed in entry %i', async (column, seq) => {
    await owner.query(`UPDATE audit_entries SET ${column} = ${FLIPS[column]} WHERE seq = ?`, [seq]);
    expect(await verify()).toMatchObject({ ok: false, firstBad: { seq, why: 'ENTRY_ALTERED' } });
  });

  it.each([1, 13, 20])('sees entry %i deleted', async (seq) => {
    await owner.query('DELETE FROM audit_entries WHERE seq = ?', [seq]);
    expect(await verify()).toMatchObject({ ok: false, firstBad: { seq, why: 'ENTRY_MISSING' } });
  });

  it('sees two entries that changed places', async () => {
    await owner.query(
      'UPDATE audit_entries SET seq = 9999 WHERE seq = 5; UPDATE audit_entries SET seq = 5 WHERE seq = 6; UPDATE audit_entries SET seq = 6 WHERE seq = 9999',
    );
    expect(await verify()).toMatchObject({ ok: false, firstBad: { seq: 5 } });
  });

  it('sees an entry added behind the head', async () => {
    await owner.query(
      `INSERT INTO audit_entries SELECT 41, '01900000-0000-7000-8000-000000000001', recorded_at, actor_id, actor_name, acting_subject_id,
         verb, target_type, target_id, before_json, after_json, reasons_json, request_id, ip_address, entry_hash, REPEAT('c', 64)
       FROM audit_entries WHERE seq = 40`,
    );
    expect(await verify()).toMatchObject({ ok: false, firstBad: { seq: 41, why: 'BEYOND_HEAD' } });
  });

  it('sees the tail cut, the head with it or not, the checkpoints with it or not', async () => {
    await owner.query('DELETE FROM audit_entries WHERE seq > 33');
    expect(await verify()).toMatchObject({ ok: false, firstBad: { seq: 34, why: 'ENTRY_MISSING' } });
    await owner.query(
      'UPDATE audit_head SET seq = 33, entry_hash = (SELECT entry_hash FROM audit_entries WHERE seq = 33)',
    );
    expect(await verify()).toMatchObject({ ok: false, firstBad: { seq: 34, why: 'TAIL_CUT' } });
    await owner.query('DELETE FROM audit_checkpoints WHERE seq > 33');
    expect(await verify()).toMatchObject({ ok: false, firstBad: { seq: 34, why: 'TAIL_CUT' } });
  });

  it('sees the head moved', async () => {
    await owner.query(`UPDATE audit_head SET entry_hash = REPEAT('d', 64)`);
    expect(await verify()).toMatchObject({ ok: false, firstBad: { seq: ENTRIES, why: 'HEAD_DIFFERS' } });
    await owner.query(
      'UPDATE audit_head SET seq = 39, entry_hash = (SELECT entry_hash FROM audit_entries WHERE seq = 39)',
    );
    expect(await verify()).toMatchObject({ ok: false, firstBad: { seq: 40, why: 'BEYOND_HEAD' } });
  });

  /** Somebody who knows how rewrites an entry and every hash after it. */
  const rewriteFrom = async (first: number) => {
    const [rows] = await owner.query('SELECT * FROM audit_entries ORDER BY seq');
    let previousHash = '0'.repeat(64);
    for (const row of rows as Record<string, never>[]) {
      const seq = Number(row['seq']);
      const verb = seq === first ? 'thing.forge' : String(row['verb']);
      const hash = entryHash({
        seq,
        id: row['id'] as unknown as string,
        recordedAt: (row['recorded_at'] as unknown as Date).toISOString(),
        actorId: row['actor_id'] ?? null,
        actorName: row['actor_name'] as unknown as string,
        actingSubjectId: row['acting_subject_id'] ?? null,
        verb,
        targetType: row['target_type'] as unknown as string,
        targetId: row['target_id'] as unknown as string,
        before: row['before_json'] ?? null,
        after: row['after_json'] ?? null,
        reasons: row['reasons_json'] ?? null,
        requestId: row['request_id'] ?? null,
        ipAddress: row['ip_address'] ?? null,
        previousHash,
      });
      await owner.query('UPDATE audit_entries SET verb = ?, previous_hash = ?, entry_hash = ? WHERE seq = ?', [
        verb,
        previousHash,
        hash,
        seq,
      ]);
      previousHash = hash;
    }
    await owner.query('UPDATE audit_head SET entry_hash = ?', [previousHash]);
  };

  it('sees the chain rewritten with right hashes, by its checkpoints, and by the witness alone', async () => {
    await rewriteFrom(15);
    expect(await verify()).toMatchObject({ ok: false, firstBad: { seq: 20, why: 'CHECKPOINT_DIFFERS' } });
    await owner.query(
      'UPDATE audit_checkpoints c SET entry_hash = (SELECT e.entry_hash FROM audit_entries e WHERE e.seq = c.seq)',
    );
    expect(await verify()).toMatchObject({ ok: false, firstBad: { seq: 20, why: 'CHECKPOINT_SIGNATURE' } });
    await owner.query('DELETE FROM audit_checkpoints');
    expect(await verify()).toMatchObject({ ok: false, firstBad: { seq: 10, why: 'CHECKPOINT_MISSING' } });
    writeFileSync(witnessFile, witnessText.split('\n').slice(1).join('\n'));
    expect(await verify()).toMatchObject({ ok: false, firstBad: { seq: 20, why: 'WITNESS_DIFFERS' } });
  });

  it('is not sealed once it was altered', async () => {
    await owner.query('DELETE FROM audit_checkpoints WHERE seq > 30');
    writeFileSync(witnessFile, witnessText.split('\n').slice(0, 3).join('\n') + '\n');
    await owner.query(`UPDATE audit_entries SET verb = 'thing.forge' WHERE seq = 35`);
    expect(await house.app.get(SealChain).sweep()).toBe(0);
    await owner.query(`UPDATE audit_entries SET verb = 'thing.change' WHERE seq = 35`);
    expect(await house.app.get(SealChain).sweep()).toBe(1);
    expect(await verify()).toEqual({ entries: ENTRIES, ok: true });
    expect(await house.app.get(SealChain).sweep()).toBe(0);
  });

  describe('checkpoints', () => {
    it.each([
      ['signature', `REPEAT('e', 64)`],
      ['key_id', `'other'`],
      ['created_at', 'DATE_ADD(created_at, INTERVAL 1000 MICROSECOND)'],
    ])('have their %s checked', async (column, value) => {
      await owner.query(`UPDATE audit_checkpoints SET ${column} = ${value} WHERE seq = 20`);
      expect(await verify()).toMatchObject({ ok: false, firstBad: { seq: 20, why: 'CHECKPOINT_SIGNATURE' } });
    });

    it('have their line at the witness checked', async () => {
      writeFileSync(witnessFile, witnessText.replace(/"signature":"./, '"signature":"x'));
      expect(await verify()).toMatchObject({ ok: false, firstBad: { seq: 10, why: 'WITNESS_SIGNATURE' } });
      writeFileSync(
        witnessFile,
        witnessText
          .split('\n')
          .filter((_line, i) => i !== 1)
          .join('\n'),
      );
      expect(await verify()).toMatchObject({ ok: false, firstBad: { seq: 20, why: 'WITNESS_MISSING' } });
      writeFileSync(witnessFile, `not a line\n${witnessText}`);
      expect(await verify()).toMatchObject({ ok: false, firstBad: { seq: 1, why: 'WITNESS_UNREADABLE' } });
    });

    it('reach the witness later when a crash came between', async () => {
      const lines = witnessText.trimEnd().split('\n');
      writeFileSync(witnessFile, `${lines.slice(0, 2).join('\n')}\n`);
      appendFileSync(witnessFile, lines[2]?.slice(0, 30) ?? '');
      expect(await verify()).toEqual({ entries: ENTRIES, ok: true });
      await house.app.get(SealChain).sweep();
      expect(readFileSync(witnessFile, 'utf8')).toBe(witnessText);
      rmSync(witnessFile);
      await house.app.get(SealChain).sweep();
      expect(readFileSync(witnessFile, 'utf8')).toBe(witnessText);
      truncateSync(witnessFile, 0);
      await house.app.get(SealChain).sweep();
      expect(readFileSync(witnessFile, 'utf8')).toBe(witnessText);
      expect(existsSync(witnessFile)).toBe(true);
    });
  });

  it('takes entries of a megabyte', async () => {
    const trail = house.app.get(AuditTrail);
    await house.uow.run(async () => {
      trail.record(null, 'thing.import', { type: 'thing', id: 'big' }, { after: { text: '长'.repeat(400_000) } });
    });
    expect(await verify()).toEqual({ entries: ENTRIES + 1, ok: true });
  });
});
