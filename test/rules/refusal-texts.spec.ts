import { describe, expect, it } from '@jest/globals';
import { explain, isKnownCode, REFUSAL_TEXTS } from '../../src/rules/refusal-texts.js';
import { en, zh } from '../../src/rules/texts/sentence.js';
import type { DutyDecision } from '../../src/rules/duty-reasons.js';
import {
  aCertificate,
  aDelegatee,
  aDelegation,
  anAssignment,
  anOfficer,
  at,
  byId,
  decide,
  LONG_AGO,
} from './duty-world.js';

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

describe('the facts of the duty decision', () => {
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
  ];

  it.each(decisions.flatMap(everything).map((reason) => [reason.code, reason] as const))(
    '%s holds what its sentence names',
    (code, reason) => {
      const text = REFUSAL_TEXTS[code];
      const missing = [...text.zh.keys, ...text.en.keys].filter((key) => !(key in reason.facts));
      expect(missing).toEqual([]);
    },
  );
});
