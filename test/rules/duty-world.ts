import { startOfDay } from '../../src/rules/calendar.js';
import { decideDuty } from '../../src/rules/duty-decision.rules.js';
import type {
  AssignmentFact,
  CertificateFact,
  DelegationFact,
  DutyFacts,
  DutyMemberRequest,
  DutyRequest,
  DutySettings,
  MatterFact,
  OfficerFact,
  PowerFact,
  SubjectFact,
} from '../../src/rules/duty-facts.js';
import type { Verdict } from '../../src/rules/verdict.js';
import type { DutyDecision, MemberDecision } from '../../src/rules/duty-reasons.js';

/** A world in which everything is right: each test spoils one thing. The act takes place on 10 March 2026, 09:00 to 17:00. */
export const MATTER = 'SG-001';
export const BODY = 's-1';
export const DELEGATOR = 's-9';
export const DOMAIN = 'URBAN_MANAGEMENT';
export const DIVISION = '410102';

export function at(date: string, hours = 0, minutes = 0): number {
  const start = startOfDay(date);
  if (start === null) throw new Error(`no date: ${date}`);
  return start + (hours * 60 + minutes) * 60_000;
}

export const FROM = at('2026-03-10', 9);
export const TO = at('2026-03-10', 17);
export const LONG_AGO = at('2020-01-01');
export const MOMENT = { decidedAt: at('2026-03-01'), knownAt: at('2026-03-01') };

export const aPower = (over: Partial<PowerFact> = {}): PowerFact => ({
  id: 'p-1',
  matterCode: MATTER,
  jurisdictionCode: '410100',
  validFrom: '2020-01-01',
  validTo: null,
  basisRank: 'LAW',
  ...over,
});

export const aBody = (over: Partial<SubjectFact> = {}): SubjectFact => ({
  id: BODY,
  name: '城市管理局',
  kind: 'ADMIN_ORGAN',
  statusPeriods: [{ id: 'sp-1', status: 'CONFIRMED', from: LONG_AGO, to: null }],
  powers: [aPower()],
  ...over,
});

export const aDelegation = (over: Partial<DelegationFact> = {}): DelegationFact => ({
  id: 'd-1',
  documentNo: '委〔2026〕1号',
  delegator: aBody({ id: DELEGATOR, name: '市场监督管理局', powers: [aPower({ id: 'p-9' })] }),
  matterCodes: [MATTER],
  jurisdictionCode: '410102',
  validFrom: '2026-01-01',
  validTo: '2027-12-31',
  delegatorPublishedOn: '2026-01-05',
  delegateePublishedOn: '2026-01-06',
  suspensions: [],
  revokedFrom: null,
  ...over,
});

/** A body that acts by delegation only. */
export const aDelegatee = (over: Partial<SubjectFact> = {}): SubjectFact =>
  aBody({ name: '执法大队', kind: 'DELEGATED_ORG', powers: [], ...over });

export const anAssignment = (over: Partial<AssignmentFact> = {}): AssignmentFact => ({
  id: 'a-1',
  subjectId: BODY,
  staffCategory: 'CIVIL_SERVANT',
  onEstablishment: true,
  from: LONG_AGO,
  to: null,
  ...over,
});

export const aCertificate = (over: Partial<CertificateFact> = {}): CertificateFact => ({
  id: 'c-1',
  number: '16010100001',
  type: 'ENFORCEMENT',
  subjectId: BODY,
  domains: [DOMAIN],
  validFrom: '2024-01-01',
  validTo: '2028-12-31',
  suspensions: [],
  ended: null,
  failedReviews: [],
  overdueReviews: [],
  ...over,
});

export const anOfficer = (over: Partial<OfficerFact> = {}): OfficerFact => ({
  id: 'o-1',
  name: '张三',
  assignments: [anAssignment()],
  leftFrom: null,
  offPost: [],
  certificates: [aCertificate()],
  hoursLastYear: 60,
  ...over,
});

export const SETTINGS: DutySettings = {
  minimumOfficers: 2,
  reviewEnabled: true,
  annualHours: 60,
  hoursAreReason: false,
};

export interface World {
  readonly subject?: SubjectFact;
  readonly matter?: Partial<MatterFact>;
  readonly delegations?: readonly DelegationFact[];
  readonly officers?: readonly OfficerFact[];
  readonly settings?: Partial<DutySettings>;
  readonly request?: Partial<DutyRequest>;
}

const colleague = anOfficer({
  id: 'o-2',
  name: '李四',
  certificates: [aCertificate({ id: 'c-2', number: '16010100002' })],
});

export const byId = (officerId: string): DutyMemberRequest => ({ key: `id:${officerId}`, officerId });
export const byNo = (certificateNo: string): DutyMemberRequest => ({ key: `no:${certificateNo}`, certificateNo });

export function factsOf(world: World): DutyFacts {
  const officers = world.officers ?? [anOfficer(), colleague];
  const known = officers.flatMap((officer): [string, OfficerFact][] => [
    [`id:${officer.id}`, officer],
    ...(officer.certificates ?? []).map((certificate): [string, OfficerFact] => [`no:${certificate.number}`, officer]),
  ]);
  return {
    subject: world.subject ?? aBody(),
    matter: { code: MATTER, actType: 'PENALTY', domain: DOMAIN, ...world.matter },
    delegations: world.delegations ?? [],
    officers: new Map(known),
    settings: { ...SETTINGS, ...world.settings },
  };
}

export function requestOf(world: World): DutyRequest {
  return {
    subjectId: BODY,
    matterCode: MATTER,
    divisionCode: DIVISION,
    from: FROM,
    to: TO,
    members: (world.officers ?? [anOfficer(), colleague]).map((officer) => byId(officer.id)),
    ...world.request,
  };
}

export const decide = (world: World = {}): DutyDecision => decideDuty(factsOf(world), requestOf(world), MOMENT);

/** The judgement of a single officer in an otherwise sound world. */
export function judge(officer: Partial<OfficerFact>, world: World = {}): MemberDecision {
  const [member] = decide({ ...world, officers: [anOfficer(officer)] }).members;
  if (member === undefined) throw new Error('no member');
  return member;
}

export const codes = (reasons: readonly { readonly code: string }[]): string[] => reasons.map(({ code }) => code);

/** The codes of a verdict, which says yes exactly when it has none. */
export function refusalsOf(verdict: Verdict): string[] {
  if (verdict.allowed !== (verdict.reasons.length === 0)) throw new Error('a verdict that contradicts its reasons');
  return codes(verdict.reasons);
}

/** What the body part says: its reasons when nothing is wrong with the people. */
export const bodyCodes = (world: World): string[] => codes(decide(world).subjectReasons);
