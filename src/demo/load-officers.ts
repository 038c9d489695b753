import type { AuditTrail } from '../audit/index.js';
import { newId } from '../kernel/ids.js';
import { OfficerIdentity, RegisterOfficers } from '../officers/index.js';
import { SALT_ABOLISHED, type BodyKey } from './bodies.data.js';
import { hasLeft, isOffPost, transferred } from './cast.js';
import { planPeople, type Person } from './people.js';
import type { Officer, Stage } from './stage.js';

/** The load is one entry of the trail, not hundreds: the entries of its parts go nowhere. */
const NO_AUDIT = { record: () => undefined } as unknown as AuditTrail;

/** Registers the people by the same service as a roster does, each at the moment of the story. */
export async function loadOfficers(stage: Stage): Promise<void> {
  const { time } = stage;
  const register = new RegisterOfficers(stage.db, stage.app.get(OfficerIdentity, { strict: false }), NO_AUDIT);
  const people = planPeople(time);
  const officers: Officer[] = [];
  for (const registeredAt of [...new Set(people.map((person) => person.registeredAt))].sort((a, b) => a - b)) {
    const group = people.filter((person) => person.registeredAt === registeredAt);
    const ids = await register.execute(
      stage.actor('hr'),
      group.map((person) => ({
        ...person,
        subjectId: stage.body(firstBody(person)).id,
        assignedFrom: time.start(person.fate === 'EXCHANGED' ? '2020-03-02' : person.assignedOn),
      })),
      registeredAt,
    );
    officers.push(...group.map((person, i) => ({ ...person, id: ids[i] ?? '' })));
  }
  stage.officers = officers.sort((a, b) => a.serial - b.serial);
  await loadTransfers(stage);
  await loadDepartures(stage);
  await loadOffPost(stage);
}

/** People of the abolished body were registered there. */
const firstBody = ({ fate, body }: Person): BodyKey => (fate === 'EXCHANGED' ? 'salt' : body);

async function loadTransfers(stage: Stage): Promise<void> {
  const { time } = stage;
  for (const officer of stage.officers.filter(({ fate }) => fate === 'EXCHANGED')) {
    await transfer(stage, officer, 'market', time.start(time.day(SALT_ABOLISHED)), time.at(time.day(SALT_ABOLISHED)));
  }
  for (const officer of transferred(stage.officers)) {
    await transfer(stage, officer, 'emergency', time.start(time.day(-11)), time.at(time.day(-11), 15));
  }
}

/** As `TransferOfficer` writes it. */
async function transfer(stage: Stage, officer: Officer, to: BodyKey, from: number, recordedAt: number): Promise<void> {
  const { db } = stage;
  const running = await db.row<{ id: string; subject_id: string; effective_from: Date }>(
    'SELECT id, subject_id, effective_from FROM officer_assignments WHERE officer_id = ? AND superseded_at IS NULL',
    [officer.id],
  );
  if (!running) throw new Error('an officer of the story has no assignment');
  await db.supersede('officer_assignments', running.id, recordedAt);
  const common = {
    officer_id: officer.id,
    post_title: officer.postTitle,
    staff_category: officer.staffCategory,
    on_establishment: officer.onEstablishment,
    ...stage.recorded(recordedAt, 'hr'),
  };
  await db.insert('officer_assignments', [
    {
      id: newId(),
      subject_id: running.subject_id,
      effective_from: running.effective_from,
      effective_to: new Date(from),
      ...common,
    },
    { id: newId(), subject_id: stage.body(to).id, effective_from: new Date(from), effective_to: null, ...common },
  ]);
  await db.execute('UPDATE officers SET subject_id = ?, version = version + 1 WHERE id = ?', [
    stage.body(to).id,
    officer.id,
  ]);
}

const CAUSES = ['RETIRED', 'TRANSFER_OUT', 'RETIRED', 'RESIGNED', 'RETIRED', 'TRANSFER_OUT'] as const;

/** When somebody with a returned card left; days from today. */
export const leftOn = (rank: number): number => -230 + rank * 24;

/** Six who handed the card in, and four whose card is still out. */
async function loadDepartures(stage: Stage): Promise<void> {
  const { db, time } = stage;
  const cancelled = stage.officers.filter(({ fate, rank }) => fate === 'CANCELLED' && rank < CAUSES.length);
  const leaving = [
    ...cancelled.map((officer, i) => ({ officer, cause: CAUSES[i] ?? 'RETIRED', on: leftOn(officer.rank) })),
    ...stage.officers.filter(hasLeft).map((officer, i) => ({
      officer,
      cause: i % 2 === 0 ? 'RETIRED' : 'RESIGNED',
      on: LEFT_WITH_CARD[i] ?? -8,
    })),
  ];
  await db.insert(
    'officer_departures',
    leaving.map(({ officer, cause, on }) => ({
      id: newId(),
      officer_id: officer.id,
      cause,
      effective_from: new Date(time.start(time.day(on))),
      ...stage.recorded(time.at(time.day(on), 9), 'hr'),
    })),
  );
  await touch(
    stage,
    leaving.map(({ officer }) => officer.id),
  );
}

/** Days from today: all still within the ten working days, after which a sweeper would cancel the card. */
export const LEFT_WITH_CARD: readonly number[] = [-9, -8, -6, -3];

const OFF_POST_CAUSES = ['OFF_POST_TRAINING', 'UNDER_INVESTIGATION', 'OTHER'] as const;

/** Seven off-post orders; the first two people are back, as `ReturnToPost` writes it. */
async function loadOffPost(stage: Stage): Promise<void> {
  const { time } = stage;
  const orders = stage.officers.filter(isOffPost).map((officer, i) => ({ officer, i, on: -95 + i * 14 }));
  for (const { officer, i, on } of orders) {
    await orderOffPost(
      stage,
      officer.id,
      OFF_POST_CAUSES[i % 3] ?? 'OTHER',
      time.day(on),
      i < 2 ? time.day(on + 30) : null,
    );
  }
}

/** Also while deployments are told: one of them is recalled by it. */
export async function orderOffPost(
  stage: Stage,
  officerId: string,
  cause: string,
  on: string,
  backOn: string | null,
): Promise<void> {
  const { db, time } = stage;
  const recordedAt = time.at(on, 8);
  const back = backOn === null ? null : time.at(backOn, 8);
  const document = `中原执监〔离岗〕${on.replaceAll('-', '')}号`;
  const row = (effectiveTo: number | null, recorded: number, supersededAt: number | null) => ({
    id: newId(),
    officer_id: officerId,
    cause,
    document,
    return_document: effectiveTo === null ? null : `${document}（返岗）`,
    effective_from: new Date(time.start(on)),
    effective_to: effectiveTo === null ? null : new Date(effectiveTo),
    superseded_at: supersededAt === null ? null : new Date(supersededAt),
    ...stage.recorded(recorded, 'hr'),
  });
  await db.insert(
    'officer_off_post_orders',
    back === null ? [row(null, recordedAt, null)] : [row(null, recordedAt, back), row(back, back, null)],
  );
  await touch(stage, back === null ? [officerId] : [officerId, officerId]);
}

async function touch({ db }: Stage, officerIds: readonly string[]): Promise<void> {
  for (const id of officerIds) await db.execute('UPDATE officers SET version = version + 1 WHERE id = ?', [id]);
}
