import { Injectable } from '@nestjs/common';
import { Db, marks } from '../../infrastructure/database/db.js';
import { ESCALATION, type RunningClock } from '../../kernel/clock-source.js';
import type { Role } from '../../kernel/permissions.js';

interface Holder {
  readonly id: string;
  readonly role: Role;
  readonly path: string;
}

/** Who is told. Accounts are read anew for every round: who was disabled or changed roles is not told any more. */
@Injectable()
export class Recipients {
  constructor(private readonly db: Db) {}

  /** For each clock the accounts, by its place in the list. */
  async of(clocks: readonly RunningClock[], tellsOfficer: boolean): Promise<readonly (readonly string[])[]> {
    const holders = await this.db.rows<Holder>(
      `SELECT a.id, r.role, s.path FROM accounts a JOIN account_roles r ON r.account_id = a.id JOIN subjects s ON s.id = a.home_subject_id
       WHERE a.status = 'ACTIVE' AND r.role IN ('HR','REVIEWER','APPROVER','SUPERVISOR','EXAM_OFFICER')`,
    );
    const paths = await this.pathsOf(clocks.map(({ subjectId }) => subjectId));
    const officers = tellsOfficer
      ? await this.accountsOf(clocks.flatMap(({ officerId }) => officerId ?? []))
      : new Map();
    return clocks.map((clock) => {
      const path = paths.get(clock.subjectId) ?? '';
      const roles = clock.roles ?? ESCALATION[clock.level];
      const own = clock.officerId === null ? [] : ((officers.get(clock.officerId) ?? []) as readonly string[]);
      return [...new Set([...roles.flatMap((role) => nearest(holders, role, path)), ...own])].sort();
    });
  }

  private async pathsOf(subjectIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const ids = [...new Set(subjectIds)];
    const rows = await this.db.rows<{ id: string; path: string }>(
      `SELECT id, path FROM subjects WHERE id IN (${marks(ids)})`,
      ids,
    );
    return new Map(rows.map(({ id, path }) => [id, path]));
  }

  private async accountsOf(officerIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const ids = [...new Set(officerIds)];
    const rows = await this.db.rows<{ id: string; officer_id: string }>(
      `SELECT a.id, a.officer_id FROM accounts a JOIN account_roles r ON r.account_id = a.id AND r.role = 'OFFICER'
       WHERE a.status = 'ACTIVE' AND a.officer_id IN (${marks(ids)})`,
      ids,
    );
    const accounts = new Map<string, string[]>();
    for (const { id, officer_id } of rows) accounts.set(officer_id, [...(accounts.get(officer_id) ?? []), id]);
    return accounts;
  }
}

/** Of those with the role whose body stands at or above the given one, the ones that stand nearest. */
export function nearest(holders: readonly Holder[], role: Role, path: string): string[] {
  const above = holders.filter((holder) => holder.role === role && path.startsWith(holder.path));
  const closest = Math.max(0, ...above.map((holder) => holder.path.length));
  return above.filter((holder) => holder.path.length === closest).map(({ id }) => id);
}
