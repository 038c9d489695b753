import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { transformSync } from '@swc/core';

const ROOT = join(import.meta.dirname, '../../..');
const SOURCES = join(ROOT, 'src/infrastructure/files');

/**
 * Compiles the readers as they are now into a private folder, so that tests start a real child process without a build
 * before them and never a stale one. The folder lies inside the project, where the libraries are found.
 */
export function compileChild(): { childModule: string; folder: string; remove: () => Promise<void> } {
  mkdirSync(join(ROOT, '.data'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, '.data', 'reader-'));
  for (const file of readdirSync(SOURCES).filter((name) => name.endsWith('.ts'))) {
    const { code } = transformSync(readFileSync(join(SOURCES, file), 'utf8'), {
      configFile: false,
      swcrc: false,
      jsc: { target: 'es2022', parser: { syntax: 'typescript', decorators: true } },
      module: { type: 'es6' },
    });
    writeFileSync(join(folder, file.replace(/\.ts$/, '.js')), code);
  }
  return {
    childModule: join(folder, 'spreadsheet-child.js'),
    folder,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
