import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { SubjectMoves } from './subject-moves.js';
import type { ConfirmSubjectDto } from './subjects.dto.js';
import type { SubjectDetailView } from './subjects.view.js';

/** Confirms and announces a body (BR-01): from then on it serves on posts, certificates and acts. */
@Injectable()
export class ConfirmSubject {
  constructor(private readonly moves: SubjectMoves) {}

  execute(actor: Actor, id: string, given: ConfirmSubjectDto): Promise<SubjectDetailView> {
    const { approvalDocument: document, announcementReference, announcedOn, effectiveFrom } = given;
    return this.moves.make(actor, id, 'confirm', { document, announcementReference, announcedOn }, effectiveFrom);
  }
}
