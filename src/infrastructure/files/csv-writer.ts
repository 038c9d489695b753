import { createWriteStream } from 'node:fs';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify/sync';
import iconv from 'iconv-lite';
import { neutralise } from './text-safety.js';

export type CsvValue = string | number | boolean | null | undefined;

export interface CsvFile {
  readonly header: readonly string[];
  readonly rows: AsyncIterable<readonly CsvValue[]> | Iterable<readonly CsvValue[]>;
  /** UTF-8 is written with a mark, without which Chinese Excel reads it as GBK. */
  readonly encoding?: 'utf-8' | 'gbk' | 'gb18030';
}

const ROWS_AT_ONCE = 500;

/** Returns the number of data rows written. Typed numbers stay numbers; only text is made safe (BR-142). */
export async function writeCsv(target: string | Writable, file: CsvFile): Promise<{ rows: number }> {
  const encoding = file.encoding ?? 'utf-8';
  let rows = 0;
  async function* portions(): AsyncGenerator<Buffer> {
    yield iconv.encode(line([file.header]), encoding, { addBOM: encoding === 'utf-8' });
    let waiting: (readonly CsvValue[])[] = [];
    for await (const row of file.rows) {
      waiting.push(row);
      rows += 1;
      if (waiting.length < ROWS_AT_ONCE) continue;
      yield iconv.encode(line(waiting), encoding);
      waiting = [];
    }
    if (waiting.length > 0) yield iconv.encode(line(waiting), encoding);
  }
  await pipeline(Readable.from(portions()), typeof target === 'string' ? createWriteStream(target) : target);
  return { rows };
}

function line(rows: readonly (readonly CsvValue[])[]): string {
  return stringify(
    rows.map((row) => row.map((value) => (typeof value === 'string' ? safeText(value) : value))),
    // The library quotes only what holds its own line end; a bare CR would begin a row, perhaps with a formula.
    { record_delimiter: '\r\n', quoted_match: /[\r\n]/, cast: { boolean: (value) => (value ? 'TRUE' : 'FALSE') } },
  );
}

/** A NUL makes a text file a binary one, for our own reader too. */
function safeText(text: string): string {
  return neutralise(text.replaceAll('\0', '\ufffd'));
}
