import { IsIn } from 'class-validator';
import { MayBeAbsent, PageQuery } from '../infrastructure/validation/rules.js';
import { TODO_KINDS, type TodoKind } from './workbench.view.js';

export const TODO_BOXES = ['PENDING', 'DONE', 'STARTED'] as const;
export type TodoBox = (typeof TODO_BOXES)[number];

export class TodosQuery extends PageQuery {
  /** PENDING: waits for the caller; DONE: he decided it; STARTED: he handed it in. */
  @MayBeAbsent()
  @IsIn(TODO_BOXES)
  box: TodoBox = 'PENDING';

  @MayBeAbsent()
  @IsIn(TODO_KINDS)
  kind?: TodoKind;
}
