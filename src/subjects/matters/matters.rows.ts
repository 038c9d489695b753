import type { ActType } from '../../rules/duty-facts.js';

export interface MatterRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly act_type: ActType;
  readonly domain: string;
  readonly version: number;
  readonly created_at: Date;
}
