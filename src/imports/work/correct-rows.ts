import { Injectable } from '@nestjs/common';
import { Db, marks } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import {
  detectHeader,
  FileRefused,
  type Cell,
  type SheetLayout,
  type SheetRow,
  type SpreadsheetSample,
} from '../../infrastructure/files/index.js';
import { ImportDefinitions } from '../import-definitions.js';
import type { Layout, LayoutNote } from '../import-record.js';
import { ImportRows } from '../rows/import-rows.js';
import { typed, type Overlay } from '../rows/row-codec.js';
import { MARKER_SHEET, ROW_NUMBER_FIELD, ROUND_COLUMNS } from '../sheets/round-marker.js';
import { headingOf, type AboutFile, type FoundLayout } from './file-layout.js';
import { ImportEnding } from './import-ending.js';
import { Leases } from './leases.js';
import type { ParseJob, RowSink } from './row-sink.js';

/** Rows that a later round may still correct. */
const OPEN_STATES = ['INVALID', 'FAILED', 'VALID', 'WARNING'] as const;
const LISTED = 50;

/** Takes the corrected error workbook of a later round: its lines replace cells of the rows that they name by 原行号. */
@Injectable()
export class CorrectRows implements RowSink {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly definitions: ImportDefinitions,
    private readonly leases: Leases,
    private readonly rows: ImportRows,
    private readonly ending: ImportEnding,
  ) {}

  async chooseSheet(_job: ParseJob, sample: SpreadsheetSample): Promise<string | null> {
    const first = sample.sheets.find(({ hidden, name }) => !hidden && name !== MARKER_SHEET);
    return first?.sheet ?? first?.name ?? null;
  }

  async layoutOf(
    { record }: ParseJob,
    about: AboutFile,
    sheet: SheetLayout,
    first: readonly SheetRow[],
  ): Promise<FoundLayout> {
    const columns = [...this.definitions.of(record.kind).columns, ...ROUND_COLUMNS];
    const finding = detectHeader(first, columns, { merges: sheet.merges });
    if (!finding?.mapping.has(ROW_NUMBER_FIELD)) throw new FileRefused('XML_DAMAGED', { sheet: 1 });
    const mapped = [...finding.mapping].map(
      ([field, match]) => [field, { ...headingOf({ ...match, parts: [] }), how: match.how }] as const,
    );
    return {
      layout: {
        ...(record.layout as Layout),
        sheets: about.sheets,
        headerRows: finding.headerRows,
        firstDataRow: finding.firstDataRow,
      },
      mapping: { columns: Object.fromEntries(mapped), values: {} },
    };
  }

  async take(
    { record, lease, seen }: ParseJob,
    found: FoundLayout,
    rows: readonly SheetRow[],
  ): Promise<() => Promise<void>> {
    const lines = rows.filter(({ rowNumber }) => rowNumber >= found.layout.firstDataRow);
    const fresh = lines.slice(Math.max(0, record.doneRows - seen.ordinal));
    seen.ordinal += lines.length;
    if (fresh.length === 0) return () => Promise.resolve();
    const doneRows = seen.ordinal;
    return () =>
      this.uow.run(async () => {
        const held = await this.leases.hold(lease, 'PARSING');
        const { overlays, unused } = await this.corrections(record.id, found, fresh);
        await this.rows.keepOverlays(record.id, overlays);
        if (unused.length > 0) await this.note(held.layout, record.id, unused);
        await this.leases.advance(lease, { doneRows });
      });
  }

  async finish({ lease }: ParseJob, _found: FoundLayout, notes: readonly LayoutNote[]): Promise<void> {
    await this.uow.run(async () => {
      const record = await this.leases.hold(lease, 'PARSING');
      await this.keepNotes(record.id, record.layout, notes);
      await this.ending.move(record, 'validate', { phaseRows: await this.rows.countToExamine(record.id) });
    });
  }

  /** A line that names no row, one that is done, or one named twice is not used, and listed. */
  private async corrections(
    importId: string,
    { mapping }: FoundLayout,
    lines: readonly SheetRow[],
  ): Promise<{ readonly overlays: ReadonlyMap<number, Overlay>; readonly unused: readonly number[] }> {
    const cellOf = (line: SheetRow, field: string): Cell | undefined =>
      line.cells.find(({ column }) => column === mapping.columns[field]?.column);
    const numbers = lines.map((line) => Number(cellOf(line, ROW_NUMBER_FIELD)?.text.trim() ?? Number.NaN));
    const wanted = numbers.filter((number) => Number.isSafeInteger(number) && number > 0);
    const open = await this.db.rows<{ row_no: number }>(
      `SELECT row_no FROM import_results WHERE import_id = ? AND row_no IN (${marks(wanted)}) AND state IN (${marks(OPEN_STATES)})`,
      [importId, ...wanted, ...OPEN_STATES],
    );
    const free = new Set(open.map(({ row_no }) => row_no));
    const fields = Object.keys(mapping.columns).filter((field) => ROUND_COLUMNS.every((own) => own.field !== field));
    const overlays = new Map<number, Overlay>();
    const unused: number[] = [];
    for (const [index, line] of lines.entries()) {
      const target = numbers[index]!;
      if (!free.delete(target)) unused.push(line.rowNumber);
      else overlays.set(target, Object.fromEntries(fields.map((field) => [field, cellOf(line, field) ?? typed('')])));
    }
    return { overlays, unused };
  }

  private async note(layout: Layout | null, importId: string, unused: readonly number[]): Promise<void> {
    const before = layout?.notes.find(({ code }) => code === 'ROUND_ROWS_UNUSED');
    const rows = (before?.rows ?? 0) + unused.length;
    const firstRow = before?.firstRow ?? unused[0]!;
    const some = unused.slice(0, LISTED).join('、');
    const detail = `修改后的文件中有 ${rows} 行没有采用（原行号不存在、已导入或重复），如第 ${some} 行。`;
    await this.keepNotes(importId, layout, [{ code: 'ROUND_ROWS_UNUSED', detail, rows, firstRow }]);
  }

  private async keepNotes(importId: string, layout: Layout | null, notes: readonly LayoutNote[]): Promise<void> {
    if (notes.length === 0) return;
    const kept = (layout?.notes ?? []).filter(({ code }) => notes.every((added) => added.code !== code));
    await this.db.execute('UPDATE imports SET layout_json = ? WHERE id = ?', [
      JSON.stringify({ ...layout, notes: [...kept, ...notes] }),
      importId,
    ]);
  }
}
