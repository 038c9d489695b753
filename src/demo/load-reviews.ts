import { DecideReviews, ExplainReviews, PrepareReviews, ReviewSettingsDesk } from '../certificates/index.js';
import { newId } from '../kernel/ids.js';
import type { Stage } from './stage.js';
import { atMoment } from './story-clock.js';
import { Clock } from '../kernel/clock.js';

/** The review of last year began so many days ago and ends so many days from now. */
const BEGAN = -24;
const ENDS = 36;

/**
 * The annual review of last year, half done: put together by the system, some explained, checked and passed. The setting that makes
 * clearances look at it is off in the demonstration, so nobody's answer changes.
 */
export async function loadReviews(stage: Stage): Promise<void> {
  const { app, db, time } = stage;
  const campaignId = newId();
  const opened = time.at(time.day(BEGAN), 9);
  await db.insert('review_campaigns', {
    id: campaignId,
    reviewed_year: time.lastYear,
    owner_subject_id: stage.actor('approver').homeSubjectId,
    period_from: time.day(BEGAN),
    period_to: time.day(ENDS),
    state: 'PREPARING',
    settings_json: JSON.stringify(await app.get(ReviewSettingsDesk, { strict: false }).on(time.today)),
    opened_by: stage.by('approver'),
    opened_at: new Date(opened),
  });
  const at = (moment: number, work: () => Promise<unknown>): Promise<unknown> => atMoment(app.get(Clock), moment, work);
  await at(opened + 60_000, () => app.get(PrepareReviews, { strict: false }).advance(campaignId));
  const waiting = async (state: string): Promise<string[]> =>
    (
      await db.rows<{ id: string }>(
        'SELECT id FROM review_files WHERE campaign_id = ? AND state = ? ORDER BY sort_key DESC',
        [campaignId, state],
      )
    ).map(({ id }) => id);
  const asked = await waiting('AWAITING_EXPLANATION');
  const explain = app.get(ExplainReviews, { strict: false });
  const explained = asked.filter((_, i) => i % 3 === 0);
  if (explained.length > 0)
    await at(time.at(time.day(-12), 10), () =>
      explain.execute(stage.actor('hr'), {
        fileIds: explained,
        explanation: '当年参加专项行动，学时已列入今年计划补足。',
      }),
    );
  const decide = app.get(DecideReviews, { strict: false });
  const ready = (await waiting('READY')).filter((_, i) => i % 4 !== 3);
  const pass = { decision: 'PASS', opinion: '档案齐全，符合条件。' } as const;
  if (ready.length > 0)
    await at(time.at(time.day(-9), 15), () => decide.execute(stage.actor('reviewer'), { fileIds: ready, ...pass }));
  const checked = (await waiting('CHECKED')).filter((_, i) => i % 3 !== 0);
  if (checked.length > 0)
    await at(time.at(time.day(-6), 16), () => decide.execute(stage.actor('approver'), { fileIds: checked, ...pass }));
}
