import { Injectable } from '@nestjs/common';
import type { SheetRow } from '../../infrastructure/files/index.js';
import { Problem } from '../../kernel/problem.js';
import type { ImportRecord } from '../import-record.js';
import { examineRows, type ExaminedRow } from '../rows/examine-rows.js';
import { ImportRows } from '../rows/import-rows.js';
import { untouched } from '../rows/row-codec.js';
import { RowDigests } from '../rows/row-digests.js';
import { RowReader } from '../rows/row-reader.js';
import { Acting } from './acting.js';
import { missingFields, type FoundLayout } from './file-layout.js';

/**
 * Examines lines while they are at hand, so that they need not be read back for it. What stands in the way (columns that somebody has
 * to map, a right that was withdrawn, a room that refuses the import) is no matter here: then the validation looks at every row anew.
 */
@Injectable()
export class FirstLook {
  constructor(
    private readonly acting: Acting,
    private readonly rows: ImportRows,
    private readonly digests: RowDigests,
  ) {}

  /** Reads only. Null when these lines have to wait for the validation. */
  async examine(
    record: ImportRecord,
    { layout, mapping }: FoundLayout,
    lines: readonly SheetRow[],
  ): Promise<readonly ExaminedRow[] | null> {
    const definition = this.acting.definitionOf(record);
    if (missingFields(definition, mapping).length > 0) return null;
    const who = await this.acting.of(record);
    if (!who) return null;
    const reader = new RowReader(definition, mapping, layout, await this.acting.today());
    const context = { actor: who.actor, importId: record.id, parameters: record.parameters };
    try {
      return await examineRows(definition, context, reader, lines.map(untouched));
    } catch (error) {
      if (error instanceof Problem && error.kind !== 'undetermined') return null;
      throw error;
    }
  }

  /** True when so many lines are all that there are, and there is a word on every one. */
  wasAtAll(importId: string, total: number): Promise<boolean> {
    return this.rows.areExamined(importId, total);
  }

  /** In the unit that stages these lines. */
  async keep(record: ImportRecord, examined: readonly ExaminedRow[]): Promise<void> {
    await this.rows.keepExamined(record.id, examined);
    const definition = this.acting.definitionOf(record);
    const meant = examined.filter(({ state }) => state !== 'IGNORED');
    await this.digests.keep({ importId: record.id, round: record.round, definition }, meant);
  }
}
