/** Scores and passes. BR-41, 49, 140. A score is a number from 0 to 100 with at most one decimal; absent is no score at all. */

export const RESULT_OUTCOMES = ['SCORED', 'ABSENT', 'VOID'] as const;
export type ResultOutcome = (typeof RESULT_OUTCOMES)[number];

export type ScoreCode = 'SCORE_MALFORMED' | 'SCORE_OUT_OF_RANGE' | 'SCORE_MISSING' | 'SCORE_AND_ABSENT';

export type ScoreCheck =
  { readonly ok: true; readonly score: number } | { readonly ok: false; readonly code: ScoreCode };

/** Takes text of a score cell. Gives the number, or why it is none; 「85分」 is none, and 85.25 has a decimal too many. */
export function parseScore(text: string): ScoreCheck {
  const value = text.normalize('NFKC').trim();
  if (value === '') return { ok: false, code: 'SCORE_MISSING' };
  if (!/^[+-]?\d{1,6}(?:\.\d)?$/.test(value)) return { ok: false, code: 'SCORE_MALFORMED' };
  const score = Number(value);
  return score >= 0 && score <= 100 ? { ok: true, score } : { ok: false, code: 'SCORE_OUT_OF_RANGE' };
}

export type ResultCheck =
  | { readonly ok: true; readonly outcome: ResultOutcome; readonly score: number | null }
  | { readonly ok: false; readonly code: ScoreCode };

/** Words that stand in the score column itself instead of a number. */
const OUTCOME_WORDS: Readonly<Record<string, ResultOutcome>> = {
  缺考: 'ABSENT',
  违纪: 'VOID',
  ABSENT: 'ABSENT',
  VOID: 'VOID',
};

/**
 * Takes a row of a result sheet: the score cell and the marks beside it. Gives the outcome. A score and 缺考 exclude each other; 违纪
 * voids whatever was scored.
 */
export function readResult(row: {
  readonly score: string;
  readonly isAbsent: boolean;
  readonly isVoid: boolean;
}): ResultCheck {
  const word = OUTCOME_WORDS[row.score.normalize('NFKC').trim().toUpperCase()];
  const isAbsent = row.isAbsent || word === 'ABSENT';
  if (row.isVoid || word === 'VOID') return { ok: true, outcome: 'VOID', score: null };
  const isBlank = row.score.normalize('NFKC').trim() === '' || word !== undefined;
  if (isAbsent) return isBlank ? { ok: true, outcome: 'ABSENT', score: null } : { ok: false, code: 'SCORE_AND_ABSENT' };
  const parsed = parseScore(row.score);
  return parsed.ok ? { ok: true, outcome: 'SCORED', score: parsed.score } : parsed;
}

export interface PaperResult {
  readonly paperId: string;
  readonly outcome: ResultOutcome;
  readonly score: number | null;
  /** `exam.passMark`, or the paper's own. */
  readonly passMark: number;
}

export interface GradedPaper extends PaperResult {
  readonly passed: boolean;
}

/** Takes one paper. Gives whether it is passed: a score that reaches the mark, and nothing else. BR-41. */
export function gradePaper({ outcome, score, passMark }: Omit<PaperResult, 'paperId'>): boolean {
  if (outcome !== 'SCORED' || score === null || !(passMark >= 0 && passMark <= 100)) return false;
  // In tenths, because 0.1 has no exact binary form.
  return score >= 0 && score <= 100 && Math.round(score * 10) >= Math.round(passMark * 10);
}

/** Takes all papers of one registration. Gives them graded; cheating in one voids them all (BR-49) and bars the person. */
export function gradeRegistration(papers: readonly PaperResult[]): {
  readonly papers: readonly GradedPaper[];
  readonly cheated: boolean;
} {
  const cheated = papers.some(({ outcome }) => outcome === 'VOID');
  return {
    cheated,
    papers: papers.map((paper) =>
      cheated ? { ...paper, outcome: 'VOID', score: null, passed: false } : { ...paper, passed: gradePaper(paper) },
    ),
  };
}
