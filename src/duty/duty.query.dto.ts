import { IsIn } from 'class-validator';
import { IsPlainText, MayBeAbsent, PageQuery } from '../infrastructure/validation/rules.js';
import { DEPLOYMENT_STATES } from '../rules/deployment.lifecycle.js';

export class DeploymentsQuery extends PageQuery {
  @MayBeAbsent()
  @IsIn(DEPLOYMENT_STATES)
  status?: (typeof DEPLOYMENT_STATES)[number];

  @MayBeAbsent()
  @IsPlainText(80)
  subjectId?: string;

  @MayBeAbsent()
  @IsPlainText(80)
  officerId?: string;
}

export class ChecksQuery extends PageQuery {
  @MayBeAbsent()
  @IsPlainText(80)
  subjectId?: string;
}
