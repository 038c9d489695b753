import { describe, expect, it } from '@jest/globals';
import {
  activeBarGrounds,
  BAR_GROUNDS,
  barOfCheating,
  barOfSanction,
  runningBar,
  type BarFact,
  type BarGround,
} from '../../src/rules/bars.rules.js';
import { STAFF_CATEGORIES, type StaffCategory, type SubjectKind } from '../../src/rules/duty-facts.js';
import { educationRank, isEducated } from '../../src/rules/education.js';
import { decideEligibility, eligibilityConditions, type EligibilityFacts } from '../../src/rules/eligibility.rules.js';
import { at, codes, LONG_AGO, refusalsOf } from './duty-world.js';
import { ELIGIBILITY, ELIGIBLE } from './qualification-world.js';

const refusals = (over: Partial<EligibilityFacts>, settings = ELIGIBILITY) =>
  refusalsOf(decideEligibility({ ...ELIGIBLE, ...over }, settings));
const unit = (kind: SubjectKind, hasEffectiveDelegation = false) => ({
  unit: { ...ELIGIBLE.unit, kind, hasEffectiveDelegation },
});

describe('eligibility', () => {
  it('is given when every condition is met', () => {
    expect(decideEligibility(ELIGIBLE, ELIGIBILITY)).toEqual({ allowed: true, reasons: [] });
    expect(eligibilityConditions(ELIGIBLE, ELIGIBILITY).every(({ state }) => state === 'MET')).toBe(true);
  });
  it.each<[string, Partial<EligibilityFacts>, string[]]>([
    ['off the establishment', { onEstablishment: false }, ['NOT_ON_ESTABLISHMENT']],
    ['establishment confirmed 12 months ago', { establishmentConfirmedOn: '2025-03-10' }, []],
    ['a day longer ago', { establishmentConfirmedOn: '2025-03-09' }, ['ESTABLISHMENT_NOT_CONFIRMED']],
    ['confirmed on the day', { establishmentConfirmedOn: '2026-03-10' }, []],
    ['confirmed in the future', { establishmentConfirmedOn: '2026-03-11' }, ['ESTABLISHMENT_NOT_CONFIRMED']],
    ['confirmed on no day', { establishmentConfirmedOn: '2026-02-30' }, ['ESTABLISHMENT_NOT_CONFIRMED']],
    ['left at this moment', { leftFrom: ELIGIBLE.at }, ['LEFT_SERVICE']],
    ['leaves a millisecond later', { leftFrom: ELIGIBLE.at + 1 }, []],
    ['off post', { offPost: [{ from: LONG_AGO, to: null }] }, ['OFF_POST']],
    ['back on post', { offPost: [{ from: LONG_AGO, to: ELIGIBLE.at }] }, []],
    ['18 today', { birthDate: '2008-03-10' }, []],
    ['18 tomorrow', { birthDate: '2008-03-11' }, ['AGE_BELOW_18']],
    ['born on no day', { birthDate: '2008-02-30' }, ['AGE_BELOW_18']],
    ['unfit', { isFit: false }, ['NOT_FIT_FOR_DUTY']],
    ['education too low', { education: '初中' }, ['EDUCATION_TOO_LOW']],
    ['education nobody knows', { education: '江湖' }, ['EDUCATION_TOO_LOW']],
    ['unit not confirmed', { unit: { ...ELIGIBLE.unit, isConfirmed: false } }, ['SUBJECT_NOT_CONFIRMED']],
    ['delegated unit without delegation', unit('DELEGATED_ORG'), ['NO_EFFECTIVE_DELEGATION']],
    ['delegated unit with delegation', unit('DELEGATED_ORG', true), []],
    ['appraisal failed', { passedLastAppraisal: false }, ['APPRAISAL_FAILED']],
    ['barred', { bars: [{ ground: 'DISQUALIFIED', from: '2025-01-01', to: null }] }, ['BARRED_PERIOD']],
  ])('%s', (_name, over, expected) => {
    expect(refusals(over)).toEqual(expected);
  });
  it.each(STAFF_CATEGORIES.map((category, i) => [category, i < 3] as const))('%s may: %s', (staffCategory, may) => {
    expect(refusals({ staffCategory })).toEqual(may ? [] : ['STAFF_CATEGORY_BARRED']);
  });
  it('knows no category that is not in the law', () => {
    expect(refusals({ staffCategory: 'AUXILIARY' as StaffCategory })).toEqual(['STAFF_CATEGORY_BARRED']);
  });
  it.each<[SubjectKind, boolean, string[]]>([
    ['ADMIN_ORGAN', false, []],
    ['DISPATCHED_ORGAN', false, []],
    ['AUTHORIZED_ORG', false, []],
    ['DELEGATED_ORG', true, []],
    ['DELEGATED_ORG', false, ['NO_EFFECTIVE_DELEGATION', 'PUBLIC_INSTITUTION_NOT_ENTITLED']],
  ])('public-institution staff at %s, delegation in effect: %s', (kind, delegation, expected) => {
    expect(refusals({ staffCategory: 'PUBLIC_INSTITUTION', ...unit(kind, delegation) })).toEqual(expected);
  });
  it('lists what is not recorded without blocking', () => {
    const unknown = { establishmentConfirmedOn: null, isFit: null, education: null, passedLastAppraisal: null };
    expect(refusals(unknown)).toEqual([]);
    const conditions = eligibilityConditions({ ...ELIGIBLE, ...unknown }, ELIGIBILITY);
    expect(codes(conditions.filter(({ state }) => state === 'NOT_RECORDED'))).toEqual([
      'ESTABLISHMENT_NOT_CONFIRMED',
      'NOT_FIT_FOR_DUTY',
      'EDUCATION_TOO_LOW',
      'APPRAISAL_FAILED',
    ]);
  });
  it('names everything that is wrong at once', () => {
    const all = refusals({
      staffCategory: 'CONTRACT',
      onEstablishment: false,
      leftFrom: LONG_AGO,
      birthDate: '2020-01-01',
      unit: { ...ELIGIBLE.unit, isConfirmed: false },
    });
    expect(all).toEqual([
      'STAFF_CATEGORY_BARRED',
      'NOT_ON_ESTABLISHMENT',
      'LEFT_SERVICE',
      'AGE_BELOW_18',
      'SUBJECT_NOT_CONFIRMED',
    ]);
  });
  it('counts the day at +08:00', () => {
    expect(refusals({ birthDate: '2008-03-10', at: at('2026-03-10') })).toEqual([]);
    expect(refusals({ birthDate: '2008-03-10', at: at('2026-03-10') - 1 })).toEqual(['AGE_BELOW_18']);
  });
});

describe('bars', () => {
  const bar = (over: Partial<BarFact> = {}): BarFact => ({
    ground: 'SANCTION',
    from: '2026-01-01',
    to: '2026-03-10',
    ...over,
  });
  const runs = (over: Partial<BarFact>, grounds: readonly BarGround[] = BAR_GROUNDS) =>
    runningBar([bar(over)], grounds, '2026-03-10') !== null;
  it.each<[string, Partial<BarFact>, boolean]>([
    ['on its last day', {}, true],
    ['the day after', { to: '2026-03-09' }, false],
    ['on its first day', { from: '2026-03-10', to: null }, true],
    ['the day before', { from: '2026-03-11', to: null }, false],
    ['with an unreadable end', { to: 'never' }, true],
    ['with an unreadable begin', { from: '', to: null }, true],
    ['on an unknown ground', { ground: 'HEXED' as BarGround }, true],
  ])('run %s: %s', (_name, over, expected) => {
    expect(runs(over)).toBe(expected);
  });
  it('count only where switched on', () => {
    expect(runs({}, ['DISQUALIFIED'])).toBe(false);
    expect(activeBarGrounds('allOn')).toEqual(BAR_GROUNDS);
    expect(activeBarGrounds({ SANCTION: false, EXAM_CHEATING: 'off' })).toEqual([
      'DISQUALIFIED',
      'UNDER_INVESTIGATION',
    ]);
    for (const unreadable of [null, undefined, 7, [], 'off']) expect(activeBarGrounds(unreadable)).toEqual(BAR_GROUNDS);
  });
  it('name the one that lasts longest', () => {
    const open = bar({ to: null, ground: 'DISQUALIFIED' });
    const longer = bar({ to: '2026-12-31' });
    expect(runningBar([bar(), longer], BAR_GROUNDS, '2026-03-10')).toBe(longer);
    expect(runningBar([open, longer], BAR_GROUNDS, '2026-03-10')).toBe(open);
    expect(runningBar([longer, open], BAR_GROUNDS, '2026-03-10')).toBe(open);
  });
  it.each([
    ['WARNING', null],
    ['DEMERIT', '2028-12-31'],
    ['MAJOR_DEMERIT', '2029-06-30'],
    ['DEMOTION', '2029-12-31'],
    ['REMOVAL', '2029-12-31'],
  ] as const)('after %s last to %s', (sanction, to) => {
    expect(barOfSanction(sanction, '2026-01-01', 24)).toEqual(
      to === null ? null : { ground: 'SANCTION', from: '2026-01-01', to },
    );
  });
  it('are named with ground and time in the reason', () => {
    const verdict = decideEligibility(
      { ...ELIGIBLE, bars: [bar({ to: 'never' }), bar({ to: '2027-01-01' })] },
      ELIGIBILITY,
    );
    expect(verdict.reasons).toEqual([
      { code: 'BARRED_PERIOD', facts: { ground: 'SANCTION', since: '2026-01-01', until: 'never' } },
    ]);
  });
  it('for cheating last the months of the setting from the exam on', () => {
    expect(barOfCheating('2026-03-10', 12)).toEqual({ ground: 'EXAM_CHEATING', from: '2026-03-10', to: '2027-03-09' });
  });
});

describe('education', () => {
  it.each([
    ['高中', true],
    ['中专', true],
    ['大专', true],
    ['本科', true],
    ['大学本科', true],
    ['硕士研究生', true],
    ['博士', true],
    ['BACHELOR', true],
    [' 本科 ', true],
    ['本科学历', true],
    ['初中', false],
    ['小学', false],
    ['', false],
    ['自学成才', false],
  ])('%p reaches 高中: %s', (word, expected) => {
    expect(isEducated(word, '高中')).toBe(expected);
  });
  it('is not reached where the setting cannot be read', () => {
    expect(isEducated('博士', '?')).toBe(false);
    expect(educationRank('?')).toBeNull();
  });
});
