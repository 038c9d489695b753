import { ApiProperty } from '@nestjs/swagger';
import type { CheckpointRow, EntryRow } from './audit.rows.js';

export class AuditTargetView {
  type: string;
  id: string;
}

export class AuditEntryView {
  seq: number;
  id: string;
  recordedAt: string;
  /** Null: the system by itself. */
  actorId: string | null;
  actorName: string;
  actingSubjectId: string | null;
  verb: string;
  target: AuditTargetView;
  @ApiProperty({ type: Object, nullable: true })
  before: unknown;
  @ApiProperty({ type: Object, nullable: true })
  after: unknown;
  @ApiProperty({ type: Object, nullable: true })
  reasons: unknown;
  requestId: string | null;
  ipAddress: string | null;
  previousHash: string;
  entryHash: string;
}

export class AuditEntryPageView {
  @ApiProperty({ type: [AuditEntryView] })
  items: readonly AuditEntryView[];
  nextCursor: string | null;
}

export class CheckpointView {
  /** The checkpoint vouches for every entry up to this one. */
  seq: number;
  entryHash: string;
  createdAt: string;
  signature: string;
  keyId: string;
}

export class CheckpointPageView {
  @ApiProperty({ type: [CheckpointView] })
  items: readonly CheckpointView[];
  nextCursor: string | null;
}

export const CHAIN_FAULTS = [
  'ENTRY_MISSING',
  'ENTRY_ALTERED',
  'CHAIN_BROKEN',
  'HEAD_DIFFERS',
  'BEYOND_HEAD',
  'TAIL_CUT',
  'CHECKPOINT_DIFFERS',
  'CHECKPOINT_SIGNATURE',
  'CHECKPOINT_MISSING',
  'WITNESS_DIFFERS',
  'WITNESS_SIGNATURE',
  'WITNESS_MISSING',
  'WITNESS_UNREADABLE',
] as const;
export type ChainFaultCode = (typeof CHAIN_FAULTS)[number];

export class ChainFaultView {
  /** The first entry that can't be trusted. */
  seq: number;
  @ApiProperty({ enum: CHAIN_FAULTS })
  why: ChainFaultCode;
}

export class ChainVerificationView {
  /** Entries that were looked at. */
  entries: number;
  ok: boolean;
  @ApiProperty({ type: ChainFaultView, required: false })
  firstBad?: ChainFaultView;
}

const json = (text: string | null): unknown => (text === null ? null : (JSON.parse(text) as unknown));

export const entryView = (row: EntryRow): AuditEntryView => ({
  seq: row.seq,
  id: row.id,
  recordedAt: row.recorded_at.toISOString(),
  actorId: row.actor_id,
  actorName: row.actor_name,
  actingSubjectId: row.acting_subject_id,
  verb: row.verb,
  target: { type: row.target_type, id: row.target_id },
  before: readable(row.before_json),
  after: readable(row.after_json),
  reasons: readable(row.reasons_json),
  requestId: row.request_id,
  ipAddress: row.ip_address,
  previousHash: row.previous_hash,
  entryHash: row.entry_hash,
});

/** A text that somebody spoiled is still shown. */
function readable(text: string | null): unknown {
  try {
    return json(text);
  } catch {
    return text;
  }
}

export const checkpointView = (row: CheckpointRow): CheckpointView => ({
  seq: row.seq,
  entryHash: row.entry_hash,
  createdAt: row.created_at.toISOString(),
  signature: row.signature,
  keyId: row.key_id,
});
