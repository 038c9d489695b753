import { ApiProperty } from '@nestjs/swagger';
import { ReasonView } from '../infrastructure/http/reason.view.js';
import { examLifecycle } from '../rules/exam.lifecycle.js';
import type { ExamCountsRow, ExamRow, PaperRow, RegistrationListRow, ResultListRow } from './exam.rows.js';

export class PaperView {
  id: string;
  /** COMMON_LAW or SPECIAL_LAW. */
  subject: string;
  /** Null for COMMON_LAW. */
  domain: string | null;
  passMark: number;
}

export class OwnerView {
  id: string;
  name: string;
}

export class ExamView {
  id: string;
  title: string;
  /** @example 2026-06-20 */
  heldOn: string;
  /** OPEN: results may be recorded; RELEASED: they are final and count. */
  status: string;
  ownerSubject: OwnerView;
  /** The first exam of the round, where this one is a resit; else null. */
  resitOf: string | null;
  papers: PaperView[];
  /** The verbs that the status allows. */
  commands: string[];
  version: number;
  createdAt: string;
  releasedAt: string | null;
}

export class ExamCountsView {
  registered: number;
  /** Papers that the candidates sit, all together. */
  papers: number;
  recorded: number;
  missing: number;
  passed: number;
  absent: number;
  void: number;
}

export class ExamDetailView extends ExamView {
  counts: ExamCountsView;
}

export class ExamPage {
  @ApiProperty({ type: [ExamView] })
  items: readonly ExamView[];
  nextCursor: string | null;
}

export class RegistrationOutcomeView {
  officerId: string;
  /** REGISTERED (also when the officer was registered before) or REFUSED. */
  status: string;
  admissionNo?: string;
  reasons: ReasonView[];
}

export class RegistrationOutcomesView {
  items: RegistrationOutcomeView[];
}

export class CandidateView {
  officerId: string;
  admissionNo: string;
  name: string;
  /** @example 410***********0012 */
  idNumber: string;
  unit: OwnerView;
}

export class RegistrationView extends CandidateView {
  id: string;
  papers: PaperView[];
  registeredAt: string;
}

export class RegistrationPage {
  @ApiProperty({ type: [RegistrationView] })
  items: readonly RegistrationView[];
  nextCursor: string | null;
}

export class ResultView extends CandidateView {
  paper: PaperView;
  /** SCORED, ABSENT or VOID. */
  outcome: string;
  score: number | null;
  passed: boolean;
  recordedAt: string;
}

export class ResultPage {
  @ApiProperty({ type: [ResultView] })
  items: readonly ResultView[];
  nextCursor: string | null;
}

export const paperView = (row: PaperRow): PaperView => ({
  id: row.id,
  subject: row.subject,
  domain: row.domain === '' ? null : row.domain,
  passMark: Number(row.pass_mark),
});

export const examView = (row: ExamRow, papers: readonly PaperRow[]): ExamView => ({
  id: row.id,
  title: row.title,
  heldOn: row.held_on,
  status: row.status,
  ownerSubject: { id: row.owner_id, name: row.owner_name },
  resitOf: row.resit_of,
  papers: papers.filter(({ exam_id }) => exam_id === row.id).map(paperView),
  commands: examLifecycle.commandsFrom(row.status),
  version: row.version,
  createdAt: row.created_at.toISOString(),
  releasedAt: row.released_at?.toISOString() ?? null,
});

export const examDetailView = (
  row: ExamRow,
  papers: readonly PaperRow[],
  { papers: sat, ...counts }: ExamCountsRow,
): ExamDetailView => ({
  ...examView(row, papers),
  counts: { ...counts, papers: sat, missing: sat - counts.recorded },
});

const candidateView = (row: RegistrationListRow | ResultListRow): CandidateView => ({
  officerId: row.officer_id,
  admissionNo: row.admission_no,
  name: row.name,
  idNumber: row.id_number_masked,
  unit: { id: row.unit_id, name: row.unit_name },
});

export const registrationView = (row: RegistrationListRow, papers: readonly PaperRow[]): RegistrationView => ({
  id: row.id,
  ...candidateView(row),
  papers: papers.map(paperView),
  registeredAt: row.registered_at.toISOString(),
});

export const resultView = (row: ResultListRow): ResultView => ({
  ...candidateView(row),
  paper: paperView({
    id: row.paper_id,
    exam_id: row.exam_id,
    subject: row.subject,
    domain: row.domain,
    pass_mark: row.pass_mark,
  }),
  outcome: row.outcome,
  score: row.score === null ? null : Number(row.score),
  passed: row.passed === 1,
  recordedAt: row.recorded_at.toISOString(),
});
