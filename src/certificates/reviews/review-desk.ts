import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { isId } from '../../kernel/ids.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { AuditTrail } from '../../audit/index.js';
import { explain } from '../../rules/refusal-texts.js';
import type { Reason } from '../../rules/verdict.js';
import { ReviewAssembly, type ReviewMatter } from './review-assembly.js';
import { ReviewCampaigns } from './review-campaigns.js';
import { ReviewEffects, type ReviewEffect } from './review-effects.js';
import { ReviewFiles, type FileChange, type FileStep } from './review-files.js';
import type { ReviewFileRecord } from './review.rows.js';
import type { ReviewedView } from './review.view.js';

export type ReviewRuling =
  | { readonly reasons: readonly Reason[] }
  | {
      readonly step: FileStep;
      readonly change: Omit<FileChange, 'periodRowId'>;
      /** What it does to the clearance of the holder. */
      readonly effect: ReviewEffect | null;
    };

/** Takes files through a step, each by itself: done or refused. All of them in one unit, under the locks of their holders. */
@Injectable()
export class ReviewDesk {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly assembly: ReviewAssembly,
    private readonly campaigns: ReviewCampaigns,
    private readonly files: ReviewFiles,
    private readonly effects: ReviewEffects,
    private readonly audit: AuditTrail,
  ) {}

  each(
    actor: Actor,
    fileIds: readonly string[],
    verb: 'explain' | 'decide' | 'reopen',
    rule: (matter: ReviewMatter) => ReviewRuling,
  ): Promise<ReviewedView> {
    return this.uow.run(async () => {
      const { matters, now } = await this.assembly.of(actor, fileIds, verb === 'reopen');
      const rulings = fileIds.map((id) => {
        const matter = matters.get(id);
        return { id, matter, ruling: matter ? rule(matter) : unknownFile(id) };
      });
      const done = rulings.flatMap(({ matter, ruling }) =>
        matter && 'step' in ruling ? [{ file: matter.file, ruling }] : [],
      );
      const effects = done.map(({ file, ruling }) => ({ file, effect: ruling.effect }));
      const rows = await this.effects.onPeriods(effects, now, actor);
      await this.files.move(
        done.map(({ file, ruling: { step, change } }) => ({
          file,
          step,
          change: { ...change, periodRowId: rows.has(file.id) ? (rows.get(file.id) ?? null) : file.periodRowId },
        })),
        now,
        actor,
      );
      if (verb === 'reopen') await this.campaigns.reopen([...new Set(done.map(({ file }) => file.campaignId))].sort());
      await this.effects.tell(done.filter(({ ruling }) => ruling.effect !== null).map(({ file }) => file));
      for (const { id, matter, ruling } of rulings) this.write(actor, verb, id, matter, ruling);
      return {
        items: rulings.map(({ id, ruling }) =>
          'step' in ruling
            ? { fileId: id, status: ruling.change.to, reasons: [] }
            : { fileId: id, status: 'REFUSED', reasons: ruling.reasons.map(explain) },
        ),
      };
    });
  }

  private write(actor: Actor, verb: string, id: string, matter: ReviewMatter | undefined, ruling: ReviewRuling): void {
    const target = { type: 'review-file', id: isId(id) ? id : 'unknown' };
    if ('step' in ruling && matter) {
      const { step, change } = ruling;
      this.audit.record(actor, `review.${verb}`, target, {
        before: { state: matter.file.state },
        after: { state: change.to, step: step.step, decision: step.decision, round: change.round },
        reasons: matter.today.result.findings.map(({ code, facts }) => ({ code, facts })),
      });
    } else if ('reasons' in ruling) {
      this.audit.record(actor, `review.${verb}`, target, { after: { status: 'REFUSED' }, reasons: ruling.reasons });
    }
  }
}

const unknownFile = (asked: string): ReviewRuling => ({
  reasons: [{ code: 'REVIEW_FILE_UNKNOWN', facts: { asked: isId(asked) ? asked : null } }],
});

export const wrongState = ({ state }: ReviewFileRecord): ReviewRuling => ({
  reasons: [{ code: 'REVIEW_FILE_STATE', facts: { reviewState: state } }],
});
