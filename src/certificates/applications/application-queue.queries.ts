import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { STATE_BEFORE_STEP } from '../../rules/application.lifecycle.js';
import { explain } from '../../rules/refusal-texts.js';
import type { Reason } from '../../rules/verdict.js';
import { CertificateLocks } from '../certificate-locks.js';
import { ApplicationLocks } from './application-locks.js';
import type {
  ApplicationQueueView,
  ApplicationView,
  QueueCauseView,
  QueueCountsView,
  QueuedApplicationView,
} from './application.view.js';
import type { ApplicationQueueQuery } from './applications.dto.js';
import { ApplicationQueries } from './applications.queries.js';
import { IssuanceDesk } from './issuance-desk.js';

/** So many are judged for one answer. */
const AT_ONCE = 1000;

interface Judged {
  readonly view: ApplicationView;
  readonly reasons: readonly Reason[];
}

/** What waits at a step, judged with today's facts: exceptions first, so that the rest can be decided as a batch. */
@Injectable()
export class ApplicationQueue {
  constructor(
    private readonly clock: Clock,
    private readonly queries: ApplicationQueries,
    private readonly applications: ApplicationLocks,
    private readonly certificates: CertificateLocks,
    private readonly issuance: IssuanceDesk,
  ) {}

  async read(actor: Actor, { step, subjectId, cause }: ApplicationQueueQuery): Promise<ApplicationQueueView> {
    const views = await this.queries.waiting(actor, STATE_BEFORE_STEP[step], subjectId, AT_ONCE + 1);
    const judged = await this.judge(views.slice(0, AT_ONCE));
    const wanted = judged.filter(({ reasons }) =>
      cause === undefined
        ? true
        : cause === 'CLEAN'
          ? reasons.length === 0
          : reasons.some(({ code }) => code === cause),
    );
    return {
      step,
      counts: countsOf(judged),
      causes: causesOf(judged),
      items: [...wanted]
        .sort(byException)
        .map(({ view, reasons }): QueuedApplicationView => ({ ...view, reasons: reasons.map(explain) })),
      truncated: views.length > AT_ONCE,
    };
  }

  private async judge(views: readonly ApplicationView[]): Promise<readonly Judged[]> {
    const applications = await this.applications.read(views.map(({ id }) => id));
    const held = await this.certificates.ofOfficers([...new Set(views.map(({ officerId }) => officerId))]);
    const asks = [...applications.values()].map((one) => ({ ...one, key: one.id, hasOpenApplication: false }));
    const rulings = await this.issuance.judge(asks, held, await this.clock.now());
    return views.map((view) => ({ view, reasons: rulings.get(view.id)?.reasons ?? [] }));
  }
}

const URGENCY = { RED: 0, AMBER: 1, GREEN: 2 } as const;

function byException(a: Judged, b: Judged): number {
  const [exceptionA, exceptionB] = [a.reasons.length > 0, b.reasons.length > 0];
  if (exceptionA !== exceptionB) return exceptionA ? -1 : 1;
  const urgency = (one: Judged): number => (one.view.clock === null ? 3 : URGENCY[one.view.clock]);
  return urgency(a) - urgency(b) || (a.view.id < b.view.id ? -1 : 1);
}

function countsOf(judged: readonly Judged[]): QueueCountsView {
  const exceptions = judged.filter(({ reasons }) => reasons.length > 0).length;
  const coloured = (colour: string): number => judged.filter(({ view }) => view.clock === colour).length;
  return {
    total: judged.length,
    clean: judged.length - exceptions,
    exceptions,
    green: coloured('GREEN'),
    amber: coloured('AMBER'),
    red: coloured('RED'),
  };
}

function causesOf(judged: readonly Judged[]): QueueCauseView[] {
  const causes = new Map<string, { count: number; first: Reason }>();
  for (const { reasons } of judged) {
    for (const code of new Set(reasons.map((reason) => reason.code))) {
      const known = causes.get(code);
      const first = reasons.find((reason) => reason.code === code);
      if (known) known.count += 1;
      else if (first) causes.set(code, { count: 1, first });
    }
  }
  return [...causes]
    .sort(([a, one], [b, other]) => other.count - one.count || (a < b ? -1 : 1))
    .map(([code, { count, first }]) => {
      const { zh, en } = explain(first);
      return { code, count, zh, en };
    });
}
