import type { FileRefusedRecord } from './file-refused.js';
import { CELL_KINDS, type Cell, type SheetRow } from './reader-types.js';
import type { ReaderEvent } from './spreadsheet-events.js';

/** One line of JSON per message. Rows travel as bare lists, because their field names would be most of the bytes. */
export type WireMessage =
  | { readonly type: 'event'; readonly event: Exclude<ReaderEvent, { type: 'rows' }> }
  | { readonly type: 'rows'; readonly rows: readonly WireRow[] }
  | { readonly type: 'refused'; readonly refusal: FileRefusedRecord }
  | { readonly type: 'done' };

type WireRow = readonly [rowNumber: number, hidden: 0 | 1, ...cells: WireCell[]];
type WireCell = readonly [column: number, kind: number, text: string, formula: 0 | 1, raw?: string];

export function toWire(event: ReaderEvent): WireMessage {
  if (event.type !== 'rows') return { type: 'event', event };
  return {
    type: 'rows',
    rows: event.rows.map((row) => [row.rowNumber, row.hidden ? 1 : 0, ...row.cells.map(packCell)]),
  };
}

export function fromWire(message: Exclude<WireMessage, { type: 'refused' | 'done' }>): ReaderEvent {
  return message.type === 'event' ? message.event : { type: 'rows', rows: message.rows.map(unpackRow) };
}

function packCell({ column, kind, text, raw, formula }: Cell): WireCell {
  const packed = [column, CELL_KINDS.indexOf(kind), text, formula ? 1 : 0] as const;
  return raw === text ? packed : [...packed, raw];
}

function unpackRow([rowNumber, hidden, ...cells]: WireRow): SheetRow {
  return { rowNumber, hidden: hidden === 1, cells: cells.map(unpackCell) };
}

function unpackCell([column, kind, text, formula, raw]: WireCell): Cell {
  return { column, kind: CELL_KINDS[kind] ?? 'EMPTY', text, raw: raw ?? text, formula: formula === 1 };
}
