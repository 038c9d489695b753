import { IsIn } from 'class-validator';
import { IsId, IsPlainText, MayBeAbsent, PageQuery } from '../infrastructure/validation/rules.js';
import { DEPLOYMENT_STATES } from '../rules/deployment.lifecycle.js';

/** Oldest first, as everywhere, or newest first. */
export const SORTS = ['id', '-id'] as const;

export class DeploymentsQuery extends PageQuery {
  /** Part of the title. */
  @MayBeAbsent()
  @IsPlainText(100)
  q?: string;

  @MayBeAbsent()
  @IsPlainText(60)
  matterCode?: string;

  /** `-id`: newest first. */
  @MayBeAbsent()
  @IsIn(SORTS)
  sort?: (typeof SORTS)[number];

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
  @IsPlainText(60)
  matterCode?: string;

  @MayBeAbsent()
  @IsIn(['true', 'false'])
  cleared?: 'true' | 'false';

  /** `-id`: newest first. */
  @MayBeAbsent()
  @IsIn(SORTS)
  sort?: (typeof SORTS)[number];

  @MayBeAbsent()
  @IsId()
  subjectId?: string;
}
