import { IsIn } from 'class-validator';
import { IsId, MayBeAbsent, PageQuery } from '../../infrastructure/validation/rules.js';
import { REMINDER_SOURCES, type ReminderSource } from '../../kernel/clock-source.js';

export class ReminderListQuery extends PageQuery {
  @MayBeAbsent()
  @IsIn(REMINDER_SOURCES)
  source?: ReminderSource;

  /** OPEN: the clock still runs and no later stage was reached. */
  @MayBeAbsent()
  @IsIn(['OPEN', 'CLOSED'])
  state?: 'OPEN' | 'CLOSED';

  @MayBeAbsent()
  @IsId()
  subjectId?: string;

  @MayBeAbsent()
  @IsId()
  officerId?: string;

  @MayBeAbsent()
  @IsId()
  targetId?: string;
}
