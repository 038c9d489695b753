import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn } from 'class-validator';
import { IsCode, MayBeAbsent } from '../../infrastructure/validation/rules.js';
import { APPLICATION_TYPES, type ApplicationType } from '../../rules/issuance.rules.js';
import { APPLICABLE_TYPES, type ApplicableType } from '../applications/applications.dto.js';

/** `a,b` and `domains=a&domains=b` alike. */
const listed = ({ value }: { value: unknown }): unknown =>
  Array.isArray(value) ? value : typeof value === 'string' ? value.split(',').filter((part) => part !== '') : value;

export class ReadinessQuery {
  /** What would be applied for; left out: a first certificate. The answer says which type fits the cards held. */
  @MayBeAbsent()
  @IsIn(APPLICATION_TYPES)
  type: ApplicationType = 'FIRST';

  @MayBeAbsent()
  @IsIn(APPLICABLE_TYPES)
  certificateType: ApplicableType = 'ENFORCEMENT';

  /** Codes of the dictionary `domains`, separated by commas; left out: the officer's own. */
  @MayBeAbsent()
  @Transform(listed)
  @IsArray()
  @ArrayMaxSize(50)
  @IsCode({ each: true })
  domains?: string[];
}
