import type { CertificateRecord } from '../certificates/index.js';
import { insertApplications, judge, type StoryApplication, type StoryStep } from './applications.js';
import { isRenewing } from './cast.js';
import { issueBatch } from './issue-batch.js';
import { lostOn } from './load-cards.js';
import type { Officer, Stage } from './stage.js';

const review = (at: number): StoryStep => ({
  step: 'DISTRICT_REVIEW',
  decision: 'APPROVE',
  opinion: '材料齐全，符合申领条件。',
  at,
});
const approval = (at: number): StoryStep => ({ step: 'DISTRICT_APPROVAL', decision: 'APPROVE', opinion: '同意。', at });

/** Two batches that were issued, and the applications that are on their way today. */
export async function loadApplications(stage: Stage): Promise<void> {
  await firstBatch(stage);
  await secondBatch(stage);
  await underWay(stage);
}

/** Everybody who passed last year's exam. */
async function firstBatch(stage: Stage): Promise<void> {
  const { time } = stage;
  const day = (monthAndDay: string): string => `${time.lastYear}-${monthAndDay}`;
  const applications = stage.officers
    .filter(({ fate }) => fate === 'ALLOCATED')
    .map((officer): StoryApplication => ({
      officer,
      type: 'FIRST',
      submittedAt: time.at(day('05-06')),
      state: 'ISSUED',
      steps: [review(time.at(day('05-13'), 15)), approval(time.at(day('05-19'), 10))],
      held: [],
    }));
  const issued = await insertApplications(stage, applications);
  await issueBatch(stage, issued, { at: time.at(day('05-20'), 10), validFrom: day('06-01'), firstSerial: 0 });
}

/** Who lost the card, and who came from the abolished body. */
async function secondBatch(stage: Stage): Promise<void> {
  const { time } = stage;
  const steps = [review(time.at(time.day(-80), 15)), approval(time.at(time.day(-74), 10))];
  const concerned = stage.officers.filter(({ fate }) => fate === 'REISSUED' || fate === 'EXCHANGED');
  const applications: StoryApplication[] = [];
  for (const officer of concerned) {
    applications.push({
      officer,
      type: officer.fate === 'REISSUED' ? 'REISSUE' : 'EXCHANGE',
      submittedAt: time.at(time.day(-88), 9),
      state: 'ISSUED',
      steps,
      held: [await heldBy(stage, officer)],
    });
  }
  const issued = await insertApplications(stage, applications);
  await issueBatch(stage, issued, { at: time.at(time.day(-66), 10), validFrom: time.day(-60), firstSerial: 120 });
}

const DISTRICT_RETURNS = ['执法岗位与执法领域不一致，请核对后重新提交。', '请补充单位意见。'] as const;

async function underWay(stage: Stage): Promise<void> {
  const { time } = stage;
  const applications: StoryApplication[] = [];
  for (const officer of stage.officers) {
    const plan = planOf(stage, officer);
    if (plan === null) continue;
    const held = plan.type === 'RENEW' ? [await heldBy(stage, officer)] : [];
    applications.push({ officer, held, ...plan });
  }
  const loaded = await insertApplications(stage, applications);
  // What waits today must stand up to the law book of today; else the story is wrong.
  const open = loaded.filter(({ state }) => ['SUBMITTED', 'DISTRICT_REVIEWED', 'APPROVED'].includes(state));
  const rulings = await judge(stage, open, time.now);
  for (const { officer, ruling, state } of open) {
    const reasons = [...ruling.reasons, ...(rulings.get(officer.id)?.reasons ?? [])];
    if (reasons.length > 0) {
      throw new Error(
        `an application of the story (${state}) is refused: ${reasons.map(({ code }) => code).join(', ')}`,
      );
    }
  }
}

type Plan = Omit<StoryApplication, 'officer' | 'held'>;

function planOf({ time }: Stage, officer: Officer): Plan | null {
  const { fate, rank } = officer;
  const at = (day: number, hour = 10): number => time.at(time.day(day), hour);
  const first = (day: number, state: Plan['state'], ...steps: StoryStep[]): Plan => ({
    type: 'FIRST',
    submittedAt: at(day),
    state,
    steps,
  });
  if (isRenewing(officer)) {
    // The hours of the last full year are asked for: those of the year in which they trained.
    const submittedAt = Math.max(at(-4, 11), time.start(`${time.thisYear}-01-01`));
    return { type: 'RENEW', submittedAt, state: 'SUBMITTED', steps: [] };
  }
  switch (fate) {
    case 'READY':
      return first(-32, 'APPROVED', review(at(-24, 15)), approval(at(-9 + Math.floor(rank / 13), 16)));
    case 'SUBMITTED':
      return first(-3, 'SUBMITTED');
    case 'REVIEWED':
      return first(-16, 'DISTRICT_REVIEWED', review(at(-7, 15)));
    case 'RETURNED': {
      const opinion = DISTRICT_RETURNS[rank % 2] ?? DISTRICT_RETURNS[0];
      if (rank < 2) return first(-21, 'RETURNED', { ...review(at(-15)), decision: 'RETURN', opinion });
      return first(-21, 'RETURNED', review(at(-15)), { ...approval(at(-10)), decision: 'RETURN', opinion });
    }
    case 'REJECTED':
      return first(-28, 'REJECTED', review(at(-19)), {
        ...approval(at(-13)),
        decision: 'REJECT',
        opinion: '申请人不在执法岗位，不予办理。',
      });
    default:
      return null;
  }
}

/** The card that an application follows, as the table knows it. */
async function heldBy(stage: Stage, officer: Officer): Promise<CertificateRecord> {
  const id = stage.card(officer.id);
  const row = await stage.db.row<{
    number: string;
    subject_id: string;
    origin: string;
    previous_certificate_id: string | null;
    valid_from: string;
    valid_to: string;
    status: 'VALID' | 'LOST';
    version: number;
  }>(
    `SELECT c.number, c.subject_id, c.origin, c.previous_certificate_id, c.valid_from, c.valid_to, st.status, st.version
     FROM certificates c JOIN certificate_states st ON st.certificate_id = c.id WHERE c.id = ?`,
    [id],
  );
  if (!row) throw new Error('a card of the story is missing');
  return {
    id,
    type: 'ENFORCEMENT',
    number: row.number,
    officerId: officer.id,
    subjectId: row.subject_id,
    domains: officer.domains,
    origin: row.origin,
    previousId: row.previous_certificate_id,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    applicationId: null,
    batchId: null,
    state: row.status,
    version: row.version,
    endedFrom: row.status === 'LOST' ? stage.time.at(stage.time.day(lostOn(officer.rank)), 9) : null,
    wasIssued: true,
    suspensions: [],
  };
}
