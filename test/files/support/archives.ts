import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createRequire } from 'node:module';

interface YazlFile {
  addBuffer(content: Buffer, name: string, options?: object): void;
  addReadStream(content: Readable, name: string, options?: object): void;
  addEmptyDirectory(name: string): void;
  end(options?: object): void;
  outputStream: Readable;
}
// The zip writer used to build hostile files ships without types.
const { ZipFile } = createRequire(import.meta.url)('yazl') as { ZipFile: new () => YazlFile };

export type Parts = Record<string, string | Buffer>;

export interface PackOptions {
  readonly stored?: boolean;
  readonly zip64?: boolean;
  readonly sizesFollow?: boolean;
  readonly directories?: readonly string[];
  readonly comment?: string;
}

export async function pack(parts: Parts, options: PackOptions = {}): Promise<Buffer> {
  const zip = new ZipFile();
  const how = { compress: !options.stored, forceZip64Format: options.zip64 ?? false, mtime: new Date(2026, 0, 1) };
  for (const name of options.directories ?? []) zip.addEmptyDirectory(name);
  for (const [name, content] of Object.entries(parts)) {
    const data = Buffer.from(content as string);
    if (options.sizesFollow) zip.addReadStream(Readable.from([data]), name, how);
    else zip.addBuffer(data, name, how);
  }
  zip.end({ comment: options.comment ?? '', forceZip64Format: options.zip64 ?? false });
  return buffer(zip.outputStream);
}

/** Where the headers of an entry stand, by its position in the archive. */
export function headersOf(archive: Buffer, position: number): { local: number; central: number } {
  let central = -1;
  for (let count = 0; count <= position; count += 1) central = archive.indexOf('PK\x01\x02', central + 1, 'latin1');
  return { local: archive.readUInt32LE(central + 42), central };
}

/** A copy in which some bytes say something else. */
export function altered(archive: Buffer, change: (copy: Buffer) => void): Buffer {
  const copy = Buffer.from(archive);
  change(copy);
  return copy;
}

export function endRecordOf(archive: Buffer): number {
  return archive.lastIndexOf('PK\x05\x06', undefined, 'latin1');
}
