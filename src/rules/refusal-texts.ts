import type { AccountRefusal } from './account.rules.js';
import type { BodyRegisterCode } from './body-register.rules.js';
import type { CardPrintCode } from './card-print.rules.js';
import type { CertificateDeskCode } from './certificate-desk.rules.js';
import type { DutyReasonCode, DutyWarningCode } from './duty-reasons.js';
import type { OfficerServiceCode } from './officer-service.rules.js';
import type { PublicationRefusal } from './publication.rules.js';
import type { ReviewCode, ReviewDeskCode } from './review.rules.js';
import type { SettingRefusal } from './setting.rules.js';
import { ACCOUNT_TEXTS } from './texts/account.texts.js';
import { BODY_REGISTER_TEXTS } from './texts/body-register.texts.js';
import { CARD_PRINT_TEXTS } from './texts/card-print.texts.js';
import { CARD_TEXTS, type CardCode } from './texts/card.texts.js';
import { CERTIFICATE_DESK_TEXTS } from './texts/certificate-desk.texts.js';
import { CUSTODY_TEXTS, type CustodyCode } from './texts/custody.texts.js';
import { BODY_TEXTS, type BodyCode } from './texts/delegation.texts.js';
import { DUTY_TEXTS } from './texts/duty.texts.js';
import { OFFICER_SERVICE_TEXTS } from './texts/officer-service.texts.js';
import { PUBLICATION_TEXTS } from './texts/publication.texts.js';
import { QUALIFICATION_TEXTS, type QualificationCode } from './texts/qualification.texts.js';
import { REVIEW_TEXTS } from './texts/review.texts.js';
import type { RefusalText } from './texts/sentence.js';
import { SETTING_TEXTS } from './texts/setting.texts.js';
import { TRAINING_ENROLMENT_TEXTS } from './texts/training-enrolment.texts.js';
import type { TrainingEnrolmentCode } from './training-enrolment.rules.js';
import type { Reason } from './verdict.js';

/** Every reason and warning code of every rule. A code without a sentence does not compile. */
export type AnyCode =
  | AccountRefusal
  | SettingRefusal
  | CertificateDeskCode
  | BodyCode
  | CardCode
  | CardPrintCode
  | CustodyCode
  | ReviewCode
  | ReviewDeskCode
  | QualificationCode
  | BodyRegisterCode
  | DutyReasonCode
  | DutyWarningCode
  | OfficerServiceCode
  | PublicationRefusal
  | TrainingEnrolmentCode;

export const REFUSAL_TEXTS: Readonly<Record<AnyCode, RefusalText>> = {
  ...ACCOUNT_TEXTS,
  ...SETTING_TEXTS,
  ...CERTIFICATE_DESK_TEXTS,
  ...BODY_TEXTS,
  ...CARD_TEXTS,
  ...CARD_PRINT_TEXTS,
  ...CUSTODY_TEXTS,
  ...REVIEW_TEXTS,
  ...QUALIFICATION_TEXTS,
  ...BODY_REGISTER_TEXTS,
  ...DUTY_TEXTS,
  ...OFFICER_SERVICE_TEXTS,
  ...PUBLICATION_TEXTS,
  ...TRAINING_ENROLMENT_TEXTS,
};

/** A reason with its article and its sentence in both languages, as people and clients see it. */
export interface ExplainedReason {
  readonly code: string;
  readonly facts: Reason['facts'];
  readonly basis: string;
  readonly zh: string;
  readonly en: string;
}

/** Takes text. Gives whether a rule of this version gives it as a code. */
export const isKnownCode = (code: string): code is AnyCode => Object.hasOwn(REFUSAL_TEXTS, code);

/** Takes a reason. Gives it with article and sentences; a code of another version keeps its facts and says that it is unknown. */
export function explain(reason: Reason): ExplainedReason {
  const { code, facts } = reason;
  if (!isKnownCode(code))
    return { code, facts, basis: '', zh: `原因代码 ${code}（本版本没有说明）`, en: `Reason code ${code}` };
  const text = REFUSAL_TEXTS[code];
  return { code, facts, basis: text.basis, zh: text.zh(facts), en: text.en(facts) };
}
