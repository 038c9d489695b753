import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Db, below } from '../infrastructure/database/db.js';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { notFound, Problem } from '../kernel/problem.js';
import { deploymentLifecycle, type DeploymentCommand, type DeploymentState } from '../rules/deployment.lifecycle.js';
import type { DutyRequest } from '../rules/duty-facts.js';
import type { DutyDecision } from '../rules/duty-reasons.js';
import { notCleared } from './create-deployment.js';
import { Decide } from './decide.js';
import { DeploymentRecords } from './deployment-records.js';
import { EVERYTHING } from './duty-facts.queries.js';
import { DutyLocks } from './duty-locks.js';
import type { DeploymentRow } from './deployment-row.js';
import { RecallDeployments } from './recall-deployments.js';

const COLUMNS = 'd.id, d.subject_id, d.matter_code, d.division_code, d.span_from, d.span_to, d.status, d.owner_id';

/** Start, complete, cancel. A start is decided anew behind the locks; a team no longer cleared is recalled instead. */
@Injectable()
export class MoveDeployment {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly locks: DutyLocks,
    private readonly decide: Decide,
    private readonly records: DeploymentRecords,
    private readonly recall: RecallDeployments,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 409 with the status found; 422 NOT_CLEARED when the team may no longer act (it is then RECALLED) */
  async start(actor: Actor, id: string): Promise<void> {
    const refused = await this.uow.run(async (): Promise<DutyDecision | null> => {
      const seen = await this.find(actor, id);
      const members = await this.db.rows<{ officer_id: string }>(
        'SELECT officer_id FROM deployment_members WHERE deployment_id = ? ORDER BY officer_id',
        [id],
      );
      const planned: DutyRequest = {
        subjectId: seen.subject_id,
        matterCode: seen.matter_code,
        divisionCode: seen.division_code,
        from: seen.span_from.getTime(),
        to: seen.span_to.getTime(),
        members: members.map(({ officer_id }) => ({ key: `id:${officer_id}`, officerId: officer_id })),
      };
      const locked = await this.locks.take(planned);
      const row = await this.lock(actor, id);
      this.refuseUnlessFrom(row.status, 'start');
      const now = await this.clock.now();
      if (now >= planned.to) {
        throw new Problem('conflict', 'SPAN_OVER', 'The span of this deployment is over; plan a new one.', {
          extensions: { state: row.status },
        });
      }
      // Who starts early acts from now on: the whole time must be covered.
      const request = { ...planned, from: Math.min(planned.from, now) };
      const decided = await this.decide.now('start', request, EVERYTHING);
      this.locks.refuseUnlocked(decided.facts, locked);
      if (!decided.decision.cleared) {
        await this.recall.recall(row, request, decided, 'deployment.start');
        return decided.decision;
      }
      await this.db.updateOne(
        `UPDATE deployments SET status = 'ACTIVE', started_at = ?, span_from = ?, version = version + 1 WHERE id = ? AND status = 'PLANNED'`,
        [new Date(now), new Date(request.from), id],
        () => this.refuse(row.status, 'start'),
      );
      await this.records.keep(id, 'START', request, decided, { accountId: actor.accountId });
      this.audit.record(
        actor,
        'deployment.start',
        { type: 'deployment', id },
        { before: { status: row.status }, after: { status: 'ACTIVE' } },
      );
      return null;
    });
    if (refused) throw notCleared(refused, 'RECALLED');
  }

  /** Ends a deployment that began, or calls off one that did not. @throws Problem 409 with the status found */
  async end(actor: Actor, id: string, command: 'complete' | 'cancel'): Promise<void> {
    await this.uow.run(async () => {
      const row = await this.lock(actor, id);
      this.refuseUnlessFrom(row.status, command);
      const { to } = deploymentLifecycle.move(command);
      await this.db.updateOne(
        'UPDATE deployments SET status = ?, ended_at = ?, version = version + 1 WHERE id = ? AND status = ?',
        [to, new Date(await this.clock.now()), id, row.status],
        () => this.refuse(row.status, command),
      );
      this.audit.record(
        actor,
        `deployment.${command}`,
        { type: 'deployment', id },
        { before: { status: row.status }, after: { status: to } },
      );
    });
  }

  private async find(actor: Actor, id: string): Promise<DeploymentRow> {
    const row = await this.db.row<DeploymentRow>(
      `SELECT ${COLUMNS} FROM deployments d JOIN subjects s ON s.id = d.subject_id WHERE d.id = ? AND s.path LIKE ?`,
      [id, below(actor.homeSubjectPath)],
    );
    if (!row) throw notFound('deployment');
    return row;
  }

  /** The row itself, locked, after scope was checked; the last lock in the order. */
  private async lock(actor: Actor, id: string): Promise<DeploymentRow> {
    await this.find(actor, id);
    const row = await this.db.row<DeploymentRow>(`SELECT ${COLUMNS} FROM deployments d WHERE d.id = ? FOR UPDATE`, [
      id,
    ]);
    if (!row) throw notFound('deployment');
    return row;
  }

  private refuseUnlessFrom(status: DeploymentState, command: DeploymentCommand): void {
    if (!deploymentLifecycle.move(command).from.includes(status)) this.refuse(status, command);
  }

  private refuse(status: DeploymentState, command: DeploymentCommand): never {
    throw new Problem('conflict', 'WRONG_STATE', `A deployment that is ${status} can't ${command}. Read it again.`, {
      extensions: { state: status },
    });
  }
}
