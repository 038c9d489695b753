import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { newId } from '../../kernel/ids.js';
import { WorkingDays } from '../../infrastructure/calendar/working-days.js';
import { Db, marks } from '../../infrastructure/database/db.js';
import { Settings } from '../../infrastructure/settings/settings.js';
import { AuditTrail } from '../../audit/index.js';
import { legalDateOf } from '../../rules/calendar.js';
import { CASE_RULES, isFulfilled, type CardCaseCause, type RequiredAct } from '../../rules/card-case.lifecycle.js';
import { isHandedIn } from '../../rules/card-custody.lifecycle.js';
import { isLive, standingAt, type CertificateRecord } from '../certificate.rows.js';
import { inParts } from '../collections.js';
import { CustodyDesk } from '../custody/custody-desk.js';

export interface CaseOrder {
  readonly cause: CardCaseCause;
  /** The moment from which the clock runs. */
  readonly since: number;
  /** The sanction or other record that opened it; left out: the movement itself. */
  readonly sourceId?: string;
}

interface OpenCase {
  readonly id: string;
  readonly certificate_id: string;
  readonly cause: CardCaseCause;
  readonly required_act: RequiredAct;
}

/**
 * BR-62, BR-77 to BR-79, BR-85: what has to happen to a card, and by when. Runs in the caller's unit, under the locks of officer and
 * certificates.
 */
@Injectable()
export class CardCases {
  constructor(
    private readonly db: Db,
    private readonly settings: Settings,
    private readonly workingDays: WorkingDays,
    private readonly custody: CustodyDesk,
    private readonly audit: AuditTrail,
  ) {}

  /** Opens a case for each of the certificates that is live; once for one cause and source. */
  async openForLive(
    certificates: readonly CertificateRecord[],
    order: CaseOrder,
    now: number,
    actor: Actor | null,
  ): Promise<void> {
    await this.open(
      certificates.filter((one) => isLive(one, now)),
      order,
      now,
      actor,
    );
  }

  /** Asks back the cards of certificates that have ended, where nobody asks for them already. */
  async askBack(
    certificates: readonly CertificateRecord[],
    order: CaseOrder,
    now: number,
    actor: Actor | null,
  ): Promise<void> {
    const custodies = await this.custody.of(certificates);
    const out = certificates.filter(({ id }) => !isHandedIn(custodies.get(id)?.state ?? 'WITH_HOLDER'));
    const asked = new Set((await this.unclosed(out.map(({ id }) => id))).map(({ certificate_id }) => certificate_id));
    await this.open(
      out.filter(({ id }) => !asked.has(id)),
      order,
      now,
      actor,
    );
  }

  private async open(
    certificates: readonly CertificateRecord[],
    { cause, since, sourceId = '' }: CaseOrder,
    now: number,
    actor: Actor | null,
  ): Promise<void> {
    if (certificates.length === 0) return;
    const known = await inParts(certificates, (part) =>
      this.db.rows<{ certificate_id: string }>(
        `SELECT certificate_id FROM card_cases WHERE certificate_id IN (${marks(part)}) AND cause = ? AND source_id = ?`,
        [...part.map(({ id }) => id), cause, sourceId],
      ),
    );
    const taken = new Set(known.map(({ certificate_id }) => certificate_id));
    const dueOn = await this.dueOn(cause, since);
    const cases = certificates
      .filter(({ id }) => !taken.has(id))
      .map(({ id, officerId }) => ({
        id: newId(),
        officer_id: officerId,
        certificate_id: id,
        cause,
        required_act: CASE_RULES[cause].act,
        source_id: sourceId,
        due_on: dueOn,
        opened_at: new Date(now),
      }));
    await this.db.insert('card_cases', cases);
    for (const { id, certificate_id } of cases) {
      this.audit.record(
        actor,
        'card-case.open',
        { type: 'card-case', id },
        { after: { certificateId: certificate_id, cause, act: CASE_RULES[cause].act, dueOn } },
      );
    }
  }

  private async dueOn(cause: CardCaseCause, since: number): Promise<string> {
    const day = legalDateOf(since) ?? '';
    const key = CASE_RULES[cause].period;
    if (key === null) return day;
    return this.workingDays.lastDayOf((await this.settings.on(day, [key])).get(key), day);
  }

  /** Closes what is fulfilled by now. To be called after every change of a certificate's state or of its card's place. */
  async settle(certificates: readonly CertificateRecord[], now: number, actor: Actor | null): Promise<void> {
    const cases = await this.unclosed(certificates.map(({ id }) => id));
    if (cases.length === 0) return;
    const custodies = await this.custody.of(certificates);
    const byId = new Map(certificates.map((one) => [one.id, one]));
    for (const one of cases) {
      const certificate = byId.get(one.certificate_id);
      const custody = custodies.get(one.certificate_id);
      if (!certificate || !custody) continue;
      const facts = {
        act: one.required_act,
        certificate: certificate.state,
        isSuspended: standingAt(certificate, now) === 'SUSPENDED',
        custody: custody.state,
      };
      if (isFulfilled(facts)) await this.close(one.id, 'DONE', null, now, actor);
    }
  }

  /** Writes down that a case is closed; false when somebody else has done so. */
  async close(
    id: string,
    outcome: 'DONE' | 'KEPT' | 'WITHDRAWN',
    note: string | null,
    now: number,
    actor: Actor | null,
  ): Promise<boolean> {
    const closed = await this.db.execute(
      'UPDATE card_cases SET closed_at = ?, outcome = ?, closing_note = ?, closed_by = ? WHERE id = ? AND closed_at IS NULL',
      [new Date(now), outcome, note, actor?.accountId ?? null, id],
    );
    if (closed === 0) return false;
    this.audit.record(actor, 'card-case.close', { type: 'card-case', id }, { after: { outcome, note } });
    return true;
  }

  /** Cases of one record that opened them: a sanction that was withdrawn asks for nothing more. */
  async withdraw(sourceId: string, note: string, now: number, actor: Actor): Promise<void> {
    const rows = await this.db.rows<{ id: string }>(
      'SELECT id FROM card_cases WHERE source_id = ? AND closed_at IS NULL ORDER BY id',
      [sourceId],
    );
    for (const { id } of rows) await this.close(id, 'WITHDRAWN', note, now, actor);
  }

  private unclosed(certificateIds: readonly string[]): Promise<OpenCase[]> {
    return inParts(certificateIds, (part) =>
      this.db.rows<OpenCase>(
        `SELECT id, certificate_id, cause, required_act FROM card_cases
         WHERE certificate_id IN (${marks(part)}) AND closed_at IS NULL ORDER BY id`,
        part,
      ),
    );
  }
}
