import { Injectable } from '@nestjs/common';
import type { Actor } from '../kernel/actor.js';
import { notFound } from '../kernel/problem.js';
import { below, Db, marks } from '../infrastructure/database/db.js';
import {
  CERTIFICATE_COLUMNS,
  recordOf,
  SUSPENSION_COLUMNS,
  type CertificateRecord,
  type CertificateRow,
  type SuspensionRow,
} from './certificate.rows.js';
import { groupBy, inParts } from './collections.js';
import { OfficerLocks } from './officer-locks.js';

/** Takes the locks under which a certificate may be moved: officer first, then the state row. */
@Injectable()
export class CertificateLocks {
  constructor(
    private readonly db: Db,
    private readonly officers: OfficerLocks,
  ) {}

  /** @throws Problem 404 when there is no such certificate of an officer within the actor's scope. */
  async one(actor: Actor, id: string): Promise<CertificateRecord> {
    // Holder and type are facts that never change, so this plain read may precede the lock.
    const found = await this.db.row<{ officer_id: string }>(
      `SELECT c.officer_id FROM certificates c JOIN officers o ON o.id = c.officer_id JOIN subjects s ON s.id = o.subject_id
       WHERE c.id = ? AND s.path LIKE ?`,
      [id, below(actor.homeSubjectPath)],
    );
    if (!found) throw notFound('certificate');
    const officers = await this.officers.lockWithin(actor.homeSubjectPath, [found.officer_id]);
    const certificate = officers.size === 1 ? (await this.states([id]))[0] : undefined;
    if (!certificate) throw notFound('certificate');
    return certificate;
  }

  /** Locks the state rows and gives the certificates, ascending. The officers are locked already. */
  async states(ids: readonly string[]): Promise<readonly CertificateRecord[]> {
    const sorted = [...new Set(ids)].sort();
    if (sorted.length === 0) return [];
    await inParts(sorted, (part) =>
      this.db.rows<{ certificate_id: string }>(
        `SELECT certificate_id FROM certificate_states FORCE INDEX (PRIMARY) WHERE certificate_id IN (${marks(part)})
         ORDER BY certificate_id FOR UPDATE`,
        part,
      ),
    );
    return this.read(sorted);
  }

  /** Locks and gives every certificate of these officers. The officers are locked already. */
  async statesOfOfficers(officerIds: readonly string[]): Promise<readonly CertificateRecord[]> {
    return this.states(await this.idsOf(officerIds));
  }

  /** Every certificate of these officers, without a lock: for answers that decide nothing yet. */
  async ofOfficers(officerIds: readonly string[]): Promise<readonly CertificateRecord[]> {
    return this.read((await this.idsOf(officerIds)).sort());
  }

  /** Without a lock, for previews. */
  byIds(ids: readonly string[]): Promise<readonly CertificateRecord[]> {
    return this.read(ids);
  }

  private async idsOf(officerIds: readonly string[]): Promise<string[]> {
    const rows = await inParts(officerIds, (part) =>
      this.db.rows<{ id: string }>(`SELECT id FROM certificates WHERE officer_id IN (${marks(part)})`, part),
    );
    return rows.map(({ id }) => id);
  }

  private async read(ids: readonly string[]): Promise<readonly CertificateRecord[]> {
    const rows = await inParts(ids, (part) =>
      this.db.rows<CertificateRow>(
        `SELECT ${CERTIFICATE_COLUMNS} FROM certificates c JOIN certificate_states st ON st.certificate_id = c.id
         WHERE c.id IN (${marks(part)}) ORDER BY c.id`,
        part,
      ),
    );
    const suspensions = await inParts(ids, (part) =>
      this.db.rows<SuspensionRow>(
        `SELECT ${SUSPENSION_COLUMNS} FROM certificate_suspensions
         WHERE certificate_id IN (${marks(part)}) AND superseded_at IS NULL ORDER BY effective_from, id`,
        part,
      ),
    );
    const byCertificate = groupBy(suspensions, ({ certificate_id }) => certificate_id);
    return rows.map((row) => recordOf(row, byCertificate.get(row.id) ?? []));
  }
}
