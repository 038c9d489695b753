import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTheatre, type Theatre, type Visitor } from './support/journey.js';
import { read } from './support/steps.js';

async function tryPassword({ page }: Visitor, username: string, password: string): Promise<void> {
  await page.getByLabel('账号').fill(username);
  await page.getByLabel('密码', { exact: true }).fill(password);
  const answered = page.waitForResponse((response) => response.url().endsWith('/auth/login'));
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await answered;
}

describe('sessions', () => {
  let theatre: Theatre;
  beforeAll(async () => {
    theatre = await openTheatre();
  }, 200_000);
  afterAll(() => theatre.close());

  it('lock an account after so many wrong passwords, until an administrator sets a new one', async () => {
    const { product } = theatre;
    const person = (await theatre.anybody()).allow(401, /\/auth\/login$/);
    const { page } = person;
    await person.go('/sign-in');
    const door = await read<{ maxFailures: number; lockMinutes: number }>(person, '/auth/door');
    const alert = page.getByRole('alert');
    for (let failed = 1; failed <= door.maxFailures; failed++) {
      await tryPassword(person, 'supervisor', `wrong-${failed}`);
      const left = door.maxFailures - failed;
      await alert
        .getByText(left > 0 ? `再错 ${left} 次，账号将锁定 ${door.lockMinutes} 分钟` : '失败次数过多，账号会锁定')
        .waitFor();
    }
    await person.expectAccessible();
    await person.expectWellLaidOut('locked');
    // The right one does not open it any more, and the answer is the same: nobody learns which it was.
    await tryPassword(person, 'supervisor', product.password);
    await alert.getByText('账号或密码不对，或者账号已锁定、停用').waitFor();
    expect(new URL(page.url()).pathname).toBe('/sign-in');

    const admin = await theatre.as('system-admin');
    await admin.page.locator('[data-figure="accountsLocked"]', { hasText: '1' }).waitFor();
    await admin.go('/accounts?q=执法监督员');
    await admin.page.locator('tbody tr[data-row-key]', { hasText: '已锁定至' }).click();
    const drawer = admin.page.getByRole('dialog', { name: '执法监督员' });
    await drawer.getByRole('button', { name: '重置密码' }).click();
    await admin.page.getByRole('dialog', { name: '重置密码' }).getByRole('button', { name: '重置密码' }).click();
    const given = (await drawer.locator('code').first().innerText()).trim();
    await admin.leave();

    await tryPassword(person, 'supervisor', given);
    await page.waitForURL(/change-password/);
    await page.getByText('这是初始密码').waitFor();
    await person.expectAccessible();
    await person.expectWellLaidOut('first password');
    await person.leave();
  });

  it('that end in another window are told of, and the way leads back to the same place', async () => {
    const desk = (await theatre.as('hr')).allow(401, /\/api\/v1\//);
    const { page } = desk;
    const here = '/officers?state=ON_DUTY&size=20';
    await desk.go(here);
    const other = await page.context().newPage();
    await other.goto('/');
    await other.getByRole('button', { name: /^我的账号/ }).click();
    await other.getByRole('menuitem', { name: '退出登录' }).click();
    await other.waitForURL(/\/sign-in/);
    await other.close();
    // The next thing that is asked of the server.
    await page.getByRole('button', { name: '下一页' }).click();
    await page.waitForURL(/\/sign-in\?return=/);
    await page.getByText('登录已结束，请重新登录').waitFor();
    await desk.expectAccessible();
    await page.locator('[data-username="hr"]').click();
    await page.waitForURL((address) => address.pathname === '/officers');
    const back = new URL(page.url()).searchParams;
    expect([back.get('state'), back.get('size')]).toEqual(['ON_DUTY', '20']);
    await page.locator('tbody tr[data-row-key]').first().waitFor();
    await desk.leave();
  });

  it('that a new password ends elsewhere are told of too', async () => {
    const desk = (await theatre.as('exam-officer')).allow(401, /\/api\/v1\//);
    await desk.go('/exams?status=OPEN');
    const home = await theatre.as('exam-officer');
    await home.page.getByRole('button', { name: /^我的账号/ }).click();
    await home.page.getByRole('menuitem', { name: '修改密码' }).click();
    await home.page.getByLabel('现在的密码').fill(theatre.product.password);
    await home.page.getByLabel('新密码', { exact: true }).fill('Still-Water-7316!');
    await home.page.getByLabel('再输一次新密码').fill('Still-Water-7316!');
    await home.page.getByRole('button', { name: '修改密码' }).click();
    await home.page.getByRole('heading', { name: '考务管理员，您好' }).waitFor();
    await home.leave();
    await desk.page.locator('nav[aria-label="主菜单"]').getByRole('link', { name: '培训计划' }).click();
    await desk.page.waitForURL(/\/sign-in\?return=%2Ftraining/);
    await desk.page.getByText('登录已结束，请重新登录').waitFor();
    await tryPassword(desk, 'exam-officer', 'Still-Water-7316!');
    await desk.page.waitForURL(/\/training$/);
    await desk.leave();
  });
});
