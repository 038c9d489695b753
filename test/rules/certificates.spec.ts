import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  decideNumber,
  decideSuspension,
  defaultPlannedEnd,
  replacedBy,
  validityOf,
} from '../../src/rules/certificate.rules.js';
import {
  checkDigit,
  counterKey,
  decideScheme,
  isScheme,
  numbersLeft,
  writeNumber,
  type NumberContext,
  type NumberScheme,
} from '../../src/rules/numbering.rules.js';
import { codes } from './duty-world.js';

describe('a number', () => {
  const settings = { pattern: '^\\d{11}$', provinceOrdinal: 16 };
  const number = (text: string, isTaken = false, over: Partial<typeof settings> = {}) => {
    const ruling = decideNumber(text, isTaken, { ...settings, ...over });
    return [...codes(ruling.verdict.reasons), ...codes(ruling.warnings)];
  };
  it.each<[string, string[]]>([
    ['16010100001', []],
    [' １６０１０１００００１ ', []],
    ['41010100001', ['NUMBER_PROVINCE_ORDINAL']],
    ['1601010000', ['NUMBER_MALFORMED']],
    ['160101000011', ['NUMBER_MALFORMED']],
    ['1601010000A', ['NUMBER_MALFORMED']],
    ['16010100001\n16010100002', ['NUMBER_MALFORMED']],
    ['', ['NUMBER_MALFORMED', 'NUMBER_PROVINCE_ORDINAL']],
  ])('%p: %p', (text, expected) => {
    expect(number(text)).toEqual(expected);
  });
  it('is never used twice', () => {
    expect(number('16010100001', true)).toEqual(['NUMBER_TAKEN']);
  });
  it('is matched as a whole, also by a pattern without anchors', () => {
    expect(number('xx16010100001', false, { pattern: '\\d{11}' })).toEqual([
      'NUMBER_MALFORMED',
      'NUMBER_PROVINCE_ORDINAL',
    ]);
    expect(number('16', false, { pattern: '16|17' })).toEqual([]);
    expect(number('1617', false, { pattern: '16|17' })).toEqual(['NUMBER_MALFORMED']);
  });
  it('is refused where the pattern cannot be read', () => {
    expect(number('16010100001', false, { pattern: '(' })).toEqual(['NUMBER_PATTERN_UNREADABLE']);
  });
});

describe('the validity', () => {
  const term = (validFrom: string, batch: string | null, years = 5) => {
    const result = validityOf(validFrom, batch, years);
    return result.ok ? result.validTo : result.code;
  };
  it('ends with the batch, else after the years of the setting', () => {
    expect(term('2026-03-10', null)).toBe('2031-03-09');
    expect(term('2024-02-29', null)).toBe('2029-02-27');
    expect(term('2026-01-01', null, 3)).toBe('2028-12-31');
    expect(term('2026-03-10', '2030-12-31')).toBe('2030-12-31');
  });
  it('ends after it begins', () => {
    expect([term('2026-03-10', '2026-03-10'), term('2026-03-10', '2026-03-09'), term('2026-03-10', null, 0)]).toEqual(
      Array(3).fill('VALIDITY_INVERTED'),
    );
    expect([term('2026-02-30', null), term('2026-03-10', 'x')]).toEqual(Array(2).fill('VALIDITY_INVERTED'));
    expect(term('2026-03-10', '2026-03-11')).toBe('2026-03-11');
  });
  it('stays within the calendar', () => {
    expect(term('9998-01-01', null)).toBe('9999-12-31');
  });
});

describe('a new card', () => {
  it('replaces the live ones of its type and no other', () => {
    const held = [
      { id: 'a', type: 'ENFORCEMENT', standing: 'VALID' },
      { id: 'b', type: 'ENFORCEMENT', standing: 'SUSPENDED' },
      { id: 'c', type: 'ENFORCEMENT', standing: 'EXPIRED' },
      { id: 'd', type: 'SUPERVISION', standing: 'VALID' },
      { id: 'e', type: 'ENFORCEMENT', standing: 'RESERVED' },
    ] as const;
    expect(replacedBy(held, 'ENFORCEMENT')).toEqual(['a', 'b']);
  });
});

describe('a suspension', () => {
  const plan = (plannedTo: string | null, begins = '2026-01-01') =>
    codes(decideSuspension({ begins, plannedTo }, 180).reasons);
  it('has a planned end within the days of the setting, or none', () => {
    expect([plan(null), plan('2026-01-01'), plan('2026-06-30')]).toEqual([[], [], []]);
    expect(plan('2026-07-01')).toEqual(['SUSPENSION_TOO_LONG']);
    expect(plan('2025-12-31')).toEqual(['SUSPENSION_PLAN_INVERTED']);
    expect(plan('2026-02-30')).toEqual(['SUSPENSION_PLAN_INVERTED']);
    expect(defaultPlannedEnd('2026-01-01', 90)).toBe('2026-04-01');
  });
});

describe('numbering', () => {
  const scheme: NumberScheme = [
    { kind: 'CONST', value: '16' },
    { kind: 'CITY', width: 2 },
    { kind: 'COUNTY', width: 2 },
    { kind: 'DEPARTMENT', width: 2 },
    { kind: 'SERIAL', width: 3, start: 1, restartBy: ['DEPARTMENT', 'COUNTY', 'CITY'] },
  ];
  const context: NumberContext = {
    type: 'ENFORCEMENT',
    issuedOn: '2026-03-10',
    codes: { CITY: '01', COUNTY: '02', DEPARTMENT: '07' },
  };
  const PATTERN = '^\\d{11}$';
  const write = (serial: number, over: NumberScheme = scheme, pattern = PATTERN, more: Partial<NumberContext> = {}) => {
    const result = writeNumber(over, { ...context, ...more }, serial, pattern);
    return result.ok ? result.number : result.reason.code;
  };

  it('writes text, zeros and all', () => {
    expect(write(1)).toBe('16010207001');
    expect(write(999)).toBe('16010207999');
  });
  it('ends with the serial', () => {
    expect([write(1000), write(0), write(1.5), write(NaN)]).toEqual(Array(4).fill('NUMBERS_EXHAUSTED'));
    expect([
      numbersLeft(scheme, 1),
      numbersLeft(scheme, 999),
      numbersLeft(scheme, 1000),
      numbersLeft(scheme, 0),
    ]).toEqual([999, 1, 0, 999]);
  });
  it('counts apart where the serial restarts', () => {
    expect(counterKey(scheme, context)).toBe('CITY=01;COUNTY=02;DEPARTMENT=07');
    expect(counterKey([{ kind: 'SERIAL', width: 3, start: 1 }], context)).toBe('ALL');
    expect(counterKey([{ kind: 'SERIAL', width: 3, start: 1, restartBy: ['YEAR', 'TYPE'] }], context)).toBe(
      'TYPE=ENFORCEMENT;YEAR=2026',
    );
  });
  it('needs each code in its width', () => {
    expect(write(1, scheme, PATTERN, { codes: { CITY: '01', COUNTY: '02' } })).toBe('NUMBER_PART_MISSING');
    expect(write(1, scheme, PATTERN, { codes: { CITY: '1', COUNTY: '02', DEPARTMENT: '07' } })).toBe(
      'NUMBER_PART_MISSING',
    );
    expect(write(1, [{ kind: 'TYPE', codes: { SUPERVISION: '2' } }, ...scheme])).toBe('NUMBER_PART_MISSING');
    expect(write(1, [{ kind: 'YEAR', digits: 2 }, ...scheme], PATTERN, { issuedOn: 'x' })).toBe('NUMBER_PART_MISSING');
  });
  it('writes year, type and check digit', () => {
    const full: NumberScheme = [
      { kind: 'TYPE', codes: { ENFORCEMENT: '1' } },
      { kind: 'YEAR', digits: 2 },
      { kind: 'YEAR', digits: 4 },
      { kind: 'SERIAL', width: 3, start: 0 },
      { kind: 'CHECK' },
    ];
    expect(write(7, full, '\\d{11}')).toBe(`1262026007${checkDigit('1262026007')}`);
  });
  it('checks every number against the pattern', () => {
    expect(write(1, scheme, '^\\d{12}$')).toBe('NUMBER_MALFORMED');
    expect(write(1, scheme, '(')).toBe('NUMBER_MALFORMED');
  });
  it('has check digits that notice one changed digit and two swapped ones', () => {
    expect(checkDigit('0794')).toBe('5');
    expect(checkDigit('')).toBeNull();
    expect(checkDigit('16A')).toBeNull();
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9_999_999 }),
        fc.nat(6),
        fc.integer({ min: 1, max: 9 }),
        (value, place, by) => {
          const text = String(value).padStart(7, '0');
          const changed = text.slice(0, place) + ((Number(text[place]) + by) % 10) + text.slice(place + 1);
          expect(checkDigit(changed)).not.toBe(checkDigit(text));
        },
      ),
    );
  });
  it('never writes the same number for two serials', () => {
    const all = Array.from({ length: 999 }, (_, i) => write(i + 1));
    expect(new Set(all).size).toBe(999);
    expect(all.every((number) => /^\d{11}$/.test(number))).toBe(true);
  });

  describe('a scheme', () => {
    const serial = { kind: 'SERIAL', width: 3, start: 1 };
    it.each<[string, unknown]>([
      ['nothing', null],
      ['no list', {}],
      ['no serial', [{ kind: 'CONST', value: '16' }]],
      ['two serials', [serial, serial]],
      ['a check digit in the middle', [{ kind: 'CHECK' }, serial]],
      ['an unknown segment', [{ kind: 'MOON', width: 2 }, serial]],
      ['a serial without width', [{ kind: 'SERIAL', start: 1 }]],
      ['a serial that starts beyond its width', [{ kind: 'SERIAL', width: 1, start: 10 }]],
      ['an unknown restart', [{ ...serial, restartBy: ['MOON'] }]],
      ['a constant of blanks', [{ kind: 'CONST', value: ' ' }, serial]],
      ['a year of three digits', [{ kind: 'YEAR', digits: 3 }, serial]],
      ['null within', [null, serial]],
      ['a serial of no width', [{ ...serial, width: 0, start: 0 }]],
      ['a serial of half a digit', [{ ...serial, width: 1.5 }]],
      ['a serial of thirteen digits', [{ ...serial, width: 13 }]],
      ['a type without codes', [{ kind: 'TYPE', codes: null }, serial]],
      ['a type with a word for codes', [{ kind: 'TYPE', codes: '1' }, serial]],
    ])('is none: %s', (_name, value) => {
      expect(isScheme(value)).toBe(false);
      expect(codes(decideScheme(value, PATTERN, [context]).reasons)).toEqual(['NUMBER_SCHEME_INVALID']);
    });
    it('may have a serial of one digit and of twelve', () => {
      expect([1, 12].map((width) => isScheme([{ ...serial, width }]))).toEqual([true, true]);
    });
    it('is put in force when all that it makes fits', () => {
      expect(decideScheme(scheme, PATTERN, [context]).allowed).toBe(true);
      expect(codes(decideScheme(scheme, '^\\d{10}[0-8]$', [context]).reasons)).toEqual(['NUMBER_MALFORMED']);
      expect(codes(decideScheme(scheme, '^\\d{8}[0-8]\\d\\d$', [context]).reasons)).toEqual(['NUMBER_MALFORMED']);
      expect(codes(decideScheme(scheme, '(', [context]).reasons)).toEqual(['NUMBER_SCHEME_INVALID']);
      expect(codes(decideScheme(scheme, PATTERN, []).reasons)).toEqual(['NUMBER_SCHEME_INVALID']);
      expect(codes(decideScheme(scheme, PATTERN, [{ ...context, codes: {} }]).reasons)).toEqual([
        'NUMBER_PART_MISSING',
      ]);
    });
  });
});
