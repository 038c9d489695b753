import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { SubjectMoves } from './subject-moves.js';
import type { AbolishSubjectDto } from './subjects.dto.js';
import type { SubjectDetailView } from './subjects.view.js';

/** Ends a body for ever; its credit code becomes free. */
@Injectable()
export class AbolishSubject {
  constructor(private readonly moves: SubjectMoves) {}

  execute(actor: Actor, id: string, given: AbolishSubjectDto): Promise<SubjectDetailView> {
    const { reason, document, effectiveFrom } = given;
    return this.moves.make(actor, id, 'abolish', { reason, document }, effectiveFrom);
  }
}
