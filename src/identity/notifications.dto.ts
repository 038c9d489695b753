import { IsIn } from 'class-validator';
import { MayBeAbsent, PageQuery } from '../infrastructure/validation/rules.js';
import { NOTICE_KINDS, type NoticeKind } from '../rules/texts/notice.texts.js';

export class NotificationsQuery extends PageQuery {
  /** 'true': only those not read yet. */
  @MayBeAbsent()
  @IsIn(['true', 'false'])
  unread?: 'true' | 'false';

  @MayBeAbsent()
  @IsIn(NOTICE_KINDS)
  kind?: NoticeKind;

  /** Left out: the oldest first. */
  @MayBeAbsent()
  @IsIn(['OLDEST', 'NEWEST'])
  order?: 'OLDEST' | 'NEWEST';
}

export class ReadAllDto {
  /** Left out: all of them. */
  @MayBeAbsent()
  @IsIn(NOTICE_KINDS)
  kind?: NoticeKind;
}
