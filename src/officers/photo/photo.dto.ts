import { IsIn } from 'class-validator';
import { MayBeAbsent } from '../../infrastructure/validation/rules.js';

export class PhotoQuery {
  /** 'card' (358 × 441 points, the default) or 'thumbnail' (160 × 197). */
  @MayBeAbsent()
  @IsIn(['card', 'thumbnail'])
  size?: 'card' | 'thumbnail';
}
