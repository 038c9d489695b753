import { Injectable } from '@nestjs/common';
import { PersonalData } from '../../infrastructure/crypto/personal-data.js';
import { CELL_KINDS, type Cell } from '../../infrastructure/files/index.js';

type Packed = readonly [column: number, kind: number, text: string, formula: 0 | 1, raw?: string];

/** Cells that replace those of the uploaded row, by field; the uploaded row stays as it was. */
export type Overlay = Readonly<Record<string, Cell>>;

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

  sealCells(importId: string, rowNo: number, cells: readonly Cell[]): string {
    return this.personalData.encrypt(JSON.stringify(cells.map(pack)), `import_rows.raw.${importId}.${rowNo}`);
  }

  openCells(importId: string, rowNo: number, cipher: string): readonly Cell[] {
    const text = this.personalData.decrypt(cipher, `import_rows.raw.${importId}.${rowNo}`);
    return (JSON.parse(text) as Packed[]).map(unpack);
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
    return this.personalData.blindIndex(naturalKey, `import_results.natural_key.${importId}`);
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
}
