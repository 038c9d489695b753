import { IsIn } from 'class-validator';
import { IsMailAddress, MayBeAbsent, PageQuery } from '../../infrastructure/validation/rules.js';

export const MAIL_STATES = ['WAITING', 'SENDING', 'SENT', 'UNCERTAIN', 'DEAD'] as const;
export type MailState = (typeof MAIL_STATES)[number];

export class MailAddressDto {
  /** Left out: none, so no mail goes to this account. */
  @MayBeAbsent()
  @IsMailAddress()
  address?: string;
}

export class MailListQuery extends PageQuery {
  @MayBeAbsent()
  @IsIn(MAIL_STATES)
  state?: MailState;
}
