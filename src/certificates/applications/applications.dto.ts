import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn } from 'class-validator';
import { IsCode, IsId, IsPlainText, MayBeAbsent, PageQuery } from '../../infrastructure/validation/rules.js';
import {
  APPLICATION_DECISIONS,
  APPLICATION_STATES,
  type ApplicationDecision,
  type ApplicationState,
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
