import { Injectable } from '@nestjs/common';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import type { FileRefused } from '../../infrastructure/files/index.js';
import { ImportEnding } from './import-ending.js';
import { Leases, type Lease } from './leases.js';

/** A file that can't be taken fails the import and leaves nothing behind. In a later round the rows stay as they were. */
@Injectable()
export class RefuseFile {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly leases: Leases,
    private readonly ending: ImportEnding,
  ) {}

  async execute(lease: Lease, refusal: Pick<FileRefused, 'code' | 'detail' | 'location'>): Promise<void> {
    await this.uow.run(async () => {
      const record = await this.leases.hold(lease, 'PARSING');
      const problem = {
        code: refusal.code,
        detail: refusal.detail.zh,
        detailEn: refusal.detail.en,
        ...(refusal.location ? { location: refusal.location } : {}),
      };
      if (record.round === 1) return this.ending.fail(record, problem);
      const notes = [...(record.layout?.notes ?? []), { code: 'ROUND_REFUSED', detail: problem.detail }];
      await this.db.execute('UPDATE imports SET layout_json = ? WHERE id = ?', [
        JSON.stringify({ ...record.layout, notes }),
        record.id,
      ]);
      await this.ending.move(record, 'validate');
    });
  }
}
