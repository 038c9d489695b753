import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { PublicCodes } from '../../infrastructure/crypto/public-codes.js';
import { Db } from '../../infrastructure/database/db.js';
import { Settings } from '../../infrastructure/settings/settings.js';
import { legalDateOf, startOfDay } from '../../rules/calendar.js';
import type { CertificateStanding } from '../../rules/certificate.lifecycle.js';
import {
  CERTIFICATE_COLUMNS,
  recordOf,
  standingAt,
  SUSPENSION_COLUMNS,
  type CertificateRow,
  type SuspensionRow,
} from '../certificate.rows.js';
import type { PublicCertificateView, PublicLookupView } from './public-certificate.view.js';
import { VERDICTS, type PublicVerdict } from './verdicts.js';

interface PublicRow extends CertificateRow {
  readonly holder_name: string;
  readonly subject_name: string;
  readonly post_title: string;
  readonly division_code: string;
  readonly content_json: string;
}

const SELECT = `SELECT ${CERTIFICATE_COLUMNS}, c.holder_name, c.subject_name, c.content_json, o.post_title, s.division_code
  FROM certificates c JOIN certificate_states st ON st.certificate_id = c.id
  JOIN officers o ON o.id = c.officer_id JOIN subjects s ON s.id = c.subject_id`;

/** What anybody may know about a card (BR-94, BR-96): by its whole number, or by the code behind its QR. */
@Injectable()
export class PublicCertificateQueries {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly codes: PublicCodes,
  ) {}

  async lookUp(no: string, name: string | undefined): Promise<PublicLookupView> {
    const rows = await this.db.rows<PublicRow>(`${SELECT} WHERE c.number = ? ORDER BY c.id`, [no.toUpperCase()]);
    const asked = name === undefined ? rows : rows.filter(({ holder_name }) => holder_name === name.trim());
    const items = await this.shown(asked);
    return items.length > 0
      ? { result: 'FOUND', messageZh: '查到以下证件', messageEn: 'The certificate is on record.', items }
      : { result: 'NOT_FOUND', messageZh: '查无此证', messageEn: 'There is no such certificate.', items };
  }

  /** Null for a code that is none of ours, or of a card that was never issued. */
  async byCode(text: string): Promise<PublicCertificateView | null> {
    const code = this.codes.read(text);
    if (code === null) return null;
    const rows = await this.db.rows<PublicRow>(`${SELECT} WHERE c.public_code = ?`, [code]);
    return (await this.shown(rows))[0] ?? null;
  }

  /** A reservation, kept or given up, is no certificate. */
  private async shown(rows: readonly PublicRow[]): Promise<PublicCertificateView[]> {
    const issued = rows.filter(({ ledger_state }) => ledger_state === 'ISSUED');
    if (issued.length === 0) return [];
    const now = await this.clock.now();
    const dictionary = await this.settings.dictionary(legalDateOf(now) ?? '', 'domains');
    const names = new Map(dictionary.map(({ code, nameZh }) => [code, nameZh]));
    const views: PublicCertificateView[] = [];
    for (const row of issued) {
      const suspensions = await this.db.rows<SuspensionRow>(
        `SELECT ${SUSPENSION_COLUMNS} FROM certificate_suspensions WHERE certificate_id = ? AND superseded_at IS NULL`,
        [row.id],
      );
      views.push(viewOf(row, standingAt(recordOf(row, suspensions), now), names, now));
    }
    return views;
  }
}

function verdictOf(row: PublicRow, standing: CertificateStanding, now: number): PublicVerdict {
  if (standing === 'RESERVED') return 'CANCELLED';
  if (standing !== 'VALID') return standing;
  return (startOfDay(row.valid_from) ?? Infinity) <= now ? 'USABLE' : 'NOT_YET_VALID';
}

/** BR-93: what names the person is taken down the same day when the card is suspended or ends by an act. */
function viewOf(
  row: PublicRow,
  standing: CertificateStanding,
  names: ReadonlyMap<string, string>,
  now: number,
): PublicCertificateView {
  const verdict = verdictOf(row, standing, now);
  const { zh, en, namesThePerson } = VERDICTS[verdict];
  const common = { certificateNo: row.number, type: row.type, state: standing, verdict, verdictZh: zh, verdictEn: en };
  if (!namesThePerson) {
    const hidden = { name: null, unit: null, post: null, area: null, issuer: null, validFrom: null, validTo: null };
    return { ...common, ...hidden, domains: [] };
  }
  const { issuer } = JSON.parse(row.content_json) as { issuer?: string };
  return {
    ...common,
    name: row.holder_name,
    unit: row.subject_name,
    post: row.post_title,
    domains: (JSON.parse(row.domains_json) as string[]).map((code) => names.get(code) ?? code),
    area: row.division_code,
    issuer: issuer ?? null,
    validFrom: row.valid_from,
    validTo: row.valid_to,
  };
}
