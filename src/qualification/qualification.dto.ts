import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn } from 'class-validator';
import { IsCode, MayBeAbsent, PageQuery } from '../infrastructure/validation/rules.js';

/** `a,b` and `domains=a&domains=b` alike. */
const listed = ({ value }: { value: unknown }): unknown =>
  Array.isArray(value) ? value : typeof value === 'string' ? value.split(',').filter((part) => part !== '') : value;

export const CERTIFICATE_TYPES_TO_APPLY_FOR = ['ENFORCEMENT', 'SUPERVISION'] as const;

export class ReadinessQuery {
  @MayBeAbsent()
  @IsIn(CERTIFICATE_TYPES_TO_APPLY_FOR)
  certificateType: (typeof CERTIFICATE_TYPES_TO_APPLY_FOR)[number] = 'ENFORCEMENT';

  /** Codes of the dictionary `domains`, separated by commas; left out: the officer's own. */
  @MayBeAbsent()
  @Transform(listed)
  @IsArray()
  @ArrayMaxSize(50)
  @IsCode({ each: true })
  domains?: string[];
}

export class OfficerRecordsQuery extends PageQuery {}
