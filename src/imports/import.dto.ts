import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
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

export const PLANNED_STATES = ['CREATED', 'UPDATED', 'UNCHANGED'] as const;
export const EXISTING_POLICIES = ['UPDATE', 'SKIP', 'REFUSE'] as const;

export const IMPORT_PHASES = ['WAITING', 'RUNNING'] as const;

export class ImportsQuery extends PageQuery {
  @MayBeAbsent()
  @IsCode()
  kind?: string;

  @MayBeAbsent()
  @IsIn(IMPORT_STATES)
  status?: (typeof IMPORT_STATES)[number];

  /** WAITING: for somebody to go on (NEEDS_MAPPING, VALIDATED); RUNNING: the server is at work. */
  @MayBeAbsent()
  @IsIn(IMPORT_PHASES)
  phase?: (typeof IMPORT_PHASES)[number];
}

export class ImportRowsQuery extends PageQuery {
  @MayBeAbsent()
  @IsIn(ROW_STATES)
  state?: (typeof ROW_STATES)[number];

  /** A row problem code. */
  @MayBeAbsent()
  @IsCode()
  cause?: string;

  /** What the commit would do: the tiles of the preview. */
  @MayBeAbsent()
  @IsIn(PLANNED_STATES)
  planned?: (typeof PLANNED_STATES)[number];

  /** A code of `effects` in GET /imports/{id}/consequences. */
  @MayBeAbsent()
  @IsCode()
  effect?: string;
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

  /** For text files: a comma, a tab, a semicolon or a full-width comma. */
  @MayBeAbsent()
  @IsIn([',', '\t', ';', '，'])
  separator?: string;

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

  /** True leaves the row out of the import (one of several that say the same), false takes it in again. */
  @MayBeAbsent()
  @IsBoolean()
  leftOut?: boolean;
}

export class CommitImportDto {
  @IsIn(['VALID_ROWS_ONLY', 'ALL_OR_NOTHING'])
  policy: 'VALID_ROWS_ONLY' | 'ALL_OR_NOTHING';

  /** What to do with rows whose thing is recorded already, but differently: 更新 (the default), 跳过 or 报错. */
  @MayBeAbsent()
  @IsIn(EXISTING_POLICIES)
  existing?: (typeof EXISTING_POLICIES)[number];

  /** Why recorded values are replaced; asked for when `existing` is UPDATE and something would be updated. */
  @MayBeAbsent()
  @IsPlainText(500)
  reason?: string;

  /** Codes of warnings that were read and accepted; those with `mustAcknowledge` are needed. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MaxLength(60, { each: true })
  acknowledge?: string[];
}

/** The same wrong value everywhere at once. */
export class FixRowsDto {
  /** Field of the column. */
  @IsPlainText(60)
  column: string;

  /** The text as it stands in the cells, as GET /imports/{id}/values gives it. */
  @IsPlainText(2000, { min: 0 })
  value: string;

  /** The text that takes its place; empty clears the cell. */
  @IsPlainText(2000, { min: 0 })
  replacement: string;
}

export class FixableValuesQuery {
  /** Only of this column. */
  @MayBeAbsent()
  @IsPlainText(60)
  column?: string;
}

export class AcceptRepairDto {
  /** Of GET /imports/{id}/rows/{rowNumber}/repairs. */
  @IsPlainText(80)
  offerId: string;
}

export class ImportMemoriesQuery {
  @MayBeAbsent()
  @IsCode()
  kind?: string;
}

export class ImportMemoryParam {
  @IsPlainText(200)
  id: string;
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
