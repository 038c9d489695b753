import { Injectable } from '@nestjs/common';
import { Db, marks } from '../../infrastructure/database/db.js';
import { Settings } from '../../infrastructure/settings/settings.js';
import { addDays, type LegalDate } from '../../rules/calendar.js';
import type { CertificateRecord } from '../certificate.rows.js';
import { inParts } from '../collections.js';

/** BR-75: public declarations that a lost card is void. */
@Injectable()
export class VoidNotices {
  constructor(
    private readonly db: Db,
    private readonly settings: Settings,
  ) {}

  /** The lost cards among these that were declared void, `cert.voidWaitDays` days or more before the day. */
  async declared(certificates: readonly CertificateRecord[], on: LegalDate): Promise<ReadonlySet<string>> {
    const lost = certificates.filter(({ state }) => state === 'LOST').map(({ id }) => id);
    if (lost.length === 0) return new Set();
    const wait = await this.settings.number(on, 'cert.voidWaitDays');
    const rows = await inParts(lost, (part) =>
      this.db.rows<{ certificate_id: string; published_on: string }>(
        `SELECT certificate_id, published_on FROM certificate_void_notices WHERE certificate_id IN (${marks(part)})`,
        part,
      ),
    );
    return new Set(
      rows.filter(({ published_on }) => addDays(published_on, wait) <= on).map(({ certificate_id }) => certificate_id),
    );
  }
}
