import { createHash } from 'node:crypto';

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

/** SHA-256 over the fields in fixed order, each with its byte length (null is '-'), so that no two contents share their bytes. */
export function entryHash(content: AuditContent): string {
  const hash = createHash('sha256');
  for (const value of [
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
  ]) {
    hash.update(value === null ? '-;' : `${Buffer.byteLength(value)}:${value};`);
  }
  return hash.digest('hex');
}
