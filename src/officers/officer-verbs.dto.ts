import { IsIn } from 'class-validator';
import { IsId, IsInstantOrDate, IsPlainText, MayBeAbsent } from '../infrastructure/validation/rules.js';
import { NAMED_CATEGORIES, type NamedCategory } from '../rules/officer-service.rules.js';

export const LEAVE_CAUSES = ['TRANSFER_OUT', 'RETIRED', 'RESIGNED', 'DISMISSED', 'DECEASED'] as const;
export type LeaveCause = (typeof LEAVE_CAUSES)[number];

export const OFF_POST_CAUSES = ['OFF_POST_TRAINING', 'UNDER_INVESTIGATION', 'OTHER'] as const;
export type OffPostCause = (typeof OFF_POST_CAUSES)[number];

export class TransferOfficerDto {
  /** Any unit under the same district. */
  @IsId()
  subjectId: string;

  @IsPlainText(100)
  postTitle: string;

  /** Left out: as before. */
  @MayBeAbsent()
  @IsIn(NAMED_CATEGORIES)
  staffCategory?: NamedCategory;

  /** An instant, or a date (00:00 +08:00); left out: now. */
  @MayBeAbsent()
  @IsInstantOrDate()
  effectiveFrom?: string;
}

export class LeaveServiceDto {
  @IsIn(LEAVE_CAUSES)
  cause: LeaveCause;

  @MayBeAbsent()
  @IsInstantOrDate()
  effectiveFrom?: string;
}

export class OrderOffPostDto {
  @IsIn(OFF_POST_CAUSES)
  cause: OffPostCause;

  @MayBeAbsent()
  @IsPlainText(200)
  document?: string;

  @MayBeAbsent()
  @IsInstantOrDate()
  effectiveFrom?: string;
}

export class ReturnToPostDto {
  @MayBeAbsent()
  @IsPlainText(200)
  document?: string;

  @MayBeAbsent()
  @IsInstantOrDate()
  effectiveFrom?: string;
}

export class RevealIdNumberDto {
  /** Why the whole number is needed; it is kept in the audit trail. */
  @IsPlainText(300, { min: 2 })
  reason: string;
}
