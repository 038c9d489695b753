import { IsIn } from 'class-validator';
import { MayBeAbsent, PageQuery } from '../infrastructure/validation/rules.js';

export class NotificationsQuery extends PageQuery {
  /** 'true': only those not read yet. */
  @MayBeAbsent()
  @IsIn(['true', 'false'])
  unread?: 'true' | 'false';
}
