import type { Readable } from 'node:stream';
import { LAST_SHEET_COLUMN, type MergedRange } from './reader-types.js';

export interface OutsideRows {
  readonly hiddenColumns: number[];
  readonly merges: MergedRange[];
}

const HEAD_BYTES = 1024 * 1024;
const TAIL_BYTES = 8 * 1024 * 1024;
const MAX_MERGES = 50_000;
const LONGEST_END_TAG = 64;

/**
 * Merged ranges stand behind the rows they concern, so a reader that goes through once learns of a merged header after
 * it has delivered it. This goes through the sheet once before, looking only for where the rows begin and end.
 */
export async function readOutsideRows(sheet: Readable, maxColumns: number): Promise<OutsideRows> {
  let head = '';
  let tail = '';
  let carry = '';
  let state: 'HEAD' | 'ROWS' | 'TAIL' = 'HEAD';
  for await (const chunk of sheet) {
    // Names and references are ASCII; one byte a character keeps this cheap and never splits one.
    let text = (chunk as Buffer).toString('latin1');
    if (state === 'HEAD') {
      head += text;
      const start = /<(?:\w{1,30}:)?sheetData(?:\s[^<>]*)?\/?>/.exec(head);
      if (!start) {
        if (head.length > HEAD_BYTES) break;
        continue;
      }
      text = head.slice(start.index + start[0].length);
      head = head.slice(0, start.index);
      state = start[0].endsWith('/>') ? 'TAIL' : 'ROWS';
    }
    if (state === 'ROWS') {
      const window: string = carry + text;
      const end = /<\/(?:\w{1,30}:)?sheetData\s{0,20}>/.exec(window);
      carry = window.slice(-LONGEST_END_TAG);
      if (!end) continue;
      text = window.slice(end.index + end[0].length);
      state = 'TAIL';
    }
    tail += text;
    if (tail.length > TAIL_BYTES) break;
  }
  return { hiddenColumns: hiddenColumns(head, maxColumns), merges: merges(tail) };
}

function hiddenColumns(head: string, maxColumns: number): number[] {
  const found = new Set<number>();
  for (const [tag] of head.matchAll(/<(?:\w{1,30}:)?col\s[^<>]*>/g)) {
    if (!/\shidden\s*=\s*["'](?:1|true)["']/.test(tag)) continue;
    const from = Number(/\smin\s*=\s*["'](\d{1,5})["']/.exec(tag)?.[1] ?? 0);
    const to = Math.min(Number(/\smax\s*=\s*["'](\d{1,5})["']/.exec(tag)?.[1] ?? 0), maxColumns);
    for (let column = Math.max(from, 1); column <= to; column += 1) found.add(column);
  }
  return [...found].sort((a, b) => a - b);
}

function merges(tail: string): MergedRange[] {
  const found: MergedRange[] = [];
  const pattern = /<(?:\w{1,30}:)?mergeCell\s[^<>]*?ref\s*=\s*["']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})["']/g;
  for (const [, left, top, right, bottom] of tail.matchAll(pattern)) {
    const range = { top: Number(top), left: columnNumber(left!), bottom: Number(bottom), right: columnNumber(right!) };
    if (range.top >= 1 && range.bottom >= range.top && range.right >= range.left && range.right <= LAST_SHEET_COLUMN) {
      found.push(range);
    }
    if (found.length >= MAX_MERGES) break;
  }
  return found;
}

function columnNumber(letters: string): number {
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column;
}
