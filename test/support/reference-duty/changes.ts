import type {
  CertificateFact,
  DelegationFact,
  DutyFacts,
  DutyRequest,
  InstantPeriod,
  OfficerFact,
  SubjectFact,
} from '../../../src/rules/duty-facts.js';
import type { Dice, World } from './worlds.js';

/** Ways of changing a world: to its worse, to the same in another order, or to what a faulty product would have seen. */

const DAY = 86_400_000;

export const withRequest = (world: World, change: Partial<DutyRequest>): World => ({
  facts: world.facts,
  request: { ...world.request, ...change },
});

export const withFacts = (world: World, change: Partial<DutyFacts>): World => ({
  facts: { ...world.facts, ...change },
  request: world.request,
});

export const eachOfficer = (world: World, change: (officer: OfficerFact) => OfficerFact): World =>
  withFacts(world, { officers: new Map([...world.facts.officers].map(([key, officer]) => [key, change(officer)])) });

export const eachCertificate = (world: World, change: (certificate: CertificateFact) => CertificateFact): World =>
  eachOfficer(world, (officer) => ({ ...officer, certificates: officer.certificates.map(change) }));

export const eachDelegation = (world: World, change: (delegation: DelegationFact) => DelegationFact): World =>
  withFacts(world, { delegations: world.facts.delegations.map(change) });

/** The same change to the body and to every delegator. */
export const eachSubject = (world: World, change: (subject: SubjectFact) => SubjectFact): World =>
  eachDelegation(withFacts(world, { subject: change(world.facts.subject) }), (delegation) => ({
    ...delegation,
    delegator: change(delegation.delegator),
  }));

// ---- changes that can only make a clearance less likely ---------------------------------------------------------------

export const WORSE: Readonly<Record<string, (world: World, dice: Dice) => World>> = {
  'a certificate is suspended': (world, dice) => {
    const id = someCertificate(world, dice);
    const suspension = { ...somePeriod(world, dice), plannedTo: null };
    return eachCertificate(world, (certificate) =>
      certificate.id === id ? { ...certificate, suspensions: [...certificate.suspensions, suspension] } : certificate,
    );
  },
  'a certificate is removed': (world, dice) => {
    const id = someCertificate(world, dice);
    return eachOfficer(world, (officer) => ({
      ...officer,
      certificates: officer.certificates.filter((certificate) => certificate.id !== id),
    }));
  },
  'the span is longer': (world, dice) =>
    withRequest(world, {
      from: world.request.from - dice.pick([0, 1, DAY, 400 * DAY]),
      to: world.request.to + dice.pick([0, 1, DAY, 400 * DAY]),
    }),
  'a delegation is suspended': (world, dice) => {
    const id = world.facts.delegations.length === 0 ? null : dice.pick(world.facts.delegations).id;
    const suspension = somePeriod(world, dice);
    return eachDelegation(world, (delegation) =>
      delegation.id === id ? { ...delegation, suspensions: [...delegation.suspensions, suspension] } : delegation,
    );
  },
  'the body is suspended': (world, dice) => {
    const { subject } = world.facts;
    const suspended = { id: 'MORE', status: 'SUSPENDED' as const, ...somePeriod(world, dice) };
    return withFacts(world, { subject: { ...subject, statusPeriods: [...subject.statusPeriods, suspended] } });
  },
};

function someCertificate(world: World, dice: Dice): string | null {
  const certificates = [...world.facts.officers.values()].flatMap((officer) => officer.certificates);
  return certificates.length === 0 ? null : dice.pick(certificates).id;
}

function somePeriod({ request: { from, to } }: World, dice: Dice): InstantPeriod {
  return dice.pick([
    { from, to: from + 1 },
    { from: to - 1, to: null },
    { from: from - DAY, to: from },
    { from: to, to: null },
    { from: from - DAY, to: to + DAY },
  ]);
}

// ---- the same facts in another order ----------------------------------------------------------------------------------

export function shuffled(world: World, dice: Dice): World {
  const subject = (fact: SubjectFact): SubjectFact => ({
    ...fact,
    statusPeriods: dice.shuffle(fact.statusPeriods),
    powers: dice.shuffle(fact.powers),
  });
  const delegation = (fact: DelegationFact): DelegationFact => ({
    ...fact,
    delegator: subject(fact.delegator),
    matterCodes: dice.shuffle(fact.matterCodes),
    suspensions: dice.shuffle(fact.suspensions),
  });
  const certificate = (fact: CertificateFact): CertificateFact => ({
    ...fact,
    domains: dice.shuffle(fact.domains),
    suspensions: dice.shuffle(fact.suspensions),
    failedReviews: dice.shuffle(fact.failedReviews),
    overdueReviews: dice.shuffle(fact.overdueReviews),
  });
  const officer = (fact: OfficerFact): OfficerFact => ({
    ...fact,
    assignments: dice.shuffle(fact.assignments),
    offPost: dice.shuffle(fact.offPost),
    certificates: dice.shuffle(fact.certificates).map(certificate),
  });
  return withFacts(world, {
    subject: subject(world.facts.subject),
    delegations: dice.shuffle(world.facts.delegations).map(delegation),
    officers: new Map(dice.shuffle([...world.facts.officers]).map(([key, fact]) => [key, officer(fact)])),
  });
}

// ---- what a faulty product would have seen ----------------------------------------------------------------------------

const longest = <Period extends InstantPeriod>(periods: readonly Period[]): Period[] =>
  [...periods].sort((a, b) => (b.to ?? Infinity) - b.from - ((a.to ?? Infinity) - a.from)).slice(0, 1);
const oneMore = <Period extends InstantPeriod>(period: Period): Period => ({
  ...period,
  to: period.to === null ? null : period.to + 1,
});
const nextDay = (date: string | null): string | null => {
  const at = date === null ? NaN : Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(at) ? date : new Date(at + DAY).toISOString().slice(0, 10);
};

/** Each one is a mistake somebody could make; the comparison is worth something only if it finds every one of them. */
export const MISTAKES: Readonly<Record<string, (world: World) => World>> = {
  'the end of the span counts as part of it': (world) => withRequest(world, { to: world.request.to + 1 }),
  'the last instant of the span is forgotten': (world) =>
    withRequest(world, { to: Math.max(world.request.from + 1, world.request.to - 1) }),
  'the span begins one millisecond late': (world) =>
    withRequest(world, { from: Math.min(world.request.from + 1, world.request.to - 1) }),
  'only the first instant is looked at': (world) => withRequest(world, { to: world.request.from + 1 }),
  'days are counted in UTC': (world) =>
    withRequest(world, { from: world.request.from - DAY / 3, to: world.request.to - DAY / 3 }),
  'the area is not looked at': (world) => withRequest(world, { divisionCode: null }),
  'a suspension ends at its planned end': (world) =>
    eachCertificate(world, (certificate) => ({
      ...certificate,
      suspensions: certificate.suspensions.map((one) => ({ ...one, to: one.to ?? one.plannedTo })),
    })),
  'a suspension of a certificate lasts one millisecond too long': (world) =>
    eachCertificate(world, (certificate) => ({ ...certificate, suspensions: certificate.suspensions.map(oneMore) })),
  'adjacent assignments do not cover together': (world) =>
    eachOfficer(world, (officer) => ({ ...officer, assignments: longest(officer.assignments) })),
  'adjacent periods of a body do not cover together': (world) =>
    eachSubject(world, (subject) => ({ ...subject, statusPeriods: longest(subject.statusPeriods) })),
  'the last day of a certificate does not count': (world) =>
    eachCertificate(world, (certificate) => ({ ...certificate, validFrom: nextDay(certificate.validFrom) ?? '' })),
  'a certificate is good one day longer': (world) =>
    eachCertificate(world, (certificate) => ({ ...certificate, validTo: nextDay(certificate.validTo) ?? '' })),
  'a supervision certificate counts': (world) =>
    eachCertificate(world, (certificate) => ({ ...certificate, type: 'ENFORCEMENT' })),
  'a ministry certificate does not count': (world) =>
    eachOfficer(world, (officer) => ({
      ...officer,
      certificates: officer.certificates.filter((certificate) => certificate.type !== 'MINISTRY'),
    })),
  'a final state with effect exactly at the end counts': (world) =>
    eachCertificate(world, ({ ended, ...certificate }) => ({
      ...certificate,
      ended: ended === null ? null : { ...ended, from: ended.from - 1 },
    })),
  'only the first certificate is looked at': (world) =>
    eachOfficer(world, (officer) => ({ ...officer, certificates: officer.certificates.slice(0, 1) })),
  'the yearly review is not looked at': (world) =>
    withFacts(world, { settings: { ...world.facts.settings, reviewEnabled: false } }),
  'leaving is not looked at': (world) => eachOfficer(world, (officer) => ({ ...officer, leftFrom: null })),
  'being off post is not looked at': (world) => eachOfficer(world, (officer) => ({ ...officer, offPost: [] })),
  'staff not on the establishment count': (world) =>
    eachOfficer(world, (officer) => ({
      ...officer,
      assignments: officer.assignments.map((one) => ({ ...one, onEstablishment: true })),
    })),
  'a delegation counts from publication by one side': (world) =>
    eachDelegation(world, (one) => ({ ...one, delegateePublishedOn: one.delegatorPublishedOn })),
  'publication on the first day is too late': (world) =>
    eachDelegation(world, (one) => ({ ...one, delegatorPublishedOn: nextDay(one.delegatorPublishedOn) })),
  'a revocation of a delegation is not looked at': (world) =>
    eachDelegation(world, (one) => ({ ...one, revokedFrom: null })),
  'the delegator is not looked at': (world) =>
    eachDelegation(world, (one) => ({
      ...one,
      delegator: { ...one.delegator, statusPeriods: [{ id: 'X', status: 'CONFIRMED', from: 0, to: null }] },
    })),
  'a power that the delegator has by delegation counts': (world) =>
    eachDelegation(world, (one) => ({ ...one, delegator: { ...one.delegator, kind: 'ADMIN_ORGAN' } })),
  'the rank of the basis is not looked at': (world) =>
    eachSubject(world, (subject) => ({
      ...subject,
      powers: subject.powers.map((power) => ({ ...power, basisRank: 'LAW' })),
    })),
  'the setting lowers the number of officers': (world) =>
    world.facts.settings.minimumOfficers === 1
      ? withFacts(world, { matter: { ...world.facts.matter, actType: 'CHARGE' } })
      : world,
  'an unknown member is left out': (world) =>
    withRequest(world, { members: world.request.members.filter((one) => world.facts.officers.has(one.key)) }),
};

// ---- values that nobody can read --------------------------------------------------------------------------------------

const unknownCode = <T>(): T => 'UNKNOWN_CODE' as unknown as T;
const sinceUnknown: InstantPeriod = { from: NaN, to: null };
const untilUnknown: InstantPeriod = { from: 0, to: NaN };

type Poison = (world: World) => World | null;

const eachPowerRow = (world: World, change: Partial<SubjectFact['powers'][number]>): World =>
  eachSubject(world, (subject) => ({ ...subject, powers: subject.powers.map((power) => ({ ...power, ...change })) }));
const certificatesWith = (change: Partial<CertificateFact>): Poison => {
  return (world) => eachCertificate(world, (certificate) => ({ ...certificate, ...change }));
};
/** For the worlds in which the answer rests on a delegation; the body's own power rows are taken away. */
const delegationsWith = (change: Partial<DelegationFact>): Poison => {
  return (world) =>
    eachDelegation(withFacts(world, { subject: { ...world.facts.subject, powers: [] } }), (delegation) => ({
      ...delegation,
      ...change,
    }));
};
const officersWith = (change: Partial<OfficerFact>): Poison => {
  return (world) => eachOfficer(world, (officer) => ({ ...officer, ...change }));
};
const assignmentsWith = (change: Partial<OfficerFact['assignments'][number]>): Poison => {
  return (world) =>
    eachOfficer(world, (officer) => ({
      ...officer,
      assignments: officer.assignments.map((one) => ({ ...one, ...change })),
    }));
};
const settingsWith = (change: Partial<DutyFacts['settings']>): Poison => {
  return (world) => withFacts(world, { settings: { ...world.facts.settings, ...change } });
};
const oneMoreStatus = (period: Partial<SubjectFact['statusPeriods'][number]>): Poison => {
  return (world) => {
    const { subject } = world.facts;
    const more = { id: 'MORE', status: 'SUSPENDED' as const, from: 0, to: null, ...period };
    return withFacts(world, { subject: { ...subject, statusPeriods: [...subject.statusPeriods, more] } });
  };
};
const TWO_OFFICER_ACTS = ['PENALTY', 'COERCIVE_MEASURE', 'COERCIVE_EXECUTION', 'INSPECTION'];

/** Each puts an unreadable value where the clearance rests on it (null: this world does not rest on it). None may clear. */
export const POISONS: Readonly<Record<string, Poison>> = {
  'the kind of the body': (world) => withFacts(world, { subject: { ...world.facts.subject, kind: unknownCode() } }),
  'the act type': (world) => withFacts(world, { matter: { ...world.facts.matter, actType: unknownCode() } }),
  'the status of a period of the body': oneMoreStatus({ status: unknownCode() }),
  'the begin of a suspension of the body': oneMoreStatus(sinceUnknown),
  'the end of a suspension of the body': oneMoreStatus(untilUnknown),
  'the first day of the powers': (world) =>
    delegationsWith({ validFrom: '2026-02-30' })(eachPowerRow(world, { validFrom: '' })),
  'the last day of the powers': (world) => eachPowerRow(world, { validTo: '9999-99-99' }),
  'the rank of the powers': (world) => eachPowerRow(world, { basisRank: unknownCode() }),
  'the area of the powers': (world) =>
    world.request.divisionCode === null ? null : eachPowerRow(world, { jurisdictionCode: '' }),
  'the area of the delegations': (world) =>
    world.request.divisionCode === null ? null : delegationsWith({ jurisdictionCode: '' })(world),
  'the first day of the delegations': delegationsWith({ validFrom: '2020-13-01' }),
  'the last day of the delegations': delegationsWith({ validTo: '9999-12-32' }),
  'the publication of the delegations': delegationsWith({ delegatorPublishedOn: '2000-00-00' }),
  'the begin of a suspension of the delegations': delegationsWith({ suspensions: [sinceUnknown] }),
  'the end of a suspension of the delegations': delegationsWith({ suspensions: [untilUnknown] }),
  'the revocation of the delegations': delegationsWith({ revokedFrom: NaN }),
  'the staff category': assignmentsWith({ staffCategory: unknownCode() }),
  'the begin of the assignments': assignmentsWith({ from: NaN }),
  'the end of the assignments': assignmentsWith({ to: NaN }),
  'the begin of an off-post order': officersWith({ offPost: [sinceUnknown] }),
  'the end of an off-post order': officersWith({ offPost: [untilUnknown] }),
  'the day of leaving': officersWith({ leftFrom: NaN }),
  'the type of the certificates': certificatesWith({ type: unknownCode() }),
  'the first day of the certificates': certificatesWith({ validFrom: '2026-02-30' }),
  'the last day of the certificates': certificatesWith({ validTo: '9999-12-32' }),
  'the begin of a suspension of the certificates': certificatesWith({
    suspensions: [{ ...sinceUnknown, plannedTo: null }],
  }),
  'the end of a suspension of the certificates': certificatesWith({
    suspensions: [{ ...untilUnknown, plannedTo: null }],
  }),
  'the instant of the final state': certificatesWith({ ended: { state: 'REVOKED', from: NaN } }),
  'the final state': certificatesWith({ ended: { state: unknownCode(), from: 0 } }),
  'the begin of a failed review': (world) =>
    world.facts.settings.reviewEnabled ? certificatesWith({ failedReviews: [sinceUnknown] })(world) : null,
  'the end of an overdue review': (world) =>
    world.facts.settings.reviewEnabled ? certificatesWith({ overdueReviews: [untilUnknown] })(world) : null,
  'the hours, where they are a condition': (world) =>
    settingsWith({ hoursAreReason: true })(eachOfficer(world, (officer) => ({ ...officer, hoursLastYear: NaN }))),
  'the target of hours, where it is a condition': settingsWith({ hoursAreReason: true, annualHours: NaN }),
  'the number of officers': (world) =>
    TWO_OFFICER_ACTS.includes(world.facts.matter.actType) ? settingsWith({ minimumOfficers: NaN })(world) : null,
  'the begin of the span': (world) => withRequest(world, { from: NaN }),
  'the end of the span': (world) => withRequest(world, { to: NaN }),
  'the span, which is empty': (world) => withRequest(world, { to: world.request.from }),
  'the span, which ends before it begins': (world) => withRequest(world, { to: world.request.from - DAY }),
  'the matter, which is another': (world) => withRequest(world, { matterCode: 'M-9999' }),
  'the body, which is another': (world) => withRequest(world, { subjectId: 'S9999' }),
};
