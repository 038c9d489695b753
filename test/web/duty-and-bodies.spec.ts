import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { creditCode } from '../support/codes.js';
import { openTheatre, type Theatre, type Visitor } from './support/journey.js';
import { choose, dayFromNow, read, setDay, type List } from './support/steps.js';

interface Named {
  readonly id: string;
  readonly name: string;
}

const bodyNamed = async (visitor: Visitor, name: string): Promise<string> => {
  const { items } = await read<List<Named>>(visitor, `/subjects?q=${encodeURIComponent(name)}`);
  const found = items.find((body) => body.name === name);
  if (!found) throw new Error(`the demonstration has no ${name}`);
  return found.id;
};
describe('duty and bodies', () => {
  let theatre: Theatre;
  beforeAll(async () => {
    theatre = await openTheatre();
  }, 200_000);
  afterAll(() => theatre.close());

  it('checks a team, sends it out, and hears of a recall that another browser caused', async () => {
    const supervisor = await theatre.as('supervisor');
    const { page } = supervisor;
    const urban = await bodyNamed(supervisor, '中原区城市管理局');
    const span = {
      from: new Date(Date.now() - 60_000).toISOString(),
      to: new Date(Date.now() + 4 * 3_600_000).toISOString(),
    };
    const free = await read<List<{ officerId: string; certificateNo: string; name: string }>>(
      supervisor,
      `/duty/substitutes?${new URLSearchParams({ subjectId: urban, matterCode: 'CG-JC-001', ...span }).toString()}`,
    );
    const [one, two] = free.items;
    const everybody = await read<List<Named>>(supervisor, `/officers?subjectId=${urban}&limit=200`);
    const looked = await page.request.post('/api/v1/duty/checks', {
      data: {
        subjectId: urban,
        matterCode: 'CG-JC-001',
        ...span,
        members: everybody.items.map(({ id }) => ({ officerId: id })),
        record: false,
      },
    });
    const { members } = (await looked.json()) as {
      members: readonly { cleared: boolean; certificateNo: string | null; reasons: readonly { code: string }[] }[];
    };
    const unfit = members.find(({ cleared, certificateNo }) => !cleared && certificateNo !== null);
    await supervisor.go(`/duty/check?subject=${urban}&matter=CG-JC-001&division=410102`);
    await page
      .getByLabel('输入或粘贴姓名、证号')
      .fill([one?.certificateNo, two?.certificateNo, unfit?.certificateNo, '查无此人甲'].join('\n'));
    await page.locator('.ask-form button', { hasText: /^加入$/ }).click();
    await page.getByText('没有找到：查无此人甲').waitFor();
    await page.getByRole('button', { name: '不加入' }).click();
    await page.getByText('队员：已选 3 人').waitFor();
    await page.getByRole('button', { name: '核验并留存' }).click();
    const verdict = page.getByTestId('verdict');
    await verdict.getByText('2/3 可上岗').waitFor();
    await verdict.getByText('整队不得出动').waitFor();
    const worst = page.locator('.member-card').first();
    expect(await worst.getAttribute('data-cleared')).toBe('false');
    expect(await worst.locator(`[data-code="${unfit?.reasons[0]?.code}"]`).count()).toBe(1);
    await page.locator('.substitutes li').first().waitFor();
    await supervisor.expectWellLaidOut('board');
    await supervisor.expectAccessible();
    await supervisor.picture('team-check-no');
    await worst.getByRole('button', { name: '移除' }).click();
    await page.getByText('内容已经改动').waitFor();
    await page.getByRole('button', { name: '核验并留存' }).click();
    await verdict.getByText('2/2 可上岗').waitFor();
    await page.evaluate('window.scrollTo(0, 0)');
    await supervisor.picture('team-check');
    await page.getByLabel('出动名称').fill('建设路夜市巡查');
    await page.getByRole('button', { name: '建立出动' }).click();
    await page.waitForURL(/\/duty\/deployments\/[0-9a-f-]+$/);
    await page.getByRole('button', { name: '出发' }).click();
    await page.locator('.page-header .status', { hasText: '执行中' }).waitFor();

    const approver = await theatre.as('approver');
    const held = await read<List<{ id: string }>>(approver, `/certificates?no=${one?.certificateNo}`);
    const revoked = await approver.page.request.post(`/api/v1/certificates/${held.items[0]?.id}/revoke`, {
      data: { ground: 'LENT', document: '中原司决〔2026〕1号' },
    });
    expect([revoked.status(), await revoked.text()]).toEqual([200, expect.anything()]);
    await approver.leave();

    // No reload: the stream tells the page.
    const recall = page.getByTestId('recall');
    await recall.waitFor({ timeout: 6000 });
    await recall.getByText('证件被吊销').waitFor();
    await page.getByText('请立即通知队员停止执法').waitFor();
    expect(await page.locator('.member-card [data-code="CERTIFICATE_REVOKED"]').count()).toBeGreaterThan(0);
    expect(await page.getByRole('button', { name: '完成' }).count()).toBe(0);
    await supervisor.picture('recalled');
    await supervisor.go('/duty/deployments');
    await page.locator('.recall-list', { hasText: '建设路夜市巡查' }).waitFor();
    await supervisor.picture('deployments');
    await supervisor.leave();
  });

  it('replays a recorded check, from the facts of then and from today', async () => {
    const supervisor = await theatre.as('supervisor');
    const { page } = supervisor;
    await supervisor.go('/duty/checks');
    await page.locator('tbody a[href^="/duty/checks/"]').first().click();
    await page.getByRole('button', { name: '重演' }).click();
    await page.getByText('记录可信').waitFor();
    await page.locator('.ant-btn-loading').waitFor({ state: 'detached' });
    await supervisor.expectAccessible();
    await supervisor.leave();
  });

  it('registers a body and confirms it, each by whom it belongs to', async () => {
    const name = '中原区园林绿化中心';
    const reviewer = await theatre.as('reviewer');
    const { page } = reviewer;
    await reviewer.go('/subjects/new');
    await page.getByLabel('名称', { exact: true }).fill(name);
    await page.getByLabel('统一社会信用代码').fill(creditCode(9777, '12'));
    await choose(page, '主体类别', '受委托组织');
    await page.getByLabel('区划代码').fill('410102');
    await page.getByLabel('法律法规名称').fill('中华人民共和国行政处罚法');
    await page.getByLabel('条款').fill('第二十条');
    await choose(page, '效力层级', '法律');
    await page.getByRole('button', { name: '登记', exact: true }).click();
    await page.waitForURL(/\/subjects\/[0-9a-f-]{36}$/);
    const path = new URL(page.url()).pathname;
    await page.locator('.page-header .status', { hasText: '待确认' }).waitFor();
    expect(await page.getByRole('button', { name: '确认', exact: true }).count()).toBe(0);
    await reviewer.leave();

    const approver = await theatre.as('approver');
    await approver.go(path);
    await approver.page.getByRole('button', { name: '确认', exact: true }).click();
    const dialog = approver.page.getByRole('dialog');
    await dialog.getByLabel('批准文号').fill('中政文〔2026〕9号');
    await dialog.getByLabel('公告名称或网址').fill('区政府网站公告栏');
    await setDay(approver.page, '公告日期', dayFromNow(-1));
    await dialog.getByRole('button', { name: '确认', exact: true }).click();
    await approver.page.locator('.page-header .status', { hasText: '已确认' }).waitFor();
    await approver.leave();
  });

  it('takes a delegation through its life', async () => {
    const reviewer = await theatre.as('reviewer');
    const { page } = reviewer;
    // Enter in a date sends the form, and the click may send it once more: the server refuses the second.
    reviewer.allow(409, /\/delegations(\/[^/]+\/(sign|publish))?$/);
    await reviewer.go('/delegations/new');
    await choose(page, '委托机关', '中原区城市管理局');
    await choose(page, '受托单位', '中原区住房保障中心');
    await page.getByLabel('委托书文号').fill('中原城委字〔2026〕88号');
    await page.getByLabel('管辖区域').fill('410102');
    await choose(page, '委托事项', 'CG-JC-001');
    await page.getByLabel('委托权限').fill('市容环境卫生检查，以委托机关的名义实施。');
    await page.getByLabel('法律法规名称').fill('中华人民共和国行政处罚法');
    await page.getByLabel('条款').fill('第二十条');
    await choose(page, '效力层级', '法律');
    await setDay(page, '起始日期', dayFromNow(-1));
    await setDay(page, '截止日期', dayFromNow(300));
    // Enter in the last date may have sent the form already; the button is gone then.
    const made = page.waitForURL(/\/delegations\/[0-9a-f-]{36}$/);
    await Promise.race([made, page.getByRole('button', { name: '登记委托书' }).click()]);
    await made;
    const path = new URL(page.url()).pathname;
    const standsAs = (visitor: Visitor, state: string): Promise<void> =>
      visitor.page.locator('.page-header .status', { hasText: state }).waitFor();
    await standsAs(reviewer, '草稿');
    await page.getByRole('button', { name: '登记签订' }).click();
    await setDay(page, '签订日期', dayFromNow(-1));
    // As above: the dialog may be on its way already.
    const signed = standsAs(reviewer, '已签订');
    await Promise.race([signed, page.getByRole('dialog').getByRole('button', { name: '登记签订' }).click()]);
    await signed;
    await page.getByRole('button', { name: '登记公布' }).click();
    for (const [at, side] of ['委托机关公布', '受托单位公布'].entries()) {
      const part = page.getByRole('group', { name: side });
      await part.getByLabel('公布途径').fill(`区政府网站 ${at}`);
      await part.getByLabel('公布日期').fill(dayFromNow(-1));
      await page.keyboard.press('Enter');
    }
    const published = standsAs(reviewer, '生效中');
    await Promise.race([published, page.getByRole('dialog').getByRole('button', { name: '登记公布' }).click()]);
    await published;
    await page.getByRole('button', { name: '登记监督检查' }).click();
    await page.getByRole('dialog').getByLabel('内容').fill('随队检查一次，未发现问题。');
    await page.getByRole('dialog').getByRole('button', { name: '登记监督检查' }).click();
    await page.getByText('随队检查一次').waitFor();
    expect(await page.getByRole('button', { name: '撤销委托' }).count()).toBe(0);
    await reviewer.leave();

    const approver = await theatre.as('approver');
    const at = approver.page;
    await approver.go(path);
    const dialog = at.getByRole('dialog');
    await at.getByRole('button', { name: '暂停委托' }).click();
    await dialog.getByLabel('原因').fill('人员不足两名');
    await dialog.getByLabel('请输入 1 以确认').fill('1');
    await dialog.getByRole('button', { name: '暂停委托' }).click();
    await standsAs(approver, '已暂停');
    await at.getByRole('button', { name: '恢复委托' }).click();
    await dialog.getByRole('button', { name: '恢复委托' }).click();
    await standsAs(approver, '生效中');
    await at.getByRole('button', { name: '撤销委托' }).click();
    expect(await dialog.getByRole('button', { name: '撤销委托' }).isEnabled()).toBe(false);
    await dialog.getByLabel('原因').fill('职权已下放');
    await dialog.getByLabel('请输入 1 以确认').fill('1');
    await approver.expectAccessible();
    await dialog.getByRole('button', { name: '撤销委托' }).click();
    await standsAs(approver, '已撤销');
    expect(await at.locator('.page-actions button').count()).toBe(0);
    await approver.leave();
  });

  it('draws the chain of a body, and every box opens its record', async () => {
    const reviewer = await theatre.as('reviewer');
    const { page } = reviewer;
    const squad = await bodyNamed(reviewer, '中原区农业综合行政执法大队');
    await reviewer.go(`/subjects/${squad}?tab=chain`);
    const picture = page.locator('.chain-svg');
    await picture.waitFor();
    await reviewer.picture('chain');
    expect(await picture.getByText('可以办理').count()).toBeGreaterThan(0);
    await picture.locator('a[href^="/delegations/"]').first().click();
    await page.waitForURL(/\/delegations\//);
    await page.goBack();
    await page.getByText('看文字表格').click();
    await page.locator('.chain-cards li').first().waitFor();
    await reviewer.expectAccessible();
    await reviewer.leave();
  });

  it('asks its question whole at every width in both languages', async () => {
    const supervisor = await theatre.as('supervisor');
    const urban = await bodyNamed(supervisor, '中原区城市管理局');
    await supervisor.inspect(`/duty/check?subject=${urban}&matter=CG-JC-001`);
    await supervisor.leave();
  });
});
