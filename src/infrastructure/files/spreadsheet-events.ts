import { CsvReader } from './csv-reader.js';
import { recogniseFile } from './file-kind.js';
import { FileRefused } from './file-refused.js';
import {
  withLimits,
  type ReaderLimits,
  type SheetInfo,
  type SheetLayout,
  type SheetRow,
  type SheetSummary,
} from './reader-types.js';
import { XlsxReader } from './xlsx-reader.js';

export type ReaderEvent =
  | {
      readonly type: 'sheets';
      readonly format: 'XLSX' | 'CSV';
      readonly sheets: readonly SheetInfo[];
      readonly encoding: string | null;
      readonly separator: string | null;
    }
  | ({ readonly type: 'layout' } & SheetLayout)
  | { readonly type: 'rows'; readonly rows: readonly SheetRow[] }
  | ({ readonly type: 'end' } & SheetSummary);

export interface ReadingRequest {
  /** As the user named it: only its extension is looked at. */
  readonly fileName: string;
  /** Without a name the first sheet that is not hidden is read. */
  readonly sheet?: string;
  readonly encoding?: string;
  readonly separator?: string;
  readonly limits?: Partial<ReaderLimits>;
  /** Look only: the first rows of every sheet, so that sheet, header and encoding can be chosen. */
  readonly firstRows?: number;
}

const BATCH_ROWS = 1000;
const BATCH_LENGTH = 2_000_000;

/** What there is to say about a file, in order. Runs inside the child process, or in-process where there is no child. */
export async function* spreadsheetEvents(path: string, request: ReadingRequest): AsyncGenerator<ReaderEvent> {
  const limits = withLimits(request.limits);
  const kind = await recogniseFile(path, request.fileName, limits.maxFileBytes);
  if (kind === 'ZIP') yield* workbookEvents(path, request, limits);
  else yield* textEvents(path, request, limits);
}

async function* workbookEvents(
  path: string,
  request: ReadingRequest,
  limits: ReaderLimits,
): AsyncGenerator<ReaderEvent> {
  const workbook = await XlsxReader.open(path, { limits });
  try {
    const { sheets } = workbook;
    yield { type: 'sheets', format: 'XLSX', sheets, encoding: null, separator: null };
    const names = request.firstRows === undefined ? [request.sheet] : sheets.map(({ name }) => name);
    for (const name of names) {
      yield { type: 'layout', ...(await workbook.layout(name)) };
      yield* rowEvents(workbook.batches(name), request.firstRows);
    }
  } finally {
    workbook.close();
  }
}

async function* textEvents(path: string, request: ReadingRequest, limits: ReaderLimits): AsyncGenerator<ReaderEvent> {
  const { encoding, separator } = request;
  const table = await CsvReader.open(path, { encoding, separator, limits });
  yield { type: 'sheets', format: 'CSV', sheets: [], encoding: table.encoding, separator: table.separator };
  yield { type: 'layout', sheet: null, hiddenColumns: [], merges: [] };
  yield* rowEvents(table.batches(), request.firstRows);
}

/** Even batches, whatever the size of the portions that come off the disk, and none that is mostly one long text. */
async function* rowEvents(
  batches: AsyncGenerator<SheetRow[], SheetSummary>,
  firstRows: number | undefined,
): AsyncGenerator<ReaderEvent> {
  let waiting: SheetRow[] = [];
  let length = 0;
  let delivered = 0;
  let next = await batches.next();
  for (; !next.done; next = await batches.next()) {
    for (const row of next.value) {
      waiting.push(row);
      delivered += 1;
      for (const cell of row.cells) length += cell.text.length;
      const enough = delivered === firstRows;
      if (!enough && waiting.length < BATCH_ROWS && length < BATCH_LENGTH) continue;
      yield { type: 'rows', rows: waiting };
      waiting = [];
      length = 0;
      if (enough) {
        await batches.return(undefined as never);
        return;
      }
    }
  }
  if (waiting.length > 0) yield { type: 'rows', rows: waiting };
  if (delivered !== next.value.rows) throw new FileRefused('READER_CRASHED');
  yield { type: 'end', ...next.value };
}
