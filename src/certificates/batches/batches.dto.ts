import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn } from 'class-validator';
import { IsId, IsLastDay, IsLegalDate, MayBeAbsent, PageQuery } from '../../infrastructure/validation/rules.js';

export const BATCH_STATUSES = ['ISSUING', 'WAITING_FOR_NUMBERS', 'COMPLETED', 'PARTIALLY_COMPLETED'] as const;
export type BatchStatus = (typeof BATCH_STATUSES)[number];

export class OpenBatchDto {
  /** Approved applications, each once. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20_000)
  @IsId({ each: true })
  applicationIds: string[];

  @IsLegalDate()
  validFrom: string;

  /** The last day of validity; left out: as many years as the setting says. */
  @MayBeAbsent()
  @IsLastDay()
  validTo?: string;
}

export class BatchListQuery extends PageQuery {
  @MayBeAbsent()
  @IsIn(BATCH_STATUSES)
  status?: BatchStatus;
}
