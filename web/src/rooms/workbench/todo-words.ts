import type { View } from '../../shared/api/client';
import type { StatusKind } from '../../shared/components/status';
import { words, type Words } from '../../shared/i18n/dictionary';

export type Todo = View<'TodoView'>;
export type TodoKind = Todo['kind'];

export const KIND_WORDS: Readonly<Record<TodoKind, Words>> = {
  APPLICATION_REVIEW: words('审核发证申请', 'Review an application'),
  APPLICATION_APPROVAL: words('审批发证申请', 'Approve an application'),
  APPLICATION_ISSUE: words('制证', 'Issue a certificate'),
  APPLICATION_RETURNED: words('补正被退回的申请', 'Correct a returned application'),
  APPLICATION: words('发证申请', 'Application'),
  SETTING: words('参数改动', 'Change of a setting'),
  CARD_CASE: words('收回证件', 'Collect a card'),
  ANNUAL_REVIEW: words('年度审验', 'Annual review'),
  PUBLICATION_PREPARE: words('拟定公示', 'Prepare a publication'),
  PUBLICATION_CHECK: words('复核公示', 'Check a publication'),
  DEPLOYMENT_RECALLED: words('出动被召回', 'Recalled deployment'),
  DEPLOYMENT: words('出动', 'Deployment'),
  IMPORT: words('导入', 'Import'),
  EXAM_RELEASE: words('录入并公布成绩', 'Record and release results'),
};

/** States and decisions, as the rooms name them. */
export const STATE_WORDS: Readonly<Record<string, readonly [StatusKind, Words]>> = {
  SUBMITTED: ['pending', words('待审核', 'To review')],
  DISTRICT_REVIEWED: ['pending', words('待审批', 'To approve')],
  APPROVED: ['ok', words('已批准', 'Approved')],
  IN_BATCH: ['pending', words('制证中', 'Being issued')],
  ISSUED: ['ok', words('已发证', 'Issued')],
  RETURNED: ['limited', words('已退回', 'Returned')],
  REJECTED: ['stop', words('不予通过', 'Rejected')],
  APPROVE: ['ok', words('已通过', 'Passed on')],
  RETURN: ['limited', words('已退回', 'Returned')],
  REJECT: ['stop', words('不予通过', 'Rejected')],
  PROPOSED: ['pending', words('待批准', 'To approve')],
  IN_FORCE: ['ok', words('已生效', 'In force')],
  REFUSED: ['stop', words('未批准', 'Refused')],
  DUE: ['pending', words('待拟公示', 'To be prepared')],
  PREPARED: ['pending', words('待复核', 'To be checked')],
  PLANNED: ['pending', words('计划中', 'Planned')],
  ACTIVE: ['ok', words('出动中', 'Out now')],
  COMPLETED: ['over', words('已完成', 'Completed')],
  CANCELLED: ['over', words('已取消', 'Cancelled')],
  RECALLED: ['stop', words('已召回', 'Recalled')],
  RECEIVED: ['pending', words('已上传', 'Received')],
  PARSING: ['pending', words('解析中', 'Reading')],
  NEEDS_MAPPING: ['limited', words('待对应列', 'To be mapped')],
  VALIDATING: ['pending', words('校验中', 'Checking')],
  VALIDATED: ['pending', words('待确认', 'To be confirmed')],
  COMMITTING: ['pending', words('导入中', 'Importing')],
  PARTIALLY_COMPLETED: ['limited', words('部分完成', 'Partly done')],
  FAILED: ['stop', words('失败', 'Failed')],
  REVERTED: ['over', words('已撤销', 'Reverted')],
  OPEN: ['pending', words('待公布', 'To release')],
};

export const IMPORT_WORDS: Readonly<Record<string, Words>> = {
  OFFICER_ROSTER: words('人员花名册', 'Officer roster'),
  EXAM_RESULTS: words('考试成绩', 'Exam results'),
  TRAINING_HOURS: words('培训学时', 'Training hours'),
  CERTIFICATE_BACKFILL: words('证号回填', 'Certificate numbers'),
  EXISTING_CERTIFICATES: words('存量证件', 'Existing certificates'),
};

/** Where the task itself is done. */
export function pathOf({ kind, id, title }: Todo): string {
  switch (kind) {
    case 'APPLICATION_REVIEW':
    case 'APPLICATION_APPROVAL':
    case 'APPLICATION_RETURNED':
    case 'APPLICATION':
      return `/applications/${id}`;
    case 'APPLICATION_ISSUE':
      return '/applications?state=APPROVED';
    case 'SETTING':
      return `/settings/${title}`;
    case 'CARD_CASE':
      return `/card-cases/${id}`;
    case 'ANNUAL_REVIEW':
      return `/reviews/${id}`;
    case 'PUBLICATION_PREPARE':
    case 'PUBLICATION_CHECK':
      return `/publications/${id}`;
    case 'DEPLOYMENT_RECALLED':
    case 'DEPLOYMENT':
      return `/duty/deployments/${id}`;
    case 'IMPORT':
      return `/imports/${id}`;
    case 'EXAM_RELEASE':
      return `/exams/${id}`;
  }
}
