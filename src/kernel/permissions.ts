export const ROLES = [
  'HR',
  'EXAM_OFFICER',
  'REVIEWER',
  'APPROVER',
  'SUPERVISOR',
  'AUDITOR',
  'SYSTEM_ADMIN',
  'SECURITY_ADMIN',
  'OFFICER',
] as const;
export type Role = (typeof ROLES)[number];

export const PERMISSIONS = [
  'business.read',
  'own.read',
  'subject.write',
  'subject.decide',
  'delegation.report',
  'officer.write',
  'officer.reveal-id-number',
  'training.write',
  'exam.write',
  'exam.release',
  'import.officer-roster',
  'import.training-hours',
  'import.exam-results',
  'import.certificates',
  'application.submit',
  'application.decide',
  'certificate.issue',
  'certificate.decide',
  'certificate.report-loss',
  'certificate.print',
  'certificate.verify',
  'mismatch.settle',
  'signing-key.write',
  'duty.check',
  'duty.deploy',
  'audit.read',
  'account.write',
  'role.write',
  'setting.read',
  'setting.write',
  'setting.approve',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** What each role may do; on which rows is decided by the home subject, in the same query. api.md, Roles. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  HR: [
    'business.read',
    'setting.read',
    'officer.write',
    'officer.reveal-id-number',
    'training.write',
    'import.officer-roster',
    'import.training-hours',
    'application.submit',
    'certificate.report-loss',
    'certificate.verify',
    'delegation.report',
    'duty.check',
  ],
  EXAM_OFFICER: ['business.read', 'setting.read', 'exam.write', 'exam.release', 'import.exam-results'],
  REVIEWER: [
    'business.read',
    'setting.read',
    'subject.write',
    'application.decide',
    'certificate.print',
    'certificate.verify',
  ],
  APPROVER: [
    'business.read',
    'setting.read',
    'setting.approve',
    'subject.decide',
    'exam.release',
    'application.decide',
    'certificate.issue',
    'certificate.decide',
    'certificate.print',
    'certificate.verify',
    'mismatch.settle',
    'import.certificates',
  ],
  SUPERVISOR: ['business.read', 'setting.read', 'duty.check', 'duty.deploy', 'certificate.verify', 'mismatch.settle'],
  AUDITOR: ['audit.read', 'setting.read'],
  SYSTEM_ADMIN: ['account.write', 'setting.read', 'setting.write'],
  SECURITY_ADMIN: ['role.write', 'setting.read', 'signing-key.write'],
  OFFICER: ['own.read'],
};

/** BR-131: these exclude each other and every business role. */
export const EXCLUSIVE_ROLES: readonly Role[] = ['AUDITOR', 'SYSTEM_ADMIN', 'SECURITY_ADMIN'];

export const permissionsOf = (roles: readonly Role[]): ReadonlySet<Permission> =>
  new Set(roles.flatMap((role) => ROLE_PERMISSIONS[role]));
