import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn } from 'class-validator';
import { IsCode, IsId, IsPlainText, MayBeAbsent, PageQuery } from '../../infrastructure/validation/rules.js';
import {
  APPLICATION_DECISIONS,
  APPLICATION_STATES,
  APPLICATION_STEPS,
  type ApplicationDecision,
  type ApplicationState,
  type ApplicationStep,
} from '../../rules/application.lifecycle.js';
import { APPLICATION_TYPES, type ApplicationType } from '../../rules/issuance.rules.js';

export const APPLICABLE_TYPES = ['ENFORCEMENT', 'SUPERVISION'] as const;
export type ApplicableType = (typeof APPLICABLE_TYPES)[number];

export class SubmitApplicationsDto {
  @IsIn(APPLICATION_TYPES)
  type: ApplicationType;

  @IsIn(APPLICABLE_TYPES)
  certificateType: ApplicableType;

  /** The body for which the officers will act. */
  @IsId()
  subjectId: string;

  /** Codes of GET /dictionaries/domains. */
  @IsArray()
  @ArrayMaxSize(30)
  @ArrayUnique()
  @IsCode({ each: true })
  domains: string[];

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1000)
  @ArrayUnique()
  @IsId({ each: true })
  officerIds: string[];

  /** Opinion of the unit's head; kept with the submission. */
  @MayBeAbsent()
  @IsPlainText(500, { lines: true })
  unitOpinion?: string;
}

export class WithdrawApplicationDto {
  /** Why the unit no longer wants it. */
  @IsPlainText(500, { lines: true })
  reason: string;
}

export class ResubmitApplicationDto {
  /** What was mended. */
  @IsPlainText(500, { lines: true })
  note: string;

  /** Codes of GET /dictionaries/domains; left out: as before. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(30)
  @ArrayUnique()
  @IsCode({ each: true })
  domains?: string[];
}

export class DecideApplicationsDto {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1000)
  @ArrayUnique()
  @IsId({ each: true })
  applicationIds: string[];

  @IsIn(APPLICATION_DECISIONS)
  decision: ApplicationDecision;

  /** Why. To return or to reject it has to say something. */
  @MayBeAbsent()
  @IsPlainText(500, { lines: true, min: 0 })
  opinion?: string;
}

export class ApplicationListQuery extends PageQuery {
  @MayBeAbsent()
  @IsIn(APPLICATION_STATES)
  state?: ApplicationState;

  @MayBeAbsent()
  @IsId()
  officerId?: string;

  @MayBeAbsent()
  @IsId()
  subjectId?: string;
}

/** The queue of one step is no list of records: it is judged as a whole, so it has no cursor. */
export class ApplicationQueueQuery {
  @IsIn(APPLICATION_STEPS)
  step: ApplicationStep;

  @MayBeAbsent()
  @IsId()
  subjectId?: string;

  /** Only those with this cause; CLEAN: only those that nothing stands against. */
  @MayBeAbsent()
  @IsCode()
  cause?: string;
}
