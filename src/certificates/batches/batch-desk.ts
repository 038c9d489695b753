import { Injectable } from '@nestjs/common';
import { Db, marks } from '../../infrastructure/database/db.js';
import { glyphReasons } from '../../rules/card-print.rules.js';
import type { Reason } from '../../rules/verdict.js';
import { ApplicationLocks, type LockedApplication } from '../applications/application-locks.js';
import { IssuanceDesk, type IssuanceRuling } from '../applications/issuance-desk.js';
import type { CertificateRecord } from '../certificate.rows.js';
import { CertificateLocks } from '../certificate-locks.js';
import { inParts } from '../collections.js';
import type { NumberAsk } from '../numbers/number-allocator.js';
import { OfficerLocks, type LockedOfficer } from '../officer-locks.js';
import { CardPrinter } from '../print/card-printer.js';
import { Bodies, type Body } from './bodies.js';

/** A chunk of applications with everything locked that their issue rests on. */
export interface Assembled {
  readonly applications: readonly LockedApplication[];
  readonly officers: ReadonlyMap<string, LockedOfficer>;
  readonly certificates: readonly CertificateRecord[];
}

/** Brings together what is needed to issue some applications: locks in the one order, facts, the ruling. */
@Injectable()
export class BatchDesk {
  constructor(
    private readonly db: Db,
    private readonly officers: OfficerLocks,
    private readonly certificates: CertificateLocks,
    private readonly applications: ApplicationLocks,
    private readonly issuance: IssuanceDesk,
    private readonly bodies: Bodies,
    private readonly printer: CardPrinter,
  ) {}

  /** Officers, certificate states, applications: each ascending. One application per officer; the others wait for the next chunk. */
  async assemble(applicationIds: readonly string[]): Promise<Assembled> {
    const holders = await inParts([...applicationIds].sort(), (part) =>
      this.db.rows<{ id: string; officer_id: string }>(
        `SELECT id, officer_id FROM certificate_applications WHERE id IN (${marks(part)}) ORDER BY id`,
        part,
      ),
    );
    const one = new Map<string, string>();
    for (const { id, officer_id } of holders) if (!one.has(officer_id)) one.set(officer_id, id);
    const officers = await this.officers.lock([...one.keys()]);
    const certificates = await this.certificates.statesOfOfficers([...officers.keys()]);
    const applications = await this.applications.lock([...one.values()]);
    return { officers, certificates, applications: [...applications.values()] };
  }

  /** The same without locks, for a preview that decides nothing yet. */
  async look(applicationIds: readonly string[]): Promise<Assembled> {
    const applications = await this.applications.read(applicationIds);
    const officerIds = [...applications.values()].map(({ officerId }) => officerId);
    const certificates = await this.certificates.ofOfficers(officerIds);
    return { officers: new Map(), certificates, applications: [...applications.values()] };
  }

  /** The law book once more, with the facts of this moment. The application at hand is no bar to itself. */
  async judge(chunk: Assembled, now: number): Promise<ReadonlyMap<string, IssuanceRuling>> {
    const asks = chunk.applications.map((application) => ({
      ...application,
      key: application.id,
      hasOpenApplication: false,
    }));
    const rulings = new Map(await this.issuance.judge(asks, chunk.certificates, now));
    for (const { id, state, officerId } of chunk.applications) {
      const ruling = rulings.get(id);
      if (!ruling) continue;
      const moved: Reason[] = state === 'IN_BATCH' ? [] : [{ code: 'APPLICATION_STATE', facts: { state } }];
      const name = chunk.officers.get(officerId)?.name ?? '';
      rulings.set(id, { ...ruling, reasons: [...ruling.reasons, ...moved, ...this.unprintable(name)] });
    }
    return rulings;
  }

  /** The card is printed here, so the name has to be printable before a number is spent on it. */
  private unprintable(name: string): Reason[] {
    return glyphReasons(this.printer.missing(name), { name, certificateNo: null });
  }

  asks(applications: readonly LockedApplication[]): Promise<NumberAsk[]> {
    return this.bodies.numberAsks(applications);
  }

  bodiesOf(subjectIds: readonly string[]): Promise<ReadonlyMap<string, Body>> {
    return this.bodies.of(subjectIds);
  }
}
