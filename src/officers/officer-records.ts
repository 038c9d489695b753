import { Injectable } from '@nestjs/common';
import { Db, marks } from '../infrastructure/database/db.js';
import type { StaffCategory } from '../rules/duty-facts.js';
import { OfficerIdentity } from './officer-identity.js';
import { personName } from './officer-input.js';
import { domainsOf } from './officer-rows.js';
import { OfficerServiceFacts, type AssignmentChange } from './officer-service-facts.js';
import type { LockedOfficer } from './officers-lock.js';

/** Fields to be changed; a missing one stays, null empties. */
export interface OfficerChange {
  readonly name?: string;
  readonly phone?: string | null;
  readonly education?: string | null;
  readonly postTitle?: string;
  readonly domains?: readonly string[];
  readonly legalQualificationNo?: string | null;
  readonly staffCategory?: StaffCategory;
  readonly onEstablishment?: boolean;
}

export interface ChangeDone {
  readonly changed: boolean;
  readonly assignmentCorrected: boolean;
  readonly version: number;
  /** Old and new values of what changed, in words that may be shown and audited. */
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
  /** The old columns as they were stored, for putting them back. */
  readonly columns: StoredColumns;
}

export interface WantedColumns {
  readonly officer: LockedOfficer;
  readonly columns: StoredColumns;
}

type Column = string | number | null;
export type StoredColumns = Readonly<Record<string, Column>>;

const ON_ASSIGNMENT = ['post_title', 'staff_category', 'on_establishment'] as const;

/** Writes changes of what is registered, under the officer's lock. */
@Injectable()
export class OfficerRecords {
  constructor(
    private readonly db: Db,
    private readonly identity: OfficerIdentity,
    private readonly facts: OfficerServiceFacts,
  ) {}

  /** Which columns would get which value; empty when everything is as given already. */
  differences(officer: LockedOfficer, change: OfficerChange): StoredColumns {
    const wanted: Record<string, Column | undefined> = {
      name: change.name === undefined ? undefined : personName(change.name),
      education: change.education,
      post_title: change.postTitle,
      domains_json: sameDomains(officer, change.domains) ? undefined : JSON.stringify(change.domains),
      legal_qualification_no: change.legalQualificationNo,
      staff_category: change.staffCategory,
      on_establishment: change.onEstablishment === undefined ? undefined : Number(change.onEstablishment),
    };
    const current = officer as unknown as Readonly<Record<string, Column>>;
    const differing = Object.entries(wanted).filter(
      (entry): entry is [string, Column] => entry[1] !== undefined && entry[1] !== current[entry[0]],
    );
    return Object.fromEntries([...differing, ...this.phoneDifference(officer, change.phone)]);
  }

  private phoneDifference(officer: LockedOfficer, phone: string | null | undefined): [string, Column][] {
    if (phone === undefined) return [];
    const known = officer.phone_cipher === null ? null : this.identity.openPhone(officer.id, officer.phone_cipher);
    return known === phone ? [] : Object.entries({ ...this.identity.sealPhone(officer.id, phone) });
  }

  async change(officer: LockedOfficer, change: OfficerChange, now: number, by: string): Promise<ChangeDone> {
    const [done] = await this.write([{ officer, columns: this.differences(officer, change) }], now, by);
    if (!done) throw new Error('a change has no result');
    return done;
  }

  /**
   * Writes columns of locked officers and, where they stand on the running assignment too, its corrected row. Equal changes of many
   * people take one statement. Gives the results in the order of the changes.
   */
  async write(changes: readonly WantedColumns[], now: number, by: string): Promise<readonly ChangeDone[]> {
    const alike = new Map<string, WantedColumns[]>();
    for (const change of changes) {
      if (Object.keys(change.columns).length === 0) continue;
      const key = JSON.stringify(Object.entries(change.columns).sort());
      const group = alike.get(key);
      if (group) group.push(change);
      else alike.set(key, [change]);
    }
    for (const group of alike.values()) await this.writeAlike(group);
    await this.correctAssignments(changes, now, by);
    return changes.map(({ officer, columns }): ChangeDone => {
      const names = Object.keys(columns);
      const current = officer as unknown as Readonly<Record<string, Column>>;
      const old = Object.fromEntries(names.map((name) => [name, current[name] ?? null]));
      const changed = names.length > 0;
      return {
        changed,
        assignmentCorrected: ON_ASSIGNMENT.some((name) => name in columns),
        version: officer.version + (changed ? 1 : 0),
        before: shown(old),
        after: shown(columns),
        columns: old,
      };
    });
  }

  private async writeAlike(group: readonly WantedColumns[]): Promise<void> {
    const columns = group[0]?.columns ?? {};
    const ids = group.map(({ officer }) => officer.id);
    const versions = group.map(({ officer }) => officer.version);
    const written = await this.db.execute(
      `UPDATE officers SET ${Object.keys(columns)
        .map((name) => `${name} = ?`)
        .join(', ')}, version = version + 1 WHERE id IN (${marks(ids)}) AND version IN (${marks(versions)})`,
      [...Object.values(columns), ...ids, ...versions],
    );
    if (written !== group.length) throw new Error('an officer was changed without the lock');
  }

  private async correctAssignments(changes: readonly WantedColumns[], now: number, by: string): Promise<void> {
    const correcting = changes.filter(({ columns }) => ON_ASSIGNMENT.some((name) => name in columns));
    if (correcting.length === 0) return;
    const running = await this.facts.running(correcting.map(({ officer }) => officer.id));
    await this.facts.correctAssignments(
      correcting.flatMap(({ officer, columns }) => {
        const row = running.get(officer.id);
        const wanted = ON_ASSIGNMENT.filter((name) => name in columns).map((name) => [name, columns[name]]);
        return row ? [{ row, change: Object.fromEntries(wanted) as AssignmentChange }] : [];
      }),
      now,
      by,
    );
  }
}

/** The order of domains means nothing. */
const sameDomains = (officer: LockedOfficer, domains: readonly string[] | undefined): boolean =>
  domains === undefined || [...domains].sort().join() === domainsOf(officer.domains_json).sort().join();

const WORDS: Readonly<Record<string, string>> = {
  post_title: 'postTitle',
  domains_json: 'domains',
  legal_qualification_no: 'legalQualificationNo',
  staff_category: 'staffCategory',
  on_establishment: 'onEstablishment',
  phone_masked: 'phone',
};

/** For the audit: the phone masked, the cipher left out. */
const shown = (columns: StoredColumns): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(columns)
      .filter(([name]) => name !== 'phone_cipher')
      .map(([name, value]) => [
        WORDS[name] ?? name,
        name === 'domains_json'
          ? (JSON.parse(String(value)) as unknown)
          : name === 'on_establishment'
            ? value === 1
            : value,
      ]),
  );
