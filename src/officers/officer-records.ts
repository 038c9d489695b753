import { Injectable } from '@nestjs/common';
import { Db } from '../infrastructure/database/db.js';
import type { StaffCategory } from '../rules/duty-facts.js';
import { OfficerIdentity } from './officer-identity.js';
import { personName } from './officer-input.js';
import type { AssignmentRow } from './officer-rows.js';
import { OfficerServiceFacts } from './officer-service-facts.js';
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
      domains_json: change.domains === undefined ? undefined : JSON.stringify(change.domains),
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

  /** @param running the running assignment where the caller has read it (null: there is none) */
  async change(
    officer: LockedOfficer,
    change: OfficerChange,
    now: number,
    by: string,
    running?: AssignmentRow | null,
  ): Promise<ChangeDone> {
    return this.write(officer, this.differences(officer, change), now, by, running);
  }

  /** Writes columns and, where they stand on the running assignment too, its corrected row. */
  async write(
    officer: LockedOfficer,
    columns: StoredColumns,
    now: number,
    by: string,
    running?: AssignmentRow | null,
  ): Promise<ChangeDone> {
    const names = Object.keys(columns);
    const current = officer as unknown as Readonly<Record<string, Column>>;
    const old = Object.fromEntries(names.map((name) => [name, current[name] ?? null]));
    const done = { before: shown(old), after: shown(columns), columns: old };
    if (names.length === 0) return { ...done, changed: false, assignmentCorrected: false, version: officer.version };
    await this.db.updateOne(
      `UPDATE officers SET ${names.map((name) => `${name} = ?`).join(', ')}, version = version + 1 WHERE id = ? AND version = ?`,
      [...Object.values(columns), officer.id, officer.version],
      () => {
        throw new Error('the officer was changed without the lock');
      },
    );
    const corrected = Object.fromEntries(
      ON_ASSIGNMENT.filter((name) => name in columns).map((name) => [name, columns[name]]),
    );
    const assignmentCorrected = Object.keys(corrected).length > 0;
    if (assignmentCorrected) {
      const current = running === undefined ? (await this.facts.running([officer.id])).get(officer.id) : running;
      if (current) await this.facts.correctAssignment(current, corrected, now, by);
    }
    return { ...done, changed: true, assignmentCorrected, version: officer.version + 1 };
  }
}

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
