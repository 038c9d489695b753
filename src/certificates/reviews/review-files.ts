import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { newId } from '../../kernel/ids.js';
import { below, Db, marks } from '../../infrastructure/database/db.js';
import { REVIEW_STEPS, type ReviewState } from '../../rules/review.lifecycle.js';
import type { ReviewFacts, ReviewResult } from '../../rules/review.rules.js';
import type { StepActor } from '../../rules/separation-of-duties.rules.js';
import { groupBy, inParts, partsOf } from '../collections.js';
import {
  causesOf,
  REVIEW_FILE_COLUMNS,
  reviewFileOf,
  sortKey,
  type ReviewFileRecord,
  type ReviewFileRow,
} from './review.rows.js';

export interface FileStep {
  readonly step: 'EXPLANATION' | 'REVIEW_CHECK' | 'REVIEW_DECISION' | 'REOPENING';
  readonly decision: 'EXPLAIN' | 'PASS' | 'FAIL' | 'RETURN' | 'REOPEN';
  readonly opinion: string;
}

/** Steps of a file, in the order in which they were taken. */
export interface TakenStep extends StepActor {
  readonly round: number;
}

/** What a move changes beside the state. */
export interface FileChange {
  readonly to: ReviewState;
  readonly proposal: 'PASS' | 'FAIL' | null;
  readonly round: number;
  readonly periodRowId: string | null;
  /** What is found now; null: what the unit was asked stays as it is. */
  readonly found: { readonly facts: ReviewFacts; readonly result: ReviewResult } | null;
}

export interface FileMove {
  readonly file: ReviewFileRecord;
  readonly step: FileStep;
  readonly change: FileChange;
}

/** Reads, locks and moves the files of annual reviews, in the caller's unit. Officers and certificate states are locked before. */
@Injectable()
export class ReviewFiles {
  constructor(private readonly db: Db) {}

  /** Those that exist for a body of this path or below it, without a lock: whose they are never changes. */
  async within(
    path: string,
    ids: readonly string[],
  ): Promise<readonly Pick<ReviewFileRow, 'id' | 'campaign_id' | 'officer_id' | 'certificate_id'>[]> {
    return inParts(ids, (part) =>
      this.db.rows(
        `SELECT f.id, f.campaign_id, f.officer_id, f.certificate_id FROM review_files f JOIN subjects s ON s.id = f.subject_id
         WHERE f.id IN (${marks(part)}) AND s.path LIKE ?`,
        [...part, below(path)],
      ),
    );
  }

  /** Locks them, ascending. */
  async lock(ids: readonly string[]): Promise<ReadonlyMap<string, ReviewFileRecord>> {
    const rows = await inParts([...new Set(ids)].sort(), (part) =>
      this.db.rows<ReviewFileRow>(
        `SELECT ${REVIEW_FILE_COLUMNS} FROM review_files f FORCE INDEX (PRIMARY) WHERE f.id IN (${marks(part)}) ORDER BY f.id FOR UPDATE`,
        part,
      ),
    );
    return new Map(rows.map((row) => [row.id, reviewFileOf(row)]));
  }

  async steps(ids: readonly string[]): Promise<ReadonlyMap<string, readonly TakenStep[]>> {
    const rows = await inParts(ids, (part) =>
      this.db.rows<{ file_id: string; round: number; step: string; actor_id: string }>(
        `SELECT file_id, round, step, actor_id FROM review_file_steps WHERE file_id IN (${marks(part)}) ORDER BY decided_at, id`,
        part,
      ),
    );
    return new Map(
      [...groupBy(rows, ({ file_id }) => file_id)].map(([id, all]) => [
        id,
        all.map(({ round, step, actor_id }) => ({ round, step, accountId: actor_id })),
      ]),
    );
  }

  /** Writes the steps and moves the files on. The rows are locked, so they are as they were read or this is a fault of ours. */
  async move(moves: readonly FileMove[], now: number, actor: Actor): Promise<void> {
    // A check changes the same of all: one statement. A decision keeps what was found of each.
    const alike = moves.filter(({ file, change }) => change.found === null && change.periodRowId === file.periodRowId);
    const key = ({ file, change }: FileMove): string =>
      JSON.stringify([file.state, change.to, change.proposal, change.round]);
    for (const group of groupBy(alike, key).values()) await this.moveAlike(group);
    const together = new Set(alike);
    for (const move of moves) if (!together.has(move)) await this.moveOne(move, now);
    await this.db.insert(
      'review_file_steps',
      moves.map(({ file, step, change }) => ({
        id: newId(),
        file_id: file.id,
        round: change.round,
        step: step.step,
        decision: step.decision,
        opinion: step.opinion,
        actor_id: actor.accountId,
        decided_at: new Date(now),
      })),
    );
  }

  private async moveAlike(group: readonly FileMove[]): Promise<void> {
    for (const part of partsOf(group)) {
      const [first] = part;
      if (!first) continue;
      const { to, proposal, round } = first.change;
      const moved = await this.db.execute(
        `UPDATE review_files SET state = ?, proposal = ?, round = ?, version = version + 1
         WHERE id IN (${marks(part)}) AND state = ?`,
        [to, proposal, round, ...part.map(({ file }) => file.id), first.file.state],
      );
      if (moved !== part.length) throw new Error(`${moved} of ${part.length} locked review files could be moved`);
    }
  }

  private async moveOne({ file, change }: FileMove, now: number): Promise<void> {
    const { found } = change;
    const sets = ['state = ?', 'proposal = ?', 'round = ?', 'period_row_id = ?', 'decided_at = ?'];
    const isDecided = change.to === 'PASSED' || change.to === 'FAILED';
    const values: (string | number | Date | null)[] = [
      change.to,
      change.proposal,
      change.round,
      change.periodRowId,
      isDecided ? new Date(now) : null,
    ];
    if (found !== null) {
      sets.push('sorting = ?', 'sort_key = ?', 'facts_json = ?', 'findings_json = ?', 'causes = ?');
      values.push(
        found.result.sorting,
        sortKey(found.result.sorting, file.id),
        JSON.stringify(found.facts),
        JSON.stringify(found.result.findings),
        causesOf(found.result.findings),
      );
    }
    await this.db.updateOne(
      `UPDATE review_files SET ${sets.join(', ')}, version = version + 1 WHERE id = ? AND state = ? AND version = ?`,
      [...values, file.id, file.state, file.version],
      () => {
        throw new Error('a locked review file changed');
      },
    );
  }
}

/** Explaining and asking for another review are the unit's; checking and deciding are levels of their own. */
export const levelOf = ({ step, accountId }: StepActor): StepActor => ({
  accountId,
  step: (REVIEW_STEPS as readonly string[]).includes(step) ? step : 'EXPLANATION',
});
