import { words, type Words } from '../i18n/dictionary';
import type { StatusWords } from '../components/status';

export const DEPLOYMENT_STATUS_WORDS: StatusWords<'PLANNED' | 'ACTIVE' | 'COMPLETED' | 'CANCELLED' | 'RECALLED'> = {
  PLANNED: ['pending', words('已计划', 'Planned')],
  ACTIVE: ['ok', words('执行中', 'Active')],
  COMPLETED: ['over', words('已完成', 'Completed')],
  CANCELLED: ['over', words('已取消', 'Cancelled')],
  RECALLED: ['stop', words('已召回', 'Recalled')],
};

/** What was done, or found, when a deployment was recalled. */
export const RECALL_CAUSE_WORDS: Readonly<Record<string, Words>> = {
  'certificate.revoke': words('证件被吊销', 'Certificate revoked'),
  'certificate.suspend': words('证件被暂扣', 'Certificate suspended'),
  'certificate.cancel': words('证件被注销', 'Certificate cancelled'),
  'certificate.report-loss': words('证件挂失', 'Certificate reported lost'),
  'certificate.replace': words('证件换发', 'Certificate replaced'),
  'certificate.withdraw': words('证件收回', 'Certificate withdrawn'),
  'certificate.lift': words('暂扣解除', 'Suspension lifted'),
  'certificate.expire': words('证件到期', 'Certificate expired'),
  'officer.leave': words('人员离职', 'Officer left service'),
  'officer.transfer': words('人员调动', 'Officer transferred'),
  'officer.off-post': words('人员离岗', 'Officer off post'),
  'officer.back-on-post': words('人员返岗', 'Officer back on post'),
  'officer.change': words('人员信息更正', 'Officer record corrected'),
  'officer.roster': words('人员名册导入', 'Roster imported'),
  'officer.roster-revert': words('人员名册导入撤销', 'Roster import reverted'),
  'delegation.suspend': words('委托被暂停', 'Delegation suspended'),
  'delegation.revoke': words('委托被撤销', 'Delegation revoked'),
  'delegation.sign': words('新委托签订', 'Delegation signed'),
  'delegation.create': words('新委托登记', 'Delegation registered'),
  'delegation.publish': words('委托公布', 'Delegation published'),
  'subject.suspend': words('执法主体被暂停', 'Body suspended'),
  'subject.abolish': words('执法主体被撤销', 'Body abolished'),
  'subject.confirm': words('执法主体确认变更', 'Body confirmed anew'),
  'subject.restore': words('执法主体恢复', 'Body restored'),
  'power.end': words('职权终止', 'Power ended'),
  'power.grant': words('职权变更', 'Power granted'),
  'deployment.start': words('出发前复核不通过', 'Not cleared when it was started'),
  watch: words('定时复核发现不再符合条件', 'Found by the continuous watch'),
};

export const recallCauseWord = (cause: string): Words => RECALL_CAUSE_WORDS[cause] ?? words(cause, cause);
