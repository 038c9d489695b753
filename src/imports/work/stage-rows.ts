import { Injectable } from '@nestjs/common';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import {
  FileRefused,
  type SheetLayout,
  type SheetRow,
  type SpreadsheetSample,
} from '../../infrastructure/files/index.js';
import { ImportDefinitions } from '../import-definitions.js';
import type { Layout, LayoutNote } from '../import-record.js';
import { StagedLines } from '../rows/staged-lines.js';
import { chooseSheet, findLayout, missingFields, type AboutFile, type FoundLayout } from './file-layout.js';
import { FirstLook } from './first-look.js';
import { ImportEnding } from './import-ending.js';
import { Leases } from './leases.js';
import { MappingMemory } from './mapping-memory.js';
import type { ParseJob, RowSink } from './row-sink.js';

/** Stages the lines of the first file, verbatim, a thousand a transaction (R18), with what is to be said about them where nothing is open. */
@Injectable()
export class StageRows implements RowSink {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly definitions: ImportDefinitions,
    private readonly leases: Leases,
    private readonly memory: MappingMemory,
    private readonly lines: StagedLines,
    private readonly ending: ImportEnding,
    private readonly firstLook: FirstLook,
  ) {}

  async chooseSheet({ record, lease }: ParseJob, sample: SpreadsheetSample): Promise<string | null> {
    const sheet = chooseSheet(this.definitions.of(record.kind), sample);
    if (sheet !== null) return sheet;
    await this.uow.run(async () => {
      const held = await this.leases.hold(lease, 'PARSING');
      await this.keepLayout(held.id, { layout: undecided(sample), mapping: { columns: {}, values: {} } });
      await this.ending.move(held, 'askForMapping');
    });
    return null;
  }

  async layoutOf(
    { record }: ParseJob,
    about: AboutFile,
    sheet: SheetLayout,
    first: readonly SheetRow[],
  ): Promise<FoundLayout> {
    // A reading that is taken up again must not see another header than the one before it.
    if (record.doneRows > 0 && record.layout && record.mapping)
      return { layout: record.layout, mapping: record.mapping };
    const { ownerSubjectId, kind } = record;
    const found = await findLayout(this.definitions.of(kind), first, {
      about,
      sheet,
      headerRow: record.headerRow,
      recall: (fingerprint) => this.memory.recall(ownerSubjectId, kind, fingerprint),
    });
    const words = await this.memory.words(ownerSubjectId, kind);
    return { ...found, mapping: { ...found.mapping, values: { ...words, ...found.mapping.values } } };
  }

  async take(
    { record, lease, maxRows, seen }: ParseJob,
    found: FoundLayout,
    rows: readonly SheetRow[],
  ): Promise<() => Promise<void>> {
    const { headerRows } = found.layout;
    const lines = rows.filter(({ rowNumber }) => !headerRows.includes(rowNumber));
    const fresh = lines.slice(Math.max(0, record.doneRows - seen.ordinal));
    const beginning = seen.ordinal === 0;
    seen.ordinal += lines.length;
    if (seen.ordinal > maxRows) throw new FileRefused('TOO_MANY_ROWS', null, maxRows);
    if (fresh.length === 0) return () => Promise.resolve();
    const doneRows = seen.ordinal;
    const block = this.lines.seal(record.id, fresh);
    const examined = await this.firstLook.examine(record, found, fresh);
    return () =>
      this.uow.run(async () => {
        await this.leases.hold(lease, 'PARSING');
        if (beginning) await this.keepLayout(record.id, found);
        await this.lines.stage(block);
        if (examined) await this.firstLook.keep(record, examined);
        await this.leases.advance(lease, { doneRows });
      });
  }

  async finish({ lease, seen }: ParseJob, found: FoundLayout, notes: readonly LayoutNote[]): Promise<void> {
    const total = seen.ordinal;
    await this.uow.run(async () => {
      const record = await this.leases.hold(lease, 'PARSING');
      if (total === 0) return this.ending.fail(record, NO_ROWS);
      const layout = { ...found.layout, notes: [...found.layout.notes, ...notes] };
      await this.keepLayout(record.id, { ...found, layout });
      await this.db.execute('UPDATE imports SET total_rows = ? WHERE id = ?', [total, record.id]);
      const complete = missingFields(this.definitions.of(record.kind), found.mapping).length === 0;
      await this.ending.move({ ...record, totalRows: total }, complete ? 'validate' : 'askForMapping');
      if (complete && (await this.firstLook.wasAtAll(record.id, total)))
        await this.leases.advance(lease, { doneRows: total, stage: 'DUPLICATES' });
    });
  }

  private async keepLayout(importId: string, { layout, mapping }: FoundLayout): Promise<void> {
    await this.db.execute('UPDATE imports SET layout_json = ?, mapping_json = ? WHERE id = ?', [
      JSON.stringify(layout),
      JSON.stringify(mapping),
      importId,
    ]);
  }
}

const NO_ROWS = {
  code: 'NO_ROWS',
  detail: '文件里只有表头，没有数据行。请填写后重新上传。',
  detailEn: 'The file has a header and no rows. Fill it in and upload it again.',
};

const undecided = (sample: SpreadsheetSample): Layout => ({
  format: sample.format,
  sheet: null,
  sheets: sample.sheets.map(({ name, hidden }) => ({ name, hidden })),
  encoding: sample.encoding,
  separator: sample.separator,
  headerRows: [],
  firstDataRow: 0,
  headings: [],
  missing: [],
  ambiguous: [],
  fingerprint: '',
  notes: [{ code: 'SHEET_UNDECIDED', detail: '不止一个工作表像是要导入的表。请选择一个工作表。' }],
});
