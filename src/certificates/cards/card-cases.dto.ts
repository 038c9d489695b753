import { IsIn } from 'class-validator';
import { IsId, MayBeAbsent, PageQuery } from '../../infrastructure/validation/rules.js';

export class CardCaseListQuery extends PageQuery {
  @MayBeAbsent()
  @IsId()
  officerId?: string;

  @MayBeAbsent()
  @IsIn(['OPEN', 'CLOSED'])
  state?: 'OPEN' | 'CLOSED';
}
