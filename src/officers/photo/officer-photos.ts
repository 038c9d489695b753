import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Db, marks } from '../../infrastructure/database/db.js';
import { FileStore } from '../../infrastructure/files/file-store.js';
import type { Portrait } from '../../infrastructure/print/portrait.js';
import { newId } from '../../kernel/ids.js';

export interface CurrentPhoto {
  readonly officerId: string;
  readonly fileKey: string;
  readonly thumbnailKey: string;
  readonly sha256: string;
  readonly byteSize: number;
  readonly recordedAt: Date;
}

export interface StoredPortrait {
  readonly fileKey: string;
  readonly thumbnailKey: string;
  readonly sha256: string;
  readonly byteSize: number;
}

interface PhotoRow {
  readonly officer_id: string;
  readonly file_key: string;
  readonly thumbnail_key: string;
  readonly sha256: string;
  readonly byte_size: number;
  readonly recorded_at: Date;
}

/** Portraits of officers: rows here, pictures encrypted in the file store. */
@Injectable()
export class OfficerPhotos {
  constructor(
    private readonly db: Db,
    private readonly files: FileStore,
  ) {}

  /** Puts both pictures into the store; they belong to nobody until `record`. */
  async keep({ photo, thumbnail }: Portrait): Promise<StoredPortrait> {
    const stored = await this.files.put(Readable.from([photo]));
    try {
      const small = await this.files.put(Readable.from([thumbnail]));
      return { fileKey: stored.key, thumbnailKey: small.key, sha256: stored.sha256, byteSize: stored.size };
    } catch (error) {
      await this.files.remove(stored.key);
      throw error;
    }
  }

  /** In the open unit, under the officer's lock. Gives the portrait that this one replaces. */
  async record(
    officerId: string,
    portrait: StoredPortrait,
    now: number,
    by: string | null,
  ): Promise<CurrentPhoto | null> {
    const [replaced] = await this.current([officerId]);
    const at = new Date(now);
    if (replaced)
      await this.db.updateOne(
        'UPDATE officer_photos SET superseded_at = ?, current_slot = NULL WHERE current_slot = ?',
        [at, officerId],
        () => {
          throw new Error('a portrait was replaced without the lock');
        },
      );
    await this.db.insert('officer_photos', {
      id: newId(),
      officer_id: officerId,
      current_slot: officerId,
      file_key: portrait.fileKey,
      thumbnail_key: portrait.thumbnailKey,
      sha256: portrait.sha256,
      byte_size: portrait.byteSize,
      recorded_at: at,
      recorded_by: by,
    });
    return replaced ?? null;
  }

  /** Those that there are, of many officers at once. The caller has looked at the scope. */
  async current(officerIds: readonly string[]): Promise<CurrentPhoto[]> {
    const rows = await this.db.rows<PhotoRow>(
      `SELECT officer_id, file_key, thumbnail_key, sha256, byte_size, recorded_at FROM officer_photos
       WHERE current_slot IN (${marks(officerIds)})`,
      officerIds,
    );
    return rows.map((row) => ({
      officerId: row.officer_id,
      fileKey: row.file_key,
      thumbnailKey: row.thumbnail_key,
      sha256: row.sha256,
      byteSize: row.byte_size,
      recordedAt: row.recorded_at,
    }));
  }

  /** The picture itself. @throws Error when the stored file was altered */
  read(photo: CurrentPhoto, size: 'card' | 'thumbnail'): Promise<Buffer> {
    return this.files.read(size === 'card' ? photo.fileKey : photo.thumbnailKey);
  }

  /** Takes pictures out of the store that no row names any more. */
  async discard(photo: Pick<StoredPortrait, 'fileKey' | 'thumbnailKey'>): Promise<void> {
    await Promise.all([this.files.remove(photo.fileKey), this.files.remove(photo.thumbnailKey)]);
  }
}
