import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decideDuty } from '../../src/rules/duty-decision.rules.js';
import type {
  CertificateFact,
  DelegationFact,
  DutyFacts,
  InstantPeriod,
  OfficerFact,
  SubjectFact,
} from '../../src/rules/duty-facts.js';
import type { DutyDecision } from '../../src/rules/duty-reasons.js';
import {
  aBody,
  aCertificate,
  aDelegation,
  anAssignment,
  anOfficer,
  aPower,
  byId,
  byNo,
  codes,
  decide,
  factsOf,
  FROM,
  LONG_AGO,
  MOMENT,
  requestOf,
  TO,
} from './duty-world.js';

/** Instants around the span, so that every edge is hit often. */
const instant = fc.constantFrom(LONG_AGO, FROM - 1, FROM, FROM + 1, TO - 1, TO, TO + 1);
const period: fc.Arbitrary<InstantPeriod> = fc.record({ from: instant, to: fc.option(instant) });
const date = fc.constantFrom('2020-01-01', '2026-03-09', '2026-03-10', '2026-03-11', '2027-12-31', '2026-02-30');
const rarely = <T>(usual: T, other: fc.Arbitrary<T>) =>
  fc.oneof({ arbitrary: fc.constant(usual), weight: 9 }, { arbitrary: other, weight: 1 });
const list = <T>(item: fc.Arbitrary<T>) => rarely<T[]>([], fc.array(item, { maxLength: 2 }));

const certificate: fc.Arbitrary<CertificateFact> = fc
  .record({
    id: fc.uuid(),
    number: fc.constantFrom('A', 'B', 'C'),
    type: fc.constantFrom('ENFORCEMENT', 'MINISTRY', 'SUPERVISION'),
    subjectId: rarely('s-1', fc.constant('s-2')),
    validFrom: rarely('2020-01-01', date),
    validTo: rarely('2027-12-31', date),
    suspensions: list(fc.record({ from: instant, to: fc.option(instant), plannedTo: fc.option(instant) })),
    ended: rarely<CertificateFact['ended']>(
      null,
      fc.record({ state: fc.constantFrom('LOST', 'REVOKED'), from: instant }),
    ),
    failedReviews: list(period),
  })
  .map((over) => aCertificate(over));

const officer: fc.Arbitrary<OfficerFact> = fc
  .record({
    assignments: rarely(
      [anAssignment()],
      fc.array(
        fc
          .record({
            id: fc.uuid(),
            staffCategory: fc.constantFrom('CIVIL_SERVANT', 'CONTRACT'),
            from: instant,
            to: fc.option(instant),
          })
          .map((over) => anAssignment(over)),
        { maxLength: 3 },
      ),
    ),
    leftFrom: rarely<number | null>(null, instant),
    offPost: list(period),
    certificates: fc.array(certificate, { minLength: 1, maxLength: 3 }),
    hoursLastYear: fc.option(fc.integer({ min: 40, max: 80 })),
  })
  .map((over) => anOfficer(over));

const body: fc.Arbitrary<SubjectFact> = fc
  .record({
    kind: rarely<SubjectFact['kind']>('ADMIN_ORGAN', fc.constantFrom('AUTHORIZED_ORG', 'DELEGATED_ORG')),
    statusPeriods: rarely(
      aBody().statusPeriods,
      fc.array(
        fc.record({
          id: fc.uuid(),
          status: fc.constantFrom('CONFIRMED', 'SUSPENDED', 'ABOLISHED'),
          from: instant,
          to: fc.option(instant),
        }),
        {
          maxLength: 3,
        },
      ),
    ),
    powers: fc.array(
      fc
        .record({
          id: fc.uuid(),
          jurisdictionCode: rarely('410100', fc.constant('650100')),
          validTo: rarely<string | null>(null, date),
          basisRank: fc.constantFrom('LAW', 'LOCAL_REGULATION'),
        })
        .map((over) => aPower(over)),
      { maxLength: 2 },
    ),
  })
  .map((over) => aBody(over));

const delegation: fc.Arbitrary<DelegationFact> = fc
  .record({
    id: fc.uuid(),
    documentNo: fc.constantFrom('A', 'B'),
    validTo: rarely('2027-12-31', date),
    suspensions: list(period),
    revokedFrom: rarely<number | null>(null, instant),
    delegateePublishedOn: rarely<string | null>('2026-01-05', fc.option(date)),
  })
  .map((over) => aDelegation(over));

const facts: fc.Arbitrary<DutyFacts> = fc
  .record({
    subject: body,
    delegations: fc.array(delegation, { maxLength: 2 }),
    officers: fc.array(officer, { minLength: 1, maxLength: 4 }),
    actType: rarely('PENALTY', fc.constantFrom('COERCIVE_MEASURE', 'LICENSE', 'PAYMENT')),
  })
  .map(({ subject, delegations, officers, actType }) =>
    factsOf({
      subject,
      delegations,
      officers: officers.map((each, i) => ({ ...each, id: `o-${i}` })),
      matter: { actType: actType as 'PENALTY' },
    }),
  );

const everybody = ({ officers }: DutyFacts) =>
  [...officers.keys()].filter((key) => key.startsWith('id:')).map((key) => byId(key.slice(3)));
const answer = (known: DutyFacts, members = everybody(known)): DutyDecision =>
  decideDuty(known, requestOf({ request: { members } }), MOMENT);
const mapOfficers = (known: DutyFacts, change: (officer: OfficerFact) => OfficerFact): DutyFacts => ({
  ...known,
  officers: new Map([...known.officers].map(([key, each]) => [key, change(each)])),
});

describe('over many worlds', () => {
  const defect = { from: LONG_AGO, to: null };
  const defects: readonly [string, (known: DutyFacts) => DutyFacts][] = [
    ['an off-post order', (known) => mapOfficers(known, (o) => ({ ...o, offPost: [...o.offPost, defect] }))],
    ['leaving', (known) => mapOfficers(known, (o) => ({ ...o, leftFrom: FROM }))],
    [
      'a suspension of every card',
      (known) =>
        mapOfficers(known, (o) => ({
          ...o,
          certificates: o.certificates.map((c) => ({
            ...c,
            suspensions: [...c.suspensions, { ...defect, plannedTo: null }],
          })),
        })),
    ],
    ['a card less', (known) => mapOfficers(known, (o) => ({ ...o, certificates: o.certificates.slice(1) }))],
    [
      'sound assignments gone',
      (known) =>
        mapOfficers(known, (o) => ({ ...o, assignments: o.assignments.filter((a) => a.staffCategory === 'CONTRACT') })),
    ],
    [
      'a suspended body',
      (known) => ({
        ...known,
        subject: {
          ...known.subject,
          statusPeriods: [...known.subject.statusPeriods, { ...defect, id: 'x', status: 'SUSPENDED' }],
        },
      }),
    ],
    ['a power less', (known) => ({ ...known, subject: { ...known.subject, powers: known.subject.powers.slice(1) } })],
    ['a delegation less', (known) => ({ ...known, delegations: known.delegations.slice(1) })],
    [
      'revoked delegations',
      (known) => ({ ...known, delegations: known.delegations.map((d) => ({ ...d, revokedFrom: FROM })) }),
    ],
    ['a higher number of officers', (known) => ({ ...known, settings: { ...known.settings, minimumOfficers: 3 } })],
  ];

  it.each(defects)('%s never turns a no into a yes', (_name, spoil) => {
    fc.assert(
      fc.property(facts, (known) => {
        const before = answer(known);
        const after = answer(spoil(known));
        expect(after.cleared && !before.cleared).toBe(false);
        after.members.forEach((member, i) => expect(member.cleared && before.members[i]?.cleared !== true).toBe(false));
      }),
      { numRuns: 150 },
    );
  });

  it('some worlds are cleared and some are not, or the properties would say nothing', () => {
    const sample = fc.sample(facts, { numRuns: 300, seed: 7 }).map((known) => answer(known).cleared);
    expect(sample.filter(Boolean).length).toBeGreaterThan(30);
    expect(sample.filter((cleared) => !cleared).length).toBeGreaterThan(30);
  });

  it('order and repetition of facts change nothing', () => {
    const turn = <T>(items: readonly T[]): T[] => [...items, ...items].reverse();
    fc.assert(
      fc.property(facts, (known) => {
        const turned: DutyFacts = {
          ...mapOfficers(known, (o) => ({
            ...o,
            assignments: turn(o.assignments),
            offPost: turn(o.offPost),
            certificates: turn(o.certificates).map((c) => ({
              ...c,
              suspensions: turn(c.suspensions),
              failedReviews: turn(c.failedReviews),
            })),
          })),
          subject: {
            ...known.subject,
            statusPeriods: turn(known.subject.statusPeriods),
            powers: turn(known.subject.powers),
          },
          delegations: turn(known.delegations).map((d) => ({ ...d, suspensions: turn(d.suspensions) })),
        };
        expect(answer(turned)).toEqual(answer(known));
      }),
      { numRuns: 300 },
    );
  });

  it('a shorter span within a cleared one is cleared', () => {
    fc.assert(
      fc.property(facts, fc.integer({ min: FROM, max: TO - 1 }), (known, from) => {
        const members = everybody(known);
        const whole = decideDuty(known, requestOf({ request: { members } }), MOMENT);
        const part = decideDuty(known, requestOf({ request: { members, from, to: from + 1 } }), MOMENT);
        // Publication is judged on the span's first day, which is the same day here.
        expect(whole.cleared && !part.cleared).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('a list gives the same reasons as single requests', () => {
    fc.assert(
      fc.property(facts, (known) => {
        const members = everybody(known);
        const asked = [...members, ...members];
        answer(known, asked).members.forEach((member, i) => {
          const [single] = answer(known, asked.slice(i, i + 1)).members;
          expect(codes(member.reasons).filter((code) => code !== 'DUPLICATE_MEMBER')).toEqual(
            codes(single?.reasons ?? []),
          );
          expect(member.warnings).toEqual(single?.warnings);
        });
      }),
      { numRuns: 200 },
    );
  });
});

describe('a thousand members', () => {
  const officers = Array.from({ length: 1000 }, (_, i) =>
    anOfficer({
      id: `o-${i}`,
      leftFrom: i % 7 === 0 ? LONG_AGO : null,
      certificates: [
        aCertificate({ id: `c-${i}`, number: `1601010${i}`, validTo: i % 5 === 0 ? '2025-12-31' : '2028-12-31' }),
      ],
    }),
  );
  const known = factsOf({ officers });
  const members = officers.map((each, i) => (i % 2 === 0 ? byId(each.id) : byNo(`1601010${i}`)));

  it('in one request equal a thousand requests', () => {
    const bulk = answer(known, members).members;
    expect(bulk).toHaveLength(1000);
    expect(bulk).toEqual(members.flatMap((member) => answer(known, [member]).members));
  });

  it('are judged in well under 20 ms', () => {
    const request = requestOf({ request: { members } });
    const times = Array.from({ length: 30 }, () => {
      // Time of the processor, not of the wall: other work on the machine does not count.
      const begin = process.cpuUsage();
      decideDuty(known, request, MOMENT);
      const { user, system } = process.cpuUsage(begin);
      return (user + system) / 1000;
    });
    expect(Math.min(...times)).toBeLessThan(20);
  });

  it('are all cleared when all are sound', () => {
    const sound = officers.map((each) => anOfficer({ ...each, leftFrom: null, certificates: [aCertificate()] }));
    expect(decide({ officers: sound })).toMatchObject({ cleared: true, teamReasons: [] });
  });
});
