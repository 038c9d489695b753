import { FILE_REFUSAL_TEXTS } from './file-refusal-texts.js';

export type FileRefusalCode = keyof typeof FILE_REFUSAL_TEXTS;

/** Where to look. Never the content found there: a cell may hold an ID number. */
export interface FileLocation {
  /** Position of the sheet, 1 for the first. */
  readonly sheet?: number;
  readonly row?: number;
  /** Address as shown by the spreadsheet program: B12. */
  readonly cell?: string;
  /** Physical line of a text file. */
  readonly line?: number;
}

export interface RefusalDetail {
  readonly zh: string;
  readonly en: string;
}

export interface FileRefusedRecord {
  readonly code: FileRefusalCode;
  readonly location: FileLocation | null;
  readonly limit: number | null;
}

/** The file as a whole is not taken in; `detail` says what is wrong and what to do about it. */
export class FileRefused extends Error {
  override readonly name = 'FileRefused';
  readonly detail: RefusalDetail;

  constructor(
    readonly code: FileRefusalCode,
    readonly location: FileLocation | null = null,
    readonly limit: number | null = null,
  ) {
    const detail = sentences(code, location, limit);
    super(`${code}: ${detail.en}`);
    this.detail = detail;
  }

  /** What crosses the border between the reading process and its parent. */
  toRecord(): FileRefusedRecord {
    return { code: this.code, location: this.location, limit: this.limit };
  }

  static fromRecord(record: FileRefusedRecord): FileRefused {
    const known = Object.hasOwn(FILE_REFUSAL_TEXTS, record.code);
    return new FileRefused(known ? record.code : 'READER_CRASHED', record.location, record.limit);
  }
}

function sentences(code: FileRefusalCode, location: FileLocation | null, limit: number | null): RefusalDetail {
  const text = FILE_REFUSAL_TEXTS[code];
  const amount = limit === null ? '' : String(limit);
  const place = { zh: placeInChinese(location), en: placeInEnglish(location) };
  return {
    zh: text.zh.replace('{limit}', amount).replace('{place}', place.zh),
    en: text.en.replace('{limit}', amount).replace('{place}', place.en),
  };
}

function placeInChinese(location: FileLocation | null): string {
  const sheet = location?.sheet === undefined ? '' : `第 ${location.sheet} 个工作表`;
  if (location?.line !== undefined) return `第 ${location.line} 行`;
  if (location?.cell !== undefined) return `${sheet}单元格 ${location.cell}`;
  if (location?.row !== undefined) return `${sheet}第 ${location.row} 行`;
  return sheet || '文件';
}

function placeInEnglish(location: FileLocation | null): string {
  const sheet = location?.sheet === undefined ? '' : `sheet ${location.sheet}, `;
  if (location?.line !== undefined) return `line ${location.line}`;
  if (location?.cell !== undefined) return `${sheet}cell ${location.cell}`;
  if (location?.row !== undefined) return `${sheet}row ${location.row}`;
  return sheet ? sheet.slice(0, -2) : 'the file';
}
