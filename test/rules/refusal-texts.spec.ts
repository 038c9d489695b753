import { describe, expect, it } from '@jest/globals';
import { explain, isKnownCode, REFUSAL_TEXTS } from '../../src/rules/refusal-texts.js';
import { CARD_TEXTS } from '../../src/rules/texts/card.texts.js';
import { BODY_TEXTS } from '../../src/rules/texts/delegation.texts.js';
import { DUTY_TEXTS } from '../../src/rules/texts/duty.texts.js';
import { QUALIFICATION_TEXTS } from '../../src/rules/texts/qualification.texts.js';
import { en, zh } from '../../src/rules/texts/sentence.js';
import type { DutyDecision } from '../../src/rules/duty-reasons.js';
import { judgeRestoration, judgeResumption } from '../../src/rules/body-register.rules.js';
import { decideNumber, decideSuspension, validityOf } from '../../src/rules/certificate.rules.js';
import { decideDelegation } from '../../src/rules/delegation.rules.js';
import { decideExamEntry } from '../../src/rules/exam-entry.rules.js';
import { writeNumber } from '../../src/rules/numbering.rules.js';
import { judgeRegistration, judgeReturn, judgeTransfer } from '../../src/rules/officer-service.rules.js';
import { decideIssuance, type IssuanceFacts } from '../../src/rules/issuance.rules.js';
import { decideLevel, decideRelease } from '../../src/rules/separation-of-duties.rules.js';
import { decideConfirmation, decidePower, decideSubject } from '../../src/rules/subject.rules.js';
import type { Reason } from '../../src/rules/verdict.js';
import { held, READY, SETTINGS as ISSUANCE_SETTINGS } from './qualification-world.js';
import {
  aBody,
  aCertificate,
  aDelegatee,
  aDelegation,
  anAssignment,
  anOfficer,
  aPower,
  at,
  byId,
  decide,
  LONG_AGO,
} from './duty-world.js';

/** The areas whose every sentence is tried below with the facts that its rule gives. */
const AREAS = { ...DUTY_TEXTS, ...BODY_TEXTS, ...QUALIFICATION_TEXTS, ...CARD_TEXTS };

const everything = (decision: DutyDecision) => [
  ...decision.subjectReasons,
  ...decision.teamReasons,
  ...decision.members.flatMap((member) => [...member.reasons, ...member.warnings]),
];

describe('every code', () => {
  const texts = Object.entries(REFUSAL_TEXTS);
  it.each(texts)('%s has a sentence in both languages and a basis', (_code, text) => {
    const facts = Object.fromEntries([...text.zh.keys, ...text.en.keys].map((key) => [key, 'x']));
    expect(text.zh(facts)).toMatch(/[\u4e00-\u9fff].*[。？]$/);
    expect(text.en(facts)).toMatch(/^[A-Z].*\.$/);
    expect(text.basis.length).toBeGreaterThan(2);
  });
  it.each(texts)('%s says something also when a fact is missing', (_code, text) => {
    for (const sentence of [text.zh({}), text.en({})]) expect(sentence).not.toMatch(/undefined|null|NaN|\$\{|\[object/);
  });
});

describe('a sentence', () => {
  it('shows code words as words, instants to the minute, and the lack of a value', () => {
    const facts = {
      actType: 'PENALTY',
      at: '2026-03-10T09:30:00+08:00',
      until: null,
      onEstablishment: false,
      done: 59.5,
      name: '张三',
    };
    expect(zh`${'actType'} ${'at'} ${'until'} ${'onEstablishment'} ${'done'} ${'name'}`(facts)).toBe(
      '行政处罚 2026-03-10 09:30 未定 否 59.5 张三',
    );
    expect(en`${'actType'} ${'at'} ${'until'} ${'onEstablishment'} ${'other'}`(facts)).toBe(
      'penalty 2026-03-10 09:30 further notice no not recorded',
    );
  });
  it('is given with its code, facts and basis', () => {
    const reason = { code: 'TEAM_TOO_SMALL', facts: { cleared: 1, minimum: 2, actType: 'PENALTY' } };
    expect(explain(reason)).toEqual({
      ...reason,
      basis: '《行政处罚法》第四十二条；《行政强制法》第十八条；《河南省行政执法条例》第二十四条',
      zh: '请增加人员：行政处罚至少需要 2 名符合条件的执法人员，现有 1 名。',
      en: 'Add officers: penalty needs at least 2 who are cleared, and 1 are.',
    });
  });
  it('keeps the facts of a code that this version does not know', () => {
    expect(isKnownCode('toString')).toBe(false);
    expect(explain({ code: 'FUTURE_CODE', facts: { a: 1 } })).toMatchObject({ code: 'FUTURE_CODE', facts: { a: 1 } });
  });
});

describe('the facts of every rule', () => {
  const bad = { from: LONG_AGO, to: null };
  const card = aCertificate({
    validFrom: '2026-05-01',
    validTo: '2026-02-01',
    suspensions: [{ ...bad, plannedTo: LONG_AGO }],
    ended: { state: 'REVOKED', from: LONG_AGO },
    failedReviews: [bad],
    overdueReviews: [bad],
    subjectId: 's-2',
    domains: ['WATER'],
  });
  const worst = anOfficer({
    assignments: [anAssignment({ staffCategory: 'CONTRACT', to: at('2026-03-10', 12) })],
    leftFrom: LONG_AGO,
    offPost: [bad],
    certificates: [card],
    hoursLastYear: 3,
  });
  const delegation = aDelegation({
    delegatorPublishedOn: '2027-01-01',
    delegateePublishedOn: '2027-01-02',
    validFrom: '2026-05-01',
    validTo: '2026-02-01',
    suspensions: [bad],
    revokedFrom: LONG_AGO,
    jurisdictionCode: '650100',
  });
  const status = (['SUSPENDED', 'ABOLISHED'] as const).map((each) => ({ ...bad, id: each, status: each }));
  const decisions = [
    decide({
      subject: aDelegatee({ statusPeriods: status }),
      delegations: [{ ...delegation, delegator: { ...delegation.delegator, statusPeriods: [], powers: [] } }],
      officers: [worst],
      request: { members: [byId('o-1'), byId('o-1'), byId('o-7')] },
      matter: { actType: 'COERCIVE_MEASURE' },
    }),
    decide({
      subject: aDelegatee({ statusPeriods: [] }),
      delegations: [aDelegation()],
      matter: { actType: 'LICENSE' },
    }),
    decide({ subject: aDelegatee(), delegations: [aDelegation({ validTo: '2026-04-01' })] }),
    decide({ subject: aDelegatee() }),
    ...[[], [aPower({ validTo: '2026-03-09' })], [aPower({ jurisdictionCode: '650100' })]].map((powers) =>
      decide({ subject: aBody({ powers }) }),
    ),
    decide({ officers: [anOfficer({ certificates: [aCertificate({ validTo: '2026-03-20' })] })] }),
    decide({ officers: [anOfficer({ certificates: [] })] }),
    ...(['LOST', 'CANCELLED', 'REPLACED'] as const).map((state) =>
      decide({ officers: [anOfficer({ certificates: [aCertificate({ ended: { state, from: LONG_AGO } })] })] }),
    ),
  ];

  const unlawful = decideDelegation(
    {
      delegator: {
        id: 's',
        name: 'P',
        kind: 'ADMIN_ORGAN',
        isConfirmed: false,
        powers: [],
        delegatedMatterCodes: ['SG-001'],
      },
      delegatee: { id: 's', name: 'S', kind: 'DELEGATED_ORG', isConfirmed: false, certifiedOfficers: 0 },
      matters: [
        { code: 'SG-001', actType: 'COERCIVE_MEASURE', domain: 'D' },
        { code: 'SG-001', actType: 'LICENSE', domain: 'D' },
        { code: 'SG-002', actType: 'PENALTY', domain: 'D' },
      ],
      jurisdictionCode: '410102',
      authority: null,
      documentNo: null,
      legalBasis: null,
      validFrom: '2026-01-02',
      validTo: '2026-01-01',
    },
    { maxYears: 3, minOfficers: 2 },
    'SIGN',
  );
  const narrow = decideDelegation(
    {
      delegator: {
        id: 's',
        name: 'P',
        kind: 'ADMIN_ORGAN',
        isConfirmed: true,
        powers: [aPower({ validTo: '2026-01-01' })],
        delegatedMatterCodes: [],
      },
      delegatee: { id: 't', name: 'S', kind: 'DELEGATED_ORG', isConfirmed: true, certifiedOfficers: 9 },
      matters: [{ code: 'SG-001', actType: 'PENALTY', domain: 'D' }],
      jurisdictionCode: '410102',
      authority: 'a',
      documentNo: 'b',
      legalBasis: 'c',
      validFrom: '2026-01-01',
      validTo: '2036-01-01',
    },
    { maxYears: 3, minOfficers: 2 },
    'SIGN',
  );
  const bodies = ['11410102MB1A0001XX', '11410105005250018W', '?', '12410102MB2B00020R'].map((creditCode) =>
    decideSubject({
      name: 'S',
      kind: creditCode.startsWith('12') ? 'ADMIN_ORGAN' : 'AUTHORIZED_ORG',
      creditCode,
      divisionCode: '?',
      legalBases: [],
      creditCodeInUse: true,
    }),
  );
  const powers = (['DELEGATED_ORG', 'AUTHORIZED_ORG'] as const).map((kind) =>
    decidePower({
      holder: { name: 'S', kind },
      matter: { code: 'SG-001', actType: 'COERCIVE_MEASURE' },
      jurisdictionCode: '?',
      basisRank: 'RULE',
      validFrom: '2026-01-02',
      validTo: '2026-01-01',
    }),
  );
  const unready: IssuanceFacts = {
    ...READY,
    staffCategory: 'PUBLIC_INSTITUTION',
    onEstablishment: false,
    establishmentConfirmedOn: '2020-01-01',
    leftFrom: LONG_AGO,
    offPost: [bad],
    birthDate: '2020-01-01',
    isFit: false,
    education: '小学',
    passedLastAppraisal: false,
    bars: [{ ground: 'SANCTION', from: '2026-01-01', to: null }],
    unit: { name: 'S', kind: 'DELEGATED_ORG', isConfirmed: false, hasEffectiveDelegation: false },
    training: { prePostHours: 0, commonLawHours: 0, specialLawHours: {} },
    passes: [],
    certificates: [held(), held({ type: 'SUPERVISION' })],
    hasOpenApplication: true,
    hoursLastYear: 0,
    hasPhoto: false,
    hasUnitOpinion: false,
    hasVoidNotice: false,
  };
  const old = [
    { subject: 'COMMON_LAW' as const, domain: null, passedOn: '2010-01-01' },
    { subject: 'SPECIAL_LAW' as const, domain: READY.domains[0] ?? null, passedOn: '2010-01-01' },
  ];
  const issues = [
    unready,
    { ...unready, staffCategory: 'CONTRACT' as const, domains: [], passes: old },
    { ...unready, passes: old },
    { ...unready, type: 'RENEW' as const, at: at('2025-01-01') },
    { ...unready, type: 'REISSUE' as const },
    { ...unready, type: 'EXCHANGE' as const, certificates: [held({ review: 'FAILED' })] },
  ].map((facts) => decideIssuance(facts, ISSUANCE_SETTINGS));
  const entry = decideExamEntry(
    {
      ...READY,
      exam: { title: 'E', state: 'RELEASED', papers: [{ id: 'p', subject: 'COMMON_LAW', domain: null }] },
      isRegistered: true,
      domains: ['WATER'],
      passedDomains: [],
      round: { results: [], resits: 1 },
    },
    { ...ISSUANCE_SETTINGS, order: 'SPECIAL_FIRST', resitMax: 1 },
  );
  const noPaper = decideExamEntry(
    { ...READY, exam: { title: 'E', state: 'OPEN', papers: [] }, isRegistered: false, passedDomains: [], round: null },
    { ...ISSUANCE_SETTINGS, order: 'ANY', resitMax: 1 },
  );
  const levels = decideLevel({
    step: 'DISTRICT_APPROVAL',
    actor: { accountId: 'a', officerId: 'o' },
    earlier: [{ step: 'DISTRICT_REVIEW', accountId: 'a' }],
    concerns: ['o'],
  });
  const numbers = [
    decideNumber('x', true, { pattern: '\\d', provinceOrdinal: 16 }),
    decideNumber('x', true, { pattern: '(', provinceOrdinal: 16 }),
  ];
  const context = { type: 'ENFORCEMENT' as const, issuedOn: '2026-01-01', codes: {} };
  const serial = { kind: 'SERIAL' as const, width: 1, start: 1 };
  const written = [
    writeNumber([], context, 1, '1'),
    writeNumber([serial], context, 10, '1'),
    writeNumber([{ kind: 'CITY', width: 2 }, serial], context, 1, '1'),
  ];
  const validity = validityOf('2026-01-02', '2026-01-01', 5);
  const suspensions = ['2025-01-01', '2030-01-01'].map((plannedTo) =>
    decideSuspension({ begins: '2026-01-01', plannedTo }, 180),
  );

  const given: readonly Reason[] = [
    ...decisions.flatMap(everything),
    ...[unlawful, narrow, ...bodies, ...powers, ...numbers].flatMap(({ verdict, warnings }) => [
      ...verdict.reasons,
      ...warnings,
    ]),
    ...[decideConfirmation({ subject: 'S', announcementReference: null, announcedOn: null })].flatMap(
      ({ reasons }) => reasons,
    ),
    ...[...issues, entry, noPaper, levels, ...suspensions].flatMap(({ reasons }): readonly Reason[] => reasons),
    ...decideRelease({ accountId: 'a', committedBy: ['a'] }).reasons,
    ...written.flatMap((result) => (result.ok ? [] : [result.reason])),
    ...(validity.ok ? [] : [validity]),
    ...judgeRestoration(2, 1).reasons,
    ...judgeResumption(2, 1).reasons,
    ...judgeRegistration('AUXILIARY').reasons,
    ...judgeTransfer(2, 1).reasons,
    ...judgeReturn(2, 1).reasons,
  ];

  it.each(given.map((reason) => [reason.code, reason] as const))(
    '%s: the facts hold what the sentence names',
    (code, reason) => {
      if (!isKnownCode(code)) throw new Error(`${code} has no sentence`);
      const text = REFUSAL_TEXTS[code];
      expect([...text.zh.keys, ...text.en.keys].filter((key) => !(key in reason.facts))).toEqual([]);
    },
  );

  it('are tried for every code that has facts to name', () => {
    const tried = new Set(given.map(({ code }) => code));
    const untried = Object.entries(AREAS).filter(
      ([code, text]) => !tried.has(code) && text.zh.keys.length + text.en.keys.length > 0,
    );
    expect(untried.map(([code]) => code)).toEqual([]);
  });
});
