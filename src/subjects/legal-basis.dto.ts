import { IsIn } from 'class-validator';
import { IsPlainText } from '../infrastructure/validation/rules.js';
import { BASIS_RANKS, type BasisRank } from '../rules/duty-facts.js';

/** The law, regulation or rule that something rests on. */
export class LegalBasisDto {
  /** @example 中华人民共和国行政处罚法 */
  @IsPlainText(200)
  title: string;

  /** @example 第十九条 */
  @IsPlainText(100)
  article: string;

  @IsIn(BASIS_RANKS)
  rank: BasisRank;
}
