/**
 * Files that somebody sends by mistake or with intent, each with what must become of it. The table that they are meant for has the
 * columns of `HEADER` in test/rooms/imports/support.ts.
 */
import iconv from 'iconv-lite';
import { altered, endRecordOf, headersOf, pack } from '../files/support/archives.js';
import { inline, letters, PACKAGE_RELS, row, workbook, workbookParts } from '../files/support/workbooks.js';
import { idNumber } from './codes.js';

/**
 * `refused`: the file as a whole, with this code. `counts`: taken, every line of it accounted for; states that are not named have
 * no rows. `either`: whatever the reader makes of it, but if it is taken then with exactly these counts.
 */
export type Expected =
  | { readonly refused: string }
  | { readonly counts: Counts; readonly causes?: Readonly<Record<string, number>> }
  | { readonly either: Counts };
export interface Counts {
  readonly total: number;
  readonly valid?: number;
  readonly warning?: number;
  readonly invalid?: number;
  readonly ignored?: number;
}

export interface HostileFile {
  readonly name: string;
  readonly fileName: string;
  readonly make: () => Buffer | string | Promise<Buffer | string>;
  readonly expected: Expected;
}

const HEADER = ['编号', '姓名', '身份证号', '成绩', '备注'];
const line = (n: number, changes: Readonly<Record<number, string>> = {}): string[] =>
  [`N${String(n).padStart(6, '0')}`, '张三', idNumber(n), String(n % 100), ''].map((text, i) => changes[i] ?? text);
const GOOD = [1, 2, 3].map((n) => line(n));
const csvLine = (cells: readonly string[]): string => `${cells.join(',')}\r\n`;
const csvOf = (lines: readonly (readonly string[])[]): string => [HEADER, ...lines].map(csvLine).join('');
const GOOD_CSV = csvOf(GOOD);
const rowsXml = (lines: readonly (readonly string[])[]): string =>
  [HEADER, ...lines].map((cells, i) => row(i + 1, cells)).join('');
const GOOD_ROWS = rowsXml(GOOD);
const GOOD_PARTS = workbookParts({ rows: GOOD_ROWS });
const goodWorkbook = (): Promise<Buffer> => pack(GOOD_PARTS);
const TAKEN: Counts = { total: 3, valid: 3 };
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const SHEET = 4;

const of =
  (extension: 'csv' | 'xlsx') =>
  (name: string, make: HostileFile['make'], expected: Expected, fileName = `a.${extension}`): HostileFile => ({
    name,
    fileName,
    make,
    expected,
  });
const csv = of('csv');
const xlsx = of('xlsx');
const refused = (code: string): Expected => ({ refused: code });
const taken = (counts: Counts, causes?: Readonly<Record<string, number>>): Expected => ({
  counts,
  ...(causes ? { causes } : {}),
});
/** One row of three spoiled in one cell, so that it can't be taken. */
const spoiled = (cause: string): Expected => taken({ total: 3, valid: 2, invalid: 1 }, { [cause]: 1 });
const sheet = (rows: string) => (): Promise<Buffer> => workbook({ rows });
const sheetXml = (xml: string) => (): Promise<Buffer> => workbook({ sheets: [{ xml }] });
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const withDoctype = (doctype: string, text: string): string =>
  `<?xml version="1.0"?>${doctype}<worksheet ${MAIN}><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>${text}</t></is></c></row></sheetData></worksheet>`;
const ole = (stream: string): Buffer =>
  Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504), Buffer.from(stream, 'utf16le')]);
const damaged = (change: (copy: Buffer) => void) => async (): Promise<Buffer> => altered(await goodWorkbook(), change);
const central = (copy: Buffer): number => headersOf(copy, SHEET).central;
const local = (copy: Buffer): number => headersOf(copy, SHEET).local;
const with32 = (copy: Buffer, at: number, amount: number): void =>
  void copy.writeUInt32LE((copy.readUInt32LE(at) + amount) >>> 0, at);
const cellOf = (n: number, column: number, xml: string): string =>
  row(n + 1, line(n)).replace(inline(`${letters(column)}${n + 1}`, line(n)[column - 1]!), xml);
/** The third line with one cell written in another way. */
const thirdWith = (column: number, xml: string): string =>
  row(1, HEADER) + row(2, line(1)) + row(3, line(2)) + cellOf(3, column, xml);

const ARCHIVES: HostileFile[] = [
  xlsx(
    'bomb: 200 MB of one letter',
    () => pack({ ...GOOD_PARTS, 'xl/sharedStrings.xml': Buffer.alloc(200_000_000, 'A') }),
    refused('ZIP_BOMB'),
  ),
  xlsx(
    'bomb: 300 MB over three parts',
    () =>
      pack({
        ...GOOD_PARTS,
        ...Object.fromEntries([1, 2, 3].map((n) => [`xl/p${n}.xml`, Buffer.alloc(100_000_000, 'A')])),
      }),
    refused('ZIP_BOMB'),
  ),
  xlsx(
    'bomb: 201 entries',
    () => pack({ ...GOOD_PARTS, ...Object.fromEntries(Array.from({ length: 196 }, (_, n) => [`p${n}`, 'x'])) }),
    refused('ZIP_BOMB'),
  ),
  xlsx(
    'bomb: 5,000 entries',
    () => pack({ ...GOOD_PARTS, ...Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [`p${n}`, 'x'])) }),
    refused('ZIP_BOMB'),
  ),
  xlsx(
    'bomb: two entries over the same bytes',
    async () =>
      altered(
        await pack({ ...GOOD_PARTS, 'xl/a.xml': 'same', 'xl/b.xml': 'same' }),
        (copy) => void copy.writeUInt32LE(headersOf(copy, 5).local, headersOf(copy, 6).central + 42),
      ),
    refused('ZIP_BOMB'),
  ),
  xlsx(
    'bomb inside, never opened',
    async () => pack({ ...GOOD_PARTS, 'xl/embeddings/bomb.zip': await pack({ a: Buffer.alloc(50_000_000, 'A') }) }),
    taken(TAKEN),
  ),
  xlsx(
    'bomb: ten million shared texts',
    () => pack({ ...GOOD_PARTS, 'xl/sharedStrings.xml': `<sst>${'<si><t/></si>'.repeat(1_000_000)}</sst>` }),
    refused('ZIP_BOMB'),
  ),
  xlsx(
    'header lies: unpacked size too small',
    damaged((copy) => [local(copy) + 22, central(copy) + 24].forEach((at) => with32(copy, at, -10))),
    refused('ZIP_DAMAGED'),
  ),
  xlsx(
    'header lies: unpacked size too big',
    damaged((copy) => [local(copy) + 22, central(copy) + 24].forEach((at) => with32(copy, at, 10))),
    refused('ZIP_DAMAGED'),
  ),
  xlsx(
    'header lies: unpacked size nothing',
    damaged((copy) => [local(copy) + 22, central(copy) + 24].forEach((at) => void copy.writeUInt32LE(0, at))),
    refused('ZIP_DAMAGED'),
  ),
  xlsx(
    'header lies: packed size too small',
    damaged((copy) => [local(copy) + 18, central(copy) + 20].forEach((at) => with32(copy, at, -5))),
    refused('ZIP_DAMAGED'),
  ),
  xlsx(
    'header lies: local and central differ',
    damaged((copy) => with32(copy, local(copy) + 22, 1)),
    refused('ZIP_DAMAGED'),
  ),
  xlsx(
    'header lies: checksum',
    damaged((copy) => [local(copy) + 14, central(copy) + 16].forEach((at) => with32(copy, at, 1))),
    refused('ZIP_DAMAGED'),
  ),
  xlsx(
    'header lies: names differ',
    damaged((copy) => void copy.write('y', local(copy) + 30)),
    refused('ZIP_DAMAGED'),
  ),
  xlsx(
    'header lies: position',
    damaged((copy) => with32(copy, central(copy) + 42, 3)),
    refused('ZIP_DAMAGED'),
  ),
  xlsx(
    'header lies: position beyond the end',
    damaged((copy) => void copy.writeUInt32LE(0x7fffffff, central(copy) + 42)),
    refused('ZIP_DAMAGED'),
  ),
  xlsx(
    'header lies: unknown compression',
    damaged((copy) => [local(copy) + 8, central(copy) + 10].forEach((at) => void copy.writeUInt16LE(12, at))),
    refused('ZIP_DAMAGED'),
  ),
  xlsx(
    'header lies: one entry fewer',
    damaged((copy) => [8, 10].forEach((at) => void copy.writeUInt16LE(4, endRecordOf(copy) + at))),
    refused('ZIP_DAMAGED'),
  ),
  xlsx(
    'header lies: one entry more',
    damaged((copy) => [8, 10].forEach((at) => void copy.writeUInt16LE(6, endRecordOf(copy) + at))),
    refused('ZIP_DAMAGED'),
  ),
  xlsx(
    'header lies: several disks',
    damaged((copy) => void copy.writeUInt16LE(1, endRecordOf(copy) + 4)),
    refused('ZIP_DAMAGED'),
  ),
  xlsx(
    'header lies: 100,000 entries',
    async () =>
      altered(
        await pack(GOOD_PARTS, { zip64: true }),
        (copy) => void copy.writeBigUInt64LE(100_000n, endRecordOf(copy) - 20 - 56 + 32),
      ),
    refused('ZIP_BOMB'),
  ),
  xlsx(
    'encrypted entry',
    damaged((copy) => void copy.writeUInt16LE(1, central(copy) + 8)),
    refused('FILE_ENCRYPTED'),
  ),
  xlsx(
    'strongly encrypted entry',
    damaged((copy) => void copy.writeUInt16LE(0x2001, central(copy) + 8)),
    refused('FILE_ENCRYPTED'),
  ),
  xlsx(
    'two end records',
    async () =>
      Buffer.concat([await goodWorkbook(), (await goodWorkbook()).subarray(endRecordOf(await goodWorkbook()))]),
    refused('ZIP_DAMAGED'),
  ),
  xlsx(
    'bytes behind the end',
    async () => Buffer.concat([await goodWorkbook(), Buffer.from('more')]),
    refused('ZIP_DAMAGED'),
  ),
  xlsx(
    'another archive behind',
    async () => Buffer.concat([await goodWorkbook(), await pack({ a: 'b' })]),
    refused('ZIP_DAMAGED'),
  ),
  xlsx(
    'another archive in front',
    async () => Buffer.concat([await pack({ a: 'b' }), await goodWorkbook()]),
    refused('ZIP_DAMAGED'),
  ),
  xlsx(
    'a script in front',
    async () => Buffer.concat([Buffer.from('#!/bin/sh\n'), await goodWorkbook()]),
    refused('FILE_TYPE'),
  ),
  xlsx(
    'entry that climbs out',
    async () =>
      Buffer.from(
        (await pack({ ...GOOD_PARTS, 'xx/evil': 'x' })).toString('latin1').replaceAll('xx/evil', '../evil'),
        'latin1',
      ),
    refused('ZIP_DAMAGED'),
  ),
  xlsx(
    'entry with an absolute name',
    async () =>
      Buffer.from(
        (await pack({ ...GOOD_PARTS, 'xetc/evil': 'x' })).toString('latin1').replaceAll('xetc/evil', '/etc/evil'),
        'latin1',
      ),
    refused('ZIP_DAMAGED'),
  ),
  xlsx(
    'entry with NUL in its name',
    async () =>
      Buffer.from(
        (await pack({ ...GOOD_PARTS, 'xl/evil': 'x' })).toString('latin1').replaceAll('xl/evil', 'xl/\0vil'),
        'latin1',
      ),
    refused('ZIP_DAMAGED'),
  ),
  xlsx(
    'the same part twice in other case',
    () => pack({ ...GOOD_PARTS, 'XL/Workbook.xml': 'x' }),
    refused('ZIP_DAMAGED'),
  ),
  ...Array.from({ length: 12 }, (_, n) =>
    xlsx(
      `cut off after ${Math.round(((n + 1) * 100) / 13)} %`,
      async () => (await goodWorkbook()).subarray(0, Math.floor(((await goodWorkbook()).length * (n + 1)) / 13)),
      refused('ZIP_DAMAGED'),
    ),
  ),
  ...Array.from({ length: 16 }, (_, n) =>
    xlsx(
      `one bit turned, ${n + 1} of 16`,
      async () => {
        const archive = await goodWorkbook();
        const bit = Math.floor(((archive.length * 8 - 1) * (n + 0.5)) / 16);
        return altered(archive, (copy) => void (copy[bit >> 3]! ^= 1 << (bit & 7)));
      },
      { either: TAKEN },
    ),
  ),
];

const KINDS: HostileFile[] = [
  csv('a program', () => Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1'), refused('FILE_TYPE')),
  csv('an ELF program', () => Buffer.from('\x7fELF\x02\x01\x01\0', 'latin1'), refused('FILE_TYPE')),
  csv(
    'a page called csv',
    () => '<!DOCTYPE html><html><table><tr><td>1</td></tr></table></html>',
    refused('FILE_TYPE'),
  ),
  xlsx('a page called xlsx', () => '<html><table></table></html>', refused('FILE_TYPE')),
  csv('a PDF called csv', () => '%PDF-1.7\n', refused('FILE_TYPE')),
  csv('a picture called csv', () => Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'), refused('FILE_TYPE')),
  csv('gzip called csv', () => Buffer.from('\x1f\x8b\x08\0\0\0', 'latin1'), refused('FILE_TYPE')),
  xlsx('old Excel', () => ole('Workbook'), refused('FILE_OLD_EXCEL'), 'a.xls'),
  xlsx('old Excel called xlsx', () => ole('Workbook'), refused('FILE_OLD_EXCEL')),
  csv('old Excel called csv', () => ole('Book'), refused('FILE_OLD_EXCEL')),
  xlsx('workbook with an opening password', () => ole('EncryptedPackage'), refused('FILE_ENCRYPTED')),
  xlsx('workbook called csv', goodWorkbook, refused('FILE_TYPE'), 'a.csv'),
  xlsx('workbook called xls', goodWorkbook, refused('FILE_OLD_EXCEL'), 'a.xls'),
  xlsx('workbook called xlsm', goodWorkbook, refused('FILE_MACRO'), 'a.xlsm'),
  csv('text called xlsx', () => GOOD_CSV, refused('FILE_TYPE'), 'a.xlsx'),
  csv('text without an extension', () => GOOD_CSV, refused('FILE_TYPE'), 'list'),
  xlsx('macros', () => pack({ ...GOOD_PARTS, 'xl/vbaProject.bin': 'x' }), refused('FILE_MACRO')),
  xlsx('Excel 4 macros', () => pack({ ...GOOD_PARTS, 'xl/macrosheets/sheet1.xml': '<x/>' }), refused('FILE_MACRO')),
  xlsx('ActiveX', () => pack({ ...GOOD_PARTS, 'xl/activeX/activeX1.bin': 'x' }), refused('FILE_MACRO')),
  xlsx(
    'Word called xlsx',
    () => pack({ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w/>' }),
    refused('FILE_TYPE'),
  ),
  xlsx(
    'OpenDocument called xlsx',
    () => pack({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<o/>' }),
    refused('FILE_TYPE'),
  ),
  xlsx(
    'binary workbook',
    () => pack({ '[Content_Types].xml': '<Types/>', 'xl/workbook.bin': 'x' }),
    refused('FILE_TYPE'),
  ),
  xlsx(
    'a program for Java called xlsx',
    () => pack({ 'META-INF/MANIFEST.MF': 'x', ...GOOD_PARTS }),
    refused('FILE_TYPE'),
  ),
  xlsx('some archive', () => pack({ 'readme.txt': 'hello' }), refused('FILE_TYPE')),
  csv('nothing', () => '', refused('FILE_EMPTY')),
  xlsx('nothing called xlsx', () => '', refused('FILE_EMPTY')),
];

const XML: HostileFile[] = [
  xlsx(
    'XXE: a file',
    sheetXml(withDoctype('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', '&e;')),
    refused('XML_FORBIDDEN'),
  ),
  xlsx(
    'XXE: an address',
    sheetXml(withDoctype('<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:9/x">]>', '&e;')),
    refused('XML_FORBIDDEN'),
  ),
  xlsx(
    'XXE: a parameter entity',
    sheetXml(withDoctype('<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>', 'x')),
    refused('XML_FORBIDDEN'),
  ),
  xlsx(
    'XXE: an outer document type',
    sheetXml(withDoctype('<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">', 'x')),
    refused('XML_FORBIDDEN'),
  ),
  xlsx(
    'entity bomb',
    sheetXml(
      withDoctype(
        `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 9 }, (_, n) => `<!ENTITY ${'bcdefghij'[n]} "${`&${'abcdefghi'[n]};`.repeat(10)}">`).join('')}]>`,
        '&j;',
      ),
    ),
    refused('XML_FORBIDDEN'),
  ),
  xlsx(
    'XXE in the shared texts',
    () => workbook({ rows: GOOD_ROWS, parts: { 'xl/sharedStrings.xml': '<!DOCTYPE x [<!ENTITY e "y">]><sst/>' } }),
    refused('XML_FORBIDDEN'),
  ),
  xlsx(
    'XXE in the workbook part',
    () =>
      workbook({
        rows: GOOD_ROWS,
        parts: { 'xl/workbook.xml': `<!DOCTYPE x>${GOOD_PARTS['xl/workbook.xml'] as string}` },
      }),
    { either: TAKEN },
  ),
  xlsx(
    'an entity that nobody defined',
    sheetXml(
      `<worksheet ${MAIN}><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row></sheetData></worksheet>`,
    ),
    refused('XML_DAMAGED'),
  ),
  xlsx('tags that do not close', sheetXml(`<worksheet ${MAIN}><sheetData><row r="1">`), refused('XML_DAMAGED')),
  xlsx('no XML at all', sheetXml('hello'), refused('XML_DAMAGED')),
  xlsx(
    'broken UTF-8 in the sheet',
    () =>
      workbook({
        rows: GOOD_ROWS,
        parts: { 'xl/worksheets/sheet1.xml': Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0xfe, 0x3c]) },
      }),
    refused('XML_DAMAGED'),
  ),
  xlsx(
    'a sheet outside the archive',
    () =>
      workbook({
        rows: GOOD_ROWS,
        parts: {
          'xl/_rels/workbook.xml.rels': `<Relationships ${PACKAGE_RELS}><Relationship Id="rId1" Type="${REL}/worksheet" Target="http://127.0.0.1:9/s.xml" TargetMode="External"/></Relationships>`,
        },
      }),
    refused('XML_DAMAGED'),
  ),
  xlsx(
    'a sheet that climbs out',
    () =>
      workbook({
        rows: GOOD_ROWS,
        parts: {
          'xl/_rels/workbook.xml.rels': `<Relationships ${PACKAGE_RELS}><Relationship Id="rId1" Type="${REL}/worksheet" Target="../../../etc/passwd"/></Relationships>`,
        },
      }),
    refused('XML_DAMAGED'),
  ),
  xlsx(
    'external links that nobody follows',
    () =>
      workbook({
        rows: GOOD_ROWS,
        parts: {
          'xl/externalLinks/externalLink1.xml': '<externalLink/>',
          'xl/externalLinks/_rels/externalLink1.xml.rels': `<Relationships ${PACKAGE_RELS}><Relationship Id="rId1" Type="${REL}/externalLinkPath" Target="http://127.0.0.1:9/x.xlsx" TargetMode="External"/></Relationships>`,
        },
      }),
    taken(TAKEN),
  ),
  xlsx(
    'a remote template',
    () =>
      workbook({
        rows: GOOD_ROWS,
        parts: {
          'xl/worksheets/_rels/sheet1.xml.rels': `<Relationships ${PACKAGE_RELS}><Relationship Id="rId9" Type="${REL}/attachedTemplate" Target="http://127.0.0.1:9/t.xltx" TargetMode="External"/></Relationships>`,
        },
      }),
    taken(TAKEN),
  ),
  xlsx(
    'no workbook part',
    () => workbook({ rows: GOOD_ROWS, parts: { 'xl/workbook.xml': null } }),
    refused('XML_DAMAGED'),
  ),
  xlsx('no sheet', () => workbook({ sheets: [] }), refused('NO_SHEET')),
  xlsx(
    '101 sheets',
    () => workbook({ sheets: Array.from({ length: 101 }, () => ({ rows: '' })) }),
    refused('TOO_MANY_SHEETS'),
  ),
];

const SHEETS: HostileFile[] = [
  xlsx(
    'two cells with one address',
    sheet(GOOD_ROWS.replace('</row>', `${inline('A1', 'x')}</row>`)),
    refused('DUPLICATE_CELL'),
  ),
  xlsx('two rows with one number', sheet(GOOD_ROWS + row(2, line(9))), refused('DUPLICATE_ROW')),
  xlsx(
    'an empty row and a full one with one number',
    sheet(`${GOOD_ROWS}<row r="5"/>${row(5, line(9))}`),
    refused('DUPLICATE_ROW'),
  ),
  xlsx('row 999,999,999', sheet(GOOD_ROWS + row(999_999_999, line(9))), refused('ROW_BEYOND_SHEET')),
  xlsx('row 0', sheet(`<row r="0"/>${GOOD_ROWS}`), refused('ROW_BEYOND_SHEET')),
  xlsx('row -1', sheet(`<row r="-1"/>${GOOD_ROWS}`), refused('XML_DAMAGED')),
  xlsx('a cell that claims another row', sheet(GOOD_ROWS.replace('r="A2"', 'r="A99"')), refused('XML_DAMAGED')),
  xlsx('column XFE', sheet(GOOD_ROWS.replace('</row>', `${inline('XFE1', 'x')}</row>`)), refused('TOO_MANY_COLUMNS')),
  xlsx('column XFD', sheet(GOOD_ROWS.replace('</row>', `${inline('XFD1', 'x')}</row>`)), refused('TOO_MANY_COLUMNS')),
  xlsx(
    'ten thousand columns',
    sheet(
      row(
        1,
        Array.from({ length: 10_000 }, (_, n) => `c${n}`),
      ),
    ),
    refused('TOO_MANY_COLUMNS'),
  ),
  xlsx(
    'ten thousand empty columns',
    sheet(
      GOOD_ROWS.replace(
        '</row>',
        `${Array.from({ length: 9995 }, (_, n) => `<c r="${letters(n + 6)}1"/>`).join('')}</row>`,
      ),
    ),
    taken(TAKEN),
  ),
  xlsx('a cell of 1 MB', sheet(rowsXml([line(1), line(2, { 4: 'x'.repeat(1_000_000) })])), refused('CELL_TOO_LONG')),
  xlsx(
    'a shared text of 1 MB',
    () => workbook({ rows: GOOD_ROWS, texts: ['x'.repeat(1_000_000)] }),
    refused('CELL_TOO_LONG'),
  ),
  xlsx(
    'a shared text that is not there',
    sheet(thirdWith(5, '<c r="E4" t="s"><v>7</v></c>').replace('</row>', '</row>')),
    { either: TAKEN },
  ),
  xlsx(
    'a cell kind that does not exist',
    sheet(GOOD_ROWS.replace('t="inlineStr"', 't="evil"')),
    refused('XML_DAMAGED'),
  ),
  xlsx(
    'a dimension that lies',
    () => workbook({ rows: GOOD_ROWS, before: '<dimension ref="A1:XFD1048576"/>' }),
    taken(TAKEN),
  ),
  xlsx('a row below a gap of 300', sheet(GOOD_ROWS + row(304, line(9))), taken(TAKEN)),
  xlsx(
    '20,000 styled blanks',
    sheet(
      GOOD_ROWS + Array.from({ length: 20_000 }, (_, n) => `<row r="${n + 5}"><c r="A${n + 5}" s="1"/></row>`).join(''),
    ),
    taken(TAKEN),
  ),
  xlsx('rows in no order', sheet(row(1, HEADER) + row(4, line(3)) + row(2, line(1)) + row(3, line(2))), taken(TAKEN)),
  xlsx(
    'a hidden row',
    sheet(row(1, HEADER) + row(2, line(1), ' hidden="1"') + row(3, line(2))),
    taken({ total: 2, valid: 1, warning: 1 }, { ROW_HIDDEN: 1 }),
  ),
  xlsx('only a header', sheet(row(1, HEADER)), refused('NO_ROWS')),
  xlsx('nothing in the sheet', sheet(''), refused('FILE_EMPTY')),
  xlsx(
    'an ID number as a number',
    sheet(thirdWith(3, '<c r="C4"><v>410183198501010038</v></c>')),
    spoiled('ID_STORED_AS_NUMBER'),
  ),
  xlsx('an ID number as 4.10183E+17', sheet(thirdWith(3, inline('C4', '4.10183E+17'))), spoiled('ID_STORED_AS_NUMBER')),
  xlsx(
    'an ID number by formula',
    sheet(thirdWith(3, `<c r="C4" t="str"><f>"4"&amp;"1"</f><v>${idNumber(3)}</v></c>`)),
    spoiled('CELL_ERROR'),
  ),
  xlsx('an error cell', sheet(thirdWith(2, '<c r="B4" t="e"><v>#REF!</v></c>')), spoiled('CELL_ERROR')),
  xlsx(
    'a formula that calls outside, by its result',
    sheet(thirdWith(5, '<c r="E4" t="str"><f>WEBSERVICE("http://127.0.0.1:9/")</f><v>ok</v></c>')),
    taken(TAKEN),
  ),
  xlsx('a mark of 1e309', sheet(thirdWith(4, '<c r="D4"><v>1e309</v></c>')), spoiled('CELL_ERROR')),
  xlsx('a mark of NaN', sheet(thirdWith(4, '<c r="D4"><v>NaN</v></c>')), spoiled('CELL_ERROR')),
  xlsx(
    'a totals row and a signature',
    sheet(GOOD_ROWS + row(5, ['合计', '', '', '6', '']) + row(6, ['制表人：王五'])),
    taken({ total: 5, valid: 3, ignored: 2 }),
  ),
  xlsx('NUL as an escape', sheet(thirdWith(2, inline('B4', '张_x0000_三'))), spoiled('CONTROL_CHARACTER')),
];

const HEADINGS = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype'].map((heading) =>
  csv(`a heading ${heading}`, () => GOOD_CSV.replace('备注', heading), taken(TAKEN)),
);

const TEXTS: HostileFile[] = [
  ...HEADINGS,
  csv('all headings __proto__', () => csvLine(HEADER.map(() => '__proto__')) + GOOD.map(csvLine).join(''), {
    either: { total: 3, invalid: 3 },
  }),
  csv('only a header in text', () => csvLine(HEADER), refused('NO_ROWS')),
  csv('a NUL byte', () => GOOD_CSV.replace('张三', '张\0三'), refused('CSV_NUL')),
  csv(
    'a mark that nobody closes',
    () => GOOD_CSV + csvLine(line(4, { 4: '"open' })) + csvLine(line(5)),
    refused('CSV_QUOTE'),
  ),
  csv('a mark in the middle of a cell', () => csvOf([line(1), line(2, { 4: 'a"b' }), line(3)]), taken(TAKEN)),
  csv('text behind a closing mark', () => csvOf([line(1, { 4: '"a"b' })]), refused('CSV_QUOTE')),
  csv('150 lines in one cell', () => csvOf([line(1, { 4: `"${'x\n'.repeat(150)}"` })]), refused('CSV_QUOTE')),
  csv(
    'UTF-8 with a line of GBK',
    () => Buffer.concat([Buffer.from(GOOD_CSV.repeat(1)), iconv.encode(csvLine(line(4)), 'gb18030')]),
    refused('ENCODING_UNKNOWN'),
  ),
  csv(
    'GBK with a line of UTF-8',
    () =>
      Buffer.concat([
        iconv.encode(csvOf([line(1, { 1: '欧阳娜娜' })]), 'gb18030'),
        Buffer.from(csvLine(line(4, { 1: '欧阳娜娜', 4: '测试用的备注' }))),
      ]),
    refused('ENCODING_UNKNOWN'),
  ),
  csv(
    'bytes of no encoding',
    () => Buffer.concat([Buffer.from(csvLine(HEADER)), Buffer.from([0xff, 0xff, 0x80, 0x0a])]),
    refused('ENCODING_UNKNOWN'),
  ),
  csv(
    'GB18030',
    () => iconv.encode(csvOf([line(1, { 1: '张𠮷' }), line(2), line(3)]), 'gb18030'),
    taken({ total: 3, valid: 2, warning: 1 }, { RARE_CHARACTER: 1 }),
  ),
  csv('UTF-16', () => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(GOOD_CSV, 'utf16le')]), taken(TAKEN)),
  csv(
    'UTF-16 cut in the middle of a character',
    () => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(GOOD_CSV, 'utf16le').subarray(0, -1)]),
    refused('ENCODING_WRONG'),
  ),
  csv('UTF-8 with a mark', () => `\ufeff${GOOD_CSV}`, taken(TAKEN)),
  csv('UTF-32', () => Buffer.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0]), refused('ENCODING_UNKNOWN')),
  csv(
    'ten thousand columns in text',
    () => `${Array.from({ length: 10_000 }, (_, n) => `c${n}`).join(',')}\n`,
    refused('TOO_MANY_COLUMNS'),
  ),
  csv('ten thousand commas', () => GOOD_CSV.replace('\r\n', `${','.repeat(10_000)}\r\n`), taken(TAKEN)),
  csv('a cell of 1 MB in text', () => csvOf([line(1, { 4: 'x'.repeat(1_000_000) })]), refused('CELL_TOO_LONG')),
  csv('one line of 20 MB', () => 'x'.repeat(20_000_000), refused('CELL_TOO_LONG')),
  csv('one line of 2 MB', () => 'x'.repeat(2_000_000), refused('CELL_TOO_LONG')),
  csv('lines that end with CR alone', () => GOOD_CSV.replaceAll('\r\n', '\r'), taken(TAKEN)),
  csv('semicolons', () => GOOD_CSV.replaceAll(',', ';'), taken(TAKEN)),
  csv('full-width commas', () => GOOD_CSV.replaceAll(',', '，'), taken(TAKEN)),
  csv('a row below a gap of 300 empty lines', () => GOOD_CSV + '\r\n'.repeat(300) + csvLine(line(9)), taken(TAKEN)),
  csv(
    'short and long lines',
    () => `${GOOD_CSV}N000004\r\n${csvLine([...line(5), 'more', 'and more'])}`,
    taken({ total: 5, valid: 4, invalid: 1 }, { REQUIRED_MISSING: 1 }),
  ),
  csv(
    'the same number twice',
    () => csvOf([...GOOD, line(3, { 1: '李四' })]),
    taken({ total: 4, valid: 2, invalid: 2 }, { DUPLICATE_IN_FILE: 2 }),
  ),
  csv(
    'the same line twice',
    () => csvOf([...GOOD, line(3)]),
    taken({ total: 4, valid: 2, invalid: 2 }, { DUPLICATE_IN_FILE: 2 }),
  ),
  ...['=1+1', '+1', '-1', '@SUM(A1)', "=cmd|' /C calc'!A0", '＝1+1', '\t=1+1'].map((text) =>
    csv(`the remark ${JSON.stringify(text)}`, () => csvOf([line(1), line(2), line(3, { 4: text })]), taken(TAKEN)),
  ),
  csv(
    'a formula for a name',
    () => csvOf([line(1), line(2), line(3, { 1: '=HYPERLINK("http://127.0.0.1:9")' })]),
    taken(TAKEN),
  ),
  csv(
    'an ID number of another shape',
    () => csvOf([line(1), line(2), line(3, { 2: '41018319850101003' })]),
    spoiled('ID_MALFORMED'),
  ),
  csv(
    'an ID number with a wrong check digit',
    () =>
      csvOf([line(1), line(2), line(3, { 2: `${idNumber(3).slice(0, 17)}${idNumber(3)[17] === '0' ? '1' : '0'}` })]),
    spoiled('ID_CHECK_DIGIT'),
  ),
  csv(
    'an ID number of 29 February 2023',
    () => csvOf([line(1), line(2), line(3, { 2: '410183202302290012' })]),
    spoiled('ID_BIRTH_DATE'),
  ),
  csv('a direction mark in a name', () => csvOf([line(1), line(2), line(3, { 1: '张\u202e三' })]), taken(TAKEN)),
  csv(
    'a private-use character in a name',
    () => csvOf([line(1), line(2), line(3, { 1: '张\ue000' })]),
    spoiled('CONTROL_CHARACTER'),
  ),
  csv(
    'a broken character in a name',
    () => csvOf([line(1), line(2), line(3, { 1: '张\ufffd' })]),
    spoiled('CONTROL_CHARACTER'),
  ),
  csv(
    'a remark beyond its length',
    () => csvOf([line(1), line(2), line(3, { 4: '备'.repeat(21) })]),
    spoiled('TEXT_TOO_LONG'),
  ),
  csv('a mark of 101', () => csvOf([line(1), line(2), line(3, { 3: '101' })]), spoiled('SCORE_OUT_OF_RANGE')),
  csv('a mark of -0', () => csvOf([line(1), line(2), line(3, { 3: '-0' })]), taken(TAKEN)),
  csv(
    'an SQL command for a name',
    () => csvOf([line(1), line(2), line(3, { 1: "'; DROP TABLE officers; --" })]),
    taken(TAKEN),
  ),
  csv('no heading that is known', () => GOOD.map(csvLine).join(''), { either: { total: 2 } }),
];

export const HOSTILE_FILES: readonly HostileFile[] = [...ARCHIVES, ...KINDS, ...XML, ...SHEETS, ...TEXTS];
