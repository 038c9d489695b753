import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTheatre, type Theatre } from './support/journey.js';

describe('administration', () => {
  let theatre: Theatre;
  beforeAll(async () => {
    theatre = await openTheatre();
  }, 240_000);
  afterAll(() => theatre.close());

  it('changes a legal number only with a second person, and from its day on', async () => {
    const admin = await theatre.as('system-admin');
    await admin.go('/settings/exam.passMark');
    await admin.page.getByRole('button', { name: '改动' }).click();
    await admin.page.getByLabel('新的值').fill('65');
    await admin.page.getByLabel('理由').fill('省厅〔2026〕12 号');
    await admin.page.getByRole('button', { name: '提交负责人批准' }).click();
    await admin.page.getByRole('heading', { name: '待批准的改动' }).waitFor();
    expect(await admin.page.getByRole('button', { name: '批准', exact: true }).count()).toBe(0);

    const approver = await theatre.as('approver');
    await approver.go('/todos?kind=SETTING');
    await approver.page.getByRole('link', { name: 'exam.passMark' }).click();
    await approver.page.getByRole('button', { name: '批准', exact: true }).click();
    await approver.page.locator('.setting-now', { hasText: '65' }).waitFor();
    await approver.leave();
    await admin.leave();
  }, 120_000);

  it('shows both versions when somebody was faster', async () => {
    const first = (await theatre.as('system-admin')).allow(412, /\/settings\//);
    const second = await theatre.as('system-admin');
    for (const visitor of [first, second]) {
      await visitor.go('/settings/auth.lockMinutes');
      await visitor.page.getByRole('button', { name: '改动' }).click();
      await visitor.page.getByLabel('理由').fill('按制度调整');
    }
    await second.page.getByLabel('新的值').fill('45');
    await second.page.getByRole('button', { name: '从该日起采用' }).click();
    await second.page.locator('.setting-now', { hasText: '45' }).waitFor();
    await first.page.getByLabel('新的值').fill('20');
    await first.page.getByRole('button', { name: '从该日起采用' }).click();
    const dialog = first.page.getByRole('dialog', { name: '这条记录刚被别人改过' });
    await dialog.getByText('20', { exact: true }).waitFor();
    await dialog.getByText('45', { exact: true }).first().waitFor();
    await dialog.getByRole('button', { name: '放弃我的修改，采用最新内容' }).click();
    await first.page.locator('.setting-now', { hasText: '45' }).waitFor();
    await first.leave();
    await second.leave();
  }, 120_000);

  it('makes an account, gives it a password that must be changed, and a role', async () => {
    const admin = await theatre.as('system-admin');
    await admin.go('/accounts');
    await admin.page.getByRole('button', { name: '新建账号' }).click();
    const form = admin.page.getByRole('dialog', { name: '新建账号' });
    await form.getByLabel('账号').fill('zhao.liu');
    await form.getByLabel('姓名').fill('赵六');
    await form.getByLabel('所属单位').click();
    await admin.page.keyboard.type('农业农村局');
    await admin.page.getByTitle('中原区城市管理局').waitFor({ state: 'detached' });
    await admin.page.getByTitle('中原区农业农村局').click();
    await form.locator('.remote-select').getByText('中原区农业农村局').waitFor();
    await form.getByRole('button', { name: '保存' }).click();
    const drawer = admin.page.getByRole('dialog', { name: '赵六' });
    await drawer.getByRole('button', { name: '重置密码' }).click();
    await admin.page.getByRole('dialog', { name: '重置密码' }).getByRole('button', { name: '重置密码' }).click();
    const password = (await drawer.locator('code').first().innerText()).trim();
    expect(password.length).toBeGreaterThan(9);

    const security = await theatre.as('security-admin');
    await security.go('/accounts?q=zhao');
    await security.page.getByText('赵六').click();
    await security.page.getByLabel('执法监督员').check();
    await security.page.getByRole('button', { name: '保存' }).click();
    await security.page.locator('.ant-tag', { hasText: '执法监督员' }).waitFor();
    await security.leave();

    const person = await theatre.anybody();
    await person.go('/sign-in');
    await person.page.getByLabel('账号').fill('zhao.liu');
    await person.page.getByLabel('密码', { exact: true }).fill(password);
    await person.page.getByRole('button', { name: '登录', exact: true }).click();
    await person.page.waitForURL(/change-password/);
    await person.page.getByText('这是初始密码').waitFor();
    await person.page.getByLabel('现在的密码').fill(password);
    await person.page.getByLabel('新密码', { exact: true }).fill('Quiet-River-4182!');
    await person.page.getByLabel('再输一次新密码').fill('Quiet-River-4182!');
    await person.page.getByRole('button', { name: '修改密码' }).click();
    await person.page.getByRole('heading', { name: '赵六，您好' }).waitFor();
    await person.leave();
    await admin.leave();
  }, 180_000);

  it('verifies the audit log, and shows what a change was', async () => {
    const auditor = await theatre.as('auditor');
    await auditor.go('/audit');
    await auditor.page.getByRole('button', { name: '校验完整性' }).click();
    await auditor.page.getByText(/完整：\d+ 条全部核对无误/).waitFor();
    // Everything that was done has a name.
    await auditor.go('/audit?size=200');
    const words = await auditor.page
      .locator('tbody tr[data-row-key] :is(td:nth-child(3), td:nth-child(5))')
      .allInnerTexts();
    expect(words.length).toBeGreaterThan(200);
    expect([...new Set(words)].filter((text) => !/[\u4e00-\u9fff]/.test(text))).toEqual([]);
    await auditor.go('/audit?targetType=setting');
    await auditor.page.locator('tbody tr[data-row-key]').first().click();
    await auditor.page.getByRole('dialog').getByText('本条摘要').waitFor();
    await auditor.expectAccessible();
    await auditor.picture('auditor');
    await auditor.leave();
  }, 120_000);
});
