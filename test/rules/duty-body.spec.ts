import { describe, expect, it } from '@jest/globals';
import type { ActType, BasisRank, SubjectKind, SubjectStatus } from '../../src/rules/duty-facts.js';
import { RULES_VERSION } from '../../src/rules/duty-decision.rules.js';
import {
  aBody,
  aDelegatee,
  aDelegation,
  aPower,
  at,
  bodyCodes,
  codes,
  decide,
  DELEGATOR,
  FROM,
  LONG_AGO,
  MOMENT,
  TO,
} from './duty-world.js';

const period = (status: SubjectStatus, from: number, to: number | null) => ({
  id: `${status}-${from}`,
  status,
  from,
  to,
});
const withStatus = (...statusPeriods: ReturnType<typeof period>[]) => ({ subject: aBody({ statusPeriods }) });

describe('a sound request', () => {
  it('is cleared by own power and says by which', () => {
    expect(decide()).toMatchObject({
      cleared: true,
      subjectReasons: [],
      teamReasons: [],
      via: { kind: 'OWN_POWER', id: 'p-1' },
      rulesVersion: RULES_VERSION,
      ...MOMENT,
    });
  });
  it('names every cleared member with its certificate', () => {
    expect(decide().members).toEqual([
      { officerId: 'o-1', name: '张三', certificateNo: '16010100001', cleared: true, reasons: [], warnings: [] },
      { officerId: 'o-2', name: '李四', certificateNo: '16010100002', cleared: true, reasons: [], warnings: [] },
    ]);
  });
});

describe('the body', () => {
  it.each([
    ['confirmed exactly for the span', [period('CONFIRMED', FROM, TO)], []],
    [
      'two adjacent confirmations',
      [period('CONFIRMED', FROM + 1000, TO), period('CONFIRMED', LONG_AGO, FROM + 1000)],
      [],
    ],
    [
      'a gap of one millisecond',
      [period('CONFIRMED', LONG_AGO, FROM + 1000), period('CONFIRMED', FROM + 1001, null)],
      ['SUBJECT_NOT_CONFIRMED'],
    ],
    ['confirmed a millisecond too late', [period('CONFIRMED', FROM + 1, null)], ['SUBJECT_NOT_CONFIRMED']],
    ['confirmed a millisecond too short', [period('CONFIRMED', LONG_AGO, TO - 1)], ['SUBJECT_NOT_CONFIRMED']],
    ['no status at all', [], ['SUBJECT_NOT_CONFIRMED']],
    [
      'suspended in the last millisecond',
      [period('CONFIRMED', LONG_AGO, TO - 1), period('SUSPENDED', TO - 1, null)],
      ['SUBJECT_SUSPENDED'],
    ],
    ['suspended from the end of the span on', [period('CONFIRMED', LONG_AGO, TO), period('SUSPENDED', TO, null)], []],
    [
      'suspension that ended when the span begins',
      [period('SUSPENDED', LONG_AGO, FROM), period('CONFIRMED', FROM, null)],
      [],
    ],
    [
      'suspension in the first millisecond',
      [period('SUSPENDED', LONG_AGO, FROM + 1), period('CONFIRMED', FROM + 1, null)],
      ['SUBJECT_SUSPENDED'],
    ],
    [
      'suspended although a confirmation overlaps',
      [period('CONFIRMED', LONG_AGO, null), period('SUSPENDED', FROM, TO)],
      ['SUBJECT_SUSPENDED'],
    ],
    [
      'abolished during the span',
      [period('CONFIRMED', LONG_AGO, FROM + 5), period('ABOLISHED', FROM + 5, null)],
      ['SUBJECT_ABOLISHED'],
    ],
    [
      'suspended, then abolished',
      [period('SUSPENDED', LONG_AGO, FROM + 5), period('ABOLISHED', FROM + 5, null)],
      ['SUBJECT_SUSPENDED', 'SUBJECT_ABOLISHED'],
    ],
    ['suspension of no length', [period('CONFIRMED', LONG_AGO, null), period('SUSPENDED', FROM + 5, FROM + 5)], []],
  ])('%s', (_name, statusPeriods, expected) => {
    expect(bodyCodes(withStatus(...statusPeriods))).toEqual(expected);
  });

  it.each([
    ['unknown status', { ...period('CONFIRMED', LONG_AGO, null), status: 'MERGED' as SubjectStatus }],
    ['unreadable begin', period('CONFIRMED', NaN, null)],
    ['end before begin', period('CONFIRMED', TO + 5, FROM)],
  ])('is not confirmed by a period with %s', (_name, broken) => {
    expect(bodyCodes(withStatus(broken))).toEqual(['SUBJECT_NOT_CONFIRMED']);
  });

  it('counts an unreadable suspension as one', () => {
    const broken = period('SUSPENDED', NaN, null);
    expect(bodyCodes(withStatus(period('CONFIRMED', LONG_AGO, null), broken))).toEqual(['SUBJECT_SUSPENDED']);
  });

  it('counts a status that it does not know as a restriction', () => {
    const unknown = { ...period('SUSPENDED', FROM, TO), status: 'MERGED' as SubjectStatus };
    expect(bodyCodes(withStatus(period('CONFIRMED', LONG_AGO, null), unknown))).toEqual(['SUBJECT_NOT_CONFIRMED']);
  });

  it('is not the one asked for when the facts are of another body', () => {
    expect(codes(decide({ subject: aBody({ id: 's-2' }) }).subjectReasons)).toContain('SUBJECT_NOT_CONFIRMED');
  });
});

describe('own power', () => {
  const power = (over: Parameters<typeof aPower>[0], kind: SubjectKind = 'ADMIN_ORGAN', actType: ActType = 'PENALTY') =>
    bodyCodes({ subject: aBody({ kind, powers: [aPower(over)] }), matter: { actType } });

  it.each([
    ['begins on the day', { validFrom: '2026-03-10' }, []],
    ['begins the day after', { validFrom: '2026-03-11' }, ['POWER_EXPIRED_OR_NOT_YET']],
    ['ends with the day, inclusive', { validTo: '2026-03-10' }, []],
    ['ended the day before', { validTo: '2026-03-09' }, ['POWER_EXPIRED_OR_NOT_YET']],
    ['unreadable begin', { validFrom: '2026-02-30' }, ['POWER_EXPIRED_OR_NOT_YET']],
    ['unreadable end', { validTo: '2026-13-01' }, ['POWER_EXPIRED_OR_NOT_YET']],
    ['another area', { jurisdictionCode: '410103' }, ['POWER_AREA']],
    ['the province', { jurisdictionCode: '410000' }, []],
    ['another matter', { matterCode: 'SG-002' }, ['POWER_MISSING']],
    ['unreadable rank', { basisRank: 'HEARSAY' as BasisRank }, ['POWER_BASIS_TOO_LOW']],
  ])('%s', (_name, over, expected) => {
    expect(power(over)).toEqual(expected);
  });

  it('covers a span up to the last millisecond of its last day and none beyond', () => {
    const subject = aBody({ powers: [aPower({ validTo: '2026-03-10' })] });
    const midnight = at('2026-03-11');
    expect(bodyCodes({ subject, request: { to: midnight } })).toEqual([]);
    expect(bodyCodes({ subject, request: { to: midnight + 1 } })).toEqual(['POWER_EXPIRED_OR_NOT_YET']);
  });

  it('begins with the first millisecond of its first day', () => {
    const subject = aBody({ powers: [aPower({ validFrom: '2026-03-10' })] });
    const morning = at('2026-03-10');
    expect(bodyCodes({ subject, request: { from: morning } })).toEqual([]);
    expect(bodyCodes({ subject, request: { from: morning - 1 } })).toEqual(['POWER_EXPIRED_OR_NOT_YET']);
  });

  it('asks one row to cover the span, not two in turn', () => {
    const powers = [aPower({ id: 'p-1', validTo: '2026-03-09' }), aPower({ id: 'p-2', validFrom: '2026-03-10' })];
    expect(bodyCodes({ subject: aBody({ powers }), request: { from: at('2026-03-09', 9) } })).toEqual([
      'POWER_EXPIRED_OR_NOT_YET',
    ]);
  });

  it('does not ask for the area when no division is named', () => {
    const subject = aBody({ powers: [aPower({ jurisdictionCode: '650100' })] });
    expect(bodyCodes({ subject, request: { divisionCode: null } })).toEqual([]);
  });

  it.each<[SubjectKind, ActType, BasisRank, string[]]>([
    ['AUTHORIZED_ORG', 'COERCIVE_MEASURE', 'LAW', []],
    ['AUTHORIZED_ORG', 'COERCIVE_MEASURE', 'ADMINISTRATIVE_REGULATION', []],
    ['AUTHORIZED_ORG', 'COERCIVE_MEASURE', 'LOCAL_REGULATION', ['POWER_BASIS_TOO_LOW']],
    ['AUTHORIZED_ORG', 'COERCIVE_MEASURE', 'RULE', ['POWER_BASIS_TOO_LOW']],
    ['AUTHORIZED_ORG', 'COERCIVE_EXECUTION', 'LOCAL_REGULATION', []],
    ['AUTHORIZED_ORG', 'PENALTY', 'LOCAL_REGULATION', []],
    ['ADMIN_ORGAN', 'COERCIVE_MEASURE', 'LOCAL_REGULATION', []],
    ['DISPATCHED_ORGAN', 'COERCIVE_MEASURE', 'RULE', []],
    ['DELEGATED_ORG', 'PENALTY', 'LAW', ['DELEGATION_MISSING']],
    ['DELEGATED_ORGAN', 'PENALTY', 'LAW', ['DELEGATION_MISSING']],
    ['CLUB' as SubjectKind, 'PENALTY', 'LAW', ['POWER_MISSING']],
    ['AUTHORIZED_ORG', 'MAGIC' as ActType, 'LAW', ['POWER_BASIS_TOO_LOW']],
  ])('%s doing %s on %s', (kind, actType, basisRank, expected) => {
    expect(power({ basisRank }, kind, actType)).toEqual(expected);
  });

  it('says POWER_AREA only when a row covers the time, and POWER_BASIS_TOO_LOW only when one covers time and area', () => {
    const late = aPower({ id: 'p-1', validFrom: '2027-01-01' });
    const elsewhere = aPower({ id: 'p-2', jurisdictionCode: '650100' });
    const low = aPower({ id: 'p-3', basisRank: 'RULE' });
    const body = (...powers: ReturnType<typeof aPower>[]) =>
      bodyCodes({ subject: aBody({ kind: 'AUTHORIZED_ORG', powers }), matter: { actType: 'COERCIVE_MEASURE' } });
    expect(body(late)).toEqual(['POWER_EXPIRED_OR_NOT_YET']);
    expect(body(late, elsewhere)).toEqual(['POWER_AREA']);
    expect(body(late, elsewhere, low)).toEqual(['POWER_BASIS_TOO_LOW']);
  });

  it('is missing for an organ without rows, the delegation for an entrusted body', () => {
    expect(bodyCodes({ subject: aBody({ powers: [] }) })).toEqual(['POWER_MISSING']);
    expect(bodyCodes({ subject: aBody({ kind: 'AUTHORIZED_ORG', powers: [] }) })).toEqual(['POWER_MISSING']);
    expect(bodyCodes({ subject: aDelegatee() })).toEqual(['DELEGATION_MISSING']);
  });

  it('gives no power when the facts are of another matter than the one asked for', () => {
    expect(bodyCodes({ matter: { code: 'SG-002' } })).toEqual(['POWER_BASIS_TOO_LOW']);
  });
});

describe('a delegation', () => {
  const by = (
    over: Parameters<typeof aDelegation>[0],
    actType: ActType = 'PENALTY',
    kind: SubjectKind = 'DELEGATED_ORG',
  ) => bodyCodes({ subject: aDelegatee({ kind }), delegations: [aDelegation(over)], matter: { actType } });
  const delegator = (over: Parameters<typeof aBody>[0]) => aBody({ id: DELEGATOR, name: '市场监督管理局', ...over });

  it('that is in order clears the body and is named', () => {
    const decision = decide({ subject: aDelegatee(), delegations: [aDelegation()] });
    expect(decision).toMatchObject({ cleared: true, via: { kind: 'DELEGATION', id: 'd-1' } });
  });

  it.each([
    ['delegator did not publish', { delegatorPublishedOn: null }, ['DELEGATION_NOT_PUBLISHED']],
    ['delegatee did not publish', { delegateePublishedOn: null }, ['DELEGATION_NOT_PUBLISHED']],
    [
      'published on the first day of the span',
      { delegatorPublishedOn: '2026-03-10', delegateePublishedOn: '2026-03-10' },
      [],
    ],
    ['published the day after', { delegateePublishedOn: '2026-03-11' }, ['DELEGATION_NOT_PUBLISHED']],
    ['unreadable publication', { delegateePublishedOn: '2026-02-30' }, ['DELEGATION_NOT_PUBLISHED']],
    ['begins on the day', { validFrom: '2026-03-10' }, []],
    ['begins the day after', { validFrom: '2026-03-11' }, ['DELEGATION_NOT_YET_EFFECTIVE']],
    ['unreadable begin', { validFrom: 'soon' }, ['DELEGATION_NOT_YET_EFFECTIVE']],
    ['ends with the day', { validTo: '2026-03-10' }, []],
    ['ended the day before', { validTo: '2026-03-09' }, ['DELEGATION_EXPIRED']],
    ['unreadable end', { validTo: '' }, ['DELEGATION_EXPIRED']],
    ['suspended within', { suspensions: [{ from: FROM + 5, to: FROM + 6 }] }, ['DELEGATION_SUSPENDED']],
    ['suspension over at the begin', { suspensions: [{ from: LONG_AGO, to: FROM }] }, []],
    ['suspended from the end on', { suspensions: [{ from: TO, to: null }] }, []],
    ['open suspension', { suspensions: [{ from: LONG_AGO, to: null }] }, ['DELEGATION_SUSPENDED']],
    ['unreadable suspension', { suspensions: [{ from: NaN, to: null }] }, ['DELEGATION_SUSPENDED']],
    ['revoked at the end', { revokedFrom: TO }, []],
    ['revoked in the last millisecond', { revokedFrom: TO - 1 }, ['DELEGATION_REVOKED']],
    ['revoked long ago', { revokedFrom: LONG_AGO }, ['DELEGATION_REVOKED']],
    ['unreadable revocation', { revokedFrom: NaN }, ['DELEGATION_REVOKED']],
    ['for another area', { jurisdictionCode: '410103' }, ['DELEGATION_AREA']],
    [
      'delegator suspended within',
      {
        delegator: delegator({
          statusPeriods: [period('CONFIRMED', LONG_AGO, null), period('SUSPENDED', FROM + 1, FROM + 2)],
        }),
      },
      ['DELEGATOR_NOT_CONFIRMED'],
    ],
    [
      'delegator abolished within',
      {
        delegator: delegator({
          statusPeriods: [period('CONFIRMED', LONG_AGO, FROM + 1), period('ABOLISHED', FROM + 1, null)],
        }),
      },
      ['DELEGATOR_NOT_CONFIRMED'],
    ],
    ['delegator never confirmed', { delegator: delegator({ statusPeriods: [] }) }, ['DELEGATOR_NOT_CONFIRMED']],
    ['delegator without power', { delegator: delegator({ powers: [] }) }, ['DELEGATOR_LACKS_POWER']],
    [
      'delegator with power elsewhere',
      { delegator: delegator({ powers: [aPower({ jurisdictionCode: '410103' })] }) },
      ['DELEGATOR_LACKS_POWER'],
    ],
    [
      'delegator with expired power',
      { delegator: delegator({ powers: [aPower({ validTo: '2026-03-09' })] }) },
      ['DELEGATOR_LACKS_POWER'],
    ],
    [
      'delegator that may hold no power',
      { delegator: delegator({ kind: 'DELEGATED_ORGAN' }) },
      ['DELEGATOR_LACKS_POWER'],
    ],
  ] as [string, Parameters<typeof aDelegation>[0], string[]][])('%s', (_name, over, expected) => {
    expect(by(over)).toEqual(expected);
  });

  it.each<[ActType, SubjectKind, string[]]>([
    ['COERCIVE_MEASURE', 'DELEGATED_ORGAN', ['ACT_NOT_DELEGABLE']],
    ['COERCIVE_EXECUTION', 'DELEGATED_ORGAN', []],
    ['LICENSE', 'DELEGATED_ORG', ['LICENSE_NEEDS_ORGAN']],
    ['LICENSE', 'DELEGATED_ORGAN', ['LICENSE_NEEDS_ORGAN']],
    ['LICENSE', 'AUTHORIZED_ORG', ['LICENSE_NEEDS_ORGAN']],
    ['LICENSE', 'ADMIN_ORGAN', []],
    ['LICENSE', 'DISPATCHED_ORGAN', []],
    ['INSPECTION', 'DELEGATED_ORG', []],
    ['INSPECTION', 'CLUB' as SubjectKind, ['LICENSE_NEEDS_ORGAN']],
    ['MAGIC' as ActType, 'DELEGATED_ORG', ['ACT_NOT_DELEGABLE', 'DELEGATOR_LACKS_POWER']],
  ])('of %s to %s', (actType, kind, expected) => {
    expect(by({}, actType, kind)).toEqual(expected);
  });

  it('names everything that is wrong at once', () => {
    const all = by(
      {
        delegatorPublishedOn: null,
        validFrom: '2026-05-01',
        validTo: '2026-01-31',
        suspensions: [{ from: LONG_AGO, to: null }],
        revokedFrom: LONG_AGO,
        jurisdictionCode: '650100',
        delegator: delegator({ statusPeriods: [], powers: [] }),
      },
      'COERCIVE_MEASURE',
    );
    expect(all).toEqual([
      'DELEGATION_NOT_PUBLISHED',
      'DELEGATION_NOT_YET_EFFECTIVE',
      'DELEGATION_EXPIRED',
      'DELEGATION_SUSPENDED',
      'DELEGATION_REVOKED',
      'DELEGATION_AREA',
      'ACT_NOT_DELEGABLE',
      'DELEGATOR_NOT_CONFIRMED',
      'DELEGATOR_LACKS_POWER',
    ]);
  });

  it('begins and ends with a day at +08:00, to the millisecond', () => {
    const [morning, midnight] = [at('2026-03-10'), at('2026-03-11')];
    const spanned = (from: number, to: number) =>
      bodyCodes({
        subject: aDelegatee(),
        delegations: [aDelegation({ validFrom: '2026-03-10', validTo: '2026-03-10' })],
        request: { from, to },
      });
    expect(spanned(morning, midnight)).toEqual([]);
    expect(spanned(morning - 1, midnight)).toEqual(['DELEGATION_NOT_YET_EFFECTIVE']);
    expect(spanned(morning, midnight + 1)).toEqual(['DELEGATION_EXPIRED']);
  });

  it('for another matter is none', () => {
    expect(by({ matterCodes: ['SG-002'] })).toEqual(['DELEGATION_MISSING']);
  });

  it('of an organ with power rows gives the reasons of the delegation, not of the rows', () => {
    const subject = aBody({ powers: [aPower({ jurisdictionCode: '650100' })] });
    expect(bodyCodes({ subject, delegations: [aDelegation({ revokedFrom: LONG_AGO })] })).toEqual([
      'DELEGATION_REVOKED',
    ]);
  });

  it('is not needed where own power suffices, and suffices where own power does not', () => {
    const broken = aDelegation({ revokedFrom: LONG_AGO });
    expect(decide({ delegations: [broken] })).toMatchObject({ cleared: true, via: { kind: 'OWN_POWER', id: 'p-1' } });
    expect(decide({ delegations: [aDelegation()] }).via).toEqual({ kind: 'OWN_POWER', id: 'p-1' });
    const subject = aBody({ powers: [aPower({ jurisdictionCode: '650100' })] });
    expect(decide({ subject, delegations: [aDelegation()] })).toMatchObject({
      cleared: true,
      via: { kind: 'DELEGATION', id: 'd-1' },
    });
  });
});

describe('the closest delegation', () => {
  const closest = (...delegations: ReturnType<typeof aDelegation>[]) => {
    const { subjectReasons } = decide({ subject: aDelegatee(), delegations });
    return [...new Set(subjectReasons.map(({ facts }) => facts['documentNo']))];
  };
  const few = { revokedFrom: LONG_AGO };
  const many = { ...few, delegatorPublishedOn: null };

  it('has the fewest reasons', () => {
    expect(
      closest(
        aDelegation({ documentNo: 'A', ...many, validTo: '2029-12-31' }),
        aDelegation({ documentNo: 'B', ...few }),
      ),
    ).toEqual(['B']);
  });
  it('then the latest end', () => {
    expect(
      closest(
        aDelegation({ documentNo: 'A', ...few }),
        aDelegation({ documentNo: 'B', ...few, validTo: '2028-01-01' }),
      ),
    ).toEqual(['B']);
  });
  it('then the smallest document number', () => {
    expect(
      closest(aDelegation({ id: 'd-1', documentNo: 'B', ...few }), aDelegation({ id: 'd-2', documentNo: 'A', ...few })),
    ).toEqual(['A']);
  });
});

describe('the power that the act rests on', () => {
  it('is the own one with the latest end, then the smallest id', () => {
    const powers = [
      aPower({ id: 'p-1', validTo: '2026-12-31' }),
      aPower({ id: 'p-3', validTo: null }),
      aPower({ id: 'p-2', validTo: null }),
      aPower({ id: 'p-0', jurisdictionCode: '650100' }),
    ];
    expect(decide({ subject: aBody({ powers }) }).via).toEqual({ kind: 'OWN_POWER', id: 'p-2' });
    expect(decide({ subject: aBody({ powers: [...powers].reverse() }) }).via).toEqual({ kind: 'OWN_POWER', id: 'p-2' });
  });
  it('is the delegation with the latest end, then the smallest document number', () => {
    const delegations = [
      aDelegation({ id: 'd-1', documentNo: 'A', validTo: '2026-12-31' }),
      aDelegation({ id: 'd-2', documentNo: 'C', validTo: '2027-12-31' }),
      aDelegation({ id: 'd-3', documentNo: 'B', validTo: '2027-12-31' }),
    ];
    expect(decide({ subject: aDelegatee(), delegations }).via).toEqual({ kind: 'DELEGATION', id: 'd-3' });
  });
  it('is null where none suffices', () => {
    expect(decide({ subject: aDelegatee() }).via).toBeNull();
  });
  it('warns every known member within 90 days of its end', () => {
    const warnings = (validTo: string) =>
      decide({ subject: aDelegatee(), delegations: [aDelegation({ validTo })] }).members.map((m) => codes(m.warnings));
    // 90 days after 10 March 2026, 17:00, is 8 June, 17:00; the delegation ends with its last day.
    expect(warnings('2026-06-07')).toEqual([['DELEGATION_EXPIRES_SOON'], ['DELEGATION_EXPIRES_SOON']]);
    expect(warnings('2026-06-08')).toEqual([[], []]);
    const exactly = (to: number) => {
      const decision = decide({
        subject: aDelegatee(),
        delegations: [aDelegation({ validTo: '2026-06-08' })],
        request: { to },
      });
      return codes(decision.members[0]?.warnings ?? []);
    };
    expect(exactly(at('2026-03-11'))).toEqual(['DELEGATION_EXPIRES_SOON']);
    expect(exactly(at('2026-03-11') - 1)).toEqual([]);
  });
});

describe('the facts of a reason', () => {
  const facts = (world: Parameters<typeof decide>[0]) => decide(world).subjectReasons[0]?.facts;

  it('name a status that is not known', () => {
    const unknown = { ...period('SUSPENDED', FROM, TO), status: 'MERGED' as SubjectStatus };
    expect(facts(withStatus(unknown))).toMatchObject({ subject: '城市管理局', unknownStatus: 'MERGED' });
    expect(facts(withStatus())).toEqual({
      subject: '城市管理局',
      begins: '2026-03-10T09:00:00+08:00',
      ends: '2026-03-10T17:00:00+08:00',
    });
  });
  it('name since when a body is suspended', () => {
    expect(facts(withStatus(period('SUSPENDED', FROM, TO), period('SUSPENDED', LONG_AGO, null)))).toEqual({
      subject: '城市管理局',
      since: '2020-01-01T00:00:00+08:00',
      until: null,
    });
  });
  it('name the power that lasts longest', () => {
    const powers = [
      aPower({ id: 'p-1', validTo: '2025-12-31' }),
      aPower({ id: 'p-2', validFrom: '2019-01-01', validTo: '2026-01-31' }),
    ];
    expect(facts({ subject: aBody({ powers }) })).toMatchObject({ validFrom: '2019-01-01', validTo: '2026-01-31' });
  });
  it('name the areas that there are', () => {
    const powers = ['410103', '650100', '410103'].map((jurisdictionCode, i) =>
      aPower({ id: `p-${i}`, jurisdictionCode }),
    );
    expect(facts({ subject: aBody({ powers }) })).toMatchObject({
      division: '410102',
      jurisdictions: '410103, 650100',
    });
  });
});
