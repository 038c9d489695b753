import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decideExamEntry, type ExamEntryFacts, papersFor, papersToSit } from '../../src/rules/exam-entry.rules.js';
import {
  gradePaper,
  gradeRegistration,
  parseScore,
  readResult,
  type PaperResult,
} from '../../src/rules/exam-grading.rules.js';
import { decideLevel, decideRelease } from '../../src/rules/separation-of-duties.rules.js';
import { codes, DOMAIN, refusalsOf } from './duty-world.js';
import { ELIGIBILITY, ELIGIBLE } from './qualification-world.js';

describe('a score', () => {
  it.each([
    ['0', 0],
    ['100', 100],
    ['60', 60],
    ['59.9', 59.9],
    ['85.0', 85],
    ['085', 85],
    [' ８５．５ ', 85.5],
    ['+85', 85],
  ])('%p is %d', (text, score) => {
    expect(parseScore(text)).toEqual({ ok: true, score });
  });
  it.each([
    ['', 'SCORE_MISSING'],
    ['  ', 'SCORE_MISSING'],
    ['85分', 'SCORE_MALFORMED'],
    ['85.25', 'SCORE_MALFORMED'],
    ['85.', 'SCORE_MALFORMED'],
    ['.5', 'SCORE_MALFORMED'],
    ['1e2', 'SCORE_MALFORMED'],
    ['0x10', 'SCORE_MALFORMED'],
    ['合格', 'SCORE_MALFORMED'],
    ['8 5', 'SCORE_MALFORMED'],
    ['—', 'SCORE_MALFORMED'],
    ['100.1', 'SCORE_OUT_OF_RANGE'],
    ['101', 'SCORE_OUT_OF_RANGE'],
    ['-1', 'SCORE_OUT_OF_RANGE'],
    ['999999', 'SCORE_OUT_OF_RANGE'],
  ])('%p is %s', (text, code) => {
    expect(parseScore(text)).toEqual({ ok: false, code });
  });
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), (tenths) => {
        expect(parseScore((tenths / 10).toFixed(1))).toEqual({ ok: true, score: tenths / 10 });
      }),
    );
  });
});

describe('a row of results', () => {
  const row = (score: string, isAbsent = false, isVoid = false) => readResult({ score, isAbsent, isVoid });
  it.each([
    [row('72.5'), { ok: true, outcome: 'SCORED', score: 72.5 }],
    [row('', true), { ok: true, outcome: 'ABSENT', score: null }],
    [row('缺考'), { ok: true, outcome: 'ABSENT', score: null }],
    [row(' 缺考 ', true), { ok: true, outcome: 'ABSENT', score: null }],
    [row('0'), { ok: true, outcome: 'SCORED', score: 0 }],
    [row('88', false, true), { ok: true, outcome: 'VOID', score: null }],
    [row('违纪'), { ok: true, outcome: 'VOID', score: null }],
    [row('', true, true), { ok: true, outcome: 'VOID', score: null }],
    [row('88', true), { ok: false, code: 'SCORE_AND_ABSENT' }],
    [row('0', true), { ok: false, code: 'SCORE_AND_ABSENT' }],
    [row(''), { ok: false, code: 'SCORE_MISSING' }],
    [row('八十'), { ok: false, code: 'SCORE_MALFORMED' }],
    [row('toString'), { ok: false, code: 'SCORE_MALFORMED' }],
  ])('%# is read', (read, expected) => {
    expect(read).toEqual(expected);
  });
});

describe('a paper', () => {
  const passed = (score: number | null, passMark = 60, outcome: PaperResult['outcome'] = 'SCORED') =>
    gradePaper({ outcome, score, passMark });
  it('is passed from the mark on', () => {
    expect([passed(59.9), passed(60), passed(60.1), passed(100), passed(0, 0)]).toEqual([
      false,
      true,
      true,
      true,
      true,
    ]);
  });
  it('may have a mark of 100', () => {
    expect([passed(99.9, 100), passed(100, 100)]).toEqual([false, true]);
  });
  it('is never passed without a score', () => {
    expect([passed(null), passed(100, 60, 'ABSENT'), passed(100, 60, 'VOID'), passed(NaN), passed(101)]).toEqual(
      Array(5).fill(false),
    );
  });
  it('is never passed against a mark that cannot be read', () => {
    expect([passed(100, NaN), passed(100, -1), passed(100, 101)]).toEqual([false, false, false]);
  });
  it('compares in tenths', () => {
    expect(passed(0.1 + 0.2, 0.3)).toBe(true);
    expect(passed(0.3, 0.1 + 0.2)).toBe(true);
  });
});

describe('a registration', () => {
  const paper = (paperId: string, over: Partial<PaperResult> = {}): PaperResult => ({
    paperId,
    outcome: 'SCORED',
    score: 70,
    passMark: 60,
    ...over,
  });
  it('is graded paper by paper, without averaging', () => {
    const graded = gradeRegistration([
      paper('a', { score: 100 }),
      paper('b', { score: 59 }),
      paper('c', { outcome: 'ABSENT', score: null }),
    ]);
    expect(graded.cheated).toBe(false);
    expect(graded.papers.map(({ passed }) => passed)).toEqual([true, false, false]);
  });
  it('is void as a whole when one paper is', () => {
    const graded = gradeRegistration([paper('a', { score: 100 }), paper('b', { outcome: 'VOID', score: null })]);
    expect(graded.cheated).toBe(true);
    expect(graded.papers).toEqual([
      { paperId: 'a', outcome: 'VOID', score: null, passMark: 60, passed: false },
      { paperId: 'b', outcome: 'VOID', score: null, passMark: 60, passed: false },
    ]);
  });
});

describe('registering for an exam', () => {
  const papers = [
    { id: 'p-1', subject: 'COMMON_LAW' as const, domain: null },
    { id: 'p-2', subject: 'SPECIAL_LAW' as const, domain: DOMAIN },
    { id: 'p-3', subject: 'SPECIAL_LAW' as const, domain: 'WATER' },
  ];
  const facts: ExamEntryFacts = {
    ...ELIGIBLE,
    exam: { title: '2026年第一批', state: 'OPEN', papers },
    isRegistered: false,
    domains: [DOMAIN],
    passedDomains: [],
    round: null,
  };
  const entry = (over: Partial<ExamEntryFacts>, order: 'ANY' | 'SPECIAL_FIRST' = 'ANY') =>
    refusalsOf(decideExamEntry({ ...facts, ...over }, { ...ELIGIBILITY, order, resitMax: 1 }));

  it('is open to who could hold a certificate', () => {
    expect(entry({})).toEqual([]);
    expect(entry({ staffCategory: 'CONTRACT' })).toEqual(['STAFF_CATEGORY_BARRED']);
    expect(entry({ bars: [{ ground: 'EXAM_CHEATING', from: '2025-06-01', to: '2026-05-31' }] })).toEqual([
      'BARRED_PERIOD',
    ]);
  });
  it('is closed when the results are released', () => {
    expect(entry({ exam: { ...facts.exam, state: 'RELEASED' } })).toEqual(['EXAM_NOT_OPEN']);
  });
  it('is done once', () => {
    expect(entry({ isRegistered: true })).toEqual(['ALREADY_REGISTERED']);
  });
  it('needs a paper to sit', () => {
    expect(papersFor(papers, [DOMAIN]).map(({ id }) => id)).toEqual(['p-1', 'p-2']);
    expect(entry({ exam: { ...facts.exam, papers: papers.slice(2) } })).toEqual(['NO_PAPER_FOR_OFFICER']);
    expect(entry({ exam: { ...facts.exam, papers: [] } })).toEqual(['NO_PAPER_FOR_OFFICER']);
  });
  it.each([
    ['failed common law', [['COMMON_LAW', null, true, false]], ['p-1'], []],
    [
      'failed both',
      [
        ['COMMON_LAW', null, true, false],
        ['SPECIAL_LAW', DOMAIN, true, false],
      ],
      ['p-1', 'p-2'],
      [],
    ],
    [
      'failed one, passed the other',
      [
        ['COMMON_LAW', null, true, true],
        ['SPECIAL_LAW', DOMAIN, true, false],
      ],
      ['p-2'],
      [],
    ],
    [
      'passed in a resit since',
      [
        ['COMMON_LAW', null, true, false],
        ['COMMON_LAW', null, true, true],
      ],
      [],
      ['NOTHING_TO_RESIT'],
    ],
    ['was absent', [['COMMON_LAW', null, false, false]], [], ['NOTHING_TO_RESIT']],
    [
      'was absent at a resit of what was failed',
      [
        ['COMMON_LAW', null, true, false],
        ['COMMON_LAW', null, false, false],
      ],
      ['p-1'],
      [],
    ],
    ['failed a domain that is no longer theirs', [['SPECIAL_LAW', 'WATER', true, false]], [], ['NOTHING_TO_RESIT']],
    ['took no part', [], [], ['NOTHING_TO_RESIT']],
  ] as const)('lets into a resit who %s (BR-50)', (_who, done, sits, refusals) => {
    const results = done.map(([subject, domain, scored, passed]) => ({ subject, domain, scored, passed }));
    const round = { results, resits: 0 };
    expect(papersToSit(papers, [DOMAIN], round).map(({ id }) => id)).toEqual([...sits]);
    expect(entry({ round })).toEqual([...refusals]);
    expect(entry({ round: { results, resits: 1 } })).toEqual([...refusals, 'RESITS_USED_UP']);
  });
  it('keeps the order of subjects where it is set', () => {
    const another = [...papers.slice(0, 1), ...papers.slice(2)];
    expect(entry({ exam: { ...facts.exam, papers: another }, domains: [DOMAIN, 'WATER'] }, 'SPECIAL_FIRST')).toEqual([
      'SPECIAL_LAW_FIRST',
    ]);
    const commonOnly = { exam: { ...facts.exam, papers: papers.slice(0, 1) } };
    expect(entry(commonOnly)).toEqual([]);
    expect(entry(commonOnly, 'SPECIAL_FIRST')).toEqual(['SPECIAL_LAW_FIRST']);
    expect(entry({ ...commonOnly, passedDomains: [DOMAIN] }, 'SPECIAL_FIRST')).toEqual([]);
    expect(entry({}, 'SPECIAL_FIRST')).toEqual([]);
  });
});

describe('separation of duties', () => {
  const level = (accountId: string, step = 'DISTRICT_APPROVAL', officerId: string | null = null) =>
    codes(
      decideLevel({
        step,
        actor: { accountId, officerId },
        earlier: [
          { step: 'SUBMISSION', accountId: 'hr' },
          { step: 'DISTRICT_REVIEW', accountId: 'reviewer' },
        ],
        concerns: ['o-1'],
      }).reasons,
    );
  it('lets nobody act at two levels', () => {
    expect([level('approver'), level('reviewer'), level('hr')]).toEqual([
      [],
      ['SAME_PERSON_TWO_LEVELS'],
      ['SAME_PERSON_TWO_LEVELS'],
    ]);
    expect(level('hr', 'DISTRICT_REVIEW')).toEqual(['SAME_PERSON_TWO_LEVELS']);
  });
  it('lets somebody repeat the same step', () => {
    expect(level('reviewer', 'DISTRICT_REVIEW')).toEqual([]);
  });
  it('lets nobody decide on himself', () => {
    expect(level('approver', 'DISTRICT_APPROVAL', 'o-1')).toEqual(['OWN_CASE']);
    expect(level('approver', 'DISTRICT_APPROVAL', 'o-2')).toEqual([]);
  });
  it('names the step at which somebody acted before', () => {
    const facts = {
      step: 'B',
      actor: { accountId: 'a', officerId: null },
      earlier: [{ step: 'A', accountId: 'a' }],
      concerns: [],
    };
    expect(decideLevel(facts).reasons).toEqual([
      { code: 'SAME_PERSON_TWO_LEVELS', facts: { earlierStep: 'A', step: 'B' } },
    ]);
  });
  it('lets nobody release what he committed', () => {
    expect(codes(decideRelease({ accountId: 'a', committedBy: ['b', 'a'] }).reasons)).toEqual(['RELEASE_BY_COMMITTER']);
    expect(decideRelease({ accountId: 'a', committedBy: ['b'] }).allowed).toBe(true);
  });
});
