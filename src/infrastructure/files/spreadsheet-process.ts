import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FileRefused } from './file-refused.js';
import { startReader, type EventSource } from './reader-child.js';
import { ROWS_ABOVE_DATA, type ReaderLimits, type SheetInfo, type SheetLayout, type SheetRow } from './reader-types.js';
import { spreadsheetEvents, type ReaderEvent, type ReadingRequest } from './spreadsheet-events.js';

export type { ReaderEvent } from './spreadsheet-events.js';

export interface ReadSpreadsheetOptions {
  readonly fileName: string;
  readonly sheet?: string;
  readonly encoding?: string;
  readonly separator?: string;
  /** Rows of data; a few more are let in for titles and headers. */
  readonly maxRows?: number;
  readonly limits?: Partial<ReaderLimits>;
  /** Time the reader may keep us waiting in all; the time we take between two portions does not count. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly maxHeapMegabytes?: number;
  /**
   * The compiled `spreadsheet-child.js`, or `null` to read in this process. By default the one beside this module; when
   * there is none (running from TypeScript sources, as tests do) the file is read in this process.
   */
  readonly childModule?: string | null;
  /** Told once when the child has started: for figures and for tests. */
  readonly onChild?: (pid: number) => void;
}

export interface SheetSample extends SheetInfo, SheetLayout {
  readonly rows: readonly SheetRow[];
}

export interface SpreadsheetSample {
  readonly format: 'XLSX' | 'CSV';
  readonly encoding: string | null;
  readonly separator: string | null;
  /** For CSV one nameless sheet. */
  readonly sheets: readonly SheetSample[];
}

const DEFAULT_TIMEOUT_MS = 60_000;
const COMPILED_CHILD = fileURLToPath(new URL('./spreadsheet-child.js', import.meta.url));

/**
 * Reads a table that a stranger may have made: in a child process with a memory and a time limit, without environment
 * (R19, F12). Whatever happens to the child comes out as a FileRefused.
 */
export async function* readSpreadsheet(path: string, options: ReadSpreadsheetOptions): AsyncGenerator<ReaderEvent> {
  yield* run(path, options, {});
}

/** The first rows of every sheet, for choosing sheet, header and encoding. */
export async function sampleSpreadsheet(path: string, options: ReadSpreadsheetOptions): Promise<SpreadsheetSample> {
  let about: Extract<ReaderEvent, { type: 'sheets' }> | null = null;
  const sheets: (SheetSample & { rows: SheetRow[] })[] = [];
  for await (const event of run(path, options, { firstRows: ROWS_ABOVE_DATA })) {
    if (event.type === 'sheets') about = event;
    else if (event.type === 'layout') {
      const { sheet, hiddenColumns, merges } = event;
      const info = about?.sheets[sheets.length] ?? { name: '', hidden: false };
      sheets.push({ ...info, sheet, hiddenColumns, merges, rows: [] });
    } else if (event.type === 'rows') sheets.at(-1)?.rows.push(...event.rows);
  }
  if (!about) throw new FileRefused('READER_CRASHED');
  return { format: about.format, encoding: about.encoding, separator: about.separator, sheets };
}

function run(
  path: string,
  options: ReadSpreadsheetOptions,
  more: Partial<ReadingRequest>,
): AsyncGenerator<ReaderEvent> {
  const { fileName, sheet, encoding, separator, maxRows, limits } = options;
  const request: ReadingRequest = {
    fileName,
    sheet,
    encoding,
    separator,
    limits: { ...limits, ...(maxRows === undefined ? {} : { maxRows }) },
    ...more,
  };
  const compiled = existsSync(COMPILED_CHILD) ? COMPILED_CHILD : null;
  const child = options.childModule === undefined ? compiled : options.childModule;
  const source =
    child === null
      ? { events: spreadsheetEvents(path, request), stop: () => undefined }
      : startReader(child, { path, request }, options);
  return withinTime(source, options);
}

/** Counts only the time we wait. On time-out, abort or loss of interest the child is killed, hanging or not. */
async function* withinTime(
  { events, stop }: EventSource,
  { timeoutMs = DEFAULT_TIMEOUT_MS, signal }: ReadSpreadsheetOptions,
): AsyncGenerator<ReaderEvent> {
  let left = timeoutMs;
  try {
    for (;;) {
      const began = performance.now();
      const next = await settleWithin(events.next(), left, timeoutMs, signal);
      left -= performance.now() - began;
      if (next.done) return;
      yield next.value;
    }
  } finally {
    stop();
    // Not awaited: without a child a reader that hangs would keep us here.
    void events.return(undefined).catch(() => undefined);
  }
}

async function settleWithin<T>(
  work: Promise<T>,
  ms: number,
  limit: number,
  signal: AbortSignal | undefined,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let onAbort: (() => void) | undefined;
  work.catch(() => undefined);
  const interruption = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new FileRefused('FILE_TIMEOUT', null, limit)), Math.max(0, ms));
    onAbort = () => reject(new FileRefused('FILE_CANCELLED'));
    if (signal?.aborted) onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([interruption, work]);
  } finally {
    clearTimeout(timer);
    if (onAbort) signal?.removeEventListener('abort', onAbort);
  }
}
