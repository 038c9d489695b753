import { Matches } from 'class-validator';
import { IsNoIdNumber, IsPlainText, MayBeAbsent } from '../../infrastructure/validation/rules.js';

/** One of `code` and `no`. */
export class VerifyDto {
  /** What the QR or the screen showed: the code, a live code, or the whole address. @example 7K3M-9QXT-2F */
  @MayBeAbsent()
  @Matches(/^[\x21-\x7e]{1,400}$/, { message: 'code must be what the QR holds', context: { code: 'VERIFY_CODE' } })
  code?: string;

  /** The whole number as it is printed on the card. */
  @MayBeAbsent()
  @Matches(/^[0-9A-Za-z-]{1,40}$/, {
    message: 'no must be the whole number of a certificate',
    context: { code: 'CERTIFICATE_NO' },
  })
  no?: string;

  /** Where the card was met; stands in the alarm when the card may not be used. */
  @MayBeAbsent()
  @IsPlainText(100)
  @IsNoIdNumber()
  place?: string;
}
