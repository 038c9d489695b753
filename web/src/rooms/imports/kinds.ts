import type { View } from '../../shared/api/client';
import type { Permission } from '../../shared/api/permissions';
import { useMe } from '../../shared/api/session';
import { words, type Words } from '../../shared/i18n/dictionary';

export type Import = View<'ImportView'>;
export type Summary = View<'ImportSummaryView'>;
export type Row = View<'ImportRowView'>;

export const KINDS = [
  'OFFICER_ROSTER',
  'EXAM_RESULTS',
  'TRAINING_HOURS',
  'CERTIFICATE_BACKFILL',
  'EXISTING_CERTIFICATES',
] as const;
export type Kind = (typeof KINDS)[number];

interface AboutKind {
  readonly name: Words;
  readonly permission: Permission;
  /** What the file belongs to; the server asks for it. */
  readonly parameter: 'examId' | 'trainingClassId' | null;
  /** What one does in a minute. */
  readonly guide: Words;
}

export const ABOUT: Readonly<Record<Kind, AboutKind>> = {
  OFFICER_ROSTER: {
    name: words('人员花名册', 'Officer roster'),
    permission: 'import.officer-roster',
    parameter: null,
    guide: words(
      '一行一人。身份证号用文本格式；单位写全称。已有的人员会更新，不会重复。',
      'One person a row. ID numbers as text, bodies by their full name. Known officers are updated, never doubled.',
    ),
  },
  EXAM_RESULTS: {
    name: words('考试成绩', 'Exam results'),
    permission: 'import.exam-results',
    parameter: 'examId',
    guide: words(
      '先在考试页下载待录成绩表，只填成绩一列。也可以直接上传阅卷系统导出的文件。',
      'Download the results sheet from the exam and fill in the score, or upload what the marking system gives.',
    ),
  },
  TRAINING_HOURS: {
    name: words('培训学时', 'Training hours'),
    permission: 'import.training-hours',
    parameter: 'trainingClassId',
    guide: words('按培训班上传签到学时，一行一人。', 'Hours attended, class by class, one person a row.'),
  },
  CERTIFICATE_BACKFILL: {
    name: words('证件回填', 'Certificate numbers'),
    permission: 'import.certificates',
    parameter: null,
    guide: words(
      '省厅制发后，把证件编号和有效期填回对应的申请。',
      'After the province has issued them: number and validity go back to their applications.',
    ),
  },
  EXISTING_CERTIFICATES: {
    name: words('已持证件', 'Existing certificates'),
    permission: 'import.certificates',
    parameter: null,
    guide: words(
      '启用本系统之前已经持有的证件，一证一行，只登记一次。',
      'Certificates held before this system was used, one a row, recorded once.',
    ),
  },
};

export const isKind = (text: string | null | undefined): text is Kind =>
  (KINDS as readonly string[]).includes(text ?? '');

/** The kinds that the person may import. */
export function useMyKinds(): readonly Kind[] {
  const { permissions } = useMe();
  return KINDS.filter((kind) => permissions.includes(ABOUT[kind].permission));
}

export const kindName = (kind: string): Words => (isKind(kind) ? ABOUT[kind].name : words(kind, kind));

export const RUNNING: readonly string[] = ['RECEIVED', 'PARSING', 'VALIDATING', 'COMMITTING'];
/** Wrote what it could, or gave up: nothing more happens by itself. */
export const OVER: readonly string[] = ['COMPLETED', 'PARTIALLY_COMPLETED', 'CANCELLED', 'FAILED', 'REVERTED'];
/** A corrected workbook opens the next round. */
export const TAKES_ROUND: readonly string[] = ['VALIDATED', 'COMPLETED', 'PARTIALLY_COMPLETED'];
/** May be taken back where something was written. */
export const REVERTIBLE: readonly string[] = ['COMPLETED', 'PARTIALLY_COMPLETED', 'CANCELLED', 'FAILED'];

/** Where the record of an imported row is shown; null where it has no page of its own. */
export function targetPath(kind: string, targetId: string | null): string | null {
  if (targetId === null) return null;
  if (kind === 'OFFICER_ROSTER') return `/officers/${targetId}`;
  if (kind === 'EXISTING_CERTIFICATES') return `/certificates/${targetId}`;
  return null;
}
