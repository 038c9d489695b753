import { describe, expect, it } from '@jest/globals';
import { judgeAdministration, judgePassword, judgeRoles } from '../../src/rules/account.rules.js';
import { delegationReminders, judgePowerEnd, judgeRecord } from '../../src/rules/body-register.rules.js';
import { explain, isKnownCode } from '../../src/rules/refusal-texts.js';
import {
  isSameKind,
  judgeProposalDecision,
  judgeSetting,
  judgeSettingDate,
  movesLegalThreshold,
} from '../../src/rules/setting.rules.js';
import type { Verdict } from '../../src/rules/verdict.js';

/** The codes, each with sentences in both languages in which every fact has found its place. */
function codes(verdict: Pick<Verdict, 'reasons'>): string[] {
  return verdict.reasons.map((reason) => {
    expect(isKnownCode(reason.code)).toBe(true);
    const { zh, en } = explain(reason);
    expect(`${zh}${en}`).not.toMatch(/undefined|null|NaN/);
    return reason.code;
  });
}

describe('roles and passwords', () => {
  const EXCLUSIVE = ['AUDITOR', 'SYSTEM_ADMIN'];

  it.each([
    [[], []],
    [['AUDITOR'], []],
    [['HR', 'REVIEWER'], []],
    [['AUDITOR', 'HR'], ['ROLES_EXCLUDE_EACH_OTHER']],
    [['AUDITOR', 'SYSTEM_ADMIN'], ['ROLES_EXCLUDE_EACH_OTHER']],
  ])('%p: %p', (roles, expected) => {
    expect(codes(judgeRoles(roles, EXCLUSIVE))).toEqual(expected);
  });

  it('let nobody administer himself', () => {
    expect(codes(judgeAdministration('a', 'a'))).toEqual(['OWN_ACCOUNT']);
    expect(codes(judgeAdministration('a', 'b'))).toEqual([]);
  });

  it.each<[string, boolean, string[]]>([
    ['Zhengzhou-26', false, []],
    ['郑州Zz2026郑州郑州', false, []],
    ['Zhengzhou26', false, []],
    ['zhengzhou26', false, ['PASSWORD_TOO_PLAIN']],
    ['zZ1-', false, ['PASSWORD_TOO_SHORT']],
    ['abc', false, ['PASSWORD_TOO_SHORT', 'PASSWORD_TOO_PLAIN']],
    ['My-ZHANG.SAN-1', false, ['PASSWORD_HOLDS_USERNAME']],
    ['Zhengzhou-26', true, ['PASSWORD_USED_BEFORE']],
    ['😀😀😀😀😀aA1', false, ['PASSWORD_TOO_SHORT']],
  ])('password %s (used: %p): %p', (password, used, expected) => {
    const verdict = judgePassword(password, 'zhang.san', used, { minLength: 10, classes: 3 });
    expect(codes(verdict)).toEqual(expected);
    expect(JSON.stringify(verdict)).not.toContain(password);
  });

  it('does not mind a user name of two letters', () => {
    expect(codes(judgePassword('Zhengzhou-hr-26', 'hr', false, { minLength: 10, classes: 3 }))).toEqual([]);
  });
});

describe('settings', () => {
  it.each([
    ['act.minimumOfficers', true],
    ['cert.validYears', true],
    ['exam.passMark', true],
    ['exam.passValidYears', true],
    ['exam.minutes', false],
    ['hours.annual', true],
    ['review.enabled', true],
    ['reviewer.minPct', false],
    ['delegation.maxYears', true],
    ['disqualify.banYears', true],
    ['bar.afterSanctionMonths', true],
    ['eligibility.bars', true],
    ['person.minEducation', true],
    ['suspend.maxDays', true],
    ['auth.minLength', false],
    ['dict.domains', false],
  ])('%s moves a legal threshold: %p', (key, expected) => {
    expect(movesLegalThreshold(key)).toBe(expected);
  });

  it.each<[unknown, unknown, boolean]>([
    [5, 6, true],
    [5, 5.5, false],
    [5, '5', false],
    [5, Number.NaN, false],
    [0.5, 1.5, true],
    [true, false, true],
    [true, 0, false],
    ['5wd', '10wd', true],
    ['5wd', '10', false],
    ['ANY', 'OTHER', true],
    [[1], [2, 3], true],
    [[1], ['2'], false],
    [[], ['x'], true],
    [{ a: 1 }, {}, true],
    [{ a: 1 }, [], false],
    [null, { any: 1 }, true],
    [5, null, false],
    [5, undefined, false],
  ])('%p may become %p: %p', (current, next, expected) => {
    expect(isSameKind(current, next)).toBe(expected);
  });

  it.each<[string, unknown, string[]]>([
    ['act.minimumOfficers', 1, ['SETTING_OUT_OF_RANGE']],
    ['act.minimumOfficers', 2, []],
    ['exam.passMark', 0, []],
    ['exam.passMark', 100, []],
    ['exam.passMark', 101, ['SETTING_OUT_OF_RANGE']],
    ['import.maxRows', 100_000, []],
    ['import.maxRows', 99_999, ['SETTING_OUT_OF_RANGE']],
    ['some.number', -1, ['SETTING_OUT_OF_RANGE']],
    ['some.text', 'anything', []],
    ['cert.numberMode', 'ALLOCATED', []],
    ['cert.numberMode', 'NONE', ['SETTING_NOT_A_CHOICE']],
  ])('%s = %p: %p', (key, value, expected) => {
    expect(codes(judgeSetting(key, value))).toEqual(expected);
  });

  it('begin today or later, and are approved by somebody else', () => {
    expect(codes(judgeSettingDate('2026-06-15', '2026-06-15'))).toEqual([]);
    expect(codes(judgeSettingDate('2026-06-14', '2026-06-15'))).toEqual(['SETTING_BACKDATED']);
    expect(codes(judgeProposalDecision('a', 'a'))).toEqual(['SETTING_OWN_PROPOSAL']);
    expect(codes(judgeProposalDecision('a', null))).toEqual([]);
  });
});

describe('the register of bodies', () => {
  it.each<[string | null, string, string[]]>([
    [null, '2026-01-01', []],
    [null, '2025-12-31', ['POWER_END_BEFORE_BEGINNING']],
    ['2026-12-31', '2026-12-30', []],
    ['2026-12-31', '2026-12-31', ['POWER_END_NOT_EARLIER']],
    ['2026-12-31', '2027-01-01', ['POWER_END_NOT_EARLIER']],
  ])('a power from 2026-01-01 to %p can end on %s: %p', (validTo, end, expected) => {
    expect(codes(judgePowerEnd({ validFrom: '2026-01-01', validTo }, end))).toEqual(expected);
  });

  it('records what has happened', () => {
    expect(codes(judgeRecord('2026-06-15', '2026-06-15'))).toEqual([]);
    expect(codes(judgeRecord('2026-06-16', '2026-06-15'))).toEqual(['RECORD_IN_FUTURE']);
  });

  it.each<[string | null, string, string[]]>([
    [null, '2027-01-15', []],
    [null, '2027-01-16', ['SUPERVISION_OVERDUE']],
    ['2026-06-30', '2027-06-30', []],
    ['2026-06-30', '2027-07-01', ['SUPERVISION_OVERDUE']],
  ])('supervised on %p, on %s: %p', (lastSupervisedOn, today, expected) => {
    const facts = {
      validFrom: '2026-01-15',
      lastSupervisedOn,
      superviseEveryMonths: 12,
      filedOn: '2026-01-05',
      fileBy: '2026-01-19',
    };
    expect(codes({ reasons: delegationReminders(facts, today) })).toEqual(expected);
  });

  it.each<[string | null, string | null, string[]]>([
    ['2026-01-19', '2026-01-19', []],
    ['2026-01-20', '2026-01-19', ['DELEGATION_FILED_LATE']],
    [null, '2026-01-19', ['DELEGATION_FILED_LATE']],
    [null, null, []],
  ])('filed on %p, due by %p: %p', (filedOn, fileBy, expected) => {
    const facts = {
      validFrom: '2026-01-15',
      lastSupervisedOn: '2026-02-01',
      superviseEveryMonths: 12,
      filedOn,
      fileBy,
    };
    expect(codes({ reasons: delegationReminders(facts, '2026-02-02') })).toEqual(expected);
  });
});
