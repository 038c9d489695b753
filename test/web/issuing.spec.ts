import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTheatre, type Theatre, type Visitor } from './support/journey.js';
import { downloaded, read, type List } from './support/steps.js';

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

describe('from the application to the card', () => {
  let theatre: Theatre;
  beforeAll(async () => {
    theatre = await openTheatre();
  }, 200_000);
  afterAll(() => theatre.close());

  it('HR applies, the reviewer passes it on, the approver approves and issues 37 in one batch, and the card is there', async () => {
    const hr = await theatre.as('hr');
    await hr.picture('hr');
    await hr.page.locator('[data-figure="applicationsReturned"]').click();
    await hr.page.waitForURL(/\/applications\?state=RETURNED$/);
    const { items } = await read<List<Application>>(hr, '/certificate-applications?state=RETURNED');
    const [applicant] = items;
    if (!applicant) throw new Error('the demonstration has no returned application');
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
