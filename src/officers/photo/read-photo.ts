import { Injectable } from '@nestjs/common';
import { Db } from '../../infrastructure/database/db.js';
import type { Actor } from '../../kernel/actor.js';
import { notFound } from '../../kernel/problem.js';
import { officerScope } from '../officer-scope.js';
import { OfficerPhotos } from './officer-photos.js';

@Injectable()
export class ReadPhoto {
  constructor(
    private readonly db: Db,
    private readonly photos: OfficerPhotos,
  ) {}

  /** @throws Problem 404 when there is no such officer within the scope, or no portrait */
  async execute(actor: Actor, id: string, size: 'card' | 'thumbnail'): Promise<Buffer> {
    const scope = officerScope(actor);
    const found = await this.db.row(`SELECT o.id FROM officers o WHERE o.id = ? AND ${scope.sql}`, [
      id,
      ...scope.parameters,
    ]);
    const [photo] = found ? await this.photos.current([id]) : [];
    if (!photo) throw notFound('portrait');
    return this.photos.read(photo, size);
  }
}
