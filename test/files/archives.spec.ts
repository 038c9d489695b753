import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { outcomeOf, type Outcome } from './support/outcome.js';
import { altered, endRecordOf, headersOf, pack, type Parts } from './support/archives.js';
import { TempFiles } from './support/temp-files.js';
import { row, workbook, workbookParts } from './support/workbooks.js';

const files = new TempFiles();
afterAll(() => files.remove());

const ROWS = row(1, ['姓名', '成绩']) + row(2, ['张三', '85']);
const READ: Outcome = {
  rows: [
    [1, '姓名', '成绩'],
    [2, '张三', '85'],
  ],
};
const PARTS = workbookParts({ rows: ROWS });
const SHEET = 4; // position of the sheet among the entries
let good: Buffer;
beforeAll(async () => {
  good = await pack(PARTS);
});

const without = (parts: Parts, name: string): Parts =>
  Object.fromEntries(Object.entries(parts).filter(([key]) => key !== name));
const outcome = async (content: Buffer | string, name = 'a.xlsx', limits = {}): Promise<Outcome> =>
  outcomeOf(await files.write('file', content), name, { limits });

const OLE = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2048)]);
const oleWith = (stream: string): Buffer => Buffer.concat([OLE, Buffer.from(stream, 'utf16le'), Buffer.alloc(512)]);
const typesOf = (type: string): Parts => ({
  ...PARTS,
  '[Content_Types].xml': `<Types><Override PartName="/xl/workbook.xml" ContentType="${type}"/></Types>`,
});

describe('wrong kinds of file', () => {
  test.each<[string, string, () => Buffer | string | Promise<Buffer>, string]>([
    ['nothing', 'a.xlsx', () => '', 'FILE_EMPTY'],
    ['nothing as csv', 'a.csv', () => '', 'FILE_EMPTY'],
    ['text called xlsx', 'a.xlsx', () => '姓名,成绩\n张三,85\n', 'FILE_TYPE'],
    ['text called xls', 'a.xls', () => '姓名\t成绩\n', 'FILE_TYPE'],
    ['text without a name', 'roster', () => '姓名,成绩\n', 'FILE_TYPE'],
    [
      'program called xlsx',
      'a.xlsx',
      () => Buffer.concat([Buffer.from('MZ\x90\0\x03'), Buffer.alloc(90)]),
      'FILE_TYPE',
    ],
    ['program called csv', 'a.csv', () => Buffer.concat([Buffer.from('MZ\x90\0\x03'), Buffer.alloc(90)]), 'FILE_TYPE'],
    ['linux program called csv', 'a.csv', () => Buffer.from('\x7fELF\x02\x01', 'latin1'), 'FILE_TYPE'],
    ['page called xls', 'a.xls', () => '<html><table><tr><td>1</td></tr></table></html>', 'FILE_TYPE'],
    ['page called csv', 'a.csv', () => '\ufeff  <!DOCTYPE html><table></table>', 'FILE_TYPE'],
    ['XML table called csv', 'a.csv', () => '<?xml version="1.0"?><Workbook/>', 'FILE_TYPE'],
    ['pdf called csv', 'a.csv', () => '%PDF-1.7\n1 0 obj', 'FILE_TYPE'],
    ['rtf called csv', 'a.csv', () => '{\\rtf1 hello}', 'FILE_TYPE'],
    ['picture called csv', 'a.csv', () => Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), 'FILE_TYPE'],
    ['gzip called csv', 'a.csv', () => Buffer.from('\x1f\x8b\x08\0', 'latin1'), 'FILE_TYPE'],
    ['rar called xlsx', 'a.xlsx', () => 'Rar!\x1a\x07', 'FILE_TYPE'],
    ['old Excel', 'a.xls', () => oleWith('Workbook'), 'FILE_OLD_EXCEL'],
    ['old Excel called xlsx', 'a.xlsx', () => oleWith('Workbook'), 'FILE_OLD_EXCEL'],
    ['old WPS', 'a.et', () => oleWith('Workbook'), 'FILE_OLD_EXCEL'],
    ['old Excel called csv', 'a.csv', () => oleWith('Book'), 'FILE_OLD_EXCEL'],
    ['workbook with opening password', 'a.xlsx', () => oleWith('EncryptedPackage'), 'FILE_ENCRYPTED'],
    ['workbook called csv', 'a.csv', () => good, 'FILE_TYPE'],
    ['workbook called xls', 'a.xls', () => good, 'FILE_TYPE'],
    ['workbook called xlsm', 'a.xlsm', () => good, 'FILE_MACRO'],
    [
      'Word called xlsx',
      'a.xlsx',
      () => pack({ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w/>' }),
      'FILE_TYPE',
    ],
    [
      'slides called xlsx',
      'a.xlsx',
      () => pack({ '[Content_Types].xml': '<Types/>', 'ppt/presentation.xml': '<p/>' }),
      'FILE_TYPE',
    ],
    [
      'OpenDocument called xlsx',
      'a.xlsx',
      () => pack({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<o/>' }),
      'FILE_TYPE',
    ],
    [
      'binary workbook called xlsx',
      'a.xlsx',
      () => pack({ ...without(PARTS, 'xl/workbook.xml'), 'xl/workbook.bin': 'x' }),
      'FILE_TYPE',
    ],
    ['jar called xlsx', 'a.xlsx', () => pack({ 'META-INF/MANIFEST.MF': 'x', ...PARTS }), 'FILE_TYPE'],
    ['some archive called xlsx', 'a.xlsx', () => pack({ 'readme.txt': 'hello' }), 'FILE_TYPE'],
    ['macros', 'a.xlsx', () => pack({ ...PARTS, 'xl/vbaProject.bin': 'x' }), 'FILE_MACRO'],
    ['macros in another place', 'a.xlsx', () => pack({ ...PARTS, 'xl/other/VBAPROJECT.BIN': 'x' }), 'FILE_MACRO'],
    ['Excel 4 macro sheet', 'a.xlsx', () => pack({ ...PARTS, 'xl/macrosheets/sheet1.xml': '<x/>' }), 'FILE_MACRO'],
    [
      'macros by content type',
      'a.xlsx',
      () => pack(typesOf('application/vnd.ms-excel.sheet.macroEnabled.main+xml')),
      'FILE_MACRO',
    ],
    [
      'binary by content type',
      'a.xlsx',
      () => pack(typesOf('application/vnd.ms-excel.sheet.binary.macroEnabled.main')),
      'FILE_MACRO',
    ],
    [
      'Word by content type',
      'a.xlsx',
      () => pack(typesOf('application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml')),
      'FILE_TYPE',
    ],
  ])('%s', async (_, name, content, code) => {
    expect(await outcome(await content(), name)).toEqual({ refused: code });
  });

  test('a heading that begins like a signature is still text', async () => {
    expect(await outcome('PK赛区,MZ\n甲,乙\n', 'a.csv')).toEqual({
      rows: [
        [1, 'PK赛区', 'MZ'],
        [2, '甲', '乙'],
      ],
    });
    expect(await outcome('BZh,x\n', 'a.csv')).toEqual({ rows: [[1, 'BZh', 'x']] });
  });

  test('a file beyond the size limit', async () => {
    expect(await outcome(good, 'a.xlsx', { maxFileBytes: 100 })).toEqual({ refused: 'FILE_TOO_LARGE', limit: 100 });
  });
});

describe('honest archives of other writers', () => {
  test.each<[string, () => Promise<Buffer>]>([
    ['deflated', () => pack(PARTS)],
    ['stored', () => pack(PARTS, { stored: true })],
    ['zip64', () => pack(PARTS, { zip64: true })],
    ['sizes behind the data', () => pack(PARTS, { sizesFollow: true })],
    ['sizes behind the data, zip64', () => pack(PARTS, { sizesFollow: true, zip64: true })],
    ['with folders', () => pack(PARTS, { directories: ['xl/', 'xl/worksheets/'] })],
    ['with a comment', () => pack(PARTS, { comment: 'written by hand' })],
    [
      'with an archive inside, never opened',
      async () => pack({ ...PARTS, 'xl/embeddings/a.zip': await pack({ a: Buffer.alloc(1e6) }) }),
    ],
  ])('%s', async (_, make) => {
    expect(await outcome(await make())).toEqual(READ);
  });
});

describe('bombs', () => {
  const sheetOf = (content: Buffer): Promise<Buffer> => pack({ ...PARTS, 'xl/sharedStrings.xml': content });

  test.each<[string, () => Promise<Buffer>, object, Outcome]>([
    [
      '200 MB of one letter in a file of 200 KB',
      () => sheetOf(Buffer.alloc(200_000_000, 'A')),
      {},
      { refused: 'ZIP_BOMB', limit: 100 },
    ],
    [
      'ratio beyond 100 above the threshold',
      () => sheetOf(Buffer.alloc(11 << 20, 'A')),
      {},
      { refused: 'ZIP_BOMB', limit: 100 },
    ],
    [
      'the same ratio below the threshold is harmless',
      () => pack({ ...PARTS, 'docProps/a.xml': Buffer.alloc(1 << 20, 'A') }),
      {},
      READ,
    ],
    [
      'unpacked bytes, told honestly',
      () => sheetOf(randomBytes(300_000)),
      { maxUnpackedBytes: 200_000 },
      { refused: 'ZIP_BOMB', limit: 200_000 },
    ],
    [
      'many parts that are small each',
      () =>
        pack({ ...PARTS, ...Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`p${n}`, randomBytes(10_000)])) }),
      { maxUnpackedBytes: 200_000 },
      { refused: 'ZIP_BOMB', limit: 200_000 },
    ],
    [
      '201 entries',
      () => pack({ ...PARTS, ...Object.fromEntries(Array.from({ length: 196 }, (_, n) => [`p${n}`, 'x'])) }),
      {},
      { refused: 'ZIP_BOMB', limit: 200 },
    ],
    [
      '200 entries',
      () => pack({ ...PARTS, ...Object.fromEntries(Array.from({ length: 195 }, (_, n) => [`p${n}`, 'x'])) }),
      {},
      READ,
    ],
    [
      '100,000 entries claimed',
      async () =>
        altered(await pack(PARTS, { zip64: true }), (copy) =>
          copy.writeBigUInt64LE(100_000n, endRecordOf(copy) - 20 - 56 + 32),
        ),
      {},
      { refused: 'ZIP_BOMB', limit: 200 },
    ],
  ])('%s', async (_, make, limits, expected) => {
    expect(await outcome(await make(), 'a.xlsx', limits)).toEqual(expected);
  });

  test('two entries over the same bytes', async () => {
    const overlapping = altered(await pack({ ...PARTS, 'xl/a.xml': 'same', 'xl/b.xml': 'same' }), (copy) => {
      const [one, two] = [headersOf(copy, 5), headersOf(copy, 6)];
      copy.writeUInt32LE(one.local, two.central + 42);
    });
    expect(await outcome(overlapping)).toEqual({ refused: 'ZIP_BOMB', limit: 7 });
  });

  test('an entry that reaches into the directory', async () => {
    const reaching = altered(await pack(PARTS, { stored: true }), (copy) => {
      const { local, central } = headersOf(copy, SHEET);
      for (const at of [local + 18, local + 22, central + 20, central + 24])
        copy.writeUInt32LE(copy.readUInt32LE(at) + 40, at);
    });
    expect(await outcome(reaching)).toEqual({ refused: 'ZIP_BOMB', limit: 5 });
  });

  test('an entry that reaches into the next', async () => {
    const reaching = altered(await pack(PARTS, { stored: true }), (copy) => {
      const { local, central } = headersOf(copy, 1);
      for (const at of [local + 18, local + 22, central + 20, central + 24])
        copy.writeUInt32LE(copy.readUInt32LE(at) + 40, at);
    });
    expect(await outcome(reaching)).toEqual({ refused: 'ZIP_BOMB', limit: 5 });
  });
});

describe('lies and damage', () => {
  const at =
    (where: 'local' | 'central', offset: number, write: (copy: Buffer, at: number) => void) => (): Promise<Buffer> =>
      Promise.resolve(altered(good, (copy) => write(copy, headersOf(copy, SHEET)[where] + offset)));
  const both = (local: number, central: number, write: (copy: Buffer, at: number) => void) => (): Promise<Buffer> =>
    Promise.resolve(
      altered(good, (copy) => {
        write(copy, headersOf(copy, SHEET).local + local);
        write(copy, headersOf(copy, SHEET).central + central);
      }),
    );
  const add = (amount: number) => (copy: Buffer, where: number) =>
    void copy.writeUInt32LE(copy.readUInt32LE(where) + amount, where);
  const named = (from: string, to: string) => async (): Promise<Buffer> =>
    Buffer.from((await pack({ ...PARTS, [from]: 'x' })).toString('latin1').replaceAll(from, to), 'latin1');

  test.each<[string, () => Promise<Buffer>, string]>([
    [
      'directory says encrypted',
      at('central', 8, (copy, where) => void copy.writeUInt16LE(1, where)),
      'FILE_ENCRYPTED',
    ],
    [
      'local header says encrypted',
      at('local', 6, (copy, where) => void copy.writeUInt16LE(1, where)),
      'FILE_ENCRYPTED',
    ],
    ['strong encryption', at('central', 8, (copy, where) => void copy.writeUInt16LE(0x2001, where)), 'FILE_ENCRYPTED'],
    ['unknown compression', both(8, 10, (copy, where) => void copy.writeUInt16LE(12, where)), 'ZIP_DAMAGED'],
    ['compression differs', at('local', 8, (copy, where) => void copy.writeUInt16LE(0, where)), 'ZIP_DAMAGED'],
    ['size told too small', both(22, 24, add(-10)), 'ZIP_DAMAGED'],
    ['size told too big', both(22, 24, add(10)), 'ZIP_DAMAGED'],
    ['size told as nothing', both(22, 24, (copy, where) => void copy.writeUInt32LE(0, where)), 'ZIP_DAMAGED'],
    ['sizes differ', at('local', 22, add(1)), 'ZIP_DAMAGED'],
    ['packed size too small', both(18, 20, add(-5)), 'ZIP_DAMAGED'],
    ['checksum wrong', both(14, 16, add(1)), 'ZIP_DAMAGED'],
    ['names differ', at('local', 30, (copy, where) => void copy.write('y', where)), 'ZIP_DAMAGED'],
    ['local header elsewhere', at('central', 42, add(3)), 'ZIP_DAMAGED'],
    [
      'local header beyond the end',
      at('central', 42, (copy, where) => void copy.writeUInt32LE(0x7fffffff, where)),
      'ZIP_DAMAGED',
    ],
    ['duplicate name', named('xl/workbooK.xmm', 'xl/workbook.xml'), 'ZIP_DAMAGED'],
    ['duplicate name in other case', () => pack({ ...PARTS, 'XL/Workbook.xml': 'x' }), 'ZIP_DAMAGED'],
    ['name that climbs out', named('xx/evil', '../evil'), 'ZIP_DAMAGED'],
    ['name that climbs out backwards', named('xx/evil', '..\\evil'), 'ZIP_DAMAGED'],
    ['absolute name', named('xetc/evil', '/etc//evil'.slice(0, 9)), 'ZIP_DAMAGED'],
    ['drive letter', named('xx/evil', 'C:/evil'), 'ZIP_DAMAGED'],
    ['name with a dot folder', named('xl/x/evil', 'xl/./evil'), 'ZIP_DAMAGED'],
    ['name with NUL', named('xl/evil', 'xl/\0vil'), 'ZIP_DAMAGED'],
    ['name with a line end', named('xl/evil', 'xl/\nvil'), 'ZIP_DAMAGED'],
    ['name of 300 characters', () => pack({ ...PARTS, ['a'.repeat(300)]: 'x' }), 'ZIP_DAMAGED'],
    ['bytes behind the end', () => Promise.resolve(Buffer.concat([good, Buffer.from('more')])), 'ZIP_DAMAGED'],
    ['two end records', () => Promise.resolve(Buffer.concat([good, good.subarray(endRecordOf(good))])), 'ZIP_DAMAGED'],
    ['another archive behind', async () => Buffer.concat([good, await pack({ a: 'b' })]), 'ZIP_DAMAGED'],
    ['an archive in front', async () => Buffer.concat([await pack({ a: 'b' }), good]), 'ZIP_DAMAGED'],
    [
      'one entry fewer told',
      () =>
        Promise.resolve(
          altered(good, (copy) => {
            const end = endRecordOf(copy);
            copy.writeUInt16LE(4, end + 8);
            copy.writeUInt16LE(4, end + 10);
          }),
        ),
      'ZIP_DAMAGED',
    ],
    [
      'one entry more told',
      () =>
        Promise.resolve(
          altered(good, (copy) => {
            const end = endRecordOf(copy);
            copy.writeUInt16LE(6, end + 8);
            copy.writeUInt16LE(6, end + 10);
          }),
        ),
      'ZIP_DAMAGED',
    ],
    [
      'several disks',
      () => Promise.resolve(altered(good, (copy) => void copy.writeUInt16LE(1, endRecordOf(copy) + 4))),
      'ZIP_DAMAGED',
    ],
    [
      'only an end record',
      () => Promise.resolve(Buffer.concat([Buffer.from('PK\x03\x04'), good.subarray(endRecordOf(good))])),
      'ZIP_DAMAGED',
    ],
    ['no list of content types', () => pack(without(PARTS, '[Content_Types].xml')), 'FILE_TYPE'],
    ['no workbook part', () => pack(without(PARTS, 'xl/workbook.xml')), 'XML_DAMAGED'],
    ['no sheet part', () => pack(without(PARTS, 'xl/worksheets/sheet1.xml')), 'XML_DAMAGED'],
    ['no relationships', () => pack(without(PARTS, 'xl/_rels/workbook.xml.rels')), 'XML_DAMAGED'],
  ])('%s', async (_, make, code) => {
    expect(await outcome(await make())).toEqual({ refused: code });
  });

  test('bytes in front make it something else', async () => {
    expect(await outcome(Buffer.concat([Buffer.from('#!/bin/sh\n'), good]))).toEqual({ refused: 'FILE_TYPE' });
  });

  test('bytes in front that look like an entry, all offsets moved', async () => {
    const front = Buffer.from('PK\x03\x04 something else', 'latin1');
    const moved = altered(Buffer.concat([front, good]), (copy) => {
      const end = endRecordOf(copy);
      copy.writeUInt32LE(copy.readUInt32LE(end + 16) + front.length, end + 16);
      let central = copy.readUInt32LE(end + 16);
      for (; central < end; central = copy.indexOf('PK\x01\x02', central + 1, 'latin1')) {
        if (central === -1) break;
        copy.writeUInt32LE(copy.readUInt32LE(central + 42) + front.length, central + 42);
      }
    });
    expect(await outcome(moved)).toEqual({ refused: 'ZIP_DAMAGED' });
  });

  test('cut at each hundredth: never read', async () => {
    const results = new Set<string>();
    for (let part = 1; part < 100; part += 1) {
      const result = await outcome(good.subarray(0, Math.floor((good.length * part) / 100)));
      results.add('refused' in result ? result.refused : 'READ');
    }
    expect([...results].sort()).toEqual(['ZIP_DAMAGED']);
  });

  test('one bit turned, at 400 places: refused, or read as it was', async () => {
    let refused = 0;
    for (let index = 0; index < 400; index += 1) {
      const bit = Math.floor((good.length * 8 * index) / 400);
      const flipped = altered(good, (copy) => void (copy[bit >> 3]! ^= 1 << (bit & 7)));
      const result = await outcome(flipped);
      if ('refused' in result) refused += 1;
      else expect(result).toEqual(READ);
    }
    expect(refused).toBeGreaterThan(200);
  });
});

test('what is refused does not say what was in it', async () => {
  const secret = '110101199003070011';
  const path = await files.write(
    'x',
    await workbook({ rows: `<row r="1"><c r="A1" t="s"><v>${secret}</v></c></row>`, texts: [] }),
  );
  const { FileRefused } = await import('../../src/infrastructure/files/index.js');
  const { rowsOf } = await import('./support/outcome.js');
  const error = await rowsOf(path, `${secret}.xlsx`).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(FileRefused);
  const refusal = error as InstanceType<typeof FileRefused>;
  expect(JSON.stringify([refusal.message, refusal.detail, refusal.location, refusal.toRecord()])).not.toContain(secret);
  expect(refusal.detail.zh).toContain('A1');
});
