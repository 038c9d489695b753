import { words, type Words } from '../i18n/dictionary';
import type { Role } from '../api/permissions';

export const ROLE_WORDS: Readonly<Record<Role, Words>> = {
  HR: words('人事管理员', 'HR officer'),
  EXAM_OFFICER: words('考务管理员', 'Exam officer'),
  REVIEWER: words('审核经办人', 'Reviewer'),
  APPROVER: words('审批负责人', 'Approver'),
  SUPERVISOR: words('执法监督员', 'Supervisor'),
  AUDITOR: words('审计管理员', 'Audit administrator'),
  SYSTEM_ADMIN: words('系统管理员', 'System administrator'),
  SECURITY_ADMIN: words('安全管理员', 'Security administrator'),
  OFFICER: words('执法人员', 'Officer'),
};

export const roleWord = (role: string): Words => ROLE_WORDS[role as Role] ?? words(role, role);
