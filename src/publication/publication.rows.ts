import type { PublicationState } from '../rules/publication.lifecycle.js';

/** BR-94: these fields and nothing else. What the second person saw is what the public sees. */
export interface PublicContent {
  readonly name: string;
  readonly unit: string;
  readonly certificateNo: string;
  readonly post: string;
  readonly domains: readonly string[];
  readonly area: string;
  readonly issuer: string | null;
  readonly validFrom: string;
  readonly validTo: string;
}

export interface ContentRow {
  readonly certificate_id: string;
  readonly number: string;
  readonly holder_name: string;
  readonly subject_name: string;
  readonly post_title: string;
  readonly domains_json: string;
  readonly division_code: string;
  readonly certificate_json: string;
  readonly valid_from: string;
  readonly valid_to: string;
}

export const CONTENT_COLUMNS = `c.id AS certificate_id, c.number, c.holder_name, c.subject_name, o.post_title, c.domains_json,
  s.division_code, c.content_json AS certificate_json, c.valid_from, c.valid_to`;

export const contentOf = (row: ContentRow): PublicContent => ({
  name: row.holder_name,
  unit: row.subject_name,
  certificateNo: row.number,
  post: row.post_title,
  domains: JSON.parse(row.domains_json) as string[],
  area: row.division_code,
  issuer: (JSON.parse(row.certificate_json) as { issuer?: string }).issuer ?? null,
  validFrom: row.valid_from,
  validTo: row.valid_to,
});

/** A record under its lock. */
export interface LockedPublication {
  readonly id: string;
  readonly certificate_id: string;
  readonly officer_id: string;
  readonly state: PublicationState;
  readonly prepared_by: string | null;
  readonly version: number;
}
