import { access, mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { AppConfig } from '../infrastructure/config/app-config.js';
import { resultLines, writeDirtyCsv, writeNumbersXlsx } from './result-sheets.js';
import { writeRosterXlsx } from './roster-sheet.js';

export const DIRTY_CSV = '成绩-GBK-脏数据.csv';
export const NUMBERS_XLSX = '成绩-标题行-数字身份证.xlsx';
export const ROSTER_XLSX = '花名册.xlsx';

/**
 * Writes the spreadsheets that people try the import with, in the way such files are found in offices. What is there already stays.
 * They hold made-up ID numbers in clear, so they lie in the private data folder.
 */
export async function writeDemoFiles(app: INestApplicationContext): Promise<readonly string[]> {
  const folder = join(app.get(AppConfig).DATA_DIR, 'demo');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const written: string[] = [];
  const lines = await resultLines(app);
  const write = async (name: string, work: (path: string) => Promise<void>): Promise<void> => {
    const path = join(folder, name);
    if (await exists(path)) return;
    await work(`${path}.part`);
    await rename(`${path}.part`, path);
    written.push(path);
  };
  if (lines.length > 0) {
    await write(DIRTY_CSV, (path) => writeDirtyCsv(path, lines));
    await write(NUMBERS_XLSX, (path) => writeNumbersXlsx(path, lines));
  }
  await write(ROSTER_XLSX, (path) => writeRosterXlsx(app, path));
  return written;
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
