import {
  ACT_TYPES,
  BASIS_RANKS,
  ENDED_STATES,
  STAFF_CATEGORIES,
  type ActType,
  type AssignmentFact,
  type CertificateFact,
  type CertificateSuspensionFact,
  type CertificateType,
  type DelegationFact,
  type DutyFacts,
  type DutyMemberRequest,
  type DutyRequest,
  type InstantPeriod,
  type OfficerFact,
  type PowerFact,
  type StaffCategory,
  type SubjectFact,
  type SubjectKind,
  type SubjectStatusPeriod,
} from '../../../src/rules/duty-facts.js';

/** One question with everything that is known: what `decideDuty` and the reference are both asked. */
export interface World {
  readonly facts: DutyFacts;
  readonly request: DutyRequest;
}

/** Taken once: inside a test's own context every look at a global is slow. */
const { imul, floor } = Math;

const DAY = 86_400_000;
const SHANGHAI = 28_800_000;

// ---- chance -----------------------------------------------------------------------------------------------------------

/** mulberry32: small, fast, and the same on every machine. */
export class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** In [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = imul(t ^ (t >>> 15), t | 1);
    t ^= t + imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** In low..high, both included. */
  int(low: number, high: number): number {
    return low + floor(this.next() * (high - low + 1));
  }

  pick<T>(items: readonly T[]): T {
    return items[this.int(0, items.length - 1)] as T;
  }

  shuffle<T>(items: readonly T[]): T[] {
    const out = [...items];
    for (let i = out.length - 1; i > 0; i -= 1) {
      const j = this.int(0, i);
      [out[i], out[j]] = [out[j] as T, out[i] as T];
    }
    return out;
  }
}

/** The dice of one world: the world is named by (seed, index) and does not depend on the ones before it. */
export const diceFor = (seed: number, index: number): Dice => {
  const first = new Dice((imul(seed, 0x9e3779b1) ^ imul(index + 1, 0x85ebca6b)) >>> 0);
  return new Dice(floor(first.next() * 4_294_967_296));
};

// ---- one world --------------------------------------------------------------------------------------------------------

const dates = new Map<number, string>();
function dateOfDay(day: number): string {
  let date = dates.get(day);
  if (date === undefined) dates.set(day, (date = new Date(day * DAY).toISOString().slice(0, 10)));
  return date;
}
const dayOfDate = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY;
const midnight = (day: number): number => day * DAY - SHANGHAI;
const dayAt = (instant: number): number => floor((instant + SHANGHAI) / DAY);

/** Ends of months and years, leap days, and an ordinary Monday. */
const ANCHORS = ['2024-02-28', '2024-02-29', '2025-02-28', '2026-03-02', '2026-12-31', '2000-02-29', '2100-02-28'];
const UNREADABLE = ['2026-02-30', '', '2026-13-01', '20260301', 'for ever'];

const MATTER = 'M-0101';
const OTHER_MATTERS = ['M-0102', 'M-01', 'M-01011'];
const DOMAIN = 'URBAN';
const OTHER_DOMAINS = ['MARKET', 'URBAN2', 'URB'];
const SUBJECT = 'S1';
const OTHER_SUBJECTS = ['S2', 'S10', 'S'];

/** Divisions with jurisdictions that cover them and jurisdictions that do not. */
const AREAS: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['410102', ['410102', '410100', '410000'], ['410102001', '410103', '420000', '410200', '411000', '410102000']],
  ['410102001', ['410102001', '410102', '410100', '410000', '410102000'], ['410102002', '410103', '410200', '420000']],
  ['410100', ['410100', '410000'], ['410102', '410200', '411000', '410102001']],
  ['411002', ['411002', '411000', '410000'], ['410100', '411100', '410002']],
  ['410000', ['410000'], ['410100', '410102', '420000']],
];

const KINDS: readonly SubjectKind[] = [
  'ADMIN_ORGAN',
  'DISPATCHED_ORGAN',
  'AUTHORIZED_ORG',
  'DELEGATED_ORGAN',
  'DELEGATED_ORG',
];
const HOLDERS: readonly SubjectKind[] = ['ADMIN_ORGAN', 'DISPATCHED_ORGAN', 'AUTHORIZED_ORG'];
const GOOD_STAFF: readonly StaffCategory[] = ['CIVIL_SERVANT', 'REF_CIVIL_SERVANT', 'PUBLIC_INSTITUTION'];
const BARRED_STAFF: readonly StaffCategory[] = STAFF_CATEGORIES.filter((category) => !GOOD_STAFF.includes(category));
const unknownCode = <T>(): T => 'UNKNOWN_CODE' as unknown as T;

/** Periods around a span, with their ends and seams exactly at its edges or one millisecond beside them. */
function shapesAround(from: number, to: number) {
  const mid = from + floor((to - from) / 2);
  /** The union contains the span. */
  const covering: InstantPeriod[][] = [
    [{ from, to }],
    [{ from: from - DAY, to: null }],
    [{ from, to: null }],
    [{ from: from - 1, to: to + 1 }],
    [
      { from: from - DAY, to: mid },
      { from: mid, to },
    ],
    [
      { from, to: mid },
      { from: mid, to: mid },
      { from: mid, to: null },
    ],
    [
      { from: from - DAY, to: mid + 1 },
      { from: mid - 1, to: to + DAY },
    ],
    [
      { from: from - DAY, to: from },
      { from, to: from + 1 },
      { from: from + 1, to },
    ],
    [
      { from: from - DAY, to: to - 1 },
      { from: to - 1, to: null },
    ],
    [
      { from: from - DAY, to },
      { from: mid, to: mid + 1 },
    ],
  ];
  /** At least one instant of the span is left out. */
  const notCovering: InstantPeriod[][] = [
    [],
    [{ from: from + 1, to: null }],
    [{ from: from - DAY, to: to - 1 }],
    [{ from: from - DAY, to: from }],
    [{ from: to, to: null }],
    [
      { from: from - DAY, to: mid },
      { from: mid + 1, to: null },
    ],
    [
      { from: mid + 1, to: to + DAY },
      { from: from - DAY, to: mid },
    ],
    [{ from, to: from }],
    [
      { from: from - DAY, to: from },
      { from: to, to: null },
    ],
  ];
  const notTouching: InstantPeriod[][] = [
    [{ from: from - DAY, to: from }],
    [{ from: to, to: to + DAY }],
    [{ from: to, to: null }],
    [
      { from: from - DAY, to: from - 1 },
      { from: to + 1, to: null },
    ],
    [{ from: mid, to: mid }],
    [{ from, to: from }],
  ];
  const touching: InstantPeriod[][] = [
    [{ from: from - DAY, to: from + 1 }],
    [{ from: to - 1, to }],
    [{ from: to - 1, to: null }],
    [{ from: from - DAY, to: null }],
    [{ from: mid, to: mid + 1 }],
    [{ from, to }],
    [
      { from: from - DAY, to: from },
      { from: to - 1, to: to + DAY },
    ],
  ];
  return { covering, notCovering, notTouching, touching };
}

class WorldMaker {
  private readonly from: number;
  private readonly to: number;
  private readonly shapes: ReturnType<typeof shapesAround>;
  private readonly firstDay: number;
  private readonly lastDay: number;
  private readonly division: string | null;
  private readonly goodAreas: readonly string[];
  private readonly badAreas: readonly string[];
  private readonly actType: ActType;
  /** How often something is wrong in this world. */
  private readonly dirt: number;
  private numbers: number;
  private ids = 0;

  constructor(private readonly dice: Dice) {
    const day = dayOfDate(dice.pick(ANCHORS));
    this.from = dice.pick([
      midnight(day),
      midnight(day),
      midnight(day) + 1,
      midnight(day) - 1,
      midnight(day) + DAY / 2,
    ]);
    const ends = [this.from + 1, this.from + 2, midnight(day + 1), midnight(day + 1), midnight(day + 1) - 1];
    ends.push(midnight(day + 1) + 1, midnight(day + 3), midnight(day + 2) + DAY / 2, midnight(day + 30));
    this.to = dice.pick(ends.filter((end) => end > this.from));
    this.shapes = shapesAround(this.from, this.to);
    this.firstDay = dayAt(this.from);
    this.lastDay = dayAt(this.to - 1);
    const [division, good, bad] = dice.pick(AREAS);
    this.division = dice.chance(0.2) ? null : division;
    this.goodAreas = good;
    this.badAreas = bad;
    this.actType = dice.chance(0.25)
      ? dice.pick(['COERCIVE_MEASURE', 'COERCIVE_MEASURE', 'LICENSE'])
      : dice.pick(ACT_TYPES);
    this.dirt = dice.pick([0, 0.006, 0.006, 0.012, 0.02, 0.06, 0.12, 0.3]);
    this.numbers = dice.int(0, 898);
  }

  make(): World {
    const { dice } = this;
    const kind = dice.pick(KINDS);
    const subject = this.subject(SUBJECT, kind, HOLDERS.includes(kind) ? dice.int(0, 3) : this.wrong() ? 1 : 0);
    const delegations = this.delegations(
      HOLDERS.includes(kind) ? dice.pick([0, 0, 0, 1, 2]) : dice.pick([0, 1, 1, 1, 1, 2, 2, 3]),
    );
    const officers = new Map<string, OfficerFact>();
    const members = this.members(officers);
    return {
      facts: {
        subject,
        matter: { code: MATTER, actType: this.actType, domain: DOMAIN },
        delegations,
        officers,
        settings: {
          minimumOfficers: dice.pick([1, 2, 2, 3]),
          reviewEnabled: dice.chance(0.6),
          annualHours: 60,
          hoursAreReason: dice.chance(0.3),
        },
      },
      request: {
        subjectId: SUBJECT,
        matterCode: MATTER,
        divisionCode: this.division,
        from: this.from,
        to: this.to,
        members,
      },
    };
  }

  private wrong(weight = 1): boolean {
    return this.dice.chance(this.dirt * weight);
  }

  private id(prefix: string): string {
    this.ids += 1;
    return `${prefix}${this.ids}`;
  }

  // -- periods

  private covering(): InstantPeriod[] {
    return this.dice.shuffle(this.dice.pick(this.shapes.covering));
  }

  private notCovering(): InstantPeriod[] {
    return this.dice.shuffle(this.dice.pick(this.shapes.notCovering));
  }

  private notTouching(): InstantPeriod[] {
    return this.dice.chance(0.5) ? [] : this.dice.pick(this.shapes.notTouching);
  }

  private touching(): InstantPeriod[] {
    return this.dice.pick(this.shapes.touching);
  }

  private away(weight = 1): InstantPeriod[] {
    return this.wrong(weight) ? this.touching() : this.notTouching();
  }

  /** An instant of effect: before the end of the span is wrong, exactly at the end is not. */
  private effect(weight = 1): number | null {
    const { from, to, dice } = this;
    if (this.wrong(weight)) return dice.pick([to - 1, from, from - 1, from + 1, from - DAY].filter((at) => at < to));
    return dice.chance(0.8) ? null : dice.pick([to, to, to + 1, to + DAY]);
  }

  private firstDate(weight = 1): string {
    const { dice, firstDay } = this;
    if (this.wrong(weight * 0.1)) return dice.pick(UNREADABLE);
    const day = this.wrong(weight) ? firstDay + dice.pick([1, 1, 2]) : firstDay - dice.pick([0, 0, 1, 30, 365]);
    return dateOfDay(day);
  }

  private lastDate(weight = 1): string {
    const { dice, lastDay } = this;
    const day = this.wrong(weight)
      ? lastDay - dice.pick([1, 1, 2, 40])
      : lastDay + dice.pick([0, 0, 1, 88, 89, 90, 91, 400, 4000]);
    return dateOfDay(day);
  }

  private area(weight = 1): string {
    return this.dice.pick(this.wrong(weight) ? this.badAreas : this.goodAreas);
  }

  // -- the body, powers, delegations

  private statusPeriods(): SubjectStatusPeriod[] {
    const { dice } = this;
    const of = (status: SubjectStatusPeriod['status'], periods: InstantPeriod[]) =>
      periods.map((period) => ({ id: this.id('SP'), status, ...period }));
    return dice.shuffle([
      ...of('CONFIRMED', this.wrong() ? this.notCovering() : this.covering()),
      ...of('SUSPENDED', dice.chance(0.3) ? this.away(2) : []),
      ...of('ABOLISHED', dice.chance(0.3) ? this.away(2) : []),
    ]);
  }

  private power(): PowerFact {
    const { dice } = this;
    return {
      id: `P${this.number()}`,
      matterCode: this.wrong(2) ? dice.pick(OTHER_MATTERS) : MATTER,
      jurisdictionCode: this.area(2),
      validFrom: this.firstDate(2),
      validTo: dice.chance(0.4) ? null : this.lastDate(2),
      basisRank: this.wrong(0.2) ? unknownCode() : dice.pick(BASIS_RANKS),
    };
  }

  private subject(id: string, kind: SubjectKind, powers: number): SubjectFact {
    return {
      id,
      name: `Body ${id}`,
      kind,
      statusPeriods: this.statusPeriods(),
      powers: Array.from({ length: powers }, () => this.power()),
    };
  }

  private delegator(): SubjectFact {
    const { dice } = this;
    const kind = this.wrong() ? dice.pick(KINDS) : dice.pick(HOLDERS);
    return this.subject(dice.pick(OTHER_SUBJECTS), kind, this.wrong() ? 0 : dice.int(1, 2));
  }

  private publishedOn(): string | null {
    const { dice, firstDay } = this;
    if (this.wrong()) return dice.pick([null, dateOfDay(firstDay + 1), dateOfDay(firstDay + 1), dice.pick(UNREADABLE)]);
    return dateOfDay(firstDay - dice.pick([0, 0, 1, 100]));
  }

  private delegation(): DelegationFact {
    const { dice } = this;
    return {
      id: this.id('D'),
      documentNo: this.documentNo(),
      delegator: this.delegator(),
      matterCodes: this.wrong(0.5) ? dice.pick([[], OTHER_MATTERS]) : dice.pick([[MATTER], [...OTHER_MATTERS, MATTER]]),
      jurisdictionCode: this.area(),
      validFrom: this.firstDate(),
      validTo: this.lastDate(),
      delegatorPublishedOn: this.publishedOn(),
      delegateePublishedOn: this.publishedOn(),
      suspensions: this.away(),
      revokedFrom: this.effect(),
    };
  }

  private delegations(count: number): DelegationFact[] {
    const { dice } = this;
    const rows: DelegationFact[] = [];
    while (rows.length < count) {
      const first = rows[0];
      // Half of the further ones are twins that differ in one thing only, so that reasons, dates and numbers tie.
      rows.push(first !== undefined && dice.chance(0.5) ? this.twinDelegation(first) : this.delegation());
    }
    return dice.shuffle(rows);
  }

  private twinDelegation(first: DelegationFact): DelegationFact {
    const { dice } = this;
    const twin = { ...first, id: this.id('D'), documentNo: this.documentNo() };
    const other = this.delegation();
    return dice.pick<() => DelegationFact>([
      () => twin,
      () => ({ ...twin, suspensions: this.touching() }),
      () => ({ ...twin, delegateePublishedOn: null }),
      () => ({ ...twin, jurisdictionCode: dice.pick(this.badAreas) }),
      () => ({ ...twin, delegator: other.delegator }),
      () => ({ ...twin, validTo: other.validTo }),
      () => ({ ...twin, validFrom: other.validFrom, revokedFrom: this.from }),
    ])();
  }

  /** A fresh three-digit number; numbers come in no order and those of one world never tie. */
  private number(): number {
    this.numbers = (this.numbers + 283) % 899;
    return 100 + this.numbers;
  }

  private documentNo(): string {
    return `郑委〔2026〕${this.number()}号`;
  }

  // -- members

  private certificate(): CertificateFact {
    const { dice } = this;
    const ended = this.effect();
    return {
      id: this.id('C'),
      number: `4101020${this.number()}`,
      type: this.certificateType(),
      subjectId: this.wrong() ? dice.pick(OTHER_SUBJECTS) : SUBJECT,
      domains: this.wrong() ? dice.pick([[], OTHER_DOMAINS]) : dice.pick([[DOMAIN], [...OTHER_DOMAINS, DOMAIN]]),
      validFrom: this.firstDate(),
      validTo: this.lastDate(),
      suspensions: this.suspensions(this.away()),
      ended: ended === null ? null : { state: dice.pick(ENDED_STATES), from: ended },
      failedReviews: this.away(),
      overdueReviews: this.away(),
    };
  }

  private certificateType(): CertificateType {
    if (this.wrong(0.2)) return unknownCode();
    if (this.wrong()) return 'SUPERVISION';
    return this.dice.chance(0.8) ? 'ENFORCEMENT' : 'MINISTRY';
  }

  private suspensions(periods: InstantPeriod[]): CertificateSuspensionFact[] {
    const { dice, from, to } = this;
    return periods.map((period) => ({ ...period, plannedTo: dice.pick([null, from - 1, from, to, to + DAY]) }));
  }

  private twinCertificate(first: CertificateFact): CertificateFact {
    const { dice, from } = this;
    const twin = { ...first, id: this.id('C'), number: `4101020${this.number()}` };
    const other = this.certificate();
    return dice.pick<() => CertificateFact>([
      () => twin,
      () => ({ ...twin, type: 'SUPERVISION' }),
      () => ({ ...twin, suspensions: this.suspensions(this.touching()) }),
      () => ({ ...twin, ended: { state: dice.pick(ENDED_STATES), from } }),
      () => ({ ...twin, subjectId: dice.pick(OTHER_SUBJECTS) }),
      () => ({ ...twin, domains: OTHER_DOMAINS }),
      () => ({ ...twin, validTo: other.validTo }),
      () => ({ ...twin, validFrom: other.validFrom, validTo: other.validTo, overdueReviews: this.touching() }),
    ])();
  }

  private certificates(): CertificateFact[] {
    const { dice } = this;
    if (this.wrong(0.5)) return dice.chance(0.5) ? [] : [{ ...this.certificate(), type: 'SUPERVISION' }];
    const rows = [this.certificate()];
    const more = dice.pick([0, 0, 1, 2]);
    for (let i = 0; i < more; i += 1) {
      rows.push(dice.chance(0.6) ? this.twinCertificate(rows[0] as CertificateFact) : this.certificate());
    }
    // An unreadable last day only where it cannot decide which of several is the closest.
    if (rows.length === 1 && this.wrong(0.1))
      return [{ ...(rows[0] as CertificateFact), validTo: dice.pick(UNREADABLE) }];
    return dice.shuffle(rows);
  }

  private assignments(): AssignmentFact[] {
    const { dice } = this;
    const at = (subjectId: string, periods: InstantPeriod[], good: boolean): AssignmentFact[] =>
      periods.map((period) => ({
        id: this.id('A'),
        subjectId,
        ...(good
          ? { staffCategory: dice.pick(GOOD_STAFF), onEstablishment: true }
          : dice.pick([
              { staffCategory: dice.pick(BARRED_STAFF), onEstablishment: true },
              { staffCategory: dice.pick(GOOD_STAFF), onEstablishment: false },
              { staffCategory: dice.chance(0.2) ? unknownCode<StaffCategory>() : 'CONTRACT', onEstablishment: false },
            ])),
        ...period,
      }));
    const rows = at(SUBJECT, this.wrong() ? this.notCovering() : this.covering(), !this.wrong(0.5));
    if (dice.chance(0.3)) rows.push(...at(SUBJECT, this.away(2), false));
    if (dice.chance(0.3)) rows.push(...at(dice.pick(OTHER_SUBJECTS), this.covering(), dice.chance(0.5)));
    return dice.shuffle(rows);
  }

  private officer(): OfficerFact {
    const id = this.id('O');
    return {
      id,
      name: `Officer ${id}`,
      assignments: this.assignments(),
      leftFrom: this.effect(),
      offPost: this.away(),
      certificates: this.certificates(),
      hoursLastYear: this.wrong(2) ? this.dice.pick([0, 59, 59.5]) : this.dice.pick([null, 60, 60, 61, 120]),
    };
  }

  private members(officers: Map<string, OfficerFact>): DutyMemberRequest[] {
    const { dice } = this;
    const members: DutyMemberRequest[] = [];
    const named: OfficerFact[] = [];
    const count = dice.pick([1, 2, 2, 2, 3, 3, 4, 5, 6]);
    while (members.length < count) {
      if (this.wrong(0.7)) {
        members.push(dice.pick([byId('NOBODY'), byId('NOBODY2'), byNumber('00000000000')]));
        continue;
      }
      const again = named.length > 0 && this.wrong(1.5) ? dice.pick(named) : undefined;
      const officer = again ?? this.officer();
      const certificate = dice.chance(0.5) ? undefined : officer.certificates[0];
      const member = certificate === undefined ? byId(officer.id) : byNumber(certificate.number);
      // The same officer may come as another object: only the id says who it is.
      officers.set(member.key, again !== undefined && dice.chance(0.5) ? { ...officer } : officer);
      members.push(member);
      named.push(officer);
    }
    if (dice.chance(0.1)) officers.set('id:BYSTANDER', this.officer());
    return members;
  }
}

const byId = (officerId: string): DutyMemberRequest => ({ key: `id:${officerId}`, officerId });
const byNumber = (certificateNo: string): DutyMemberRequest => ({ key: `no:${certificateNo}`, certificateNo });

export const makeWorld = (seed: number, index: number): World => new WorldMaker(diceFor(seed, index)).make();

// ---- how much the worlds cover ----------------------------------------------------------------------------------------

/** Every reason code of the page. */
export const REASON_CODES = [
  'SUBJECT_NOT_CONFIRMED',
  'SUBJECT_SUSPENDED',
  'SUBJECT_ABOLISHED',
  'POWER_MISSING',
  'POWER_EXPIRED_OR_NOT_YET',
  'POWER_AREA',
  'POWER_BASIS_TOO_LOW',
  'DELEGATION_MISSING',
  'DELEGATION_NOT_PUBLISHED',
  'DELEGATION_NOT_YET_EFFECTIVE',
  'DELEGATION_EXPIRED',
  'DELEGATION_SUSPENDED',
  'DELEGATION_REVOKED',
  'DELEGATION_AREA',
  'ACT_NOT_DELEGABLE',
  'LICENSE_NEEDS_ORGAN',
  'DELEGATOR_NOT_CONFIRMED',
  'DELEGATOR_LACKS_POWER',
  'OFFICER_UNKNOWN',
  'DUPLICATE_MEMBER',
  'STAFF_CATEGORY_BARRED',
  'NOT_ASSIGNED_TO_SUBJECT',
  'LEFT_SERVICE',
  'OFF_POST',
  'CERTIFICATE_MISSING',
  'CERTIFICATE_NOT_YET_VALID',
  'CERTIFICATE_EXPIRED',
  'CERTIFICATE_SUSPENDED',
  'CERTIFICATE_LOST',
  'CERTIFICATE_REVOKED',
  'CERTIFICATE_CANCELLED',
  'CERTIFICATE_REPLACED',
  'ANNUAL_REVIEW_FAILED',
  'ANNUAL_REVIEW_OVERDUE',
  'CERTIFICATE_OTHER_SUBJECT',
  'DOMAIN_NOT_COVERED',
  'HOURS_SHORT',
  'TEAM_TOO_SMALL',
  'MEMBER_NOT_CLEARED',
] as const;

/** What a decision says, as far as coverage looks at it. */
export interface Outcome {
  readonly cleared: boolean;
  readonly subjectReasons: readonly string[];
  readonly teamReasons: readonly string[];
  readonly members: readonly { readonly reasons: readonly string[]; readonly warnings: readonly string[] }[];
  readonly via: { readonly kind: string } | null;
}

/** Counts in how many worlds each code occurs, and how many are cleared and by which power. */
export class Coverage {
  worlds = 0;
  readonly counts = new Map<string, number>();

  add(outcome: Outcome): void {
    this.worlds += 1;
    const found = new Set([...outcome.subjectReasons, ...outcome.teamReasons]);
    for (const member of outcome.members) {
      for (const code of member.reasons) found.add(code);
      for (const code of member.warnings) found.add(`warning ${code}`);
    }
    if (outcome.cleared) found.add(`cleared by ${outcome.via?.kind ?? 'nothing'}`).add('cleared');
    for (const what of found) this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  share(what: string): number {
    return this.worlds === 0 ? 0 : (this.counts.get(what) ?? 0) / this.worlds;
  }

  report(): string {
    return [...this.counts.keys()]
      .sort((a, b) => this.share(b) - this.share(a))
      .map((what) => `${(100 * this.share(what)).toFixed(2).padStart(6)} %  ${what}`)
      .join('\n');
  }
}

// ---- showing and shrinking a world ------------------------------------------------------------------------------------

interface PlainWorld {
  readonly facts: Omit<DutyFacts, 'officers'> & { readonly officers: [string, OfficerFact][] };
  readonly request: DutyRequest;
}

const toPlain = ({ facts, request }: World): PlainWorld =>
  structuredClone({ facts: { ...facts, officers: [...facts.officers] }, request });
const fromPlain = ({ facts, request }: PlainWorld): World => ({
  facts: { ...facts, officers: new Map(facts.officers) },
  request,
});

export const showWorld = (world: World): string => JSON.stringify(toPlain(world), null, 1);

/** Removes everything that can go while the world still fails: elements of every list, then values that may be empty. */
export function shrinkWorld(world: World, fails: (world: World) => boolean): World {
  let current = toPlain(world);
  for (let shrunk = true; shrunk;) {
    shrunk = false;
    for (const path of removablePaths(current)) {
      const smaller = structuredClone(current);
      if (remove(smaller, path) && fails(fromPlain(smaller))) {
        current = smaller;
        shrunk = true;
        break;
      }
    }
  }
  return fromPlain(current);
}

type Path = readonly (string | number)[];
const MAY_BE_NULL = ['revokedFrom', 'ended', 'leftFrom', 'hoursLastYear', 'divisionCode', 'plannedTo'];

function removablePaths(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) {
    const tuple = value.length === 2 && typeof value[0] === 'string' && typeof value[1] === 'object';
    return value.flatMap((item, i) => [...(tuple ? [] : [[...path, i]]), ...removablePaths(item, [...path, i])]);
  }
  return Object.entries(value).flatMap(([key, item]) => [
    ...(item !== null && MAY_BE_NULL.includes(key) ? [[...path, key]] : []),
    ...removablePaths(item, [...path, key]),
  ]);
}

function remove(root: unknown, path: Path): boolean {
  let holder = root as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) holder = holder[step] as Record<string | number, unknown>;
  const last = path.at(-1);
  if (last === undefined) return false;
  if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else holder[last] = null;
  return true;
}
