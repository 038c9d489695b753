import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTheatre, type Theatre, type Visitor } from './support/journey.js';
import { read, type List } from './support/steps.js';

interface Card {
  readonly certificateId: string;
  readonly certificateNo: string;
  readonly holderName: string;
  readonly state: string;
  readonly certificateState: string;
}
interface Published {
  readonly id: string;
  readonly state: string;
  readonly allowedVerbs: readonly string[];
}

/** Decides one file on its own page and waits for what it is then. */
async function decideFile(visitor: Visitor, id: string, name: string, after: string): Promise<void> {
  await visitor.go(`/review-files/${id}`);
  await visitor.page.getByRole('button', { name, exact: true }).click();
  const dialog = visitor.page.getByRole('dialog');
  await dialog.getByRole('button', { name, exact: true }).click();
  await dialog.getByText('1 人已办理').waitFor();
  await visitor.page.locator('.page-header .status', { hasText: after }).waitFor();
}

describe('cards, annual review, publication, holidays and the officer’s own page', () => {
  let theatre: Theatre;
  beforeAll(async () => {
    theatre = await openTheatre();
  }, 200_000);
  afterAll(() => theatre.close());

  it('takes a revoked card back and destroys it with two signatures', async () => {
    const approver = await theatre.as('approver');
    const { page } = approver;
    const { items } = await read<List<Card>>(approver, '/cards?limit=200&state=WITH_HOLDER');
    const card = items.find(({ certificateState }) => ['REVOKED', 'CANCELLED', 'REPLACED'].includes(certificateState));
    if (!card) throw new Error('the demonstration has no ended card in the hands of its holder');
    await approver.go(`/cards/${card.certificateId}`);
    expect(await page.getByRole('button', { name: '发放给本人' }).count()).toBe(0);
    await page.getByRole('button', { name: '收回', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('备注').fill('本人交回');
    await dialog.getByRole('button', { name: '收回', exact: true }).click();
    await page.locator('.page-header .status', { hasText: '已收回' }).waitFor();

    await approver.go('/cards?tab=cards&state=RETURNED');
    await page.getByRole('checkbox', { name: `选择 ${card.holderName} ${card.certificateNo}` }).check();
    await page.getByRole('button', { name: '列入销毁清单 (1)' }).click();
    await dialog.getByLabel('销毁方式和地点').fill('碎卡，区司法局');
    await dialog.getByLabel(/请输入 1/).fill('1');
    await dialog.getByRole('button', { name: '列入销毁清单 (1)' }).click();
    await page.waitForURL(/\/card-destructions\/[\w-]+$/);
    const list = new URL(page.url()).pathname;
    await page.getByText('待第二人签字').waitFor();
    // The first signature can't be the second as well.
    expect(await page.getByRole('button', { name: '签字并销毁' }).count()).toBe(0);
    await approver.inspect(list);
    await approver.leave();

    const reviewer = await theatre.as('reviewer');
    await reviewer.go(list);
    await reviewer.page.getByRole('button', { name: '签字并销毁' }).click();
    const signing = reviewer.page.getByRole('dialog');
    await signing.getByLabel(/请输入 1/).fill('1');
    await signing.getByRole('button', { name: '签字并销毁' }).click();
    await reviewer.page.locator('.page-header .status', { hasText: '已销毁' }).waitFor();
    const after = await read<Card>(reviewer, `/cards/${card.certificateId}`);
    expect(after.state).toBe('DESTROYED');
    await reviewer.leave();
  });

  it('takes a file of the annual review from the explanation over the check to the decision', async () => {
    const hr = await theatre.as('hr');
    const { items: years } = await read<List<{ id: string; counts: { fails: number } }>>(hr, '/review-campaigns');
    const [year] = years;
    if (!year) throw new Error('the demonstration has no annual review');
    const path = `/reviews/${year.id}`;
    const waiting = await read<List<{ id: string; officerName: string; certificateNo: string }>>(
      hr,
      `/review-files?campaignId=${year.id}&state=AWAITING_EXPLANATION&cause=REVIEW_HOURS_SHORT`,
    );
    const [file] = waiting.items;
    if (!file) throw new Error('nobody has hours to explain');
    await hr.inspect('/reviews');
    await hr.go(`${path}?state=AWAITING_EXPLANATION`);
    await hr.page
      .getByRole('checkbox', { name: `选择 ${file.officerName}` })
      .first()
      .check();
    await hr.page.getByRole('button', { name: '填写说明 (1)' }).click();
    const dialog = hr.page.getByRole('dialog');
    // Nothing is sent without a word.
    expect(await dialog.getByRole('button', { name: '填写说明', exact: true }).isDisabled()).toBe(true);
    await dialog.getByLabel('单位说明').fill('当年抽调参加专项行动');
    await dialog.getByRole('button', { name: '填写说明', exact: true }).click();
    await dialog.getByText('1 人已办理').waitFor();
    await hr.leave();

    const reviewer = await theatre.as('reviewer');
    await reviewer.inspect(path);
    await reviewer.picture('annual-review');
    await reviewer.go(path);
    await reviewer.page.getByRole('navigation', { name: '分类' }).getByRole('link', { name: '不合格' }).click();
    await reviewer.page.waitForURL(/sorting=FAILS/);
    await decideFile(reviewer, file.id, '拟通过', '待审定');
    // Who has checked has nothing more to say.
    expect(await reviewer.page.getByRole('button', { name: '审验通过' }).count()).toBe(0);
    await reviewer.leave();

    const approver = await theatre.as('approver');
    await decideFile(approver, file.id, '审验通过', '已通过');
    await approver.inspect(`/review-files/${file.id}`);
    await approver.leave();
  });

  it('publishes only after a second person has checked', async () => {
    const reviewer = await theatre.as('reviewer');
    const { page } = reviewer;
    const { items } = await read<List<Published>>(reviewer, '/publications?limit=200&state=PREPARED');
    const waiting = items.find(({ allowedVerbs }) => allowedVerbs.includes('check'));
    if (!waiting) throw new Error('nobody waits for the second person');
    await reviewer.go(`/publications/${waiting.id}`);
    await page.getByRole('button', { name: '复核', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '准予公示 (1)' }).click();
    await dialog.getByText('公示前要先完成这项审查').first().waitFor();
    await dialog.getByLabel('已作隐私审查，没有不宜公开的内容').check();
    await dialog.getByLabel('已作保密审查，没有不宜公开的内容').check();
    await dialog.getByRole('button', { name: '准予公示 (1)' }).click();
    await page.locator('.page-header .status', { hasText: '公示中' }).waitFor();
    await reviewer.leave();
  });

  it('enters the holidays of a year', async () => {
    const admin = await theatre.as('system-admin');
    const { page } = admin;
    await admin.go('/calendar?year=2031');
    await page.getByText('尚未录入', { exact: true }).waitFor();
    await page.getByRole('textbox', { name: '起止日期' }).first().fill('2031-01-01');
    await page.keyboard.press('Enter');
    await page.keyboard.type('2031-01-01');
    await page.keyboard.press('Enter');
    await page.getByLabel('节日名称').fill('元旦');
    await page.getByRole('button', { name: '添加日期' }).click();
    await page.getByText('有 1 处修改尚未保存').waitFor();
    await page.getByRole('button', { name: '保存安排' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('通知文号或更正理由').fill('国办发明电〔2030〕1号');
    await dialog.getByRole('button', { name: '保存安排' }).click();
    await page.getByText('已录入', { exact: true }).waitFor();
    const year = await read<{ days: readonly unknown[] }>(admin, '/calendar/2031');
    expect(year.days).toMatchObject([{ day: '2031-01-01', isWorkday: false, name: '元旦' }]);
    await admin.leave();
  });

  it('gives the officer a live code that changes, and none once the card is suspended', async () => {
    const officer = await theatre.as('officer', { width: 360 });
    const { page } = officer;
    await page.locator('.bottom-bar').getByText('我的', { exact: true }).click();
    await page.waitForURL(/\/me$/);
    const code = page.getByRole('img', { name: '亮证二维码，供对方扫描' });
    await code.waitFor();
    await page.getByText(/秒后更新/).waitFor();
    await officer.expectWellLaidOut('own page');
    await officer.expectAccessible();
    await officer.picture('own-page');
    const { items } = await read<List<{ id: string; state: string }>>(officer, '/certificates?limit=20');
    const card = items.find(({ state }) => state === 'VALID');
    if (!card) throw new Error('the officer of the demonstration has no valid card');
    const drawing = (): Promise<string> => code.innerHTML();
    const first = await drawing();
    await page.reload();
    await code.waitFor();
    expect(await drawing()).not.toBe(first);

    const approver = await theatre.as('approver');
    const suspended = await approver.page.request.post(`/api/v1/certificates/${card.id}/suspend`, {
      headers: { 'idempotency-key': 'journey-of-the-own-page' },
      data: { ground: 'OTHER', document: '暂扣〔2026〕1号' },
    });
    expect(suspended.ok() ? '' : await suspended.text()).toBe('');
    await approver.leave();
    officer.allow(409, /\/live-code$/);
    await page.reload();
    await page.getByText('此证件现在不能用于执法').waitFor();
    expect(await code.count()).toBe(0);
    await officer.expectAccessible();
    await officer.expectWellLaidOut('suspended');
    await officer.leave();
  });
});
