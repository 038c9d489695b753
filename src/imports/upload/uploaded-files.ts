import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { Sweeps, type Sweeper } from '../../infrastructure/discovery/marks.js';
import { FileStore, type StoredFile } from '../../infrastructure/files/file-store.js';
import { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';

/** No upload takes so long; what is older belongs to a process that was killed. */
const LONGEST_UPLOAD_MS = 3_600_000;
const AT_ONCE = 100;

/**
 * Files between the request that brings them and the import that takes them. Each is written down before its first byte is stored, so
 * that a process killed in between leaves nothing that nobody finds.
 */
@Sweeps({ everyMs: 600_000 })
@Injectable()
export class UploadedFiles implements Sweeper {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly files: FileStore,
  ) {}

  /** A failing stream leaves nothing behind. */
  async store(content: Readable): Promise<StoredFile> {
    const key = newId();
    await this.uow.run(async () =>
      this.db.insert('import_uploads', { file_key: key, begun_at: new Date(await this.clock.now()) }),
    );
    try {
      return await this.files.put(content, key);
    } catch (error) {
      await this.discard(key);
      throw error;
    }
  }

  /** In the unit in which an import takes the file. */
  async taken(key: string): Promise<void> {
    await this.db.execute('DELETE FROM import_uploads WHERE file_key = ?', [key]);
  }

  async discard(key: string): Promise<void> {
    await this.files.remove(key);
    await this.uow.run(() => this.db.execute('DELETE FROM import_uploads WHERE file_key = ?', [key]));
  }

  /** Removes files that no import took. */
  async sweep(): Promise<number> {
    const left = await this.db.rows<{ file_key: string }>(
      `SELECT u.file_key FROM import_uploads u LEFT JOIN import_files f ON f.file_key = u.file_key
       WHERE u.begun_at < ? AND f.file_key IS NULL ORDER BY u.begun_at LIMIT ?`,
      [new Date((await this.clock.now()) - LONGEST_UPLOAD_MS), AT_ONCE],
    );
    for (const { file_key } of left) await this.discard(file_key);
    return left.length;
  }
}
