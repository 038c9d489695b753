import { Matches } from 'class-validator';
import { IsPlainText, MayBeAbsent } from '../../infrastructure/validation/rules.js';

export class PublicLookupQuery {
  /** The whole number as it is printed on the card. */
  @Matches(/^[0-9A-Za-z-]{1,40}$/, {
    message: 'no must be the whole number of a certificate',
    context: { code: 'CERTIFICATE_NO' },
  })
  no: string;

  /** The holder's whole name; left out: whoever holds the card. */
  @MayBeAbsent()
  @IsPlainText(100)
  name?: string;
}
