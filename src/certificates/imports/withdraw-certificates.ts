import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import type { ImportContext, RevertLock, RevertRow, UndoStep } from '../../kernel/import-definition.js';
import { ClearanceChanges } from '../../infrastructure/discovery/clearance-changes.js';
import { AuditTrail } from '../../audit/index.js';
import { certificateLifecycle } from '../../rules/certificate.lifecycle.js';
import { neverBegun, type CertificateRecord } from '../certificate.rows.js';
import { CertificateLocks } from '../certificate-locks.js';
import { CertificateMoves } from '../moves/certificate-moves.js';
import { OfficerLocks } from '../officer-locks.js';
import { error } from './row-problems.js';
import { RestingQueries, type CardUse } from './resting.queries.js';

const FINAL: UndoStep = {
  order: 50,
  code: 'CERTIFICATE_IS_FINAL',
  zh: '证件状态已是最终状态，不必也不能再撤回。',
  en: 'The certificate is in a final state: nothing is left to take back.',
};

/** Takes an import of certificates back. Facts stay: a withdrawn card is CANCELLED as if it had never been valid, its number used up. */
@Injectable()
export class WithdrawCertificates {
  constructor(
    private readonly clock: Clock,
    private readonly officers: OfficerLocks,
    private readonly certificates: CertificateLocks,
    private readonly resting: RestingQueries,
    private readonly moves: CertificateMoves,
    private readonly clearance: ClearanceChanges,
    private readonly audit: AuditTrail,
  ) {}

  /** Gives what can't be withdrawn, and why, by row. */
  async execute(
    { actor, importId }: ImportContext,
    rows: readonly RevertRow[],
    dryRun: boolean,
  ): Promise<ReadonlyMap<number, readonly RevertLock[]>> {
    const created = rows.flatMap(({ rowNumber, state, targetId }) =>
      state === 'CREATED' && targetId !== null ? [{ rowNumber, id: targetId }] : [],
    );
    const ids = created.map(({ id }) => id);
    if (!dryRun) await this.officers.lock(await this.resting.holdersOf(ids));
    const certificates = dryRun ? await this.certificates.byIds(ids) : await this.certificates.states(ids);
    const uses = await this.resting.usesOf(certificates);
    const byId = new Map(certificates.map((certificate) => [certificate.id, certificate]));
    const problems = new Map<number, readonly RevertLock[]>();
    const withdrawn: CertificateRecord[] = [];
    for (const { rowNumber, id } of created) {
      const certificate = byId.get(id);
      if (!certificate) continue;
      const fault = whyItStays(certificate, uses.get(id));
      if (fault) problems.set(rowNumber, [fault]);
      else withdrawn.push(certificate);
    }
    if (!dryRun) await this.withdraw(withdrawn, { actor, importId });
    return problems;
  }

  private async withdraw(
    certificates: readonly CertificateRecord[],
    { actor, importId }: Pick<ImportContext, 'actor' | 'importId'>,
  ): Promise<void> {
    if (certificates.length === 0) return;
    const now = await this.clock.now();
    const places = certificates.map((certificate) => ({ certificate, effectiveFrom: neverBegun(certificate) }));
    await this.moves.moveAll('cancel', places, now, actor, { ground: 'IMPORT_REVERTED' });
    const officerIds = [...new Set(certificates.map(({ officerId }) => officerId))].sort();
    await this.clearance.reduced({ whom: { officerIds }, cause: 'certificate.withdraw' });
    for (const { id, state } of certificates) {
      this.audit.record(
        actor,
        'certificate.withdraw',
        { type: 'certificate', id },
        { before: { state }, after: { state: 'CANCELLED', importId } },
      );
    }
  }
}

function whyItStays(certificate: CertificateRecord, use: CardUse | undefined): RevertLock | null {
  if (use !== undefined) return { ...error('number', 'IN_USE', use.words), steps: use.steps };
  if (certificateLifecycle.allows(certificate.state, 'cancel')) return null;
  return {
    ...error('number', 'CERTIFICATE_FINAL', '这份证件已过期、挂失、注销、吊销或换发，状态不能再变，记录保留。'),
    steps: [FINAL],
  };
}
