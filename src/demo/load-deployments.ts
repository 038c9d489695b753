import { CheckDuty, CreateDeployment, MoveDeployment } from '../duty/index.js';
import { ClearanceChanges } from '../infrastructure/discovery/clearance-changes.js';
import type { ClearanceReduced } from '../kernel/clearance-change.js';
import { Clock } from '../kernel/clock.js';
import { instantText } from '../rules/calendar.js';
import { readyForDuty, transferred } from './cast.js';
import { DEPLOYMENTS, type DeploymentPlan } from './deployments.data.js';
import { suspendCard } from './load-cards.js';
import { suspendDelegation } from './load-delegations.js';
import { orderOffPost } from './load-officers.js';
import type { Officer, Stage } from './stage.js';
import { atMoment } from './story-clock.js';

const HOUR = 3_600_000;

/** Deployments and checks, decided by the real duty room at the moment of the story; three are recalled by what happens then. */
export async function loadDeployments(stage: Stage): Promise<void> {
  const moments = new Moments(stage);
  const suspended = await recalled(stage, moments);
  for (const plan of DEPLOYMENTS) await tell(stage, moments, plan);
  await recordChecks(stage, moments, suspended);
}

/** The verbs of the duty room, at a moment. */
class Moments {
  private readonly clock: Clock;

  constructor(private readonly stage: Stage) {
    this.clock = stage.app.get(Clock);
  }

  at<T>(moment: number, work: () => Promise<T>): Promise<T> {
    return atMoment(this.clock, moment, work);
  }

  create(at: number, plan: DeploymentPlan, from: number, to: number): Promise<string> {
    const team = teamOf(this.stage, plan);
    const create = this.stage.app.get(CreateDeployment, { strict: false });
    return this.at(at, () =>
      create.execute(this.stage.actor('supervisor'), {
        title: plan.title,
        subjectId: this.stage.body(plan.body).id,
        matterCode: plan.matter,
        divisionCode: plan.division,
        from: text(from),
        to: text(to),
        members: team.map(({ id }) => ({ officerId: id })),
      }),
    );
  }

  start(at: number, id: string): Promise<void> {
    return this.at(at, () => this.move.start(this.stage.actor('supervisor'), id));
  }

  end(at: number, id: string, command: 'complete' | 'cancel'): Promise<void> {
    return this.at(at, () => this.move.end(this.stage.actor('supervisor'), id, command));
  }

  reduced(at: number, change: ClearanceReduced): Promise<void> {
    return this.at(at, () => this.stage.app.get(ClearanceChanges).reduced(change));
  }

  private get move(): MoveDeployment {
    return this.stage.app.get(MoveDeployment, { strict: false });
  }
}

const text = (instant: number): string => instantText(instant) ?? '';

function teamOf(
  { officers }: Stage,
  { body, team: [first, size], title }: Pick<DeploymentPlan, 'body' | 'team' | 'title'>,
): readonly Officer[] {
  const team = readyForDuty(officers, body).slice(first, first + size);
  if (team.length < size) throw new Error(`not enough people for ${title}`);
  return team;
}

async function tell({ time }: Stage, moments: Moments, plan: DeploymentPlan): Promise<void> {
  if (plan.on === null) {
    const id = await moments.create(time.fromNow(-1), plan, time.fromNow(0, -2), time.fromNow(0, 6));
    await moments.start(time.fromNow(0, -2) + HOUR / 4, id);
    return;
  }
  const day = time.day(plan.on);
  const created = Math.min(time.at(time.day(plan.on - 2), 16), time.fromNow(0, -1));
  const id = await moments.create(created, plan, time.at(day, 8), time.at(day, 18));
  if (plan.end === 'COMPLETED') {
    await moments.start(time.at(day, 8.25), id);
    await moments.end(time.at(day, 17), id, 'complete');
  }
  if (plan.end === 'CANCELLED') await moments.end(created + HOUR / 2, id, 'cancel');
}

const DISTRICT = '410102';

/** A card is suspended, an officer goes off post, a delegation is suspended: each calls a planned deployment back. Gives who was suspended. */
async function recalled(stage: Stage, moments: Moments): Promise<Officer> {
  const { time } = stage;
  const planned = (days: number): readonly [number, number] => [
    time.at(time.day(days), 8),
    time.at(time.day(days), 18),
  ];
  const at = (days: number, hour: number): number => time.at(time.day(days), hour);
  const last = (body: Officer['body'], size: number): readonly [number, number] => [
    readyForDuty(stage.officers, body).length - size,
    size,
  ];

  const boards: DeploymentPlan = {
    title: '户外广告安全检查',
    body: 'urban',
    matter: 'CG-JC-001',
    division: DISTRICT,
    team: last('urban', 2),
    on: -25,
    end: 'PLANNED',
  };
  await moments.create(at(-31, 10), boards, ...planned(-25));
  const [suspended] = teamOf(stage, boards);
  if (!suspended) throw new Error('nobody to be suspended');
  await suspendCard(stage, suspended, -28, 2);
  await moments.reduced(at(-28, 9.1), { whom: { officerIds: [suspended.id] }, cause: 'certificate.suspend' });

  const lorries: DeploymentPlan = {
    title: '货运车辆路检',
    body: 'transport',
    matter: 'JT-JC-001',
    division: DISTRICT,
    team: last('transport', 2),
    on: -12,
    end: 'PLANNED',
  };
  await moments.create(at(-17, 10), lorries, ...planned(-12));
  const [offPost] = teamOf(stage, lorries);
  if (!offPost) throw new Error('nobody to go off post');
  await orderOffPost(stage, offPost.id, 'OFF_POST_TRAINING', time.day(-14), null);
  await moments.reduced(at(-14, 8.1), { whom: { officerIds: [offPost.id] }, cause: 'officer.off-post' });

  const signs: DeploymentPlan = {
    title: '户外广告许可现场核查',
    body: 'linshan',
    matter: 'CG-XK-001',
    division: '410102001',
    team: last('linshan', 2),
    on: -8,
    end: 'PLANNED',
  };
  await moments.create(at(-13, 10), signs, ...planned(-8));
  const delegationId = stage.delegation('advertising');
  await suspendDelegation(stage, delegationId, { from: -10, reason: '受理窗口调整，暂停委托实施许可。' });
  await stage.db.execute('UPDATE delegations SET version = version + 1 WHERE id = ?', [delegationId]);
  await moments.reduced(at(-10, 9.1), { whom: { delegationId }, cause: 'delegation.suspend' });
  return suspended;
}

/** Three checks as evidence: one cleared, two not. */
async function recordChecks(stage: Stage, moments: Moments, suspended: Officer): Promise<void> {
  const { app, time, officers } = stage;
  const check = app.get(CheckDuty, { strict: false });
  const ask = (at: number, body: Officer['body'], matterCode: string, members: readonly Officer[]) =>
    moments.at(at, () =>
      check.execute(stage.actor('supervisor'), {
        subjectId: stage.body(body).id,
        matterCode,
        divisionCode: DISTRICT,
        at: text(at),
        members: members.map(({ id }) => ({ officerId: id })),
        record: true,
      }),
    );
  const market = readyForDuty(officers, 'market');
  await ask(time.fromNow(-3), 'market', 'SC-CF-001', market.slice(0, 2));
  await ask(time.fromNow(-2), 'urban', 'CG-CF-001', [...readyForDuty(officers, 'urban').slice(0, 1), suspended]);
  await ask(time.fromNow(-1), 'emergency', 'YJ-JC-001', transferred(officers));
}
