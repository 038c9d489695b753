import { Injectable } from '@nestjs/common';
import { Db, likeText, marks } from '../../infrastructure/database/db.js';
import { inParts } from '../collections.js';
import type { CertificateRecord } from '../certificate.rows.js';

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

  /** For each certificate that something rests on: what, as a sentence. */
  async usesOf(certificates: readonly CertificateRecord[]): Promise<ReadonlyMap<string, string>> {
    const ids = certificates.map(({ id }) => id);
    const uses = new Map<string, string>();
    for (const id of await this.followed(ids)) uses.set(id, '已有后续证件接续这份证件，不能撤回。');
    for (const id of await this.checked(certificates)) uses.set(id, '已有执法核验记录以这份证件为据，不能撤回。');
    for (const id of await this.deployed(ids)) uses.set(id, '已有执法任务以这份证件为据，不能撤回。');
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
