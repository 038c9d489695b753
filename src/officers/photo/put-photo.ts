import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AuditTrail } from '../../audit/index.js';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { staleVersion } from '../../infrastructure/http/if-match.js';
import { encodePortrait, type PortraitFault } from '../../infrastructure/print/portrait.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { Problem } from '../../kernel/problem.js';
import { OfficersLock } from '../officers-lock.js';
import { OfficersQueries } from '../officers.queries.js';
import type { OfficerPhotoView } from './photo.view.js';
import { OfficerPhotos, type StoredPortrait } from './officer-photos.js';
import { receivePicture } from './receive-picture.js';

const FAULTS: Readonly<Record<PortraitFault, () => Problem>> = {
  FORMAT: () => new Problem('unsupported', 'PHOTO_FORMAT', 'The picture must be a JPEG or a PNG.'),
  UNREADABLE: () =>
    new Problem('invalid', 'PHOTO_UNREADABLE', 'The picture is broken. Save it anew and send it again.'),
  TOO_SMALL: () =>
    new Problem('invalid', 'PHOTO_TOO_SMALL', 'The picture must have at least 180 × 220 pixels, better 358 × 441.'),
};

/** Replaces the portrait of an officer; it is made anew from the picture's points and kept encrypted. */
@Injectable()
export class PutPhoto {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly lock: OfficersLock,
    private readonly photos: OfficerPhotos,
    private readonly audit: AuditTrail,
    private readonly queries: OfficersQueries,
  ) {}

  /** @throws Problem 400, 404, 412, 413, 415 */
  async execute(actor: Actor, id: string, version: number, request: FastifyRequest): Promise<OfficerPhotoView> {
    const seen = await this.queries.one(actor, id);
    if (seen.version !== version) throw staleVersion(seen.version);
    const portrait = await encodePortrait(await receivePicture(request));
    if (typeof portrait === 'string') throw FAULTS[portrait]();
    const stored = await this.photos.keep(portrait);
    try {
      return await this.replace(actor, id, version, stored);
    } catch (error) {
      await this.photos.discard(stored);
      throw error;
    }
  }

  private async replace(actor: Actor, id: string, version: number, stored: StoredPortrait): Promise<OfficerPhotoView> {
    const { replaced, now } = await this.uow.run(async () => {
      const officer = await this.lock.lockOne(actor, id);
      const at = await this.clock.now();
      if (officer.version !== version) throw staleVersion(officer.version);
      const before = await this.photos.record(id, stored, at, actor.accountId);
      await this.db.updateOne(
        'UPDATE officers SET version = version + 1 WHERE id = ? AND version = ?',
        [id, version],
        () => {
          throw new Error('an officer was changed without the lock');
        },
      );
      const shown = (sha256: string | undefined): object | null => (sha256 === undefined ? null : { sha256 });
      this.audit.record(
        actor,
        'officer.photo',
        { type: 'officer', id },
        { before: shown(before?.sha256), after: shown(stored.sha256) },
      );
      return { replaced: before, now: at };
    });
    // BR-136: an old portrait is of no use to anybody. A crash before this leaves two unreadable files, nothing more.
    if (replaced) await this.photos.discard(replaced);
    return {
      officerId: id,
      sha256: stored.sha256,
      byteSize: stored.byteSize,
      recordedAt: new Date(now).toISOString(),
      version: version + 1,
    };
  }
}
