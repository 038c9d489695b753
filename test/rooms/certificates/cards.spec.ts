import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { fontList, PrintFonts } from '../../../src/infrastructure/print/print-fonts.js';
import { drawnPicture, pictureForm } from '../../support/pictures.js';
import { type House } from '../../support/house.js';
import { readPdf } from '../../support/pdf.js';
import {
  allocateHere,
  approved,
  batchOf,
  cardOf,
  insertCard,
  insertOfficer,
  insertOfficers,
  openBatch,
  openCertificatesHouse,
} from './support.js';

let house: House;
beforeAll(async () => {
  house = await openCertificatesHouse();
  await allocateHere(house);
});
afterAll(() => house?.close());

const download = async (who: string, path: string) => {
  const response = await fetch(`${house.url}/api/v1${path}`, {
    headers: { authorization: `Bearer ${house.as(who).token}` },
  });
  return { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) };
};

async function issue(officerIds: readonly string[]) {
  const opened = await openBatch(house, await approved(house, officerIds));
  await house.drain();
  return batchOf(house, opened.body.id);
}

const versionOf = async (officerId: string): Promise<string> =>
  (await house.as('hr').get(`/officers/${officerId}`)).headers.get('etag') ?? '';

describe('the portrait of an officer', () => {
  it('is made anew from a JPEG or PNG, kept encrypted, and read by who may', async () => {
    const id = await insertOfficer(house);
    for (const format of ['jpeg', 'png'] as const) {
      const sent = await drawnPicture({ format, width: 900, height: 1200 });
      const version = await versionOf(id);
      const put = await house.as('hr').put(`/officers/${id}/photo`, pictureForm(sent), { 'if-match': version });
      expect([put.status, put.headers.get('etag')]).toEqual([200, `"${Number(version.slice(1, -1)) + 1}"`]);
      expect(await versionOf(id)).toBe(put.headers.get('etag'));
      const got = await download('hr', `/officers/${id}/photo`);
      expect([got.status, got.headers.get('content-type'), got.headers.get('cache-control')]).toEqual([
        200,
        'image/jpeg',
        'no-store',
      ]);
      const { width, height, exif } = await sharp(got.body).metadata();
      expect([width, height, exif]).toEqual([358, 441, undefined]);
      expect(sent.includes('SECRETCAM')).toBe(true);
      expect(got.body.includes('SECRETCAM')).toBe(false);
    }
    expect((await download('hr', `/officers/${id}/photo?size=thumbnail`)).body.length).toBeLessThan(15_000);
    expect((await download('hr-2', `/officers/${id}/photo`)).status).toBe(404);
    expect((await download('auditor', `/officers/${id}/photo`)).status).toBe(403);
    const rows = await house.db.rows('SELECT id FROM officer_photos WHERE officer_id = ?', [id]);
    expect(rows).toHaveLength(2);
  });

  it('is refused when it is none, too small, broken, too large, stale or not one', async () => {
    const id = await insertOfficer(house);
    const version = await versionOf(id);
    const good = await drawnPicture();
    const put = async (form: unknown, headers: Record<string, string> = { 'if-match': version }) => {
      const { status, body } = await house.as('hr').put(`/officers/${id}/photo`, form, headers);
      return [status, body['code']];
    };
    expect(await put(pictureForm(Buffer.from('GIF89a'.padEnd(400, 'x'))))).toEqual([415, 'PHOTO_FORMAT']);
    expect(await put(pictureForm(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')))).toEqual([
      415,
      'PHOTO_FORMAT',
    ]);
    expect(await put(pictureForm(good.subarray(0, good.length >> 1)))).toEqual([400, 'PHOTO_UNREADABLE']);
    expect(await put(pictureForm(await drawnPicture({ width: 100, height: 120 })))).toEqual([400, 'PHOTO_TOO_SMALL']);
    expect(await put(pictureForm(Buffer.alloc(6 * 1024 * 1024 + 1, 0xff)))).toEqual([413, 'PHOTO_TOO_LARGE']);
    expect(await put(pictureForm(good, 'x.jpg', 'picture'))).toEqual([400, 'INPUT_INVALID']);
    expect(await put({ file: 'x' })).toEqual([415, 'MEDIA_TYPE']);
    expect(await put(pictureForm(good), {})).toEqual([428, 'IF_MATCH_REQUIRED']);
    expect(await put(pictureForm(good), { 'if-match': '"99"' })).toEqual([412, 'VERSION_STALE']);
    expect((await download('hr', `/officers/${id}/photo`)).status).toBe(404);
    expect((await put(pictureForm(good)))[0]).toBe(200);
  });
});

describe('a card as PDF', () => {
  it('has both sides in the size of a card, with what is printed and nothing else, in an embedded font', async () => {
    const officerId = await insertOfficer(house, { name: '张𬭎伟' });
    await house.as('hr').put(`/officers/${officerId}/photo`, pictureForm(await drawnPicture()), {
      'if-match': await versionOf(officerId),
    });
    const { items } = await issue([officerId]);
    const id = items[0]?.certificateId ?? '';
    const answer = await download('approver', `/certificates/${id}/card.pdf`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    const pdf = readPdf(answer.body);
    expect(pdf.pages.map(({ width, height }) => [width, height])).toEqual([
      [85.6, 54],
      [85.6, 54],
    ]);
    expect(pdf.fonts.every(({ embedded, subset }) => embedded && subset)).toBe(true);
    expect(pdf.images).toBe(1);
    const text = pdf.text.replace(/\s/g, '');
    for (const part of [
      '行政执法证',
      '张𬭎伟',
      '男',
      '城市管理局',
      items[0]?.certificateNo ?? '?',
      '郑州市中原区',
      '2026-03-01',
      '河南省人民政府监制',
    ])
      expect(text).toContain(part);
    expect(text).not.toMatch(/410\*|1990/);
    expect(answer.body.length).toBeLessThan(120_000);
  });

  it('is counted and audited each time', async () => {
    const { items } = await issue([await insertOfficer(house)]);
    const id = items[0]?.certificateId ?? '';
    for (let i = 0; i < 2; i++) expect((await download('approver', `/certificates/${id}/card.pdf`)).status).toBe(200);
    expect((await cardOf(house, id))['timesPrinted']).toBe(2);
    const entries = await house.db.rows(
      `SELECT seq FROM audit_entries WHERE verb = 'certificate.print' AND target_id = ?`,
      [id],
    );
    expect(entries).toHaveLength(2);
  });

  it('is not printed for a card that does not stand valid, nor by who may not', async () => {
    for (const state of ['REVOKED', 'LOST', 'EXPIRED', 'RESERVED'] as const) {
      const id = await insertCard(house, await insertOfficer(house), { state });
      const answer = await house.as('approver').get(`/certificates/${id}/card.pdf`);
      expect([answer.status, answer.body['code'], answer.body['state']]).toEqual([409, 'CARD_NOT_PRINTABLE', state]);
    }
    const id = await insertCard(house, await insertOfficer(house));
    expect((await download('supervisor', `/certificates/${id}/card.pdf`)).status).toBe(403);
    expect((await download('hr', `/certificates/${id}/card.pdf`)).status).toBe(403);
    expect((await house.db.rows('SELECT id FROM card_prints WHERE certificate_id = ?', [id])).length).toBe(0);
  });

  it('stands eight on a sheet, with the backs on the next page', async () => {
    const batch = await issue(await insertOfficers(house, 19));
    const answer = await download('reviewer', `/certificate-batches/${batch.id}/cards.pdf`);
    expect(answer.status).toBe(200);
    const pdf = readPdf(answer.body);
    expect(pdf.pages).toHaveLength(6);
    expect(pdf.pages[0]).toEqual({ width: 210, height: 297 });
    for (const { certificateNo } of batch.items) expect(pdf.text).toContain(certificateNo);
    const printed = await house.db.rows('SELECT id FROM card_prints WHERE batch_id = ?', [batch.id]);
    expect(printed).toHaveLength(19);
    // One of them is revoked: it is no longer among them.
    await house
      .as('approver')
      .post(`/certificates/${batch.items[0]?.certificateId}/revoke`, { ground: 'LENT', document: '1号' });
    const again = readPdf((await download('reviewer', `/certificate-batches/${batch.id}/cards.pdf`)).body);
    expect(again.text).not.toContain(batch.items[0]?.certificateNo);
    expect(again.text).toContain(batch.items[1]?.certificateNo);
  });

  it('a name that no font can print is refused before a number is spent on it', async () => {
    // A character of Unicode's private use: no font of ours has it.
    const [odd, plain] = [await insertOfficer(house, { name: '张\u{F0000}' }), await insertOfficer(house)];
    const before = await house.db.rows('SELECT number FROM certificate_numbers');
    const batch = await issue([odd, plain]);
    const [refused] = batch.items.filter(({ status }) => status === 'REFUSED');
    expect(refused?.reasons.map(({ code }) => code)).toEqual(['CARD_GLYPHS_MISSING']);
    expect(JSON.stringify(refused?.reasons)).toContain('\u{F0000}');
    expect(batch.counts).toMatchObject({ issued: 1, refused: 1 });
    expect(await house.db.rows('SELECT number FROM certificate_numbers')).toHaveLength(before.length + 1);
  });
});

describe('the fonts of cards', () => {
  it('are tried in their order, character by character; what none has is named once', () => {
    const own = fontList('');
    expect(new PrintFonts(own).missing('张 伟·\u{F0000}\u{F0001}\u{F0000}')).toEqual(['\u{F0000}', '\u{F0001}']);
    const [first] = own.regular;
    const absent = { path: '/nowhere/font.ttf' };
    const bold = own.bold[0] ?? absent;
    // The first is not there, the second has everything.
    const fonts = new PrintFonts({ regular: [absent, first ?? absent], bold: [absent] });
    expect(fonts.missing('张伟')).toEqual([]);
    expect(() => new PrintFonts({ regular: [absent], bold: [absent] }).runs('张', false)).toThrow();
    expect(
      new Set(
        new PrintFonts({ regular: [first ?? absent], bold: [bold] }).runs('张伟', true).map(({ fontKey }) => fontKey),
      ).size,
    ).toBe(1);
  });
});

describe('the QR of a card', () => {
  it('is given as SVG and PNG to the holder and to the offices', async () => {
    const { items } = await issue([await insertOfficer(house)]);
    const id = items[0]?.certificateId ?? '';
    const svg = await download('hr', `/certificates/${id}/qr.svg`);
    expect([svg.status, svg.headers.get('content-type')]).toEqual([200, 'image/svg+xml; charset=utf-8']);
    expect(svg.body.toString()).toMatch(/^<svg/);
    const png = await download('hr', `/certificates/${id}/qr.png`);
    expect([png.status, png.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect((await sharp(png.body).metadata()).width).toBe(512);
    expect((await download('hr-2', `/certificates/${id}/qr.svg`)).status).toBe(404);
  });
});
