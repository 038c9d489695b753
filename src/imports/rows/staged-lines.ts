import { Injectable } from '@nestjs/common';
import { Db } from '../../infrastructure/database/db.js';
import type { SheetRow } from '../../infrastructure/files/index.js';
import { RowCodec } from './row-codec.js';

/** Lines as they are stored: packed and encrypted together. */
export type SealedBlock = Readonly<Record<'import_id' | 'lines_cipher', string>> &
  Readonly<Record<'first_row' | 'last_row' | 'row_count', number>>;

interface Span {
  readonly first_row: number;
  readonly last_row: number;
}

interface BlockOfTable extends Span {
  readonly row_count: number;
}

interface OpenBlock {
  readonly cipher: string;
  readonly lines: readonly SheetRow[];
}

/** Chunks of a commit do not end where blocks end: two are kept open. */
const KEPT_OPEN = 2;

/**
 * The lines of the uploaded files, verbatim, in blocks of as many as were read at once. The lines of a file may stand in any order, so
 * the spans of blocks may overlap; a line stands in one block.
 */
@Injectable()
export class StagedLines {
  /** By the cipher itself, which was just read and is never the same twice: what is kept open can't be out of date. */
  private open: readonly OpenBlock[] = [];

  constructor(
    private readonly db: Db,
    private readonly codec: RowCodec,
  ) {}

  /** Lines as they are stored; made before the unit is opened, because it takes a while. */
  seal(importId: string, lines: readonly SheetRow[]): SealedBlock {
    const numbers = lines.map(({ rowNumber }) => rowNumber);
    const first = Math.min(...numbers);
    return {
      import_id: importId,
      first_row: first,
      last_row: Math.max(...numbers),
      row_count: lines.length,
      lines_cipher: this.codec.sealLines(importId, first, lines),
    };
  }

  async stage(block: SealedBlock): Promise<void> {
    await this.db.insert('import_blocks', block);
  }

  async count(importId: string): Promise<number> {
    const row = await this.db.row<{ n: number | null }>(
      'SELECT SUM(row_count) AS n FROM import_blocks WHERE import_id = ?',
      [importId],
    );
    return Number(row?.n ?? 0);
  }

  /** Where each block stands, and how many lines it has. */
  blocks(importId: string): Promise<BlockOfTable[]> {
    return this.db.rows<BlockOfTable>(
      'SELECT first_row, last_row, row_count FROM import_blocks WHERE import_id = ? ORDER BY first_row',
      [importId],
    );
  }

  /** The next lines by number. */
  async after(importId: string, rowNumber: number, limit: number): Promise<readonly SheetRow[]> {
    const found: SheetRow[] = [];
    for (const { first_row } of await this.spans(importId, rowNumber + 1, LAST_ROW)) {
      found.sort(byNumber);
      // No line of this block or of those after it comes before its first one.
      if ((found[limit - 1]?.rowNumber ?? LAST_ROW) < first_row) break;
      found.push(...(await this.block(importId, first_row)).filter((line) => line.rowNumber > rowNumber));
    }
    return found.sort(byNumber).slice(0, limit);
  }

  /** Lines of these numbers, as many as there are. */
  async of(importId: string, numbers: readonly number[]): Promise<ReadonlyMap<number, SheetRow>> {
    const found = new Map<number, SheetRow>();
    if (numbers.length === 0) return found;
    const wanted = new Set(numbers);
    for (const span of await this.spans(importId, Math.min(...numbers), Math.max(...numbers))) {
      if (!numbers.some((number) => number >= span.first_row && number <= span.last_row)) continue;
      for (const line of await this.block(importId, span.first_row))
        if (wanted.has(line.rowNumber)) found.set(line.rowNumber, line);
    }
    return found;
  }

  private spans(importId: string, from: number, to: number): Promise<Span[]> {
    return this.db.rows<Span>(
      'SELECT first_row, last_row FROM import_blocks WHERE import_id = ? AND first_row <= ? AND last_row >= ? ORDER BY first_row',
      [importId, to, from],
    );
  }

  private async block(importId: string, firstRow: number): Promise<readonly SheetRow[]> {
    const row = await this.db.row<{ row_count: number; lines_cipher: string }>(
      'SELECT row_count, lines_cipher FROM import_blocks WHERE import_id = ? AND first_row = ?',
      [importId, firstRow],
    );
    // Read anew as another sheet between two statements: whoever asks goes on with what is there.
    if (!row) return [];
    const kept = this.open.find(({ cipher }) => cipher === row.lines_cipher);
    if (kept) return kept.lines;
    const lines = this.codec.openLines(importId, firstRow, row.lines_cipher);
    if (lines.length !== row.row_count) throw new Error('a block of staged lines is not whole');
    this.open = [{ cipher: row.lines_cipher, lines }, ...this.open].slice(0, KEPT_OPEN);
    return lines;
  }
}

const LAST_ROW = 2_147_483_647;
const byNumber = (a: SheetRow, b: SheetRow): number => a.rowNumber - b.rowNumber;
