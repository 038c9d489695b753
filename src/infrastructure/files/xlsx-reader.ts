import { FileRefused } from './file-refused.js';
import {
  withLimits,
  type ReaderLimits,
  type SheetInfo,
  type SheetLayout,
  type SheetRow,
  type SheetSummary,
} from './reader-types.js';
import type { SharedTexts } from './shared-texts.js';
import { XmlFeed } from './xml-feed.js';
import { readOutsideRows } from './xlsx-layout.js';
import { XlsxPackage, type SheetPart } from './xlsx-package.js';
import { XlsxSheetParser } from './xlsx-sheet-parser.js';
import { damagedUnlessDone, passZipGate } from './zip-gate.js';

export interface XlsxOptions {
  readonly limits?: Partial<ReaderLimits>;
}

/** An open workbook. It has passed the zip gate; each sheet is read as a stream, as often as wanted. */
export class XlsxReader {
  private texts: Promise<SharedTexts> | null = null;

  private constructor(
    private readonly content: XlsxPackage,
    private readonly limits: ReaderLimits,
  ) {}

  static async open(path: string, options: XlsxOptions = {}): Promise<XlsxReader> {
    const limits = withLimits(options.limits);
    await passZipGate(path, limits);
    return new XlsxReader(await XlsxPackage.open(path, limits), limits);
  }

  get sheets(): readonly SheetInfo[] {
    return this.content.sheets.map(({ name, hidden }) => ({ name, hidden }));
  }

  get date1904(): boolean {
    return this.content.date1904;
  }

  close(): void {
    this.content.close();
  }

  async layout(sheet?: string): Promise<SheetLayout> {
    const part = this.choose(sheet);
    const stream = await this.content.stream(part.part);
    return { sheet: part.name, ...(await damagedUnlessDone(readOutsideRows(stream, this.limits.maxColumns))) };
  }

  /** In the order of the file; returns how the sheet ended. */
  async *rows(sheet?: string): AsyncGenerator<SheetRow, SheetSummary> {
    const batches = this.batches(sheet);
    let next = await batches.next();
    try {
      for (; !next.done; next = await batches.next()) yield* next.value;
      return next.value;
    } finally {
      if (!next.done) await batches.return(undefined as never);
    }
  }

  /** The same rows in the portions in which they come off the disk: far fewer waits than one by one. */
  async *batches(sheet?: string): AsyncGenerator<SheetRow[], SheetSummary> {
    const part = this.choose(sheet);
    this.texts ??= this.content.sharedTexts();
    const parser = new XlsxSheetParser({
      position: part.position,
      texts: await this.texts,
      dateStyles: this.content.dateStyles,
      date1904: this.content.date1904,
      limits: this.limits,
    });
    const feed = new XmlFeed(parser, { sheet: part.position });
    const stream = await this.content.stream(part.part);
    try {
      for await (const chunk of stream) {
        feed.write(chunk as Buffer);
        if (parser.rows.length === 0) continue;
        const rows = parser.rows;
        parser.rows = [];
        yield rows;
      }
      feed.end();
    } catch (error) {
      throw error instanceof FileRefused ? error : new FileRefused('ZIP_DAMAGED');
    }
    return parser.summary;
  }

  /** Without a name: the first sheet that is not hidden. */
  private choose(name: string | undefined): SheetPart {
    const { sheets } = this.content;
    const found =
      name === undefined
        ? (sheets.find(({ hidden }) => !hidden) ?? sheets[0])
        : sheets.find((sheet) => sheet.name === name);
    if (!found) throw new FileRefused(name === undefined ? 'NO_SHEET' : 'SHEET_NOT_FOUND');
    return found;
  }
}
