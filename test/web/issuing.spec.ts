import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { ROSTER_XLSX } from '../../src/demo/demo-files.js';
import { readSpreadsheet } from '../../src/infrastructure/files/spreadsheet-process.js';
import { idNumber } from '../support/codes.js';
import { openTheatre, type Theatre, type Visitor } from './support/journey.js';
import { choose, dayFromNow, downloaded, read, setDay, type List } from './support/steps.js';

interface Application {
  readonly id: string;
  readonly officerId: string;
  readonly officerName: string;
}
interface Certificate {
  readonly id: string;
  readonly certificateNo: string;
  readonly holderName: string;
  readonly state: string;
}

const BATCH = 37;
/** One type of application on the checklist. */
const TYPE = '.ant-radio-button-wrapper';

/** Decides about the one application of this person, found in the list of its state. */
async function decide(visitor: Visitor, name: string, state: string, button: string): Promise<void> {
  const { page } = visitor;
  await visitor.go(`/applications?state=${state}&size=200`);
  await page.getByRole('checkbox', { name: `选择 ${name}` }).check();
  await page.getByRole('button', { name: `${button} (1)` }).click();
  const dialog = page.getByRole('dialog', { name: `${button}：1 件申请` });
  await dialog.getByRole('button', { name: button }).click();
  await dialog.getByText('1 人已办理').waitFor();
  await dialog
    .getByRole('button', { name: /取消|关闭/ })
    .first()
    .click();
  await dialog.waitFor({ state: 'hidden' });
}

describe('from the registration to the card', () => {
  let theatre: Theatre;
  /** What another unit must not see. */
  const hidden = { officer: '', batch: '', name: '欧阳晨曦' };
  beforeAll(async () => {
    theatre = await openTheatre();
  }, 200_000);
  afterAll(() => theatre.close());

  it('HR registers an officer, and learns what is missing before there can be a certificate', async () => {
    const hr = await theatre.as('hr');
    const { page } = hr;
    await page.getByRole('link', { name: '人员库' }).click();
    await page.getByRole('button', { name: '登记人员' }).click();
    await page.getByRole('heading', { name: '登记人员' }).waitFor();
    await page.getByLabel('姓名', { exact: true }).fill(hidden.name);
    // A wrong last digit is found by the server, before anything is kept.
    const id = idNumber(77_001);
    hr.allow(400, /\/officers$/).allow(422, /\/officers$/);
    await page.getByLabel('身份证号').fill(id.slice(0, 17) + (id.endsWith('1') ? '2' : '1'));
    const field = (label: string): Locator =>
      page.locator('.ant-form-item').filter({ has: page.getByText(label, { exact: true }) });
    await page.getByLabel('单位', { exact: true }).click();
    // The list comes from the server: what is typed asks it again.
    const found = page.waitForResponse((response) => /\/api\/v1\/subjects\?.*q=/.test(response.url()));
    await page.getByLabel('单位', { exact: true }).fill('城市管理局');
    await found;
    const units = page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)');
    await units.getByTitle('中原区农业农村局').waitFor({ state: 'detached' });
    await units.getByTitle('中原区城市管理局').dispatchEvent('click');
    await field('单位').getByTitle('中原区城市管理局').waitFor();
    await page.getByLabel('执法岗位').fill('执法一中队执法员');
    // Enter takes the day that was typed, and does not send the form.
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') sent.push(new URL(request.url()).pathname);
    });
    await setDay(page, '任职起始日期', dayFromNow(-30));
    await choose(page, '执法领域', '城市管理');
    await field('执法领域').getByTitle('城市管理').waitFor();
    await page.keyboard.press('Escape');
    expect(sent).toEqual([]);
    await page.getByRole('button', { name: '登记', exact: true }).click();
    await page.locator('.problem').waitFor();
    expect(sent).toEqual(['/api/v1/officers']);
    await hr.expectAccessible();
    await page.getByLabel('身份证号').fill(id);
    await page.getByRole('button', { name: '登记', exact: true }).click();
    await page.waitForURL(/\/officers\/[0-9a-f-]{36}$/);
    hidden.officer = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    await page.getByText('没有有效证件，不得执法').waitFor();
    expect(await page.content()).not.toContain(id);
    await page.getByRole('tab', { name: '资格清单' }).click();
    await page.getByText(/还有 \d+ 项条件未满足/).waitFor();
    const open = page.locator('.conditions [data-met="false"]');
    expect(await open.count()).toBeGreaterThan(1);
    await open.first().getByText('办法').waitFor();
    expect(await page.getByRole('button', { name: '去申领证件' }).count()).toBe(0);
    const said = await page.locator('.conditions').first().innerText();
    expect(said).toContain('城市管理：已确认');
    expect(said).not.toMatch(/[A-Z]{3,}_[A-Z]/);
    await hr.inspect(`/officers/${hidden.officer}?tab=readiness`);
    await hr.picture('readiness');
    // The shortest way leads to a class that takes registrations; another type of application has conditions of its own.
    await page.locator(`${TYPE}-checked`, { hasText: '首次申领' }).waitFor();
    await page.locator(TYPE, { hasText: '遗失补发' }).click();
    await page.locator('[data-code="PREVIOUS_CERTIFICATE_MISSING"][data-met="false"]').waitFor();
    await page.getByText('按所持证件，适用：首次申领').waitFor();
    await page.locator(TYPE, { hasText: '首次申领' }).click();
    const way = page.locator('[data-code="TRAINING_COMMON_LAW_MISSING"] [data-way="TRAINING_CLASS"]');
    await way.getByText(/请报名培训班“第三期岗前培训（公共法律知识）”/).waitFor();
    await way.getByRole('link').click();
    await page.getByRole('heading', { name: '第三期岗前培训（公共法律知识）' }).waitFor();
    await hr.leave();
  });

  it('HR uploads a roster with faults, and gets them back as a workbook that can be put right and sent again', async () => {
    const hr = await theatre.as('hr');
    const { page } = hr;
    await hr.go('/imports/new?kind=OFFICER_ROSTER');
    await page.locator('input[type="file"]').setInputFiles(join(theatre.product.dataDir, 'demo', ROSTER_XLSX));
    await page.getByText('识别为 人员花名册').waitFor();
    await page.getByRole('button', { name: '上传并检查' }).click();
    await page.waitForURL(/\/imports\/[0-9a-f-]{36}$/);
    hidden.batch = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    await page.locator('.page-header .status', { hasText: '待确认' }).waitFor();
    const causes = page.getByRole('navigation', { name: '按原因' });
    for (const cause of ['单位不认识', '人员身份不认识', '身份证号存成了数字', '文件内重复'])
      await causes.getByText(cause).waitFor();
    const invalid = Number(await page.locator('.import-tile-invalid strong').innerText());
    expect(invalid).toBeGreaterThan(5);
    const workbook = await downloaded(page, () => page.getByRole('button', { name: '下载失败行' }).click());
    const path = join(theatre.product.dataDir, 'errors.xlsx');
    writeFileSync(path, workbook.bytes);
    const lines: string[][] = [];
    for await (const event of readSpreadsheet(path, { fileName: workbook.name })) {
      if (event.type === 'rows') for (const { cells } of event.rows) lines.push(cells.map(({ text }) => text));
    }
    const head = lines.find((cells) => cells.includes('失败原因'));
    expect(head).toEqual(expect.arrayContaining(['原行号', '失败原因', '身份证号']));
    const faulty = lines.slice(lines.indexOf(head ?? []) + 1);
    expect(faulty).toHaveLength(invalid);
    expect(faulty.flat().join(' ')).toContain('单位');

    // The same workbook, dropped anywhere, goes back to its own batch.
    await page.locator('.page-header input[type="file"]').setInputFiles(path);
    await page.getByText('第 2 轮').first().waitFor();
    await page.locator('.page-header .status', { hasText: '待确认' }).waitFor();
    expect(Number(await page.locator('.import-tile-invalid strong').innerText())).toBe(invalid);
    await hr.leave();
  });

  it('HR of another unit sees nothing of it', async () => {
    const other = (await theatre.as('hr-2')).allow(404, /\/api\/v1\/(officers|imports|certificates)\//);
    const { page } = other;
    await other.picture('hr-2');
    await other.go(`/officers?q=${encodeURIComponent(hidden.name)}`);
    await page.getByText('没有符合条件的').waitFor();
    await other.go(`/officers/${hidden.officer}`);
    await page.getByRole('alert').first().waitFor();
    expect(await page.getByText(hidden.name).count()).toBe(0);
    await other.expectAccessible();
    await other.go(`/imports/${hidden.batch}`);
    await page.getByRole('alert').first().waitFor();
    await other.go('/imports');
    expect(await page.locator(`a[href="/imports/${hidden.batch}"]`).count()).toBe(0);
    // Everybody in the list is of the own unit.
    const { items } = await read<List<{ subject: { name: string } }>>(other, '/officers?limit=200');
    expect(items.length).toBeGreaterThan(3);
    expect([...new Set(items.map(({ subject }) => subject.name))].every((name) => name.includes('农业'))).toBe(true);
    await other.leave();
  });

  it('HR applies, the reviewer passes it on, the approver approves and issues 37 in one batch, and the card is there', async () => {
    const hr = await theatre.as('hr');
    await hr.picture('hr');
    await hr.page.locator('[data-figure="applicationsReturned"]').click();
    await hr.page.waitForURL(/\/applications\?state=RETURNED$/);
    const { items } = await read<List<Application>>(hr, '/certificate-applications?state=RETURNED');
    const [applicant] = items;
    if (!applicant) throw new Error('the demonstration has no returned application');
    // Who holds a card is asked what that one leads to, and is led to an application of this type.
    const { items: held } = await read<List<{ officerId: string; type: string; validTo: string }>>(
      hr,
      '/certificates?state=VALID&limit=200',
    );
    const far = held.find(({ type, validTo }) => type === 'ENFORCEMENT' && validTo > dayFromNow(400));
    await hr.go(`/officers/${far?.officerId ?? ''}?tab=readiness`);
    await hr.page.locator(`${TYPE}-checked`, { hasText: '信息变更换发' }).waitFor();
    await hr.page.getByText('发证条件已全部满足，可以申请').waitFor();
    await hr.page.getByRole('button', { name: '去申请信息变更换发' }).click();
    await hr.page.getByText('已选 1 人').waitFor();
    await hr.page.getByTitle('信息变更换发').first().waitFor();
    await hr.go('/applications?state=RETURNED');
    // What was put right since: the conditions say so, and the way to a new application is there.
    await hr.page.locator(`tr[data-row-key="${applicant.id}"] a`).first().click();
    await hr.page.getByRole('link', { name: '查看资格清单' }).click();
    await hr.page.getByText('发证条件已全部满足，可以申请').waitFor();
    await hr.expectAccessible();
    await hr.page.getByRole('button', { name: '去申领证件' }).click();
    await hr.page.getByText('已选 1 人').waitFor();
    await hr.expectWellLaidOut('application');
    await hr.expectAccessible();
    await hr.page.getByRole('button', { name: '提交 1 件申请' }).click();
    await hr.page.getByText('1 人已办理').waitFor();

    const reviewer = await theatre.as('reviewer');
    await reviewer.picture('reviewer');
    // The second step is another person's.
    await reviewer.go('/applications?state=DISTRICT_REVIEWED');
    expect(await reviewer.page.locator('tr[data-row-key] .ant-checkbox-input:enabled').count()).toBe(0);
    await decide(reviewer, applicant.officerName, 'SUBMITTED', '通过并上报');
    await reviewer.leave();

    const approver = await theatre.as('approver');
    const { page } = approver;
    await approver.picture('approver');
    await decide(approver, applicant.officerName, 'DISTRICT_REVIEWED', '通过，准予发证');

    await approver.go('/applications?state=APPROVED&size=200');
    await page.getByRole('checkbox', { name: '选择本页' }).check();
    await page.getByText(`已选 ${BATCH + 1}`).waitFor();
    const boxes = page.locator('tr[data-row-key] .ant-checkbox-input:checked');
    const own = page.getByRole('checkbox', { name: `选择 ${applicant.officerName}` });
    expect(await own.isChecked()).toBe(true);
    await boxes.first().uncheck();
    expect(await own.isChecked()).toBe(true);
    await approver.picture('applications');
    await page.getByRole('button', { name: `制证 (${BATCH})` }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(`请输入 ${BATCH} 以确认`).fill(String(BATCH - 1));
    expect(await dialog.getByRole('button', { name: `制证 (${BATCH})` }).isEnabled()).toBe(false);
    await dialog.getByLabel(`请输入 ${BATCH} 以确认`).fill(String(BATCH));
    await approver.expectAccessible();
    await dialog.getByRole('button', { name: `制证 (${BATCH})` }).click();
    await page.waitForURL(/\/certificate-batches\/[0-9a-f-]{36}$/);
    await page.locator('.page-header .status', { hasText: '已完成' }).waitFor({ timeout: 30_000 });
    const numbers = await page.locator('tbody a[href^="/certificates/"]').allInnerTexts();
    expect(new Set(numbers).size).toBe(BATCH);
    const sheet = await downloaded(page, () => page.getByRole('button', { name: '下载证件（八张一页）' }).click());
    expect(sheet.bytes.subarray(0, 5).toString()).toBe('%PDF-');
    await approver.inspect(new URL(page.url()).pathname);

    const { items: cards } = await read<List<Certificate>>(approver, `/certificates?officerId=${applicant.officerId}`);
    const card = cards.find(({ state }) => state === 'VALID');
    if (!card) throw new Error('the applicant has no card in force');
    expect(numbers).toContain(card.certificateNo);
    await page.getByRole('link', { name: card.certificateNo }).click();
    await page.getByRole('heading', { name: card.certificateNo }).waitFor();
    const face = page.getByRole('group', { name: '证件样式' });
    await face.getByText(applicant.officerName).waitFor();
    // Throws unless there is a picture behind it.
    await page.evaluate(`document.querySelector('.card-qr img').decode()`);
    await approver.picture('certificate');
    const one = await downloaded(page, () => page.getByRole('button', { name: '下载证件 PDF' }).click());
    expect(one.bytes.subarray(0, 5).toString()).toBe('%PDF-');
    const publicPage = await face.locator('.card-qr').getAttribute('href');
    await approver.inspect(new URL(page.url()).pathname);
    await approver.leave();

    // HR sees it with the person, and anybody who reads the code sees that it is valid.
    await hr.go(`/officers/${applicant.officerId}?tab=certificates`);
    await hr.page.getByRole('link', { name: card.certificateNo }).waitFor();
    await hr.page.locator('.officer-verdict', { hasText: '持证在岗' }).waitFor();
    await hr.leave();
    const citizen = await theatre.anybody({ width: 360 });
    await citizen.page.goto(publicPage ?? '');
    await citizen.page.getByText(card.certificateNo).first().waitFor();
    await citizen.expectAccessible();
    await citizen.picture('public-check');
    await citizen.leave();
  }, 180_000);
});
