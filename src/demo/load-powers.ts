import { newId } from '../kernel/ids.js';
import { MATTERS, POWERS } from './matters.data.js';
import type { Stage } from './stage.js';

export async function loadMatters({ db, time }: Stage): Promise<void> {
  await db.insert(
    'matters',
    MATTERS.map(({ code, name, actType, domain }) => ({
      id: newId(),
      code,
      name,
      act_type: actType,
      domain,
      created_at: new Date(time.at(time.adopted, 10)),
    })),
  );
}

/** As `GrantPower` and `EndPower` write them: an end that came later supersedes the open row. */
export async function loadPowers(stage: Stage): Promise<void> {
  const { db, time } = stage;
  const entered = time.at(time.adopted, 10.5);
  const rows = POWERS.flatMap((plan) =>
    plan.matters.flatMap((matterCode) => {
      const [title, article, rank] = plan.basis;
      const validTo = plan.endsIn === undefined ? null : time.day(plan.endsIn);
      const row = (to: string | null, recordedAt: number, supersededAt: number | null) => ({
        id: newId(),
        subject_id: stage.body(plan.body).id,
        matter_code: matterCode,
        jurisdiction_code: plan.area,
        basis_title: title,
        basis_article: article,
        basis_rank: rank,
        valid_from: plan.from,
        valid_to: to,
        recorded_at: new Date(recordedAt),
        superseded_at: supersededAt === null ? null : new Date(supersededAt),
        recorded_by: stage.by('reviewer'),
      });
      if (plan.endedBy === undefined) return [row(validTo, entered, null)];
      const ended = time.at(time.day(plan.endedBy), 14);
      return [row(null, entered, ended), row(validTo, ended, null)];
    }),
  );
  await db.insert('subject_powers', rows);
}
