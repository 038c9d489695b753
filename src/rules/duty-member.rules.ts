import { instantText } from './calendar.js';
import { findCertificate } from './duty-certificate.rules.js';
import { byText, listOf, type DutyContext } from './duty-context.js';
import type { AssignmentFact, DutyMemberRequest, OfficerFact, StaffCategory } from './duty-facts.js';
import type { DutyWarningCode, MemberCode, MemberDecision } from './duty-reasons.js';
import { covers, firstTouching, takesEffectBefore, touches } from './periods.js';
import type { Reason } from './verdict.js';

/** 河南省行政执法条例 20: on establishment and in service; everybody else is barred. BR-17 to BR-19. */
const CERTIFIABLE: readonly StaffCategory[] = ['CIVIL_SERVANT', 'REF_CIVIL_SERVANT', 'PUBLIC_INSTITUTION'];

/** Takes a staff category. Gives whether such a person may hold a certificate and act; an unknown one may not. */
export const isCertifiable = (category: StaffCategory): boolean => CERTIFIABLE.includes(category);

/** Takes a known officer. Gives the judgement, as if nobody else stood in the list. */
export function judgeMember(
  officer: OfficerFact,
  context: DutyContext,
  bodyWarnings: readonly Reason<DutyWarningCode>[],
): MemberDecision {
  const certificate = findCertificate(officer.certificates, context);
  const reasons: Reason<MemberCode>[] = [...personReasons(officer, context), ...certificate.reasons];
  const warnings: Reason<DutyWarningCode>[] = [...certificate.warnings];
  const hours = hoursShort(officer, context);
  if (hours !== null) (context.settings.hoursAreReason === false ? warnings : reasons).push(hours);
  warnings.push(...bodyWarnings);
  return {
    officerId: officer.id,
    name: officer.name,
    certificateNo: certificate.certificateNo,
    cleared: reasons.length === 0,
    reasons,
    warnings,
  };
}

/** Takes what was asked for. Gives the answer for somebody who does not exist for the asker: no other reason is given. */
export const unknownMember = (asked: DutyMemberRequest): MemberDecision => ({
  officerId: asked.officerId ?? null,
  name: null,
  certificateNo: asked.certificateNo ?? null,
  cleared: false,
  reasons: [{ code: 'OFFICER_UNKNOWN', facts: { asked: asked.officerId ?? asked.certificateNo ?? null } }],
  warnings: [],
});

/** Takes the judgement of an officer who stands earlier in the list. Gives it for the later place. */
export const duplicateOf = (judged: MemberDecision): MemberDecision => ({
  ...judged,
  cleared: false,
  reasons: [{ code: 'DUPLICATE_MEMBER', facts: { name: judged.name } }, ...judged.reasons],
});

function personReasons(officer: OfficerFact, context: DutyContext): Reason<MemberCode>[] {
  const { from, to, subjectId } = context;
  const reasons: Reason<MemberCode>[] = [];
  const here = listOf(officer.assignments).filter((assignment) => assignment.subjectId === subjectId);
  const barred = firstBarred(here, context);
  if (barred !== null) {
    const facts = { staffCategory: barred.staffCategory, onEstablishment: barred.onEstablishment };
    reasons.push({ code: 'STAFF_CATEGORY_BARRED', facts });
  }
  if (!covers(here, from, to)) {
    reasons.push({
      code: 'NOT_ASSIGNED_TO_SUBJECT',
      facts: { subjectId, begins: instantText(from), ends: instantText(to) },
    });
  }
  if (takesEffectBefore(officer.leftFrom, to)) {
    reasons.push({ code: 'LEFT_SERVICE', facts: { since: instantText(officer.leftFrom) } });
  }
  const off = firstTouching(officer.offPost, from, to);
  if (off !== null) {
    reasons.push({ code: 'OFF_POST', facts: { since: instantText(off.from), until: instantText(off.to) } });
  }
  return reasons;
}

/** The barred assignment to name: the smallest id, so that the order of rows does not matter. */
function firstBarred(assignments: readonly AssignmentFact[], { from, to }: DutyContext): AssignmentFact | null {
  let first: AssignmentFact | null = null;
  for (const assignment of assignments) {
    const isBarred = !isCertifiable(assignment.staffCategory) || assignment.onEstablishment !== true;
    if (!isBarred || !touches(assignment, from, to)) continue;
    if (first === null || byText(assignment.id, first.id) < 0) first = assignment;
  }
  return first;
}

/** BR-29, BR-36. Hours that nobody evaluated are silent as a warning, and deny where hours are a reason. */
function hoursShort({ hoursLastYear }: OfficerFact, { settings }: DutyContext): Reason<'HOURS_SHORT'> | null {
  if (hoursLastYear === null && settings.hoursAreReason === false) return null;
  if (hoursLastYear !== null && hoursLastYear >= settings.annualHours) return null;
  return { code: 'HOURS_SHORT', facts: { done: hoursLastYear, required: settings.annualHours } };
}
