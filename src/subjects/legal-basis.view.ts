import { BASIS_RANKS, type BasisRank } from '../rules/duty-facts.js';
import { ApiProperty } from '@nestjs/swagger';

export class LegalBasisView {
  title: string;
  article: string;
  @ApiProperty({ enum: BASIS_RANKS })
  rank: BasisRank;
}

export interface LegalBasisColumns {
  readonly basis_title: string;
  readonly basis_article: string;
  readonly basis_rank: BasisRank;
}

export const legalBasisView = (row: LegalBasisColumns): LegalBasisView => ({
  title: row.basis_title,
  article: row.basis_article,
  rank: row.basis_rank,
});
