import { Injectable } from '@nestjs/common';
import { HandlesTopic, Sweeps, type Sweeper, type TopicHandler } from '../../infrastructure/discovery/marks.js';
import { logger } from '../../infrastructure/logging/logger.js';
import { ImportStore } from '../import-store.js';
import { CommitImport } from './commit-import.js';
import { LeaseLost, Leases, type Lease } from './leases.js';
import { ParseImport } from './parse-import.js';
import { ValidateImport } from './validate-import.js';

/** A long import must not keep the others waiting when Redis is away and the sweeper does all the work. */
const SWEPT_AT_ONCE = 3;

/**
 * Takes imports through their phases. Rung by the outbox; a sweeper finds whatever a killed worker left behind when its lease runs
 * out. Faults leave the import where its last chunk was: the next try goes on from there.
 */
@HandlesTopic('import.advance')
@Sweeps({ everyMs: 1000 })
@Injectable()
export class ImportWorker implements TopicHandler, Sweeper {
  readonly longRunning = true;
  private readonly stopping = new AbortController();
  /** Laid down while the database was away, so that it does not know of it. */
  private readonly unreleased: Lease[] = [];

  constructor(
    private readonly store: ImportStore,
    private readonly leases: Leases,
    private readonly parse: ParseImport,
    private readonly validate: ValidateImport,
    private readonly commit: CommitImport,
  ) {}

  async handle(payload: object): Promise<void> {
    const { importId } = payload as { importId?: unknown };
    if (typeof importId !== 'string') throw new Error('an import event carries an import id');
    await this.advance(importId);
  }

  async sweep(): Promise<number> {
    for (const lease of this.unreleased.splice(0)) await this.layDown(lease);
    const waiting = [...(await this.leases.waiting())];
    let moved = 0;
    const work = async (): Promise<void> => {
      for (let importId = waiting.shift(); importId !== undefined; importId = waiting.shift()) {
        if (await this.advance(importId)) moved += 1;
      }
    };
    await Promise.all(Array.from({ length: SWEPT_AT_ONCE }, work));
    return moved;
  }

  /** Lays the work down at the next chunk; somebody else goes on. */
  stop(): void {
    this.stopping.abort();
  }

  /** Works until nothing is left to do; true when something was done. */
  async advance(importId: string): Promise<boolean> {
    if (this.stopping.signal.aborted) return false;
    const lease = await this.leases.claim(importId);
    if (!lease) return false;
    try {
      while (!this.stopping.signal.aborted && (await this.step(lease)));
    } catch (error) {
      this.validate.leave(importId);
      this.commit.leave(importId);
      if (error instanceof LeaseLost) return true;
      if (!this.stopping.signal.aborted) {
        const name = error instanceof Error ? error.name : 'unknown';
        logger.warn({ importId, error: name }, 'an import stopped in the middle; it goes on from its last chunk');
      }
    }
    await this.layDown(lease);
    return true;
  }

  private async layDown(lease: Lease): Promise<void> {
    await this.leases.release(lease).catch(() => this.unreleased.push(lease));
  }

  /** False when the import waits for somebody or is over. */
  private async step(lease: Lease): Promise<boolean> {
    const found = await this.store.byId(lease.importId);
    const { status } = found;
    if (status === 'RECEIVED' || status === 'PARSING') await this.parse.execute(lease, this.stopping.signal);
    else if (status === 'VALIDATING') await this.validate.execute(lease, found);
    else if (status === 'COMMITTING') await this.commit.execute(lease, found);
    else return false;
    return true;
  }
}
