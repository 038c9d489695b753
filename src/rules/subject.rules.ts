import { isLegalDate, type LegalDate } from './calendar.js';
import { checkCreditCode, type CreditCodeRefusal } from './codes/credit-code.js';
import { checkDivisionCode } from './codes/division.js';
import type { Ruling } from './conditions.js';
import { BASIS_RANKS, type ActType, type BasisRank, type SubjectKind } from './duty-facts.js';
import { isBasisSufficient, mayHoldPower } from './duty-subject.rules.js';
import { judge, unless, type Verdict } from './verdict.js';

export type SubjectRefusal = CreditCodeRefusal | 'CREDIT_CODE_IN_USE' | 'DIVISION_MALFORMED' | 'LEGAL_BASIS_MISSING';
export type SubjectWarning = 'CREDIT_CODE_NOT_OF_ORGAN';

export interface SubjectDraft {
  readonly name: string;
  readonly kind: SubjectKind;
  readonly creditCode: string;
  readonly divisionCode: string;
  readonly legalBases: readonly { readonly rank: BasisRank }[];
  /** Whether an active body has the code already. */
  readonly creditCodeInUse: boolean;
}

/** 行政处罚法 19: authorised by a law or by regulations, local ones included; a rule does not authorise. BR-02. */
const AUTHORISING: readonly BasisRank[] = ['LAW', 'ADMINISTRATIVE_REGULATION', 'LOCAL_REGULATION'];

/** Takes a body to be registered. Gives what forbids it and what to mind. BR-02, BR-03; GB 32100. */
export function decideSubject(draft: SubjectDraft): Ruling<SubjectRefusal, SubjectWarning> {
  const code = checkCreditCode(draft.creditCode);
  const facts = { creditCode: code.value };
  const isAuthorised =
    draft.kind !== 'AUTHORIZED_ORG' || draft.legalBases.some(({ rank }) => AUTHORISING.includes(rank));
  const verdict = judge<SubjectRefusal>(
    code.ok ? null : { code: code.code, facts },
    unless(!draft.creditCodeInUse, 'CREDIT_CODE_IN_USE', facts),
    unless(checkDivisionCode(draft.divisionCode).ok, 'DIVISION_MALFORMED', { division: draft.divisionCode }),
    unless(isAuthorised, 'LEGAL_BASIS_MISSING', { subject: draft.name }),
  );
  const warnings = judge<SubjectWarning>(
    unless(!code.ok || draft.kind !== 'ADMIN_ORGAN' || code.category === '11', 'CREDIT_CODE_NOT_OF_ORGAN', facts),
  );
  return { verdict, warnings: warnings.reasons };
}

export type PowerRefusal = 'POWER_HOLDER_KIND' | 'POWER_TERM_INVERTED' | 'DIVISION_MALFORMED';
export type PowerWarning = 'POWER_BASIS_TOO_LOW';

export interface PowerDraft {
  readonly holder: { readonly name: string; readonly kind: SubjectKind };
  readonly matter: { readonly code: string; readonly actType: ActType };
  readonly jurisdictionCode: string;
  readonly basisRank: BasisRank;
  readonly validFrom: LegalDate;
  readonly validTo: LegalDate | null;
}

/**
 * Takes a power row to be entered. Gives what forbids it and what to mind: a basis too low for a coercive measure (BR-11) may be
 * replaced by a better one, and until then the duty decision denies. 行政处罚法 19-20, 行政强制法 70.
 */
export function decidePower(draft: PowerDraft): Ruling<PowerRefusal, PowerWarning> {
  const { holder, matter, validFrom, validTo, basisRank } = draft;
  const isTerm = isLegalDate(validFrom) && (validTo === null || (isLegalDate(validTo) && validFrom <= validTo));
  const verdict = judge<PowerRefusal>(
    unless(mayHoldPower(holder.kind), 'POWER_HOLDER_KIND', { subject: holder.name, kind: holder.kind }),
    unless(isTerm, 'POWER_TERM_INVERTED', { validFrom, validTo }),
    unless(checkDivisionCode(draft.jurisdictionCode).ok, 'DIVISION_MALFORMED', { division: draft.jurisdictionCode }),
  );
  const isHighEnough =
    isBasisSufficient(holder.kind, matter.actType, basisRank) &&
    (holder.kind !== 'AUTHORIZED_ORG' || AUTHORISING.includes(basisRank)) &&
    BASIS_RANKS.includes(basisRank);
  const warnings = judge<PowerWarning>(
    unless(isHighEnough, 'POWER_BASIS_TOO_LOW', {
      subject: holder.name,
      matter: matter.code,
      actType: matter.actType,
      basisRanks: basisRank,
    }),
  );
  return { verdict, warnings: warnings.reasons };
}

export type ConfirmationRefusal = 'ANNOUNCEMENT_MISSING';

/** Takes the announcement of a body. Gives whether it may stand confirmed: only with reference and date. BR-01; 河南省行政执法条例 13. */
export function decideConfirmation(facts: {
  readonly subject: string;
  readonly announcementReference: string | null;
  readonly announcedOn: LegalDate | null;
}): Verdict<ConfirmationRefusal> {
  const isAnnounced = !!facts.announcementReference?.trim() && isLegalDate(facts.announcedOn);
  return judge(unless(isAnnounced, 'ANNOUNCEMENT_MISSING', { subject: facts.subject }));
}
