import { addDays, type LegalDate } from '../rules/calendar.js';
import type { StaffCategory } from '../rules/duty-facts.js';
import { BODIES, SALT_ABOLISHED, type BodyKey, type BodyPlan } from './bodies.data.js';
import { Chance } from './chance.js';
import { EDUCATION, LEADER_POST, POSTS, syntheticName, UNUSUAL_NAMES } from './names.data.js';
import { syntheticIdNumber, syntheticPhone } from './synthetic-codes.js';
import type { StoryTime } from './story-time.js';

/** What became of somebody; the first of each line is what the certificate, if there is one, stands at today. */
export type Fate =
  | 'ALLOCATED' // VALID, numbered here last year
  | 'LEGACY' // VALID, taken over when the system was adopted
  | 'REISSUED' // VALID, after a lost one
  | 'EXCHANGED' // VALID, in place of the one of the abolished body
  | 'SUPERVISION' // VALID
  | 'SUSPENDED'
  | 'EXPIRED'
  | 'LOST'
  | 'REVOKED'
  | 'CANCELLED'
  | 'READY' // approved, waits for a batch
  | 'SUBMITTED'
  | 'REVIEWED'
  | 'RETURNED'
  | 'REJECTED'
  | 'CANDIDATE' // registered for the open exam
  | 'BARRED' // a category that may never hold one
  | 'NEW';

/** How many of the people of ordinary bodies have each fate; who is left over is LEGACY. */
const QUOTA: readonly (readonly [Fate, number])[] = [
  ['ALLOCATED', 120],
  ['REISSUED', 5],
  ['SUSPENDED', 6],
  ['EXPIRED', 7],
  ['LOST', 2],
  ['REVOKED', 4],
  ['CANCELLED', 8],
  ['READY', 37],
  ['SUBMITTED', 8],
  ['REVIEWED', 6],
  ['RETURNED', 4],
  ['REJECTED', 3],
  ['CANDIDATE', 32],
  ['BARRED', 28],
  ['NEW', 3],
];
const EXCHANGED = 6;
/** So many of those who are READY today failed last year. */
export const FAILED_LAST_YEAR = 10;
/** Which of the NEW ones was caught cheating. */
export const CHEATED = 2;

export interface Person {
  readonly serial: number;
  readonly name: string;
  readonly idNumber: string;
  readonly gender: 'MALE' | 'FEMALE';
  readonly birthDate: LegalDate;
  readonly body: BodyKey;
  readonly domains: readonly string[];
  readonly postTitle: string;
  readonly staffCategory: StaffCategory;
  readonly onEstablishment: boolean;
  readonly education: string;
  readonly phone: string | null;
  readonly legalQualificationNo: string | null;
  readonly fate: Fate;
  /** Place among those of the same fate, from 0. */
  readonly rank: number;
  readonly assignedOn: LegalDate;
  /** Instant of the registration. */
  readonly registeredAt: number;
}

const BARRED: readonly StaffCategory[] = [
  'LOGISTICS_WORKER',
  'CONTRACT',
  'TEMPORARY',
  'DISPATCHED_LABOUR',
  'SECONDED',
  'PUBLIC_WELFARE_POST',
  'REHIRED',
];

/** The 480 people of the district. The same people in every installation; only their dates move. */
export function planPeople(time: StoryTime): readonly Person[] {
  const chance = new Chance(410_102);
  const bodies = BODIES.flatMap((body) => Array.from({ length: body.officers }, () => body));
  const fates = fatesOf(bodies, chance);
  const ranks = new Map<Fate, number>();
  return bodies.map((body, i) => {
    const fate = fates[i] ?? 'LEGACY';
    const rank = ranks.get(fate) ?? 0;
    ranks.set(fate, rank + 1);
    return personOf(i + 1, body, fate, rank, chance, time);
  });
}

function fatesOf(bodies: readonly BodyPlan[], chance: Chance): readonly Fate[] {
  const special = new Map<BodyKey, readonly Fate[]>([
    ['justice', ['SUPERVISION', 'SUPERVISION', 'SUPERVISION', 'SUPERVISION', 'NEW', 'NEW']],
    ['cultureSquad', []],
    ['market', Array<Fate>(EXCHANGED).fill('EXCHANGED')],
  ]);
  const fixed = new Map<number, Fate>();
  const open: number[] = [];
  const seen = new Map<BodyKey, number>();
  for (const [i, { key }] of bodies.entries()) {
    const place = seen.get(key) ?? 0;
    seen.set(key, place + 1);
    const fate = special.get(key)?.[place];
    if (fate) fixed.set(i, fate);
    else if (key === 'cultureSquad') fixed.set(i, 'LEGACY');
    else open.push(i);
  }
  const wanted = QUOTA.flatMap(([fate, count]) => Array<Fate>(count).fill(fate));
  const shuffled = chance.shuffled(open);
  for (const [place, i] of shuffled.entries()) fixed.set(i, wanted[place] ?? 'LEGACY');
  return bodies.map((_body, i) => fixed.get(i) ?? 'LEGACY');
}

function personOf(serial: number, body: BodyPlan, fate: Fate, rank: number, chance: Chance, time: StoryTime): Person {
  const gender = chance.below(10) < 7 ? 'MALE' : 'FEMALE';
  const isBarred = fate === 'BARRED';
  const staffCategory = isBarred ? (BARRED[rank % BARRED.length] ?? 'CONTRACT') : lawfulCategory(body, chance);
  return {
    serial,
    name: (serial % 97 === 0 ? UNUSUAL_NAMES[serial / 97 - 1] : undefined) ?? syntheticName(serial, gender),
    ...syntheticIdNumber(serial, gender),
    gender,
    body: body.key,
    domains: fate === 'CANDIDATE' && rank % 16 === 3 ? [body.domain, other(body.domain)] : [body.domain],
    postTitle: serial % 13 === 0 ? LEADER_POST : chance.pick(POSTS),
    staffCategory,
    onEstablishment: !isBarred,
    education: chance.pick(EDUCATION),
    phone: serial % 9 === 0 ? null : syntheticPhone(serial),
    legalQualificationNo: serial % 120 === 7 ? `A2018410102${String(serial).padStart(4, '0')}` : null,
    fate,
    rank,
    ...beginning(fate, rank, chance, time),
  };
}

const other = (domain: string): string => (domain === 'MARKET_REGULATION' ? 'URBAN_MANAGEMENT' : 'MARKET_REGULATION');

function lawfulCategory({ kind }: BodyPlan, chance: Chance): StaffCategory {
  if (kind === 'DELEGATED_ORG' || kind === 'DELEGATED_ORGAN' || kind === 'AUTHORIZED_ORG') return 'PUBLIC_INSTITUTION';
  return chance.pick(['CIVIL_SERVANT', 'CIVIL_SERVANT', 'CIVIL_SERVANT', 'REF_CIVIL_SERVANT', 'PUBLIC_INSTITUTION']);
}

/** Since when somebody is at the body, and since when the register knows it. */
function beginning(
  fate: Fate,
  rank: number,
  chance: Chance,
  time: StoryTime,
): Pick<Person, 'assignedOn' | 'registeredAt'> {
  const recent = (assigned: number, registered: number) => ({
    assignedOn: time.day(assigned - chance.below(20)),
    registeredAt: time.at(time.day(registered), 10),
  });
  const early = {
    assignedOn: addDays(time.adopted, -40 - chance.below(200)),
    registeredAt: time.at(time.adopted, 11),
  };
  switch (fate) {
    case 'ALLOCATED':
      return early;
    case 'READY':
      // The first of them failed last year's exam.
      return rank < FAILED_LAST_YEAR ? early : recent(-215, -205);
    case 'SUBMITTED':
    case 'REVIEWED':
    case 'RETURNED':
    case 'REJECTED':
      return recent(-215, -205);
    case 'CANDIDATE':
      return recent(-120, -95);
    case 'NEW':
      return rank === CHEATED ? recent(-120, -95) : recent(-25, -12);
    case 'EXCHANGED':
      return { assignedOn: time.day(SALT_ABOLISHED), registeredAt: time.at(time.adopted, 11) };
    default:
      return { assignedOn: addDays(time.adopted, -900 - chance.below(2500)), registeredAt: time.at(time.adopted, 11) };
  }
}
