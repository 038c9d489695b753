import { IsIn } from 'class-validator';
import { IsId, MayBeAbsent, PageQuery } from '../infrastructure/validation/rules.js';
import { DEPLOYMENT_STATES } from '../rules/deployment.lifecycle.js';

export class DeploymentsQuery extends PageQuery {
  @MayBeAbsent()
  @IsIn(DEPLOYMENT_STATES)
  status?: (typeof DEPLOYMENT_STATES)[number];

  @MayBeAbsent()
  @IsId()
  subjectId?: string;

  @MayBeAbsent()
  @IsId()
  officerId?: string;
}

export class ChecksQuery extends PageQuery {
  @MayBeAbsent()
  @IsId()
  subjectId?: string;
}
