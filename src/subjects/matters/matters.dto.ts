import { IsIn, Matches } from 'class-validator';
import { IsCode, IsPlainText, MayBeAbsent, PageQuery } from '../../infrastructure/validation/rules.js';
import { ACT_TYPES, type ActType } from '../../rules/duty-facts.js';

export const MATTER_CODE = /^[0-9A-Z][0-9A-Z._-]{0,59}$/;
export const MATTER_CODE_RULE = {
  message: '$property must be capital letters, digits, dot, dash and underscore, at most 60',
  context: { code: 'MATTER_CODE_FORM' },
};

export class CreateMatterDto {
  /** @example CG-PENALTY-001 */
  @Matches(MATTER_CODE, MATTER_CODE_RULE)
  code: string;

  /** @example 对占道经营的处罚 */
  @IsPlainText(200)
  name: string;

  @IsIn(ACT_TYPES)
  actType: ActType;

  /** A code of the dictionary `domains`. */
  @IsCode()
  domain: string;
}

export class MattersQuery extends PageQuery {
  /** Part of the name, or the code. */
  @MayBeAbsent()
  @IsPlainText(100)
  q?: string;

  @MayBeAbsent()
  @Matches(MATTER_CODE, MATTER_CODE_RULE)
  code?: string;

  @MayBeAbsent()
  @IsIn(ACT_TYPES)
  actType?: ActType;

  @MayBeAbsent()
  @IsCode()
  domain?: string;
}
