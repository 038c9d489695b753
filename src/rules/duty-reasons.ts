import type { Reason } from './verdict.js';

/** The codes of the duty decision. They are part of the contract: stable, never reused. */

export const SUBJECT_CODES = ['SUBJECT_NOT_CONFIRMED', 'SUBJECT_SUSPENDED', 'SUBJECT_ABOLISHED'] as const;

export const POWER_CODES = [
  'POWER_MISSING',
  'POWER_EXPIRED_OR_NOT_YET',
  'POWER_AREA',
  'POWER_BASIS_TOO_LOW',
  'DELEGATION_MISSING',
] as const;

export const DELEGATION_CODES = [
  'DELEGATION_NOT_PUBLISHED',
  'DELEGATION_NOT_YET_EFFECTIVE',
  'DELEGATION_EXPIRED',
  'DELEGATION_SUSPENDED',
  'DELEGATION_REVOKED',
  'DELEGATION_AREA',
  'ACT_NOT_DELEGABLE',
  'LICENSE_NEEDS_ORGAN',
  'DELEGATOR_NOT_CONFIRMED',
  'DELEGATOR_LACKS_POWER',
] as const;

export const CERTIFICATE_CODES = [
  'CERTIFICATE_MISSING',
  'CERTIFICATE_NOT_YET_VALID',
  'CERTIFICATE_EXPIRED',
  'CERTIFICATE_SUSPENDED',
  'CERTIFICATE_LOST',
  'CERTIFICATE_REVOKED',
  'CERTIFICATE_CANCELLED',
  'CERTIFICATE_REPLACED',
  'ANNUAL_REVIEW_FAILED',
  'ANNUAL_REVIEW_OVERDUE',
  'CERTIFICATE_OTHER_SUBJECT',
  'DOMAIN_NOT_COVERED',
] as const;

/** HOURS_SHORT is among them only where the setting makes it a reason. */
export const MEMBER_CODES = [
  'OFFICER_UNKNOWN',
  'DUPLICATE_MEMBER',
  'STAFF_CATEGORY_BARRED',
  'NOT_ASSIGNED_TO_SUBJECT',
  'LEFT_SERVICE',
  'OFF_POST',
  'HOURS_SHORT',
] as const;

export const TEAM_CODES = ['TEAM_TOO_SMALL', 'MEMBER_NOT_CLEARED'] as const;

export const DUTY_WARNINGS = [
  'CERTIFICATE_EXPIRES_SOON',
  'HOURS_SHORT',
  'DELEGATION_EXPIRES_SOON',
  'SUSPENSION_PLANNED_END_PASSED',
] as const;

export type SubjectCode = (typeof SUBJECT_CODES)[number];
export type PowerCode = (typeof POWER_CODES)[number];
export type DelegationCode = (typeof DELEGATION_CODES)[number];
export type CertificateCode = (typeof CERTIFICATE_CODES)[number];
export type MemberCode = (typeof MEMBER_CODES)[number] | CertificateCode;
export type TeamCode = (typeof TEAM_CODES)[number];
export type DutyWarningCode = (typeof DUTY_WARNINGS)[number];
export type BodyReasonCode = SubjectCode | PowerCode | DelegationCode;
export type DutyReasonCode = BodyReasonCode | MemberCode | TeamCode;

export interface MemberDecision {
  /** Null when an officer unknown here was named by a certificate number. */
  readonly officerId: string | null;
  readonly name: string | null;
  /** Of the sufficient certificate, else of the closest one, else null; what was asked for when the officer is unknown. */
  readonly certificateNo: string | null;
  readonly cleared: boolean;
  readonly reasons: readonly Reason<MemberCode>[];
  readonly warnings: readonly Reason<DutyWarningCode>[];
}

/** The power that the act rests on: the id of a power row or of a delegation. */
export interface Via {
  readonly kind: 'OWN_POWER' | 'DELEGATION';
  readonly id: string;
}

export interface DutyDecision {
  readonly cleared: boolean;
  readonly subjectReasons: readonly Reason<BodyReasonCode>[];
  readonly teamReasons: readonly Reason<TeamCode>[];
  readonly members: readonly MemberDecision[];
  /** Null when no power suffices. Independent of the other conditions. */
  readonly via: Via | null;
  readonly rulesVersion: string;
  readonly decidedAt: number;
  readonly knownAt: number;
}
