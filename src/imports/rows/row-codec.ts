import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import { PersonalData } from '../../infrastructure/crypto/personal-data.js';
import { CELL_KINDS, type Cell, type SheetRow } from '../../infrastructure/files/index.js';

type Packed = readonly [column: number, kind: number, text: string, formula: 0 | 1, raw?: string];

/** Cells that replace those of the uploaded row, by field; the uploaded row stays as it was. */
export type Overlay = Readonly<Record<string, Cell>>;

/** No field has this name: the row was left out by somebody who looked at it (BR-139: one of several is chosen). */
export const LEFT_OUT = '#left-out';
export const isLeftOut = (overlay: Overlay): boolean => Object.hasOwn(overlay, LEFT_OUT);

const pack = ({ column, kind, text, raw, formula }: Cell): Packed => {
  const packed = [column, CELL_KINDS.indexOf(kind), text, formula ? 1 : 0] as const;
  return raw === text ? packed : [...packed, raw];
};
const unpack = ([column, kind, text, formula, raw]: Packed): Cell => ({
  column,
  kind: CELL_KINDS[kind] ?? 'EMPTY',
  text,
  raw: raw ?? text,
  formula: formula === 1,
});

const QUICK = 1;
/** 128 bits: among the rows of one import no two keys fall together by chance. */
const KEY_DIGITS = 32;
const SINGLE = /^row[01]:/;
const placeOfLines = (importId: string, firstRow: number): string => `import_blocks.lines.${importId}.${firstRow}`;

/** A cell as if somebody had typed text into it. */
export const typed = (text: string): Cell => ({
  column: 0,
  kind: text === '' ? 'EMPTY' : 'TEXT',
  text,
  raw: text,
  formula: false,
});

/** Staged rows and corrections hold ID numbers: encrypted, each bound to its import and its row (R29). */
@Injectable()
export class RowCodec {
  constructor(private readonly personalData: PersonalData) {}

  /** Lines that are stored together, packed tight: most of their texts are alike. */
  sealLines(importId: string, firstRow: number, lines: readonly SheetRow[]): string {
    const packed = lines.map(({ rowNumber, hidden, cells }) => [rowNumber, hidden ? 1 : 0, cells.map(pack)]);
    const bytes = deflateRawSync(JSON.stringify(packed), { level: QUICK });
    return this.personalData.encrypt(bytes, placeOfLines(importId, firstRow));
  }

  /** @throws Error when the text was altered or moved */
  openLines(importId: string, firstRow: number, cipher: string): readonly SheetRow[] {
    if (SINGLE.test(cipher)) return [this.openSingle(importId, firstRow, cipher)];
    const bytes = inflateRawSync(this.personalData.decryptBytes(cipher, placeOfLines(importId, firstRow)));
    const packed = JSON.parse(bytes.toString('utf8')) as (readonly [number, 0 | 1, readonly Packed[]])[];
    return packed.map(([rowNumber, hidden, cells]) => ({ rowNumber, hidden: hidden === 1, cells: cells.map(unpack) }));
  }

  /** A line of the time when each was stored by itself. */
  private openSingle(importId: string, rowNumber: number, cipher: string): SheetRow {
    const text = this.personalData.decrypt(cipher.replace(SINGLE, ''), `import_rows.raw.${importId}.${rowNumber}`);
    return { rowNumber, hidden: cipher.startsWith('row1'), cells: (JSON.parse(text) as Packed[]).map(unpack) };
  }

  sealOverlay(importId: string, rowNo: number, overlay: Overlay): string {
    const packed = Object.entries(overlay).map(([field, cell]) => [field, pack(cell)] as const);
    return this.personalData.encrypt(JSON.stringify(packed), `import_results.overlay.${importId}.${rowNo}`);
  }

  openOverlay(importId: string, rowNo: number, cipher: string | null): Overlay {
    if (cipher === null) return {};
    const text = this.personalData.decrypt(cipher, `import_results.overlay.${importId}.${rowNo}`);
    return Object.fromEntries((JSON.parse(text) as [string, Packed][]).map(([field, cell]) => [field, unpack(cell)]));
  }

  /** Equal keys of one import give equal indexes; across imports nothing can be compared. */
  keyIndex(importId: string, naturalKey: string): string {
    return this.personalData.blindIndex(naturalKey, `import_results.natural_key.${importId}`).slice(0, KEY_DIGITS);
  }
}

/** One staged line with what was corrected in it. */
export interface StagedRow {
  readonly rowNumber: number;
  readonly hidden: boolean;
  readonly cells: readonly Cell[];
  readonly overlay: Overlay;
  /** Null before the first examination. */
  readonly state: string | null;
  /** What the last examination said the commit would do, and to which values; what somebody was shown. */
  readonly planned: string | null;
  readonly changesJson: string | null;
  readonly targetId: string | null;
  readonly problemsJson: string | null;
}

/** A line of the file before anything was said about it. */
export const untouched = ({ rowNumber, hidden, cells }: SheetRow): StagedRow => ({
  rowNumber,
  hidden,
  cells,
  overlay: {},
  state: null,
  planned: null,
  changesJson: null,
  targetId: null,
  problemsJson: null,
});
