import { Injectable } from '@nestjs/common';
import { Settings } from '../infrastructure/settings/settings.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import type { ImportRow } from '../kernel/import-definition.js';
import { OfficerIdentity } from './officer-identity.js';
import { todayOf } from './officer-input.js';
import { plain } from './officer-roster.columns.js';
import { decideRosterRow, type RosterDecision } from './officer-roster.decide.js';
import { RosterQueries } from './officer-roster.queries.js';
import { error, readRosterRow, type RosterRow } from './officer-roster.row.js';
import { OfficerServiceFacts } from './officer-service-facts.js';
import { OfficersLock } from './officers-lock.js';

export interface RosterDecisions {
  readonly now: number;
  readonly decisions: ReadonlyMap<number, RosterDecision>;
  /** Chinese names of the domains by code. */
  readonly domainNames: ReadonlyMap<string, string>;
}

/** Reads rows of a roster and decides them against the register: some queries for all of them together. */
@Injectable()
export class RosterReader {
  constructor(
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly identity: OfficerIdentity,
    private readonly queries: RosterQueries,
    private readonly lock: OfficersLock,
    private readonly facts: OfficerServiceFacts,
  ) {}

  /** @param how 'lock': the known people are locked before anything is decided about them */
  async decide(actor: Actor, rows: readonly ImportRow[], how: 'look' | 'lock'): Promise<RosterDecisions> {
    const today = todayOf(await this.clock.now());
    const domains = await this.settings.dictionary(today, 'domains');
    const codes = new Map(
      domains.flatMap(({ code, nameZh }) => [plain(code), plain(nameZh)].map((name) => [name, code])),
    );
    const read = rows.map((row) => readRosterRow(row, today, codes));
    const indexes = new Map(read.map((row) => [row.rowNumber, this.indexOf(row)]));
    const units = await this.queries.units(actor, plain);
    const registered = await this.queries.registered([...indexes.values()].filter((index) => index !== null));
    const ids = [...registered.values()].flatMap(({ id, subjectId }) => (units.ids.has(subjectId) ? [id] : []));
    const officers = how === 'lock' ? await this.lock.lock(ids) : await this.lock.peek(ids);
    const now = await this.clock.now();
    const departures = await this.facts.departures(ids);
    const orders = await this.facts.ordersBeyond(ids, now);
    const known = { now, units, registered, officers, departures, orders };
    const decisions = new Map<number, RosterDecision>();
    const seen = new Set<string>();
    for (const row of read) {
      const index = indexes.get(row.rowNumber) ?? null;
      const again = index !== null && seen.has(index);
      if (index !== null) seen.add(index);
      decisions.set(row.rowNumber, again ? refuseDuplicate(row) : decideRosterRow(row, index, known));
    }
    return { now, decisions, domainNames: new Map(domains.map(({ code, nameZh }) => [code, nameZh])) };
  }

  private indexOf({ idNumber }: RosterRow): string | null {
    return idNumber === null ? null : this.identity.indexOf(idNumber);
  }
}

/** The engine marks both rows beforehand; this is the last line. */
const refuseDuplicate = ({ problems }: RosterRow): RosterDecision => ({
  what: 'REFUSE',
  problems: [...problems, error('idNumber', 'DUPLICATE_IN_FILE', '同一身份证号在文件中出现不止一次。请只保留一行。')],
});
