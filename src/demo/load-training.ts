import { newId } from '../kernel/ids.js';
import { addDays, yearOf, type LegalDate } from '../rules/calendar.js';
import { creditOf } from '../rules/training-credit.rules.js';
import { BODIES } from './bodies.data.js';
import { hasLeft, isOffPost, isRenewing } from './cast.js';
import { FAILED_LAST_YEAR } from './people.js';
import type { Officer, Stage } from './stage.js';

export const DOMAINS: readonly string[] = [
  ...new Set(BODIES.filter(({ officers }) => officers > 0).map(({ domain }) => domain)),
];

const DOMAIN_NAMES: Readonly<Record<string, string>> = {
  URBAN_MANAGEMENT: '城市管理',
  MARKET_REGULATION: '市场监管',
  AGRICULTURE: '农业',
  TRANSPORT: '交通运输',
  EMERGENCY_MANAGEMENT: '应急管理',
  CULTURE_MARKET: '文化市场',
  HEALTH: '卫生健康',
};

type PlanType = 'PRE_POST' | 'ROTATION' | 'THEMATIC' | 'OFF_POST_REMEDIAL';

interface ClassPlan {
  readonly type: PlanType;
  readonly title: string;
  /** Common law where left out. */
  readonly domain?: string;
  readonly startsOn: LegalDate;
  readonly days: number;
  readonly hours: number;
  readonly capacity?: number;
  /** Who takes part, and for how many of its hours; null: nothing recorded yet. */
  readonly attends: (officer: Officer) => number | null | undefined;
}

const PLACES = ['中原区委党校报告厅', '中原区政务服务中心三楼', '中原区司法局培训教室', '郑州市行政学院'] as const;
const TYPE_NAMES: Readonly<Record<PlanType, string>> = {
  PRE_POST: '岗前培训',
  ROTATION: '在岗轮训',
  THEMATIC: '专题培训',
  OFF_POST_REMEDIAL: '离岗培训',
};

/** Plans and classes of last year and this one: closed ones with confirmed hours, one running, some to come. */
export async function loadTraining(stage: Stage): Promise<void> {
  for (const [i, plan] of classesOf(stage).entries()) await insertClass(stage, plan, i);
}

const APPLICANTS: ReadonlySet<string> = new Set(['READY', 'SUBMITTED', 'REVIEWED', 'RETURNED', 'REJECTED']);

const failedLastYear = ({ fate, rank }: Officer): boolean => fate === 'READY' && rank < FAILED_LAST_YEAR;
const isHolder = ({ fate }: Officer): boolean =>
  !APPLICANTS.has(fate) && !['CANDIDATE', 'BARRED', 'NEW', 'SUPERVISION'].includes(fate);

/** Some were not there all the time, and some stayed away from the last class of the year: below the target of 60. */
function rotationHours(officer: Officer): number | undefined {
  if (!isHolder(officer)) return undefined;
  return !isRenewing(officer) && officer.serial % 11 === 4 ? 15.5 : 24;
}

function classesOf({ time }: Stage): readonly ClassPlan[] {
  const last = (monthAndDay: string): LegalDate => `${time.lastYear}-${monthAndDay}`;
  const perDomain = (plan: (domain: string, name: string) => ClassPlan): ClassPlan[] =>
    DOMAINS.map((domain) => plan(domain, DOMAIN_NAMES[domain] ?? domain));
  const prePost = (who: (officer: Officer) => boolean, startsOn: LegalDate, label: string): ClassPlan[] => {
    const attends = (officer: Officer): number | undefined => (who(officer) ? 24 : undefined);
    const common = { type: 'PRE_POST', days: 3, hours: 24 } as const;
    return [
      { ...common, title: `${label}岗前培训（公共法律知识）`, startsOn, attends },
      ...perDomain((domain, name) => ({
        ...common,
        domain,
        title: `${label}岗前培训（${name}专业法律知识）`,
        startsOn: addDays(startsOn, 7),
        attends: (officer) => (officer.domains.includes(domain) ? attends(officer) : undefined),
      })),
    ];
  };
  const stays = (officer: Officer): boolean => officer.fate !== 'CANCELLED' && !hasLeft(officer);
  return [
    ...prePost((one) => one.fate === 'ALLOCATED' || failedLastYear(one), last('02-24'), `${time.lastYear}年`),
    {
      type: 'ROTATION',
      title: `${time.lastYear}年在岗轮训（公共法律知识）`,
      startsOn: last('05-12'),
      days: 3,
      hours: 24,
      attends: rotationHours,
    },
    ...perDomain((domain, name) => ({
      type: 'ROTATION' as const,
      domain,
      title: `${time.lastYear}年在岗轮训（${name}）`,
      startsOn: last('09-08'),
      days: 3,
      hours: 24,
      attends: (officer) => (officer.domains[0] === domain ? rotationHours(officer) : undefined),
    })),
    {
      type: 'THEMATIC',
      title: `${time.lastYear}年行政处罚法专题培训`,
      startsOn: last('11-17'),
      days: 2,
      hours: 16,
      attends: (officer) => (isHolder(officer) && (isRenewing(officer) || officer.serial % 7 !== 2) ? 16 : undefined),
    },
    ...prePost((one) => APPLICANTS.has(one.fate) && !failedLastYear(one), time.day(-170), '第一期'),
    ...prePost((one) => one.fate === 'CANDIDATE', time.day(-62), '第二期'),
    // Nobody is in it yet: it is the shortest way of who is registered now.
    ...prePost(() => false, time.day(24), '第三期'),
    {
      type: 'ROTATION',
      title: `${yearOf(time.day(-130))}年在岗轮训（公共法律知识）`,
      startsOn: time.day(-130),
      days: 3,
      hours: 24,
      attends: (officer) => (stays(officer) ? rotationHours(officer) : undefined),
    },
    {
      type: 'ROTATION',
      domain: 'URBAN_MANAGEMENT',
      title: `${time.thisYear}年在岗轮训（城市管理）`,
      startsOn: time.day(-1),
      days: 3,
      hours: 24,
      attends: (officer) =>
        stays(officer) && isHolder(officer) && officer.domains[0] === 'URBAN_MANAGEMENT' && officer.serial % 3 === 0
          ? 8
          : undefined,
    },
    {
      type: 'OFF_POST_REMEDIAL',
      title: `${time.thisYear}年离岗培训班`,
      startsOn: time.day(-4),
      days: 10,
      hours: 40,
      attends: (officer) => (isOffPost(officer) ? null : undefined),
    },
    {
      type: 'THEMATIC',
      title: '行政执法监督条例专题培训',
      startsOn: time.day(20),
      days: 2,
      hours: 16,
      capacity: 60,
      attends: (officer) => (stays(officer) && isHolder(officer) && officer.serial % 8 === 1 ? null : undefined),
    },
  ];
}

async function insertClass(stage: Stage, plan: ClassPlan, i: number): Promise<void> {
  const { db, time } = stage;
  const endsOn = addDays(plan.startsOn, plan.days - 1);
  const isClosed = endsOn < time.today;
  const announced = Math.min(time.at(addDays(plan.startsOn, -20), 9), time.fromNow(-10));
  const closedAt = isClosed ? time.at(endsOn, 18) : null;
  const owner = { owner_subject_id: stage.body('government').id, created_by: stage.by('hr') };
  const planId = newId();
  const id = newId();
  await db.insert('training_plans', {
    id: planId,
    plan_year: yearOf(endsOn),
    type: plan.type,
    title: `${plan.title}计划`,
    subject: plan.domain === undefined ? 'COMMON_LAW' : 'SPECIAL_LAW',
    domain: plan.domain ?? null,
    audience: `全区${TYPE_NAMES[plan.type]}对象`,
    hours: plan.hours,
    created_at: new Date(announced - 3_600_000),
    ...owner,
  });
  const attending = stage.officers.flatMap((officer) => {
    const hours = plan.attends(officer);
    return hours === undefined ? [] : [{ officer, hours }];
  });
  const hasAttendance = attending.some(({ hours }) => hours !== null);
  await db.insert('training_classes', {
    id,
    plan_id: planId,
    title: plan.title,
    starts_on: plan.startsOn,
    ends_on: endsOn,
    place: PLACES[i % PLACES.length] ?? PLACES[0],
    capacity: plan.capacity ?? null,
    hours: plan.hours,
    status: isClosed ? 'CLOSED' : 'OPEN',
    version: 1 + [attending.length > 0, hasAttendance, isClosed].filter(Boolean).length,
    created_at: new Date(announced),
    closed_at: closedAt === null ? null : new Date(closedAt),
    ...owner,
  });
  await db.insert(
    'training_enrolments',
    attending.map(({ officer, hours }) => ({
      class_id: id,
      officer_id: officer.id,
      hours_attended: hours,
      hours_confirmed: closedAt === null ? null : creditOf(plan.hours, hours ?? 0),
      enrolled_at: new Date(announced + 3_600_000),
      confirmed_at: closedAt === null ? null : new Date(closedAt),
    })),
  );
}
