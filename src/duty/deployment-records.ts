import { Injectable } from '@nestjs/common';
import { Db } from '../infrastructure/database/db.js';
import { newId } from '../kernel/ids.js';
import type { DutyRequest } from '../rules/duty-facts.js';
import type { Decided } from './decide.js';
import { storeFacts } from './stored-facts.js';

/** Evidence of every decision about a deployment; never rewritten. */
@Injectable()
export class DeploymentRecords {
  constructor(private readonly db: Db) {}

  async keep(
    deploymentId: string,
    occasion: 'CREATE' | 'START' | 'RECALL',
    request: DutyRequest,
    { facts, decision }: Decided,
    by: { readonly accountId: string | null; readonly cause?: string },
  ): Promise<void> {
    const stored = storeFacts(facts, request);
    await this.db.insert('deployment_decisions', {
      id: newId(),
      deployment_id: deploymentId,
      occasion,
      cause: by.cause ?? null,
      cleared: decision.cleared ? 1 : 0,
      request_json: JSON.stringify(request),
      facts_json: stored.json,
      facts_hash: stored.hash,
      decision_json: JSON.stringify(decision),
      rules_version: decision.rulesVersion,
      decided_at: new Date(decision.decidedAt),
      decided_by: by.accountId,
    });
  }
}
