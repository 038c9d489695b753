import { ApiProperty } from '@nestjs/swagger';

/** A number of the workbench; the page knows the words and the list behind each. */
export const FIGURES = [
  'officersWithoutCertificate',
  'certificatesExpiring',
  'certificatesSuspended',
  'cardsToCollect',
  'applicationsReturned',
  'applicationsToReview',
  'applicationsToApprove',
  'applicationsToIssue',
  'settingsToApprove',
  'importsOpen',
  'importsRunning',
  'examsUpcoming',
  'examsToRelease',
  'delegationsEnding',
  'deploymentsActive',
  'deploymentsPlanned',
  'deploymentsRecalled',
  'accountsActive',
  'accountsLocked',
  'accountsDisabled',
  'accountsWithoutRole',
  'auditEntriesToday',
  'signInsRefusedToday',
  'idNumbersShownToday',
  'rolesSetToday',
  'settingsTouchedToday',
] as const;
export type FigureKey = (typeof FIGURES)[number];

export class FigureView {
  @ApiProperty({ enum: FIGURES })
  key: FigureKey;
  count: number;
  /** Of how many, where that says something. */
  @ApiProperty({ type: Number, nullable: true })
  of: number | null;
}

export class MonthView {
  /** @example 2026-12 */
  month: string;
  /** Certificates in force whose last day lies in this month. */
  count: number;
  firstDay: string;
  lastDay: string;
}

export class CoverageView {
  subjectId: string;
  name: string;
  /** Officers who are there. */
  officers: number;
  /** Those of them with a certificate in force. */
  certified: number;
}

export class WorkbenchView {
  asOf: string;
  @ApiProperty({ type: [FigureView] })
  figures: FigureView[];
  /** Empty for whoever does not read the business. */
  @ApiProperty({ type: [MonthView] })
  expiry: MonthView[];
  /** The bodies with the most officers without a certificate first. */
  @ApiProperty({ type: [CoverageView] })
  coverage: CoverageView[];
}

export const TODO_KINDS = [
  'APPLICATION_REVIEW',
  'APPLICATION_APPROVAL',
  'APPLICATION_ISSUE',
  'APPLICATION_RETURNED',
  'APPLICATION',
  'SETTING',
  'CARD_CASE',
  'ANNUAL_REVIEW',
  'PUBLICATION_PREPARE',
  'PUBLICATION_CHECK',
  'DEPLOYMENT_RECALLED',
  'DEPLOYMENT',
  'IMPORT',
  'EXAM_RELEASE',
] as const;
export type TodoKind = (typeof TODO_KINDS)[number];

export class TodoView {
  /** Of the record behind it. */
  id: string;
  @ApiProperty({ enum: TODO_KINDS })
  kind: TodoKind;
  /** The officer, the exam, the deployment, the year reviewed, the key of the setting, the kind of the import. */
  title: string;
  /** The body that it concerns. */
  @ApiProperty({ type: String, nullable: true })
  unit: string | null;
  /** Who handed it in. */
  @ApiProperty({ type: String, nullable: true })
  by: string | null;
  /** Since when it waits; in the other boxes: when it was done. */
  at: string;
  @ApiProperty({ type: String, nullable: true })
  dueOn: string | null;
  /** The state of the record, or what was decided. */
  @ApiProperty({ type: String, nullable: true })
  state: string | null;
}

export class TodoPageView {
  @ApiProperty({ type: [TodoView] })
  items: readonly TodoView[];
  nextCursor: string | null;
}

export class TodoCountView {
  @ApiProperty({ enum: TODO_KINDS })
  kind: TodoKind;
  count: number;
}

export class TodoCountsView {
  @ApiProperty({ type: [TodoCountView] })
  items: readonly TodoCountView[];
}
