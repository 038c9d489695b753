import { Injectable } from '@nestjs/common';
import { WorkingDays } from '../../infrastructure/calendar/working-days.js';
import { Settings } from '../../infrastructure/settings/settings.js';
import { delegationReminders } from '../../rules/body-register.rules.js';
import { legalDateOf } from '../../rules/calendar.js';
import type { DelegationStanding } from '../../rules/delegation.lifecycle.js';
import {
  decideDelegation,
  delegationExpiresSoon,
  type DelegationRefusal,
  type DelegationWarning,
} from '../../rules/delegation.rules.js';
import type { ActType } from '../../rules/duty-facts.js';
import type { Ruling } from '../../rules/conditions.js';
import type { Reason } from '../../rules/verdict.js';
import { MatterQueries } from '../matters/matters.queries.js';
import type { MatterRow } from '../matters/matters.rows.js';
import { refuseUnlessAllowed } from '../refused.js';
import { DelegationFactQueries, type Party } from './delegation-facts.queries.js';
import type { DelegationFile } from './delegations.rows.js';

/** A delegation as written, whether it stands in the register already or not. */
export interface Letter {
  readonly delegator: Party;
  readonly delegatee: Party;
  readonly matters: readonly { readonly code: string; readonly act_type: ActType; readonly domain: string }[];
  readonly jurisdictionCode: string;
  readonly authority: string;
  readonly documentNo: string;
  readonly legalBasis: string;
  readonly validFrom: string;
  readonly validTo: string;
}

const RUNNING: readonly DelegationStanding[] = ['SIGNED', 'PUBLISHED', 'EFFECTIVE', 'SUSPENDED'];

/** Asks the law book about delegations: what forbids one, and what has to be minded. */
@Injectable()
export class DelegationRulings {
  constructor(
    private readonly facts: DelegationFactQueries,
    private readonly settings: Settings,
    private readonly matterQueries: MatterQueries,
    private readonly workingDays: WorkingDays,
  ) {}

  /** The matters of a letter. @throws Problem 404 when one is unknown */
  matters(codes: readonly string[]): Promise<readonly MatterRow[]> {
    return this.matterQueries.byCodes(codes);
  }

  /** @throws Problem 422 with every reason */
  async judge(letter: Letter, step: 'DRAFT' | 'SIGN', now: number): Promise<void> {
    const { verdict } = await this.ruling(letter, step, now);
    refuseUnlessAllowed(verdict, 'The law does not allow this delegation; each reason is named.');
  }

  /** Whatever its parties have to mind today; nothing once it has ended. */
  async warnings(file: DelegationFile, standing: DelegationStanding, now: number): Promise<readonly Reason[]> {
    if (standing !== 'DRAFT' && !RUNNING.includes(standing)) return [];
    const { warnings } = await this.ruling(letterOf(file), 'SIGN', now);
    return [...warnings, ...(standing === 'DRAFT' ? [] : await this.reminders(file, now))];
  }

  private async ruling(
    letter: Letter,
    step: 'DRAFT' | 'SIGN',
    now: number,
  ): Promise<Ruling<DelegationRefusal, DelegationWarning>> {
    const today = legalDateOf(now) ?? '';
    const limits = await this.settings.on(today, ['delegation.maxYears', 'delegation.minOfficers']);
    const { delegator, delegatee, matters, ...written } = letter;
    const codes = matters.map(({ code }) => code);
    return decideDelegation(
      {
        ...written,
        delegator: await this.facts.delegator(delegator, codes, now, today),
        delegatee: await this.facts.delegatee(delegatee, now, today),
        matters: matters.map(({ code, act_type, domain }) => ({ code, actType: act_type, domain })),
      },
      {
        maxYears: Number(limits.get('delegation.maxYears')),
        minOfficers: Number(limits.get('delegation.minOfficers')),
      },
      step,
    );
  }

  private async reminders({ row, lastSupervisedOn }: DelegationFile, now: number): Promise<Reason[]> {
    const today = legalDateOf(now) ?? '';
    const limits = await this.settings.on(today, [
      'delegation.superviseEveryMonths',
      'delegation.filingDays',
      'delegation.warnDays',
    ]);
    const reminders = delegationReminders(
      {
        validFrom: row.valid_from,
        lastSupervisedOn,
        superviseEveryMonths: Number(limits.get('delegation.superviseEveryMonths')),
        filedOn: row.signed_recorded_at && legalDateOf(row.signed_recorded_at.getTime()),
        fileBy: row.signed_on && (await this.workingDays.lastDayOf(limits.get('delegation.filingDays'), row.signed_on)),
      },
      today,
    );
    const endsSoon: Reason = {
      code: 'DELEGATION_EXPIRES_SOON',
      facts: { delegator: row.delegator_name, documentNo: row.document_no, validTo: row.valid_to },
    };
    const isNear = delegationExpiresSoon(row.valid_to, today, Number(limits.get('delegation.warnDays')));
    return [...reminders, ...(isNear ? [endsSoon] : [])];
  }
}

/** The letter that a file holds. */
export const letterOf = ({ row, matters }: DelegationFile): Letter => ({
  delegator: { id: row.delegator_id, name: row.delegator_name, kind: row.delegator_kind },
  delegatee: { id: row.delegatee_id, name: row.delegatee_name, kind: row.delegatee_kind },
  matters,
  jurisdictionCode: row.jurisdiction_code,
  authority: row.authority,
  documentNo: row.document_no,
  legalBasis: row.basis_title,
  validFrom: row.valid_from,
  validTo: row.valid_to,
});
