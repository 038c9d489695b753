import { posix } from 'node:path';
import type { Readable } from 'node:stream';
import type { Entry, ZipFile } from 'yauzl';
import { FileRefused } from './file-refused.js';
import type { ReaderLimits, SheetInfo } from './reader-types.js';
import { SharedTexts, SharedTextsParser } from './shared-texts.js';
import { XmlFeed, type XmlHandlers } from './xml-feed.js';
import { isDateFormat } from './xlsx-dates.js';
import { damagedUnlessDone, openEntry, openZip } from './zip-gate.js';

const MAX_STYLES = 65_536;

export interface SheetPart extends SheetInfo {
  /** Position, 1 for the first. */
  readonly position: number;
  readonly part: string;
}

interface Relationship {
  readonly type: string;
  readonly target: string;
}

/** The parts of a workbook around its sheets. Only parts inside the archive are ever opened. */
export class XlsxPackage {
  private readonly entries = new Map<string, Entry>();
  readonly sheets: SheetPart[] = [];
  date1904 = false;
  /** By style index: is a number of this style a date? */
  dateStyles: boolean[] = [];

  private constructor(
    private readonly zip: ZipFile,
    private readonly limits: ReaderLimits,
  ) {}

  static async open(path: string, limits: ReaderLimits): Promise<XlsxPackage> {
    const zip = await openZip(path);
    const opened = new XlsxPackage(zip, limits);
    try {
      await opened.readDirectory();
      await opened.readWorkbook();
      return opened;
    } catch (error) {
      zip.close();
      throw error;
    }
  }

  close(): void {
    this.zip.close();
  }

  async stream(part: string): Promise<Readable> {
    const entry = this.entries.get(part.toLowerCase());
    if (!entry) throw new FileRefused('XML_DAMAGED');
    return openEntry(this.zip, entry);
  }

  async sharedTexts(): Promise<SharedTexts> {
    const texts = new SharedTexts(this.limits);
    if (this.sharedTextsPart && this.entries.has(this.sharedTextsPart.toLowerCase())) {
      await this.parse(this.sharedTextsPart, new SharedTextsParser(texts, this.limits));
    }
    return texts;
  }

  private sharedTextsPart: string | null = null;

  private async readDirectory(): Promise<void> {
    await damagedUnlessDone(
      (async () => {
        for await (const entry of this.zip.eachEntry()) this.entries.set(entry.fileName.toLowerCase(), entry);
      })(),
    );
  }

  private async readWorkbook(): Promise<void> {
    const roots = await this.relationships('_rels/.rels', '');
    const workbook =
      [...roots.values()].find(({ type }) => type.endsWith('/officeDocument'))?.target ?? 'xl/workbook.xml';
    const folder = posix.dirname(workbook);
    const relations = await this.relationships(`${folder}/_rels/${posix.basename(workbook)}.rels`, folder);
    const partOf = (kind: string): string | null =>
      [...relations.values()].find(({ type }) => type.endsWith(`/${kind}`))?.target ?? null;

    await this.parse(workbook, {
      open: (name, attributes) => {
        if (name === 'workbookPr') this.date1904 = isTrue(attributes['date1904']);
        else if (name === 'sheet') this.addSheet(attributes, relations);
      },
    });
    if (this.sheets.length === 0) throw new FileRefused('NO_SHEET');
    this.sharedTextsPart = partOf('sharedStrings');
    const styles = partOf('styles');
    if (styles && this.entries.has(styles.toLowerCase())) await this.readStyles(styles);
  }

  /** Chart and dialog sheets have no rows. A sheet that lies outside the archive is refused, never fetched. */
  private addSheet(attributes: Readonly<Record<string, string>>, relations: ReadonlyMap<string, Relationship>): void {
    if (this.sheets.length >= this.limits.maxSheets) {
      throw new FileRefused('TOO_MANY_SHEETS', null, this.limits.maxSheets);
    }
    const idName = Object.keys(attributes).find((name) => name.endsWith(':id'));
    const relation = relations.get(idName === undefined ? '' : (attributes[idName] ?? ''));
    if (!relation) throw new FileRefused('XML_DAMAGED');
    if (!relation.type.endsWith('/worksheet')) return;
    const state = attributes['state'];
    this.sheets.push({
      name: attributes['name'] ?? '',
      hidden: state === 'hidden' || state === 'veryHidden',
      position: this.sheets.length + 1,
      part: relation.target,
    });
  }

  private async relationships(part: string, folder: string): Promise<Map<string, Relationship>> {
    const found = new Map<string, Relationship>();
    if (!this.entries.has(part.toLowerCase())) return found;
    await this.parse(part, {
      open: (name, attributes) => {
        if (name !== 'Relationship' || attributes['TargetMode']?.toLowerCase() === 'external') return;
        const target = attributes['Target'] ?? '';
        const inside = target.startsWith('/') ? target.slice(1) : posix.join(folder, target);
        // A target that leads out of the archive finds nothing: parts are looked up among its entries.
        found.set(attributes['Id'] ?? '', { type: attributes['Type'] ?? '', target: inside });
      },
    });
    return found;
  }

  private async readStyles(part: string): Promise<void> {
    const custom = new Map<number, string>();
    const formats: number[] = [];
    let inCellFormats = false;
    await this.parse(part, {
      open: (name, attributes) => {
        if (name === 'numFmt') custom.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
        else if (name === 'cellXfs') inCellFormats = true;
        else if (name === 'xf' && inCellFormats) formats.push(Number(attributes['numFmtId'] ?? 0));
        if (formats.length > MAX_STYLES || custom.size > MAX_STYLES) throw new FileRefused('XML_DAMAGED');
      },
      close: (name) => {
        if (name === 'cellXfs') inCellFormats = false;
      },
    });
    this.dateStyles = formats.map((id) => isDateFormat(id, custom));
  }

  private async parse(part: string, handlers: XmlHandlers): Promise<void> {
    const feed = new XmlFeed(handlers);
    const stream = await this.stream(part);
    await damagedUnlessDone(
      (async () => {
        for await (const chunk of stream) feed.write(chunk as Buffer);
        feed.end();
      })(),
    );
  }
}

export function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true' || value === 'on';
}
