import { ApiProperty } from '@nestjs/swagger';
import { SUBJECT_KINDS, SUBJECT_STATUSES, type SubjectKind, type SubjectStatus } from '../../rules/duty-facts.js';
import { explain } from '../../rules/refusal-texts.js';
import {
  SUBJECT_STATES,
  subjectLifecycle,
  type SubjectCommand,
  type SubjectState,
} from '../../rules/subject.lifecycle.js';
import { decideSubject } from '../../rules/subject.rules.js';
import { LegalBasisView } from '../legal-basis.view.js';
import { WarningView } from '../warning.view.js';
import type { PeriodRow, SubjectRow } from './subjects.rows.js';

/** A body in a list. */
export class SubjectView {
  id: string;
  name: string;
  uscc: string;
  @ApiProperty({ enum: SUBJECT_KINDS })
  kind: SubjectKind;
  divisionCode: string;
  parentId: string | null;
  /** The state at this moment. */
  @ApiProperty({ enum: SUBJECT_STATES })
  state: SubjectState;
  version: number;
  createdAt: string;
}

export class SubjectPageView {
  @ApiProperty({ type: [SubjectView] })
  items: readonly SubjectView[];
  nextCursor: string | null;
}

export class SubjectStatusPeriodView {
  id: string;
  @ApiProperty({ enum: SUBJECT_STATUSES })
  status: SubjectStatus;
  /** The legal time: [effectiveFrom, effectiveTo). */
  effectiveFrom: string;
  effectiveTo: string | null;
  document: string | null;
  announcementReference: string | null;
  announcedOn: string | null;
  reason: string | null;
  /** When this was learned, and when something else was learned instead. */
  recordedAt: string;
  supersededAt: string | null;
}

export class SubjectDetailView extends SubjectView {
  /** The body above; null at the top. */
  parentName: string | null;
  /** The state that was entered last; it may begin in the future. The verbs go by it. */
  @ApiProperty({ enum: SUBJECT_STATES })
  newestState: SubjectState;
  /** The verbs that the newest state allows. */
  @ApiProperty({ type: [String] })
  commands: readonly SubjectCommand[];
  @ApiProperty({ type: [LegalBasisView] })
  legalBases: readonly LegalBasisView[];
  /** What is known today, by legal time. */
  @ApiProperty({ type: [SubjectStatusPeriodView] })
  statusPeriods: readonly SubjectStatusPeriodView[];
  /** What was known before and has been corrected since. */
  @ApiProperty({ type: [SubjectStatusPeriodView] })
  formerPeriods: readonly SubjectStatusPeriodView[];
  @ApiProperty({ type: [WarningView] })
  warnings: readonly WarningView[];
}

export const subjectView = (row: SubjectRow & { readonly state: SubjectState }): SubjectView => ({
  id: row.id,
  name: row.name,
  uscc: row.uscc,
  kind: row.kind,
  divisionCode: row.division_code,
  parentId: row.parent_id,
  state: row.state,
  version: row.version,
  createdAt: row.created_at.toISOString(),
});

const periodView = (row: PeriodRow): SubjectStatusPeriodView => ({
  id: row.id,
  status: row.status,
  effectiveFrom: row.effective_from.toISOString(),
  effectiveTo: row.effective_to?.toISOString() ?? null,
  document: row.document,
  announcementReference: row.announcement_reference,
  announcedOn: row.announced_on,
  reason: row.reason,
  recordedAt: row.recorded_at.toISOString(),
  supersededAt: row.superseded_at?.toISOString() ?? null,
});

export function subjectDetailView(
  row: SubjectRow & { readonly state: SubjectState; readonly parent_name: string | null },
  legalBases: readonly LegalBasisView[],
  periods: readonly PeriodRow[],
): SubjectDetailView {
  const current = periods.filter((period) => period.superseded_at === null);
  const newest = newestState(current);
  const { warnings } = decideSubject({
    name: row.name,
    kind: row.kind,
    creditCode: row.uscc,
    divisionCode: row.division_code,
    legalBases,
    creditCodeInUse: false,
  });
  return {
    ...subjectView(row),
    parentName: row.parent_name,
    newestState: newest,
    commands: subjectLifecycle.commandsFrom(newest),
    legalBases,
    statusPeriods: current.map(periodView),
    formerPeriods: periods.filter((period) => period.superseded_at !== null).map(periodView),
    warnings: warnings.map(explain),
  };
}

/** The status that begins last among those known today; REGISTERED where there is none. */
export const newestState = (current: readonly PeriodRow[]): SubjectState =>
  newestPeriod(current)?.status ?? 'REGISTERED';

export const newestPeriod = (current: readonly PeriodRow[]): PeriodRow | null =>
  current.reduce<PeriodRow | null>(
    (newest, period) => (newest === null || period.effective_from >= newest.effective_from ? period : newest),
    null,
  );
