/**
 * What the duty decision rests on. Everything here is plain data: instants are epoch milliseconds (UTC), legal dates are
 * 'YYYY-MM-DD' in Asia/Shanghai, an open end is null. The loader has already left out rows that were not known at
 * `knownAt`; the decision itself never looks at recorded times.
 */

export const SUBJECT_KINDS = [
  'ADMIN_ORGAN',
  'DISPATCHED_ORGAN',
  'AUTHORIZED_ORG',
  'DELEGATED_ORGAN',
  'DELEGATED_ORG',
] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

export const ACT_TYPES = [
  'LICENSE',
  'PENALTY',
  'COERCIVE_MEASURE',
  'COERCIVE_EXECUTION',
  'INSPECTION',
  'LEVY',
  'CHARGE',
  'PAYMENT',
  'CONFIRMATION',
  'RULING',
] as const;
export type ActType = (typeof ACT_TYPES)[number];

export const BASIS_RANKS = ['LAW', 'ADMINISTRATIVE_REGULATION', 'LOCAL_REGULATION', 'RULE'] as const;
export type BasisRank = (typeof BASIS_RANKS)[number];

/** Half-open period [from, to) in instants; `to` null means for ever. */
export interface InstantPeriod {
  readonly from: number;
  readonly to: number | null;
}

export const SUBJECT_STATUSES = ['CONFIRMED', 'SUSPENDED', 'ABOLISHED'] as const;
export type SubjectStatus = (typeof SUBJECT_STATUSES)[number];

export interface SubjectStatusPeriod extends InstantPeriod {
  readonly id: string;
  readonly status: SubjectStatus;
}

/** A power row of the body itself. `validFrom..validTo` is a legal date range, inclusive on both ends. */
export interface PowerFact {
  readonly id: string;
  readonly matterCode: string;
  readonly jurisdictionCode: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly basisRank: BasisRank;
}

export interface SubjectFact {
  readonly id: string;
  readonly name: string;
  readonly kind: SubjectKind;
  readonly statusPeriods: readonly SubjectStatusPeriod[];
  readonly powers: readonly PowerFact[];
}

/** A delegation P -> S that is at least SIGNED; a DRAFT is no fact and is never handed in. */
export interface DelegationFact {
  readonly id: string;
  readonly documentNo: string;
  readonly delegator: SubjectFact;
  readonly matterCodes: readonly string[];
  readonly jurisdictionCode: string;
  readonly validFrom: string;
  readonly validTo: string;
  /** Dates of the two publications; null where that side's is not recorded. */
  readonly delegatorPublishedOn: string | null;
  readonly delegateePublishedOn: string | null;
  readonly suspensions: readonly InstantPeriod[];
  /** Instant from which it is revoked. */
  readonly revokedFrom: number | null;
}

export const STAFF_CATEGORIES = [
  'CIVIL_SERVANT',
  'REF_CIVIL_SERVANT',
  'PUBLIC_INSTITUTION',
  'LOGISTICS_WORKER',
  'CONTRACT',
  'TEMPORARY',
  'DISPATCHED_LABOUR',
  'SECONDED',
  'PUBLIC_WELFARE_POST',
  'REHIRED',
] as const;
export type StaffCategory = (typeof STAFF_CATEGORIES)[number];

export interface AssignmentFact extends InstantPeriod {
  readonly id: string;
  readonly subjectId: string;
  readonly staffCategory: StaffCategory;
  readonly onEstablishment: boolean;
}

export const CERTIFICATE_TYPES = ['ENFORCEMENT', 'SUPERVISION', 'MINISTRY'] as const;
export type CertificateType = (typeof CERTIFICATE_TYPES)[number];

/** States that end a certificate by an act (expiry is a matter of dates, not of an act). */
export const ENDED_STATES = ['LOST', 'REVOKED', 'CANCELLED', 'REPLACED'] as const;
export type EndedState = (typeof ENDED_STATES)[number];

export interface CertificateSuspensionFact extends InstantPeriod {
  /** The end that was planned; it never ends the suspension by itself. An instant. */
  readonly plannedTo: number | null;
}

export interface CertificateFact {
  readonly id: string;
  readonly number: string;
  readonly type: CertificateType;
  readonly subjectId: string;
  readonly domains: readonly string[];
  readonly validFrom: string;
  readonly validTo: string;
  readonly suspensions: readonly CertificateSuspensionFact[];
  /** The final state with the instant of its legal effect, where one was entered. */
  readonly ended: { readonly state: EndedState; readonly from: number } | null;
  readonly failedReviews: readonly InstantPeriod[];
  readonly overdueReviews: readonly InstantPeriod[];
}

export interface OfficerFact {
  readonly id: string;
  readonly name: string;
  readonly assignments: readonly AssignmentFact[];
  /** Instants from which the officer has left service (the earliest counts). */
  readonly leftFrom: number | null;
  readonly offPost: readonly InstantPeriod[];
  readonly certificates: readonly CertificateFact[];
  /** Confirmed training hours of the last full year before the span's first day; null when not evaluated. */
  readonly hoursLastYear: number | null;
}

export interface MatterFact {
  readonly code: string;
  readonly actType: ActType;
  readonly domain: string;
}

/** Settings that the decision reads, by the span's first day. */
export interface DutySettings {
  /** `act.minimumOfficers`: may raise the floor of 2, never lower it; applies to the four act types of BR-88. */
  readonly minimumOfficers: number;
  readonly reviewEnabled: boolean;
  /** `hours.annual`: the yearly target in class hours. */
  readonly annualHours: number;
  /** True when hours short of the target deny instead of warn. */
  readonly hoursAreReason: boolean;
}

export interface DutyFacts {
  readonly subject: SubjectFact;
  readonly matter: MatterFact;
  /** Delegations to the subject for this matter. */
  readonly delegations: readonly DelegationFact[];
  /** Officers by the key under which the request names them; a missing key is an unknown officer. */
  readonly officers: ReadonlyMap<string, OfficerFact>;
  readonly settings: DutySettings;
}

/** One member of the request. `key` is how `DutyFacts.officers` knows the officer ('id:<officerId>' or 'no:<certificateNo>'). */
export interface DutyMemberRequest {
  readonly key: string;
  readonly officerId?: string;
  readonly certificateNo?: string;
}

export interface DutyRequest {
  readonly subjectId: string;
  readonly matterCode: string;
  readonly divisionCode: string | null;
  /** Half-open span [from, to) in epoch milliseconds, from < to. */
  readonly from: number;
  readonly to: number;
  readonly members: readonly DutyMemberRequest[];
}

/** When the decision was made and as of which knowledge; copied into the answer. */
export interface DutyMoment {
  readonly decidedAt: number;
  readonly knownAt: number;
}
