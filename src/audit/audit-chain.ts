import { hash } from 'node:crypto';

/** What the hash of an entry covers: everything. Texts exactly as stored. */
export interface AuditContent {
  readonly seq: number;
  readonly id: string;
  readonly recordedAt: string;
  readonly actorId: string | null;
  readonly actorName: string;
  readonly actingSubjectId: string | null;
  readonly verb: string;
  readonly targetType: string;
  readonly targetId: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly reasons: string | null;
  readonly requestId: string | null;
  readonly ipAddress: string | null;
  readonly previousHash: string;
}

/** The hash before the first entry. */
export const GENESIS = '0'.repeat(64);

/** Each field in fixed order with its byte length (null is '-'), so that no two contents share their bytes. */
export const canonicalEntry = (content: AuditContent): string =>
  [
    content.previousHash,
    String(content.seq),
    content.id,
    content.recordedAt,
    content.actorId,
    content.actorName,
    content.actingSubjectId,
    content.verb,
    content.targetType,
    content.targetId,
    content.before,
    content.after,
    content.reasons,
    content.requestId,
    content.ipAddress,
  ]
    .map((value) => (value === null ? '-;' : `${Buffer.byteLength(value)}:${value};`))
    .join('');

/** SHA-256 over the canonical text. */
export const entryHash = (content: AuditContent): string => hashOfText(canonicalEntry(content));

export const hashOfText = (canonical: string): string => hash('sha256', canonical, 'hex');
