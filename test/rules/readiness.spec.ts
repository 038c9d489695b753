import { describe, expect, it } from '@jest/globals';
import {
  applicationConditions,
  decideIssuance,
  issuanceConditions,
  type ApplicantFacts,
  type ApplicationType,
  type IssuanceFacts,
  type IssuanceSettings,
} from '../../src/rules/issuance.rules.js';
import { verdictOf } from '../../src/rules/conditions.js';
import { fittingType } from '../../src/rules/previous-certificate.rules.js';
import { isReady, readinessLines } from '../../src/rules/readiness.rules.js';
import { WAY_TEXTS } from '../../src/rules/texts/ways.texts.js';
import { helps, sayWay, wantedFor, type ClassWanted } from '../../src/rules/ways.rules.js';
import type { CertificateStanding } from '../../src/rules/certificate.lifecycle.js';
import { at, codes, DOMAIN, refusalsOf } from './duty-world.js';
import { held, READY, SETTINGS } from './qualification-world.js';

const refusals = (over: Partial<IssuanceFacts>, settings: Partial<IssuanceSettings> = {}) =>
  refusalsOf(decideIssuance({ ...READY, ...over }, { ...SETTINGS, ...settings }));
const training = (over: Partial<IssuanceFacts['training']>) => ({ training: { ...READY.training, ...over } });
const common = (passedOn: string) => ({ subject: 'COMMON_LAW' as const, domain: null, passedOn });
const special = (passedOn: string, domain = DOMAIN) => ({ subject: 'SPECIAL_LAW' as const, domain, passedOn });

describe('a first certificate', () => {
  it('is issued to who is ready', () => {
    expect(decideIssuance(READY, SETTINGS)).toEqual({ allowed: true, reasons: [] });
  });
  it.each<[string, Partial<IssuanceFacts>, string[]]>([
    ['not eligible', { onEstablishment: false }, ['NOT_ON_ESTABLISHMENT']],
    ['no domain', { domains: [] }, ['DOMAINS_MISSING']],
    ['not trained in common law', training({ commonLawHours: 0 }), ['TRAINING_COMMON_LAW_MISSING']],
    ['not trained in the domain', training({ specialLawHours: { WATER: 20 } }), ['TRAINING_SPECIAL_LAW_MISSING']],
    ['half an hour short', training({ prePostHours: 39.5 }), ['TRAINING_HOURS_SHORT']],
    ['common law not passed', { passes: [special('2026-02-01')] }, ['EXAM_COMMON_LAW_NOT_PASSED']],
    ['passed today', { passes: [common('2026-03-10'), special('2026-03-10')] }, []],
    [
      'common law passed tomorrow',
      { passes: [common('2026-03-11'), special('2026-02-01')] },
      ['EXAM_COMMON_LAW_NOT_PASSED'],
    ],
    ['special law not passed', { passes: [common('2026-02-01')] }, ['EXAM_SPECIAL_LAW_NOT_PASSED']],
    [
      'special law of another domain',
      { passes: [common('2026-02-01'), special('2026-02-01', 'WATER')] },
      ['EXAM_SPECIAL_LAW_NOT_PASSED'],
    ],
    ['passes on their last day', { passes: [common('2021-03-11'), special('2021-03-11')] }, []],
    [
      'passes a day too old',
      { passes: [common('2021-03-10'), special('2021-03-10')] },
      ['EXAM_PASS_TOO_OLD', 'EXAM_PASS_TOO_OLD'],
    ],
    ['old pass, passed again', { passes: [common('2015-01-01'), common('2026-01-01'), special('2026-02-01')] }, []],
    ['live certificate', { certificates: [held()] }, ['LIVE_CERTIFICATE_EXISTS']],
    ['suspended certificate', { certificates: [held({ standing: 'SUSPENDED' })] }, ['LIVE_CERTIFICATE_EXISTS']],
    ['expired certificate', { certificates: [held({ standing: 'EXPIRED' })] }, []],
    ['live supervision card', { certificates: [held({ type: 'SUPERVISION' })] }, ['OTHER_TYPE_CERTIFICATE_EXISTS']],
    ['live ministry card', { certificates: [held({ type: 'MINISTRY' })] }, []],
    ['open application', { hasOpenApplication: true }, ['OPEN_APPLICATION_EXISTS']],
    ['no photo', { hasPhoto: false }, ['PHOTO_MISSING']],
    ['no opinion', { hasUnitOpinion: false }, ['UNIT_OPINION_MISSING']],
    ['photo and opinion not recorded', { hasPhoto: null, hasUnitOpinion: null }, []],
  ])('%s', (_name, over, expected) => {
    expect(refusals(over)).toEqual(expected);
  });
  it('needs training and a pass for each domain', () => {
    const { reasons } = decideIssuance({ ...READY, domains: [DOMAIN, 'WATER', 'FIRE'] }, SETTINGS);
    expect(reasons.map(({ code, facts }) => `${code} ${facts['domain']}`)).toEqual([
      'TRAINING_SPECIAL_LAW_MISSING WATER',
      'TRAINING_SPECIAL_LAW_MISSING FIRE',
      'EXAM_SPECIAL_LAW_NOT_PASSED WATER',
      'EXAM_SPECIAL_LAW_NOT_PASSED FIRE',
    ]);
  });
  it('exempts holders of the legal qualification from common law only', () => {
    const lawyer = { hasLegalQualification: true, passes: [] };
    expect(refusals(lawyer)).toEqual(['EXAM_SPECIAL_LAW_NOT_PASSED']);
    expect(refusals(lawyer, { exemptCommon: false })).toEqual([
      'EXAM_COMMON_LAW_NOT_PASSED',
      'EXAM_SPECIAL_LAW_NOT_PASSED',
    ]);
  });
  it('names the card that is in the way', () => {
    const certificates = [held(), held({ number: '16010100002', type: 'SUPERVISION' })];
    const { reasons } = decideIssuance({ ...READY, certificates }, SETTINGS);
    expect(reasons).toEqual([
      { code: 'LIVE_CERTIFICATE_EXISTS', facts: { certificateNo: '16010100001', certificateType: 'ENFORCEMENT' } },
      { code: 'OTHER_TYPE_CERTIFICATE_EXISTS', facts: { certificateNo: '16010100002', otherType: 'SUPERVISION' } },
    ]);
  });
  it('lets both types be held where the setting allows it', () => {
    expect(refusals({ certificates: [held({ type: 'SUPERVISION' })] }, { allowBoth: true })).toEqual([]);
  });
  it('of supervision needs no domain', () => {
    expect(refusals({ certificateType: 'SUPERVISION', domains: [] })).toEqual([]);
  });
  it('follows the settings and no constant', () => {
    expect(refusals(training({ prePostHours: 50 }), { prePostHours: 51 })).toEqual(['TRAINING_HOURS_SHORT']);
    expect(refusals({}, { passValidYears: 0 })).toEqual(['EXAM_PASS_TOO_OLD', 'EXAM_PASS_TOO_OLD']);
  });
});

describe('a renewal', () => {
  const again = [common('2026-02-01'), special('2026-02-01')];
  const renew = (over: Partial<IssuanceFacts> = {}, settings: Partial<IssuanceSettings> = {}) =>
    refusals(
      {
        type: 'RENEW',
        certificates: [held()],
        passes: again,
        training: { prePostHours: 0, commonLawHours: 0, specialLawHours: {} },
        ...over,
      },
      settings,
    );

  it('needs no pre-post training and is not stopped by the card that it replaces', () => {
    expect(renew()).toEqual([]);
    expect(renew({ certificates: [held({ standing: 'EXPIRED' })] })).toEqual([]);
  });
  it.each<CertificateStanding>(['LOST', 'REVOKED', 'CANCELLED', 'REPLACED', 'SUSPENDED', 'RESERVED'])(
    'renews no %s card',
    (standing) => {
      expect(renew({ certificates: [held({ standing })] })).toContain('PREVIOUS_CERTIFICATE_MISSING');
    },
  );
  it('renews the card that lasts longest', () => {
    const certificates = [held({ number: 'A', standing: 'EXPIRED', validTo: '2020-01-01' }), held({ number: 'B' })];
    const conditions = issuanceConditions({ ...READY, type: 'RENEW', certificates, passes: again }, SETTINGS);
    expect(conditions.find(({ code }) => code === 'PREVIOUS_CERTIFICATE_MISSING')?.facts).toMatchObject({
      certificateNo: 'B',
    });
  });
  it('renews no card of another type', () => {
    expect(renew({ certificates: [held({ type: 'SUPERVISION' })] }, { allowBoth: true })).toContain(
      'PREVIOUS_CERTIFICATE_MISSING',
    );
  });
  it('opens the days of the setting before the end', () => {
    // 180 days before 30 June 2026 is 1 January.
    expect(
      renew({
        at: at('2026-01-01'),
        passes: [common('2025-12-30'), special('2025-12-30')],
        establishmentConfirmedOn: null,
      }),
    ).toEqual([]);
    expect(
      renew({
        at: at('2026-01-01') - 1,
        passes: [common('2025-12-30'), special('2025-12-30')],
        establishmentConfirmedOn: null,
      }),
    ).toEqual(['RENEWAL_TOO_EARLY']);
  });
  it('needs the hours of the last full year, where they are known', () => {
    expect(renew({ hoursLastYear: 59 })).toEqual(['HOURS_SHORT']);
    expect(renew({ hoursLastYear: null })).toEqual([]);
  });
  it('needs a test passed since the card was issued, unless switched off', () => {
    // The card is valid from 1 July 2021: a test of that day is the one that it was issued on.
    const before = [common('2021-07-01'), special('2021-07-01')];
    expect(renew({ passes: before })).toEqual(['RENEWAL_TEST_NOT_PASSED', 'RENEWAL_TEST_NOT_PASSED']);
    expect(renew({ passes: before }, { renewalTest: false })).toEqual([]);
    expect(renew({ passes: before, hasLegalQualification: true })).toEqual([
      'RENEWAL_TEST_NOT_PASSED',
      'RENEWAL_TEST_NOT_PASSED',
    ]);
  });
  it('for a further domain needs its pass', () => {
    expect(renew({ domains: [DOMAIN, 'WATER'], passes: again }, { renewalTest: false })).toEqual([
      'EXAM_SPECIAL_LAW_NOT_PASSED',
    ]);
  });
});

describe('an exchange and a reissue', () => {
  it.each<[IssuanceFacts['type'], CertificateStanding, boolean]>([
    ['EXCHANGE', 'VALID', true],
    ['EXCHANGE', 'CANCELLED', true],
    ['EXCHANGE', 'REVOKED', false],
    ['EXCHANGE', 'SUSPENDED', false],
    ['REISSUE', 'LOST', true],
    ['REISSUE', 'CANCELLED', false],
  ])('%s of a %s card: %s', (type, standing, may) => {
    expect(refusals({ type, certificates: [held({ standing })], passes: [] })).toEqual(
      may ? [] : ['PREVIOUS_CERTIFICATE_MISSING', 'EXAM_SPECIAL_LAW_NOT_PASSED'],
    );
  });
  it('a reissue beside a live card is refused', () => {
    const certificates = [held({ standing: 'LOST' }), held({ number: '16010100002' })];
    expect(refusals({ type: 'REISSUE', certificates })).toEqual(['LIVE_CERTIFICATE_EXISTS']);
  });
  it('a reissue waits for the void notice where one is recorded as missing', () => {
    const lost = { type: 'REISSUE' as const, certificates: [held({ standing: 'LOST' })] };
    expect(refusals({ ...lost, hasVoidNotice: false })).toEqual(['VOID_NOTICE_MISSING']);
    expect(refusals({ ...lost, hasVoidNotice: null })).toEqual([]);
  });
  it('another card is no way round the annual review of the old one', () => {
    const code = 'ANNUAL_REVIEW_NOT_PASSED';
    const asked = (
      type: 'RENEW' | 'EXCHANGE' | 'REISSUE',
      standing: 'VALID' | 'EXPIRED' | 'CANCELLED' | 'LOST',
      review: 'FAILED' | 'OVERDUE' | null,
    ): boolean => refusals({ type, certificates: [held({ standing, review })] }).includes(code);
    expect([asked('EXCHANGE', 'VALID', 'FAILED'), asked('EXCHANGE', 'VALID', 'OVERDUE')]).toEqual([true, true]);
    expect([asked('REISSUE', 'LOST', 'FAILED'), asked('RENEW', 'EXPIRED', 'FAILED')]).toEqual([true, true]);
    // Nobody reviews a card that is no more: the delay alone holds up nothing.
    expect([asked('REISSUE', 'LOST', 'OVERDUE'), asked('EXCHANGE', 'CANCELLED', 'OVERDUE')]).toEqual([false, false]);
    expect(asked('EXCHANGE', 'VALID', null)).toBe(false);
  });
  it('a new domain needs its pass', () => {
    const moved = { type: 'EXCHANGE' as const, certificates: [held({ standing: 'CANCELLED' })], domains: ['WATER'] };
    expect(refusals({ ...moved, passes: [] })).toEqual(['EXAM_SPECIAL_LAW_NOT_PASSED']);
    expect(refusals({ ...moved, passes: [special('2026-01-01', 'WATER')] })).toEqual([]);
  });
});

describe('the readiness page', () => {
  const lines = (over: Partial<ApplicantFacts> = {}) =>
    readinessLines(applicationConditions({ ...READY, unitId: 'u-1', isAssigned: true, ...over }, SETTINGS));
  const line = (code: string, over: Partial<ApplicantFacts> = {}) => lines(over).find((each) => each.code === code);

  it('shows every condition, met or not', () => {
    const open = lines({ passes: [], hasOpenApplication: true, isAssigned: false });
    expect(codes(open.filter(({ met }) => !met))).toEqual([
      'EXAM_COMMON_LAW_NOT_PASSED',
      'EXAM_SPECIAL_LAW_NOT_PASSED',
      'OPEN_APPLICATION_EXISTS',
      'NOT_ASSIGNED_TO_SUBJECT',
    ]);
    expect(lines().every(({ met, howTo }) => met && howTo === null)).toBe(true);
  });
  it('shows evidence, basis and the way to meet a condition', () => {
    expect(line('TRAINING_HOURS_SHORT', training({ prePostHours: 12 }))).toEqual({
      code: 'TRAINING_HOURS_SHORT',
      title: { zh: '岗前培训学时', en: 'Hours of pre-post training' },
      met: false,
      blocking: true,
      facts: { done: 12, required: 40 },
      evidence: { zh: '已确认 12 学时，要求 40 学时', en: '12 of 40 hours confirmed' },
      basis: '《河南省行政执法条例》第二十一条（系统设置 hours.prePost）',
      howTo: {
        zh: '请补足岗前培训学时：已确认 12 学时，要求 40 学时。',
        en: 'Make up the pre-post training: 12 hours are confirmed, 40 are required.',
      },
    });
    expect(line('TRAINING_HOURS_SHORT')).toMatchObject({ met: true, howTo: null });
  });
  it('says where nothing is recorded and does not block on it', () => {
    expect(line('PHOTO_MISSING', { hasPhoto: null })).toMatchObject({
      met: false,
      blocking: false,
      evidence: { zh: '未登记', en: 'not recorded' },
    });
    expect(isReady(lines({ hasPhoto: null }))).toBe(true);
    expect(line('PHOTO_MISSING', { hasPhoto: false })).toMatchObject({ met: false, blocking: true });
    expect(isReady(lines({ hasPhoto: false }))).toBe(false);
  });
  it('shows that nothing stands against the old card in its review', () => {
    const over = { type: 'EXCHANGE' as const, certificates: [held()] };
    expect(line('ANNUAL_REVIEW_NOT_PASSED', over)).toMatchObject({
      met: true,
      evidence: { zh: '证件 16010100001：没有问题', en: 'card 16010100001: nothing against it' },
    });
  });

  const BASE: Readonly<Record<ApplicationType, Partial<ApplicantFacts>>> = {
    FIRST: {},
    RENEW: { certificates: [held()] },
    EXCHANGE: { certificates: [held()] },
    REISSUE: { certificates: [held({ standing: 'LOST' })] },
  };
  /** What is asked of all, and what of some types only, each spoilt once. */
  const FOR_ALL: Partial<Record<string, Partial<ApplicantFacts>>> = {
    STAFF_CATEGORY_BARRED: { staffCategory: 'CONTRACT' },
    NOT_ON_ESTABLISHMENT: { onEstablishment: false },
    ESTABLISHMENT_NOT_CONFIRMED: { establishmentConfirmedOn: '2024-01-01' },
    LEFT_SERVICE: { leftFrom: at('2026-01-01') },
    OFF_POST: { offPost: [{ from: at('2026-01-01'), to: null }] },
    AGE_BELOW_18: { birthDate: '2010-01-01' },
    NOT_FIT_FOR_DUTY: { isFit: false },
    EDUCATION_TOO_LOW: { education: '初中' },
    SUBJECT_NOT_CONFIRMED: { unit: { ...READY.unit, isConfirmed: false } },
    BARRED_PERIOD: { bars: [{ ground: 'EXAM_CHEATING', from: '2026-01-01', to: null }] },
    APPRAISAL_FAILED: { passedLastAppraisal: false },
    DOMAINS_MISSING: { domains: [] },
    OPEN_APPLICATION_EXISTS: { hasOpenApplication: true },
    PHOTO_MISSING: { hasPhoto: false },
    UNIT_OPINION_MISSING: { hasUnitOpinion: false },
    NOT_ASSIGNED_TO_SUBJECT: { isAssigned: false },
  };
  const OTHER_CARD = held({ number: '16010100009', type: 'SUPERVISION' });
  const FOR_TYPE: Readonly<Record<ApplicationType, Partial<Record<string, Partial<ApplicantFacts>>>>> = {
    FIRST: {
      TRAINING_COMMON_LAW_MISSING: training({ commonLawHours: 0 }),
      TRAINING_SPECIAL_LAW_MISSING: training({ specialLawHours: {} }),
      TRAINING_HOURS_SHORT: training({ prePostHours: 39 }),
      EXAM_COMMON_LAW_NOT_PASSED: { passes: [special('2026-02-01')] },
      EXAM_SPECIAL_LAW_NOT_PASSED: { passes: [common('2026-02-01')] },
      EXAM_PASS_TOO_OLD: { passes: [common('2015-02-01'), special('2026-02-01')] },
      LIVE_CERTIFICATE_EXISTS: { certificates: [held()] },
      OTHER_TYPE_CERTIFICATE_EXISTS: { certificates: [OTHER_CARD] },
    },
    RENEW: {
      PREVIOUS_CERTIFICATE_MISSING: { certificates: [held({ standing: 'CANCELLED' })] },
      RENEWAL_TOO_EARLY: { certificates: [held({ validTo: '2027-06-30' })] },
      HOURS_SHORT: { hoursLastYear: 59 },
      ANNUAL_REVIEW_NOT_PASSED: { certificates: [held({ review: 'OVERDUE' })] },
      RENEWAL_TEST_NOT_PASSED: { passes: [common('2021-01-01'), special('2026-02-01')] },
      EXAM_SPECIAL_LAW_NOT_PASSED: { domains: [DOMAIN, 'WATER'] },
      OTHER_TYPE_CERTIFICATE_EXISTS: { certificates: [held(), OTHER_CARD] },
    },
    EXCHANGE: {
      PREVIOUS_CERTIFICATE_MISSING: { certificates: [held({ standing: 'LOST' })] },
      ANNUAL_REVIEW_NOT_PASSED: { certificates: [held({ review: 'FAILED' })] },
      EXAM_SPECIAL_LAW_NOT_PASSED: { domains: [DOMAIN, 'WATER'] },
      OTHER_TYPE_CERTIFICATE_EXISTS: { certificates: [held(), OTHER_CARD] },
    },
    REISSUE: {
      PREVIOUS_CERTIFICATE_MISSING: { certificates: [held({ standing: 'EXPIRED' })] },
      VOID_NOTICE_MISSING: { hasVoidNotice: false },
      ANNUAL_REVIEW_NOT_PASSED: { certificates: [held({ standing: 'LOST', review: 'FAILED' })] },
      LIVE_CERTIFICATE_EXISTS: { certificates: [held({ standing: 'LOST' }), held({ number: '16010100002' })] },
      OTHER_TYPE_CERTIFICATE_EXISTS: { certificates: [held({ standing: 'LOST' }), OTHER_CARD] },
    },
  };
  const spoilt = (Object.keys(BASE) as ApplicationType[]).flatMap((type) =>
    Object.entries({ ...FOR_ALL, ...FOR_TYPE[type] }).map(([code, over]) => [type, code, over ?? {}] as const),
  );

  it.each(Object.keys(BASE) as ApplicationType[])('of %s is ready where the application is taken', (type) => {
    const facts: ApplicantFacts = { ...READY, type, unitId: 'u-1', isAssigned: true, ...BASE[type] };
    expect(isReady(lines(facts))).toBe(true);
    expect(verdictOf(applicationConditions(facts, SETTINGS)).allowed).toBe(true);
  });
  it.each(spoilt)('of %s names %s, as the refusal does', (type, code, over) => {
    const facts: ApplicantFacts = { ...READY, type, unitId: 'u-1', isAssigned: true, ...BASE[type], ...over };
    const open = lines(facts).filter(({ met, blocking }) => !met && blocking);
    expect(codes(open)).toContain(code);
    expect(isReady(lines(facts))).toBe(false);
    // The refusal: the same codes with the same facts, and what the page says to do is the sentence of the refusal.
    expect(verdictOf(applicationConditions(facts, SETTINGS)).reasons).toEqual(
      open.map(({ code: name, facts: known }) => ({ code: name, facts: known })),
    );
    for (const { title, evidence, howTo, basis } of open) {
      expect([title.zh, title.en, evidence.zh, evidence.en, howTo?.zh, howTo?.en, basis]).not.toContain('');
    }
  });
  it('has no condition left out above', () => {
    // A public institution without delegation is the one that needs another unit (eligibility.spec.ts).
    const elsewhere = ['NO_EFFECTIVE_DELEGATION', 'PUBLIC_INSTITUTION_NOT_ENTITLED'];
    const tried = new Set([...spoilt.map(([, code]) => code), ...elsewhere]);
    for (const type of Object.keys(BASE) as ApplicationType[]) {
      const listed = codes(lines({ type, ...BASE[type], domains: [DOMAIN] }));
      expect(listed.filter((code) => !tried.has(code))).toEqual([]);
    }
  });
});

describe('the type of application that fits', () => {
  it.each<[string, Parameters<typeof held>[0][], ApplicationType]>([
    ['no card', [], 'FIRST'],
    ['a card in its window', [{}], 'RENEW'],
    ['a card before its window', [{ validTo: '2028-06-30' }], 'EXCHANGE'],
    ['a suspended card', [{ standing: 'SUSPENDED', validTo: '2028-06-30' }], 'EXCHANGE'],
    ['an expired card', [{ standing: 'EXPIRED' }], 'RENEW'],
    ['a lost card', [{ standing: 'LOST' }], 'REISSUE'],
    ['a lost card that was replaced', [{ standing: 'LOST' }, { validTo: '2028-06-30' }], 'EXCHANGE'],
    ['a card cancelled on transfer', [{ standing: 'CANCELLED' }], 'EXCHANGE'],
    ['a revoked card', [{ standing: 'REVOKED' }], 'FIRST'],
    [
      'a card that was replaced and its revoked successor',
      [{ standing: 'REPLACED' }, { standing: 'REVOKED' }],
      'FIRST',
    ],
    ['the last one of two', [{ standing: 'EXPIRED', validTo: '2020-01-01' }, { standing: 'LOST' }], 'REISSUE'],
    ['a card of the other type', [{ type: 'SUPERVISION' }], 'FIRST'],
  ])('%s', (_name, cards, expected) => {
    const facts = { ...READY, certificates: cards.map(held) };
    expect(fittingType(facts, SETTINGS)).toBe(expected);
  });
});

describe('the shortest way', () => {
  const offered = (over: Partial<Parameters<typeof helps>[0]> = {}) => ({
    type: 'PRE_POST',
    subject: 'COMMON_LAW' as const,
    domain: null,
    endsOn: '2026-04-10',
    ...over,
  });
  const ofWater = { subject: 'SPECIAL_LAW' as const, domain: 'WATER' };
  const ofOwn = { subject: 'SPECIAL_LAW' as const, domain: DOMAIN };
  const wanted = (
    code: 'TRAINING_HOURS_SHORT' | 'HOURS_SHORT' | 'TRAINING_COMMON_LAW_MISSING' | 'TRAINING_SPECIAL_LAW_MISSING',
  ) => wantedFor({ code, facts: { domain: DOMAIN } }, [DOMAIN], '2026-03-10') as ClassWanted;

  it.each([
    ['TRAINING_COMMON_LAW_MISSING', {}, true],
    ['TRAINING_COMMON_LAW_MISSING', ofOwn, false],
    ['TRAINING_COMMON_LAW_MISSING', { type: 'ROTATION' }, false],
    ['TRAINING_SPECIAL_LAW_MISSING', ofOwn, true],
    ['TRAINING_SPECIAL_LAW_MISSING', ofWater, false],
    ['TRAINING_SPECIAL_LAW_MISSING', {}, false],
    ['TRAINING_HOURS_SHORT', {}, true],
    ['TRAINING_HOURS_SHORT', ofOwn, true],
    ['TRAINING_HOURS_SHORT', ofWater, false],
    ['HOURS_SHORT', {}, false],
    ['HOURS_SHORT', { type: 'ROTATION' }, true],
    ['HOURS_SHORT', { type: 'ROTATION', ...ofWater }, false],
    ['HOURS_SHORT', { type: 'OFF_POST_REMEDIAL' }, false],
    ['HOURS_SHORT', { type: 'THEMATIC', endsOn: '2025-01-01' }, true],
    ['HOURS_SHORT', { type: 'THEMATIC', endsOn: '2024-12-31' }, false],
    ['HOURS_SHORT', { type: 'THEMATIC', endsOn: '2026-12-31' }, true],
    ['HOURS_SHORT', { type: 'THEMATIC', endsOn: '2027-01-01' }, false],
  ] as const)('%s, a class %o: %s', (code, over, may) => {
    expect(helps(offered(over), wanted(code))).toBe(may);
  });
  it.each([
    ['EXAM_COMMON_LAW_NOT_PASSED', {}, { subject: 'COMMON_LAW', domain: null }],
    ['EXAM_SPECIAL_LAW_NOT_PASSED', { domain: 'WATER' }, { subject: 'SPECIAL_LAW', domain: 'WATER' }],
    ['EXAM_PASS_TOO_OLD', { examSubject: 'COMMON_LAW', domain: null }, { subject: 'COMMON_LAW', domain: null }],
    [
      'RENEWAL_TEST_NOT_PASSED',
      { examSubject: 'SPECIAL_LAW', domain: 'FIRE' },
      { subject: 'SPECIAL_LAW', domain: 'FIRE' },
    ],
  ] as const)('%s needs an exam of %o', (code, facts, paper) => {
    expect(wantedFor({ code, facts }, [DOMAIN], '2026-03-10')).toEqual({ kind: 'EXAM', ...paper });
  });
  it('is no class and no exam where neither helps', () => {
    expect(wantedFor({ code: 'PHOTO_MISSING', facts: {} }, [DOMAIN], '2026-03-10')).toBeNull();
  });
  it.each(Object.keys(WAY_TEXTS) as (keyof typeof WAY_TEXTS)[])('%s is said in both languages', (code) => {
    const facts = {
      title: '一班',
      startsOn: '2026-04-06',
      endsOn: '2026-04-10',
      place: '礼堂',
      hours: 16,
      seatsLeft: null,
      year: '2026',
      examSubject: 'COMMON_LAW',
    };
    const { zh, en } = sayWay(code, facts);
    expect(zh).toMatch(/“一班”.*。$/);
    expect(en).toMatch(/^[A-Z].*“一班”.*\.$/);
    expect(`${zh}${en}`).not.toMatch(/未登记|not recorded|undefined/);
  });
});
