import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';
import { FileRefused } from './file-refused.js';

export const TEXT_ENCODINGS = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be'] as const;
export type TextEncoding = (typeof TEXT_ENCODINGS)[number];

const SAMPLE_BYTES = 64 * 1024;
/** No honest line is longer, and looking for the end of one would take ever longer with every portion that is read. */
const LONGEST_LINE_BYTES = 2 * 1024 * 1024;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** A line that is UTF-8 through and through… */
// eslint-disable-next-line no-control-regex -- the whole of ASCII is meant
const UTF8_LINE = /^(?:[\x00-\x7f]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})*$/;
/** …and holds this many Han characters is no GBK line: the chance is below one in a hundred million. */
const UTF8_HAN = /[\xe4-\xe9][\x80-\xbf]{2}/g;
const HAN_THAT_PROVE = 3;

/** Names as people and programs write them. */
export function encodingNamed(name: string): TextEncoding | null {
  const plain = name.toLowerCase().replace(/[\s_-]/g, '');
  if (['gb18030', 'gbk', 'gb2312', 'cp936', 'ansi'].includes(plain)) return 'gb18030';
  if (plain === 'utf8' || plain === 'utf8sig' || plain === 'utf8bom') return 'utf-8';
  if (plain === 'utf16le' || plain === 'utf16' || plain === 'unicode') return 'utf-16le';
  return plain === 'utf16be' ? 'utf-16be' : null;
}

/**
 * Mark, then strict UTF-8, then GB18030 (Chinese Excel saves CSV in it). The whole file is tried, because a wrong
 * guess is not an error but other people's names. A file in two encodings is refused at the first line that differs.
 */
export async function detectEncoding(path: string, chosen?: string): Promise<TextEncoding> {
  const named = chosen === undefined ? null : encodingNamed(chosen);
  if (chosen !== undefined && named === null) throw new FileRefused('ENCODING_UNKNOWN');
  const head = await readHead(path);
  const marked = encodingOfMark(head);
  const encoding = named ?? marked ?? encodingOfZeros(head);
  if (encoding !== null) {
    const bad = await firstBadLine(path, encoding);
    if (bad !== null) throw new FileRefused('ENCODING_WRONG', { line: bad });
    return encoding;
  }
  const notUtf8 = await firstBadLine(path, 'utf-8');
  if (notUtf8 === null) return 'utf-8';
  const notGb = await firstBadLine(path, 'gb18030');
  // In a file of mostly one encoding the other one fails at once; the later line is the one that stands out.
  if (notGb !== null) throw new FileRefused('ENCODING_UNKNOWN', { line: Math.max(notUtf8, notGb) });
  return 'gb18030';
}

/** Decoded text without the mark, in the portions in which it is read. */
export async function* decodedText(path: string, encoding: TextEncoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let begun = false;
  try {
    for await (const chunk of createReadStream(path)) {
      const text = decoder.decode(chunk as Buffer, { stream: true });
      // The decoder takes away the mark of Unicode encodings, but not that of GB18030.
      yield !begun && text.startsWith('\ufeff') ? text.slice(1) : text;
      begun ||= text !== '';
    }
    yield decoder.decode();
  } catch (error) {
    throw error instanceof FileRefused ? error : new FileRefused('ENCODING_WRONG');
  }
}

async function readHead(path: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const chunk of createReadStream(path, { end: SAMPLE_BYTES - 1 })) parts.push(chunk as Buffer);
  return Buffer.concat(parts);
}

function encodingOfMark(head: Buffer): TextEncoding | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head.subarray(0, 4).equals(Buffer.from('84319533', 'hex'))) return 'gb18030';
  if (head[0] === 0xff && head[1] === 0xfe) {
    if (head.length >= 4 && head[2] === 0 && head[3] === 0) throw new FileRefused('ENCODING_UNKNOWN', { line: 1 });
    return 'utf-16le';
  }
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return null;
}

/** Without a mark, UTF-16 shows by its digits, separators and line ends: a zero in each pair, always on the same side. */
function encodingOfZeros(head: Buffer): TextEncoding | null {
  let [zeroFirst, zeroSecond] = [0, 0];
  for (let index = 0; index + 1 < head.length; index += 2) {
    const [first, second] = [head[index]!, head[index + 1]!];
    if (first === 0 && second >= 0x09 && second < 0x7f) zeroFirst += 1;
    else if (second === 0 && first >= 0x09 && first < 0x7f) zeroSecond += 1;
  }
  const enough = (side: number, other: number): boolean => side >= 2 && side > head.length / 20 && other < side / 5;
  if (enough(zeroSecond, zeroFirst)) return 'utf-16le';
  return enough(zeroFirst, zeroSecond) ? 'utf-16be' : null;
}

/** The first line that the encoding cannot hold, or for GB18030 that is plainly UTF-8; null when all fit. */
async function firstBadLine(path: string, encoding: TextEncoding): Promise<number | null> {
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return firstUndecodable(path, encoding);
  const lines = new LineScan(encoding);
  for await (const chunk of createReadStream(path)) {
    const bad = lines.feed(chunk as Buffer);
    if (bad !== null) return bad;
  }
  return lines.end();
}

async function firstUndecodable(path: string, encoding: TextEncoding): Promise<number | null> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let line = 1;
  try {
    for await (const chunk of createReadStream(path)) {
      line += decoder.decode(chunk as Buffer, { stream: true }).split('\n').length - 1;
    }
    decoder.decode();
    return null;
  } catch {
    return line;
  }
}

/** No byte of a longer character of either encoding is a line end, so lines may be cut before decoding. */
class LineScan {
  private readonly decoder: TextDecoder;
  private rest: Buffer = Buffer.alloc(0);
  private line = 1;

  constructor(private readonly encoding: TextEncoding) {
    this.decoder = new TextDecoder(encoding, { fatal: true });
  }

  feed(chunk: Buffer): number | null {
    const window = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    const cut = Math.max(window.lastIndexOf(LINE_FEED), window.lastIndexOf(CARRIAGE_RETURN, -2)) + 1;
    this.rest = window.subarray(cut);
    if (this.rest.length > LONGEST_LINE_BYTES) {
      throw new FileRefused(
        'CELL_TOO_LONG',
        { line: this.line + countLineEnds(window.toString('latin1', 0, cut)) },
        LONGEST_LINE_BYTES,
      );
    }
    return this.check(window.subarray(0, cut));
  }

  end(): number | null {
    return this.check(this.rest);
  }

  private check(block: Buffer): number | null {
    const fits = this.fits(block);
    const text = block.toString('latin1');
    if (fits && (this.encoding === 'utf-8' || !UTF8_HAN.test(text))) {
      this.line += countLineEnds(text);
      return null;
    }
    for (const line of text.split(/\r\n|\r|\n/)) {
      if (!this.fits(Buffer.from(line, 'latin1')) || (this.encoding === 'gb18030' && isPlainlyUtf8(line)))
        return this.line;
      this.line += 1;
    }
    this.line -= 1;
    return null;
  }

  private fits(bytes: Buffer): boolean {
    try {
      this.decoder.decode(bytes);
      return true;
    } catch {
      return false;
    }
  }
}

function isPlainlyUtf8(line: string): boolean {
  return (line.match(UTF8_HAN)?.length ?? 0) >= HAN_THAT_PROVE && UTF8_LINE.test(line);
}

function countLineEnds(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}
