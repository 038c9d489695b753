import type { Report } from './differences.js';
import type { Dossier } from './dossier.js';
import { readObject } from './life.js';
import type { Source } from './source.js';

/** Of batches and sweeps so many are kept in mind; ids count upwards, so the next certificates ask for the same ones. */
const KEPT = 200;

/** Entries of the audit trail that stand for many certificates at once. */
abstract class GroupEntries {
  private readonly known = new Map<string, ReadonlySet<string>>();

  constructor(protected readonly source: Source) {}

  protected abstract keysOf(dossier: Dossier): readonly string[];
  protected abstract read(key: string): Promise<ReadonlySet<string>>;

  /** Reads what the next certificates need. */
  async prepare(dossiers: readonly Dossier[]): Promise<void> {
    const keys = new Set(dossiers.flatMap((dossier) => this.keysOf(dossier)));
    for (const key of keys) if (!this.known.has(key)) this.known.set(key, await this.read(key));
    for (const key of this.known.keys()) {
      if (this.known.size <= KEPT) return;
      if (!keys.has(key)) this.known.delete(key);
    }
  }

  protected tells(key: string, what: string): boolean {
    return this.known.get(key)?.has(what) === true;
  }
}

/** A sweep writes one entry for all that it found expired; a card that is taken over when it has expired has it in its own. */
export class Expiries extends GroupEntries {
  protected keysOf({ card, moves }: Dossier): readonly string[] {
    if (card.status !== 'EXPIRED') return [];
    return moves.filter(({ command }) => command === 'expire').map(({ recorded_at }) => recorded_at);
  }

  protected async read(movedAt: string): Promise<ReadonlySet<string>> {
    // The entry is written last in the same transaction.
    const rows = await this.source.rows<{ target_id: string; after_json: string | null }>(
      `SELECT target_id, after_json FROM audit_entries
       WHERE recorded_at >= ? AND recorded_at <= ? + INTERVAL 60 SECOND AND verb = 'certificate.expire'`,
      [movedAt, movedAt],
    );
    return new Set(
      rows.flatMap(({ target_id, after_json }) => {
        const listed = readObject(after_json)['certificates'];
        return [target_id, ...(Array.isArray(listed) ? (listed as string[]) : [])];
      }),
    );
  }

  judge({ card, moves, audits }: Dossier, untold: string, report: Report): void {
    const takenOver = audits.some(
      ({ verb, after_json }) => verb === 'certificate.take-over' && readObject(after_json)['state'] === 'EXPIRED',
    );
    if (takenOver) return;
    for (const { command, recorded_at } of moves) {
      if (command !== 'expire' || recorded_at <= untold) continue;
      if (!this.tells(recorded_at, card.id)) report('AUDIT_MISSING', { command });
    }
  }
}

/** The intent of a chunk is one entry of its batch with all its numbers. */
export class Reservations extends GroupEntries {
  protected keysOf({ card, moves }: Dossier): readonly string[] {
    return card.batch_id !== null && moves.some(({ command }) => command === 'reserve') ? [card.batch_id] : [];
  }

  protected async read(batchId: string): Promise<ReadonlySet<string>> {
    const rows = await this.source.rows<{ after_json: string | null }>(
      `SELECT after_json FROM audit_entries
       WHERE target_type = 'certificate-batch' AND target_id = ? AND verb = 'certificate-batch.reserve'`,
      [batchId],
    );
    return new Set(
      rows.flatMap(({ after_json }) => {
        const numbers = readObject(after_json)['numbers'];
        return Array.isArray(numbers) ? (numbers as string[]) : [];
      }),
    );
  }

  judge({ card, moves }: Dossier, untold: string, report: Report): void {
    const reserved = moves.find(({ command }) => command === 'reserve');
    if (!reserved || reserved.recorded_at <= untold) return;
    if (!this.tells(card.batch_id ?? '', card.number)) report('AUDIT_MISSING', { command: 'reserve' });
  }
}
