import { IsBoolean, IsIn } from 'class-validator';
import {
  IsCode,
  IsInstantOrDate,
  IsLegalDate,
  IsPlainText,
  MayBeAbsent,
} from '../../infrastructure/validation/rules.js';

/** Why a certificate ends administratively (BR-77, BR-79, BR-85). */
export const CANCEL_CAUSES = [
  'LEFT_POST',
  'TRANSFERRED',
  'TRANSFER_OUT',
  'RETIRED',
  'RESIGNED',
  'DISMISSED',
  'DECEASED',
  'SUBJECT_ABOLISHED',
  'DELEGATION_ENDED',
  'ENTERED_IN_ERROR',
  'OTHER',
] as const;
export type CancelCause = (typeof CANCEL_CAUSES)[number];

export class SuspendDto {
  /** A code of GET /dictionaries/grounds. */
  @IsCode()
  ground: string;

  /** Number of the decision. */
  @IsPlainText(200)
  document: string;

  /** The organ that decided (BR-81); left out: the actor's own. */
  @MayBeAbsent()
  @IsPlainText(200)
  decidedBy?: string;

  /** An instant, or a date (00:00 +08:00 of that day); left out it means now. */
  @MayBeAbsent()
  @IsInstantOrDate()
  effectiveFrom?: string;

  /** The end that is planned; it never ends the suspension by itself. Left out: the usual length. */
  @MayBeAbsent()
  @IsInstantOrDate()
  plannedTo?: string;
}

export class LiftDto {
  /** Number of the decision. */
  @IsPlainText(200)
  document: string;

  /** An instant, or a date (00:00 +08:00 of that day); left out it means now. */
  @MayBeAbsent()
  @IsInstantOrDate()
  effectiveFrom?: string;
}

export class RevokeDto {
  /** A code of GET /dictionaries/grounds. */
  @IsCode()
  ground: string;

  /** Number of the decision. */
  @IsPlainText(200)
  document: string;

  /** The organ that decided (BR-82); left out: the actor's own. */
  @MayBeAbsent()
  @IsPlainText(200)
  decidedBy?: string;

  /** An instant, or a date (00:00 +08:00 of that day); left out it means now. */
  @MayBeAbsent()
  @IsInstantOrDate()
  effectiveFrom?: string;
}

export class ReportLossDto {
  /** An instant, or a date (00:00 +08:00 of that day); left out it means now. */
  @MayBeAbsent()
  @IsInstantOrDate()
  effectiveFrom?: string;
}

export class CancelDto {
  @IsIn(CANCEL_CAUSES)
  cause: CancelCause;

  @MayBeAbsent()
  @IsPlainText(200)
  document?: string;

  /** An instant, or a date (00:00 +08:00 of that day); left out it means now. */
  @MayBeAbsent()
  @IsInstantOrDate()
  effectiveFrom?: string;

  /** Whether the card has come back. */
  @IsBoolean()
  cardReturned: boolean;
}

export class VoidNoticeDto {
  /** The newspaper, gazette or site. */
  @IsPlainText(200)
  medium: string;

  /** Number or address of the notice. */
  @IsPlainText(200)
  reference: string;

  @IsLegalDate()
  publishedOn: string;
}
