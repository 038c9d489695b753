import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { staleVersion } from '../../infrastructure/http/if-match.js';
import { inputInvalid } from '../../infrastructure/validation/validation.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { Problem } from '../../kernel/problem.js';
import { legalDateOf } from '../../rules/calendar.js';
import { isSameKind, judgeSetting, judgeSettingDate, movesLegalThreshold } from '../../rules/setting.rules.js';
import type { Reason } from '../../rules/verdict.js';
import { SettingPeriods } from './setting-periods.js';
import type { ChangeSettingDto } from './settings.dto.js';
import { SettingQueries } from './settings.queries.js';
import type { SettingRow } from './settings.rows.js';
import { inForceOn, isCurrent, isProposed, versionOf, type SettingDetailView } from './settings.view.js';

/** Dates a new value. One that moves a legal threshold is only proposed: the approver decides. */
@Injectable()
export class ChangeSetting {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly settings: SettingQueries,
    private readonly periods: SettingPeriods,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 400 other type, 404, 409 a proposal waits, 412, 422 */
  execute(actor: Actor, key: string, ifMatch: number, given: ChangeSettingDto): Promise<SettingDetailView> {
    return this.uow.run(async () => {
      const rows = await this.settings.lock(key);
      const now = await this.clock.now();
      const today = legalDateOf(now) ?? '';
      const version = versionOf(rows);
      if (version !== ifMatch) throw staleVersion(version);
      const before = this.refuse(key, rows, given, today);
      const value = {
        key,
        json: JSON.stringify(given.value),
        effectiveFrom: given.effectiveFrom,
        basis: before.basis,
        reason: given.reason,
        createdBy: actor.accountId,
        approvedBy: null,
      };
      const proposed = movesLegalThreshold(key);
      if (proposed) await this.propose(value, version + 1, now);
      else await this.periods.begin(value, rows, now);
      this.audit.record(
        actor,
        proposed ? 'setting.propose' : 'setting.change',
        { type: 'setting', id: key },
        { before: { value: JSON.parse(before.value_json) as unknown }, after: given },
      );
      return this.settings.read(key, today);
    });
  }

  private refuse(key: string, rows: readonly SettingRow[], given: ChangeSettingDto, today: string): SettingRow {
    const before = inForceOn(rows, given.effectiveFrom) ?? rows.find(isCurrent);
    if (!before) throw new Error(`the setting ${key} was never in force`);
    if (!isSameKind(JSON.parse(before.value_json), given.value)) {
      throw inputInvalid([
        { pointer: '/value', code: 'SETTING_TYPE', detail: 'value must be of the same type as the value in force' },
      ]);
    }
    if (rows.some(isProposed)) {
      throw new Problem('conflict', 'SETTING_PROPOSED', 'A proposal for this setting waits for the approver.', {
        extensions: { state: 'PROPOSED' },
      });
    }
    const reasons: readonly Reason[] = [
      ...judgeSetting(key, given.value).reasons,
      ...judgeSettingDate(given.effectiveFrom, today).reasons,
    ];
    if (reasons.length > 0) {
      throw new Problem('refused', 'SETTING_REFUSED', 'This value can not be set; each reason is named.', { reasons });
    }
    return before;
  }

  private async propose(value: Parameters<SettingPeriods['begin']>[0], version: number, now: number): Promise<void> {
    await this.db.insert('settings', {
      id: newId(),
      setting_key: value.key,
      value_json: value.json,
      effective_from: value.effectiveFrom,
      effective_to: null,
      basis: value.basis,
      reason: value.reason,
      created_by: value.createdBy,
      created_at: new Date(now),
      approved_state: 'PROPOSED',
      version,
    });
  }
}
