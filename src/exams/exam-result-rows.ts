import { normaliseText, parseScore } from '../infrastructure/files/index.js';
import type { Bilingual, ImportValues, RowLevel, RowPlan, RowProblem } from '../kernel/import-definition.js';
import { gradePaper, readResult, type ResultOutcome, type ScoreCode } from '../rules/exam-grading.rules.js';
import { subjectName, subjectNamed } from './paper-names.js';
import type { SatPaper, Sitting } from './sittings.queries.js';

/** What a row of the sheet comes to: a result of one candidate in one paper, or why not. */
export interface JudgedRow {
  readonly problems: readonly RowProblem[];
  /** Null when there is an error among the problems. */
  readonly result: NewResult | null;
}

export interface NewResult {
  readonly sitting: Sitting;
  readonly paper: SatPaper;
  readonly outcome: ResultOutcome;
  readonly score: number | null;
  readonly passed: boolean;
}

/** What one row is compared with. */
export interface RowGround {
  /** The candidate behind the admission number of the row. */
  readonly sitting: Sitting | undefined;
  /** Keyed index of an ID number, however it is typed. */
  readonly indexOf: (idNumber: string) => string;
  /** Code of a domain by its code, Chinese or English name. */
  readonly domains: ReadonlyMap<string, string>;
}

const problem = (column: string | null, code: string, level: RowLevel, detail: string): RowProblem => ({
  column,
  code,
  level,
  detail,
});
const error = (column: string | null, code: string, detail: string): RowProblem =>
  problem(column, code, 'ERROR', detail);

/** How a name is compared: width, blanks between Han characters and the many middle dots do not matter. */
const plainName = (name: string): string => normaliseText(name).value;

/** Text for comparing names of domains and marks. */
export const plainWord = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '').toUpperCase();

/** BR-140: admission number, ID number and name must all be those of one registration. */
export function judgeRow(values: ImportValues, { sitting, indexOf, domains }: RowGround): JudgedRow {
  const mark = readMark(values);
  if (!sitting) {
    const unknown = error(
      'admissionNo',
      'ADMISSION_NO_UNKNOWN',
      '本次考试没有这个准考证号。请对照准考证或重新下载成绩登记表核对。',
    );
    return { problems: [unknown, ...mark.problems], result: null };
  }
  const sameId = indexOf(values['idNumber'] ?? '') === sitting.idNumberIndex;
  const sameName = plainName(values['name'] ?? '') === plainName(sitting.name);
  const { paper, fault } = paperNamed(values, sitting, domains);
  const problems = [
    ...(sameId
      ? []
      : [error('idNumber', 'ID_MISMATCH', '身份证号与该准考证号的报名信息不一致。请核对是否错行，或更正身份证号。')]),
    ...(sameName ? [] : [error('name', 'NAME_MISMATCH', nameDetail(sameId ? sitting.name : null))]),
    ...(fault ? [fault] : []),
    ...mark.problems,
  ];
  if (problems.some(({ level }) => level === 'ERROR') || !paper || !mark.outcome) return { problems, result: null };
  const passed = gradePaper({ outcome: mark.outcome, score: mark.score, passMark: paper.passMark });
  const result = { sitting, paper, outcome: mark.outcome, score: mark.score, passed };
  const amber = [
    ...(changedSinceDownload(values, paper) ? [changedSince(paper)] : []),
    ...(differs(result) ? [already(paper)] : []),
  ];
  return { problems: [...problems, ...amber], result };
}

/** What a candidate's row of the sheet that is handed out carries: which result, if any, was recorded then. */
export const versionOf = ({ result }: Pick<SatPaper, 'result'>): string => String(result?.version ?? 0);

/** The sheet says what was recorded when it was handed out; since then somebody recorded something else. */
const changedSinceDownload = (values: ImportValues, paper: SatPaper): boolean =>
  /^\d{1,9}$/.test(values['version'] ?? '') && values['version'] !== versionOf(paper);

const changedSince = ({ result }: SatPaper): RowProblem =>
  problem(
    'score',
    'CHANGED_SINCE_DOWNLOAD',
    'WARNING',
    result === null
      ? '下载成绩登记表之后，此人这一科目的成绩被撤销过。请确认仍以本行为准。'
      : `下载成绩登记表之后，此人这一科目已登记过成绩（${wordOf(result)}）。请确认仍以本行为准。`,
  );

const wordOf = ({ outcome, score }: Pick<NewResult, 'outcome' | 'score'>): string =>
  outcome === 'SCORED' ? String(score) : outcome === 'ABSENT' ? '缺考' : '违纪';

export const RESULT_EFFECTS: Readonly<Record<string, Bilingual>> = {
  PAPER_PASSED: { zh: '本科目合格', en: 'passes the paper' },
  PAPER_FAILED: { zh: '本科目不合格', en: 'fails the paper' },
  PAPER_ABSENT: { zh: '缺考', en: 'was absent' },
  PAPER_VOID: { zh: '违纪，成绩作废', en: 'broke the rules, the paper is void' },
  PASS_GAINED: { zh: '由不合格改为合格', en: 'a recorded fail becomes a pass' },
  PASS_LOST: { zh: '由合格改为不合格', en: 'a recorded pass is lost' },
};

/** What a result comes to: new, another one than is recorded, or the same. Preview and commit ask here. */
export function planOf(result: NewResult): RowPlan {
  const { sitting, paper, outcome, passed } = result;
  const before = paper.result;
  const targetId = `${sitting.registrationId}.${paper.paperId}`;
  if (before !== null && !differs(result))
    return { state: 'UNCHANGED', targetId, effects: before.passed ? ['PAPER_PASSED'] : [] };
  const effects = [
    outcome === 'ABSENT'
      ? 'PAPER_ABSENT'
      : outcome === 'VOID'
        ? 'PAPER_VOID'
        : passed
          ? 'PAPER_PASSED'
          : 'PAPER_FAILED',
  ];
  if (before === null) return { state: 'CREATED', targetId, effects };
  if (before.passed !== passed) effects.push(passed ? 'PASS_GAINED' : 'PASS_LOST');
  return {
    state: 'UPDATED',
    targetId,
    changes: [{ column: 'score', before: wordOf(before), after: wordOf(result) }],
    effects,
  };
}

/** True when something else is recorded for this candidate and paper. */
export const differs = ({ paper: { result }, outcome, score }: NewResult): boolean =>
  result !== null && (result.outcome !== outcome || result.score !== score);

const already = ({ result }: SatPaper): RowProblem =>
  problem(
    'score',
    'ALREADY_RECORDED',
    'WARNING',
    `已登记过成绩（${result === null ? '' : wordOf(result)}），导入后将改为本行的成绩。`,
  );

const nameDetail = (registered: string | null): string =>
  registered === null
    ? '姓名与该准考证号的报名信息不一致。请核对是否错行。'
    : `姓名与报名信息不一致，报名时的姓名为“${registered}”。请更正姓名。`;

function paperNamed(
  values: ImportValues,
  sitting: Sitting,
  domains: ReadonlyMap<string, string>,
): { readonly paper?: SatPaper; readonly fault?: RowProblem } {
  const subject = subjectNamed(values['subject'] ?? '');
  const unknown = (column: string, detail: string) => ({ fault: error(column, 'PAPER_UNKNOWN', detail) });
  if (!subject) return unknown('subject', '科目请填“公共法律知识”或“专业法律知识”。');
  const sat = sitting.papers.filter((paper) => paper.subject === subject);
  if (sat.length === 0) return unknown('subject', `该考生没有报考${subjectName(subject)}。`);
  const named = subject === 'COMMON_LAW' ? '' : plainWord(values['domain'] ?? '');
  if (named === '') {
    const [only, another] = sat;
    return only && !another ? { paper: only } : unknown('domain', '该考生报考了多个专业领域，请填写专业领域。');
  }
  const code = domains.get(named);
  const paper = sat.find(({ domain }) => domain === code);
  return paper ? { paper } : unknown('domain', '该考生没有报考这个专业领域的科目。请核对专业领域。');
}

interface Mark {
  readonly problems: readonly RowProblem[];
  readonly outcome: ResultOutcome | null;
  readonly score: number | null;
}

const TICKED = new Set(['是', '有', '√', '✓', '✔', '1', 'Y', 'YES', 'TRUE', 'T']);
const NOT_TICKED = new Set(['', '否', '无', '0', 'N', 'NO', 'FALSE', 'F', '-', '—', '/', '正常']);

const SCORE_FAULTS: Readonly<Record<ScoreCode, string>> = {
  SCORE_MALFORMED: '成绩请填 0 到 100 的数字，最多一位小数；缺考、违纪请填“缺考”“违纪”。',
  SCORE_OUT_OF_RANGE: '成绩应在 0 到 100 之间。',
  SCORE_MISSING: '没有成绩。请填写成绩，或填“缺考”“违纪”。',
  SCORE_AND_ABSENT: '缺考不能同时有成绩。请保留其中一项。',
};

/** The score cell and the two marks beside it, as the law book reads them. */
function readMark(values: ImportValues): Mark {
  const text = values['score'] ?? '';
  const reading = readScoreCell(text);
  const isAbsent = ticked(values['absent'] ?? '', ['缺考', '缺席', '未考', '旷考']);
  const isVoid = ticked(values['void'] ?? '', ['违纪', '作弊', '舞弊']);
  const refuse = (column: string, code: ScoreCode, detail = SCORE_FAULTS[code]): Mark => ({
    problems: [error(column, code, detail)],
    outcome: null,
    score: null,
  });
  if (isAbsent === null) return refuse('absent', 'SCORE_MALFORMED', '缺考标记请填“是”，未缺考则留空。');
  if (isVoid === null) return refuse('void', 'SCORE_MALFORMED', '违纪标记请填“是”，未违纪则留空。');
  const read = readResult({ score: reading, isAbsent, isVoid });
  if (!read.ok) return refuse('score', read.code);
  return { problems: scoreNotes(text, reading, read.outcome), outcome: read.outcome, score: read.score };
}

/** The cell without ornaments: 「85分」 is 85, 「作弊」 is 违纪, a dash is nothing. What cannot be read stays as it is. */
function readScoreCell(text: string): string {
  const reading = parseScore(text);
  switch (reading.state) {
    case 'SCORE':
      return reading.value;
    case 'ABSENT':
      return '缺考';
    case 'VIOLATION':
      return '违纪';
    case 'NOT_ENTERED':
      return '';
    case 'MALFORMED':
      return text;
  }
}

function scoreNotes(text: string, reading: string, outcome: ResultOutcome): RowProblem[] {
  const note = (detail: string): RowProblem[] => [problem('score', 'NORMALISED', 'NOTE', detail)];
  if (outcome === 'SCORED' && reading !== text) return note(`成绩按 ${reading} 读取。`);
  if (outcome === 'VOID' && reading !== '' && reading !== '违纪') return note('按违纪登记，卷面成绩不计。');
  return [];
}

/** Null when nobody knows what the mark means. */
function ticked(text: string, words: readonly string[]): boolean | null {
  const plain = plainWord(text);
  if (NOT_TICKED.has(plain)) return false;
  return TICKED.has(plain) || words.includes(plain) ? true : null;
}
