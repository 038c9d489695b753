import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { SubjectMoves } from './subject-moves.js';
import type { SuspendSubjectDto } from './subjects.dto.js';
import type { SubjectDetailView } from './subjects.view.js';

/** Suspends a body: nobody acts for it until it is restored. */
@Injectable()
export class SuspendSubject {
  constructor(private readonly moves: SubjectMoves) {}

  execute(actor: Actor, id: string, given: SuspendSubjectDto): Promise<SubjectDetailView> {
    const { reason, document, effectiveFrom } = given;
    return this.moves.make(actor, id, 'suspend', { reason, document }, effectiveFrom);
  }
}
