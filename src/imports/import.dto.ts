import { Transform, Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsObject, Max, Min } from 'class-validator';
import { IsCode, IsPlainText, MayBeAbsent, PageQuery } from '../infrastructure/validation/rules.js';
import { IMPORT_STATES } from '../rules/import.lifecycle.js';

export const ROW_STATES = [
  'VALID',
  'WARNING',
  'INVALID',
  'IGNORED',
  'CREATED',
  'UPDATED',
  'UNCHANGED',
  'SKIPPED',
  'FAILED',
  'REVERTED',
] as const;

export class ImportsQuery extends PageQuery {
  @MayBeAbsent()
  @IsCode()
  kind?: string;

  @MayBeAbsent()
  @IsIn(IMPORT_STATES)
  status?: (typeof IMPORT_STATES)[number];
}

export class ImportRowsQuery extends PageQuery {
  @MayBeAbsent()
  @IsIn(ROW_STATES)
  state?: (typeof ROW_STATES)[number];

  /** A row problem code. */
  @MayBeAbsent()
  @IsCode()
  cause?: string;
}

export class ChangeMappingDto {
  /** Name of the sheet to read. */
  @MayBeAbsent()
  @IsPlainText(100)
  sheet?: string;

  /** Number of the header row as the spreadsheet program shows it; 0 when the sheet has none. */
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(1_048_576)
  headerRow?: number;

  /** UTF-8, GBK, GB18030 or UTF-16, for text files. */
  @MayBeAbsent()
  @IsPlainText(20)
  encoding?: string;

  /** By field: the heading in the file, or the letters of its column; null leaves the field out. */
  @MayBeAbsent()
  @IsObject()
  columns?: Record<string, unknown>;

  /** By field: what stands in the sheet → what is meant by it. */
  @MayBeAbsent()
  @IsObject()
  values?: Record<string, unknown>;
}

export class CorrectRowDto {
  /** By field: the new text; null takes the correction back. */
  @IsObject()
  values: Record<string, unknown>;
}

export class CommitImportDto {
  @IsIn(['VALID_ROWS_ONLY', 'ALL_OR_NOTHING'])
  policy: 'VALID_ROWS_ONLY' | 'ALL_OR_NOTHING';
}

export class RevertQuery {
  /** Tells what would be undone, and does nothing. */
  @MayBeAbsent()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  dryRun: boolean = false;
}

export class RowNumberParam {
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(2_000_000)
  rowNumber: number;

  @IsPlainText(80)
  id: string;
}
