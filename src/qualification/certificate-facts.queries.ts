import { Injectable } from '@nestjs/common';
import { Db } from '../infrastructure/database/db.js';
import { standingOf, type CertificateState } from '../rules/certificate.lifecycle.js';
import type { CertificateType } from '../rules/duty-facts.js';
import type { IssuanceFacts } from '../rules/issuance.rules.js';

interface Row {
  readonly number: string;
  readonly type: CertificateType;
  readonly status: CertificateState;
  readonly domains_json: string;
  readonly valid_from: string;
  readonly valid_to: string;
}

/** What stands in the way of a first certificate in the room to the right; read only, to be shown. */
@Injectable()
export class CertificateFactsQueries {
  constructor(private readonly db: Db) {}

  async of(
    officerId: string,
    certificateType: string,
    at: number,
  ): Promise<Pick<IssuanceFacts, 'certificates' | 'hasOpenApplication'>> {
    const rows = await this.db.rows<Row>(
      `SELECT c.number, c.type, st.status, c.domains_json, c.valid_from, c.valid_to
       FROM certificates c JOIN certificate_states st ON st.certificate_id = c.id
       WHERE c.officer_id = ? AND st.status = 'VALID' ORDER BY c.id`,
      [officerId],
    );
    const open = await this.db.row<{ id: string }>(
      `SELECT id FROM certificate_applications
       WHERE officer_id = ? AND certificate_type = ? AND open_slot IS NOT NULL LIMIT 1`,
      [officerId, certificateType],
    );
    return {
      // A suspended card is live as well: suspensions make no difference here.
      certificates: rows.map(({ number, type, status, domains_json, valid_from, valid_to }) => ({
        number,
        type,
        standing: standingOf({ state: status, validTo: valid_to, endedFrom: null, suspensions: [] }, at),
        domains: JSON.parse(domains_json) as string[],
        validFrom: valid_from,
        validTo: valid_to,
      })),
      hasOpenApplication: open !== null,
    };
  }
}
