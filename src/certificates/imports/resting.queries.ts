import { Injectable } from '@nestjs/common';
import { Db, likeText, marks } from '../../infrastructure/database/db.js';
import type { UndoStep } from '../../kernel/import-definition.js';
import { inParts } from '../collections.js';
import type { CertificateRecord } from '../certificate.rows.js';

/** What rests on a card, in words, and what would have to be undone before the card. */
export interface CardUse {
  readonly words: string;
  readonly steps: readonly UndoStep[];
}

const DEPLOYED: CardUse = {
  words: '已有执法任务以这份证件为据，不能撤回。',
  steps: [
    {
      order: 10,
      code: 'CANCEL_DEPLOYMENTS',
      zh: '取消以这些证件为据的执法任务；任务记录保留。',
      en: 'Cancel the deployments that rest on these certificates; their records stay.',
    },
    {
      order: 40,
      code: 'CANCEL_CERTIFICATE',
      zh: '有业务记录的证件不能当作从未发出：确需收回的，办理注销或撤销。',
      en: 'A certificate with records on it cannot be treated as never issued: cancel or revoke it.',
    },
  ],
};
const CHECKED: CardUse = {
  words: '已有执法核验记录以这份证件为据，不能撤回。',
  steps: [
    {
      order: 40,
      code: 'CANCEL_CERTIFICATE',
      zh: '有业务记录的证件不能当作从未发出：确需收回的，办理注销或撤销。',
      en: 'A certificate with records on it cannot be treated as never issued: cancel or revoke it.',
    },
  ],
};
const FOLLOWED: CardUse = {
  words: '已有后续证件接续这份证件，不能撤回。',
  steps: [
    {
      order: 20,
      code: 'TAKE_BACK_LATER_CERTIFICATE',
      zh: '先撤回或注销接续它的后续证件。',
      en: 'First take back or cancel the certificate that followed it.',
    },
  ],
};

/** What rests on a certificate, in this room and in those to the right of it (read only). */
@Injectable()
export class RestingQueries {
  constructor(private readonly db: Db) {}

  async holdersOf(certificateIds: readonly string[]): Promise<string[]> {
    const rows = await inParts(certificateIds, (part) =>
      this.db.rows<{ officer_id: string }>(
        `SELECT DISTINCT officer_id FROM certificates WHERE id IN (${marks(part)})`,
        part,
      ),
    );
    return rows.map(({ officer_id }) => officer_id);
  }

  /** For each certificate that something rests on: what, in words, and what to undo first. */
  async usesOf(certificates: readonly CertificateRecord[]): Promise<ReadonlyMap<string, CardUse>> {
    const ids = certificates.map(({ id }) => id);
    const uses = new Map<string, CardUse>();
    const found = [
      [await this.followed(ids), FOLLOWED],
      [await this.checked(certificates), CHECKED],
      [await this.deployed(ids), DEPLOYED],
    ] as const;
    for (const [used, use] of found)
      for (const id of used) uses.set(id, { words: use.words, steps: [...(uses.get(id)?.steps ?? []), ...use.steps] });
    return uses;
  }

  private async followed(ids: readonly string[]): Promise<string[]> {
    const rows = await inParts(ids, (part) =>
      this.db.rows<{ id: string }>(
        `SELECT previous_certificate_id AS id FROM certificates WHERE previous_certificate_id IN (${marks(part)})`,
        part,
      ),
    );
    return rows.map(({ id }) => id);
  }

  private async deployed(ids: readonly string[]): Promise<string[]> {
    const rows = await inParts(ids, (part) =>
      this.db.rows<{ id: string }>(
        `SELECT certificate_id AS id FROM deployment_members WHERE certificate_id IN (${marks(part)})`,
        part,
      ),
    );
    return rows.map(({ id }) => id);
  }

  /** Recorded checks keep the facts they rested on; the number of the card stands in the decision. */
  private async checked(certificates: readonly CertificateRecord[]): Promise<string[]> {
    const found: string[] = [];
    for (const { id, number, subjectId } of certificates) {
      const row = await this.db.row<{ id: string }>(
        `SELECT id FROM duty_checks WHERE subject_id = ? AND decision_json LIKE ? LIMIT 1`,
        [subjectId, likeText(`"${number}"`)],
      );
      if (row) found.push(id);
    }
    return found;
  }
}
