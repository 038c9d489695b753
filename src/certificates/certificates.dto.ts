import { Type } from 'class-transformer';
import { IsIn, IsInt, Matches, Max, Min } from 'class-validator';
import { IsId, IsLegalDate, MayBeAbsent, PageQuery } from '../infrastructure/validation/rules.js';
import { CERTIFICATE_STANDINGS, type CertificateStanding } from '../rules/certificate.lifecycle.js';

export class CertificateListQuery extends PageQuery {
  @MayBeAbsent()
  @IsId()
  officerId?: string;

  /** The whole number of the certificate. */
  @MayBeAbsent()
  @Matches(/^[0-9A-Z-]{1,40}$/, {
    message: 'no must be the whole number of a certificate (digits, capital letters, dashes)',
    context: { code: 'CERTIFICATE_NO' },
  })
  no?: string;

  @MayBeAbsent()
  @IsId()
  subjectId?: string;

  /** How it stands at this moment. */
  @MayBeAbsent()
  @IsIn(CERTIFICATE_STANDINGS)
  state?: CertificateStanding;

  /** Usable or suspended, and valid for no more than so many days from today. */
  @MayBeAbsent()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(3660)
  expiringWithinDays?: number;

  /** In force, and the last day is this one or later. */
  @MayBeAbsent()
  @IsLegalDate()
  endsFrom?: string;

  /** In force, and the last day is this one or earlier. */
  @MayBeAbsent()
  @IsLegalDate()
  endsTo?: string;
}
