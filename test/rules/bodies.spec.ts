import { describe, expect, it } from '@jest/globals';
import { decideDelegation, delegationExpiresSoon, type DelegationDraft } from '../../src/rules/delegation.rules.js';
import type { ActType, BasisRank, SubjectKind } from '../../src/rules/duty-facts.js';
import {
  decideConfirmation,
  decidePower,
  decideSubject,
  type PowerDraft,
  type SubjectDraft,
} from '../../src/rules/subject.rules.js';
import { aPower, codes, DOMAIN, refusalsOf } from './duty-world.js';

const matter = (actType: ActType, code = 'SG-001') => ({ code, actType, domain: DOMAIN });

type Parties = { delegator?: Partial<DelegationDraft['delegator']>; delegatee?: Partial<DelegationDraft['delegatee']> };

const draft = (over: Partial<Omit<DelegationDraft, 'delegator' | 'delegatee'>> & Parties = {}): DelegationDraft => ({
  matters: [matter('PENALTY')],
  jurisdictionCode: '410102',
  authority: '以委托机关名义实施处罚',
  documentNo: '委〔2026〕1号',
  legalBasis: '行政处罚法第二十条',
  validFrom: '2026-01-01',
  validTo: '2028-12-31',
  ...over,
  delegator: {
    id: 's-9',
    name: '市场监管局',
    kind: 'ADMIN_ORGAN',
    isConfirmed: true,
    powers: [aPower()],
    delegatedMatterCodes: [],
    ...over.delegator,
  },
  delegatee: {
    id: 's-1',
    name: '执法大队',
    kind: 'DELEGATED_ORG',
    isConfirmed: true,
    certifiedOfficers: 2,
    ...over.delegatee,
  },
});

const rule = (over: Parameters<typeof draft>[0], step: 'DRAFT' | 'SIGN' = 'SIGN') =>
  decideDelegation(draft(over), { maxYears: 3, minOfficers: 2 }, step);
const refusals = (over: Parameters<typeof draft>[0], step: 'DRAFT' | 'SIGN' = 'SIGN') =>
  refusalsOf(rule(over, step).verdict);
const warnings = (over: Parameters<typeof draft>[0]) => codes(rule(over).warnings);

describe('a delegation that is drafted or signed', () => {
  it('may be both when it is in order', () => {
    expect(rule({})).toEqual({ verdict: { allowed: true, reasons: [] }, warnings: [] });
  });
  it.each(['authority', 'documentNo', 'legalBasis'] as const)('may lack %s as a draft, not when signed', (part) => {
    for (const empty of [null, '', '  ']) {
      expect(refusals({ [part]: empty }, 'DRAFT')).toEqual([]);
      expect(rule({ [part]: empty }).verdict.reasons).toEqual([
        { code: 'DELEGATION_INCOMPLETE', facts: { missing: part } },
      ]);
    }
  });
  it('needs a matter to be signed', () => {
    expect(refusals({ matters: [] })).toEqual(['DELEGATION_INCOMPLETE']);
  });
  it('is refused to itself', () => {
    expect(refusals({ delegatee: { id: 's-9' } })).toEqual(['DELEGATION_TO_ITSELF']);
  });
  it('is refused with a term that runs backwards or cannot be read', () => {
    expect(refusals({ validFrom: '2026-02-01', validTo: '2026-01-31' })).toEqual(['DELEGATION_TERM_INVERTED']);
    expect(refusals({ validFrom: '2026-02-01', validTo: '2026-02-01' })).toEqual([]);
    expect(refusals({ validTo: '2026-02-30' })).toEqual(['DELEGATION_TERM_INVERTED']);
  });
  it('never hands on a coercive measure', () => {
    expect(refusals({ matters: [matter('PENALTY'), matter('COERCIVE_MEASURE', 'SG-002')] })).toEqual([
      'ACT_NOT_DELEGABLE',
    ]);
  });
  it.each<[SubjectKind, string[]]>([
    ['ADMIN_ORGAN', []],
    ['DISPATCHED_ORGAN', []],
    ['AUTHORIZED_ORG', ['LICENSE_NEEDS_ORGAN']],
    ['DELEGATED_ORGAN', ['LICENSE_NEEDS_ORGAN']],
    ['DELEGATED_ORG', ['LICENSE_NEEDS_ORGAN']],
  ])('hands a licence to %s: %p', (kind, expected) => {
    expect(refusals({ matters: [matter('LICENSE')], delegatee: { kind } })).toEqual(expected);
  });
  it('is no sub-delegation', () => {
    const delegated = { powers: [], delegatedMatterCodes: ['SG-001'] };
    expect(refusals({ delegator: delegated })).toEqual(['DELEGATOR_LACKS_POWER']);
    expect(refusals({ delegator: { ...delegated, powers: [aPower()] } })).toEqual([]);
    expect(refusals({ delegator: { kind: 'DELEGATED_ORGAN' } })).toEqual(['DELEGATOR_LACKS_POWER']);
  });
  it('only warns where the power is not recorded yet, or is narrower', () => {
    expect(refusals({ delegator: { powers: [] } })).toEqual([]);
    expect(warnings({ delegator: { powers: [] } })).toEqual(['DELEGATOR_POWER_NOT_RECORDED']);
    const narrower: Parameters<typeof aPower>[0][] = [
      { validFrom: '2026-01-02' },
      { validTo: '2028-12-30' },
      { jurisdictionCode: '410103' },
      { validFrom: 'x' },
    ];
    for (const over of narrower)
      expect(warnings({ delegator: { powers: [aPower(over)] } })).toEqual(['DELEGATOR_POWER_NARROWER']);
    expect(warnings({ delegator: { powers: [aPower({ validTo: '2028-12-31', validFrom: '2026-01-01' })] } })).toEqual(
      [],
    );
  });
  it('warns when the term is longer than the setting', () => {
    expect(warnings({ validTo: '2028-12-31' })).toEqual([]);
    expect(warnings({ validTo: '2029-01-01' })).toEqual(['DELEGATION_TERM_TOO_LONG']);
    expect(warnings({ validFrom: '9998-01-01', validTo: '9999-12-31' })).toEqual([]);
  });
  it('warns when a delegated organisation has too few certified officers for penalties', () => {
    expect(warnings({ delegatee: { certifiedOfficers: 1 } })).toEqual(['DELEGATEE_OFFICERS_FEW']);
    expect(warnings({ delegatee: { certifiedOfficers: 0 }, matters: [matter('INSPECTION')] })).toEqual([]);
    expect(warnings({ delegatee: { certifiedOfficers: 0, kind: 'ADMIN_ORGAN' } })).toEqual([]);
  });
  it('warns when a side is not confirmed', () => {
    expect(warnings({ delegator: { isConfirmed: false }, delegatee: { isConfirmed: false } })).toEqual([
      'DELEGATOR_NOT_CONFIRMED',
      'SUBJECT_NOT_CONFIRMED',
    ]);
  });
  it('tells when it ends soon', () => {
    const soon = (today: string) => delegationExpiresSoon('2026-12-31', today, 90);
    expect([
      soon('2026-10-01'),
      soon('2026-10-02'),
      soon('2026-10-03'),
      soon('2026-12-31'),
      soon('2027-01-01'),
    ]).toEqual([false, true, true, true, false]);
    expect(delegationExpiresSoon('?', '2026-01-01', 90)).toBe(true);
  });
});

describe('a body that is registered', () => {
  const subject = (over: Partial<SubjectDraft> = {}) =>
    decideSubject({
      name: '城市管理局',
      kind: 'ADMIN_ORGAN',
      creditCode: '11410102MB1A0001XW',
      divisionCode: '410102',
      legalBases: [],
      creditCodeInUse: false,
      ...over,
    });
  it('is taken when it is in order', () => {
    expect(subject()).toEqual({ verdict: { allowed: true, reasons: [] }, warnings: [] });
  });
  it.each<[string, Partial<SubjectDraft>, string[]]>([
    ['a wrong check character', { creditCode: '11410102MB1A0001XX' }, ['CREDIT_CODE_CHECK_CHARACTER']],
    ['a wrong organisation code', { creditCode: '11410105005250018W' }, ['CREDIT_CODE_ORGANISATION_CHECK']],
    ['no code', { creditCode: '?' }, ['CREDIT_CODE_MALFORMED']],
    ['a code in use', { creditCodeInUse: true }, ['CREDIT_CODE_IN_USE']],
    ['a division that is none', { divisionCode: '4101' }, ['DIVISION_MALFORMED']],
    ['authorised by nothing', { kind: 'AUTHORIZED_ORG' }, ['LEGAL_BASIS_MISSING']],
    ['authorised by a rule', { kind: 'AUTHORIZED_ORG', legalBases: [{ rank: 'RULE' }] }, ['LEGAL_BASIS_MISSING']],
    ['authorised by a local regulation', { kind: 'AUTHORIZED_ORG', legalBases: [{ rank: 'LOCAL_REGULATION' }] }, []],
  ])('with %s', (_name, over, expected) => {
    expect(refusalsOf(subject(over).verdict)).toEqual(expected);
  });
  it('warns when the code of an organ does not begin with 11', () => {
    expect(codes(subject({ creditCode: '12410102MB2B00020R' }).warnings)).toEqual(['CREDIT_CODE_NOT_OF_ORGAN']);
    expect(codes(subject({ creditCode: '12410102MB2B00020R', kind: 'DELEGATED_ORG' }).warnings)).toEqual([]);
  });
  it('stands confirmed only with reference and date of its announcement', () => {
    const confirm = (announcementReference: string | null, announcedOn: string | null) =>
      codes(decideConfirmation({ subject: '城管局', announcementReference, announcedOn }).reasons);
    expect(confirm('公告1号', '2026-01-05')).toEqual([]);
    expect([
      confirm(null, '2026-01-05'),
      confirm(' ', '2026-01-05'),
      confirm('公告1号', null),
      confirm('公告1号', 'x'),
    ]).toEqual(Array.from({ length: 4 }, () => ['ANNOUNCEMENT_MISSING']));
  });
});

describe('a power that is entered', () => {
  const power = (over: Partial<Omit<PowerDraft, 'holder'>> & { kind?: SubjectKind } = {}) => {
    const { kind = 'ADMIN_ORGAN', ...rest } = over;
    return decidePower({
      holder: { name: '城管局', kind },
      matter: { code: 'SG-001', actType: 'PENALTY' },
      jurisdictionCode: '410102',
      basisRank: 'LAW',
      validFrom: '2026-01-01',
      validTo: null,
      ...rest,
    });
  };
  it.each<[SubjectKind, string[]]>([
    ['ADMIN_ORGAN', []],
    ['DISPATCHED_ORGAN', []],
    ['AUTHORIZED_ORG', []],
    ['DELEGATED_ORGAN', ['POWER_HOLDER_KIND']],
    ['DELEGATED_ORG', ['POWER_HOLDER_KIND']],
  ])('is held by %s: %p', (kind, expected) => {
    expect(refusalsOf(power({ kind }).verdict)).toEqual(expected);
  });
  it('has a period and a division that can be read', () => {
    expect(codes(power({ validTo: '2025-12-31' }).verdict.reasons)).toEqual(['POWER_TERM_INVERTED']);
    expect(codes(power({ validFrom: '2026-02-30' }).verdict.reasons)).toEqual(['POWER_TERM_INVERTED']);
    expect(codes(power({ jurisdictionCode: '99' }).verdict.reasons)).toEqual(['DIVISION_MALFORMED']);
    expect(power({ validTo: '2026-01-01' }).verdict.allowed).toBe(true);
  });
  it.each<[SubjectKind, ActType, BasisRank, string[]]>([
    ['AUTHORIZED_ORG', 'COERCIVE_MEASURE', 'LOCAL_REGULATION', ['POWER_BASIS_TOO_LOW']],
    ['AUTHORIZED_ORG', 'COERCIVE_MEASURE', 'ADMINISTRATIVE_REGULATION', []],
    ['AUTHORIZED_ORG', 'PENALTY', 'LOCAL_REGULATION', []],
    ['AUTHORIZED_ORG', 'PENALTY', 'RULE', ['POWER_BASIS_TOO_LOW']],
    ['ADMIN_ORGAN', 'COERCIVE_MEASURE', 'LOCAL_REGULATION', []],
  ])('of %s for %s on %s warns %p', (kind, actType, basisRank, expected) => {
    const ruling = power({ kind, matter: { code: 'SG-001', actType }, basisRank });
    expect(codes(ruling.warnings)).toEqual(expected);
    expect(ruling.verdict.allowed).toBe(true);
  });
});
