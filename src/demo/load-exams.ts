import { newId } from '../kernel/ids.js';
import { barOfCheating } from '../rules/bars.rules.js';
import { addDays, yearOf, type LegalDate } from '../rules/calendar.js';
import { isRenewing } from './cast.js';
import { Chance } from './chance.js';
import { DOMAINS } from './load-training.js';
import { CHEATED, FAILED_LAST_YEAR } from './people.js';
import type { Officer, Stage } from './stage.js';

const PASS_MARK = 60;
const BAR_MONTHS = 12;

type Outcome = 'PASS' | 'FAIL' | 'ABSENT' | 'VOID';

interface ExamPlan {
  readonly title: string;
  readonly heldOn: LegalDate;
  readonly candidates: readonly Officer[];
  /** Null: results are awaited. */
  readonly outcome: ((officer: Officer) => Outcome) | null;
}

interface Paper {
  readonly id: string;
  readonly subject: 'COMMON_LAW' | 'SPECIAL_LAW';
  readonly domain: string;
}

interface Sitting {
  readonly registrationId: string;
  readonly officer: Officer;
  readonly papers: readonly Paper[];
}

/** Last year's exam and this year's, released; a third one is over and waits for its results. */
export async function loadExams(stage: Stage): Promise<void> {
  const { time, officers } = stage;
  const failedFirst = (one: Officer): boolean => one.fate === 'READY' && one.rank < FAILED_LAST_YEAR;
  const again = (one: Officer): boolean => one.fate === 'CANDIDATE' && one.rank < 12;
  const cheated = (one: Officer): boolean => one.fate === 'NEW' && one.rank === CHEATED;
  const applicants = new Set(['READY', 'SUBMITTED', 'REVIEWED', 'RETURNED', 'REJECTED']);
  await loadExam(stage, {
    title: `${time.lastYear}年度行政执法人员资格考试`,
    heldOn: `${time.lastYear}-04-19`,
    candidates: officers.filter((one) => one.fate === 'ALLOCATED' || isRenewing(one) || failedFirst(one)),
    outcome: (one) => (failedFirst(one) ? (one.rank % 5 === 4 ? 'ABSENT' : 'FAIL') : 'PASS'),
  });
  await loadExam(stage, {
    title: `${yearOf(time.day(-85))}年第一次行政执法人员资格考试`,
    heldOn: time.day(-85),
    candidates: officers.filter((one) => applicants.has(one.fate) || again(one) || cheated(one)),
    outcome: (one) => (cheated(one) ? 'VOID' : again(one) ? (one.rank % 4 === 3 ? 'ABSENT' : 'FAIL') : 'PASS'),
  });
  stage.openExamId = await loadExam(stage, {
    title: `${yearOf(time.day(-2))}年第二次行政执法人员资格考试`,
    heldOn: time.day(-2),
    candidates: officers.filter(({ fate }) => fate === 'CANDIDATE'),
    outcome: null,
  });
}

async function loadExam(stage: Stage, plan: ExamPlan): Promise<string> {
  const { db, time } = stage;
  const id = newId();
  await db.insert('exams', {
    id,
    title: plan.title,
    held_on: plan.heldOn,
    status: 'OPEN',
    next_serial: plan.candidates.length + 1,
    owner_subject_id: stage.body('government').id,
    version: 2,
    created_at: new Date(time.at(addDays(plan.heldOn, -28), 9)),
    created_by: stage.by('exam-officer'),
  });
  const papers: readonly Paper[] = [
    { id: newId(), subject: 'COMMON_LAW', domain: '' },
    ...DOMAINS.map((domain) => ({ id: newId(), subject: 'SPECIAL_LAW' as const, domain })),
  ];
  await db.insert(
    'exam_papers',
    papers.map(({ id: paperId, subject, domain }) => ({
      id: paperId,
      exam_id: id,
      subject,
      domain,
      pass_mark: PASS_MARK,
    })),
  );
  const sittings = await register(stage, id, plan, papers);
  if (plan.outcome) await release(stage, id, plan, sittings, plan.outcome);
  return id;
}

async function register(
  stage: Stage,
  examId: string,
  { heldOn, candidates }: ExamPlan,
  papers: readonly Paper[],
): Promise<readonly Sitting[]> {
  const { db, time } = stage;
  const exam = await db.row<{ exam_no: number }>('SELECT exam_no FROM exams WHERE id = ?', [examId]);
  const head = heldOn.slice(0, 4) + String(exam?.exam_no ?? 0).padStart(3, '0');
  const sittings = candidates.map((officer, i) => ({
    registrationId: newId(),
    officer,
    admissionNo: head + String(i + 1).padStart(6, '0'),
    papers: papers.filter(({ subject, domain }) => subject === 'COMMON_LAW' || officer.domains.includes(domain)),
  }));
  await db.insert(
    'exam_registrations',
    sittings.map(({ registrationId, officer, admissionNo }) => ({
      id: registrationId,
      exam_id: examId,
      officer_id: officer.id,
      admission_no: admissionNo,
      registered_at: new Date(time.at(addDays(heldOn, -7), 10)),
      registered_by: stage.by('exam-officer'),
    })),
  );
  await db.insert(
    'exam_registration_papers',
    sittings.flatMap(({ registrationId, papers: sat }) =>
      sat.map((paper) => ({ registration_id: registrationId, paper_id: paper.id })),
    ),
  );
  return sittings;
}

async function release(
  stage: Stage,
  examId: string,
  { heldOn }: ExamPlan,
  sittings: readonly Sitting[],
  outcomeOf: (officer: Officer) => Outcome,
): Promise<void> {
  const { db, time } = stage;
  const chance = new Chance(2_026);
  const recorded = stage.recorded(time.at(addDays(heldOn, 5), 15), 'exam-officer');
  const result = (officer: Officer, place: number): { outcome: string; score: number | null } => {
    const outcome = outcomeOf(officer);
    if (outcome === 'ABSENT' || outcome === 'VOID') return { outcome, score: null };
    // Who fails does so in special law, every second one in both.
    const fails = outcome === 'FAIL' && (place > 0 || officer.rank % 2 === 0);
    const score = fails ? 31 + chance.below(56) / 2 : 62 + chance.below(75) / 2;
    return { outcome: 'SCORED', score };
  };
  await db.insert(
    'exam_results',
    sittings.flatMap(({ registrationId, officer, papers }) =>
      papers.map((paper, place) => {
        const { outcome, score } = result(officer, place);
        return {
          registration_id: registrationId,
          paper_id: paper.id,
          exam_id: examId,
          officer_id: officer.id,
          outcome,
          score,
          passed: score !== null && score >= PASS_MARK,
          ...recorded,
        };
      }),
    ),
  );
  const released = time.at(addDays(heldOn, 9), 10);
  await db.execute(
    `UPDATE exams SET status = 'RELEASED', released_at = ?, released_by = ?, version = version + 1 WHERE id = ?`,
    [new Date(released), stage.by('approver'), examId],
  );
  await barCheaters(
    stage,
    examId,
    heldOn,
    released,
    sittings.filter(({ officer }) => outcomeOf(officer) === 'VOID'),
  );
}

/** BR-49, as the room beside it does after a release. */
async function barCheaters(
  { db }: Stage,
  examId: string,
  heldOn: LegalDate,
  released: number,
  cheaters: readonly Sitting[],
): Promise<void> {
  const { ground, from, to } = barOfCheating(heldOn, BAR_MONTHS);
  await db.insert(
    'qualification_bars',
    cheaters.map(({ officer }) => ({
      id: newId(),
      officer_id: officer.id,
      ground,
      source_type: 'exam',
      source_id: examId,
      barred_from: from,
      barred_to: to,
      recorded_at: new Date(released + 60_000),
    })),
  );
}
