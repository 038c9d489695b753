import { extname } from 'node:path';
import { Injectable } from '@nestjs/common';
import { FileStore } from '../../infrastructure/files/file-store.js';
import { FileRefused, readSpreadsheet, sampleSpreadsheet, type SheetLayout } from '../../infrastructure/files/index.js';
import { Settings } from '../../infrastructure/settings/settings.js';
import { Clock } from '../../kernel/clock.js';
import { legalDateOf } from '../../rules/calendar.js';
import type { LayoutNote } from '../import-record.js';
import { ImportStore } from '../import-store.js';
import { CorrectRows } from './correct-rows.js';
import type { AboutFile, FoundLayout } from './file-layout.js';
import { LEASE_MS, Leases, type Lease } from './leases.js';
import { RefuseFile } from './refuse-file.js';
import type { ParseJob, RowSink } from './row-sink.js';
import { StageRows } from './stage-rows.js';

/** A reader may be killed from outside (a stop of the whole process group): it gets another try before the file is blamed. */
const CRASHES_FORGIVEN = 3;

/** Reads the file in the child process, line by line into a sink. A file that can't be taken fails the import. */
@Injectable()
export class ParseImport {
  constructor(
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly files: FileStore,
    private readonly store: ImportStore,
    private readonly leases: Leases,
    private readonly stageRows: StageRows,
    private readonly correctRows: CorrectRows,
    private readonly refuseFile: RefuseFile,
  ) {}

  /** Reads on where the last attempt stopped. */
  async execute(lease: Lease, signal: AbortSignal): Promise<void> {
    const record = await this.leases.beginParsing(lease);
    const file = await this.store.file(record.id, record.round);
    const maxRows = await this.settings.number(legalDateOf(await this.clock.now()) ?? '', 'import.maxRows');
    const sheet = record.sheetName ?? record.layout?.sheet ?? null;
    const first = record.round === 1;
    const options = {
      fileName: file.name,
      maxRows,
      signal,
      ...(first && sheet !== null ? { sheet } : {}),
      ...(first && record.encoding !== null ? { encoding: record.encoding } : {}),
      ...(first && record.separator !== null ? { separator: record.separator } : {}),
    };
    const job = { record, lease, options, maxRows, seen: { ordinal: 0 } };
    // Before the first line comes, a large file may take longer than the lease.
    const renewal = setInterval(() => void this.leases.renew(lease).catch(() => undefined), LEASE_MS / 3);
    try {
      await this.files.lend(file.key, extname(file.name).toLowerCase(), (path) =>
        this.read(path, job, first ? this.stageRows : this.correctRows),
      );
    } catch (error) {
      if (!(error instanceof FileRefused) || signal.aborted) throw error;
      if (error.code === 'READER_CRASHED' && record.attempts < CRASHES_FORGIVEN) throw error;
      await this.refuseFile.execute(lease, error);
    } finally {
      clearInterval(renewal);
    }
  }

  private async read(path: string, job: ParseJob, sink: RowSink): Promise<void> {
    let about: AboutFile | null = null;
    let sheet: SheetLayout | null = null;
    let found: FoundLayout | null = null;
    // While one portion is being written the next one is read and made ready.
    let writing = Promise.resolve();
    try {
      for await (const event of readSpreadsheet(path, job.options)) {
        if (event.type === 'sheets') {
          const { format, sheets, encoding, separator } = event;
          about = { format, sheets, encoding, separator };
          if (job.options.sheet === undefined && sheets.filter(({ hidden }) => !hidden).length > 1) {
            return await this.readChosen(path, job, sink);
          }
        } else if (event.type === 'layout') sheet = event;
        else if (event.type === 'rows') {
          if (!about || !sheet) throw new FileRefused('READER_CRASHED');
          found ??= await sink.layoutOf(job, about, sheet, event.rows);
          const write = await sink.take(job, found, event.rows);
          await writing;
          writing = write();
          writing.catch(() => undefined);
        } else {
          await writing;
          if (!found) throw new FileRefused('FILE_EMPTY');
          await sink.finish(job, found, notesOfEnd(event.rowsAfterGap, event.firstRowAfterGap));
        }
      }
    } finally {
      await writing.catch(() => undefined);
    }
  }

  private async readChosen(path: string, job: ParseJob, sink: RowSink): Promise<void> {
    const chosen = await sink.chooseSheet(job, await sampleSpreadsheet(path, job.options));
    if (chosen !== null) await this.read(path, { ...job, options: { ...job.options, sheet: chosen } }, sink);
  }
}

function notesOfEnd(rows: number, firstRow: number | null): LayoutNote[] {
  if (rows === 0 || firstRow === null) return [];
  const detail = `第 ${firstRow} 行起还有 ${rows} 行没有读取：它们与上面的表格之间隔了 200 多个空行。如需导入请删去空行后重新上传。`;
  return [{ code: 'ROWS_AFTER_GAP', detail, rows, firstRow }];
}
