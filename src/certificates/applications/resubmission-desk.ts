import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { notFound } from '../../kernel/problem.js';
import { below, Db } from '../../infrastructure/database/db.js';
import type { CertificateRecord } from '../certificate.rows.js';
import { CertificateLocks } from '../certificate-locks.js';
import { OfficerLocks } from '../officer-locks.js';
import { ApplicationLocks, type LockedApplication } from './application-locks.js';
import { IssuanceDesk, type IssuanceRuling } from './issuance-desk.js';

/** Locks and facts for handing one application in again: officer, certificates, application, in this order. */
@Injectable()
export class ResubmissionDesk {
  constructor(
    private readonly db: Db,
    private readonly officers: OfficerLocks,
    private readonly certificates: CertificateLocks,
    private readonly applications: ApplicationLocks,
    private readonly issuance: IssuanceDesk,
  ) {}

  /** @throws Problem 404 */
  async lock(
    actor: Actor,
    id: string,
  ): Promise<{ readonly application: LockedApplication; readonly held: readonly CertificateRecord[] }> {
    // Who applies never changes, so this plain read may precede the lock.
    const row = await this.db.row<{ officer_id: string }>(
      `SELECT a.officer_id FROM certificate_applications a JOIN subjects s ON s.id = a.subject_id WHERE a.id = ? AND s.path LIKE ?`,
      [id, below(actor.homeSubjectPath)],
    );
    if (!row) throw notFound('application');
    await this.officers.lock([row.officer_id]);
    const held = await this.certificates.statesOfOfficers([row.officer_id]);
    return { application: await this.applications.one(actor.homeSubjectPath, id), held };
  }

  /** What stands against it today. */
  async judge(
    application: LockedApplication,
    held: readonly CertificateRecord[],
    hasOpenApplication: boolean,
    now: number,
  ): Promise<IssuanceRuling> {
    const asks = [{ ...application, key: application.id, hasOpenApplication }];
    const ruling = (await this.issuance.judge(asks, held, now)).get(application.id);
    if (!ruling) throw new Error('an application was not judged');
    return ruling;
  }
}
