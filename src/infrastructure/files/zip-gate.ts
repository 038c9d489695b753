import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import * as yauzl from 'yauzl';
import { FileRefused } from './file-refused.js';
import type { ReaderLimits } from './reader-types.js';

export interface ZipGateReport {
  readonly entries: number;
  readonly unpackedBytes: number;
}

const ENCRYPTED_FLAGS = 0x1 | 0x40 | 0x2000;
const SIZES_FOLLOW_FLAG = 0x8;
const STORED = 0;
const DEFLATED = 8;
const LOCAL_HEADER_BYTES = 30;
const END_RECORD_BYTES = 22;
const ZIP64_END_BYTES = 76;
const MAX_NAME_LENGTH = 255;
const WORKBOOK_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml';

/**
 * Stands in front of every parser: a workbook passes only when its directory tells the truth, it unpacks to a sane
 * size (counted while inflating, because the sizes in the headers are written by whoever made the file), and it is
 * a plain workbook.
 */
export async function passZipGate(path: string, limits: ReaderLimits): Promise<ZipGateReport> {
  const zip = await openZip(path);
  try {
    if (zip.entryCount > limits.maxEntries) throw new FileRefused('ZIP_BOMB', null, limits.maxEntries);
    const entries = await readDirectory(zip);
    refuseForeignContent(entries);
    await refuseLies(zip, entries);

    let unpackedBytes = 0;
    for (const entry of entries) {
      const keep = entry.fileName === '[Content_Types].xml';
      const { bytes, text } = await unpack(zip, entry, limits, unpackedBytes, keep);
      unpackedBytes += bytes;
      if (keep) refuseOtherDocuments(text);
    }
    return { entries: entries.length, unpackedBytes };
  } finally {
    zip.close();
  }
}

export async function openZip(path: string): Promise<yauzl.ZipFile> {
  return damagedUnlessDone(yauzl.openPromise(path, { autoClose: false }));
}

/** Errors of the zip library name entries and sizes; all that matters outside is that the file is damaged. */
export async function damagedUnlessDone<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof FileRefused ? error : new FileRefused('ZIP_DAMAGED');
  }
}

async function readDirectory(zip: yauzl.ZipFile): Promise<yauzl.Entry[]> {
  const entries: yauzl.Entry[] = [];
  const seen = new Set<string>();
  await damagedUnlessDone(
    (async () => {
      for await (const entry of zip.eachEntry()) {
        if (entry.generalPurposeBitFlag & ENCRYPTED_FLAGS) throw new FileRefused('FILE_ENCRYPTED');
        if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED)
          throw new FileRefused('ZIP_DAMAGED');
        // Part names differ in more than case (OPC): otherwise two readers disagree about which part is meant.
        const name = entry.fileName.toLowerCase();
        if (isUnsafeName(entry.fileName) || seen.has(name)) throw new FileRefused('ZIP_DAMAGED');
        seen.add(name);
        entries.push(entry);
      }
    })(),
  );
  if (entries.length === 0) throw new FileRefused('ZIP_DAMAGED');
  return entries;
}

/** The library itself refuses absolute names, drive letters and `..`. */
function isUnsafeName(name: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return name.length > MAX_NAME_LENGTH || /[\u0000-\u001f\u007f]/.test(name) || name.split('/').includes('.');
}

function refuseForeignContent(entries: readonly yauzl.Entry[]): void {
  const names = new Set(entries.map(({ fileName }) => fileName.toLowerCase()));
  const has = (pattern: RegExp): boolean => [...names].some((name) => pattern.test(name));
  if (has(/vbaproject|vbadata|^xl\/macrosheets\/|^xl\/dialogsheets\/|^xl\/activex\//))
    throw new FileRefused('FILE_MACRO');
  if (has(/^xl\/workbook\.bin$|^word\/|^ppt\/|^mimetype$|^meta-inf\//)) throw new FileRefused('FILE_TYPE');
  if (!names.has('[content_types].xml')) throw new FileRefused('FILE_TYPE');
}

/** Entries must lie one behind the other from the first byte, and each local header must say what the directory says. */
async function refuseLies(zip: yauzl.ZipFile, entries: readonly yauzl.Entry[]): Promise<void> {
  // The published types call this cursor a boolean; it is the position behind the last directory entry read.
  const directoryEnd = zip.readEntryCursor as unknown as number;
  const endRecord = zip.fileSize - END_RECORD_BYTES - zip.comment.length;
  if (directoryEnd !== endRecord && directoryEnd !== endRecord - ZIP64_END_BYTES) throw new FileRefused('ZIP_DAMAGED');
  const directoryStart = directoryEnd - entries.reduce((sum, entry) => sum + directoryBytes(entry), 0);

  let previousEnd = 0;
  const inOrder = [...entries].sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
  for (const [index, entry] of inOrder.entries()) {
    const start = entry.relativeOffsetOfLocalHeader;
    if (index === 0 && start !== 0) throw new FileRefused('ZIP_DAMAGED');
    if (start < previousEnd) throw new FileRefused('ZIP_BOMB', null, entries.length);
    const local = await damagedUnlessDone(zip.readLocalFileHeaderPromise(entry));
    if (!agrees(local, entry)) throw new FileRefused('ZIP_DAMAGED');
    previousEnd = start + LOCAL_HEADER_BYTES + local.fileNameLength + local.extraFieldLength + entry.compressedSize;
  }
  if (previousEnd > directoryStart) throw new FileRefused('ZIP_BOMB', null, entries.length);
}

function directoryBytes(entry: yauzl.Entry): number {
  return 46 + entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength;
}

function agrees(local: yauzl.LocalFileHeader, entry: yauzl.Entry): boolean {
  if (local.compressionMethod !== entry.compressionMethod || !local.fileName.equals(entry.fileNameRaw)) return false;
  if (local.generalPurposeBitFlag & ENCRYPTED_FLAGS) throw new FileRefused('FILE_ENCRYPTED');
  if (local.generalPurposeBitFlag & SIZES_FOLLOW_FLAG) return true;
  const same = (there: number, here: number): boolean => there === here || there === 0xffffffff;
  return (
    local.crc32 === entry.crc32 &&
    same(local.compressedSize, entry.compressedSize) &&
    same(local.uncompressedSize, entry.uncompressedSize)
  );
}

async function unpack(
  zip: yauzl.ZipFile,
  entry: yauzl.Entry,
  limits: ReaderLimits,
  before: number,
  keep: boolean,
): Promise<{ bytes: number; text: string }> {
  let bytes = 0;
  let checksum = 0;
  const kept: Buffer[] = [];
  await damagedUnlessDone(
    (async () => {
      for await (const chunk of await openEntry(zip, entry)) {
        const data = chunk as Buffer;
        bytes += data.length;
        if (before + bytes > limits.maxUnpackedBytes) throw new FileRefused('ZIP_BOMB', null, limits.maxUnpackedBytes);
        if (bytes > limits.ratioFromBytes && bytes > entry.compressedSize * limits.maxRatio) {
          throw new FileRefused('ZIP_BOMB', null, limits.maxRatio);
        }
        checksum = crc32(data, checksum);
        if (keep) kept.push(data);
      }
    })(),
  );
  if (bytes !== entry.uncompressedSize || checksum !== entry.crc32) throw new FileRefused('ZIP_DAMAGED');
  return { bytes, text: Buffer.concat(kept).toString('utf8') };
}

export async function openEntry(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Readable> {
  return damagedUnlessDone(zip.openReadStreamPromise(entry));
}

/** The list of content types is the only place that says what kind of document the archive is. */
function refuseOtherDocuments(contentTypes: string): void {
  if (/macroEnabled|vbaProject|macrosheet/i.test(contentTypes)) throw new FileRefused('FILE_MACRO');
  if (!contentTypes.includes(WORKBOOK_TYPE) || /sheet\.binary/i.test(contentTypes)) throw new FileRefused('FILE_TYPE');
}
