import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkCreditCode } from '../../../src/rules/codes/credit-code.js';
import { checkDivisionCode, isProvincePrefix, PROVINCE_PREFIXES } from '../../../src/rules/codes/division.js';
import {
  checkIdNumber,
  idCheckDigit,
  maskIdNumber,
  maskPhone,
  normaliseIdNumber,
} from '../../../src/rules/codes/id-number.js';

const TODAY = '2026-03-10';
const check = (text: string) => checkIdNumber(text, TODAY);
const refused = (text: string) => {
  const result = check(text);
  return result.ok ? 'accepted' : result.code;
};
const withCheck = (first17: string) => first17 + idCheckDigit(first17);

describe('an ID number', () => {
  it.each([
    ['11010519491231002X', '1949-12-31', 'FEMALE'],
    ['440524188001010014', '1880-01-01', 'MALE'],
    ['410102199001010012', '1990-01-01', 'MALE'],
    ['410102198512310020', '1985-12-31', 'FEMALE'],
    ['410102200002290031', '2000-02-29', 'MALE'],
    ['412701197911050047', '1979-11-05', 'FEMALE'],
  ])('%s is valid', (number, birthDate, gender) => {
    expect(check(number)).toEqual({ ok: true, value: number, birthDate, gender, kind: 'RESIDENT', warnings: [] });
  });
  it.each([
    ['410104200202290012', 'ID_BIRTH_DATE'],
    ['410102199001010013', 'ID_CHECK_DIGIT'],
    ['41010219900101001', 'ID_MALFORMED'],
    ['4101021990010100123', 'ID_MALFORMED'],
    ['410102900101001', 'ID_MALFORMED'],
    ['41010219900101001Y', 'ID_MALFORMED'],
    ['4101021990010100X2', 'ID_MALFORMED'],
    ['410102 199001010012', 'ID_MALFORMED'],
    ['', 'ID_MALFORMED'],
    ['1.10101E+17', 'ID_STORED_AS_NUMBER'],
    ['4.10102199001010E+17', 'ID_STORED_AS_NUMBER'],
    ['4.1E17', 'ID_STORED_AS_NUMBER'],
    ['110101199003071000', 'ID_STORED_AS_NUMBER'],
    [withCheck('41010220260311001'), 'ID_BIRTH_DATE'],
    [withCheck('41010220261301001'), 'ID_BIRTH_DATE'],
  ])('%p is refused: %s', (text, code) => {
    expect(refused(text)).toBe(code);
  });
  it('may be of somebody born today, and may lawfully end with 000', () => {
    expect(check(withCheck('41010220260310001')).ok).toBe(true);
    const endsWithZeros = Array.from(
      { length: 200 },
      (_, i) => `4101021990${String(101 + (i % 28)).padStart(4, '0')}${i < 100 ? '1' : '2'}00`,
    )
      .filter((first17) => first17.length === 17 && idCheckDigit(first17) === '0')
      .map((first17) => `${first17}0`);
    expect(endsWithZeros.length).toBeGreaterThan(0);
    expect(endsWithZeros.every((number) => check(number).ok)).toBe(true);
  });
  it('is normalised: width, blanks, capital', () => {
    expect(normaliseIdNumber('　１１０１０５１９４９１２３１００２ｘ ')).toBe('11010519491231002X');
    expect(check(' 11010519491231002x').ok).toBe(true);
  });
  it.each([
    ['810000199408230021', 'RESIDENCE_PERMIT'],
    ['830000199201300022', 'RESIDENCE_PERMIT'],
    [withCheck('82000019900101001'), 'RESIDENCE_PERMIT'],
    [withCheck('94112419900101001'), 'FOREIGN_RESIDENT'],
  ])('%s is accepted as %s', (number, kind) => {
    expect(check(number)).toMatchObject({ ok: true, kind, warnings: [] });
  });
  it('with an unknown province only warns', () => {
    expect(check(withCheck('99112419900101001'))).toMatchObject({ ok: true, warnings: ['ID_PROVINCE_UNKNOWN'] });
    expect(check(withCheck('56010219900101001'))).toMatchObject({ ok: true, warnings: ['ID_PROVINCE_UNKNOWN'] });
  });
  it('with any one digit changed is refused', () => {
    const number = '410102199001010012';
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 17 }), fc.integer({ min: 1, max: 9 }), (place, by) => {
        const changed = (Number(number[place]) + by) % 10;
        expect(check(number.slice(0, place) + changed + number.slice(place + 1)).ok).toBe(false);
      }),
    );
  });
  it('needs a real date for today', () => {
    expect(() => checkIdNumber('410102199001010012', 'today')).toThrow(RangeError);
    expect(() => idCheckDigit('123')).toThrow(RangeError);
  });
});

describe('masking', () => {
  it('shows 3 and 4', () => {
    expect(maskIdNumber('410102199001010012')).toBe('410***********0012');
    expect(maskPhone('13812345678')).toBe('138****5678');
    expect(maskIdNumber('410102199001010012', { first: 6, last: 3 })).toBe('410102*********012');
  });
  it('hides all of what is too short to hide its middle', () => {
    expect([maskPhone('1234567'), maskPhone('12'), maskPhone('')]).toEqual(['*******', '**', '']);
  });
  it('never shows more than seven characters and keeps the length', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789X') }), (text) => {
        expect(maskIdNumber(text)).toHaveLength(text.length);
        expect(maskIdNumber(text).replaceAll('*', '').length).toBeLessThanOrEqual(7);
      }),
    );
  });
});

describe('a credit code', () => {
  it.each([
    '91350100M000100Y43',
    '9144030071526726XG',
    '91110000802100433B',
    '11620300013909010R',
    '11410102MB1A0001XW',
    '11410105005250017R',
    '12410102MB2B00020R',
  ])('%s is valid', (code) => {
    expect(checkCreditCode(code)).toEqual({
      ok: true,
      value: code,
      category: code.slice(0, 2),
      divisionCode: code.slice(2, 8),
    });
  });
  it.each([
    ['11410102MB1A0001XX', 'CREDIT_CODE_CHECK_CHARACTER'],
    ['11410105005250018W', 'CREDIT_CODE_ORGANISATION_CHECK'],
    ['11410102MB1A0001X', 'CREDIT_CODE_MALFORMED'],
    ['11410102MB1A0001IW', 'CREDIT_CODE_MALFORMED'],
    ['114101O2MB1A0001XW', 'CREDIT_CODE_MALFORMED'],
    ['', 'CREDIT_CODE_MALFORMED'],
  ])('%p is refused: %s', (code, expected) => {
    expect(checkCreditCode(code)).toEqual({ ok: false, value: code, code: expected });
  });
  it('is normalised', () => {
    expect(checkCreditCode('　１1410102mb1a0001xw ')).toMatchObject({ ok: true, value: '11410102MB1A0001XW' });
  });
});

describe('a division code', () => {
  it.each([
    ['410000', 'PROVINCE'],
    ['410100', 'CITY'],
    ['410102', 'COUNTY'],
    ['410171', 'COUNTY'],
    ['419001', 'COUNTY'],
    ['410102001', 'STREET'],
    ['410102000', 'COUNTY'],
    ['410102001000', 'STREET'],
    ['410102001003', 'COMMUNITY'],
    [' ４１０１０２ ', 'COUNTY'],
  ])('%s is a %s', (code, level) => {
    expect(checkDivisionCode(code)).toMatchObject({ ok: true, level });
  });
  it.each(['', '41', '4101', '41010', '4101020', '990101', '000000', '41O102'])('%p is none', (code) => {
    expect(checkDivisionCode(code)).toMatchObject({ ok: false, code: 'DIVISION_MALFORMED' });
  });
  it('begins with one of 34 provinces', () => {
    expect(new Set(PROVINCE_PREFIXES).size).toBe(34);
    expect(PROVINCE_PREFIXES.every(isProvincePrefix)).toBe(true);
    expect(isProvincePrefix('16')).toBe(false);
  });
});
