import { Injectable } from '@nestjs/common';
import { GENESIS, hashOfText } from './audit-chain.js';
import { AuditQueries } from './audit.queries.js';
import type { CheckpointRow, SealedRow } from './audit.rows.js';
import type { ChainFaultCode } from './audit.view.js';
import { CheckpointSeal, type Checkpoint } from './checkpoint-seal.js';
import { Witness } from './witness.js';

export interface ChainFault {
  readonly seq: number;
  readonly why: ChainFaultCode;
}

export interface Verification {
  readonly entries: number;
  readonly ok: boolean;
  readonly firstBad?: ChainFault;
}

export interface ChainLink {
  readonly seq: number;
  readonly hash: string;
}

/** Entries read at a time; the next ones are on their way while these are hashed. */
const CHUNK = 4000;

/**
 * Recomputes the whole trail from its stored texts: no gap, every hash, the head, and every checkpoint of the table and of the
 * witness (INV-5). What is written meanwhile is not looked at.
 */
@Injectable()
export class VerifyChain {
  constructor(
    private readonly chain: AuditQueries,
    private readonly seal: CheckpointSeal,
    private readonly witness: Witness,
  ) {}

  async execute(): Promise<Verification> {
    const witnessed = new Ahead(this.witness.lines(await this.witness.size()));
    const lastWitnessed = await this.witness.lastSeq();
    // After the witness was measured: the head only moves forward, so no checkpoint of it lies beyond.
    const ends = await this.chain.ends();
    let entries = 0;
    let link: ChainLink = { seq: 0, hash: GENESIS };
    for await (const rows of this.chunks(0, ends.headSeq)) {
      const fault = chainFault(rows, link);
      const last = rows.at(-1)?.seq ?? link.seq;
      const upTo = Math.min(last, fault?.seq ?? last);
      const table = await this.chain.checkpointsBetween(link.seq, upTo);
      const found = earliest(fault, await this.checkpointFault(rows, table, witnessed, upTo, lastWitnessed));
      if (found) return { entries: entries + rows.length, ok: false, firstBad: found };
      entries += rows.length;
      link = { seq: last, hash: rows.at(-1)?.entry_hash ?? link.hash };
    }
    const firstBad = await this.endFault(link, ends, witnessed);
    return firstBad ? { entries, ok: false, firstBad } : { entries, ok: true };
  }

  /** The first fault among the entries after a link, up to an entry; null when there is none. */
  async faultAfter(start: ChainLink, upTo: number): Promise<ChainFault | null> {
    let link = start;
    for await (const rows of this.chunks(start.seq, upTo)) {
      const fault = chainFault(rows, link);
      if (fault) return fault;
      const last = rows.at(-1);
      if (last) link = { seq: last.seq, hash: last.entry_hash };
    }
    return link.seq === upTo ? null : { seq: link.seq + 1, why: 'ENTRY_MISSING' };
  }

  private async *chunks(after: number, upTo: number): AsyncGenerator<SealedRow[]> {
    let next = this.chain.sealed(after, upTo, CHUNK);
    for (;;) {
      const rows = await next;
      const last = rows.at(-1);
      if (!last) return;
      next = rows.length < CHUNK ? Promise.resolve([]) : this.chain.sealed(last.seq, upTo, CHUNK);
      // Somebody may leave this loop early: its failure is then nobody's.
      next.catch(() => undefined);
      yield rows;
    }
  }

  private async checkpointFault(
    rows: readonly SealedRow[],
    table: readonly CheckpointRow[],
    witnessed: Ahead,
    upTo: number,
    lastWitnessed: number,
  ): Promise<ChainFault | null> {
    const hashes = new Map(rows.map(({ seq, entry_hash }) => [seq, entry_hash]));
    const faults: (ChainFault | null)[] = [];
    const inTable = new Map(table.map((row) => [row.seq, checkpointOf(row)]));
    for (const checkpoint of inTable.values()) {
      const { seq } = checkpoint;
      if (hashes.get(seq) !== checkpoint.entryHash) faults.push({ seq, why: 'CHECKPOINT_DIFFERS' });
      else if (!this.seal.isGenuine(checkpoint)) faults.push({ seq, why: 'CHECKPOINT_SIGNATURE' });
    }
    const seen = new Set<number>();
    for (;;) {
      const line = await witnessed.upTo(upTo);
      if (line === undefined) break;
      if (line === null) {
        faults.push({ seq: rows[0]?.seq ?? 0, why: 'WITNESS_UNREADABLE' });
        continue;
      }
      seen.add(line.seq);
      if (!this.seal.isGenuine(line)) faults.push({ seq: line.seq, why: 'WITNESS_SIGNATURE' });
      else if (hashes.get(line.seq) !== line.entryHash) faults.push({ seq: line.seq, why: 'WITNESS_DIFFERS' });
      else if (!inTable.has(line.seq)) faults.push({ seq: line.seq, why: 'CHECKPOINT_MISSING' });
    }
    // The newest ones may still be on their way to the witness; none between others can be.
    for (const seq of inTable.keys()) {
      if (seq < lastWitnessed && !seen.has(seq)) faults.push({ seq, why: 'WITNESS_MISSING' });
    }
    return faults.reduce(earliest, null);
  }

  private async endFault(
    link: ChainLink,
    ends: Awaited<ReturnType<AuditQueries['ends']>>,
    witnessed: Ahead,
  ): Promise<ChainFault | null> {
    const next = link.seq + 1;
    if (link.seq < ends.headSeq) return { seq: next, why: 'ENTRY_MISSING' };
    if (link.hash !== ends.headHash) return { seq: Math.max(link.seq, 1), why: 'HEAD_DIFFERS' };
    if (ends.lastSeq > ends.headSeq) return { seq: next, why: 'BEYOND_HEAD' };
    if (ends.lastCheckpoint > ends.headSeq) return { seq: next, why: 'TAIL_CUT' };
    const rest = await witnessed.upTo(Number.MAX_SAFE_INTEGER);
    if (rest === undefined) return null;
    return rest === null ? { seq: next, why: 'WITNESS_UNREADABLE' } : { seq: next, why: 'TAIL_CUT' };
  }
}

/** The first entry of a run that is not where or what it was. */
function chainFault(rows: readonly SealedRow[], start: ChainLink): ChainFault | null {
  let { seq, hash } = start;
  for (const row of rows) {
    seq += 1;
    if (row.seq !== seq) return { seq, why: 'ENTRY_MISSING' };
    if (hashOfText(row.content) !== row.entry_hash) return { seq, why: 'ENTRY_ALTERED' };
    if (!row.content.startsWith(`64:${hash};`)) return { seq, why: 'CHAIN_BROKEN' };
    hash = row.entry_hash;
  }
  return null;
}

const earliest = (a: ChainFault | null, b: ChainFault | null): ChainFault | null =>
  a === null || (b !== null && b.seq < a.seq) ? b : a;

const checkpointOf = (row: CheckpointRow): Checkpoint => ({
  seq: row.seq,
  entryHash: row.entry_hash,
  createdAt: row.created_at.toISOString(),
  signature: row.signature,
  keyId: row.key_id,
});

/** Looks one line ahead, so that lines can be taken up to an entry. */
class Ahead {
  private held: Checkpoint | null | undefined;
  private ended = false;

  constructor(private readonly lines: AsyncGenerator<Checkpoint | null>) {}

  /** The next line if it is for an entry up to this one; null if it can't be read; undefined if there is none. */
  async upTo(seq: number): Promise<Checkpoint | null | undefined> {
    if (this.held === undefined && !this.ended) {
      const next = await this.lines.next();
      if (next.done) this.ended = true;
      else this.held = next.value;
    }
    const line = this.held;
    if (line && line.seq > seq) return undefined;
    this.held = undefined;
    return line;
  }
}
