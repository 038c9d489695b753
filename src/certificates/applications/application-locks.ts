import { Injectable } from '@nestjs/common';
import { notFound, Problem } from '../../kernel/problem.js';
import { below, Db, marks } from '../../infrastructure/database/db.js';
import type { ApplicationCommand, ApplicationState } from '../../rules/application.lifecycle.js';
import { applicationLifecycle, OPEN_APPLICATION_STATES } from '../../rules/application.lifecycle.js';
import type { ApplicationType } from '../../rules/issuance.rules.js';
import { partsOf } from '../collections.js';

export interface LockedApplication {
  readonly id: string;
  readonly type: ApplicationType;
  readonly certificateType: 'ENFORCEMENT' | 'SUPERVISION';
  readonly officerId: string;
  readonly subjectId: string;
  readonly domains: readonly string[];
  readonly state: ApplicationState;
}

interface Row {
  readonly id: string;
  readonly type: ApplicationType;
  readonly certificate_type: 'ENFORCEMENT' | 'SUPERVISION';
  readonly officer_id: string;
  readonly subject_id: string;
  readonly domains_json: string;
  readonly state: ApplicationState;
}

/** Locks applications (after officers and certificate states, where those are needed) and moves them along. */
@Injectable()
export class ApplicationLocks {
  constructor(private readonly db: Db) {}

  /** Those of the ids that exist for a body of this path or below it, ascending. */
  async lockWithin(path: string, ids: readonly string[]): Promise<ReadonlyMap<string, LockedApplication>> {
    const known: string[] = [];
    for (const part of partsOf(ids)) {
      const rows = await this.db.rows<{ id: string }>(
        `SELECT a.id FROM certificate_applications a JOIN subjects s ON s.id = a.subject_id
         WHERE a.id IN (${marks(part)}) AND s.path LIKE ?`,
        [...part, below(path)],
      );
      known.push(...rows.map(({ id }) => id));
    }
    return this.lock(known);
  }

  lock(ids: readonly string[]): Promise<ReadonlyMap<string, LockedApplication>> {
    return this.select(ids, 'FOR UPDATE');
  }

  /** Without a lock, for previews. */
  read(ids: readonly string[]): Promise<ReadonlyMap<string, LockedApplication>> {
    return this.select(ids, '');
  }

  private async select(
    ids: readonly string[],
    lock: 'FOR UPDATE' | '',
  ): Promise<ReadonlyMap<string, LockedApplication>> {
    const locked = new Map<string, LockedApplication>();
    for (const part of partsOf([...new Set(ids)].sort())) {
      const rows = await this.db.rows<Row>(
        `SELECT id, type, certificate_type, officer_id, subject_id, domains_json, state
         FROM certificate_applications FORCE INDEX (PRIMARY) WHERE id IN (${marks(part)}) ORDER BY id ${lock}`,
        part,
      );
      for (const row of rows) locked.set(row.id, applicationOf(row));
    }
    return locked;
  }

  /** One within the scope. @throws Problem 404 */
  async one(path: string, id: string): Promise<LockedApplication> {
    const application = (await this.lockWithin(path, [id])).get(id);
    if (!application) throw notFound('application');
    return application;
  }

  /** Moves applications that this unit has locked; all of them or an error. */
  async move(ids: readonly string[], command: ApplicationCommand): Promise<void> {
    const { from, to } = applicationLifecycle.move(command);
    await this.moveTo(ids, from, to);
  }

  async moveTo(ids: readonly string[], from: readonly ApplicationState[], to: ApplicationState): Promise<void> {
    const slot = OPEN_APPLICATION_STATES.includes(to) ? 'open_slot' : 'NULL';
    for (const part of partsOf(ids)) {
      const moved = await this.db.execute(
        `UPDATE certificate_applications SET state = ?, open_slot = ${slot}, version = version + 1
         WHERE id IN (${marks(part)}) AND state IN (${marks(from)})`,
        [to, ...part, ...from],
      );
      if (moved !== part.length)
        throw new Error(`${moved} of ${part.length} locked applications could be moved to ${to}`);
    }
  }
}

const applicationOf = (row: Row): LockedApplication => ({
  id: row.id,
  type: row.type,
  certificateType: row.certificate_type,
  officerId: row.officer_id,
  subjectId: row.subject_id,
  domains: JSON.parse(row.domains_json) as string[],
  state: row.state,
});

/** @throws Problem 409 with the state found */
export function requireApplication({ state }: LockedApplication, command: ApplicationCommand): void {
  if (applicationLifecycle.allows(state, command)) return;
  throw new Problem(
    'conflict',
    'APPLICATION_STATE',
    `This can't be done (${command}) while the application is ${state}. Read it again to see what is possible now.`,
    { extensions: { state } },
  );
}
