import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, Matches, Max, Min } from 'class-validator';
import { decodeCursor } from '../../kernel/page.js';
import { MayBeAbsent } from './may-be-absent.js';

/** ?limit= and ?cursor= of every list. Extend it with the list's own filters. */
export class PageQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 200, default: 50 })
  @MayBeAbsent()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = 50;

  /** Taken from `nextCursor` of the page before. */
  @MayBeAbsent()
  @Matches(/^[A-Za-z0-9_-]{1,200}$/, {
    message: 'cursor must be taken from nextCursor',
    context: { code: 'CURSOR_MALFORMED' },
  })
  cursor?: string;

  /** The id after which this page begins; '' for the first page. A cursor that is none of ours shows an empty page. */
  after(): string {
    return this.cursor === undefined ? '' : (decodeCursor(this.cursor) ?? '\uffff');
  }
}
