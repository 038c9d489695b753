import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { isId, newId } from '../../kernel/ids.js';
import { AppConfig } from '../config/app-config.js';
import { readKeys } from '../config/keys.js';

export interface StoredFile {
  /** Name in the store; made here, never by a user. */
  readonly key: string;
  readonly sha256: string;
  readonly size: number;
}

const NONCE = 12;
const TAG = 16;

/** Uploaded files, encrypted at rest (they hold ID numbers): AES-256-GCM, nonce first, tag last. */
@Injectable()
export class FileStore {
  private readonly folder: string;

  constructor(private readonly config: AppConfig) {
    this.folder = join(config.DATA_DIR, 'files');
  }

  /** Stores a stream; the file is on disk (fsync) when this returns. A failing stream leaves nothing behind. */
  async put(content: Readable, key: string = newId()): Promise<StoredFile> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const path = this.pathOf(key);
    const hash = createHash('sha256');
    let size = 0;
    const count = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        size += chunk.length;
        done(null, chunk);
      },
    });
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', this.secret(), nonce);
    cipher.setAAD(Buffer.from(`files.${key}`));
    try {
      const file = createWriteStream(path, { mode: 0o600 });
      file.write(nonce);
      await pipeline(content, count, cipher, file);
      const handle = await open(path, 'a');
      try {
        await handle.appendFile(cipher.getAuthTag());
        await handle.sync();
      } finally {
        await handle.close();
      }
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    return { key, sha256: hash.digest('hex'), size };
  }

  /**
   * Lends the decrypted file as a temporary path to a piece of work and removes it afterwards.
   * @throws Error when the stored file was altered.
   */
  async lend<T>(key: string, extension: string, work: (path: string) => Promise<T>): Promise<T> {
    const folder = join(this.config.DATA_DIR, 'tmp');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const clear = join(folder, `${newId()}${/^\.[a-z0-9]{1,5}$/.test(extension) ? extension : ''}`);
    try {
      const { size } = await stat(this.pathOf(key));
      const handle = await open(this.pathOf(key), 'r');
      const nonce = Buffer.alloc(NONCE);
      const tag = Buffer.alloc(TAG);
      try {
        await handle.read(nonce, 0, NONCE, 0);
        await handle.read(tag, 0, TAG, size - TAG);
      } finally {
        await handle.close();
      }
      const decipher = createDecipheriv('aes-256-gcm', this.secret(), nonce);
      decipher.setAAD(Buffer.from(`files.${key}`));
      decipher.setAuthTag(tag);
      const body = size - NONCE - TAG;
      if (body > 0) {
        await pipeline(
          createReadStream(this.pathOf(key), { start: NONCE, end: NONCE + body - 1 }),
          decipher,
          createWriteStream(clear, { mode: 0o600 }),
        );
      } else await (await open(clear, 'w', 0o600)).close();
      return await work(clear);
    } finally {
      await rm(clear, { force: true });
    }
  }

  /**
   * The decrypted content in memory: for small files of ours (portraits, rosters), never for uploads of any size.
   * @throws Error when the stored file was altered or is gone.
   */
  async read(key: string): Promise<Buffer> {
    const stored = await readFile(this.pathOf(key));
    const decipher = createDecipheriv('aes-256-gcm', this.secret(), stored.subarray(0, NONCE));
    decipher.setAAD(Buffer.from(`files.${key}`));
    decipher.setAuthTag(stored.subarray(stored.length - TAG));
    return Buffer.concat([decipher.update(stored.subarray(NONCE, stored.length - TAG)), decipher.final()]);
  }

  /** Removes temporary files in clear text that a killed process left behind. @returns how many */
  async removeLeftovers(olderThanMs: number): Promise<number> {
    const folder = join(this.config.DATA_DIR, 'tmp');
    let removed = 0;
    for (const name of await readdir(folder).catch((): string[] => [])) {
      const path = join(folder, name);
      const found = await stat(path).catch(() => null);
      if (!found?.isFile() || Date.now() - found.mtimeMs < olderThanMs) continue;
      await rm(path, { force: true });
      removed += 1;
    }
    return removed;
  }

  async remove(key: string): Promise<void> {
    await rm(this.pathOf(key), { force: true });
  }

  private pathOf(key: string): string {
    if (!isId(key)) throw new Error('no such file');
    return join(this.folder, key);
  }

  private secret(): Buffer {
    const keys = readKeys(this.config.KEY_FILE).encryption;
    const first = keys.get('1');
    if (!first) throw new Error('encryption key 1 is not in the key file');
    return first;
  }
}
