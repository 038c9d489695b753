import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { encodeCursor, type Page } from '../../kernel/page.js';
import {
  delegationStandingOf,
  delegationVerbs,
  type DelegationStanding,
  type DelegationTimes,
} from '../../rules/delegation.lifecycle.js';
import { addDays, legalDateOf } from '../../rules/calendar.js';
import { explain } from '../../rules/refusal-texts.js';
import { DelegationRulings } from './delegation-rulings.js';
import type { DelegationFilters, DelegationsQuery } from './delegations.dto.js';
import { DelegationQueries } from './delegations.queries.js';
import type { DelegationFile } from './delegations.rows.js';
import {
  delegationDetailView,
  delegationView,
  type DelegationDetailView,
  type DelegationView,
} from './delegations.view.js';

/** Files read at a time while looking for those that stand as asked. */
const BATCH = 200;

/** Shows delegations with how they stand now. That is derived from dates by the law book, never stored. */
@Injectable()
export class DelegationReader {
  constructor(
    private readonly delegations: DelegationQueries,
    private readonly rulings: DelegationRulings,
  ) {}

  async read(actor: Actor, id: string, now: number): Promise<DelegationDetailView> {
    return this.show(await this.delegations.file(actor, id), now);
  }

  async show(file: DelegationFile, now: number): Promise<DelegationDetailView> {
    const standing = standingOf(file, now);
    return delegationDetailView(
      file,
      standing,
      await this.delegations.records(file.row.id),
      delegationVerbs(file.row.stage, standing),
      (await this.rulings.warnings(file, standing, now)).map(explain),
    );
  }

  /** The delegations of a body on one of its sides, at most `count` of them. */
  async of(actor: Actor, side: DelegationFilters, count: number, now: number): Promise<DelegationView[]> {
    const files = await this.delegations.after(actor, side, '', count);
    return files.map((file) => delegationView(file, standingOf(file, now)));
  }

  /** With `state` the rows are judged one by one, so that SQL need not know the rule. */
  async list(actor: Actor, query: DelegationsQuery, now: number): Promise<Page<DelegationView>> {
    const found: DelegationView[] = [];
    const wanted = wantedBy(query, now);
    const batch = wanted === null ? query.limit + 1 : BATCH;
    let cursor = query.after();
    for (;;) {
      const files = await this.delegations.after(actor, query, cursor, batch);
      for (const file of files) {
        const standing = standingOf(file, now);
        if (wanted === null || wanted(file, standing)) found.push(delegationView(file, standing));
        if (found.length > query.limit) return pageOfViews(found, query.limit);
      }
      const last = files.at(-1);
      if (!last || files.length < batch) return pageOfViews(found, query.limit);
      cursor = last.row.id;
    }
  }
}

/** The standings in which a delegation still runs towards its last day. */
const RUNNING: readonly DelegationStanding[] = ['SIGNED', 'PUBLISHED', 'EFFECTIVE', 'SUSPENDED'];

/** The conditions that SQL does not know; null where there are none. */
function wantedBy(
  { state, expiringWithinDays }: DelegationsQuery,
  now: number,
): ((file: DelegationFile, standing: DelegationStanding) => boolean) | null {
  if (state === undefined && expiringWithinDays === undefined) return null;
  const today = legalDateOf(now);
  const last = expiringWithinDays === undefined || today === null ? null : addDays(today, expiringWithinDays);
  return ({ row }, standing) =>
    (state === undefined || state === standing) &&
    (expiringWithinDays === undefined || (last !== null && RUNNING.includes(standing) && row.valid_to <= last));
}

/** What the law book wants to know of a delegation's times. */
export const timesOf = ({ row, publications, suspensions, revocation }: DelegationFile): DelegationTimes => ({
  state: row.stage,
  validFrom: row.valid_from,
  validTo: row.valid_to,
  delegatorPublishedOn: publications.find(({ side }) => side === 'DELEGATOR')?.published_on ?? null,
  delegateePublishedOn: publications.find(({ side }) => side === 'DELEGATEE')?.published_on ?? null,
  suspensions: suspensions
    .filter(({ superseded_at }) => superseded_at === null)
    .map(({ effective_from, effective_to }) => ({
      from: effective_from.getTime(),
      to: effective_to?.getTime() ?? null,
    })),
  revokedFrom: revocation?.effective_from.getTime() ?? null,
});

export const standingOf = (file: DelegationFile, now: number): DelegationStanding =>
  delegationStandingOf(timesOf(file), now);

function pageOfViews(found: readonly DelegationView[], limit: number): Page<DelegationView> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: found.length > limit && last ? encodeCursor(last.id) : null };
}
