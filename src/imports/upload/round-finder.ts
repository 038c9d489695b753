import { Injectable } from '@nestjs/common';
import * as yauzl from 'yauzl';
import { FileStore, type StoredFile } from '../../infrastructure/files/file-store.js';
import { FileRefused, sampleSpreadsheet } from '../../infrastructure/files/index.js';
import { isId } from '../../kernel/ids.js';
import { MARKER_SHEET } from '../sheets/round-marker.js';

export interface RoundMark {
  readonly importId: string;
  readonly kind: string;
}

/** Tells an error workbook that comes back from any other file by its hidden sheet. */
@Injectable()
export class RoundFinder {
  constructor(private readonly files: FileStore) {}

  /** Null for every file that did not come from an import; a file that can't be read is the worker's business. */
  async find(file: StoredFile & { readonly name: string }): Promise<RoundMark | null> {
    if (!file.name.toLowerCase().endsWith('.xlsx')) return null;
    return this.files.lend(file.key, '.xlsx', async (path) => {
      if (!(await namesSheet(path, MARKER_SHEET))) return null;
      try {
        const { sheets } = await sampleSpreadsheet(path, { fileName: 'round.xlsx' });
        const rows = sheets.find(({ name }) => name === MARKER_SHEET)?.rows ?? [];
        const said = new Map(rows.map(({ cells: [key, value] }) => [key?.text ?? '', value?.text ?? '']));
        const [importId, kind] = [said.get('import') ?? '', said.get('kind') ?? ''];
        return isId(importId) && kind !== '' ? { importId, kind } : null;
      } catch (error) {
        if (error instanceof FileRefused) return null;
        throw error;
      }
    });
  }
}

const LIST_OF_SHEETS = 'xl/workbook.xml';
const LONGEST_LIST = 256 * 1024;
const MOST_ENTRIES = 200;

/**
 * Looks at the beginning of one part of the archive, as bytes, so that the whole file need not be read twice. What it finds only
 * decides whether the reading child is asked.
 */
function namesSheet(path: string, sheet: string): Promise<boolean> {
  return new Promise((resolve) => {
    yauzl.open(path, { lazyEntries: true }, (failure, zip) => {
      if (failure) return resolve(false);
      const answer = (found: boolean): void => {
        zip.close();
        resolve(found);
      };
      let entries = 0;
      zip.on('error', () => answer(false));
      zip.on('end', () => answer(false));
      zip.on('entry', (entry: yauzl.Entry) => {
        entries += 1;
        if (entries > MOST_ENTRIES) return answer(false);
        if (entry.fileName !== LIST_OF_SHEETS) return zip.readEntry();
        zip.openReadStream(entry, (broken, stream) => {
          if (broken) return answer(false);
          let text = '';
          stream.on('data', (chunk: Buffer) => {
            text += chunk.toString('latin1');
            if (text.length > LONGEST_LIST) stream.destroy();
          });
          stream.on('error', () => answer(false));
          stream.on('close', () => answer(text.includes(`"${sheet}"`)));
        });
      });
      zip.readEntry();
    });
  });
}
