import { Injectable } from '@nestjs/common';
import { Metrics } from '../infrastructure/health/metrics.js';
import { Clock } from '../kernel/clock.js';
import { Problem } from '../kernel/problem.js';
import { decideDuty } from '../rules/duty-decision.rules.js';
import type { DutyFacts, DutyRequest } from '../rules/duty-facts.js';
import type { DutyDecision } from '../rules/duty-reasons.js';
import { DutyFactsLoader, type Visibility } from './duty-facts.queries.js';

export interface Decided {
  readonly facts: DutyFacts;
  readonly decision: DutyDecision;
}

/** Every path that clears somebody goes through here: one loader, one rule. */
@Injectable()
export class Decide {
  constructor(
    private readonly loader: DutyFactsLoader,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  /**
   * Decides by what is known now. The time is that at which the facts began to be read: inside a unit of work, behind the locks that
   * the caller has taken.
   * @throws Problem 404 for an unknown body or matter; errors of the database go on to a 503, never to "cleared"
   */
  async now(occasion: string, request: DutyRequest, visibility: Visibility): Promise<Decided> {
    const { facts, toldAt } = await this.loader.load(request, visibility, null);
    const now = this.clock.told(toldAt);
    return this.decided(occasion, facts, request, now, now);
  }

  /** Decides by what was known at an earlier moment. @throws Problem 400 when that moment lies in the future */
  async asKnownAt(occasion: string, request: DutyRequest, visibility: Visibility, knownAt: number): Promise<Decided> {
    const now = await this.clock.now();
    if (knownAt > now) throw new Problem('invalid', 'KNOWN_AT_IN_FUTURE', 'knownAt must not lie in the future.');
    const { facts } = await this.loader.load(request, visibility, knownAt);
    return this.decided(occasion, facts, request, now, knownAt);
  }

  private decided(
    occasion: string,
    facts: DutyFacts,
    request: DutyRequest,
    decidedAt: number,
    knownAt: number,
  ): Decided {
    const decision = decideDuty(facts, request, { decidedAt, knownAt });
    this.metrics.decisions.inc({ occasion, cleared: String(decision.cleared) });
    return { facts, decision };
  }
}
