import { Injectable } from '@nestjs/common';
import type { ImportContext } from '../../kernel/import-definition.js';
import { AuditTrail } from '../../audit/index.js';
import { endOfDay, startOfDay } from '../../rules/calendar.js';
import { CertificateMoves } from '../moves/certificate-moves.js';
import { EarlierCards } from '../moves/earlier-cards.js';
import { CertificateRegister, PROVINCE, type CertificateDraft } from '../numbers/certificate-register.js';
import type { ExistingReading, ExistingRow } from './existing-reader.js';

/** Enters cards that were issued before this system: valid, or expired where their time has passed. */
@Injectable()
export class EnterExisting {
  constructor(
    private readonly register: CertificateRegister,
    private readonly moves: CertificateMoves,
    private readonly earlier: EarlierCards,
    private readonly audit: AuditTrail,
  ) {}

  /** Gives the certificate of each row. Everything is locked by the caller. */
  async execute(
    context: ImportContext,
    { held, now }: ExistingReading,
    rows: readonly ExistingRow[],
  ): Promise<ReadonlyMap<number, string>> {
    const planned = rows.flatMap((row) => {
      const draft = draftOf(row, context.importId);
      return draft ? [{ row, draft }] : [];
    });
    const current = planned.filter(({ row }) => row.isCurrent);
    const past = planned.filter(({ row }) => !row.isCurrent);
    const drafts = current.map(({ draft }) => draft);
    // There is no live one; what only looks alive in the table is written down as expired.
    await this.earlier.endFor(drafts, held, now, context.actor);
    return new Map([
      ...(await this.enter(context, current, 'VALID', now)),
      ...(await this.enter(context, past, 'EXPIRED', now)),
    ]);
  }

  private async enter(
    { actor, importId }: ImportContext,
    planned: readonly { readonly row: ExistingRow; readonly draft: CertificateDraft }[],
    state: 'VALID' | 'EXPIRED',
    now: number,
  ): Promise<[number, string][]> {
    const entered = await this.register.enter(
      planned.map(({ draft }) => draft),
      state,
      now,
      actor.accountId,
    );
    const places = entered.map(({ id, draft }) => ({ id, ...draft }));
    const begins = ({ validFrom }: CertificateDraft): number => startOfDay(validFrom) ?? now;
    const ends = ({ validTo }: CertificateDraft): number => endOfDay(validTo) ?? now;
    await this.moves.record(
      'activate',
      places.map((certificate) => ({ certificate, effectiveFrom: begins(certificate) })),
      now,
      actor,
    );
    if (state === 'EXPIRED') {
      await this.moves.record(
        'expire',
        places.map((certificate) => ({ certificate, effectiveFrom: ends(certificate) })),
        now,
        actor,
      );
    }
    for (const { id, draft } of entered) {
      const { number, officerId, type } = draft;
      this.audit.record(
        actor,
        'certificate.take-over',
        { type: 'certificate', id },
        { after: { state, number, officerId, type, importId } },
      );
    }
    return planned.map(({ row }, place) => [row.rowNumber, entered[place]?.id ?? '']);
  }
}

function draftOf(row: ExistingRow, importId: string): CertificateDraft | null {
  const { officer, type, subjectId } = row;
  if (!officer || !type || subjectId === null) return null;
  return {
    type,
    number: row.number,
    officerId: officer.id,
    holderName: officer.name,
    subjectId,
    subjectName: row.subjectName,
    domains: row.domains,
    validFrom: row.validFrom,
    validTo: row.validTo,
    issuer: PROVINCE,
    origin: 'LEGACY',
    applicationId: null,
    batchId: null,
    importId,
    previousCertificateId: null,
    evidence: null,
  };
}
