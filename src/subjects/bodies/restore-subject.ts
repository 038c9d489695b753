import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { SubjectMoves } from './subject-moves.js';
import type { RestoreSubjectDto } from './subjects.dto.js';
import type { SubjectDetailView } from './subjects.view.js';

/** Ends the suspension of a body. */
@Injectable()
export class RestoreSubject {
  constructor(private readonly moves: SubjectMoves) {}

  execute(actor: Actor, id: string, given: RestoreSubjectDto): Promise<SubjectDetailView> {
    const { document, effectiveFrom } = given;
    return this.moves.make(actor, id, 'restore', { document }, effectiveFrom);
  }
}
