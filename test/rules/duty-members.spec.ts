import { describe, expect, it } from '@jest/globals';
import { decideDuty, minimumOfficers } from '../../src/rules/duty-decision.rules.js';
import {
  ACT_TYPES,
  type ActType,
  type CertificateFact,
  type CertificateType,
  type EndedState,
  type OfficerFact,
  STAFF_CATEGORIES,
  type StaffCategory,
} from '../../src/rules/duty-facts.js';
import {
  aCertificate,
  anAssignment,
  anOfficer,
  at,
  BODY,
  byId,
  byNo,
  codes,
  decide,
  factsOf,
  FROM,
  judge,
  LONG_AGO,
  MOMENT,
  requestOf,
  SETTINGS,
  TO,
  type World,
} from './duty-world.js';

const reasons = (officer: Partial<OfficerFact>, world: World = {}): string[] => codes(judge(officer, world).reasons);
const card = (over: Partial<CertificateFact>, world: World = {}): string[] =>
  reasons({ certificates: [aCertificate(over)] }, world);
const midnight = at('2026-03-11');

describe('the person', () => {
  it.each<[string, Partial<OfficerFact>, string[]]>([
    ['assigned exactly for the span', { assignments: [anAssignment({ from: FROM, to: TO })] }, []],
    [
      'two adjacent assignments',
      { assignments: [anAssignment({ id: 'a-2', from: FROM + 9, to: null }), anAssignment({ to: FROM + 9 })] },
      [],
    ],
    [
      'a gap of a millisecond',
      { assignments: [anAssignment({ to: FROM + 9 }), anAssignment({ from: FROM + 10 })] },
      ['NOT_ASSIGNED_TO_SUBJECT'],
    ],
    ['assigned a millisecond late', { assignments: [anAssignment({ from: FROM + 1 })] }, ['NOT_ASSIGNED_TO_SUBJECT']],
    ['assigned a millisecond too short', { assignments: [anAssignment({ to: TO - 1 })] }, ['NOT_ASSIGNED_TO_SUBJECT']],
    ['assigned elsewhere', { assignments: [anAssignment({ subjectId: 's-2' })] }, ['NOT_ASSIGNED_TO_SUBJECT']],
    ['unreadable assignment', { assignments: [anAssignment({ from: NaN })] }, ['NOT_ASSIGNED_TO_SUBJECT']],
    ['no assignment', { assignments: [] }, ['NOT_ASSIGNED_TO_SUBJECT']],
    ['off establishment', { assignments: [anAssignment({ onEstablishment: false })] }, ['STAFF_CATEGORY_BARRED']],
    [
      'barred for a millisecond of the span',
      { assignments: [anAssignment({ to: FROM + 1, staffCategory: 'CONTRACT' }), anAssignment({ from: FROM + 1 })] },
      ['STAFF_CATEGORY_BARRED'],
    ],
    [
      'barred until the span begins',
      { assignments: [anAssignment({ to: FROM, staffCategory: 'CONTRACT' }), anAssignment({ from: FROM })] },
      [],
    ],
    [
      'barred at another body only',
      { assignments: [anAssignment(), anAssignment({ id: 'a-2', subjectId: 's-2', staffCategory: 'SECONDED' })] },
      [],
    ],
    [
      'unreadable category',
      { assignments: [anAssignment({ staffCategory: 'WIZARD' as StaffCategory })] },
      ['STAFF_CATEGORY_BARRED'],
    ],
    [
      'unreadable time of a barred category',
      { assignments: [anAssignment(), anAssignment({ id: 'a-2', staffCategory: 'CONTRACT', from: NaN })] },
      ['STAFF_CATEGORY_BARRED'],
    ],
    ['left when the span ends', { leftFrom: TO }, []],
    ['left in its last millisecond', { leftFrom: TO - 1 }, ['LEFT_SERVICE']],
    ['left long ago', { leftFrom: LONG_AGO }, ['LEFT_SERVICE']],
    ['left at an unreadable time', { leftFrom: NaN }, ['LEFT_SERVICE']],
    ['off post in its last millisecond', { offPost: [{ from: TO - 1, to: null }] }, ['OFF_POST']],
    ['off post from its end on', { offPost: [{ from: TO, to: null }] }, []],
    ['back when it begins', { offPost: [{ from: LONG_AGO, to: FROM }] }, []],
    ['back a millisecond later', { offPost: [{ from: LONG_AGO, to: FROM + 1 }] }, ['OFF_POST']],
    ['off post at an unreadable time', { offPost: [{ from: FROM, to: NaN }] }, ['OFF_POST']],
  ])('%s', (_name, officer, expected) => {
    expect(reasons(officer)).toEqual(expected);
  });

  it.each(STAFF_CATEGORIES.map((category, i) => [category, i < 3] as const))('%s may act: %s', (staffCategory, may) => {
    expect(reasons({ assignments: [anAssignment({ staffCategory })] })).toEqual(may ? [] : ['STAFF_CATEGORY_BARRED']);
  });

  it('shows every reason at once', () => {
    const certificates = [aCertificate({ validTo: '2025-12-31', subjectId: 's-2', domains: [] })];
    const assignments = [anAssignment({ staffCategory: 'REHIRED', to: TO - 1 })];
    expect(reasons({ assignments, leftFrom: LONG_AGO, offPost: [{ from: LONG_AGO, to: null }], certificates })).toEqual(
      [
        'STAFF_CATEGORY_BARRED',
        'NOT_ASSIGNED_TO_SUBJECT',
        'LEFT_SERVICE',
        'OFF_POST',
        'CERTIFICATE_EXPIRED',
        'CERTIFICATE_OTHER_SUBJECT',
        'DOMAIN_NOT_COVERED',
      ],
    );
  });
});

describe('one certificate', () => {
  it.each<[string, Partial<CertificateFact>, string[]]>([
    ['valid from the day', { validFrom: '2026-03-10' }, []],
    ['valid from the day after', { validFrom: '2026-03-11' }, ['CERTIFICATE_NOT_YET_VALID']],
    ['unreadable begin', { validFrom: '2025-02-29' }, ['CERTIFICATE_NOT_YET_VALID']],
    ['valid to the day', { validTo: '2026-03-10' }, []],
    ['valid to the day before', { validTo: '2026-03-09' }, ['CERTIFICATE_EXPIRED']],
    ['unreadable end', { validTo: '2027-00-01' }, ['CERTIFICATE_EXPIRED']],
    [
      'suspended in the last millisecond',
      { suspensions: [{ from: TO - 1, to: null, plannedTo: null }] },
      ['CERTIFICATE_SUSPENDED'],
    ],
    ['suspended from the end on', { suspensions: [{ from: TO, to: null, plannedTo: null }] }, []],
    ['lifted when the span begins', { suspensions: [{ from: LONG_AGO, to: FROM, plannedTo: null }] }, []],
    [
      'lifted a millisecond later',
      { suspensions: [{ from: LONG_AGO, to: FROM + 1, plannedTo: null }] },
      ['CERTIFICATE_SUSPENDED'],
    ],
    [
      'planned end passed, not lifted',
      { suspensions: [{ from: LONG_AGO, to: null, plannedTo: LONG_AGO + 1 }] },
      ['CERTIFICATE_SUSPENDED'],
    ],
    ['lifted before its planned end', { suspensions: [{ from: LONG_AGO, to: FROM - 9, plannedTo: TO + 9 }] }, []],
    ['unreadable suspension', { suspensions: [{ from: NaN, to: null, plannedTo: null }] }, ['CERTIFICATE_SUSPENDED']],
    [
      'lifted before it began',
      { suspensions: [{ from: FROM, to: LONG_AGO, plannedTo: null }] },
      ['CERTIFICATE_SUSPENDED'],
    ],
    ['issued for another body', { subjectId: 's-2' }, ['CERTIFICATE_OTHER_SUBJECT']],
    ['for another domain', { domains: ['TRANSPORT'] }, ['DOMAIN_NOT_COVERED']],
    ['for two domains', { domains: ['TRANSPORT', 'URBAN_MANAGEMENT'] }, []],
    ['for no domain', { domains: [] }, ['DOMAIN_NOT_COVERED']],
    ['review failed within', { failedReviews: [{ from: FROM + 1, to: FROM + 2 }] }, ['ANNUAL_REVIEW_FAILED']],
    ['review failed until the begin', { failedReviews: [{ from: LONG_AGO, to: FROM }] }, []],
    ['review overdue', { overdueReviews: [{ from: LONG_AGO, to: null }] }, ['ANNUAL_REVIEW_OVERDUE']],
    ['review overdue from the end on', { overdueReviews: [{ from: TO, to: null }] }, []],
    ['of the ministry', { type: 'MINISTRY' }, []],
    ['of supervision', { type: 'SUPERVISION' }, ['CERTIFICATE_MISSING']],
    ['of a type nobody knows', { type: 'BUS_TICKET' as CertificateType }, ['CERTIFICATE_MISSING']],
  ])('%s', (_name, certificate, expected) => {
    expect(card(certificate)).toEqual(expected);
  });

  it.each(['LOST', 'REVOKED', 'CANCELLED', 'REPLACED'] as const)(
    '%s counts from its legal effect on',
    (state: EndedState) => {
      expect(card({ ended: { state, from: TO - 1 } })).toEqual([`CERTIFICATE_${state}`]);
      expect(card({ ended: { state, from: LONG_AGO } })).toEqual([`CERTIFICATE_${state}`]);
      expect(card({ ended: { state, from: TO } })).toEqual([]);
      expect(card({ ended: { state, from: NaN } })).toEqual([`CERTIFICATE_${state}`]);
    },
  );

  it('counts an end of an unknown kind as cancelled', () => {
    expect(card({ ended: { state: 'EATEN' as EndedState, from: LONG_AGO } })).toEqual(['CERTIFICATE_CANCELLED']);
  });

  it('covers a span up to the last millisecond of its last day and none beyond', () => {
    expect(card({ validTo: '2026-03-10' }, { request: { to: midnight } })).toEqual([]);
    expect(card({ validTo: '2026-03-10' }, { request: { to: midnight + 1 } })).toEqual(['CERTIFICATE_EXPIRED']);
  });

  it('begins with the first millisecond of its first day', () => {
    const from = at('2026-03-10');
    expect(card({ validFrom: '2026-03-10' }, { request: { from } })).toEqual([]);
    expect(card({ validFrom: '2026-03-10' }, { request: { from: from - 1 } })).toEqual(['CERTIFICATE_NOT_YET_VALID']);
  });

  it('asks for the review only where it is switched on', () => {
    const failed = { failedReviews: [{ from: LONG_AGO, to: null }], overdueReviews: [{ from: LONG_AGO, to: null }] };
    expect(card(failed)).toEqual(['ANNUAL_REVIEW_FAILED', 'ANNUAL_REVIEW_OVERDUE']);
    expect(card(failed, { settings: { reviewEnabled: false } })).toEqual([]);
  });

  it('covers no domain that cannot be read', () => {
    expect(card({ domains: [''] }, { matter: { domain: '' } })).toEqual(['DOMAIN_NOT_COVERED']);
  });
});

describe('several certificates', () => {
  const chosen = (...certificates: CertificateFact[]) => {
    const { certificateNo, reasons } = judge({ certificates });
    return [certificateNo, ...codes(reasons)];
  };
  const lost = { ended: { state: 'LOST' as const, from: LONG_AGO } };

  it('one sufficient one is enough', () => {
    expect(chosen(aCertificate({ number: 'A', ...lost }), aCertificate({ number: 'B' }))).toEqual(['B']);
  });
  it('two halves do not make a whole', () => {
    const first = aCertificate({ number: 'A', validTo: '2026-03-10' });
    const second = aCertificate({ number: 'B', validFrom: '2026-03-11' });
    const [member] = decide({
      officers: [anOfficer({ certificates: [first, second] })],
      request: { to: midnight + 5 },
    }).members;
    expect(codes(member?.reasons ?? [])).toEqual(['CERTIFICATE_NOT_YET_VALID']);
  });
  it('the closest has the fewest reasons', () => {
    expect(
      chosen(
        aCertificate({ number: 'A', ...lost, subjectId: 's-2', validTo: '2030-01-01' }),
        aCertificate({ number: 'B', ...lost }),
      ),
    ).toEqual(['B', 'CERTIFICATE_LOST']);
  });
  it('then the latest end', () => {
    expect(
      chosen(
        aCertificate({ number: 'A', ...lost }),
        aCertificate({ number: 'B', subjectId: 's-2', validTo: '2029-01-01' }),
      ),
    ).toEqual(['B', 'CERTIFICATE_OTHER_SUBJECT']);
  });
  it('then the smallest number', () => {
    expect(chosen(aCertificate({ number: 'B', ...lost }), aCertificate({ number: 'A', subjectId: 's-2' }))).toEqual([
      'A',
      'CERTIFICATE_OTHER_SUBJECT',
    ]);
  });
  it('of two sufficient ones the latest end is shown, then the smallest number', () => {
    expect(chosen(aCertificate({ number: 'A' }), aCertificate({ number: 'B', validTo: '2029-01-01' }))).toEqual(['B']);
    expect(chosen(aCertificate({ number: 'B' }), aCertificate({ number: 'A' }))).toEqual(['A']);
  });
  it('none is certificate missing', () => {
    expect(chosen()).toEqual([null, 'CERTIFICATE_MISSING']);
  });
});

describe('the list', () => {
  const two = [
    anOfficer(),
    anOfficer({ id: 'o-2', certificates: [aCertificate({ id: 'c-2', number: '16010100002' })] }),
  ];
  const members = (...asked: ReturnType<typeof byId>[]) => decide({ officers: two, request: { members: asked } });

  it('echoes somebody unknown, with no other reason', () => {
    expect(members(byId('o-7'), byNo('999')).members).toEqual([
      expect.objectContaining({ officerId: 'o-7', name: null, certificateNo: null, cleared: false, warnings: [] }),
      expect.objectContaining({ officerId: null, name: null, certificateNo: '999', cleared: false, warnings: [] }),
    ]);
    expect(members(byId('o-7'), byNo('999')).members.map((m) => codes(m.reasons))).toEqual([
      ['OFFICER_UNKNOWN'],
      ['OFFICER_UNKNOWN'],
    ]);
  });

  it('does not take an officer for another one', () => {
    const facts = factsOf({ officers: two });
    const request = requestOf({ officers: two, request: { members: [{ key: 'id:o-1', officerId: 'o-3' }] } });
    expect(codes(decideDuty(facts, request, MOMENT).members[0]?.reasons ?? [])).toEqual(['OFFICER_UNKNOWN']);
  });

  it('knows the same person by id and by certificate number', () => {
    const decision = members(byNo('16010100001'), byId('o-1'), byId('o-2'));
    expect(decision.members.map((m) => codes(m.reasons))).toEqual([[], ['DUPLICATE_MEMBER'], []]);
    expect(decision.members[1]).toMatchObject({ officerId: 'o-1', certificateNo: '16010100001', cleared: false });
    expect(codes(decision.teamReasons)).toEqual(['MEMBER_NOT_CLEARED']);
  });

  it('gives the later place its other reasons as well', () => {
    const left = anOfficer({ leftFrom: LONG_AGO });
    const decision = decide({ officers: [left], request: { members: [byId('o-1'), byId('o-1'), byId('o-1')] } });
    expect(decision.members.map((m) => codes(m.reasons))).toEqual([
      ['LEFT_SERVICE'],
      ['DUPLICATE_MEMBER', 'LEFT_SERVICE'],
      ['DUPLICATE_MEMBER', 'LEFT_SERVICE'],
    ]);
  });

  it('never counts one person twice', () => {
    expect(codes(members(byId('o-1'), byId('o-1')).teamReasons)).toEqual(['TEAM_TOO_SMALL', 'MEMBER_NOT_CLEARED']);
  });

  it('is not cleared when one member is not, however many are', () => {
    const decision = members(byId('o-1'), byId('o-2'), byId('o-7'));
    expect(decision.cleared).toBe(false);
    expect(codes(decision.teamReasons)).toEqual(['MEMBER_NOT_CLEARED']);
  });

  it('clears nobody in an empty list', () => {
    expect(codes(members().teamReasons)).toEqual(['TEAM_TOO_SMALL']);
  });

  it('is not cleared without a span', () => {
    const decision = decide({ request: { from: FROM, to: FROM } });
    expect(decision.cleared).toBe(false);
    expect(decision.members.every((member) => !member.cleared)).toBe(true);
  });
});

describe('the number of officers', () => {
  const NEVER_ALONE: readonly ActType[] = ['PENALTY', 'COERCIVE_MEASURE', 'COERCIVE_EXECUTION', 'INSPECTION'];
  it.each(ACT_TYPES)('for %s', (actType) => {
    expect(minimumOfficers(actType, SETTINGS)).toBe(NEVER_ALONE.includes(actType) ? 2 : 1);
    expect(minimumOfficers(actType, { minimumOfficers: 3 })).toBe(NEVER_ALONE.includes(actType) ? 3 : 1);
  });
  it.each([1, 0, -5])('is never lowered by a setting of %d', (lowered) => {
    expect(minimumOfficers('PENALTY', { minimumOfficers: lowered })).toBe(2);
  });
  it('cannot be met where the setting cannot be read', () => {
    expect(codes(decide({ settings: { minimumOfficers: NaN } }).teamReasons)).toEqual(['TEAM_TOO_SMALL']);
  });
  it('is two where the act type cannot be read', () => {
    expect(minimumOfficers('MAGIC' as ActType, SETTINGS)).toBe(2);
  });
  it('lets one officer pay and no officer punish alone', () => {
    const officers = [anOfficer()];
    expect(decide({ officers, matter: { actType: 'PAYMENT' } }).cleared).toBe(true);
    expect(codes(decide({ officers }).teamReasons)).toEqual(['TEAM_TOO_SMALL']);
  });
});

describe('warnings', () => {
  const warnings = (officer: Partial<OfficerFact>, world: World = {}) => codes(judge(officer, world).warnings);

  it('a certificate that ends within 90 days after the span', () => {
    expect(warnings({ certificates: [aCertificate({ validTo: '2026-06-07' })] })).toEqual(['CERTIFICATE_EXPIRES_SOON']);
    expect(warnings({ certificates: [aCertificate({ validTo: '2026-06-08' })] })).toEqual([]);
    const to = at('2026-03-11');
    expect(warnings({ certificates: [aCertificate({ validTo: '2026-06-08' })] }, { request: { to } })).toEqual([
      'CERTIFICATE_EXPIRES_SOON',
    ]);
    expect(warnings({ certificates: [aCertificate({ validTo: '2026-06-08' })] }, { request: { to: to - 1 } })).toEqual(
      [],
    );
  });
  it('not when a longer one suffices, nor for one that does not', () => {
    const soon = aCertificate({ number: 'A', validTo: '2026-04-01' });
    expect(warnings({ certificates: [soon, aCertificate({ number: 'B' })] })).toEqual([]);
    expect(warnings({ certificates: [{ ...soon, domains: [] }] })).toEqual([]);
  });
  it('training hours below the target', () => {
    expect(warnings({ hoursLastYear: 59.5 })).toEqual(['HOURS_SHORT']);
    expect(judge({ hoursLastYear: 59.5 }).cleared).toBe(true);
    expect(warnings({ hoursLastYear: 60 })).toEqual([]);
    expect(warnings({ hoursLastYear: null })).toEqual([]);
    expect(warnings({ hoursLastYear: NaN })).toEqual(['HOURS_SHORT']);
  });
  it('training hours are a reason where the setting says so', () => {
    const world = { settings: { hoursAreReason: true } };
    expect(reasons({ hoursLastYear: 59.5 }, world)).toEqual(['HOURS_SHORT']);
    expect(warnings({ hoursLastYear: 59.5 }, world)).toEqual([]);
    expect(reasons({ hoursLastYear: 60 }, world)).toEqual([]);
    expect(reasons({ hoursLastYear: null }, world)).toEqual(['HOURS_SHORT']);
  });
  it('a suspension whose planned end passed before the span', () => {
    const suspended = (plannedTo: number | null) => [
      aCertificate({ suspensions: [{ from: LONG_AGO, to: null, plannedTo }] }),
    ];
    expect(warnings({ certificates: suspended(FROM) })).toEqual(['SUSPENSION_PLANNED_END_PASSED']);
    expect(warnings({ certificates: suspended(FROM + 1) })).toEqual([]);
    expect(warnings({ certificates: suspended(null) })).toEqual([]);
  });
  it('name the first planned end that passed, and the domains that the card has', () => {
    const suspensions = [LONG_AGO + 5, LONG_AGO, LONG_AGO + 9].map((plannedTo) => ({
      from: LONG_AGO,
      to: null,
      plannedTo,
    }));
    const member = judge({ certificates: [aCertificate({ suspensions, domains: ['WATER', 'FIRE', 'WATER'] })] });
    expect(member.warnings).toEqual([
      {
        code: 'SUSPENSION_PLANNED_END_PASSED',
        facts: { certificateNo: '16010100001', plannedTo: '2020-01-01T00:00:00+08:00' },
      },
    ]);
    expect(member.reasons.find(({ code }) => code === 'DOMAIN_NOT_COVERED')?.facts).toEqual({
      certificateNo: '16010100001',
      domain: 'URBAN_MANAGEMENT',
      domains: 'FIRE, WATER',
    });
  });
  it('never change the answer', () => {
    const officers = [
      anOfficer({ hoursLastYear: 0, certificates: [aCertificate({ validTo: '2026-03-11' })] }),
      anOfficer({ id: 'o-2', hoursLastYear: 0, certificates: [aCertificate({ number: 'B', validTo: '2026-03-11' })] }),
    ];
    expect(decide({ officers }).cleared).toBe(true);
    expect(decide({ officers }).members.map((m) => codes(m.warnings))).toEqual([
      ['CERTIFICATE_EXPIRES_SOON', 'HOURS_SHORT'],
      ['CERTIFICATE_EXPIRES_SOON', 'HOURS_SHORT'],
    ]);
  });
});

describe('facts that cannot be read', () => {
  const broken = { subjectId: BODY } as never;
  it.each<[string, Partial<OfficerFact>]>([
    ['lists that are missing', { assignments: undefined, offPost: undefined, certificates: undefined }],
    ['an assignment without anything', { assignments: [broken] }],
    ['a certificate without anything', { certificates: [{ type: 'ENFORCEMENT' } as never] }],
    ['a departure without a time', { leftFrom: undefined }],
  ])('%s deny and never throw', (_name, officer) => {
    expect(judge(officer).cleared).toBe(false);
  });
});
