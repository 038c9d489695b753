import { ApiProperty } from '@nestjs/swagger';
import { ACT_TYPES, type ActType } from '../../rules/duty-facts.js';
import type { MatterRow } from './matters.rows.js';

export class MatterView {
  id: string;
  code: string;
  name: string;
  @ApiProperty({ enum: ACT_TYPES })
  actType: ActType;
  domain: string;
  version: number;
  createdAt: string;
}

export class MatterPageView {
  @ApiProperty({ type: [MatterView] })
  items: readonly MatterView[];
  nextCursor: string | null;
}

export const matterView = (row: MatterRow): MatterView => ({
  id: row.id,
  code: row.code,
  name: row.name,
  actType: row.act_type,
  domain: row.domain,
  version: row.version,
  createdAt: row.created_at.toISOString(),
});
