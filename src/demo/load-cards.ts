import {
  CertificateMoves,
  CertificateRegister,
  type CertificateDraft,
  type StatePlace,
} from '../certificates/index.js';
import { WorkingDays } from '../infrastructure/calendar/working-days.js';
import { newId } from '../kernel/ids.js';
import { addDays, addYears, endOfDay, lastDayOfYears, startOfDay, type LegalDate } from '../rules/calendar.js';
import { lastDayOf } from '../rules/working-days.js';
import { expiresLater, expiresSoon, hasLeft, transferred, wasLifted } from './cast.js';
import { LEFT_WITH_CARD, leftOn } from './load-officers.js';
import type { Officer, Stage } from './stage.js';

const PROVINCE = '河南省人民政府';
const NUMBER_HEAD = '160102';

/** Numbers of the demonstration: 16, city 01, county 02, five digits. */
export const cardNumber = (serial: number): string => NUMBER_HEAD + String(serial).padStart(5, '0');

/** First serials: cards of the province before the system, the two batches of ours, cards of the province that lie in our way. */
export const SERIALS = { legacy: 101, batches: 401, inTheWay: 545, supervision: 701 } as const;

/** Fates of people whose card was there when the district adopted the system. */
const TAKEN_OVER: ReadonlySet<string> = new Set([
  'LEGACY',
  'SUSPENDED',
  'EXPIRED',
  'LOST',
  'REVOKED',
  'CANCELLED',
  'REISSUED',
  'EXCHANGED',
  'SUPERVISION',
]);

/** The cards that were taken over, as the import of existing certificates enters them, and what became of them. */
export async function loadCards(stage: Stage): Promise<void> {
  const holders = stage.officers.filter(({ fate }) => TAKEN_OVER.has(fate));
  await takeOver(stage, holders);
  await endCards(stage);
  await suspendSome(stage);
  await openCases(stage);
}

async function takeOver(stage: Stage, holders: readonly Officer[]): Promise<void> {
  const { time } = stage;
  const now = time.at(time.adopted, 14);
  const actor = stage.actor('approver');
  const drafts = holders.map((officer, i) => draftOf(stage, officer, i));
  const entered = await stage.app
    .get(CertificateRegister, { strict: false })
    .enter(drafts, 'VALID', now, actor.accountId);
  const places = entered.map(({ id, draft }): StatePlace => ({
    certificate: { id, ...draft },
    effectiveFrom: startOfDay(draft.validFrom) ?? now,
  }));
  await moves(stage).record('activate', places, now, actor);
  for (const { id, draft } of entered) stage.cards.set(draft.officerId, id);
}

const moves = ({ app }: Stage): CertificateMoves => app.get(CertificateMoves, { strict: false });

function draftOf(stage: Stage, officer: Officer, i: number): CertificateDraft {
  const { fate, rank } = officer;
  const body = stage.body(fate === 'EXCHANGED' ? 'salt' : officer.body);
  const isSupervision = fate === 'SUPERVISION';
  return {
    type: isSupervision ? 'SUPERVISION' : 'ENFORCEMENT',
    number: cardNumber(serialOf(fate, rank, i)),
    officerId: officer.id,
    holderName: officer.name,
    subjectId: body.id,
    subjectName: body.name,
    domains: isSupervision ? [] : officer.domains,
    ...validityOf(stage, officer),
    issuer: PROVINCE,
    origin: 'LEGACY',
    applicationId: null,
    batchId: null,
    importId: null,
    previousCertificateId: null,
    evidence: null,
  };
}

function serialOf(fate: string, rank: number, i: number): number {
  if (fate === 'SUPERVISION') return SERIALS.supervision + rank;
  return fate === 'SUSPENDED' ? SERIALS.inTheWay + rank : SERIALS.legacy + i;
}

/** Most cards of the province run from one 1 January; some end soon, and some have ended. */
function validityOf({ time }: Stage, officer: Officer): { readonly validFrom: LegalDate; readonly validTo: LegalDate } {
  const until = (validTo: LegalDate) => ({ validFrom: addDays(addYears(validTo, -5), 1), validTo });
  if (officer.fate === 'EXPIRED') return until(time.day(-12 - officer.rank * 21));
  if (expiresSoon(officer)) return until(time.day(18 + Math.floor(officer.rank / 20) * 8));
  if (expiresLater(officer)) return until(time.day(95 + Math.floor(officer.rank / 14) * 5));
  const validFrom = `${time.thisYear - 3}-01-01`;
  return { validFrom, validTo: lastDayOfYears(validFrom, 5) };
}

/** A loss lies so many days back. */
export const lostOn = (rank: number): number => -104 + rank;

const REVOKED_FOR = ['LENT', 'FRAUD', 'USED_WHILE_UNUSABLE', 'POWER_EXCEEDED'] as const;
const CANCELLED_FOR = [
  'RETIRED',
  'TRANSFER_OUT',
  'RETIRED',
  'RESIGNED',
  'RETIRED',
  'TRANSFER_OUT',
  'LEFT_POST',
  'LEFT_POST',
] as const;

async function endCards(stage: Stage): Promise<void> {
  const { time } = stage;
  for (const officer of stage.officers) {
    const certificateId = stage.cards.get(officer.id);
    if (certificateId === undefined) continue;
    const place = (effectiveFrom: number): StatePlace[] => [
      { certificate: { id: certificateId, officerId: officer.id, type: 'ENFORCEMENT' }, effectiveFrom },
    ];
    const { fate, rank } = officer;
    if (fate === 'EXPIRED') {
      const end = endOfDay(validityOf(stage, officer).validTo) ?? time.now;
      await moves(stage).moveAll('expire', place(end), end + 120_000, null);
    } else if (fate === 'LOST' || fate === 'REISSUED') {
      const at = time.at(time.day(lostOn(rank)), 9);
      await moves(stage).moveAll('reportLoss', place(at), at + 3_600_000, stage.actor('hr'));
    } else if (fate === 'REVOKED') {
      const on = time.day(-150 + rank * 33);
      const detail = { ground: REVOKED_FOR[rank] ?? 'OTHER', document: `中原司决〔吊销〕${rank + 1}号` };
      await moves(stage).moveAll('revoke', place(time.start(on)), time.at(on, 10), stage.actor('approver'), detail);
    } else if (fate === 'CANCELLED') {
      const at = time.at(time.day(leftOn(rank) + 6), 10);
      const detail = {
        ground: CANCELLED_FOR[rank] ?? 'OTHER',
        document: `中原司注〔注销〕${rank + 1}号`,
        cardReturned: true,
      };
      await moves(stage).moveAll('cancel', place(at), at, stage.actor('approver'), detail);
    }
  }
}

const SUSPENDED_FOR = ['CARD_NOT_SHOWN', 'PROCEDURE_BROKEN', 'UNCIVIL_CONDUCT', 'DUTY_NOT_PERFORMED'] as const;

/** Six that stand suspended (the first beyond its planned end), and two that were lifted. */
async function suspendSome(stage: Stage): Promise<void> {
  for (const officer of stage.officers.filter(({ fate }) => fate === 'SUSPENDED')) {
    const from = officer.rank === 0 ? -118 : -70 + officer.rank * 11;
    await suspendCard(stage, officer, from, officer.rank);
  }
  for (const [i, officer] of stage.officers.filter(wasLifted).entries()) {
    await suspendCard(stage, officer, -210 + i * 40, i, 45);
  }
}

/** As `SuspendCertificate` and `LiftSuspension` write it. Also while deployments are told. */
export async function suspendCard(
  stage: Stage,
  officer: Officer,
  from: number,
  n: number,
  liftedAfter?: number,
): Promise<void> {
  const { db, time } = stage;
  const certificateId = stage.card(officer.id);
  const begun = time.at(time.day(from), 9);
  const lifted = liftedAfter === undefined ? null : time.at(time.day(from + liftedAfter), 9);
  const document = `中原司暂〔扣〕${Math.abs(from)}-${n + 1}号`;
  const row = (to: number | null, recordedAt: number, supersededAt: number | null) => ({
    id: newId(),
    certificate_id: certificateId,
    ground: SUSPENDED_FOR[n % SUSPENDED_FOR.length] ?? 'OTHER',
    document,
    lift_document: to === null ? null : `${document}（解除）`,
    effective_from: new Date(begun),
    effective_to: to === null ? null : new Date(to),
    planned_to: new Date(time.start(time.day(from + 90))),
    superseded_at: supersededAt === null ? null : new Date(supersededAt),
    ...stage.recorded(recordedAt, 'approver'),
  });
  await db.insert(
    'certificate_suspensions',
    lifted === null ? [row(null, begun, null)] : [row(null, begun, lifted), row(lifted, lifted, null)],
  );
  await db.execute('UPDATE certificate_states SET version = version + ? WHERE certificate_id = ?', [
    lifted === null ? 1 : 2,
    certificateId,
  ]);
}

/** BR-77: the card is asked back from who left or moved; closed where it came back. */
async function openCases(stage: Stage): Promise<void> {
  const { db, time } = stage;
  const cases = [
    ...stage.officers
      .filter(({ fate, rank }) => fate === 'CANCELLED' && rank < 6)
      .map((officer) => ({
        officer,
        cause: 'LEFT_SERVICE',
        on: leftOn(officer.rank),
        closed: leftOn(officer.rank) + 6,
      })),
    ...stage.officers
      .filter(hasLeft)
      .map((officer, i) => ({ officer, cause: 'LEFT_SERVICE', on: LEFT_WITH_CARD[i] ?? -8, closed: null })),
    ...transferred(stage.officers).map((officer) => ({ officer, cause: 'TRANSFERRED', on: -11, closed: null })),
  ];
  const calendar = await new WorkingDays(db).calendar();
  await db.insert(
    'card_cases',
    cases.map(({ officer, cause, on, closed }) => ({
      id: newId(),
      officer_id: officer.id,
      certificate_id: stage.card(officer.id),
      cause,
      due_on: lastDayOf(calendar, '10wd', time.day(on)),
      opened_at: new Date(time.at(time.day(on), 15.1)),
      closed_at: closed === null ? null : new Date(time.at(time.day(closed), 10)),
    })),
  );
}
