import { IsBoolean, IsIn, IsInt, Max, Min } from 'class-validator';
import {
  IsCode,
  IsInstantOrDate,
  IsLegalDate,
  IsPlainText,
  MayBeAbsent,
  PageQuery,
} from '../../infrastructure/validation/rules.js';
import { SANCTION_KINDS, type SanctionKind } from '../../rules/card-case.lifecycle.js';

export class RecordSanctionDto {
  @IsIn(SANCTION_KINDS)
  kind: SanctionKind;

  /** The organ that decided; sanctions are only recorded here (BR-118). */
  @IsPlainText(200)
  organ: string;

  /** Number of the decision or judgment. */
  @IsPlainText(200)
  document: string;

  /** The day from which it takes effect. */
  @IsLegalDate()
  effectiveFrom: string;

  /** CONVICTION: the day on which the sentence is served; left out while unknown, the bar then has no end. */
  @MayBeAbsent()
  @IsLegalDate()
  servedOn?: string;
}

export class WithdrawSanctionDto {
  /** Number of the decision that annuls it, or of the correction. */
  @IsPlainText(200)
  document: string;

  @IsPlainText(250, { lines: true })
  reason: string;
}

export class DisqualifyDto {
  /** A code of GET /dictionaries/grounds; FRAUD voids the passes as well. */
  @IsCode()
  ground: string;

  /** Number of the decision. */
  @IsPlainText(200)
  document: string;

  /** The justice department that decided (BR-82); left out: the actor's own body. */
  @MayBeAbsent()
  @IsPlainText(200)
  decidedBy?: string;

  /** An instant, or a date (00:00 +08:00 of that day); left out it means now. */
  @MayBeAbsent()
  @IsInstantOrDate()
  effectiveFrom?: string;

  /** Years of the ban; left out: disqualify.banYears. */
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(50)
  banYears?: number;

  /** True: the ban has no end, whatever banYears says. */
  @MayBeAbsent()
  @IsBoolean()
  permanent?: boolean;
}

export class DisciplineQuery extends PageQuery {}
