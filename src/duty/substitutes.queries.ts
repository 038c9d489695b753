import { Injectable } from '@nestjs/common';
import { below, Db } from '../infrastructure/database/db.js';
import type { Actor } from '../kernel/actor.js';
import { explain } from '../rules/refusal-texts.js';
import { Decide } from './decide.js';
import type { SubstitutesQuery } from './duty-people.dto.js';
import type { SubstitutesView } from './duty-people.view.js';
import { questionOf } from './question.js';

/** People with a fitting certificate who are judged; in the order of their ids. */
const JUDGED = 200;
const SHOWN = 30;

/** Proposes who else could go: people of the body whom the law book clears for this very question. */
@Injectable()
export class Substitutes {
  constructor(
    private readonly db: Db,
    private readonly decide: Decide,
  ) {}

  /** @throws Problem 404 for an unknown body or matter, 400 for an empty span */
  async execute(actor: Actor, query: SubstitutesQuery): Promise<SubstitutesView> {
    const question = questionOf({ ...query, members: [] });
    const visibility = { path: actor.homeSubjectPath };
    // A first look that only the law book's conditions can turn into a yes.
    const candidates = await this.db.rows<{ id: string; post_title: string }>(
      `SELECT o.id, o.post_title FROM officers o JOIN subjects s ON s.id = o.subject_id JOIN matters m ON m.code = ?
       WHERE o.subject_id = ? AND s.path LIKE ?
         AND EXISTS (SELECT 1 FROM certificates c JOIN certificate_states t ON t.certificate_id = c.id
           WHERE c.officer_id = o.id AND c.subject_id = o.subject_id AND t.status = 'VALID'
             AND c.domains_json LIKE CONCAT('%"', m.domain, '"%'))
         AND NOT EXISTS (SELECT 1 FROM deployment_members x JOIN deployments d ON d.id = x.deployment_id
           WHERE x.officer_id = o.id AND d.status IN ('PLANNED', 'ACTIVE') AND d.span_from < ? AND d.span_to > ?)
       ORDER BY o.id LIMIT ?`,
      [
        query.matterCode,
        query.subjectId,
        below(actor.homeSubjectPath),
        new Date(question.to),
        new Date(question.from),
        JUDGED,
      ],
    );
    const members = candidates.map(({ id }) => ({ key: `id:${id}`, officerId: id }));
    const { decision } = await this.decide.now('substitutes', { ...question, members }, visibility);
    const posts = new Map(candidates.map(({ id, post_title }) => [id, post_title]));
    const items = decision.members.flatMap(({ officerId, name, certificateNo, cleared, warnings }) =>
      cleared && officerId !== null
        ? [
            {
              officerId,
              name: name ?? '',
              postTitle: posts.get(officerId) ?? '',
              certificateNo,
              warnings: warnings.map((warning) => ({ ...explain(warning) })),
            },
          ]
        : [],
    );
    return { items: items.slice(0, SHOWN) };
  }
}
