import { Injectable } from '@nestjs/common';
import { Importable } from '../infrastructure/discovery/marks.js';
import { Settings } from '../infrastructure/settings/settings.js';
import { Clock } from '../kernel/clock.js';
import type {
  Consequence,
  DamagedRow,
  Examination,
  ImportColumn,
  ImportContext,
  ImportDefinition,
  ImportRow,
  ImportValues,
  RepairOffer,
  RevertLock,
  RevertRow,
  RowOutcome,
} from '../kernel/import-definition.js';
import { OfficerIdentity } from '../officers/index.js';
import { judgeRow, planOf, plainWord, RESULT_EFFECTS, type JudgedRow } from './exam-result-rows.js';
import { examReleased } from './exam-problems.js';
import type { ExamRow } from './exam.rows.js';
import { ExamsQueries } from './exams.queries.js';
import { SUBJECT_OPTIONS, subjectNamed } from './paper-names.js';
import { failed, RecordResults, resultKey } from './record-results.js';
import { RepairCandidates } from './repair-candidates.js';
import { ResultConsequencesQueries } from './result-consequences.queries.js';
import { ResultsSheet } from './results-sheet.js';
import { RELEASED, RevertResults } from './revert-results.js';
import { SittingsQueries } from './sittings.queries.js';

const COLUMNS: readonly ImportColumn[] = [
  { field: 'exam', headings: ['考试批次', '考试名称', '批次'], cell: 'text', required: false },
  {
    field: 'admissionNo',
    headings: ['准考证号', '准考证号码', '准考证', '考号'],
    cell: 'text',
    required: true,
    note: '文本格式，与准考证一致。',
  },
  { field: 'name', headings: ['姓名', '考生姓名', '名字'], cell: 'name', required: true },
  {
    field: 'idNumber',
    headings: ['身份证号', '公民身份号码', '身份证号码', '身份证', '证件号码'],
    cell: 'id-number',
    required: true,
    sensitive: true,
    note: '18 位，文本格式。',
  },
  { field: 'unit', headings: ['单位', '单位名称', '所在单位', '工作单位'], cell: 'text', required: false },
  {
    field: 'subject',
    headings: ['科目', '考试科目', '科目名称', '科目(公共/专业)'],
    cell: 'text',
    required: true,
    options: SUBJECT_OPTIONS,
  },
  {
    field: 'domain',
    headings: ['专业领域', '执法领域', '领域'],
    cell: 'text',
    required: false,
    note: '专业法律知识填写；该考生只报考一个专业领域时可留空。',
  },
  {
    field: 'score',
    headings: ['成绩', '分数', '得分', '考试成绩'],
    cell: 'score',
    required: false,
    note: '0 到 100，最多一位小数；也可填“缺考”“违纪”。',
  },
  { field: 'absent', headings: ['缺考标记', '是否缺考', '缺考'], cell: 'text', required: false },
  { field: 'void', headings: ['违纪标记', '是否违纪', '违纪'], cell: 'text', required: false },
  { field: 'remark', headings: ['备注', '说明'], cell: 'text', required: false, maxLength: 2000 },
  {
    field: 'version',
    headings: ['数据版本'],
    cell: 'text',
    required: false,
    hidden: true,
    note: '系统填写，请勿修改：用来发现下载之后又被改过的成绩。',
  },
];

/** What belongs to the sheet of an exam besides deciding and writing its rows. */
@Injectable()
export class ExamSheetDesk {
  constructor(
    readonly sheet: ResultsSheet,
    readonly follows: ResultConsequencesQueries,
    readonly candidates: RepairCandidates,
  ) {}
}

/** All that the exams room says about being filled by file (domain.md 11.2, BR-140). */
@Importable()
@Injectable()
export class ExamResultsImport implements ImportDefinition {
  readonly kind = 'EXAM_RESULTS';
  readonly version = 1;
  readonly permission = 'import.exam-results';
  readonly parameters = ['examId'];
  readonly columns = COLUMNS;
  readonly title = '考试成绩';
  readonly examinesInApply = true;
  readonly effects = RESULT_EFFECTS;

  constructor(
    private readonly exams: ExamsQueries,
    private readonly sittings: SittingsQueries,
    private readonly settings: Settings,
    private readonly identity: OfficerIdentity,
    private readonly clock: Clock,
    private readonly record: RecordResults,
    private readonly reverting: RevertResults,
    private readonly desk: ExamSheetDesk,
  ) {}

  naturalKey(values: ImportValues): string | null {
    const admissionNo = (values['admissionNo'] ?? '').trim();
    const subject = plainWord(values['subject'] ?? '');
    if (admissionNo === '' || subject === '') return null;
    const code = subjectNamed(subject) ?? subject;
    return [admissionNo, code, code === 'COMMON_LAW' ? '' : plainWord(values['domain'] ?? '')].join('|');
  }

  async checkParameters({ actor, parameters }: ImportContext): Promise<void> {
    const exam = await this.exams.inScope(actor, parameters['examId'] ?? '');
    if (exam.status !== 'OPEN') throw examReleased(exam.status);
  }

  async examine(context: ImportContext, rows: readonly ImportRow[]): Promise<Examination> {
    const exam = await this.exams.inScope(context.actor, context.parameters['examId'] ?? '');
    const judged = [...withoutRivals(await this.judge(exam, rows))];
    return {
      problems: new Map(
        judged
          .filter(([, { problems }]) => problems.length > 0)
          .map(([rowNumber, { problems }]) => [rowNumber, problems]),
      ),
      plans: new Map(
        judged.flatMap(([rowNumber, { result }]) => (result ? [[rowNumber, planOf(result)] as const] : [])),
      ),
    };
  }

  async apply(context: ImportContext, rows: readonly ImportRow[]): Promise<readonly RowOutcome[]> {
    const exam = await this.exams.lock(context.actor, context.parameters['examId'] ?? '');
    if (exam.status !== 'OPEN') return rows.map(({ rowNumber }) => failed(rowNumber, RELEASED));
    const judged = withoutRivals(await this.judge(exam, rows));
    const now = await this.clock.now();
    const accepted = [...judged].flatMap(([rowNumber, { result }]) => (result ? [{ rowNumber, result }] : []));
    const outcomes = await this.record.execute(context, exam.id, accepted, now);
    return rows.map(({ rowNumber }) => {
      const said = judged.get(rowNumber)?.problems ?? [];
      const outcome = outcomes.get(rowNumber);
      if (!outcome) return failed(rowNumber, said);
      return said.length === 0 || outcome.problems ? outcome : { ...outcome, problems: said };
    });
  }

  revert(
    context: ImportContext,
    rows: readonly RevertRow[],
    dryRun: boolean,
  ): Promise<ReadonlyMap<number, readonly RevertLock[]>> {
    return this.reverting.execute(context, context.parameters['examId'] ?? '', rows, dryRun);
  }

  async *prefill({ actor, parameters }: ImportContext): AsyncIterable<ImportValues> {
    yield* this.desk.sheet.rows(await this.exams.inScope(actor, parameters['examId'] ?? ''));
  }

  consequences({ importId }: ImportContext): Promise<readonly Consequence[]> {
    return this.desk.follows.of(importId);
  }

  async repairs({ actor, parameters }: ImportContext, row: DamagedRow): Promise<readonly RepairOffer[]> {
    return this.desk.candidates.offers(await this.exams.inScope(actor, parameters['examId'] ?? ''), row);
  }

  private async judge(exam: ExamRow, rows: readonly ImportRow[]): Promise<ReadonlyMap<number, JudgedRow>> {
    const numbers = rows.map(({ values }) => values['admissionNo'] ?? '').filter((number) => number !== '');
    const sittings = await this.sittings.byAdmissionNo(exam.id, numbers);
    const dictionary = await this.settings.dictionary(exam.held_on, 'domains');
    const domains = new Map(
      dictionary.flatMap(({ code, nameZh, nameEn }) =>
        [code, nameZh, nameEn].map((name) => [plainWord(name), code] as const),
      ),
    );
    // A candidate has a row for each paper: the keyed index is reckoned once.
    const indexes = new Map<string, string>();
    const indexOf = (idNumber: string): string => {
      const known = indexes.get(idNumber) ?? this.identity.indexOf(idNumber);
      indexes.set(idNumber, known);
      return known;
    };
    return new Map(
      rows.map(({ rowNumber, values }) => [
        rowNumber,
        judgeRow(values, { sitting: sittings.get(values['admissionNo'] ?? ''), indexOf, domains }),
      ]),
    );
  }
}

/** Two rows for one paper of one candidate, however they name it: neither counts until one is chosen (BR-139). */
function withoutRivals(judged: ReadonlyMap<number, JudgedRow>): ReadonlyMap<number, JudgedRow> {
  const rowsOf = new Map<string, number[]>();
  for (const [rowNumber, { result }] of judged) {
    if (!result) continue;
    const key = resultKey(result);
    rowsOf.set(key, [...(rowsOf.get(key) ?? []), rowNumber]);
  }
  const settled = new Map(judged);
  for (const rivals of rowsOf.values()) {
    if (rivals.length === 1) continue;
    for (const rowNumber of rivals) {
      const others = rivals.filter((other) => other !== rowNumber).join('、');
      const detail = `与第 ${others} 行是同一考生的同一科目。请保留其中一行。`;
      const problems = judged.get(rowNumber)?.problems ?? [];
      settled.set(rowNumber, {
        problems: [...problems, { column: null, code: 'DUPLICATE_IN_FILE', level: 'ERROR', detail }],
        result: null,
      });
    }
  }
  return settled;
}
