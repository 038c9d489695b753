import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { FileRefused } from './file-refused.js';

/** What the bytes say, whatever the name says. */
export type FileKind = 'ZIP' | 'TEXT';

const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const ZIP_LOCAL_HEADER = Buffer.from('504b0304', 'hex');
const ENCRYPTED_STREAM = Buffer.from('EncryptedPackage', 'utf16le');

/** Beginnings of things that are neither a workbook nor a table in text: programs, pictures, packed files, pages. */
const OTHER_BEGINNINGS = [
  Buffer.from('MZ'),
  Buffer.from('%PDF'),
  Buffer.from('{\\rtf'),
  Buffer.from('Rar!'),
  Buffer.from('7z\xbc\xaf', 'latin1'),
  Buffer.from('\x7fELF', 'latin1'),
  Buffer.from('\x89PNG', 'latin1'),
  Buffer.from('GIF8'),
  Buffer.from('\xff\xd8\xff', 'latin1'),
  Buffer.from('\x1f\x8b', 'latin1'),
  Buffer.from('PK'),
  Buffer.from('BZh'),
  Buffer.from('\xfd7zXZ', 'latin1'),
  Buffer.from('SQLite format 3'),
];
const MARKUP = /^(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|table|meta|script|style|\?xml|svg|wk:|x:)/i;

const WORKBOOK_NAMES = new Set(['.xlsx']);
const TEXT_NAMES = new Set(['.csv', '.tsv', '.txt']);

/**
 * Refuses by content, and a content that its name denies: whoever sends `roster.csv` that is a workbook did not mean
 * it, and a reader chosen by name alone is how disguised files get in.
 */
export async function recogniseFile(path: string, fileName: string, maxFileBytes: number): Promise<FileKind> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size === 0) throw new FileRefused('FILE_EMPTY');
    if (size > maxFileBytes) throw new FileRefused('FILE_TOO_LARGE', null, maxFileBytes);
    const head = Buffer.alloc(Math.min(size, 512));
    await file.read(head, 0, head.length, 0);

    const extension = extname(fileName).toLowerCase();
    if (head.subarray(0, OLE.length).equals(OLE)) {
      throw new FileRefused((await holds(path, ENCRYPTED_STREAM)) ? 'FILE_ENCRYPTED' : 'FILE_OLD_EXCEL');
    }
    if (head.subarray(0, ZIP_LOCAL_HEADER.length).equals(ZIP_LOCAL_HEADER)) {
      if (extension === '.xlsm' || extension === '.xltm') throw new FileRefused('FILE_MACRO');
      if (!WORKBOOK_NAMES.has(extension)) throw new FileRefused('FILE_TYPE');
      return 'ZIP';
    }
    if (isSomethingElse(head) || !TEXT_NAMES.has(extension)) throw new FileRefused('FILE_TYPE');
    return 'TEXT';
  } finally {
    await file.close();
  }
}

function isSomethingElse(head: Buffer): boolean {
  return OTHER_BEGINNINGS.some((beginning) => isRealBeginning(head, beginning)) || MARKUP.test(head.toString('latin1'));
}

/** Short signatures such as MZ or PK may also begin an honest heading; binary files follow them with control bytes. */
function isRealBeginning(head: Buffer, beginning: Buffer): boolean {
  if (!head.subarray(0, beginning.length).equals(beginning)) return false;
  if (beginning.length > 2 && beginning.every((byte) => byte < 0x80 && byte > 0x1f) && beginning[0] !== 0x42)
    return true;
  return head.some((byte) => byte < 0x09 || (byte > 0x0d && byte < 0x20));
}

async function holds(path: string, needle: Buffer): Promise<boolean> {
  const file = await open(path, 'r');
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of file.createReadStream()) {
    const window = Buffer.concat([rest, chunk as Buffer]);
    if (window.includes(needle)) return true;
    rest = window.subarray(Math.max(0, window.length - needle.length + 1));
  }
  return false;
}
