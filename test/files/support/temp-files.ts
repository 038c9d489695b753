import { mkdtempSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of its own for each test file. */
export class TempFiles {
  readonly folder = mkdtempSync(join(tmpdir(), 'chizheng-files-'));
  private count = 0;

  path(name: string): string {
    this.count += 1;
    return join(this.folder, `${this.count}-${name}`);
  }

  async write(name: string, content: Buffer | string): Promise<string> {
    const path = this.path(name);
    await writeFile(path, content);
    return path;
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
