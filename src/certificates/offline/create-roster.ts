import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { SigningKeys } from '../../identity/index.js';
import { below, Db, marks } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { FileStore, type StoredFile } from '../../infrastructure/files/file-store.js';
import { inputInvalid } from '../../infrastructure/validation/validation.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { notFound } from '../../kernel/problem.js';
import type { CreateRosterDto } from './offline.dto.js';
import { RosterContents } from './roster-contents.js';
import { signDocument } from './signed-document.js';

/** Puts together and signs what a team takes along where there is no network. */
@Injectable()
export class CreateRoster {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly contents: RosterContents,
    private readonly keys: SigningKeys,
    private readonly files: FileStore,
    private readonly audit: AuditTrail,
  ) {}

  /** Gives the id. @throws Problem 400 nobody is named or too many are; 404 a unit or officer outside the scope */
  async execute(actor: Actor, order: CreateRosterDto): Promise<string> {
    const officerIds = await this.people(actor, order);
    const withPhotos = order.withPhotos ?? false;
    this.contents.requireSize(officerIds.length, withPhotos);
    // Outside the unit: the first key of a deployment is made when it is first asked for.
    await this.keys.activeId();
    let stored: StoredFile | null = null;
    try {
      return await this.uow.run(async () => {
        const keyId = await this.keys.lockActiveId();
        const now = await this.clock.now();
        const last = await this.db.row<{ serial: number | null }>('SELECT MAX(serial) AS serial FROM roster_snapshots');
        const serial = Number(last?.serial ?? 0) + 1;
        const roster = await this.contents.roster(order.title, officerIds, { serial, now, withPhotos });
        const document = Buffer.from(await signDocument(this.keys, keyId, roster));
        if (stored) await this.files.remove(stored.key);
        stored = await this.files.put(Readable.from([document]));
        const id = newId();
        await this.db.insert('roster_snapshots', {
          id,
          serial,
          owner_subject_id: actor.homeSubjectId,
          title: order.title,
          scope_json: JSON.stringify({ subjectIds: order.subjectIds ?? [], officerIds: order.officerIds ?? [] }),
          people: roster.entries.length,
          with_photos: withPhotos,
          issued_at: new Date(roster.issuedAt * 1000),
          fresh_until: new Date(roster.freshUntil * 1000),
          valid_until: new Date(roster.validUntil * 1000),
          key_id: keyId,
          file_key: stored.key,
          sha256: stored.sha256,
          byte_size: stored.size,
          created_by: actor.accountId,
        });
        this.audit.record(
          actor,
          'roster.create',
          { type: 'roster', id },
          { after: { serial, people: roster.entries.length, withPhotos, keyId, sha256: stored.sha256 } },
        );
        return id;
      });
    } catch (error) {
      if (stored) await this.files.remove((stored as StoredFile).key);
      throw error;
    }
  }

  private async people(actor: Actor, { subjectIds = [], officerIds = [] }: CreateRosterDto): Promise<string[]> {
    if (subjectIds.length + officerIds.length === 0)
      throw inputInvalid([{ pointer: '/subjectIds', code: 'ONE_OF', detail: 'name units or officers' }]);
    const scope = below(actor.homeSubjectPath);
    const units = [...new Set(subjectIds)];
    const paths = await this.db.rows<{ path: string }>(
      `SELECT path FROM subjects WHERE id IN (${marks(units)}) AND path LIKE ?`,
      [...units, scope],
    );
    if (paths.length !== units.length) throw notFound('unit');
    const named = [...new Set(officerIds)];
    const known = await this.db.rows<{ id: string }>(
      `SELECT o.id FROM officers o JOIN subjects s ON s.id = o.subject_id WHERE o.id IN (${marks(named)}) AND s.path LIKE ?`,
      [...named, scope],
    );
    if (known.length !== named.length) throw notFound('officer');
    const found = new Set(known.map(({ id }) => id));
    for (const { path } of paths) {
      const rows = await this.db.rows<{ id: string }>(
        'SELECT o.id FROM officers o JOIN subjects s ON s.id = o.subject_id WHERE s.path LIKE ?',
        [below(path)],
      );
      for (const { id } of rows) found.add(id);
    }
    return [...found].sort();
  }
}
